"""The usual schemes for a shared wheel, which do not hold: the same cheats win here.

So the tests of `steer` are known to see a cheat who wins.
"""

import hashlib
import hmac
from collections.abc import Callable
from random import Random

from torture.crooked import TRIES, WANTED


def _draw(house: bytes, *players: bytes) -> int:
    return int.from_bytes(hmac.digest(house, b"".join(players), "sha256"), "big") % 37


def clear_seeds(dice: Random) -> int:
    """Players' seeds in clear: the accomplice names his last."""
    house, honest = dice.randbytes(32), dice.randbytes(32)
    tried = (_draw(house, honest, dice.randbytes(32)) for _ in range(TRIES))
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def unbound_house(dice: Random) -> int:
    """The house's seed is not fixed before the players' secrets are known."""
    secret = dice.randbytes(32)
    tried = (_draw(dice.randbytes(32), secret) for _ in range(TRIES))
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def unmarked_withholding(dice: Random) -> int:
    """Who does not show his secret is passed over without a word."""
    house, honest, own = (dice.randbytes(32) for _ in range(3))
    pockets = (_draw(house, honest, own), _draw(house, honest))
    return WANTED if WANTED in pockets else pockets[0]


def unfrozen_bets(dice: Random) -> int:
    """The bets go into the draw, and are not frozen before the secrets are shown."""
    house, secret = dice.randbytes(32), dice.randbytes(32)
    roots = (hashlib.sha256(b"%d" % chips).digest() for chips in range(TRIES))
    tried = (_draw(house, secret, root) for root in roots)
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def void_at_will(dice: Random) -> int:
    """A round that does not suit is voided, and nobody minds."""
    tried = (_draw(dice.randbytes(32), dice.randbytes(32)) for _ in range(TRIES))
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def sixty_four_says(dice: Random) -> int:
    """So many have a say and no more: puppets take them all, and a friend's last bet is ground."""
    house, says = dice.randbytes(32), [dice.randbytes(32) for _ in range(64)]
    roots = (hashlib.sha256(b"%d" % chips).digest() for chips in range(TRIES))
    tried = (_draw(house, *says, root) for root in roots)
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def unheard_link(dice: Random) -> int:
    """Who showed his secret is told that it came too late, and has nothing to say against it."""
    house = dice.randbytes(32)
    tried = (_draw(house, dice.randbytes(32)) for _ in range(TRIES))
    return next((pocket for pocket in tried if pocket == WANTED), 0)


def judged_when_answered(dice: Random) -> int:
    """A number is checked when the house sends what proves it, and else it is believed."""
    pocket = _draw(dice.randbytes(32), dice.randbytes(32))
    return pocket if pocket == WANTED else WANTED


def passed_over_at_will(dice: Random) -> int:
    """A frozen round that does not suit is followed by the next, as if it had not been."""
    house = (dice.randbytes(32) for _ in range(TRIES))
    tried = (_draw(seed, dice.randbytes(32)) for seed in house)
    return next((pocket for pocket in tried if pocket == WANTED), 0)


NAIVE: tuple[Callable[[Random], int], ...] = (
    clear_seeds,
    unbound_house,
    unmarked_withholding,
    unfrozen_bets,
    void_at_will,
    sixty_four_says,
    unheard_link,
    judged_when_answered,
    passed_over_at_will,
)
