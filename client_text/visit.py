"""A visit to a table, from the door to the goodbye. It knows no terminal: lines in, lines out.

A screen hands it what is typed (`typed`), tells it when the link has news (`news`), and shows the
lines, the prompt and the status that it gives. When `over` is a number, that is the exit code.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol

from client.dialogue import Step, Wish
from client.house import events
from client.house.state import HouseState
from client.house.state import Line as LineIs
from client.requests import UNNUMBERED, Enter, Look, digest, leave_seat
from client.talk.ignored import Ignored
from client_text import intents
from client_text.commands import END
from client_text.completion import completions
from client_text.conversing import Conversing
from client_text.games import GAMES
from client_text.games.game import Game
from client_text.help import explain
from client_text.intents import Intent
from client_text.lines import Line, Mood
from client_text.lists import AT_NO_TABLE, TOPICS, Topic
from client_text.orders import ORDERS, CannotError, way_to
from client_text.questions import NEW_TABLE, Question, at_door, at_table, menu, refused_at_door
from client_text.reading import MisreadError
from client_text.status import status
from client_text.telling import Teller
from client_text.words import read
from protocol.house import door, talk
from protocol.house.lists import Reason, Seat
from protocol.text import visible
from protocol.wire import HOUSE, Request

LEFT, FAILED, USAGE, MISTAKES = range(4)
"""Exit codes: as wished; no table, or thrown out; wrong command line; some line was not done."""

LONGEST_POINTED = 70
"""In a longer line no place is pointed at."""


class Link(Protocol):
    """What a visit needs of `client.link.Link`."""

    def want(self, wish: Wish) -> None: ...

    def take(self) -> Iterable[Step]: ...

    @property
    def behind(self) -> bool: ...

    def close(self) -> None: ...


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
        self._games = [begin() for begin in GAMES.values()]
        for game in self._games:
            teller.learn(game.tells, game.refusals)
        self.manner = manner
        self.classic = classic
        self.state = HouseState()
        self.over: int | None = None
        self.question: Question | None = None
        self._enter = enter
        self._dial = dial
        self._put = put
        self._link: Link | None = None
        self._talk = Conversing(self._say, ignored)
        self._held: deque[str] = deque()
        self._input_ended = False
        self._wished: list[type] = []
        """Requests that the link has not taken up yet."""
        self._awaited: tuple[type[Request], Callable[[], None]] | None = None
        """What the table is asked for, and what is done when it has told."""
        self._until: Callable[[HouseState], bool] | None = None
        """What a script waits for."""
        self._mistakes = 0

    # --- for the screen ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask what is still to be known, and go to the table."""
        question = at_door(self._enter, classic=self.classic)
        if question is None:
            assert self._enter is not None
            if self._link is None or self.state.status.line is LineIs.GONE:
                self.close()
                self._link = self._dial(self._enter)
            else:
                self._want(self._enter)
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
        for step in self._link.take() if self._link else ():
            before, self.state = self.state, step.state
            self.teller.ignored = self._talk.ignored
            self._put(self.teller.tell(step, before))
            self._talk.follow(before, step.state)
            self._follow(step, before)
        self._go_on()

    def tick(self, now: float) -> None:
        """Time has passed: tell what was held back, so that it can be read."""
        self.teller.now = now
        late = [
            line
            for game in self._games
            for table, lines in game.late(self.teller.speech, now).items()
            for line in self.teller.named(lines, self.state.at(table))
        ]
        if late:  # To put nothing would be news as well.
            self._put(late)

    @property
    def holds(self) -> bool:
        """Whether something is to be told later, with nothing else happening."""
        return any(game.holds for game in self._games)

    @property
    def behind(self) -> bool:
        """Whether the link has more news than were told at once."""
        return self._link is not None and self._link.behind

    def close(self) -> None:
        if self._link is not None:
            self._link.close()

    @property
    def prompt(self) -> str:
        speech = self.teller.speech
        if self.question is not None:
            return speech(self.question.key)
        if self.in_private:
            return speech("ask.private", name=self.state.name_of(self._talk.room))
        if self.classic and self.state.live:
            croupier = self.state.table.seat is Seat.CROUPIER
            return speech("ask.menu_croupier" if croupier else "ask.menu_player")
        return speech("ask.line")

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
        """The one at the table that is looked at; where none is known yet, the first."""
        known = self.state.table.game
        here = (game for game in self._games if isinstance(known, game.STATE))
        return next(here, self._games[0])

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
            intent = self._read(line)
            if intent is not None:
                self._do(intent)
        except MisreadError as error:
            self._point_at(line, error)
        except CannotError as error:
            self._cannot(error)

    def _read(self, line: str) -> Intent | None:
        """What a line asks for, in the words of the game at the table."""
        try:
            return read(line, self.game, self.state, in_private=self.in_private)
        except MisreadError:
            if any(self._means(line, game) for game in self._games if game is not self.game):
                table = self.state.table_name(self.state.here)
                raise CannotError("cannot.another_game", table=table) from None
            raise

    def _means(self, line: str, game: Game) -> bool:
        """Whether it would ask for something at a table of this game."""
        try:
            return read(line, game, self.state) is not None
        except MisreadError:
            return False

    def _point_at(self, line: str, error: MisreadError) -> None:
        """Say what makes no sense, under its place in the line."""
        words = self.teller.speech(f"misread.{error.key}", **error.values)
        self._mistakes += 1
        if len(line) > LONGEST_POINTED:
            self._put([Line(words, Mood.BAD)])
            return
        start = error.start if error.start >= 0 else len(line.rstrip()) + 1
        marks = "^" * max(1, error.end - start)
        self._put(
            [Line(f"  {line}", Mood.QUIET), Line(f"  {' ' * start}{marks} {words}", Mood.BAD)]
        )

    def _cannot(self, error: CannotError) -> None:
        speech = self.teller.speech
        values = {
            key: each(speech) if callable(each) else each for key, each in error.values.items()
        }
        self._mistakes += 1
        why = speech(error.key, **{"n": 0, "seconds": 0, **values})
        self._put([Line(speech("refused.mark", why=why), Mood.BAD)])

    def _do(self, intent: Intent) -> None:
        do = self._DO.get(type(intent))
        if do is not None:
            do(self, intent)
        elif not self.state.live:
            raise CannotError("cannot.not_at_table")
        else:
            make = ORDERS.get(type(intent), self.game.order)
            self._want(make(intent, self.state))

    def _wait(self, wish: intents.Wait) -> None:
        if not self.manner.patient:
            raise CannotError("cannot.only_scripts")
        ends = wish.until == END
        self._until = _ended if ends else self.game.waits(wish.until, self.state)

    def _speak(self, line: str) -> None:
        request = self._talk.obey(line, self.state)
        self.teller.ignored = self._talk.ignored
        if request is not None:
            self._want(request)

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
        wish = way_to(intent, self.state)
        if isinstance(wish, Look):
            self._go(wish)
            return
        seated = self.state.at(wish.table).table.seat is not Seat.NONE
        given = self._enter.table_password if self._enter is not None else ""
        if seated or not self.state.lobby[wish.table].password_needed:
            self._go(wish)
        elif given:
            self._go(replace(wish, table_password=digest(given)))
        elif self.manner.interactive:
            self.question = at_table(wish)
        else:
            raise CannotError("cannot.table_password")

    def _go(self, wish: Look | door.TakeSeat) -> None:
        if wish.table != self.state.here:
            self._wished.append(events.Looked)
        self._want(wish)

    def _leave_table(self) -> None:
        """Get up; from the only table one leaves the house."""
        if sum(each.seat is not Seat.NONE for each in self.state.tables.values()) > 1:
            self._wished.append(events.Looked)
            self._want(leave_seat().to(self.state.here))
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
            self._awaited = (type(request), lambda: self._tell(topic, wish))
            self._want(request)

    def _tell(self, topic: Topic, wish: intents.Show) -> None:
        try:
            self._put([*topic.show(self.teller, self.state, wish)])
        except CannotError as error:
            self._cannot(error)

    def _help(self, about: str) -> None:
        self._put(explain(about, self.game, self.teller.speech))

    _DO: ClassVar[Mapping[type, Callable[["Visit", Any], None]]] = {
        intents.Quit: lambda self, _: self.leave(),
        intents.Show: _show,
        intents.Help: lambda self, wish: self._help(wish.about),
        intents.Wait: _wait,
        intents.Sit: lambda self, wish: self._sit(wish.seat),
        intents.GoTo: _go_to,
        intents.LeaveTable: lambda self, _: self._leave_table(),
        intents.Talk: lambda self, wish: self._speak(wish.line),
    }
    """What is done here, and not at the table."""

    def _want(self, wish: Wish) -> None:
        assert self._link is not None
        entering = door.SignIn if self.classic else door.TakeSeat
        if not isinstance(wish, Look):
            self._wished.append(type(wish) if isinstance(wish, Request) else entering)
        self._link.want(wish)

    def _say(self, key: str, **values: object) -> None:
        self._put([Line(self.teller.speech(key, **values))])

    # --- what the table says ----------------------------------------------------------------------

    def _follow(self, step: Step, before: HouseState) -> None:
        said = step.said
        match said:
            case events.Sent(request=request) | events.Unsent(request=request):
                self._taken_up(type(request))
            case events.Looked():
                self._taken_up(events.Looked)
            case events.LinkGone():
                self._gone(said)
            case door.Refused():
                self._refused(said, before)
            case door.SeatLost() if not self.manner.patient:
                self._show(intents.Show("tables"))
            case talk.SessionAsked(account=account) if account in self.teller.ignored:
                assert self._link is not None
                self._link.want(talk.AnswerSession(UNNUMBERED, account, accepted=False))
        if getattr(said, "table", HOUSE) in (HOUSE, step.state.here):
            self._answer(said, before)

    def _taken_up(self, wish: type) -> None:
        if wish in self._wished:
            self._wished.remove(wish)

    def _answer(self, said: object, before: HouseState) -> None:
        """Do what waits for this, if something does."""
        pending = before.pending.get(getattr(said, "number", UNNUMBERED))
        if pending is None or self._awaited is None or isinstance(said, door.Refused):
            return
        if isinstance(pending.request, self._awaited[0]):
            (_, do), self._awaited = self._awaited, None
            do()

    def _gone(self, said: events.LinkGone) -> None:
        self._wished.clear()
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
        if self._awaited is not None and isinstance(pending.request, self._awaited[0]):
            self._awaited = None
        if not isinstance(pending.request, door.SignIn | door.TakeSeat):
            return
        self._wished.clear()
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
        if not (self.state.live or at_none) or self._wished:
            return False
        return all(each.by_itself for each in self.state.pending.values())


def _ended(state: HouseState) -> bool:
    """What a script that stays to the end waits for."""
    return state.status.line in (LineIs.LOST, LineIs.GONE)
