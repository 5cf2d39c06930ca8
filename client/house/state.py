"""What is known of the table, as one frozen value: all that a window or a terminal shows.

Mappings in it are never changed, only replaced. Times are seconds of the local monotonic clock,
except where they are called `at`: those are milliseconds since 1970, as the table says them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from client.house.events import Trouble
from client.house.verdicts import Verdict
from protocol.fairness import Account, Hash
from protocol.games.roulette.bets import PlaceBets, TakeBackBets
from protocol.games.roulette.fields import SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundSettled,
    TableIntroduced,
)
from protocol.games.roulette.rules import SPOTS, Pocket, Spot
from protocol.house.door import HouseIntroduced
from protocol.house.fields import Chips
from protocol.house.lists import Farewell, Notice, Phrase, Reason, Seat, SessionEnd
from protocol.house.people import PlayerEntry
from protocol.wire import Request

K = TypeVar("K")
V = TypeVar("V")


def nothing() -> Mapping[K, V]:
    return MappingProxyType({})


class Line(Enum):
    """The connection."""

    APART = "not connected yet"
    CONNECTING = "connecting"
    DOOR = "connected, not at the table yet"
    LIVE = "at the table"
    LOST = "lost; it is tried again by itself"
    GONE = "ended"


@dataclass(frozen=True, slots=True)
class Status:
    """How the connection is."""

    line: Line = Line.APART
    trouble: Trouble | None = None
    farewell: Farewell | None = None
    words: str = ""
    """The table's own words for it, if it had any."""
    retry_at: float | None = None
    latency: float | None = None
    """Seconds there and back."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that is not answered yet."""

    request: Request
    since: float
    at: int = 0
    by_itself: bool = False
    """The client asked for it, not the person."""
    again: bool = False
    """Asked about again after a lost line: its effect may be known already."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was not carried out."""

    request: Request | None
    reason: Reason | None
    """None: there was no line, or it was lost before an answer came."""
    spot: Spot | None = None
    figure: int = 0
    words: str = ""
    serial: int = 0
    """Each is given its own, so that the same one twice is seen twice."""


class Kind(Enum):
    """What sort of line stands in the messages."""

    SAID = "to everybody"
    WHISPERED = "to one"
    IN_SESSION = "in a private session"
    ANNOUNCED = "called by the croupier or the house"
    NOTICED = "happened to somebody"


@dataclass(frozen=True, slots=True)
class Heard:
    """A line of the messages."""

    at: int
    kind: Kind
    account: Account
    name: str
    text: str
    to: Account = 0
    """To whom one said it oneself; 0: to everybody, or it was said to oneself."""
    phrase: Phrase = Phrase.OTHER
    notice: Notice = Notice.OTHER
    begun: bool = False
    """A private session began: nobody said it."""
    ended: SessionEnd | None = None
    """The private session with `account` is over, or was not agreed to."""
    serial: int = 0
    """Each is given its own."""


class Talk(Enum):
    """Where a private session is."""

    ASKED = "asked for by oneself"
    ASKS = "asked for by the other"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Session:
    """A private session with somebody."""

    name: str
    talk: Talk


@dataclass(frozen=True, slots=True)
class Round:
    """A round, while it is on the table and after."""

    number: int = 0
    phase: Phase = Phase.BETTING
    seed_before: Hash = bytes(32)
    own: Mapping[Spot, Chips] = field(default_factory=nothing)
    """One's own chips, as far as the table acknowledged them."""
    own_known: bool = True
    """Whether `own` is certain; it is not while lost answers are asked for again."""
    bets: Mapping[tuple[Account, Spot], Chips] = field(default_factory=nothing)
    """Everybody's chips, as far as they were told."""
    bets_known: bool = True
    """Whether `bets` holds all of them; a list was not asked for, or a broadcast left some out."""
    totals: Mapping[Spot, SpotTotal] = field(default_factory=nothing)
    players: int = 0
    count: int = 0
    """How many bets: player and spot."""
    staked: Chips = 0
    revision: int = 0
    closed: BettingClosed | None = None
    settled: RoundSettled | None = None
    result: PlayerSettled | None = None
    """One's own result."""
    voided: str | None = None
    """Why the round does not count."""
    freeze: Hash = bytes(32)

    @property
    def at_stake(self) -> Chips:
        return sum(self.own.values())

    @property
    def pocket(self) -> Pocket | None:
        return self.settled.pocket if self.settled else None

    @property
    def net(self) -> int | None:
        return self.result.net if self.result else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The numbers that fell, and what the table has seen."""

    pockets: tuple[Pocket, ...] = ()
    """Newest first."""
    last_round: int = 0
    rounds: int = 0
    staked: Chips = 0
    returned: Chips = 0


@dataclass(frozen=True, slots=True)
class TableState:
    """Everything that is known of the table."""

    status: Status = Status()
    classic: bool = False
    """The assignment's protocol: the balance is this client's own sum."""
    house: HouseIntroduced | None = None
    table: TableIntroduced | None = None
    """The one at which one sits or looks on; the latest, where one has stood up."""
    account: Account = 0
    name: str = ""
    seat: Seat = Seat.NONE
    wished: Seat = Seat.NONE
    """The seat that the person asked for."""
    balance: Chips = 0
    auto: int = 0
    """Seconds of betting at a table that runs itself; 0: a croupier runs it."""
    croupier: Account = 0
    croupier_name: str = ""
    round: Round = Round()
    previous: Round | None = None
    """The round before, for what is still being shown of it."""
    phase_since: float = 0.0
    deadline: float | None = None
    """When the phase ends; None: when the croupier says so."""
    roster: Mapping[Account, PlayerEntry] = field(default_factory=nothing)
    roster_known: bool = False
    """Whether the roster holds everybody."""
    seated: int = 0
    watching: int = 0
    names: Mapping[Account, str] = field(default_factory=nothing)
    """Whoever was named since one came, gone or not."""
    statistics: Statistics = Statistics()
    own_rounds: tuple[OwnRoundEntry, ...] = ()
    """One's own rounds in full, newest first, as far as they were asked for or seen."""
    own_rounds_more: bool = False
    rounds: tuple[RoundEntry, ...] = ()
    """The table's rounds, newest first, as far as they were asked for or seen."""
    rounds_more: bool = False
    pending: Mapping[int, Pending] = field(default_factory=nothing)
    refusals: tuple[Refusal, ...] = ()
    """The latest last."""
    lines: tuple[Heard, ...] = ()
    """What was said and what happened, the latest last."""
    sessions: Mapping[Account, Session] = field(default_factory=nothing)
    verdicts: Mapping[int, Verdict] = field(default_factory=nothing)
    """By round, oldest first."""
    saved: Mapping[int, str] = field(default_factory=nothing)
    """Where the evidence of a round was written."""
    serial: int = 0
    """Counts refusals and lines."""

    @property
    def live(self) -> bool:
        return self.status.line is Line.LIVE

    @property
    def pending_chips(self) -> dict[Spot, Chips]:
        """One's own chips that are not answered yet: laid, or negative where taken back."""
        chips: dict[Spot, Chips] = {}
        for each in self.pending.values():
            request = each.request
            if not isinstance(request, PlaceBets | TakeBackBets):
                continue
            if request.round_number != self.round.number:
                continue
            sign = 1 if isinstance(request, PlaceBets) else -1
            taken = request.bets
            if sign < 0 and not taken:
                for spot, lying in self.round.own.items():
                    if not SPOTS[spot].locked:
                        chips[spot] = chips.get(spot, 0) - lying
            for bet in taken:
                chips[bet.spot] = chips.get(bet.spot, 0) + sign * bet.chips
        return chips

    def name_of(self, account: Account) -> str:
        """What to call somebody; a number where no name was told."""
        return self.names.get(account) or f"№ {account}"

    def find_round(self, number: int) -> Round | None:
        if self.round.number == number:
            return self.round
        if self.previous is not None and self.previous.number == number:
            return self.previous
        return None

    def answered(self, number: int) -> "tuple[TableState, Pending | None]":
        """Without the pending request of this number, and that request."""
        found = self.pending.get(number)
        if found is None:
            return self, None
        left = {key: each for key, each in self.pending.items() if key != number}
        return replace(self, pending=left), found

    def with_round(self, number: int, **changes: Any) -> "TableState":
        """With the round of this number changed, if it is still looked at."""
        if number == self.round.number:
            return replace(self, round=replace(self.round, **changes))
        if self.previous is not None and number == self.previous.number:
            return replace(self, previous=replace(self.previous, **changes))
        return self
