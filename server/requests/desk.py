"""The croupier's orders. No order carries an outcome."""

from protocol.fairness import Account
from protocol.messages.desk import (
    Announce,
    CloseBetting,
    HandOver,
    KickPlayer,
    MutePlayer,
    SetAuto,
    StartSpin,
    VoidRound,
    WarnPlayer,
)
from protocol.messages.door import Done
from protocol.messages.lists import Notice, Phrase, Presence, Reason, Seat
from protocol.messages.talk import Announced
from protocol.text import UnfitTextError, fit_line
from protocol.wire import Message
from server.house import House
from server.people.people import Client, Person
from server.refusal import Refusal
from server.requests.door import settle_down

NO_WORDS = "no reason was given"


def start_spin(house: House, _: Client, request: StartSpin) -> Message:
    house.table.start_spin(house.now, request.round_number)
    return Done(request.number)


def close_betting(house: House, _: Client, request: CloseBetting) -> Message:
    house.table.close_by_croupier(house.now, request.round_number)
    return Done(request.number)


def void_round(house: House, _: Client, request: VoidRound) -> Message:
    house.table.void(house.now, request.round_number, _reason(request.words))
    return Done(request.number)


def set_auto(house: House, _: Client, request: SetAuto) -> Message:
    house.table.set_auto(house.now, request.seconds)
    return Done(request.number)


def kick_player(house: House, client: Client, request: KickPlayer) -> Message:
    kick(house, _other(house, client, request.account).account, _words(request.words))
    return Done(request.number)


def kick(house: House, account: Account, words: str) -> None:
    """Throw somebody out. Their chips on the table stay there, and their wallet is theirs."""
    people, name = house.people, house.books.holders[account].name
    client = people.clients.get(account) or people.seated[account].client
    house.admission.throw_out(name, client.address, house.now)
    if client in house.leaving:
        return  # Everybody was told, and they go when the round is over.
    house.notice(account, name, Notice.KICKED, words)
    house.throw_out(account, words)


def announce(house: House, client: Client, request: Announce) -> Message:
    words = _fit(request.words) if request.phrase is Phrase.OTHER else ""
    at = round(house.now * 1000)
    house.tell_all(Announced(at, client.account, request.phrase, words))
    return Done(request.number)


def hand_over(house: House, client: Client, request: HandOver) -> Message:
    person = _other(house, client, request.account)
    other = person.client
    takes_no_seat = other.classic or other in house.leaving
    if person.presence is not Presence.HERE or takes_no_seat:
        raise Refusal(Reason.NO_SUCH_PLAYER, "that one cannot take the seat now")
    if house.live_stake(person.account):
        raise Refusal(Reason.NOT_NOW, f"{person.name} has chips on the table")
    settle_down(house, client, Seat.PLAYER)
    settle_down(house, other, Seat.CROUPIER)
    return Done(request.number)


def mute_player(house: House, client: Client, request: MutePlayer) -> Message:
    person = _other(house, client, request.account)
    mute(house, person, request.seconds, _words(request.words))
    return Done(request.number)


def mute(house: House, person: Person, seconds: float, words: str) -> None:
    """Let somebody not talk for a while; no time at all: he may talk again."""
    if seconds:
        house.talk.mute(person.account, house.now + seconds)
        house.people.touch(person.account)
        house.notice(person.account, person.name, Notice.MUTED, words)
    elif house.talk.is_muted(person.account, house.now):
        house.talk.unmute(person.account)
        house.unmute(person.account, words)


def warn_player(house: House, client: Client, request: WarnPlayer) -> Message:
    person = _other(house, client, request.account)
    house.notice(person.account, person.name, Notice.WARNED, _words(request.words))
    return Done(request.number)


def _other(house: House, client: Client, account: Account) -> Person:
    person = house.people.seated.get(account)
    if not person or account == client.account:
        raise Refusal(Reason.NO_SUCH_PLAYER, "nobody else at the table has this account")
    return person


def _words(words: str) -> str:
    """Why, if it was said: what is not, every client leaves out in its own language."""
    return _fit(words) if words else ""


def _reason(words: str) -> str:
    return _words(words) or NO_WORDS


def _fit(words: str) -> str:
    try:
        return fit_line(words)
    except UnfitTextError as error:
        raise Refusal(Reason.TEXT_UNFIT, str(error)) from None
