"""Ways to cheat at the wheel, for a house with an accomplice at the table."""

from collections.abc import Callable
from dataclasses import replace

from protocol import fairness
from protocol.games.roulette.fields import Commitment
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import BettingClosed, RoundVoided
from torture.crooked import SHILL, TABLE, TRIES, WANTED, ZEROS, Crooked


def honest(house: Crooked) -> None:
    house.settle(house.close(house.open()))


def shill_seeds(house: Crooked) -> None:
    """Choose the accomplice's secret with care, as if the others' did not count."""
    play = house.open()
    for _ in range(TRIES):
        tried = house.with_own(play, house.dice.randbytes(32))
        if tried.pocket({SHILL: tried.secrets[SHILL]}) == WANTED:
            play = tried
            break
    house.settle(house.close(play))


def withholding(house: Crooked) -> None:
    """Show the accomplice's secret only where that helps."""
    play = house.close(house.open())
    without = {account: r for account, r in play.secrets.items() if account != SHILL}
    if play.pocket() != WANTED and play.pocket(without) == WANTED:
        play = replace(play, secrets=without)
    house.settle(play)


def late_secret(house: Crooked) -> None:
    """Show another secret than was committed to."""
    play = house.close(house.open())
    for _ in range(TRIES):
        tried = replace(play, secrets={**play.secrets, SHILL: house.dice.randbytes(32)})
        if tried.pocket() == WANTED:
            play = tried
            break
    house.settle(play)


def reordered(house: Crooked) -> None:
    """Freeze the commitments in another order."""
    play = house.open()
    rows = [Commitment(*each) for each in sorted(play.commitments.items(), reverse=True)]
    body = b"".join(row.account.to_bytes(8, "big") + row.commitment for row in rows)
    head = TABLE + play.number.to_bytes(8, "big") + play.before + len(rows).to_bytes(2, "big")
    freeze = fairness.tagged_hash("croupier/1/freeze", head + body + play.root)
    closed = BettingClosed(play.number, 3000, play.root, freeze, tuple(rows))
    house.settle(house.say_closed(play, closed), WANTED)


def copied(house: Crooked) -> None:
    """Commit to what an honest player committed to, and show his secret as one's own."""
    play = house.open()
    sealed = play.commitments[house.honest[0].account]
    play = replace(play, commitments={**play.commitments, SHILL: sealed})
    play = house.close(play)
    secret = play.secrets.get(house.honest[0].account, ZEROS)
    house.settle(replace(play, secrets={**play.secrets, SHILL: secret}))


def two_freezes(house: Crooked) -> None:
    """Freeze, take the secrets, then freeze again with bets that give the number."""
    play = house.close(house.open())
    ground = house.grind(play)
    if ground.freeze != play.freeze:
        ground = house.close(ground)
    house.settle(ground)


def one_freeze_each(house: Crooked) -> None:
    """Show each player another freeze, the second made with the first one's secret."""
    first, second = house.honest
    play = house.open()
    known = house.close(play, first)
    ground = house.grind(known)
    house.settle(house.close(ground, second), None, second)
    house.settle(known, house.shown, first)


def void_after_freeze(house: Crooked) -> None:
    """Void a frozen round that does not give the number."""
    play = house.close(house.open())
    if play.pocket() == WANTED:
        house.settle(play)
        return
    house.shown = WANTED  # The next round may: a voided one never counts against the house.
    for player in house.honest:
        player.hear(RoundVoided(play.number, play.seed, "the ball fell off"))


def restart_frozen(house: Crooked) -> None:
    """Crash after the freeze, and come back with another."""
    play = house.close(house.open())
    ground = house.grind(play)
    house.come_back(ground, Phase.SPINNING, ground.freeze)
    house.settle(ground)


def restart_open(house: Crooked) -> None:
    """Crash after the freeze, come back with open bets, and freeze again."""
    play = house.close(house.open())
    ground = house.grind(play)
    house.come_back(ground, Phase.BETTING, ZEROS)
    house.settle(house.close(ground))


def late_bets(house: Crooked) -> None:
    """Lay bets after the freeze."""
    play = house.close(house.open())
    house.settle(house.grind(play))


def other_seed(house: Crooked) -> None:
    """Use another seed than the chain's."""
    play = house.close(house.open())
    for _ in range(TRIES):
        tried = replace(play, seed=house.dice.randbytes(32))
        if tried.pocket() == WANTED:
            play = tried
            break
    house.settle(play)


def plain_lie(house: Crooked) -> None:
    house.settle(house.close(house.open()), WANTED)


def left_out(house: Crooked) -> None:
    """Leave the honest players' commitments out."""
    play = house.open()
    only = {SHILL: play.commitments[SHILL]}
    play = house.grind(replace(play, commitments=only))
    house.settle(house.close(play))


Scheme = Callable[[Crooked], None]
SCHEMES: tuple[Scheme, ...] = (
    honest,
    shill_seeds,
    withholding,
    late_secret,
    reordered,
    copied,
    two_freezes,
    one_freeze_each,
    void_after_freeze,
    restart_frozen,
    restart_open,
    late_bets,
    other_seed,
    plain_lie,
    left_out,
)
