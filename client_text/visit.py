"""A visit to a table, from the door to the goodbye. It knows no terminal: lines in, lines out.

A screen hands it what is typed (`typed`), tells it when the link has news (`news`), and shows the
lines, the prompt and the status that it gives. When `over` is a number, that is the exit code.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from client.dialogue import Step
from client.house import events
from client.house.state import HouseState
from client.house.state import Line as LineIs
from client.requests import UNNUMBERED, Enter, Look, leave_seat
from client.talk.ignored import Ignored
from client_text import intents
from client_text.asked import Asked, Link
from client_text.commands import END
from client_text.completion import completions
from client_text.conversing import Conversing
from client_text.games.game import Game
from client_text.help import explain
from client_text.intents import Intent
from client_text.lines import Line, Mood
from client_text.lists import AT_NO_TABLE, TOPICS, Topic
from client_text.orders import ORDERS, CannotError, lacks_password, way_to
from client_text.played import Played
from client_text.questions import NEW_TABLE, Question, at_door, at_table, menu, refused_at_door
from client_text.reading import MisreadError
from client_text.status import prompt, status
from client_text.telling import Teller
from protocol.house import door, talk
from protocol.house.lists import Reason, Seat
from protocol.text import visible
from protocol.wire import HOUSE

LEFT, FAILED, USAGE, MISTAKES = range(4)
"""Exit codes: as wished; no table, or thrown out; wrong command line; some line was not done."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How there is talked with whoever types."""

    interactive: bool = True
    """Somebody is there to be asked."""
    patient: bool = False
    """A line waits until the one before it is answered: a script."""


class Visit:
    """One person at one table."""

    def __init__(
        self,
        enter: Enter | None,
        dial: Callable[[Enter], Link],
        teller: Teller,
        put: Callable[[Sequence[Line]], None],
        *,
        manner: Manner = Manner(),
        classic: bool = False,
        ignored: Callable[[bytes], Ignored] | None = None,
    ) -> None:
        """`enter` is what the command line says; what it leaves open is asked by `begin`.

        `ignored` finds whom one does not want to hear at a table.
        """
        self.teller = teller
        self._played = Played(teller)
        self.manner = manner
        self.classic = classic
        self.state = HouseState()
        self.over: int | None = None
        self.question: Question | None = None
        self._enter = enter
        self._put = put
        self._talk = Conversing(self._say, ignored)
        self._held: deque[str] = deque()
        self._input_ended = False
        self._asked = Asked(dial, door.SignIn if classic else door.TakeSeat)
        self._until: Callable[[HouseState], bool] | None = None
        """What a script waits for, ..."""
        self._since: HouseState | None = None
        """... seen from where the command before it was sent: the answer may end its round."""
        self._mistakes = 0

    # --- for the screen ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask what is still to be known, and go to the table."""
        question = at_door(self._enter, classic=self.classic)
        if question is None:
            assert self._enter is not None
            self._asked.enter(self._enter, self.state)
        elif self.manner.interactive:
            self.question = question
        else:
            self._say("cannot.password_needed" if question.hidden else "cannot.name_needed")
            self.over = USAGE

    def typed(self, line: str) -> None:
        """Whoever is there has entered a line."""
        if self.over is not None:
            return
        if self.manner.patient:
            self._held.append(line)
        else:
            self._take(line)
        self._go_on()

    def input_ended(self) -> None:
        """Nothing more will be typed."""
        self._input_ended = True
        self._go_on()

    def leave(self) -> None:
        self.over = MISTAKES if self.manner.patient and self._mistakes else LEFT

    def news(self) -> None:
        """The link has something."""
        for step in self._asked.take():
            before, self.state = self.state, step.state
            self.teller.ignored = self._talk.ignored
            self._put(self.teller.tell(step, before))
            self._talk.follow(before, step.state)
            self._follow(step, before)
        self._go_on()

    def tick(self, now: float) -> None:
        """Time has passed: tell what was held back, so that it can be read."""
        self.teller.now = now
        late = self._played.late(self.state)
        if late:  # To put nothing would be news as well.
            self._put(late)

    @property
    def holds(self) -> bool:
        """Whether something is to be told later, with nothing else happening."""
        return self._played.holds

    @property
    def behind(self) -> bool:
        """Whether the link has more news than were told at once."""
        return self._asked.behind

    def close(self) -> None:
        self._asked.close()

    @property
    def prompt(self) -> str:
        if self.question is not None:
            return self.teller.speech(self.question.key)
        return prompt(self.teller.speech, self.state, self._talk.room)

    @property
    def in_private(self) -> bool:
        """Whether what is typed goes to one person."""
        return self._talk.private

    @property
    def hidden(self) -> bool:
        """Whether what is typed is a password."""
        return self.question is not None and self.question.hidden

    def status(self, now: float) -> str:
        return status(self.game, self.teller.speech, self.state, now)

    @property
    def game(self) -> Game:
        """The one at the table that is looked at."""
        return self._played.at(self.state)

    def completions(self, line: str) -> list[tuple[str, int]]:
        """How a line that is being typed can go on."""
        if self.question is not None:
            return []
        everybody = (entry.name for entry in self.state.table.roster.values())
        names = [name for name in everybody if visible(name) == name]
        language = self.teller.speech.language
        return completions(line, self.game, self.state, language, names, in_private=self.in_private)

    # --- what was typed ---------------------------------------------------------------------------

    def _take(self, line: str) -> None:
        if self.question is not None:
            question, self.question = self.question, None
            self._answered(question, line.strip())
        else:
            self._obey(line)

    def _answered(self, question: Question, answer: str) -> None:
        outcome = question.then(self._enter, answer)
        if isinstance(outcome, Enter):
            self._enter = outcome
            self.begin()
        elif isinstance(outcome, Question):
            self.question = outcome
        elif isinstance(outcome, door.TakeSeat):
            self._go(outcome)
        elif isinstance(outcome, str):
            self._obey(outcome)

    def _obey(self, line: str) -> None:
        if self.classic:
            chosen = menu(line, self.state.table.seat)
            if isinstance(chosen, Question):
                self.question = chosen
                return
            line = chosen
        try:
            intent = self._played.read(line, self.state, in_private=self.in_private)
            if intent is not None:
                self._do(intent)
        except MisreadError as error:
            self._mistaken(self.teller.misread(line, error))
        except CannotError as error:
            self._mistaken([self.teller.cannot(error)])

    def _mistaken(self, why: Sequence[Line]) -> None:
        self._mistakes += 1
        self._put(why)

    def _do(self, intent: Intent) -> None:
        do = self._DO.get(type(intent))
        if do is not None:
            do(self, intent)
        elif not self.state.live:
            raise CannotError("cannot.not_at_table")
        else:
            self._since = self.state
            make = ORDERS.get(type(intent), self.game.order)
            self._asked.want(make(intent, self.state))

    def _wait(self, wish: intents.Wait) -> None:
        if not self.manner.patient:
            raise CannotError("cannot.only_scripts")
        ends = wish.until == END
        since, self._since = self._since, None
        if since is None or since.here != self.state.here:
            since = self.state
        self._until = _ended if ends else self.game.waits(wish.until, since)

    def _speak(self, line: str) -> None:
        request = self._talk.obey(line, self.state)
        self.teller.ignored = self._talk.ignored
        if request is not None:
            self._asked.want(request)

    def _sit(self, seat: Seat) -> None:
        if not (self.state.live or self.state.in_house):
            raise CannotError("cannot.not_at_table")
        assert self._enter is not None
        if self.classic:
            raise CannotError("classic_reason.not_served")
        self._enter = replace(self._enter, seat=seat, table="")
        self.begin()

    def _go_to(self, intent: intents.GoTo) -> None:
        """To another table. What is typed next is meant for it, so a script waits until then."""
        given = self._enter.table_password if self._enter is not None else ""
        wish = way_to(intent, self.state, given)
        if isinstance(wish, Look) or not lacks_password(wish, self.state):
            self._go(wish)
        elif self.manner.interactive:
            self.question = at_table(wish)
        else:
            raise CannotError("cannot.table_password")

    def _go(self, wish: Look | door.TakeSeat) -> None:
        self._asked.want(wish, looks=wish.table != self.state.here)

    def _leave_table(self) -> None:
        """Get up; from the only table one leaves the house."""
        if sum(each.seat is not Seat.NONE for each in self.state.tables.values()) > 1:
            self._asked.want(leave_seat().to(self.state.here), looks=True)
        else:
            self.leave()

    def _show(self, wish: intents.Show) -> None:
        """As soon as it is known; the house is asked for it, if need be."""
        topic = {**TOPICS, **self.game.topics}[wish.topic]
        there = self.state.live or (self.state.in_house and wish.topic in AT_NO_TABLE)
        if topic.ask is not None and not there:
            raise CannotError("cannot.not_at_table")
        request = topic.ask(self.state) if topic.ask is not None else None
        if request is None:
            self._tell(topic, wish)
        else:
            self._asked.await_answer(type(request), lambda: self._tell(topic, wish))
            self._asked.want(request)

    def _tell(self, topic: Topic, wish: intents.Show) -> None:
        try:
            self._put([*topic.show(self.teller, self.state, wish)])
        except CannotError as error:
            self._mistaken([self.teller.cannot(error)])

    _DO: ClassVar[Mapping[type, Callable[["Visit", Any], None]]] = {
        intents.Quit: lambda self, _: self.leave(),
        intents.Show: _show,
        intents.Help: lambda self, wish: self._put(
            explain(wish.about, self.game, self.teller.speech)
        ),
        intents.Wait: _wait,
        intents.Sit: lambda self, wish: self._sit(wish.seat),
        intents.GoTo: _go_to,
        intents.LeaveTable: lambda self, _: self._leave_table(),
        intents.Talk: lambda self, wish: self._speak(wish.line),
    }
    """What is done here, and not at the table."""

    def _say(self, key: str, **values: object) -> None:
        self._put([Line(self.teller.speech(key, **values))])

    # --- what the table says ----------------------------------------------------------------------

    def _follow(self, step: Step, before: HouseState) -> None:
        said = step.said
        self._asked.hear(said, before)
        match said:
            case events.LinkGone():
                self._gone(said)
            case door.Refused():
                self._refused(said, before)
            case door.SeatLost() if not self.manner.patient:
                self._show(intents.Show("tables"))
            case talk.SessionAsked(account=account) if account in self.teller.ignored:
                declined = talk.AnswerSession(UNNUMBERED, account, accepted=False)
                self._asked.want(declined, by_itself=True)
        if getattr(said, "table", HOUSE) in (HOUSE, step.state.here):
            self._asked.answer(said, before)

    def _gone(self, said: events.LinkGone) -> None:
        self._asked.forget()
        if self.over is not None:
            return
        if said.trouble is not events.Trouble.ANOTHER_TABLE:
            waited = self._until is _ended
            self.over = self.over if self.question else LEFT if waited else FAILED
        elif self.manner.interactive:
            self.question = NEW_TABLE
        else:
            self._put([Line(self.teller.speech("cannot.another_table"), Mood.BAD)])
            self.over = FAILED

    def _refused(self, said: door.Refused, before: HouseState) -> None:
        pending = before.pending.get(said.number)
        if pending is None or pending.by_itself:
            return
        self._mistakes += 1
        if not isinstance(pending.request, door.SignIn | door.TakeSeat):
            return
        self._asked.forget()
        if before.in_house:
            if self._enter is not None:
                self._enter = replace(self._enter, seat=before.table.seat)
            wrong = said.reason is Reason.WRONG_TABLE_PASSWORD and self.manner.interactive
            if wrong and isinstance(pending.request, door.TakeSeat):
                self.question = at_table(replace(pending.request, number=UNNUMBERED))
            return
        question = refused_at_door(said.reason)
        if question is None:
            self.over = FAILED
        elif self.manner.interactive:
            self.question = question
        else:
            self._say("cannot.no_answer_here")
            self.over = FAILED

    # --- patience ---------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take the lines that waited, as far as the table has answered those before them. What was
        asked is answered by the next.
        """
        while self.over is None and self._held and (self.question or self._ready()):
            self._take(self._held.popleft())
        if self.over is not None or self._held or not self._input_ended:
            return
        if self.question:
            self._mistakes += 1  # Nobody will answer it.
        if self.question or self._ready():
            self.leave()

    def _ready(self) -> bool:
        if self._until is not None:
            if not self._until(self.state):
                return False
            if self._until is _ended:
                self.leave()
                return False
            self._until = None
        at_none = self.state.in_house and self.state.table.seat is Seat.NONE
        if not (self.state.live or at_none) or self._asked.waits:
            return False
        answered = all(each.by_itself for each in self.state.pending.values())
        return answered and not self.game.busy(self.state.here, self.teller.now)


def _ended(state: HouseState) -> bool:
    """What a script that stays to the end waits for."""
    return state.status.line in (LineIs.LOST, LineIs.GONE)
