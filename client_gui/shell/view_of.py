"""What the client knows of a table, as any scene shows it: pure, but for a small memory.

The memory keeps what was made from what has not changed, so that a panel can see by `is` that
there is nothing new.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from client.house.events import Trouble
from client.house.state import HouseState
from client.house.state import Line as Wire
from client.house.state import Refusal as Refused
from client.talk.commands import refused
from client_gui.kit.words import Words
from client_gui.shell import hearing
from client_gui.shell.hall import ROLES, hall
from client_gui.shell.view import Line, Person, Refusal, TableView
from protocol.house.door import TakeSeat
from protocol.house.lists import Farewell, Presence, Reason, Seat
from protocol.house.people import PlayerEntry

T = TypeVar("T")

ROWS = 600
"""So many entries a list has at most."""

LINES = {
    Wire.LIVE: Line.UP,
    Wire.LOST: Line.LOST,
    Wire.GONE: Line.ENDED,
}
REASONS: dict[Reason | None, str] = {
    None: "no_line",
    Reason.NOT_NOW: "not_now",
    Reason.NOT_YOURS: "not_allowed",
    Reason.TOO_FAST: "too_fast",
    Reason.WRONG_ROUND: "closed",
    Reason.BETTING_CLOSED: "closed",
    Reason.NOT_ENOUGH_CHIPS: "not_enough",
    Reason.UNDER_LEAST: "limit_least",
    Reason.OVER_MOST: "limit_most",
    Reason.OVER_TABLE_MOST: "limit_table",
    Reason.NOTHING_THERE: "nothing_here",
    Reason.NO_SUCH_SPOT: "no_such_spot",
    Reason.STAKE_LOCKED: "stake_locked",
    Reason.NO_BETS: "nobody_bet",
    Reason.NOT_ENOUGH_PLAYERS: "need_players",
    Reason.TOO_LATE: "frozen",
    Reason.NO_SUCH_PLAYER: "gone_person",
    Reason.SEAT_TAKEN: "seat_taken",
    Reason.NO_SUCH_TABLE: "no_table",
    Reason.TEXT_UNFIT: "text_unfit",
    Reason.MUTED: "muted",
    Reason.DISK_FULL: "disk_full",
    Reason.STOPPING: "stopping",
    Reason.NOT_SERVED: "not_served",
    Reason.NOT_FOR_GUESTS: "watcher",
    Reason.FULL: "table_full",
    Reason.NO_SUCH_SEAT: "no_such_seat",
    Reason.WRONG_TABLE_PASSWORD: "table_password",
}
"""What the window says for it; the others are said as `refused`, with the table's words."""
FAREWELLS = {
    Farewell.KICKED: "kicked",
    Farewell.REPLACED: "replaced",
    Farewell.STOPPING: "stopped",
    Farewell.SLOW: "slow",
    Farewell.BROKEN: "broken",
    Farewell.VERSION: "broken",
    Farewell.FLOOD: "flood",
}
TROUBLES: dict[Trouble | None, str] = {
    Trouble.BROKEN: "broken",
    Trouble.VERSION: "broken",
    Trouble.TOO_MUCH: "too_much",
    Trouble.ANOTHER_TABLE: "another_table",
}


class ViewMaker(ABC):
    """Looks at states and tells what is to be seen of them, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._hearing = hearing.Hearing(words)
        self.ignored: Mapping[int, str] = {}
        """Whom one does not want to hear; replaced, never changed."""
        self.elsewhere: Callable[[HouseState], tuple[int, int]] = lambda _: (0, 0)
        """What I won or lost tonight at other tables, and my chips that lie there."""
        self._memory: dict[str, tuple[tuple[object, ...], Any]] = {}
        self._latency: int | None = None

    @abstractmethod
    def see(self, state: HouseState) -> TableView:
        """The table that is looked at."""

    def around(self, state: HouseState) -> dict[str, Any]:
        """What is the same at every table, by the names of `TableView`."""
        net, staked = self.elsewhere(state)
        roster, hearing_ = state.table.roster, self._hearing
        return {
            "role": ROLES[state.table.seat],
            "classic": state.classic,
            "me": state.name,
            "people": self.once(
                "people", (roster, state.balance, state.account, state.house, self.ignored),
                lambda: _people(state, self.ignored),
            ),
            "online": state.table.seated + state.table.watching,
            "messages": self.once(
                "messages", (state.table.lines, state.whispers, self.ignored),
                lambda: hearing_.messages(state, self.ignored),
            ),
            "rooms": self.once(
                "rooms", (state.whispers, state.sessions, self.ignored),
                lambda: hearing.rooms(state, self.ignored),
            ),
            "account": state.account,
            "hall": self.once("hall", (state.lobby, state.tables, state.here), lambda: hall(state)),
            "elsewhere": net,
            "staked_elsewhere": staked,
            "refusal": self._refusal(state),
            "latency": self._still(state.status.latency),
            "line": LINES.get(state.status.line, Line.CONNECTING),
            "retry_at": state.status.retry_at,
            "why_lost": _why(state),
        }  # fmt: skip

    def once(self, name: str, source: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was made before, if it was made from the very same things."""
        known = self._memory.get(name)
        if known is not None and all(map(_same, known[0], source)):
            found: T = known[1]  # what this name was made with
            return found
        made = make()
        self._memory[name] = (source, made)
        return made

    def _still(self, seconds: float | None) -> int | None:
        """The latency in milliseconds; it stands still until it is another one."""
        ms = None if seconds is None else max(1, round(seconds * 1000))
        if (
            ms is None
            or self._latency is None
            or abs(ms - self._latency) > max(9, self._latency / 2)
        ):
            self._latency = ms
        return self._latency

    # What was refused

    def note_of(self, last: Refused, state: HouseState) -> str:
        """The key of what is to be said; a game may have something better than any table."""
        del state
        return REASONS.get(last.reason, "refused")

    def place_of(self, last: Refused) -> int | None:
        """Where at the table that was."""
        del last
        return None

    def _refusal(self, state: HouseState) -> Refusal | None:
        if not state.refusals:
            return None
        last: Refused = state.refusals[-1]
        if (cannot := refused(last, state)) is not None:
            named = (("name", cannot.name), ("n", cannot.seconds))
            return Refusal(last.serial, f"why.{cannot.why}", named, talk=True)
        key, place = self.note_of(last, state), self.place_of(last)
        if key == "refused" and last.words:
            return Refusal(last.serial, "note.refused_words", (("words", last.words),), place)
        if isinstance(last.request, TakeSeat):
            table = last.request.table
            return Refusal(last.serial, f"note.{key}", (("n", last.figure),), None, table)
        figure = state.balance if key == "not_enough" and state.classic else last.figure
        return Refusal(last.serial, f"note.{key}", (("n", figure),), place)


def _same(old: object, new: object) -> bool:
    return old is new or (isinstance(old, int) and old == new)


def _people(state: HouseState, ignored: Mapping[int, str]) -> tuple[Person, ...]:
    """The croupier, then the players, then who watches."""
    shown = state.house is not None and state.house.chips_shown
    order = {Seat.CROUPIER: 0, Seat.PLAYER: 1, Seat.WATCHER: 2, Seat.NONE: 3}
    rows = sorted(state.table.roster.values(), key=lambda row: (order[row.seat], row.account))
    return tuple(_person(state, row, shown, row.account in ignored) for row in rows[:ROWS])


def _person(state: HouseState, row: PlayerEntry, shown: bool, ignored: bool) -> Person:
    me = row.account == state.account and row.account != 0
    balance = state.balance if me else row.balance if shown else None
    online = row.presence in (Presence.HERE, Presence.AWAY)
    away = row.presence is Presence.AWAY
    return Person(
        row.name, ROLES[row.seat], balance, online, me, row.account, away, row.muted, ignored
    )


def _why(state: HouseState) -> str:
    """The key of why the line ended."""
    status = state.status
    if status.line is not Wire.GONE:
        return ""
    if status.farewell in FAREWELLS:
        return FAREWELLS[status.farewell]
    return TROUBLES.get(status.trouble, "gone")
