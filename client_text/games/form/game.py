"""The small games, as the terminal knows a game: all of them are one, for all show a form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from client.games.form.state import FormState, form, shows_form
from client.house import events
from client.house.state import HouseState, Refusal
from client_text.games.form import typed as reading
from client_text.games.form.sheets import Sheets, headed
from client_text.games.game import Game, Typed
from client_text.intents import Intent, Show
from client_text.lines import Line, Mood
from client_text.lists import Shown, Topic
from client_text.orders import refused
from client_text.speech import Speech
from client_text.telling import Refused, Tell, Teller, Told
from client_text.verdicts import verdict_told
from client_text.vocabulary import Said
from protocol.fair.verdict import Colour
from protocol.house import door
from protocol.house.form import Act, FormShown
from protocol.house.lists import Seat
from protocol.wire import Request

CHECKED = {Colour.GREEN: "number.fair", Colour.GREY: "number.grey", Colour.RED: "number.unfair"}


class Form(Game):
    """As one person plays them."""

    STATE = FormState
    HELP: ClassVar[Mapping[str, Iterable[Said]]] = {"form": ()}

    def __init__(self) -> None:
        super().__init__()
        self._sheets = Sheets()

    def typed(self, typed: Typed, state: HouseState) -> Intent | None:
        """A letter or a number is the form's before it is a command; a label hides no command: what
        it says may be somebody else's words.
        """
        if typed.slash and typed.command:
            return None
        found = reading.typed(form(state), typed.text)
        if found is None and not typed.command:
            found = reading.said(form(state), typed.text)
        return found

    def order(self, intent: Intent, state: HouseState) -> Request:
        if not isinstance(intent, Act):
            raise refused(*intent)
        return intent.to(state.here)

    def offers(self, state: HouseState, language: str) -> Iterator[str]:
        for offered in form(state).offered(language):
            yield offered.label
            yield from offered.choices

    @property
    def topics(self) -> Mapping[str, Topic]:
        return {"list": Topic(self._list)}

    def _list(self, teller: Teller, state: HouseState, _: Show) -> Shown:
        """All of it, because a person asks."""
        language = teller.speech.language
        for text in self._sheets.whole(state.here, form(state), language, teller.now):
            yield Line(text)

    @property
    def tells(self) -> Mapping[type, Tell]:
        return {
            FormShown: self._shown,
            door.Done: self._done,
            door.SeatLost: self._closed,
            events.Judged: self._judged,
        }

    def _shown(self, teller: Teller, said: FormShown, before: HouseState, now: HouseState) -> Told:
        """All of it to who arrives, or is back."""
        take = self._sheets.take if before.live else self._sheets.whole
        for text in take(said.table, form(now), teller.speech.language, teller.now):
            yield Line(text)

    def _done(self, teller: Teller, said: door.Done, before: HouseState, _: HouseState) -> Told:
        pending = before.pending.get(said.number)
        if pending is not None and isinstance(pending.request, Act):
            self._sheets.did(pending.request.table, teller.now)
        yield from ()

    def _judged(self, teller: Teller, said: events.Judged, _: HouseState, now: HouseState) -> Told:
        """Only at a small game: a roulette tells its rounds itself."""
        if shows_form(now):
            yield from verdict_told(teller, said.verdict, now, CHECKED)

    def _closed(self, _: Teller, said: door.SeatLost, __: HouseState, ___: HouseState) -> Told:
        self._sheets.forget(said.table)
        yield from ()

    @property
    def refusals(self) -> Mapping[type[Request], Refused]:
        return {Act: _refused}

    def status(self, speech: Speech, state: HouseState, now: float) -> Iterator[str]:
        """Its title and clock, and what one has."""
        yield headed(form(state), speech.language, now)
        if state.table.seat is not Seat.PLAYER:
            yield speech.choice("role", state.table.seat)
        if state.account:
            yield speech.chips(state.balance)
        if at_stake := form(state).at_stake:
            yield speech("status.at_stake", chips=at_stake)

    def busy(self, table: int, now: float) -> bool:
        return self._sheets.awaits(table, now)

    def late(self, speech: Speech, now: float) -> Mapping[int, list[Line]]:
        late = self._sheets.late(speech.language, now)
        return {table: [Line(text, Mood.QUIET) for text in texts] for table, texts in late.items()}

    @property
    def holds(self) -> bool:
        return self._sheets.holds


def _refused(speech: Speech, refusal: Refusal, why: str) -> str:
    assert refusal.reason is not None
    key = f"form_reason.{refusal.reason.name.lower()}"
    return speech(key) if speech.has(key) else why
