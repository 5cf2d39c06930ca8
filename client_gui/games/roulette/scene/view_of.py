"""What the client knows of the table, as the table scene shows it: pure, but for a small memory.

The memory keeps what was made from what has not changed, so that a panel can see by `is` that
there is nothing new.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from client.games.roulette.fair.steps import on_table
from client.games.roulette.night.recall import night_of
from client.games.roulette.numbers import Numbers
from client.games.roulette.state import Round, pending_chips, roulette, spot_of
from client.house.events import Trouble
from client.house.state import HouseState
from client.house.state import Line as Wire
from client.house.state import Refusal as Refused
from client.talk.commands import refused
from client_gui.games.roulette.scene.hall import ROLES, hall
from client_gui.games.roulette.view import (
    Bet,
    Line,
    Outcome,
    Past,
    Person,
    Phase,
    Plaque,
    Refusal,
    TableView,
)
from client_gui.kit.words import Words
from client_gui.shell import hearing
from protocol.games.roulette import lists
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rounds import RoundSettled
from protocol.games.roulette.rules import Spot
from protocol.games.roulette.zero import PLAIN, WHEELS, Law
from protocol.house.door import TakeSeat
from protocol.house.fields import Chips
from protocol.house.form import Act
from protocol.house.lists import Farewell, Presence, Reason, Seat
from protocol.house.people import PlayerEntry

T = TypeVar("T")

ROWS = 600
"""So many bets and people are listed; the totals count all."""

PHASES = {
    lists.Phase.BETTING: Phase.BETTING,
    lists.Phase.CLOSED: Phase.CLOSED,
    lists.Phase.SPINNING: Phase.SPINNING,
    lists.Phase.SETTLED: Phase.SETTLED,
}
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
_CLASSIC_ONCE = (Reason.OVER_TABLE_MOST,)


class ViewMaker:
    """Looks at states and tells what is to be seen of them, in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._hearing = hearing.Hearing(words)
        self.ignored: Mapping[int, str] = {}
        """Whom one does not want to hear; replaced, never changed."""
        self._memory: dict[str, tuple[tuple[object, ...], object]] = {}
        self._latency: int | None = None
        self.nets: dict[int, int] = {}
        """What was won or lost tonight at each table, also at those that one has left."""

    def see(self, state: HouseState) -> TableView:
        game = roulette(state)
        introduced, now = game.introduced, game.round
        own, pending = self._chips(state)
        settled = now if now.settled else game.previous
        verified, proof = self._proof(state, settled)
        pockets = game.statistics.pockets
        law = Law(introduced.wheel, introduced.zero) if introduced else PLAIN
        wheel = WHEELS[law.wheel]
        watching = state.table.seat not in (Seat.PLAYER, Seat.CROUPIER)
        return TableView(
            role=ROLES[state.table.seat],
            classic=state.classic,
            table=introduced.name if introduced else "",
            me=state.name,
            round=now.number,
            phase=PHASES[now.phase] if now.number else Phase.WAITING,
            deadline=game.deadline,
            phase_length=0.0 if game.deadline is None else game.deadline - game.phase_since,
            auto=game.auto or None,
            balance=state.balance if state.table.seat is Seat.PLAYER else None,
            my_bets={} if watching else own,
            pending=pending,
            totals=self._once("totals", (now.totals,), lambda: _totals(now)),
            bets=self._once(
                "bets", (now.bets, now.own, state.names, state.account), lambda: _bets(state)
            ),
            bet_count=now.count,
            bettors=now.players,
            people=self._once(
                "people",
                (state.table.roster, state.balance, state.account, introduced, self.ignored),
                lambda: _people(state, self.ignored),
            ),
            online=state.table.seated + state.table.watching,
            results=pockets,
            numbers=self._once("numbers", (pockets, law), lambda: Numbers(pockets, wheel)),
            law=law,
            outcome=self._once(
                "outcome", (settled and settled.settled, settled and settled.result, settled),
                lambda: _outcome(state, settled),
            ),
            verified=verified,
            proof=proof,
            verdicts=state.table.verdicts,
            names=state.names,
            on_table=self._once(
                "on_table", (now.number, now.phase, now.closed, introduced, now.seed_before),
                lambda: on_table(state),
            ),
            night=self._once(
                "night", (game.own_rounds, game.rounds, state.table.verdicts, state.table.seat),
                lambda: night_of(state),
            ),
            history=self._once(
                "history", (game.own_rounds, game.rounds, settled and settled.settled),
                lambda: _history(state, settled),
            ),
            messages=self._once(
                "messages", (state.table.lines, state.whispers, self.ignored),
                lambda: self._hearing.messages(state, self.ignored),
            ),
            rooms=self._once(
                "rooms", (state.whispers, state.sessions, self.ignored),
                lambda: hearing.rooms(state, self.ignored),
            ),
            account=state.account,
            hall=self._once("hall", (state.lobby, state.tables, state.here), lambda: hall(state)),
            elsewhere=self._elsewhere(state),
            staked_elsewhere=sum(_staked(each) for each in _others(state)),
            refusal=_refusal(state),
            limits=self._once("limits", (introduced,), lambda: _limits(state)),
            latency=self._still(state.status.latency),
            line=LINES.get(state.status.line, Line.CONNECTING),
            retry_at=state.status.retry_at,
            why_lost=_why(state),
        )  # fmt: skip

    def _elsewhere(self, state: HouseState) -> int:
        """Who gets up from a table has lost there what they lost."""
        mine = (state,) if state.table.seat is Seat.PLAYER else ()
        for each in (*mine, *_others(state)):
            own = roulette(each).own_rounds
            net = partial(_net, each)
            self.nets[each.here] = self._once(f"net {each.here}", (own,), net)
        return sum(net for table, net in self.nets.items() if table != state.here)

    def _once(self, name: str, source: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was made before, if it was made from the very same things."""
        known = self._memory.get(name)
        if known is not None and all(map(_same, known[0], source)):
            return known[1]  # type: ignore[return-value]  # stored under its own name
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

    def _chips(self, state: HouseState) -> tuple[Mapping[Spot, Chips], Mapping[Spot, Chips]]:
        """My chips that lie, and those under way; what is being taken back is under way, too."""
        game = roulette(state)
        if not state.pending:
            return game.round.own, {}
        own, pending = dict(game.round.own), {}
        for spot, chips in pending_chips(state).items():
            if chips < 0:
                lifted = min(-chips, own.get(spot, 0))
                own[spot] = own.get(spot, 0) - lifted
                chips = lifted
            if chips:
                pending[spot] = chips
        return {spot: chips for spot, chips in own.items() if chips}, pending

    @staticmethod
    def _proof(state: HouseState, settled: Round | None) -> tuple[bool | None, str]:
        """Whether the last round holds, and by what it can be told or where the evidence is."""
        if state.classic or settled is None or settled.settled is None:
            return None, ""
        verdict = state.table.verdicts.get(settled.number)
        if verdict is None:
            return None, ""
        if verdict.holds:
            mark = settled.freeze.hex()
            return True, f"{mark[:4]}…{mark[-4:]}"
        if verdict.round is None:
            return None, ""
        return False, state.table.saved.get(settled.number, "")


def _same(old: object, new: object) -> bool:
    return old is new or (isinstance(old, int) and old == new)


def _totals(now: Round) -> Mapping[Spot, Chips]:
    return MappingProxyType({spot: total.chips for spot, total in now.totals.items()})


def _bets(state: HouseState) -> tuple[Bet, ...]:
    """My own first; of the others the largest first."""
    game = roulette(state)
    me = state.account if state.table.seat is Seat.PLAYER else 0
    mine = [Bet(state.name, spot, chips, True) for spot, chips in game.round.own.items() if me]
    others = [
        Bet(state.name_of(account), spot, chips)
        for (account, spot), chips in game.round.bets.items()
        if account != me
    ]
    others.sort(key=lambda bet: -bet.amount)
    return (*mine, *others)[:ROWS]


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


def _outcome(state: HouseState, settled: Round | None) -> Outcome | None:
    if settled is None or settled.settled is None:
        return None
    said: RoundSettled = settled.settled
    result, introduced = settled.result, roulette(state).introduced
    had_bets = bool(result and result.payouts)
    return Outcome(
        settled.number,
        said.pocket,
        result.net if result and had_bets else None,
        {pay.spot: pay.stake for pay in result.payouts} if result else settled.own,
        tuple((row.name, row.net) for row in said.top),
        said.staked - said.returned,
        state.name if state.table.seat is Seat.PLAYER else "",
        introduced.zero if introduced else Zero.NOTHING,
    )


def _history(state: HouseState, settled: Round | None) -> tuple[Past, ...]:
    game = roulette(state)
    rounds = {
        row.round_number: Past(row.round_number, row.pocket)
        for row in game.rounds
        if row.state is lists.RoundState.SETTLED
    }
    if settled is not None and settled.settled is not None:
        rounds[settled.number] = Past(settled.number, settled.settled.pocket)
    for own in game.own_rounds:
        if own.state is lists.RoundState.SETTLED:
            rounds[own.round_number] = Past(own.round_number, own.pocket, own.net)
    return tuple(rounds[number] for number in sorted(rounds, reverse=True))


def _others(state: HouseState) -> Iterator[HouseState]:
    """The tables where one plays besides, each looked at from there."""
    for number, table in state.tables.items():
        if number != state.here and table.seat is Seat.PLAYER:
            yield state.at(number)


def _net(there: HouseState) -> int:
    return night_of(there).net


def _staked(there: HouseState) -> Chips:
    under_way = sum(max(0, chips) for chips in pending_chips(there).values())
    return roulette(there).round.at_stake + under_way


def _limits(state: HouseState) -> Plaque:
    introduced = roulette(state).introduced
    if introduced is None:
        return ()
    return tuple((limit.group, limit.least, limit.most) for limit in introduced.plaque)


def _refusal(state: HouseState) -> Refusal | None:
    if not state.refusals:
        return None
    last: Refused = state.refusals[-1]
    if (cannot := refused(last, state)) is not None:
        named = (("name", cannot.name), ("n", cannot.seconds))
        return Refusal(last.serial, f"why.{cannot.why}", named, talk=True)
    key = REASONS.get(last.reason, "refused")
    if state.classic and last.reason in _CLASSIC_ONCE:
        key = "classic_once"
    spot = spot_of(last)
    if spot is None and last.request is not None:
        spots = [bet.spot for bet in getattr(last.request, "bets", ())]
        spot = spots[0] if len(spots) == 1 else None
    if key == "refused" and last.words:
        return Refusal(last.serial, "note.refused_words", (("words", last.words),), spot)
    if isinstance(last.request, TakeSeat):
        return Refusal(last.serial, f"note.{key}", (("n", last.figure),), None, last.request.table)
    if isinstance(last.request, Act) and last.reason is Reason.WRONG_ROUND:
        return Refusal(last.serial, "note.another_form")
    figure = state.balance if key == "not_enough" and state.classic else last.figure
    return Refusal(last.serial, f"note.{key}", (("n", figure),), spot)


def _why(state: HouseState) -> str:
    """The key of why the line ended."""
    status = state.status
    if status.line is not Wire.GONE:
        return ""
    if status.farewell in FAREWELLS:
        return FAREWELLS[status.farewell]
    return TROUBLES.get(status.trouble, "gone")
