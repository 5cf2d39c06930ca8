"""The model's door for a test: a request in, the answer that has to come out; and its clock."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from protocol import classic, messages
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.lists import Phase
from protocol.house import door, draw, talk
from protocol.house.door import Refused
from protocol.house.lists import Farewell, Presence, Reason, Seat
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    WarnPlayer,
)
from protocol.wire import Message, Party, Request
from tests.server.model.classic import Classic
from tests.server.model.people import Expected, Person
from tests.server.model.state import NEVER, Fault
from tests.server.model.talk import SPEAKING, unfit

PARTIES = {
    Seat.NONE: Party.VISITOR,
    Seat.PLAYER: Party.PLAYER,
    Seat.CROUPIER: Party.CROUPIER,
    Seat.WATCHER: Party.WATCHER,
}
GUESSED = (
    Reason.WRONG_TOKEN,
    Reason.WRONG_TABLE_PASSWORD,
    Reason.WRONG_CROUPIER_PASSWORD,
)
BY_ITSELF = (
    *(draw.RegisterChain, draw.SendLink, draw.ListLinks, draw.AskRound),
    *(bets.ListBets, talk.ListTalk),
    *(ListPlayers, door.ListTables, records.ListRounds, records.ListOwnRounds),
    *(records.ListResults, classic.ListBets, classic.ConfirmResults),
)
"""What a client says without anybody: it does not show that somebody is there."""


class TableModel(Classic):
    """All of it."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.asked, self.sessions, self.declined = set(), set(), {}
        self.ended, self.said = [], []
        self.begin_draw(self.anchor)
        self.open()

    def party(self, line: str) -> Party:
        who = self.lines[line]
        if who is None:
            return Party.STRANGER
        return PARTIES[who.seat if who.present else Seat.NONE]

    def ask(self, line: str, request: Request, given: Any = None) -> Expected | None:
        """The answer that has to come, if any. `given` is the house's, for what it alone can know:
        the number and the token of a new account.
        """
        who = self.lines[line]
        if who and who.leaving and not isinstance(request, draw.SendLink):
            return None
        found = self._answer(line, request, given)
        if isinstance(found, Fault):
            self.wrong[line] += found.reason in GUESSED
            found = Expected(Refused, {"number": request.number, **found._asdict()})
        self._after(line, request)
        return found

    def ask_classic(self, line: str, request: Any, given: Any, account: int) -> bool:
        """Whether this is what has to come; then it is so."""
        who = self.lines[line]
        if who and who.leaving:
            return given is None
        lawful = super().ask_classic(line, request, given, account)
        self._after(line, request)
        return lawful

    def _after(self, line: str, request: Any) -> None:
        who = self.lines.get(line)
        if self.wrong[line] >= self.rules.wrong_passwords:
            self.tell(line, door.Goodbye, reason=Farewell.FLOOD)
            self.hang_up(line)
        if who and who.seat and who.present and not isinstance(request, BY_ITSELF):
            self.act(who)
        self.look_who_is_ready()
        self.check()

    def _answer(self, line: str, request: Request, given: Any) -> Expected | Fault:
        who = self.lines[line]
        if not self.party(line) & request.PARTY:
            return Fault(Reason.NOT_YOURS)
        if who and isinstance(request, SPEAKING):
            fault = self.judge_speaker(who)
            if fault:
                if fault.reason is not Reason.NOT_FOR_GUESTS:
                    self.take_measure(who)
                return fault
            # A line that is refused for something else is one said all the same.
            who.lines_left -= 1
        if who and isinstance(request, (bets.PlaceBets, bets.TakeBackBets)):
            before = who.done.get(request.number)
            if before and before.request == request:
                return before.answer
        judge, do = TABLE[type(request)]
        asker = who or line
        rank = [Reason(each) for each in request.REFUSALS]
        faults = [*self._common(request, rank), *judge(self, asker, request)]
        if faults:
            return min(faults, key=lambda fault: rank.index(fault.reason))
        return do(self, asker, request, given)

    def _common(self, request: Request, may: list[Reason]) -> Iterator[Fault]:
        """What is the same for every request that names a round, or has words."""
        if request.PHASES and self.phase not in request.PHASES:
            closed = (Reason.BETTING_CLOSED, Reason.TOO_LATE, Reason.NOT_NOW)
            yield Fault(next(reason for reason in may if reason in closed))
        if Reason.WRONG_ROUND in may and getattr(request, "round_number", 0) != self.round:
            yield Fault(Reason.WRONG_ROUND, self.round)
        words = getattr(request, "words", "")
        if words and unfit(words) and not isinstance(request, Announce):
            yield Fault(Reason.TEXT_UNFIT)

    def cut(self, line: str) -> None:
        """The line is lost."""
        self.hang_up(line)
        self.look_who_is_ready()

    # The clocks

    def _due(self) -> Iterator[tuple[float, Callable[[], None]]]:
        """Everything that time alone will bring, and when."""
        if self.phase is Phase.BETTING:
            yield self.deadline, self.betting_over
        if self.phase is Phase.SPINNING:
            yield self.reveal_until, self.settle
        if self.phase is Phase.CLOSED:
            yield self.start_at, self.turn_wheel
        for line, until in self.unconfirmed.items():
            yield until, partial(self._dead, line)
        for who in self.people.values():
            if who.presence is Presence.CUT_OFF:
                yield who.cut + self.rules.keep_seat_seconds, partial(self.go, who)
            elif who.presence is Presence.HERE:
                yield who.acted + self.rules.away_seconds, partial(self.doze, who)
            if who.muted_until:
                yield who.muted_until, partial(self.may_speak_again, who)

    def _dead(self, line: str) -> None:
        """He did not confirm the results."""
        self.tell(line, door.Goodbye, reason=Farewell.SILENT)
        self.hang_up(line)

    def next_due(self) -> float:
        return min((when for when, _ in self._due()), default=NEVER)

    def advance(self, now: float) -> None:
        """Let time pass, and everything happen that is due by then."""
        while self.next_due() <= now:
            when, do = min(self._due(), key=lambda due: due[0])
            self.now = max(self.now, when)
            do()
            self.look_who_is_ready()
        self.now = now


M = TableModel
Judge = Callable[[Any, Any, Any], Iterator[Fault]]
Do = Callable[[Any, Any, Any, Any], Expected]


def lawful(_: TableModel, __: Person, ___: Request) -> Iterator[Fault]:
    return iter(())


TABLE: dict[type[Message], tuple[Judge, Do]] = {
    door.SignIn: (M.judge_sign_in, M.sign_in),
    door.TakeSeat: (M.judge_seat, M.take_seat),
    door.LeaveSeat: (lawful, M.leave_seat),
    bets.PlaceBets: (M.judge_place, M.place),
    bets.TakeBackBets: (M.judge_take, M.take),
    bets.SayReady: (lawful, M.say_ready),
    draw.RegisterChain: (M.judge_chain, M.take_chain),
    draw.SendLink: (M.judge_link, M.take_link),
    draw.ListLinks: (M.judge_drawn, M.list_links),
    draw.AskRound: (M.judge_drawn, M.ask_round),
    ListPlayers: (lawful, M.list_players),
    door.ListTables: (lawful, M.list_tables),
    records.ListRounds: (lawful, M.list_rounds),
    records.ListOwnRounds: (lawful, M.list_own_rounds),
    records.ListResults: (lawful, M.list_results),
    bets.ListBets: (M.judge_round, M.list_bets),
    talk.ListTalk: (lawful, M.list_talk),
    desk.StartSpin: (M.judge_start, M.start),
    desk.CloseBetting: (M.judge_start, M.close),
    desk.VoidRound: (lawful, M.void),
    KickPlayer: (M.judge_target, M.kick),
    Announce: (M.judge_announce, M.announce),
    HandOver: (M.judge_hand_over, M.hand_over),
    desk.SetAuto: (lawful, M.set_auto),
    MutePlayer: (M.judge_target, M.mute),
    WarnPlayer: (M.judge_target, M.warn),
    talk.Say: (M.judge_say, M.say),
    talk.SayPrivately: (M.judge_say_privately, M.say_privately),
    talk.AskSession: (M.judge_ask, M.ask_session),
    talk.AnswerSession: (M.judge_answer, M.answer),
    talk.EndSession: (M.judge_end, M.end),
}
"""For each request, why it may be refused, and what it does."""

assert all(owner in messages.FROM_CLIENT.values() for owner in TABLE)
