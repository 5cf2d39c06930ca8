"""A visit to a table, from the door to the goodbye. It knows no terminal: lines in, lines out.

A screen hands it what is typed (`typed`), tells it when the link has news (`news`), and shows the
lines, the prompt and the status that it gives. When `over` is a number, that is the exit code.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol

from client.dialogue import Step, Wish
from client.games.form.state import form, shows_form
from client.games.roulette.state import roulette
from client.house import events
from client.house.state import HouseState
from client.house.state import Line as LineIs
from client.requests import UNNUMBERED, Enter, Look, digest, leave_seat
from client.talk.ignored import Ignored
from client_text import intents
from client_text.conversing import Conversing
from client_text.games.form import typed
from client_text.intents import Intent, Until
from client_text.lines import Line, Mood
from client_text.lists import explain, show
from client_text.orders import (
    CannotError,
    Memory,
    can,
    is_of_roulette,
    order,
    way_to,
)
from client_text.questions import (
    ASKS,
    NEW_TABLE,
    Question,
    at_door,
    at_table,
    menu,
    refused_at_door,
)
from client_text.reading import MisreadError
from client_text.saving import saved
from client_text.telling import Teller
from client_text.words import Setting, command_of, read
from protocol.games.roulette import bets
from protocol.games.roulette.lists import Phase
from protocol.house import door, talk
from protocol.house.form import Act
from protocol.house.lists import Reason, Seat
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
        self.manner = manner
        self.classic = classic
        self.state = HouseState()
        self.over: int | None = None
        self.question: Question | None = None
        self._enter = enter
        self._dial = dial
        self._put = put
        self._link: Link | None = None
        self._memories: defaultdict[int, Memory] = defaultdict(Memory)
        """By the number of the table."""
        self._talk = Conversing(self._say, ignored)
        self._usual_chip = 0
        self._held: deque[str] = deque()
        self._input_ended = False
        self._wished: list[type] = []
        """Requests that the link has not taken up yet."""
        self._awaited: tuple[intents.Topic, Callable[[], None]] | None = None
        """What the table is asked for, and what is done when it has told."""
        self._until: tuple[Until, int] | None = None
        self._mistakes = 0
        self._now = 0.0

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
        self._now = now
        if late := self.teller.late(self.state, now):  # To put nothing would be news as well.
            self._put(late)

    @property
    def holds(self) -> bool:
        """Whether something is to be told later, with nothing else happening."""
        return self.teller.sheets.holds

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
        return self.teller.status(self.state, now)

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self.state.table.roster.values()]

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
            if self._act(line):
                return
            intent = read(line, Setting(self.in_private, self._usual_chip))
            if intent is not None:
                self._do(intent)
        except MisreadError as error:
            self._point_at(line, error)
        except CannotError as error:
            self._cannot(error)

    def _act(self, line: str) -> bool:
        """Do what a small game offers for this line; whether it offers something."""
        words = line.strip()
        if words.startswith("/") and command_of(words)[0] is None:
            words = words[1:]
        elif words.startswith("/") or self.in_private:
            return False
        asked = typed(form(self.state), words)
        if asked is None:
            return False
        if not self.state.live:
            raise CannotError("cannot.not_at_table")
        if not isinstance(asked, Act):
            reason, figure = asked
            raise CannotError(f"reason.{reason.name.lower()}", n=figure)
        self._want(asked.to(self.state.here))
        return True

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
        values = dict(error.values)
        if isinstance(spot := values.get("spot"), int):
            values["spot"] = self.teller.speech.spot(spot)
        self._mistakes += 1
        why = self.teller.speech(error.key, **{"n": 0, "seconds": 0, **values})
        self._put([Line(self.teller.speech("refused.mark", why=why), Mood.BAD)])

    def _do(self, intent: Intent) -> None:
        if shows_form(self.state) and is_of_roulette(intent):
            table = self.state.table_name(self.state.here)
            raise CannotError("cannot.another_game", table=table)
        if can(intent):
            self._want(order(intent, self.state, self._memories[self.state.here]))
        else:
            self._DO[type(intent)](self, intent)

    def _wait_until(self, until: Until) -> None:
        if not self.manner.patient:
            raise CannotError("cannot.only_scripts")
        self._until = (until, roulette(self.state).round.number)

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

    def _once_known(self, topic: intents.Topic, do: Callable[[], None]) -> None:
        """Do it as soon as this is known; the table is asked for it, if need be."""
        asking = ASKS.get(topic)
        there = self.state.in_house if topic is intents.Topic.TABLES else self.state.live
        if asking is not None and not there:
            raise CannotError("cannot.not_at_table")
        request = asking.ask(self.state) if asking else None
        if request is None:
            do()
        else:
            self._awaited = (topic, do)
            self._want(request)

    def _show(self, wish: intents.Show) -> None:
        topic = wish.topic
        if topic is intents.Topic.BETS and shows_form(self.state):
            self._put(self.teller.form(self.state, self._now))
            return
        self._once_known(topic, lambda: self._put(show(topic, self.teller, self.state)))

    def _save(self, wish: intents.Save) -> None:
        player = self.state.table.seat is Seat.PLAYER
        topic = intents.Topic.HISTORY if player else intents.Topic.ROUNDS
        self._once_known(topic, lambda: self._write(wish.ending))

    def _write(self, ending: str) -> None:
        try:
            self._put([saved(self.state, ending, self.teller.speech)])
        except CannotError as error:
            self._cannot(error)

    def _set_chip(self, wish: intents.SetChip) -> None:
        self._usual_chip = wish.chips
        self._say("show.chip" if wish.chips else "show.no_chip", chips=wish.chips)

    def _verify(self, number: int) -> None:
        verdicts = self.state.table.verdicts
        found = verdicts.get(number or max(verdicts, default=0))
        if found is not None:
            self._put(list(self.teller.verdict(found, self.state)))
        else:
            self._say("show.not_checked" if number else "show.nothing_checked", n=number)

    _DO: ClassVar[Mapping[type, Callable[["Visit", Any], None]]] = {
        intents.Quit: lambda self, _: self.leave(),
        intents.Show: _show,
        intents.Save: _save,
        intents.Help: lambda self, wish: self._put(explain(wish.about, self.teller.speech)),
        intents.SetChip: _set_chip,
        intents.Verify: lambda self, wish: self._verify(wish.round_number),
        intents.Wait: lambda self, wish: self._wait_until(wish.until),
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
            case bets.BetsPlaced():
                pending = before.pending.get(said.number)
                if pending and isinstance(pending.request, bets.PlaceBets):
                    laid = {bet.spot: bet.chips for bet in pending.request.bets}
                    self._memories[said.table].lay(said.round_number, laid)
            case door.Refused():
                self._refused(said, before)
            case door.SeatLost() if not self.manner.patient:
                self._show(intents.Show(intents.Topic.TABLES))
            case talk.SessionAsked(account=account) if account in self.teller.ignored:
                assert self._link is not None
                self._link.want(talk.AnswerSession(UNNUMBERED, account, accepted=False))
        if getattr(said, "table", HOUSE) in (HOUSE, step.state.here):
            self._answer(said)

    def _taken_up(self, wish: type) -> None:
        if wish in self._wished:
            self._wished.remove(wish)

    def _answer(self, said: object) -> None:
        """Do what waits for this, if something does."""
        if self._awaited is not None and isinstance(said, ASKS[self._awaited[0]].answer):
            (_, do), self._awaited = self._awaited, None
            do()

    def _gone(self, said: events.LinkGone) -> None:
        self._wished.clear()
        if self.over is not None:
            return
        if said.trouble is not events.Trouble.ANOTHER_TABLE:
            waited = self._until is not None and self._until[0] is Until.END
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
        awaited = self._awaited and ASKS[self._awaited[0]].request
        if awaited and isinstance(pending.request, awaited):
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
            if not self._waited(*self._until):
                return False
            if self._until[0] is Until.END:
                self.leave()
                return False
            self._until = None
        at_none = self.state.in_house and self.state.table.seat is Seat.NONE
        if not (self.state.live or at_none) or self._wished:
            return False
        return all(each.by_itself for each in self.state.pending.values())

    def _waited(self, until: Until, number: int) -> bool:
        """Whether that has happened in the round of this number."""
        state = self.state
        found = roulette(state).find_round(number)
        if until is Until.END:
            return state.status.line in (LineIs.LOST, LineIs.GONE)
        if until is Until.BETTING:
            return state.live and roulette(state).round.phase is Phase.BETTING
        if roulette(state).round.number > number or found is None:
            return True
        if until is Until.CLOSED:
            return found.phase is not Phase.BETTING
        return found.voided is not None or (
            found.settled is not None and (found.result is not None or not found.own)
        )
