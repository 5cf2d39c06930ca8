"""Guess the number: each against the house, whose number is fixed and sealed before the first try.

A hunt is an event of its player's own draw: the house's next seed and the next link of the player's
client give the number, and the seed is shown when the hunt is over. So the client judges the number
as it judges a spin. One draw for the whole table could not do that: its events end in their order,
and each hunt ends when its player finds the number.

Whose client has no chain has the seal: SHA-256 of the number and a salt, both written out. It shows
that the number was not changed, not how it was drawn. The length of the salt is said with the seal:
5 and 37ab are sealed as 53 and 7ab are, so any other salt could be opened as several numbers.

Nothing is in the books: it is a game for a pause. Whoever comes back finds it as it was left.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from protocol.fair.hashes import Account, What, u16
from protocol.games.guess import GUESS as KIND
from protocol.house.form import Act, FormLine, NumberDrawn
from protocol.house.lists import ActionKind
from protocol.wire import Message
from server.draw.draw import Draw
from server.games.forms import Action, Form, Offer, PlaysItself, SmallGame, small_game
from server.games.guess_words import WORDS
from server.games.kept import NothingKept
from server.tables.means import Means

BEST_SHOWN = 5
LINK_SECONDS = 1.5
"""So long the link of the player's client is waited for."""
SALT_DIGITS = 32
MOST = 2**16 - 1


@dataclass(frozen=True, slots=True)
class Rules(PlaysItself):
    """What a table may set."""

    small: int = 10
    middle: int = 100
    large: int = 1000
    """One chooses up to which of these the number may go."""

    def faults(self) -> Iterator[str]:
        if not 2 <= self.small < self.middle < self.large <= MOST:
            yield f"small, middle and large must be ever greater, from 2 to {MOST}"


@dataclass(slots=True)
class Hunt:
    """One player's number, and what was tried."""

    most: int
    turn: int
    number: int = 0
    """0: it is not drawn yet."""
    salt: str = ""
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
        self.draws: dict[Account, Draw] = {}
        self.drawing: dict[Account, None] = {}
        """Whose number is not drawn yet."""
        self.best: dict[int, dict[Account, int]] = {}
        """By the range, the fewest tries of each of the best."""

    @property
    def ranges(self) -> tuple[int, int, int]:
        return self.rules.small, self.rules.middle, self.rules.large

    def view(self, account: Account) -> Hashable:
        return account if account in self.hunts else 0

    def draw_of(self, account: Account) -> Draw | None:
        """Whoever may hunt has one from when they sit down."""
        if account not in self.draws and self._may_act(account):
            self.draws[account] = self.means.own_draw(self.means.at)
        return self.draws.get(account)

    def form(self, account: Account) -> Form:
        new = Offer("new", choices=[WORDS.line("to", most) for most in self.ranges])
        hunt = self.hunts.get(account)
        if not hunt:
            return Form("title", [WORDS.line("idle"), *self._best(self.ranges[1])], [new])
        offers = [Offer("guess", 1, hunt.most), Offer("give up")] if hunt.number else []
        lines = [*_lines(hunt), *self._best(hunt.most)]
        return Form("title", lines, [new] if hunt.over else offers, hunt.turn)

    def new(self, account: Account, request: Act) -> None:
        before, draw = self.hunts.get(account), self.draws[account]
        most = self.ranges[request.value]
        self.hunts[account] = Hunt(most, before.turn + 1 if before else 1)
        self.drawing[account] = None
        fixed = draw.freeze(KIND.number, "", b"", {})
        asked = draw.ask(What.GUESS, u16(1) + u16(most), LINK_SECONDS, self.means.now)
        mine = fixed.part(account)
        self._tell(account, [draw.frozen_again(), *([mine] if mine else []), asked])

    def step(self, now: float) -> None:
        for account in [each for each in self.drawing if self.draws[each].is_due(now)]:
            del self.drawing[account]
            hunt, words = self.hunts[account], self.draws[account].draw().words
            hunt.number = 1 + words.below(hunt.most)
            salt = words.apart("salt", b"")
            hunt.salt = "".join(f"{salt.below(2**16):04x}" for _ in range(SALT_DIGITS // 4))
            self.touch(account)

    def due(self) -> float | None:
        moments = [self.draws[account].next_moment() for account in self.drawing]
        return min((each for each in moments if each is not None), default=None)

    def guess(self, account: Account, request: Act) -> None:
        hunt = self.hunts[account]
        hunt.turn += 1
        hunt.tries += 1
        hunt.last = request.value
        if hunt.last == hunt.number:
            self._end(account, hunt)
            self._note(account, hunt)

    def give_up(self, account: Account, _: Act) -> None:
        hunt = self.hunts[account]
        hunt.turn += 1
        self._end(account, hunt)

    def _end(self, account: Account, hunt: Hunt) -> None:
        """Show the seed, and what came of it."""
        hunt.over = True
        draw = self.draws[account]
        said = draw.close()
        self._tell(account, [said])
        for each in draw.last_word(said):
            self.means.tell_each(each)
        self._tell(account, [NumberDrawn(draw.number, hunt.number)])
        draw.end()
        if not draw.lasts:
            another = self.draws[account] = self.means.own_draw(draw.number)
            self._tell(account, another.shown(account))

    def _tell(self, account: Account, said: Iterable[Message]) -> None:
        for each in said:
            self.means.tell_each({account: each})

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
    if not hunt.number:
        yield WORDS.line("drawn")
        return
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
