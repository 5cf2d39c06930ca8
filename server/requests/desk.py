"""What the croupier may do to people, whatever is played."""

from protocol.fair.hashes import Account
from protocol.house.door import Done
from protocol.house.lists import Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import Announce, HandOver, KickPlayer, MutePlayer, WarnPlayer
from protocol.house.talk import Announced
from protocol.wire import Message
from server.house import House
from server.people.people import Client
from server.refusal import Refusal, fit
from server.requests.door import settle_down, verify_seat
from server.tables.hall import Table
from server.tables.seats import Person


def kick_player(house: House, table: Table, client: Client, request: KickPlayer) -> Message:
    kick(house, _other(table, client, request.account).account, _words(request.words))
    return Done(request.number)


def kick(house: House, account: Account, words: str) -> None:
    """Throw somebody out. Their chips on the table stay there, and their wallet is theirs."""
    name, client = house.books.holders[account].name, house.people.clients.get(account)
    if not client:
        table = house.tables_of(account)[0]
        client = table.seats.seated[account].client
    house.admission.throw_out(name, client.address, house.now)
    if client in house.leaving:
        return  # Everybody was told, and they go when the round is over.
    for table in house.tables_of(account) or house.hall.tables.values():  # Who sat nowhere: to all.
        house.notice(table, account, name, Notice.KICKED, words)
    house.throw_out(account, words)


def announce(house: House, table: Table, client: Client, request: Announce) -> Message:
    words = fit(request.words) if request.phrase is Phrase.OTHER else ""
    house.tell_all(table, Announced(house.at, client.account, request.phrase, words))
    return Done(request.number)


def hand_over(house: House, table: Table, client: Client, request: HandOver) -> Message:
    person = _other(table, client, request.account)
    other = person.client
    takes_no_seat = other.classic or other in house.leaving
    if person.presence is not Presence.HERE or takes_no_seat:
        raise Refusal(Reason.NO_SUCH_PLAYER, "that one cannot take the seat now")
    if table.play.at_stake(person.account):
        raise Refusal(Reason.NOT_NOW, f"{person.name} has chips on the table")
    if person.seat is not Seat.PLAYER:  # Nobody makes room for who was the croupier.
        verify_seat(table, client.account, Seat.PLAYER)
    settle_down(house, table, client, Seat.PLAYER)
    settle_down(house, table, other, Seat.CROUPIER)
    return Done(request.number)


def mute_player(house: House, table: Table, client: Client, request: MutePlayer) -> Message:
    person = _other(table, client, request.account)
    mute(house, person.account, request.seconds, _words(request.words))
    return Done(request.number)


def mute(house: House, account: Account, seconds: float, words: str) -> None:
    """Let somebody not talk for a while; no time at all: he may talk again."""
    if seconds:
        house.mute(account, house.now + seconds, words)
    elif house.talk.is_muted(account, house.now):
        house.unmute(account, words)


def warn_player(house: House, table: Table, client: Client, request: WarnPlayer) -> Message:
    person = _other(table, client, request.account)
    house.notice(table, person.account, person.name, Notice.WARNED, _words(request.words))
    return Done(request.number)


def _other(table: Table, client: Client, account: Account) -> Person:
    person = table.seats.seated.get(account)
    if not person or account == client.account:
        raise Refusal(Reason.NO_SUCH_PLAYER, "nobody else at the table has this account")
    return person


def _words(words: str) -> str:
    """Why, if it was said: what is not, every client leaves out in its own language."""
    return fit(words) if words else ""
