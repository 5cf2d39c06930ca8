"""What happened becomes lines for a person. Pure: a step of the link in, lines out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from client.dialogue import Step
from client.games.form.state import form, shows_form
from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.locked import staying
from client.games.roulette.state import roulette, spot_of
from client.house import events
from client.house.state import Heard, HouseState, Kind, Refusal
from client.house.state import Line as LineIs
from client.talk.commands import HOUSE_WORDS, refused
from client.wording import clock
from client_text.games.form import Sheets, headed
from client_text.lines import Line, Mood
from client_text.speech import Speech
from protocol.fairness import Account
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.rules import Spot
from protocol.house import door, talk
from protocol.house.fields import NO_DEADLINE, Chips
from protocol.house.form import Act, FormShown
from protocol.house.lists import Farewell, Notice, Phrase, Reason, Seat
from protocol.house.people import ChipsGranted
from protocol.text import as_name, isolated

PEOPLE_SHOWN = 5
"""Of one broadcast; the rest are counted."""
BEST_SHOWN = 3

Told = Iterator[Line]

SPOKEN = (Kind.SAID, Kind.WHISPERED, Kind.IN_SESSION)
"""What somebody said himself, and so can be ignored."""


class Teller:
    """Tells what happens, in one language."""

    def __init__(self, speech: Speech, moment: Callable[[int], str]) -> None:
        """`moment` writes milliseconds since 1970 as the local time."""
        self.speech = speech
        self.moment = moment
        self.sheets = Sheets()
        self._now = 0.0
        self.ignored: Mapping[Account, str] = {}
        """Whom one does not want to hear."""

    def tell(self, step: Step, before: HouseState) -> list[Line]:
        """The lines for one step; `before` is what was known until then."""
        after, said = step.state, step.said
        table = events.table_of(said)
        if table is not None:  # It is told as it is known at that table, wherever one looks.
            before, after = before.at(table), after.at(table)
        self._now = step.at
        told: list[Line] = []
        tell = self._TELL.get(type(said))
        if tell is not None:
            told += tell(self, said, before, after)
        told += [
            self.refusal(each, after) for each in after.refusals if each.serial > before.serial
        ]
        for heard in after.heard:
            if heard.serial > before.serial:
                told += self.heard(heard, after)
        return told if table is None else self._named(told, after)

    @staticmethod
    def _named(told: list[Line], there: HouseState) -> list[Line]:
        """Lines of a table, with its name where one is at several."""
        if len(there.tables) < 2:
            return told
        name = isolated(as_name(there.table_name(there.here)))
        return [replace(line, text=f"[{name}] {line.text}") for line in told]

    def late(self, state: HouseState, now: float) -> list[Line]:
        """What the others did at small games, and was not told at once."""
        late = self.sheets.late(self.speech.language, now)
        return [
            line
            for table, texts in late.items()
            for line in self._named([Line(text, Mood.QUIET) for text in texts], state.at(table))
        ]

    def _looked(self, _: events.Looked, before: HouseState, now: HouseState) -> Told:
        if before.table.live and now.table.live:
            yield self._line("tell.looked", Mood.CALL, table=now.table_name(now.here))

    # --- the line to the table --------------------------------------------------------------------

    def _connecting(self, said: events.Connecting, before: HouseState, _: HouseState) -> Told:
        if before.status.line is not LineIs.LOST:
            yield self._line("tell.connecting", Mood.QUIET, host=said.host, port=said.port)

    def _lost(self, said: events.LinkLost, before: HouseState, _: HouseState) -> Told:
        if before.live or said.farewell is not None:
            why = self._why(said)
            yield self._line("tell.lost", Mood.BAD, why=why)

    def _gone(self, said: events.LinkGone, _: HouseState, __: HouseState) -> Told:
        if said.trouble is not events.Trouble.LEFT:
            yield self._line("tell.gone", Mood.BAD, why=self._why(said))

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
                yield self._line("tell.classic", Mood.QUIET)
        elif before.house is None or before.house.house != said.house:
            yield self._line(
                "tell.table", Mood.QUIET, name=said.name, stack=self.speech.chips(said.stack)
            )

    def _signed_in(self, said: door.SignedIn, before: HouseState, now: HouseState) -> Told:
        if said.account and said.account != before.account and not now.classic:
            yield self._line("tell.signed_in", Mood.QUIET, name=said.name)

    def _seat(self, said: door.SeatTaken, before: HouseState, now: HouseState) -> Told:
        if said.seat is not before.table.seat:
            yield self._line(f"seated.{said.seat.name.lower()}", Mood.GOOD, name=now.name)

    # --- a small game -----------------------------------------------------------------------------

    def _form(self, said: FormShown, before: HouseState, now: HouseState) -> Told:
        """All of it to who arrives, or is back."""
        take = self.sheets.take if before.live else self.sheets.whole
        for text in take(said.table, form(now), self.speech.language, self._now):
            yield Line(text)

    def form(self, state: HouseState, now: float) -> list[Line]:
        """All of it, because a person asks."""
        texts = self.sheets.whole(state.here, form(state), self.speech.language, now)
        return [Line(text) for text in texts]

    def _seat_lost(self, said: door.SeatLost, before: HouseState, _: HouseState) -> Told:
        self.sheets.forget(said.table)
        yield self._line("tell.table_closed", Mood.BAD, table=before.table_name(said.table))

    # --- the round --------------------------------------------------------------------------------

    def _shown(self, said: rounds.TableShown, before: HouseState, now: HouseState) -> Told:
        game = roulette(now)
        if before.live or now.classic:
            return
        left = self._left(said.ms_left)
        phase = self.speech.choice("phase", said.phase)
        yield self._line("tell.shown", Mood.CALL, n=said.round_number, phase=phase, left=left)
        if said.staked:
            yield Line(self._on_table(said.staked, said.players))
        if game.round.own:
            yield self._line("tell.own", bets=self.speech.bets(sorted(game.round.own.items())))
        if now.table.seat is Seat.PLAYER:
            yield self._line("tell.balance", balance=self.speech.chips(now.balance))

    def _on_table(self, staked: Chips, players: int) -> str:
        chips, by = self.speech.chips(staked), self.speech.count("count.players", players)
        return self.speech("tell.on_table", staked=chips, players=by)

    def _opened(self, said: rounds.RoundOpened, before: HouseState, now: HouseState) -> Told:
        if said.round_number != roulette(before).round.number:
            key = "tell.opened_classic" if now.classic else "tell.opened"
            left = self._left(said.ms_left)
            yield self._line(key, Mood.CALL, n=said.round_number, left=left)

    def _left(self, ms_left: int) -> str:
        if ms_left == NO_DEADLINE:
            return ""
        return self.speech("tell.left", seconds=clock(ms_left / 1000))

    def _closed(self, _: rounds.BettingClosed, __: HouseState, now: HouseState) -> Told:
        yield self._line(
            "tell.closed", Mood.CALL, staked=self.speech.chips(roulette(now).round.staked)
        )

    def _spinning(self, _: rounds.WheelStarted, __: HouseState, ___: HouseState) -> Told:
        yield self._line("tell.spinning", Mood.QUIET)

    def _settled(self, said: rounds.RoundSettled, _: HouseState, now: HouseState) -> Told:
        yield self._line("tell.number", Mood.CALL, pocket=self.speech.pocket(said.pocket))
        best = said.top if now.classic else said.top[:BEST_SHOWN]
        if best:
            results = ", ".join(f"{as_name(each.name)} {signed(each.net)}" for each in best)
            yield self._line("tell.best", results=results)

    def _player_settled(self, said: rounds.PlayerSettled, _: HouseState, now: HouseState) -> Told:
        found = roulette(now).find_round(said.round_number)
        if found is not None and found.voided is not None:
            return
        key, mood = "tell.even", Mood.PLAIN
        if said.net:
            key, mood = ("tell.won", Mood.GOOD) if said.net > 0 else ("tell.lost_chips", Mood.PLAIN)
        net, balance = self.speech.chips(abs(said.net)), self.speech.chips(said.balance)
        yield self._line(key, mood, net=net, balance=balance)
        locked = sorted(staying(said).items())
        if locked:
            yield self._line("tell.locked", bets=self.speech.bets(locked))
        if said.half_owed:
            yield self._line("tell.half")

    def _voided(self, said: rounds.RoundVoided, _: HouseState, __: HouseState) -> Told:
        key = "tell.voided_words" if said.words else "tell.voided"
        yield self._line(key, Mood.BAD, n=said.round_number, words=said.words)

    def _granted(self, said: ChipsGranted, _: HouseState, __: HouseState) -> Told:
        yield self._line("tell.granted", Mood.GOOD, amount=self.speech.chips(said.amount))

    def _auto(self, said: rounds.AutoChanged, before: HouseState, _: HouseState) -> Told:
        if said.seconds != roulette(before).auto:
            key = "tell.auto_on" if said.seconds else "tell.auto_off"
            yield self._line(key, Mood.QUIET, seconds=said.seconds)

    def _judged(self, said: events.Judged, _: HouseState, now: HouseState) -> Told:
        yield from self.verdict(said.verdict, now)

    def verdict(self, verdict: Verdict, now: HouseState) -> Told:
        """What came of checking a round."""
        number = verdict.round_number
        if verdict.failed is not None:
            why = self.speech.choice("step", verdict.failed)
            yield self._line("tell.unfair", Mood.BAD, n=number, why=why)
            if saved := now.table.saved.get(number):
                yield self._line("tell.evidence", Mood.BAD, path=saved)
        else:
            key = "tell.fair" if verdict.full else "tell.fair_so_far"
            if verdict.round is None:
                key = "tell.fair_void"
            yield self._line(key, Mood.QUIET, n=number)

    # --- chips ------------------------------------------------------------------------------------

    def _placed(self, said: bets.BetsPlaced, before: HouseState, now: HouseState) -> Told:
        yield from self._own_changed("tell.laid", said, before, now)

    def _taken_back(self, said: bets.BetsTakenBack, before: HouseState, now: HouseState) -> Told:
        yield from self._own_changed("tell.taken_back", said, before, now)

    def _own_changed(
        self,
        key: str,
        said: bets.BetsPlaced | bets.BetsTakenBack,
        before: HouseState,
        now: HouseState,
    ) -> Told:
        pending = before.pending.get(said.number)
        if pending is None or not isinstance(pending.request, bets.PlaceBets | bets.TakeBackBets):
            return
        found = roulette(before).find_round(said.round_number)
        chips = [(bet.spot, bet.chips) for bet in pending.request.bets]
        chips = chips or sorted(found.own.items() if found else ())
        words = self.speech.bets(chips)
        balance = self.speech.chips(now.balance)
        yield self._line(key, Mood.GOOD, bets=words, balance=balance)

    def _bets_changed(self, said: bets.BetsChanged, before: HouseState, now: HouseState) -> Told:
        found = roulette(before).find_round(said.round_number)
        if found is None or said.revision <= found.revision:
            return
        changes: dict[tuple[int, bool], list[tuple[Spot, Chips]]] = {}
        for bet in said.latest:
            more = bet.chips - found.bets.get((bet.account, bet.spot), 0)
            if bet.account != now.account and more:
                changes.setdefault((bet.account, more > 0), []).append((bet.spot, abs(more)))
        for (account, laid), chips in list(changes.items())[:PEOPLE_SHOWN]:
            key = "tell.they_bet" if laid else "tell.they_take"
            words = self.speech.bets(chips)
            yield self._line(key, Mood.QUIET, name=now.name_of(account), bets=words)
        if len(changes) > PEOPLE_SHOWN or not said.complete:
            on_table = self._on_table(said.staked, said.players)
            yield self._line("tell.many", Mood.QUIET, on_table=on_table)

    # --- answers ----------------------------------------------------------------------------------

    def _done(self, said: door.Done, before: HouseState, _: HouseState) -> Told:
        pending = before.pending.get(said.number)
        if pending is not None and isinstance(pending.request, Act):
            self.sheets.did(pending.request.table)
        key = DONE.get(type(pending.request)) if pending else None
        if key is not None:
            yield self._line(key, Mood.QUIET)

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
        if isinstance(refusal.request, Act) and self.speech.has(f"form_{key}"):
            key = f"form_{key}"
        words = self.speech(key, n=refusal.figure, seconds=(refusal.figure + 999) // 1000)
        spot = spot_of(refusal)
        if spot is None:
            return words
        return self.speech("refused.spot", spot=self.speech.spot(spot), why=words)

    # --- talk -------------------------------------------------------------------------------------

    def heard(self, heard: Heard, now: HouseState) -> Told:
        """A line of the table's talk."""
        at, name = self.moment(heard.at) if heard.at else "", heard.name
        if heard.account in self.ignored and heard.kind in SPOKEN:
            return
        if heard.begun:
            return  # The person is told with it where his words go from now on.
        if heard.kind is Kind.SAID:
            yield self._line("talk.said", Mood.TALK, at=at, name=name, line=heard.text)
        elif heard.ended is not None:
            why = self.speech.choice("ended", heard.ended)
            yield self._line("talk.ended", Mood.PRIVATE, name=name, why=why)
        elif heard.kind in (Kind.WHISPERED, Kind.IN_SESSION):
            mine = heard.account == now.account
            key = "talk.mine" if mine else "talk.private"
            name = now.name_of(heard.to) if mine else name
            yield self._line(key, Mood.PRIVATE, at=at, name=name, line=heard.text)
        elif heard.kind is Kind.ANNOUNCED:
            other = heard.phrase is Phrase.OTHER
            words = heard.text if other else self.speech.choice("phrase", heard.phrase)
            key = "talk.called" if heard.account else "talk.house"
            yield self._line(key, Mood.CALL, at=at, name=name, line=words)
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
            yield self._line("talk.asks", Mood.PRIVATE, name=said.name)

    # --- the line under what is typed -------------------------------------------------------------

    def status(self, state: HouseState, now: float) -> str:
        """The phase and its seconds, and what one has."""
        game = roulette(state)
        if not state.live:
            return self._no_line(state, now)
        if shows_form(state):
            return self._form_status(state, now)
        phase = self.speech.choice("phase", game.round.phase)
        if state.classic:
            phase = self.speech("status.classic")
        elif game.deadline is not None:
            phase = f"{phase} {clock(game.deadline - now)}"
        parts = [self.speech("status.round", n=game.round.number), phase]
        if len(state.tables) > 1:
            parts.insert(0, as_name(state.table_name(state.here)))
        if state.table.seat is Seat.PLAYER:
            parts.append(self.speech.chips(state.balance))
            if game.round.at_stake:
                parts.append(self.speech("status.at_stake", chips=game.round.at_stake))
        elif not state.classic:
            parts.append(self.speech("status.staked", chips=game.round.staked))
            parts.append(self.speech(f"role.{state.table.seat.name.lower()}"))
        if state.pending and not all(each.by_itself for each in state.pending.values()):
            parts.append(self.speech("status.waiting"))
        return " · ".join(parts)

    def _form_status(self, state: HouseState, now: float) -> str:
        parts = [headed(form(state), self.speech.language, now)]
        if len(state.tables) > 1:
            parts.insert(0, as_name(state.table_name(state.here)))
        if state.table.seat is not Seat.PLAYER:
            parts.append(self.speech(f"role.{state.table.seat.name.lower()}"))
        if state.account:
            parts.append(self.speech.chips(state.balance))
        if at_stake := form(state).at_stake:
            parts.append(self.speech("status.at_stake", chips=at_stake))
        return " · ".join(parts)

    def _no_line(self, state: HouseState, now: float) -> str:
        status = state.status
        if status.line is LineIs.LOST and status.retry_at is not None:
            left = clock(status.retry_at - now)
            return self.speech("status.retry", left=left)
        if state.in_house:
            return self.speech("status.no_table")
        return self.speech.choice("status", status.line)

    def _line(self, key: str, mood: Mood = Mood.PLAIN, **values: object) -> Line:
        return Line(self.speech(key, **values), mood)

    _TELL: ClassVar[dict[type, Callable[["Teller", Any, HouseState, HouseState], Told]]] = {
        events.Connecting: _connecting,
        events.LinkLost: _lost,
        events.LinkGone: _gone,
        events.Judged: _judged,
        events.Looked: _looked,
        door.HouseIntroduced: _introduced,
        door.SignedIn: _signed_in,
        door.SeatTaken: _seat,
        door.SeatLost: _seat_lost,
        door.Done: _done,
        FormShown: _form,
        rounds.TableShown: _shown,
        rounds.RoundOpened: _opened,
        rounds.BettingClosed: _closed,
        rounds.WheelStarted: _spinning,
        rounds.RoundSettled: _settled,
        rounds.PlayerSettled: _player_settled,
        rounds.RoundVoided: _voided,
        ChipsGranted: _granted,
        rounds.AutoChanged: _auto,
        bets.BetsPlaced: _placed,
        bets.BetsTakenBack: _taken_back,
        bets.BetsChanged: _bets_changed,
        talk.SessionAsked: _session_asked,
    }


DONE = {
    bets.SayReady: "done.ready",
    talk.AskSession: "done.session",
}
"""Answers to which nothing else follows that one could see."""

OWN_MATTERS = frozenset(
    (Notice.JOINED, Notice.LEFT, Notice.CUT_OFF, Notice.RESUMED, Notice.CROUPIER_CAME)
)
"""What one knows of oneself without being told."""


def signed(net: int) -> str:
    return f"{net:+d}" if net else "0"
