"""Guess the number: each against the house, which has sealed its number before the first try.

What is sealed is SHA-256 of the number and a salt, both written out; the salt is shown at the end.
Its length is said with the seal: 5 and 37ab are sealed as 53 and 7ab are, so a salt that may be any
length could be opened as several numbers.
Nothing is in the books: it is a game for a pause. Whoever comes back finds it as it was left.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from protocol.fair.hashes import Account
from protocol.house.form import Act, FormLine
from protocol.house.lists import ActionKind
from server.games.forms import Action, Form, Offer, PlaysItself, SmallGame, small_game
from server.games.guess_words import WORDS
from server.games.kept import NothingKept
from server.tables.means import Means

BEST_SHOWN = 5
SALT_BYTES = 16
SALT_DIGITS = 2 * SALT_BYTES
"""So long it is written out, always."""


@dataclass(frozen=True, slots=True)
class Rules(PlaysItself):
    """What a table may set."""

    small: int = 10
    middle: int = 100
    large: int = 1000
    """One chooses up to which of these the number may go."""

    def faults(self) -> Iterator[str]:
        if not 2 <= self.small < self.middle < self.large <= 10**9:
            yield "small, middle and large must be ever greater, from 2 to 1000000000"


@dataclass(slots=True)
class Hunt:
    """One player's number, and what was tried."""

    most: int
    number: int
    salt: str
    turn: int
    tries: int = 0
    last: int = 0
    over: bool = False


class Guess(SmallGame):
    """One table: a hunt for each player, and the best of all."""

    service = "guess"
    words = WORDS

    def __init__(self, means: Means, rules: Rules, now: float) -> None:
        super().__init__(means, rules, now)
        self.hunts: dict[Account, Hunt] = {}
        self.best: dict[int, dict[Account, int]] = {}
        """By the range, the fewest tries of each of the best."""

    @property
    def ranges(self) -> tuple[int, int, int]:
        return self.rules.small, self.rules.middle, self.rules.large

    def view(self, account: Account) -> Hashable:
        return account if account in self.hunts else 0

    def form(self, account: Account) -> Form:
        new = Offer("new", choices=[WORDS.line("to", most) for most in self.ranges])
        hunt = self.hunts.get(account)
        if not hunt:
            return Form("title", [WORDS.line("idle"), *self._best(self.ranges[1])], [new])
        offers = [Offer("guess", 1, hunt.most), Offer("give up")]
        lines = [*_lines(hunt), *self._best(hunt.most)]
        return Form("title", lines, [new] if hunt.over else offers, hunt.turn)

    def new(self, account: Account, request: Act) -> None:
        before, chance = self.hunts.get(account), self.means.chance(2 * SALT_BYTES)
        most = self.ranges[request.value]
        number = 1 + int.from_bytes(chance[:SALT_BYTES], "big") % most
        turn = before.turn + 1 if before else 1
        self.hunts[account] = Hunt(most, number, chance[SALT_BYTES:].hex(), turn)

    def guess(self, account: Account, request: Act) -> None:
        hunt = self.hunts[account]
        hunt.turn += 1
        hunt.tries += 1
        hunt.last = request.value
        if hunt.last == hunt.number:
            hunt.over = True
            self._note(account, hunt)

    def give_up(self, account: Account, _: Act) -> None:
        hunt = self.hunts[account]
        hunt.turn += 1
        hunt.over = True

    def _note(self, account: Account, hunt: Hunt) -> None:
        best = self.best.get(hunt.most, {})
        best[account] = min(hunt.tries, best.get(account, hunt.tries))
        ahead = sorted(best, key=best.__getitem__)[:BEST_SHOWN]
        self.best[hunt.most] = {who: best[who] for who in ahead}
        self.touch_all()

    def _best(self, most: int) -> Iterator[FormLine]:
        if best := self.best.get(most):
            yield WORDS.line("best", most)
            for place, (who, tries) in enumerate(best.items(), 1):
                yield WORDS.line("place", place, self.name(who), tries)

    actions: ClassVar[Mapping[str, Action]] = {
        "new": Action("GUESS NEW", ActionKind.CHOICE, new),
        "guess": Action("GUESS", ActionKind.NUMBER, guess),
        "give up": Action("GUESS SHOW", ActionKind.PRESS, give_up),
    }


def _lines(hunt: Hunt) -> Iterator[FormLine]:
    yield WORDS.line("range", hunt.most)
    seal = sha256(f"{hunt.number}{hunt.salt}".encode()).hexdigest()
    yield WORDS.line("sealed", SALT_DIGITS, seal)
    if hunt.over:
        key = "found" if hunt.last == hunt.number else "given up"
        yield WORDS.line(key, hunt.number, hunt.tries)
        yield WORDS.line("salt", hunt.number, hunt.salt, SALT_DIGITS)
    elif hunt.tries:
        key = "higher" if hunt.last < hunt.number else "lower"
        yield WORDS.line(key, hunt.last)
        yield WORDS.line("tries", hunt.tries)


GUESS = small_game(Guess, Rules, NothingKept)
