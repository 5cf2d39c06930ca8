"""What a table of its own asks of those who sit down: its password, its seats, who may watch."""

from protocol import classic
from protocol.classic import Code
from protocol.house.door import HouseIntroduced, Refused, SeatTaken, TakeSeat
from protocol.house.lists import Reason, Seat
from protocol.house.people import HandOver
from server.games.roulette.settings import Rules
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import ToHost
from server.tables.terms import Terms
from tests.server.pure import PASSWORD, PureHouse, refusal

OAK, RIGHT = password_digest("oak"), password_digest(PASSWORD)


def sit(
    pure: PureHouse, client: Client, seat: Seat = Seat.PLAYER, password: bytes = b""
) -> Reason | Seat:
    """What came of it."""
    answer = pure.ask(client, TakeSeat(7, seat, RIGHT, password))
    if isinstance(answer, Refused):
        return answer.reason
    assert isinstance(answer, SeatTaken)
    return answer.seat


def test_a_seat_of_any_kind_takes_the_tables_password_each_time() -> None:
    pure = PureHouse(terms=Terms("Oak Room", OAK))
    anna, guest = pure.visitor("Anna"), pure.visitor("")
    for seat in (Seat.PLAYER, Seat.WATCHER, Seat.CROUPIER):
        assert sit(pure, anna, seat) is Reason.WRONG_TABLE_PASSWORD
        pure.advance(1000)
    assert sit(pure, guest, Seat.WATCHER, b"x" * 64) is Reason.WRONG_TABLE_PASSWORD
    assert not anna.seats
    assert sit(pure, anna, Seat.PLAYER, OAK) is Seat.PLAYER
    assert sit(pure, anna, Seat.WATCHER) is Reason.WRONG_TABLE_PASSWORD
    assert sit(pure, guest, Seat.WATCHER, OAK) is Seat.WATCHER


def test_guesses_at_it_are_counted_on_their_own() -> None:
    pure = PureHouse(terms=Terms("Oak Room", OAK), limits=Limits(guesses=2))
    anna = pure.visitor("Anna")
    assert [sit(pure, anna, password=b"x" * 64) for _ in range(3)] == [
        *[Reason.WRONG_TABLE_PASSWORD] * 2,
        Reason.TOO_FAST,
    ]
    (told,) = [each.words for each in pure.said if isinstance(each, ToHost)]
    assert told.startswith("10.0.0.1: wrong about the password of table 1, 2 times")


def test_where_nobody_may_watch_a_guest_has_no_seat() -> None:
    pure = PureHouse(terms=Terms("Salon", watching=False))
    anna, guest = pure.visitor("Anna"), pure.visitor("")
    assert sit(pure, guest, Seat.WATCHER) is Reason.NO_SUCH_SEAT
    assert sit(pure, anna, Seat.WATCHER) is Reason.NO_SUCH_SEAT
    assert sit(pure, anna) is Seat.PLAYER


def test_a_table_may_have_no_croupiers_seat() -> None:
    pure = PureHouse(Rules(auto_seconds=20), terms=Terms("Salon", croupier=False))
    assert sit(pure, pure.visitor("Anna"), Seat.CROUPIER) is Reason.NO_SUCH_SEAT
    desk = Client("10.0.0.9", classic=True)
    answer = pure.ask(desk, classic.RegisterCroupier(RIGHT))
    assert answer == classic.RegistrationAnswered(Code.REFUSED)


def test_so_many_play_and_whoever_has_a_seat_keeps_it() -> None:
    pure = PureHouse(terms=Terms("Salon", seats=2))
    boss = pure.seated("Boss", Seat.CROUPIER)
    anna, ben, cleo = (pure.visitor(name) for name in ("Anna", "Ben", "Cleo"))
    assert [sit(pure, each) for each in (anna, ben, cleo)] == [
        Seat.PLAYER,
        Seat.PLAYER,
        Reason.FULL,
    ]
    assert sit(pure, boss) is Reason.FULL
    assert sit(pure, cleo, Seat.WATCHER) is Seat.WATCHER
    assert sit(pure, cleo) is Reason.FULL
    assert sit(pure, anna) is Seat.PLAYER
    dora = Client("10.0.0.2", classic=True)
    answer = pure.ask(dora, classic.RegisterPlayer(b"Dora"))
    assert answer == classic.RegistrationAnswered(Code.REFUSED)
    assert "Dora" not in pure.books.named
    assert sit(pure, ben, Seat.WATCHER) is Seat.WATCHER
    assert sit(pure, cleo) is Seat.PLAYER
    pure.house.leave(cleo, cut_off=True)  # A seat that is kept is taken.
    assert sit(pure, ben) is Reason.FULL


def test_who_hands_the_croupiers_seat_over_finds_one_of_a_players() -> None:
    pure = PureHouse(terms=Terms("Salon", seats=1))
    boss, anna, walt = pure.seated("Boss", Seat.CROUPIER), pure.seated("Anna"), pure.visitor("Walt")
    assert sit(pure, walt, Seat.WATCHER) is Seat.WATCHER
    assert refusal(pure.ask(boss, HandOver(3, walt.account))) is Reason.FULL
    assert boss.seats == {1: Seat.CROUPIER}
    pure.hear(boss, HandOver(4, anna.account))
    assert (boss.seats, anna.seats) == ({1: Seat.PLAYER}, {1: Seat.CROUPIER})
    pure.house.leave(boss, cut_off=False)
    pure.hear(anna, HandOver(5, walt.account))
    assert (anna.seats, walt.seats) == ({1: Seat.PLAYER}, {1: Seat.CROUPIER})


def test_a_croupier_without_rivals_may_play() -> None:
    pure = PureHouse(terms=Terms("Salon", seats=1))
    boss = pure.seated("Boss", Seat.CROUPIER)
    assert sit(pure, boss) is Seat.PLAYER


def test_the_classic_dialect_cannot_say_a_tables_password() -> None:
    pure = PureHouse(terms=Terms("Oak Room", OAK))
    for asked in (classic.RegisterPlayer(b"Dora"), classic.RegisterCroupier(RIGHT)):
        answer = pure.ask(Client("10.0.0.2", classic=True), asked)
        assert answer == classic.RegistrationAnswered(Code.REFUSED)


def test_everybody_at_the_door_is_told_what_a_table_asks() -> None:
    pure = PureHouse(Rules(auto_seconds=9), terms=Terms("Oak Room", OAK, watching=False, seats=8))
    pure.stranger()
    (entry,) = pure.told(HouseIntroduced)[-1].tables
    assert (entry.name, entry.automatic, entry.password_needed) == ("Oak Room", True, True)
    assert (entry.watching_allowed, entry.seats) == (False, 8)
