"""What the croupier may do to people, whatever is played."""

from protocol.fairness import Account
from protocol.messages.desk import (
    Announce,
    HandOver,
    KickPlayer,
    MutePlayer,
    WarnPlayer,
)
from protocol.messages.door import Done
from protocol.messages.lists import Notice, Phrase, Presence, Reason, Seat
from protocol.messages.talk import Announced
from protocol.wire import Message
from server.house import House
from server.people.people import Client, Person
from server.refusal import Refusal, fit
from server.requests.door import settle_down


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
    words = fit(request.words) if request.phrase is Phrase.OTHER else ""
    at = round(house.now * 1000)
    house.tell_all(Announced(at, client.account, request.phrase, words))
    return Done(request.number)


def hand_over(house: House, client: Client, request: HandOver) -> Message:
    person = _other(house, client, request.account)
    other = person.client
    takes_no_seat = other.classic or other in house.leaving
    if person.presence is not Presence.HERE or takes_no_seat:
        raise Refusal(Reason.NO_SUCH_PLAYER, "that one cannot take the seat now")
    if house.hall.at_stake(person.account):
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
    return fit(words) if words else ""
