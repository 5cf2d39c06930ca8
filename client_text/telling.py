"""What happened becomes lines for a person. Pure: a step of the link in, lines out."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from client.dialogue import Step
from client.games.roulette.locked import staying
from client.house import events
from client.house.state import Heard, Kind, Refusal, TableState
from client.house.state import Line as LineIs
from client.house.verdicts import Verdict
from client.talk.commands import HOUSE_WORDS, refused
from client.wording import clock
from client_text.lines import Line, Mood
from client_text.speech import Speech
from protocol.fairness import Account
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.rules import Spot
from protocol.house import door, talk
from protocol.house.fields import NO_DEADLINE, Chips
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
        self.ignored: Mapping[Account, str] = {}
        """Whom one does not want to hear."""

    def tell(self, step: Step, before: TableState) -> list[Line]:
        """The lines for one step; `before` is what was known until then."""
        after = step.state
        told: list[Line] = []
        tell = self._TELL.get(type(step.said))
        if tell is not None:
            told += tell(self, step.said, before, after)
        told += [
            self.refusal(each, after) for each in after.refusals if each.serial > before.serial
        ]
        for heard in after.lines:
            if heard.serial > before.serial:
                told += self.heard(heard, after)
        return told

    # --- the line to the table --------------------------------------------------------------------

    def _connecting(self, said: events.Connecting, before: TableState, _: TableState) -> Told:
        if before.status.line is not LineIs.LOST:
            yield self._line("tell.connecting", Mood.QUIET, host=said.host, port=said.port)

    def _lost(self, said: events.LinkLost, before: TableState, _: TableState) -> Told:
        if before.live or said.farewell is not None:
            why = self._why(said)
            yield self._line("tell.lost", Mood.BAD, why=why)

    def _gone(self, said: events.LinkGone, _: TableState, __: TableState) -> Told:
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

    def _introduced(self, said: door.HouseIntroduced, before: TableState, now: TableState) -> Told:
        if now.classic:
            if before.seat is Seat.NONE:
                yield self._line("tell.classic", Mood.QUIET)
        elif before.house is None or before.house.house != said.house:
            yield self._line(
                "tell.table", Mood.QUIET, name=said.name, stack=self.speech.chips(said.stack)
            )

    def _signed_in(self, said: door.SignedIn, before: TableState, now: TableState) -> Told:
        if said.account and said.account != before.account and not now.classic:
            yield self._line("tell.signed_in", Mood.QUIET, name=said.name)

    def _seat(self, said: door.SeatTaken, before: TableState, now: TableState) -> Told:
        if said.seat is not before.seat:
            yield self._line(f"seated.{said.seat.name.lower()}", Mood.GOOD, name=now.name)

    # --- the round --------------------------------------------------------------------------------

    def _shown(self, said: rounds.TableShown, before: TableState, now: TableState) -> Told:
        if before.live or now.classic:
            return
        left = self._left(said.ms_left)
        phase = self.speech.choice("phase", said.phase)
        yield self._line("tell.shown", Mood.CALL, n=said.round_number, phase=phase, left=left)
        if said.staked:
            yield Line(self._on_table(said.staked, said.players))
        if now.round.own:
            yield self._line("tell.own", bets=self.speech.bets(sorted(now.round.own.items())))
        if now.seat is Seat.PLAYER:
            yield self._line("tell.balance", balance=self.speech.chips(now.balance))

    def _on_table(self, staked: Chips, players: int) -> str:
        chips, by = self.speech.chips(staked), self.speech.count("count.players", players)
        return self.speech("tell.on_table", staked=chips, players=by)

    def _opened(self, said: rounds.RoundOpened, before: TableState, now: TableState) -> Told:
        if said.round_number != before.round.number:
            key = "tell.opened_classic" if now.classic else "tell.opened"
            left = self._left(said.ms_left)
            yield self._line(key, Mood.CALL, n=said.round_number, left=left)

    def _left(self, ms_left: int) -> str:
        if ms_left == NO_DEADLINE:
            return ""
        return self.speech("tell.left", seconds=clock(ms_left / 1000))

    def _closed(self, _: rounds.BettingClosed, __: TableState, now: TableState) -> Told:
        yield self._line("tell.closed", Mood.CALL, staked=self.speech.chips(now.round.staked))

    def _spinning(self, _: rounds.WheelStarted, __: TableState, ___: TableState) -> Told:
        yield self._line("tell.spinning", Mood.QUIET)

    def _settled(self, said: rounds.RoundSettled, _: TableState, now: TableState) -> Told:
        yield self._line("tell.number", Mood.CALL, pocket=self.speech.pocket(said.pocket))
        best = said.top if now.classic else said.top[:BEST_SHOWN]
        if best:
            results = ", ".join(f"{as_name(each.name)} {signed(each.net)}" for each in best)
            yield self._line("tell.best", results=results)

    def _player_settled(self, said: rounds.PlayerSettled, _: TableState, now: TableState) -> Told:
        found = now.find_round(said.round_number)
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

    def _voided(self, said: rounds.RoundVoided, _: TableState, __: TableState) -> Told:
        key = "tell.voided_words" if said.words else "tell.voided"
        yield self._line(key, Mood.BAD, n=said.round_number, words=said.words)

    def _granted(self, said: ChipsGranted, _: TableState, __: TableState) -> Told:
        yield self._line("tell.granted", Mood.GOOD, amount=self.speech.chips(said.amount))

    def _auto(self, said: rounds.AutoChanged, before: TableState, _: TableState) -> Told:
        if said.seconds != before.auto:
            key = "tell.auto_on" if said.seconds else "tell.auto_off"
            yield self._line(key, Mood.QUIET, seconds=said.seconds)

    def _judged(self, said: events.Judged, _: TableState, now: TableState) -> Told:
        yield from self.verdict(said.verdict, now)

    def verdict(self, verdict: Verdict, now: TableState) -> Told:
        """What came of checking a round."""
        number = verdict.round_number
        if verdict.failed is not None:
            why = self.speech.choice("step", verdict.failed)
            yield self._line("tell.unfair", Mood.BAD, n=number, why=why)
            if saved := now.saved.get(number):
                yield self._line("tell.evidence", Mood.BAD, path=saved)
        else:
            key = "tell.fair" if verdict.full else "tell.fair_so_far"
            if verdict.round is None:
                key = "tell.fair_void"
            yield self._line(key, Mood.QUIET, n=number)

    # --- chips ------------------------------------------------------------------------------------

    def _placed(self, said: bets.BetsPlaced, before: TableState, now: TableState) -> Told:
        yield from self._own_changed("tell.laid", said, before, now)

    def _taken_back(self, said: bets.BetsTakenBack, before: TableState, now: TableState) -> Told:
        yield from self._own_changed("tell.taken_back", said, before, now)

    def _own_changed(
        self,
        key: str,
        said: bets.BetsPlaced | bets.BetsTakenBack,
        before: TableState,
        now: TableState,
    ) -> Told:
        pending = before.pending.get(said.number)
        if pending is None or not isinstance(pending.request, bets.PlaceBets | bets.TakeBackBets):
            return
        found = before.find_round(said.round_number)
        chips = [(bet.spot, bet.chips) for bet in pending.request.bets]
        chips = chips or sorted(found.own.items() if found else ())
        words = self.speech.bets(chips)
        balance = self.speech.chips(now.balance)
        yield self._line(key, Mood.GOOD, bets=words, balance=balance)

    def _bets_changed(self, said: bets.BetsChanged, before: TableState, now: TableState) -> Told:
        found = before.find_round(said.round_number)
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

    def _done(self, said: door.Done, before: TableState, _: TableState) -> Told:
        pending = before.pending.get(said.number)
        key = DONE.get(type(pending.request)) if pending else None
        if key is not None:
            yield self._line(key, Mood.QUIET)

    def refusal(self, refusal: Refusal, now: TableState) -> Line:
        """Why something was not done."""
        return Line(self.speech("refused.mark", why=self._refused(refusal, now)), Mood.BAD)

    def _refused(self, refusal: Refusal, now: TableState) -> str:
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
        if refusal.spot is None:
            return words
        return self.speech("refused.spot", spot=self.speech.spot(refusal.spot), why=words)

    # --- talk -------------------------------------------------------------------------------------

    def heard(self, heard: Heard, now: TableState) -> Told:
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

    def _session_asked(self, said: talk.SessionAsked, _: TableState, __: TableState) -> Told:
        if said.account not in self.ignored:
            yield self._line("talk.asks", Mood.PRIVATE, name=said.name)

    # --- the line under what is typed -------------------------------------------------------------

    def status(self, state: TableState, now: float) -> str:
        """The phase and its seconds, and what one has."""
        if not state.live:
            return self._no_line(state, now)
        phase = self.speech.choice("phase", state.round.phase)
        if state.classic:
            phase = self.speech("status.classic")
        elif state.deadline is not None:
            phase = f"{phase} {clock(state.deadline - now)}"
        parts = [self.speech("status.round", n=state.round.number), phase]
        if state.seat is Seat.PLAYER:
            parts.append(self.speech.chips(state.balance))
            if state.round.at_stake:
                parts.append(self.speech("status.at_stake", chips=state.round.at_stake))
        elif not state.classic:
            parts.append(self.speech("status.staked", chips=state.round.staked))
            parts.append(self.speech(f"role.{state.seat.name.lower()}"))
        if state.pending and not all(each.by_itself for each in state.pending.values()):
            parts.append(self.speech("status.waiting"))
        return " · ".join(parts)

    def _no_line(self, state: TableState, now: float) -> str:
        status = state.status
        if status.line is LineIs.LOST and status.retry_at is not None:
            left = clock(status.retry_at - now)
            return self.speech("status.retry", left=left)
        return self.speech.choice("status", status.line)

    def _line(self, key: str, mood: Mood = Mood.PLAIN, **values: object) -> Line:
        return Line(self.speech(key, **values), mood)

    _TELL: ClassVar[dict[type, Callable[["Teller", Any, TableState, TableState], Told]]] = {
        events.Connecting: _connecting,
        events.LinkLost: _lost,
        events.LinkGone: _gone,
        events.Judged: _judged,
        door.HouseIntroduced: _introduced,
        door.SignedIn: _signed_in,
        door.SeatTaken: _seat,
        door.Done: _done,
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
