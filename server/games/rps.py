"""Rock-paper-scissors for two, for chips or for honour; the others watch, and play next.

What both stake lies in the pot until one has won so often. A draw is thrown again, not for ever:
others want to play, and in the end every throw is written into the books. Whoever stands up or does
not throw in time has lost; whoever is thrown out is heard to the end (`contributors`), or whoever
throws people out could win by it. A match is forgotten when the house closes: what lies in the pot
then goes back.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from protocol.house.form import Act, FormLine
from protocol.house.lists import ActionKind
from server.books.books import Deed
from server.books.purse import BooksError
from server.books.till import Till
from server.games.forms import Action, Form, Offer, PlaysItself, SmallGame, small_game
from server.games.kept import Escrow
from server.games.rps_words import WORDS
from server.tables.game import Record
from server.tables.means import Means

THROWS = "rock", "paper", "scissors"
"""Each beats the one before it, and the first the last."""
DRAWS = 20
"""After so many in a row nobody wins: two who mean it could play for ever."""


@dataclass(frozen=True, slots=True)
class Rules(PlaysItself):
    """What a table may set."""

    wins: int = 2
    """So many are needed: 2 is the best of three."""
    most: Chips = 100
    """The most that each may stake."""
    seconds: float = 30.0
    """For a throw."""

    def faults(self) -> Iterator[str]:
        if not 1 <= self.wins <= 10:
            yield "wins takes 1 to 10"
        if not 0 <= self.most <= 2**40:
            yield "most must not be below 0"
        if not 1 <= self.seconds <= 3600:
            yield "seconds takes 1 to 3600"


@dataclass(slots=True)
class Match:
    """Who plays, and what was thrown; with one player it waits for another."""

    players: list[Account]
    stake: Chips
    until: float | None = None
    throws: dict[Account, int] = field(default_factory=dict)
    """Those that only their own player may see."""
    goes: list[list[int]] = field(default_factory=list)
    """What both threw, each time; who has the lower account first."""

    @property
    def is_stuck(self) -> bool:
        """Whether nobody has won for a long time."""
        return len(self.goes) >= DRAWS and score(self.goes[-DRAWS:]) == (0, 0)


class RockPaperScissors(SmallGame):
    """One table: one match at a time."""

    service = "rps"
    words = WORDS

    def __init__(self, means: Means, rules: Rules, now: float) -> None:
        super().__init__(means, rules, now)
        self.match: Match | None = None
        self.turn = 0
        self.result: Sequence[FormLine] = ()
        """How the last match ended."""

    @property
    def contributors(self) -> Collection[Account]:
        players = self.match.players if self.match else []
        return players if len(players) == 2 else ()

    @property
    def in_play(self) -> bool:
        return bool(self.contributors)

    def abandon(self) -> None:
        super().abandon()
        self._next(None)

    def due(self) -> float | None:
        return self.match.until if self.match else None

    def step(self, now: float) -> None:
        match = self.match
        if not match:
            if self.till.pot:  # The house was closed in the middle of one.
                self.give_back()
            return
        gone = [account for account in match.players if not self.plays(account)]
        if gone:
            self._lose(gone, "left")
        elif match.until is not None and now >= match.until:
            self._lose([who for who in match.players if who not in match.throws], "late")

    # --- what is shown -----------------------------------------------------------------------

    def view(self, account: Account) -> Hashable:
        mine = self.match and account in self.match.players
        return account if mine else -1 if self.plays(account) else 0

    def form(self, account: Account) -> Form:
        match, plays = self.match, self.plays(account)
        if not match:
            lines = [*self.result, WORDS.line("idle", self.rules.wins)]
            offers = [Offer("challenge", 0, self.rules.most)] if plays else []
            return Form("title", lines, offers, self.turn)
        if len(match.players) == 1:
            (one,) = match.players
            key = "stakes" if match.stake else "honour"
            line = WORDS.line(key, self.name(one), *([match.stake] if match.stake else []))
            offer = Offer("withdraw" if account == one else "accept")
            return Form("title", [line], [offer] if plays else [], self.turn)
        throws = [WORDS.line(f"a {each}") for each in THROWS]
        awaited = account in match.players and account not in match.throws
        offers = [Offer("throw", choices=throws)] if awaited else []
        return Form("title", [*self._lines(match, account)], offers, self.turn, match.until)

    def _lines(self, match: Match, account: Account) -> Iterator[FormLine]:
        yield from self._score(match)
        if match.stake:
            yield WORDS.line("pot", 2 * match.stake)
        if account in match.throws:
            yield WORDS.line(THROWS[match.throws[account]], self.name(account))
        elif account in match.players:
            yield WORDS.line("throw now")

    def _score(self, match: Match) -> Iterator[FormLine]:
        names = [self.name(who) for who in sorted(match.players)]
        (one, other), (first, second) = names, score(match.goes)
        yield WORDS.line("score", one, first, second, other)
        for name, throw in zip(names, match.goes[-1] if match.goes else (), strict=False):
            yield WORDS.line(THROWS[throw], name)

    # --- what is done ------------------------------------------------------------------------

    def challenge(self, account: Account, request: Act) -> None:
        if request.value:
            self.stake(account, request, request.value)
        self._next(Match([account], request.value))

    def accept(self, account: Account, request: Act) -> None:
        match = self.match
        assert match
        if match.stake:
            self.stake(account, request, match.stake)
        match.players.append(account)
        self._next_go(match)

    def withdraw(self, account: Account, _: Act) -> None:
        self._lose([account], "left")

    def throw(self, account: Account, request: Act) -> None:
        match = self.match
        assert match
        match.throws[account] = request.value
        if len(match.throws) < 2:
            return
        match.goes.append([match.throws[who] for who in sorted(match.players)])
        match.throws.clear()
        if self.rules.wins in score(match.goes):
            self._win(match, winner(match.players, self.rules.wins, match.goes, 0), 0, "won")
        elif match.is_stuck:
            self._call_off(WORDS.line("stuck", DRAWS))
        else:
            self._next_go(match)

    def _next_go(self, match: Match) -> None:
        match.until = self.means.now + self.rules.seconds
        self._next(match)

    def _lose(self, gone: Sequence[Account], key: str) -> None:
        """These have no part any more: the other one wins, if there is one."""
        match = self.match
        assert match
        stay = [who for who in match.players if who not in gone]
        if stay:
            self._win(match, stay[0], gone[0], key)
            return
        self._call_off(*([WORDS.line("void")] if len(match.players) == 2 else []))

    def _call_off(self, *result: FormLine) -> None:
        """Nobody wins."""
        if self.till.pot:
            self.give_back()
        self._next(None, *result)

    def _win(self, match: Match, who: Account, lost: Account, key: str) -> None:
        if match.stake:
            self.settle({who: 2 * match.stake}, [self.rules.wins, match.goes, lost])
        (other,) = [each for each in match.players if each != who]
        won = WORDS.line(key, self.name(who), self.name(other))
        self._next(None, *self._score(match), won)

    def _next(self, match: Match | None, *result: FormLine) -> None:
        self.match, self.result = match, result
        self.turn += 1
        self.touch_all()

    actions: ClassVar[Mapping[str, Action]] = {
        "challenge": Action("RPS", ActionKind.NUMBER, challenge, kept=True, chips=True),
        "accept": Action("RPS YES", ActionKind.PRESS, accept, kept=True, chips=True),
        "withdraw": Action("RPS NO", ActionKind.PRESS, withdraw),
        "throw": Action("THROW", ActionKind.CHOICE, throw),
    }


def score(goes: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How often each has won."""
    ways = [(one - other) % len(THROWS) for one, other in goes]
    return ways.count(1), ways.count(2)


def winner(
    players: Collection[Account], wins: int, goes: Sequence[Sequence[int]], lost: Account
) -> Account:
    """Who has won by these throws, or because somebody left or was late."""
    one, other = sorted(players)
    if lost and wins not in score(goes):
        return other if lost == one else one
    if lost or wins in score(goes[:-1]) or wins not in score(goes):
        raise BooksError(f"so nobody wins: {goes}")
    return (one, other)[score(goes).index(wins)]


def check_settle(till: Till, _: Record, deed: Deed, __: Collection[Account]) -> None:
    """The pot must go to who has won by the throws."""
    number, returned, rest, (wins, goes, lost) = deed[2], deed[3], deed[4], deed[6]
    if rest:
        raise BooksError(f"game {number} leaves chips on the table")
    stakes = sorted(till.stakes)
    if len(stakes) != 2 or lost not in (0, *stakes):
        raise BooksError(f"game {number} is not of two")
    who = winner(stakes, wins, goes, lost)
    if returned != [till.pot if each == who else 0 for each in stakes]:
        raise BooksError(f"game {number} did not pay who has won it")


class TwoStakes(Escrow):
    """What both staked."""

    PLAYERS = 2


RPS = small_game(RockPaperScissors, Rules, TwoStakes, check_settle)
