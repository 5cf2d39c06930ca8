"""What happened becomes lines for a person. Pure: a step of the link in, lines out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypeAlias

from client.dialogue import Step
from client.house import events
from client.house.state import Heard, HouseState, Kind, Refusal
from client.house.state import Line as LineIs
from client.talk.commands import HOUSE_WORDS, refused
from client_text.lines import Line, Mood
from client_text.orders import CannotError
from client_text.reading import MisreadError
from client_text.speech import Speech
from protocol.fair.hashes import Account
from protocol.house import door, talk
from protocol.house.lists import Farewell, Notice, Phrase, Reason, Seat
from protocol.house.people import ChipsGranted
from protocol.text import as_name, isolated
from protocol.wire import Request

Told: TypeAlias = Iterator[Line]
Tell: TypeAlias = Callable[["Teller", Any, HouseState, HouseState], Told]
"""The lines for a message or an event; told what was known before it, and what is now."""
Refused: TypeAlias = Callable[[Speech, Refusal, str], str]
"""Why a game's request was refused, in more words than the house's own, which it is handed."""

LONGEST_POINTED = 70
"""In a longer line no place is pointed at."""
SPOKEN = (Kind.SAID, Kind.WHISPERED, Kind.IN_SESSION)
"""What somebody said himself, and so can be ignored."""


class Teller:
    """Tells what happens, in one language."""

    def __init__(self, speech: Speech, moment: Callable[[int], str]) -> None:
        """`moment` writes milliseconds since 1970 as the local time."""
        self.speech = speech
        self.moment = moment
        self.now = 0.0
        """When the last thing happened that was told, or the last second passed."""
        self.ignored: Mapping[Account, str] = {}
        """Whom one does not want to hear."""
        self._tells: defaultdict[type, list[Tell]] = defaultdict(list)
        self._refusals: dict[type, Refused] = {}
        self.learn(self._TELLS, {})

    def learn(self, tells: Mapping[type, Tell], refusals: Mapping[type[Request], Refused]) -> None:
        """Tell this, too: of one message the house's part goes before a game's."""
        for kind, tell in tells.items():
            self._tells[kind].append(tell)
        self._refusals |= refusals

    def tell(self, step: Step, before: HouseState) -> list[Line]:
        """The lines for one step; `before` is what was known until then."""
        after, said = step.state, step.said
        table = events.table_of(said)
        if table is not None:  # It is told as it is known at that table, wherever one looks.
            before, after = before.at(table), after.at(table)
        self.now = step.at
        told: list[Line] = []
        for tell in self._tells.get(type(said), ()):
            told += tell(self, said, before, after)
        told += [
            self.refusal(each, after) for each in after.refusals if each.serial > before.serial
        ]
        for heard in after.heard:
            if heard.serial > before.serial:
                told += self.heard(heard, after)
        return told if table is None else self.named(told, after)

    def misread(self, line: str, error: MisreadError) -> list[Line]:
        """What makes no sense, under its place in the line."""
        words = self.speech(f"misread.{error.key}", **error.values)
        if len(line) > LONGEST_POINTED:
            return [Line(words, Mood.BAD)]
        start = error.start if error.start >= 0 else len(line.rstrip()) + 1
        marks = "^" * max(1, error.end - start)
        return [Line(f"  {line}", Mood.QUIET), Line(f"  {' ' * start}{marks} {words}", Mood.BAD)]

    def cannot(self, error: CannotError) -> Line:
        """Why something is not even asked for."""
        said = error.values.items()
        values = {key: each(self.speech) if callable(each) else each for key, each in said}
        why = self.speech(error.key, **{"n": 0, "seconds": 0, **values})
        return Line(self.speech("refused.mark", why=why), Mood.BAD)

    @staticmethod
    def named(told: list[Line], there: HouseState) -> list[Line]:
        """Lines of a table, with its name where one is at several."""
        if len(there.tables) < 2:
            return told
        name = isolated(as_name(there.table_name(there.here)))
        return [replace(line, text=f"[{name}] {line.text}") for line in told]

    def _looked(self, _: events.Looked, before: HouseState, now: HouseState) -> Told:
        if before.table.live and now.table.live:
            yield self.line("tell.looked", Mood.CALL, table=now.table_name(now.here))

    # --- the line to the table --------------------------------------------------------------------

    def _connecting(self, said: events.Connecting, before: HouseState, _: HouseState) -> Told:
        if before.status.line is not LineIs.LOST:
            yield self.line("tell.connecting", Mood.QUIET, host=said.host, port=said.port)

    def _lost(self, said: events.LinkLost, before: HouseState, _: HouseState) -> Told:
        if before.live or said.farewell is not None:
            why = self._why(said)
            yield self.line("tell.lost", Mood.BAD, why=why)

    def _gone(self, said: events.LinkGone, _: HouseState, __: HouseState) -> Told:
        if said.trouble is not events.Trouble.LEFT:
            yield self.line("tell.gone", Mood.BAD, why=self._why(said))

    def _why(self, said: events.LinkLost | events.LinkGone) -> str:
        if said.farewell is None:
            return self.speech.choice("trouble", said.trouble)
        why = self.speech.choice("farewell", said.farewell)
        words = said.words and said.farewell in (Farewell.KICKED, Farewell.OTHER)
        if not words:
            return why
        return self.speech("tell.in_words", why=why, words=self._reason(said.words))

    def _reason(self, words: str) -> str:
        """What somebody wrote; the house's own reasons are said in the person's language."""
        key = HOUSE_WORDS.get(words)
        return self.speech(f"house.{key}") if key else words

    def _introduced(self, said: door.HouseIntroduced, before: HouseState, now: HouseState) -> Told:
        if now.classic:
            if before.table.seat is Seat.NONE:
                yield self.line("tell.classic", Mood.QUIET)
        elif before.house is None or before.house.house != said.house:
            yield self.line(
                "tell.table", Mood.QUIET, name=said.name, stack=self.speech.chips(said.stack)
            )

    def _signed_in(self, said: door.SignedIn, before: HouseState, now: HouseState) -> Told:
        if said.account and said.account != before.account and not now.classic:
            yield self.line("tell.signed_in", Mood.QUIET, name=said.name)

    def _seat(self, said: door.SeatTaken, before: HouseState, now: HouseState) -> Told:
        if said.seat is not before.table.seat:
            yield self.line(f"seated.{said.seat.name.lower()}", Mood.GOOD, name=now.name)

    def _granted(self, said: ChipsGranted, _: HouseState, __: HouseState) -> Told:
        yield self.line("tell.granted", Mood.GOOD, amount=self.speech.chips(said.amount))

    # --- answers ----------------------------------------------------------------------------------

    def _done(self, said: door.Done, before: HouseState, _: HouseState) -> Told:
        pending = before.pending.get(said.number)
        if pending is not None and isinstance(pending.request, talk.AskSession):
            yield self.line("done.session", Mood.QUIET)

    def _seat_lost(self, said: door.SeatLost, before: HouseState, _: HouseState) -> Told:
        yield self.line("tell.table_closed", Mood.BAD, table=before.table_name(said.table))

    def refusal(self, refusal: Refusal, now: HouseState) -> Line:
        """Why something was not done."""
        return Line(self.speech("refused.mark", why=self._refused(refusal, now)), Mood.BAD)

    def _refused(self, refusal: Refusal, now: HouseState) -> str:
        if refusal.reason is None:
            return self.speech("refused.no_line")
        if refusal.reason is Reason.OTHER and refusal.words:
            return refusal.words
        if refusal.reason is Reason.SHUT_OUT and not refusal.figure:
            return self.speech("refused.banned")
        cannot = None if now.classic else refused(refusal, now)
        if cannot is not None:
            return self.speech(f"why.{cannot.why}", name=cannot.name, seconds=cannot.seconds)
        key = f"reason.{refusal.reason.name.lower()}"
        if now.classic and self.speech.has(f"classic_{key}"):
            key = f"classic_{key}"
        words = self.speech(key, n=refusal.figure, seconds=(refusal.figure + 999) // 1000)
        more = self._refusals.get(type(refusal.request), _no_more)
        return more(self.speech, refusal, words)

    # --- talk -------------------------------------------------------------------------------------

    def heard(self, heard: Heard, now: HouseState) -> Told:
        """A line of the table's talk."""
        at, name = self.moment(heard.at) if heard.at else "", heard.name
        if heard.account in self.ignored and heard.kind in SPOKEN:
            return
        if heard.begun:
            return  # The person is told with it where his words go from now on.
        if heard.kind is Kind.SAID:
            yield self.line("talk.said", Mood.TALK, at=at, name=name, line=heard.text)
        elif heard.ended is not None:
            why = self.speech.choice("ended", heard.ended)
            yield self.line("talk.ended", Mood.PRIVATE, name=name, why=why)
        elif heard.kind in (Kind.WHISPERED, Kind.IN_SESSION):
            mine = heard.account == now.account
            key = "talk.mine" if mine else "talk.private"
            name = now.name_of(heard.to) if mine else name
            yield self.line(key, Mood.PRIVATE, at=at, name=name, line=heard.text)
        elif heard.kind is Kind.ANNOUNCED:
            other = heard.phrase is Phrase.OTHER
            words = heard.text if other else self.speech.choice("phrase", heard.phrase)
            key = "talk.called" if heard.account else "talk.house"
            yield self.line(key, Mood.CALL, at=at, name=name, line=words)
        elif not (heard.account == now.account and heard.notice in OWN_MATTERS):
            yield from self._noticed(heard)

    def _noticed(self, heard: Heard) -> Told:
        if heard.notice is Notice.OTHER:
            yield Line(f"{isolated(as_name(heard.name))} {heard.text}".strip(), Mood.QUIET)
            return
        words = self.speech.choice("notice", heard.notice, name=heard.name)
        if heard.text:
            words = self.speech("tell.in_words", why=words, words=self._reason(heard.text))
        yield Line(words, Mood.QUIET)

    def _session_asked(self, said: talk.SessionAsked, _: HouseState, __: HouseState) -> Told:
        if said.account not in self.ignored:
            yield self.line("talk.asks", Mood.PRIVATE, name=said.name)

    def line(self, key: str, mood: Mood = Mood.PLAIN, **values: object) -> Line:
        return Line(self.speech(key, **values), mood)

    _TELLS: ClassVar[Mapping[type, Tell]] = {
        events.Connecting: _connecting,
        events.LinkLost: _lost,
        events.LinkGone: _gone,
        events.Looked: _looked,
        door.HouseIntroduced: _introduced,
        door.SignedIn: _signed_in,
        door.SeatTaken: _seat,
        door.SeatLost: _seat_lost,
        door.Done: _done,
        ChipsGranted: _granted,
        talk.SessionAsked: _session_asked,
    }


def _no_more(_: Speech, __: Refusal, why: str) -> str:
    return why


OWN_MATTERS = frozenset(
    (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.CROUPIER_CAME)
)
"""What one knows of oneself without being told."""
