"""The classic dialect at the table: every request of the assignment and its reply."""

from collections.abc import Sequence

from protocol.classic import (
    EVEN,
    MOST_NET,
    ODD,
    BetsListed,
    Code,
    ConfirmResults,
    ListBets,
    ListedBet,
    OrderAnswered,
    PlaceBet,
    RegisterCroupier,
    RegisterPlayer,
    RegistrationAnswered,
    Reply,
    Result,
    ResultsShown,
    StartSpin,
)
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase, WheelKind
from protocol.games.roulette.rules import EVEN as SPOT_EVEN
from protocol.games.roulette.rules import ODD as SPOT_ODD
from protocol.games.roulette.rules import ROULETTE, SPOTS, Pocket, Spot
from protocol.games.roulette.zero import locks
from protocol.house.lists import Farewell, Reason, Seat
from protocol.text import UnfitTextError, decode_name
from protocol.wire import Party
from server.books.books import Holder
from server.games.roulette import betting
from server.games.roulette.ended import Ended
from server.games.roulette.play import roulette_at
from server.house import DESK, DESK_NAME, House
from server.people.digests import same_digest
from server.people.guesses import CROUPIERS
from server.people.likeness import alike
from server.people.people import Client
from server.refusal import Refusal
from server.requests.door import settle_down, verify_seat
from server.requests.passwords import knows
from server.sayings import ToClassic
from server.tables.hall import Table
from server.tables.over import Over

SPOT_OF = {**{number: number for number in range(37)}, EVEN: SPOT_EVEN, ODD: SPOT_ODD}
"""The layout's spot for each of this dialect."""
CLASSIC_OF: dict[Spot, int] = {spot: said for said, spot in SPOT_OF.items()}

CODES = {
    Reason.NO_BETS: Code.NOT_ENOUGH_PLAYERS,
    Reason.NOT_ENOUGH_PLAYERS: Code.NOT_ENOUGH_PLAYERS,
    Reason.NOT_ENOUGH_CHIPS: Code.NOT_ENOUGH_CHIPS,
}
"""What this dialect can say of a refusal; everything else is code 7."""


def door(house: House) -> int:
    """The number of the table that this dialect means: the first roulette; 0: there is none."""
    tables = house.hall.after(0)
    return next((table.number for table in tables if table.game.number == ROULETTE), 0)


def speaks_of(table: Table) -> bool:
    """Whether this dialect can say all that happens there: it has no double zero, and no word for a
    stake that is locked.
    """
    play = roulette_at(table)
    laws = (play.law_in_play, play.law)
    return not any(law.wheel is not WheelKind.SINGLE or locks(law.zero, 0) for law in laws)


def takes(house: House, table: Table) -> bool:
    """Whether somebody of this dialect may come in there: it has no way to say a password."""
    return not (house.manner.table_digest or table.terms.password) and speaks_of(table)


def register_player(house: House, table: Table, client: Client, request: RegisterPlayer) -> Reply:
    """A name is all it takes; at a table with a password this dialect has no way to say it."""
    if client.signed_in or not takes(house, table):
        return RegistrationAnswered(Code.REFUSED)
    try:
        name = decode_name(request.name)
    except UnfitTextError:
        return RegistrationAnswered(Code.REFUSED)
    try:
        before = house.books.named.get(name)
        verify_seat(table, before.account if before else 0, Seat.PLAYER)
        holder = _holder_for(house, client, name)
    except Refusal:
        return RegistrationAnswered(Code.REFUSED)
    if not holder:
        return RegistrationAnswered(Code.NAME_TAKEN)
    house.grant_if_broke(holder)
    _enter(house, table, client, holder, Seat.PLAYER)
    return RegistrationAnswered(Code.OK)


def _holder_for(house: House, client: Client, name: str) -> Holder | None:
    """The account that this name brings, or None if it is somebody's."""
    holder = house.books.named.get(name)
    if not holder:
        if house.names.is_spoken_for(name) or _looks_like_somebody_seated(house, name):
            return None
        house.admission.admit(name, client.address, house.now, new=True)
        house.disk.verify_room()
        house.admission.take_name(client.address, house.now)
        return house.enroll(name, "", client.address)
    if holder.token or holder.account == DESK or holder.account in house.people.clients:
        return None
    house.admission.admit(name, client.address, house.now)
    if holder.address != client.address:
        if holder.address and house.hall.at_stake(holder.account):
            return None
        house.disk.verify_room()
        used = house.allowance.verify(holder.account, 0, house.now)
        house.books.entrust(holder.account, "", client.address)
        house.allowance.used[holder.account] = used
    return holder


def _looks_like_somebody_seated(house: House, name: str) -> bool:
    """As it is written: in this dialect case tells names apart."""
    seated, holders = house.people.tables, house.books.holders
    return any(
        account in seated and alike(name, holders[account].name)
        for account in house.names.alike(name)
    )


def register_croupier(
    house: House, table: Table, client: Client, request: RegisterCroupier
) -> Reply:
    """The password is all it takes of whoever may come in."""
    if client.signed_in or table.terms.password or not speaks_of(table):
        return RegistrationAnswered(Code.REFUSED)
    try:
        verify_seat(table, DESK, Seat.CROUPIER)
        house.admission.admit(DESK_NAME, client.address, house.now, new=True)
    except Refusal:
        return RegistrationAnswered(Code.REFUSED)
    if not _knows(house, table, client, request.digest):
        return RegistrationAnswered(Code.WRONG_PASSWORD)
    if not table.seats.croupier_can_be_relieved(DESK) or DESK in house.people.clients:
        return RegistrationAnswered(Code.CROUPIER_EXISTS)
    _enter(house, table, client, house.books.named[DESK_NAME], Seat.CROUPIER)
    return RegistrationAnswered(Code.OK)


def _knows(house: House, table: Table, client: Client, digest: bytes) -> bool:
    """Whether it is the croupier's password; this dialect cannot say that one must wait. Who has
    the seat guesses at nothing, and does not wait for who does.
    """
    wanted = house.manner.croupier_digest
    if client.party_at(table.number) is Party.CROUPIER:
        return same_digest(digest, wanted)
    try:
        return knows(house, client, CROUPIERS, digest, wanted)
    except Refusal:
        return False


def _enter(house: House, table: Table, client: Client, holder: Holder, seat: Seat) -> None:
    client.signed_in = client.classic = True
    client.account, client.name = holder.account, holder.name
    house.people.enter(client)
    house.listeners[show_results] = None
    settle_down(house, table, client, seat)


def place_bet(house: House, table: Table, client: Client, request: PlaceBet) -> Reply:
    """The one bet of a round."""
    play = roulette_at(table)
    if client.party_at(table.number) is not Party.PLAYER or request.spot not in SPOT_OF:
        return OrderAnswered(Code.REFUSED)
    if client.account in play.round.bets:
        return OrderAnswered(Code.SECOND_BET)
    holder = house.books.holders[client.account]
    if play.phase is Phase.BETTING and request.chips > house.books.wallet(client.account):
        return OrderAnswered(Code.NOT_ENOUGH_CHIPS)
    spot = SPOT_OF[request.spot]
    if request.chips * SPOTS[spot].pays > MOST_NET:
        return OrderAnswered(Code.REFUSED)
    number, bets = holder.last_request + 1, (Bet(spot, request.chips),)
    try:
        betting.place(play, client.account, number, play.round.number, bets)
    except Refusal as refusal:
        return OrderAnswered(CODES.get(refusal.reason, Code.REFUSED))
    return OrderAnswered(Code.OK)


def start_spin(house: House, table: Table, client: Client, request: StartSpin) -> Reply:
    """The croupier proves himself again at every start."""
    if not _knows(house, table, client, request.digest):
        return OrderAnswered(Code.WRONG_PASSWORD)
    if client.party_at(table.number) is not Party.CROUPIER:
        return OrderAnswered(Code.REFUSED)
    try:
        play = roulette_at(table)
        play.start_spin(house.now, play.round.number)
    except Refusal as refusal:
        return OrderAnswered(CODES.get(refusal.reason, Code.REFUSED))
    return OrderAnswered(Code.OK)


def list_bets(house: House, table: Table, client: Client, _: ListBets) -> Reply | None:
    """The bets that this dialect can say."""
    if not client.signed_in:
        return BetsListed(())
    named = house.books.holders
    return BetsListed(
        [
            ListedBet(named[account].name, chips, CLASSIC_OF[spot])
            for account, spot, chips in roulette_at(table).layout.rows()
            if spot in CLASSIC_OF
        ]
    )


def show_results(house: House, table: Table, over: Over) -> None:
    """Everybody's results, to everybody who speaks this dialect and must confirm them. Where the
    next round has rules that it cannot say, they go with that.
    """
    there = table.seats.seated.values()
    waiting = [each.client for each in there if each.client.classic]
    if isinstance(over, Ended) and over.pocket is not None and waiting:
        _tell_results(house, table, over, over.pocket, waiting)
    if waiting and not speaks_of(table):
        for client in waiting:
            words = "this table goes on by rules that the classic dialect cannot say"
            house.drop(client, Farewell.VERSION, words)


def _tell_results(
    house: House, table: Table, over: Ended, pocket: Pocket, waiting: Sequence[Client]
) -> None:
    named = house.books.holders
    rows = [
        Result(named[account].name, net)
        for account, net in zip(over.accounts, over.nets, strict=True)
    ]
    house.said.append(ToClassic(table.number, ResultsShown(pocket, rows)))
    until = house.now + house.limits.ack_timeout
    for client in waiting:
        house.people.unconfirmed.setdefault(client, until)


def confirm_results(house: House, _: Table, client: Client, __: ConfirmResults) -> None:
    """The results have arrived; there is no answer."""
    house.people.unconfirmed.pop(client, None)
