"""Talk at the model's table: who may speak, and the private sessions."""

import math
from collections.abc import Iterator
from typing import Any

from protocol.house import talk
from protocol.house.lists import Notice, Phrase, Reason, Seat, SessionEnd
from protocol.house.people import Announce, MutePlayer, WarnPlayer
from protocol.wire import Request
from tests.server.model.people import Expected, Person
from tests.server.model.rounds import Faults, Rounds, done
from tests.server.model.state import Fault

SPEAKING = (talk.Say, talk.SayPrivately, talk.AskSession)


def unfit(text: str) -> bool:
    return not text.strip() or len(text.encode()) > 400 or not text.isprintable()


def millis(seconds: float) -> int:
    return math.ceil(seconds * 1000)


class Talk(Rounds):
    """What is said."""

    asked: set[tuple[int, int]]
    sessions: set[frozenset[int]]
    declined: dict[tuple[int, int], float]
    said: list[tuple[int, int, str, str]]

    # How much one may say

    def judge_speaker(self, who: Person) -> Fault | None:
        if not who.account:
            return Fault(Reason.NOT_FOR_GUESTS)
        if who.muted_until > self.now:
            return Fault(Reason.MUTED, millis(who.muted_until - self.now))
        rate = self.rules.talk_a_second
        who.lines_left += (self.now - who.lines_at) * rate
        who.lines_left = min(self.rules.talk_burst, who.lines_left)
        who.lines_at = self.now
        if who.lines_left < 1:
            return Fault(Reason.TOO_FAST, millis((1 - who.lines_left) / rate))
        return None

    def take_measure(self, who: Person) -> None:
        """Of somebody who goes on though his lines are refused. The croupier is not thrown out."""
        rules = self.rules
        if self.now - who.refused_at > rules.storm_forgotten_seconds:
            who.refused = 0
        who.refused_at = self.now
        who.refused += 1
        if who.refused == rules.storm_warn:
            self.notice(who, Notice.WARNED)
        elif who.refused == rules.storm_mute:
            if who.muted_until <= self.now + rules.storm_mute_seconds:
                who.muted_until = self.now + rules.storm_mute_seconds
                self.notice(who, Notice.MUTED)
        elif who.refused >= rules.storm_kick and who.seat is not Seat.CROUPIER:
            self.throw_out(who)

    def throw_out(self, who: Person, words: str = "") -> None:
        raise NotImplementedError

    # To everybody, to one

    def judge_say(self, _: Person, request: talk.Say) -> Faults:
        if unfit(request.line):
            yield Fault(Reason.TEXT_UNFIT)

    def say(self, who: Person, request: talk.Say, _: Any) -> Expected:
        at = round(self.now * 1000)
        self.said.append((at, who.account, who.name, request.line))
        self.tell_all(talk.Said, at=at, account=who.account, name=who.name, line=request.line)
        return done(request)

    def judge_say_privately(self, who: Person, request: talk.SayPrivately) -> Faults:
        if unfit(request.line):
            yield Fault(Reason.TEXT_UNFIT)
        if self.reachable(who, request.account) is None:
            yield Fault(Reason.NO_SUCH_PLAYER)
        if request.in_session and {who.account, request.account} not in self.sessions:
            yield Fault(Reason.NO_SUCH_SESSION)

    def say_privately(self, who: Person, request: talk.SayPrivately, _: Any) -> Expected:
        self.tell(
            self.people[request.account].line,
            talk.SaidPrivately,
            account=who.account,
            name=who.name,
            in_session=request.in_session,
            line=request.line,
        )
        return done(request)

    # Private sessions

    def private(self, account: int) -> int:
        """The sessions that one has asked for or is in."""
        asked = sum(asker == account for asker, _ in self.asked)
        return asked + sum(account in pair for pair in self.sessions)

    def judge_ask(self, who: Person, request: talk.AskSession) -> Faults:
        pair = (who.account, request.account)
        if self.reachable(who, request.account) is None:
            yield Fault(Reason.NO_SUCH_PLAYER)
        elif pair in self.asked or frozenset(pair) in self.sessions:
            yield Fault(Reason.NOT_NOW)
        elif (until := self.declined.get(pair, 0)) > self.now and pair[::-1] not in self.asked:
            yield Fault(Reason.TOO_FAST, millis(until - self.now))
        elif self.private(who.account) >= self.rules.private_sessions:
            yield Fault(Reason.OTHER)

    def ask_session(self, who: Person, request: talk.AskSession, _: Any) -> Expected:
        other = self.people[request.account]
        if (other.account, who.account) in self.asked:
            self._begin(other.account, who.account)
        else:
            self.asked.add((who.account, other.account))
            self.tell(other.line, talk.SessionAsked, account=who.account, name=who.name)
        return done(request)

    def judge_answer(self, who: Person, request: talk.AnswerSession) -> Faults:
        if (request.account, who.account) not in self.asked:
            yield Fault(Reason.NO_SUCH_SESSION)
        elif request.accepted and self.private(who.account) >= self.rules.private_sessions:
            yield Fault(Reason.OTHER)

    def answer(self, who: Person, request: talk.AnswerSession, _: Any) -> Expected:
        if request.accepted:
            self._begin(request.account, who.account)
        else:
            self._decline(request.account, who.account)
        return done(request)

    def judge_end(self, who: Person, request: talk.EndSession) -> Faults:
        if not self._ties(who.account, request.account):
            yield Fault(Reason.NO_SUCH_SESSION)

    def end(self, who: Person, request: talk.EndSession, _: Any) -> Expected:
        pair = (who.account, request.account)
        if pair[::-1] in self.asked:
            self._decline(*pair[::-1])
        else:
            self._over(*pair, SessionEnd.WITHDRAWN if pair in self.asked else SessionEnd.ENDED)
        return done(request)

    def end_sessions(self, who: Person) -> None:
        """He left, or lost the line: who was or would be in session with him is told."""
        others = {a for pair in (*self.asked, *self.sessions) if who.account in pair for a in pair}
        for other in others - {who.account}:
            self._part(who.account, other)
            self._tell_over(other, who.account, SessionEnd.LEFT)

    def _begin(self, one: int, other: int) -> None:
        self.asked -= {(one, other), (other, one)}
        self.sessions.add(frozenset((one, other)))
        for hears, whom in ((one, other), (other, one)):
            name, line = self.people[whom].name, self.people[hears].line
            self.tell(line, talk.SessionStarted, account=whom, name=name)

    def _decline(self, asker: int, asked: int) -> None:
        self._over(asker, asked, SessionEnd.DECLINED)
        self.declined[asker, asked] = self.now + self.rules.ask_again_seconds

    def _over(self, one: int, other: int, why: SessionEnd) -> None:
        self._part(one, other)
        self._tell_over(one, other, why)
        self._tell_over(other, one, why)

    def _ties(self, one: int, other: int) -> bool:
        there = {(one, other), (other, one)} & self.asked
        return bool(there) or frozenset((one, other)) in self.sessions

    def _part(self, one: int, other: int) -> None:
        self.asked -= {(one, other), (other, one)}
        self.sessions.discard(frozenset((one, other)))

    def _tell_over(self, hears: int, other: int, why: SessionEnd) -> None:
        who, name = self.people[hears], self.people[other].name
        self.tell(who.line, talk.SessionEnded, account=other, name=name, why=why)

    # The croupier

    def judge_target(self, who: Person, request: Any) -> Iterator[Fault]:
        other = self.people.get(request.account)
        if other is None or other is who or not other.seat:
            yield Fault(Reason.NO_SUCH_PLAYER)

    def mute(self, _: Person, request: MutePlayer, __: Any) -> Expected:
        other = self.people[request.account]
        was_muted = other.muted_until > self.now
        other.muted_until = self.now + request.seconds if request.seconds else 0
        if request.seconds:
            self.notice(other, Notice.MUTED, request.words)
        elif was_muted:
            self.notice(other, Notice.UNMUTED, request.words)
        return done(request)

    def may_speak_again(self, who: Person) -> None:
        who.muted_until = 0
        if who.seat:
            self.notice(who, Notice.UNMUTED)

    def warn(self, _: Person, request: WarnPlayer, __: Any) -> Expected:
        self.notice(self.people[request.account], Notice.WARNED, request.words)
        return done(request)

    def judge_announce(self, _: Person, request: Announce) -> Faults:
        if request.phrase is Phrase.OTHER and unfit(request.words):
            yield Fault(Reason.TEXT_UNFIT)

    def announce(self, who: Person, request: Announce, _: Any) -> Expected:
        words = request.words if request.phrase is Phrase.OTHER else ""
        call: Request = request
        self.tell_all(talk.Announced, account=who.account, phrase=request.phrase, words=words)
        return done(call)
