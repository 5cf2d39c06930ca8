"""Taking a seat: which of two refusals comes first, and what the others are told of each change."""

import pytest

from protocol.games.roulette.bets import TakeBackBets
from protocol.games.roulette.fields import SpotLimit
from protocol.games.roulette.rounds import TableIntroduced, TableShown
from protocol.games.roulette.rules import ROULETTE, Group
from protocol.house.door import (
    Done,
    HouseIntroduced,
    LeaveSeat,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.lists import Notice, Reason, Seat
from protocol.house.talk import Noticed
from server.games.roulette.settings import Rules, Stakes
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import To
from tests.server.pure import PASSWORD, SEEDS, PureHouse, seat_of

RIGHT, WRONG = password_digest(PASSWORD), password_digest("guess")
TOKEN = b"t" * 32


def guest(pure: PureHouse) -> Client:
    client = pure.stranger()
    assert isinstance(pure.ask(client, SignIn(1, "", b"", b"")), SignedIn)
    return client


def sit(pure: PureHouse, client: Client, seat: Seat, password: bytes = RIGHT) -> object:
    return pure.ask(client, TakeSeat(7, seat, password))


def refused(answer: object) -> Reason:
    assert isinstance(answer, Refused), answer
    assert answer.number in (1, 7)
    return answer.reason


def notices(pure: PureHouse) -> list[tuple[str, Notice]]:
    """Since the last time."""
    told = [(each.name, each.notice) for each in pure.told(Noticed)]
    pure.said.clear()
    return told


def test_of_two_things_that_keep_one_from_a_seat_the_first_is_said() -> None:
    pure = PureHouse()
    boss, anna, nobody = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna"), guest(pure)
    pure.bet(anna, (17, 5))
    assert refused(sit(pure, nobody, Seat.NONE)) is Reason.OTHER
    for seat in (Seat.PLAYER, Seat.CROUPIER):
        assert refused(sit(pure, nobody, seat, WRONG)) is Reason.NOT_FOR_GUESTS
    assert refused(sit(pure, anna, Seat.CROUPIER, WRONG)) is Reason.WRONG_CROUPIER_PASSWORD
    assert refused(sit(pure, anna, Seat.CROUPIER)) is Reason.SEAT_TAKEN
    pure.hear(boss, LeaveSeat(8))
    assert refused(sit(pure, anna, Seat.CROUPIER)) is Reason.NOT_NOW
    assert seat_of(anna) is Seat.PLAYER
    pure.hear(anna, TakeBackBets(9, 1, ()))
    assert sit(pure, anna, Seat.CROUPIER) == SeatTaken(7, Seat.CROUPIER)
    assert sit(pure, nobody, Seat.WATCHER, WRONG) == SeatTaken(7, Seat.WATCHER)


def test_each_change_of_a_seat_is_told_as_what_it_is() -> None:
    pure = PureHouse()
    anna = pure.visitor("Anna")
    pure.said.clear()
    for seat, told in (
        (Seat.PLAYER, [("Anna", Notice.JOINED)]),
        (Seat.WATCHER, []),
        (Seat.PLAYER, []),
        (Seat.CROUPIER, [("Anna", Notice.CROUPIER_CAME)]),
        (Seat.CROUPIER, []),
        (Seat.PLAYER, [("Anna", Notice.CROUPIER_LEFT)]),
    ):
        assert sit(pure, anna, seat) == SeatTaken(7, seat)
        assert notices(pure) == told, seat
    assert pure.ask(anna, LeaveSeat(8)) == Done(8)
    assert notices(pure) == [("Anna", Notice.LEFT)]
    sit(pure, anna, Seat.CROUPIER)
    assert notices(pure) == [("Anna", Notice.CROUPIER_CAME)]
    assert pure.ask(anna, LeaveSeat(9)) == Done(9)
    assert notices(pure) == [("Anna", Notice.CROUPIER_LEFT)]


def test_nobody_is_told_that_a_guest_sits_down_or_leaves() -> None:
    pure = PureHouse()
    nobody = guest(pure)
    pure.said.clear()
    assert sit(pure, nobody, Seat.WATCHER) == SeatTaken(7, Seat.WATCHER)
    assert pure.ask(nobody, LeaveSeat(8)) == Done(8)
    assert notices(pure) == []


@pytest.mark.parametrize(
    ("before", "then", "notice"),
    [
        (Seat.PLAYER, Seat.PLAYER, Notice.RESUMED),
        (Seat.PLAYER, Seat.WATCHER, Notice.RESUMED),
        (Seat.CROUPIER, Seat.CROUPIER, Notice.CROUPIER_CAME),
    ],
)
def test_a_seat_that_was_kept_is_taken_up_again(before: Seat, then: Seat, notice: Notice) -> None:
    pure = PureHouse()
    anna = pure.seated("Anna", before)
    token = pure.told(SignedIn)[-1].token
    pure.house.leave(anna, cut_off=True)
    again = pure.stranger()
    pure.hear(again, SignIn(1, "Anna", token, b""))
    pure.said.clear()
    assert sit(pure, again, then) == SeatTaken(7, then)
    assert notices(pure) == [("Anna", notice)]


def test_who_relieves_a_croupier_who_is_cut_off_is_told_with_him() -> None:
    pure = PureHouse()
    boss, anna = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna")
    pure.house.leave(boss, cut_off=True)
    pure.advance(0)
    pure.said.clear()
    sit(pure, anna, Seat.CROUPIER)
    assert notices(pure) == [("Boss", Notice.CROUPIER_LEFT), ("Anna", Notice.CROUPIER_CAME)]
    assert list(pure.seats.seated) == [anna.account]


def test_who_sits_down_sees_the_table_behind_the_seat() -> None:
    pure = PureHouse()
    anna = pure.visitor("Anna")
    pure.said.clear()
    sit(pure, anna, Seat.WATCHER)
    own = [each.message for each in pure.said if isinstance(each, To) and each.client is anna]
    assert [type(each) for each in own[:3]] == [SeatTaken, TableIntroduced, TableShown]


# --- before the seat ------------------------------------------------------------------------------


def test_the_table_is_introduced_as_it_is_now() -> None:
    plaque = {group: Stakes(group + 1, 100 + group) for group in Group}
    rules = Rules(table_most=900, auto_seconds=20, plaque=plaque)
    manner = Manner(name="Salle 3", table_digest=RIGHT, croupier_digest=RIGHT, chips_shown=False)
    pure = PureHouse(rules, stack=700, manner=manner)
    pure.stranger()
    limits = tuple(SpotLimit(group, group + 1, 100 + group) for group in Group)
    house = HouseIntroduced(
        house=SEEDS.table,
        anchor=SEEDS.seed(0),
        name="Salle 3",
        password_needed=True,
        chips_shown=False,
        stack=700,
        tables=(TableEntry(1, ROULETTE, "Salle 3", True, False, True, 0, False, 0, 0),),
        more=False,
    )
    assert pure.told(HouseIntroduced) == [house]
    guest = pure.stranger()
    pure.ask(guest, SignIn(1, "", b"", RIGHT))
    pure.hear(guest, TakeSeat(2, Seat.WATCHER, b""))
    table = TableIntroduced(
        draw=SEEDS.table,
        anchor=SEEDS.seed(0),
        name="Salle 3",
        auto_seconds=20,
        table_most=900,
        plaque=limits,
    )
    assert pure.told(TableIntroduced) == [table]
    open_house = PureHouse()
    open_house.seated("Boss", Seat.CROUPIER)
    open_house.table.set_auto(open_house.now, 45)
    open_house.seated("Vera", Seat.WATCHER)
    open_house.stranger()
    told = open_house.told(HouseIntroduced)[-1]
    assert (told.password_needed, told.chips_shown, told.more) == (False, True, False)
    assert told.tables == (
        TableEntry(1, ROULETTE, Manner().name, True, False, True, 0, True, 1, 1),
    )
    assert open_house.told(TableIntroduced)[-1].auto_seconds == 45


def test_of_two_things_that_keep_one_out_the_first_is_said() -> None:
    manner = Manner(table_digest=RIGHT, croupier_digest=RIGHT)
    pure = PureHouse(manner=manner, limits=Limits(guesses=100))

    def asked(name: str, token: bytes, password: bytes) -> object:
        return pure.ask(pure.stranger(), SignIn(1, name, token, password))

    assert isinstance(asked("Anna", TOKEN, RIGHT), SignedIn)
    for name in ("", "\x07", "Anna", "anna"):
        assert refused(asked(name, b"", WRONG)) is Reason.WRONG_TABLE_PASSWORD
    assert refused(asked("\x07", b"", RIGHT)) is Reason.NAME_UNFIT
    assert refused(asked("Anna", b"", RIGHT)) is Reason.NAME_TAKEN
    assert refused(asked("anna", TOKEN, RIGHT)) is Reason.NAME_TAKEN
    assert refused(asked("Anna", b"x" * 32, RIGHT)) is Reason.WRONG_TOKEN
    assert isinstance(asked("Anna", TOKEN, RIGHT), SignedIn)


@pytest.mark.parametrize("token", [b"", b"t" * 31, b"t" * 33, TOKEN])
def test_a_token_is_the_clients_own_where_it_is_one(token: bytes) -> None:
    pure = PureHouse()
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", token, b""))
    assert isinstance(answer, SignedIn)
    assert len(answer.token) == 32
    assert (answer.token == token) is (token == TOKEN)
    assert (answer.number, answer.name, answer.balance) == (1, "Anna", 500)
    assert (answer.account, answer.next_number) == (2, 1)
    pure.bet(pure.seated("Bert"), (17, 5))
    again = pure.ask(pure.stranger(), SignIn(1, "Anna", answer.token, b""))
    assert isinstance(again, SignedIn)
    assert (again.account, again.token) == (2, answer.token)
