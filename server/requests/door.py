"""Coming in and sitting down: the requests of the modern dialect."""

from protocol.fair.hashes import TABLE_SIZE, Account
from protocol.house.door import (
    Done,
    Greeting,
    LeaveSeat,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TakeSeat,
)
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Farewell, Notice, Reason, Seat
from protocol.limits import REQUEST_NUMBERS
from protocol.text import UnfitTextError, fit_name
from protocol.wire import Message
from server.books.books import Holder
from server.house import DESK, House
from server.people.digests import token_digest
from server.people.guesses import CROUPIERS, TABLES, TOKEN, secret_of
from server.people.people import Client
from server.refusal import Refusal
from server.requests.passwords import knows
from server.tables.hall import Table

VERSION = 1
OLDEST = 1
SOFTWARE = "Croupier"
TOKEN_BYTES = 32
TABLES_A_LINE = 8
"""At so many tables one may sit with one connection."""

assert TABLE_SIZE == 16


def greet(house: House, client: Client, greeting: Greeting) -> None:
    """Answer the greeting, and introduce the house."""
    house.tell(client, Greeting(VERSION, OLDEST, SOFTWARE))
    if greeting.oldest > VERSION or greeting.version < OLDEST:
        words = f"this house speaks versions {OLDEST} to {VERSION}"
        house.tell(client, Refused(0, Reason.VERSION, NO_SPOT, 0, words))
        house.drop(client, Farewell.VERSION, words)
        return
    client.greeted = True
    house.tell(client, house.introduced())


def sign_in(house: House, client: Client, request: SignIn) -> Message | None:
    """Say who one is."""
    wanted = house.manner.table_digest
    if wanted and not knows(house, client, TABLES, request.house_password, wanted):
        raise Refusal(Reason.WRONG_TABLE_PASSWORD, "that is not the table's password")
    if not request.name:
        house.admission.admit("", client.address, house.now)
        client.signed_in = True
        house.people.enter(client)
        return SignedIn(request.number, 0, "", b"", 0, 1)
    try:
        name = fit_name(request.name)
    except UnfitTextError as error:
        raise Refusal(Reason.NAME_UNFIT, str(error)) from None
    holder, token = _prove(house, client, name, request.token)
    if before := house.people.clients.get(holder.account):
        house.drop(before, Farewell.REPLACED, "you signed in somewhere else")
    client.signed_in = True
    client.account, client.name = holder.account, holder.name
    house.people.enter(client)
    granted = house.grant_if_broke(holder)
    house.tell(
        client,
        SignedIn(
            request.number,
            holder.account,
            holder.name,
            token,
            house.books.wallet(holder.account),
            min(holder.last_request + 1, REQUEST_NUMBERS),
        ),
    )
    return granted


def _prove(house: House, client: Client, name: str, token: bytes) -> tuple[Holder, bytes]:
    """The account of this name, if it is his, and the token that proves it from now on."""
    holder = house.books.named.get(name)
    if holder is None:
        if any(True for _ in house.names.alike(name)):
            raise Refusal(Reason.NAME_TAKEN, "somebody has a name that looks like this one")
        house.admission.admit(name, client.address, house.now, new=True)
        house.disk.verify_room()
        house.admission.take_name(client.address, house.now)
        token = token if len(token) == TOKEN_BYTES else house.chance(TOKEN_BYTES)
        return house.enroll(name, token_digest(token), ""), token
    if holder.token:
        if not token:
            raise Refusal(Reason.NAME_TAKEN, "this name belongs to somebody")
        if not knows(house, client, TOKEN, token_digest(token).encode(), holder.token.encode()):
            raise Refusal(Reason.WRONG_TOKEN, "this name belongs to somebody else")
        house.admission.admit(name, client.address, house.now)
        return holder, token
    # A name without a token: the desk's, one that the host released, or a classic player's.
    elsewhere = holder.address not in ("", client.address)
    in_use = holder.account in house.people.clients
    if holder.account == DESK or in_use or (elsewhere and house.hall.at_stake(holder.account)):
        raise Refusal(Reason.NAME_TAKEN, "this name is taken")
    if house.names.is_spoken_for(name):
        raise Refusal(Reason.NAME_TAKEN, "somebody has a name that looks like this one")
    house.admission.admit(name, client.address, house.now)
    house.disk.verify_room()
    token = token if len(token) == TOKEN_BYTES else house.chance(TOKEN_BYTES)
    house.books.entrust(holder.account, token_digest(token), "")
    return holder, token


def take_seat(house: House, table: Table, client: Client, request: TakeSeat) -> None:
    """Sit down, and see the table."""
    seat, seats = request.seat, table.seats
    if seat is Seat.NONE:
        raise Refusal(Reason.OTHER, "that is no seat; to stand up, leave yours")
    if not client.account and seat is not Seat.WATCHER:
        raise Refusal(Reason.NOT_FOR_GUESTS, "without a name one may only watch")
    verify_seat(table, client.account, seat)
    if len(client.seats) == TABLES_A_LINE and table.number not in client.seats:
        raise Refusal(Reason.OTHER, f"{TABLES_A_LINE} tables are the most: leave one first")
    wanted = table.terms.password
    if wanted and not knows(house, client, secret_of(table.number), request.table_password, wanted):
        raise Refusal(Reason.WRONG_TABLE_PASSWORD, "that is not this table's password")
    if seat is Seat.CROUPIER:
        wanted = house.manner.croupier_digest
        if not knows(house, client, CROUPIERS, request.croupier_password, wanted):
            raise Refusal(Reason.WRONG_CROUPIER_PASSWORD, "that is not the croupier's password")
        if not seats.croupier_can_be_relieved(client.account):
            raise Refusal(Reason.SEAT_TAKEN, "there is a croupier already")
        if table.play.at_stake(client.account):
            raise Refusal(Reason.NOT_NOW, "you have chips on the table")
    settle_down(house, table, client, seat, request.number)


def verify_seat(table: Table, account: Account, seat: Seat) -> None:
    """Whether this table has such a seat for one more; whoever sits on it has it."""
    terms, seats = table.terms, table.seats
    if seat is Seat.WATCHER and not terms.watching:
        raise Refusal(Reason.NO_SUCH_SEAT, "nobody may watch at this table")
    if seat is Seat.CROUPIER and not terms.croupier:
        raise Refusal(Reason.NO_SUCH_SEAT, "this table runs without a croupier")
    if seat is Seat.PLAYER and terms.seats:
        seated, _ = seats.count()
        mine = seats.seated.get(account)
        if mine and mine.seat is not Seat.WATCHER:
            seated -= 1
        if seats.croupier not in (0, account):
            seated -= 1
        if seated >= terms.seats:
            raise Refusal(Reason.FULL, f"all {terms.seats} seats are taken", figure=terms.seats)


def settle_down(house: House, table: Table, client: Client, seat: Seat, number: int = 0) -> None:
    """Give somebody a seat and a view of the table, and tell the others."""
    seats, was = table.seats, client.seats.get(table.number, Seat.NONE)
    before = seats.croupier
    resumed = seats.sit(client, seat)
    if not client.classic:
        house.tell(client, SeatTaken(number, seat), table)
        house.tell(client, table.play.introduced(), table)
        house.tell(client, table.play.shown(client.account), table)
        draw = table.play.draw_of(client.account)
        for said in draw.shown(client.account) if draw is not None else ():
            house.tell(client, said, table)
    if not client.account:
        return
    if before and seats.croupier != before:
        house.notice(table, before, house.books.holders[before].name, Notice.CROUPIER_LEFT)
    if seat is Seat.CROUPIER and was is not Seat.CROUPIER:
        house.notice(table, client.account, client.name, Notice.CROUPIER_CAME)
    elif not was:
        notice = Notice.RESUMED if resumed else Notice.JOINED
        house.notice(table, client.account, client.name, notice, by=client.address)


def leave_seat(house: House, table: Table, client: Client, request: LeaveSeat) -> Message:
    """Stand up. Chips on the table stay."""
    was = client.seats[table.number]
    house.stand(table, client)
    notice = Notice.CROUPIER_LEFT if was is Seat.CROUPIER else Notice.LEFT
    if client.account:
        house.notice(table, client.account, client.name, notice, by=client.address)
    return Done(request.number)
