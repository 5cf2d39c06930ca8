"""The reducer's part for what people say, and for what is said of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client.house.bounds import LINES_KEPT, NAMES_KEPT, SESSIONS_KEPT, newest
from client.house.state import Heard, HouseState, Kind, Pending, Session, Talk
from protocol.fair.hashes import Account
from protocol.house import talk
from protocol.house.lists import Notice, Presence, SessionEnd

SPOKEN = (talk.Say, talk.SayPrivately, talk.AskSession, talk.AnswerSession, talk.EndSession)
PRIVATE = (Kind.WHISPERED, Kind.IN_SESSION)
PRESENCE = {
    Notice.CUT_OFF: Presence.CUT_OFF,
    Notice.RESUMED: Presence.HERE,
    Notice.AWAY: Presence.AWAY,
    Notice.BACK: Presence.HERE,
}
"""What some notices say of where somebody is."""


def name(state: HouseState, names: Mapping[Account, str]) -> HouseState:
    """Remember what people are called."""
    if all(state.names.get(account) == each for account, each in names.items()):
        return state
    return replace(state, names=newest({**state.names, **names}, NAMES_KEPT))


def spoken(state: HouseState, pending: Pending) -> HouseState:
    """What one said oneself to one person has been taken: nobody repeats it to its speaker."""
    request = pending.request
    if isinstance(request, talk.SayPrivately):
        kind = Kind.IN_SESSION if request.in_session else Kind.WHISPERED
        line = Heard(pending.at, kind, state.account, state.name, request.line, to=request.account)
        return _heard(state, line)
    if isinstance(request, talk.AskSession) and request.account not in state.sessions:
        return _tied(state, request.account, Session(state.name_of(request.account), Talk.ASKED))
    return state


def _heard(state: HouseState, *lines: Heard) -> HouseState:
    """What is told to one alone is kept apart from what all at a table hear, so that it is not
    swept away by that.
    """
    numbered = [replace(line, serial=state.serial + at) for at, line in enumerate(lines, 1)]
    state = replace(state, serial=state.serial + len(lines))
    private = tuple(line for line in numbered if line.kind in PRIVATE)
    if private:
        state = replace(state, whispers=(*state.whispers, *private)[-LINES_KEPT:])
    public = tuple(line for line in numbered if line.kind not in PRIVATE)
    if not public:
        return state
    return state.with_table(lines=(*state.table.lines, *public)[-LINES_KEPT:])


def _said(state: HouseState, said: talk.Said, _: float) -> HouseState:
    return _heard(state, Heard(said.at, Kind.SAID, said.account, said.name, said.line))


def _said_privately(state: HouseState, said: talk.SaidPrivately, _: float) -> HouseState:
    kind = Kind.IN_SESSION if said.in_session else Kind.WHISPERED
    line = Heard(said.at, kind, said.account, said.name, said.line, to=state.account)
    return _heard(name(state, {said.account: said.name}), line)


def _announced(state: HouseState, said: talk.Announced, _: float) -> HouseState:
    who = state.name_of(said.account) if said.account else ""
    line = Heard(said.at, Kind.ANNOUNCED, said.account, who, said.words, phrase=said.phrase)
    return _heard(state, line)


def _noticed(state: HouseState, said: talk.Noticed, _: float) -> HouseState:
    state = name(state, {said.account: said.name} if said.account else {})
    if said.notice is Notice.CROUPIER_CAME:
        state = state.with_table(croupier=said.account, croupier_name=said.name)
    elif said.notice is Notice.CROUPIER_LEFT:
        state = state.with_table(croupier=0, croupier_name="")
    roster = state.table.roster
    entry, presence = roster.get(said.account), PRESENCE.get(said.notice)
    if entry is not None and presence is not None:
        # The roster says so too, but a moment later: what one asks in between is judged by it.
        entry = replace(entry, presence=presence)
        state = state.with_table(roster={**roster, said.account: entry})
    line = Heard(said.at, Kind.NOTICED, said.account, said.name, said.words, notice=said.notice)
    return _heard(state, line)


def _talk_listed(state: HouseState, said: talk.TalkListed, _: float) -> HouseState:
    """What was said before one came; after a lost line, only what was missed."""
    state, __ = state.answered(said.number)
    known = {(line.at, line.account, line.text) for line in state.table.lines}
    missed = [
        Heard(line.at, Kind.SAID, line.account, line.name, line.line)
        for line in said.lines
        if (line.at, line.account, line.line) not in known
    ]
    return _heard(state, *missed)


def _asked(state: HouseState, said: talk.SessionAsked, _: float) -> HouseState:
    return _session(state, said.account, Session(said.name, Talk.ASKS))


def _started(state: HouseState, said: talk.SessionStarted, _: float) -> HouseState:
    state = _session(state, said.account, Session(said.name, Talk.OPEN))
    return _heard(state, Heard(0, Kind.IN_SESSION, said.account, said.name, "", begun=True))


def _session(state: HouseState, account: Account, session: Session) -> HouseState:
    return _tied(name(state, {account: session.name}), account, session)


def _tied(state: HouseState, account: Account, session: Session) -> HouseState:
    """With this private session. Where there are too many, who only asked gives way first."""
    sessions = {**state.sessions, account: session}
    if len(sessions) > SESSIONS_KEPT:
        others = (other for other in sessions if other != account)
        asked = (other for other, each in sessions.items() if each.talk is not Talk.OPEN)
        del sessions[next((other for other in asked if other != account), next(others))]
    return replace(state, sessions=sessions)


def cut(state: HouseState) -> HouseState:
    """The line is gone, and every private session with it."""
    lines = (
        Heard(0, Kind.IN_SESSION, account, each.name, "", ended=SessionEnd.OTHER)
        for account, each in state.sessions.items()
        if each.talk is Talk.OPEN
    )
    return _heard(replace(state, sessions={}), *lines)


def _ended(state: HouseState, said: talk.SessionEnded, _: float) -> HouseState:
    left = {account: each for account, each in state.sessions.items() if account != said.account}
    line = Heard(0, Kind.IN_SESSION, said.account, said.name, "", ended=said.why)
    return _heard(replace(state, sessions=left), line)


STEPS: dict[type, Callable[[HouseState, Any, float], HouseState]] = {
    talk.Said: _said,
    talk.SaidPrivately: _said_privately,
    talk.Announced: _announced,
    talk.Noticed: _noticed,
    talk.TalkListed: _talk_listed,
    talk.SessionAsked: _asked,
    talk.SessionStarted: _started,
    talk.SessionEnded: _ended,
}
