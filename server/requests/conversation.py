"""The requests of table talk: to everybody, to one, and in private sessions."""

from protocol.fair.hashes import Account
from protocol.house.door import Done
from protocol.house.lists import Notice, Reason, SessionEnd
from protocol.house.talk import (
    AnswerSession,
    AskSession,
    EndSession,
    ListTalk,
    Said,
    SaidPrivately,
    Say,
    SayPrivately,
    SessionAsked,
    SessionEnded,
    SessionStarted,
    TalkLine,
    TalkListed,
)
from protocol.wire import Message, Party
from server.house import House
from server.people.people import Client
from server.refusal import Refusal, fit
from server.requests import desk
from server.tables.hall import Table
from server.talk.talk import Measure

STORM = "too many lines in too short a time"


def say(house: House, table: Table, client: Client, request: Say) -> Message:
    """Say something to everybody at a table."""
    _verify_speaker(house, client)
    line = TalkLine(house.at, client.account, client.name, fit(request.line))
    table.talk.verify_crowd(table.seats.heads, house.now)
    table.talk.lines.append(line)
    house.tell_all(table, Said(line.at, line.account, line.name, line.line))
    return Done(request.number)


def say_privately(house: House, client: Client, request: SayPrivately) -> Message:
    """Say something to one person; the house keeps nothing of it."""
    _verify_speaker(house, client)
    line = fit(request.line)
    listener = _listener(house, client, request.account)
    if request.in_session:
        house.talk.verify_session(client.account, listener.account)
    said = SaidPrivately(house.at, client.account, client.name, request.in_session, line)
    house.tell(listener, said)
    return Done(request.number)


def ask_session(house: House, client: Client, request: AskSession) -> Message:
    """Ask somebody for a private session. If he had asked too, it starts at once."""
    _verify_speaker(house, client)
    listener = _listener(house, client, request.account)
    if house.talk.ask(client.account, listener.account, house.now):
        _started(house, client.account, listener.account)
    else:
        house.tell(listener, SessionAsked(client.account, client.name))
    return Done(request.number)


def answer_session(house: House, client: Client, request: AnswerSession) -> Message:
    """Accept or decline."""
    house.talk.answer(client.account, request.account, house.now, accepted=request.accepted)
    if request.accepted:
        _started(house, client.account, request.account)
    else:
        _ended(house, client.account, request.account, SessionEnd.DECLINED)
    return Done(request.number)


def end_session(house: House, client: Client, request: EndSession) -> Message:
    """End a session, or take the request for one back."""
    why = house.talk.end(client.account, request.account, house.now)
    _ended(house, client.account, request.account, why)
    return Done(request.number)


def list_talk(_: House, table: Table, __: Client, request: ListTalk) -> Message:
    """What was last said to everybody at a table."""
    return TalkListed(request.number, tuple(table.talk.lines))


def _verify_speaker(house: House, client: Client) -> None:
    """Before anything else is done for a line, and before anybody else hears of it."""
    try:
        house.talk.verify_speaker(client.account, house.now)
    except Refusal as refusal:
        if refusal.reason is not Reason.NOT_FOR_GUESTS:
            _take_measure(house, client)
        raise


def _take_measure(house: House, client: Client) -> None:
    """Who does not stop is warned, muted and thrown out by the house itself."""
    measure, account = house.talk.due_measure(client.account), client.account
    if measure is Measure.WARN:
        house.notice_of(account, Notice.WARNED, STORM, by=client.address)
    elif measure is Measure.MUTE:
        seconds = house.limits.storm_mute_seconds
        if not house.talk.is_muted(account, house.now + seconds):
            house.mute(account, house.now + seconds, STORM, by=client.address)
    elif measure is Measure.KICK and Party.CROUPIER not in client.party:
        desk.kick(house, account, STORM)


def _listener(house: House, client: Client, account: Account) -> Client:
    """Somebody else with a seat, at whatever table."""
    if not house.tables_of(account) or account == client.account:
        raise Refusal(Reason.NO_SUCH_PLAYER, "nobody else at a table has this account")
    name, listener = house.books.holders[account].name, house.people.clients.get(account)
    if not listener or not listener.seats:
        raise Refusal(Reason.NO_SUCH_PLAYER, f"{name} is cut off just now")
    if listener.classic:
        words = f"{name} sits with a classic client, which has no talk"
        raise Refusal(Reason.NO_SUCH_PLAYER, words)
    return listener


def _started(house: House, one: Account, other: Account) -> None:
    named = house.books.holders
    house.tell_account(one, SessionStarted(other, named[other].name))
    house.tell_account(other, SessionStarted(one, named[one].name))


def _ended(house: House, one: Account, other: Account, why: SessionEnd) -> None:
    named = house.books.holders
    house.tell_account(one, SessionEnded(other, named[other].name, why))
    house.tell_account(other, SessionEnded(one, named[one].name, why))
