"""The list of the tables, as the window makes it of what the house said."""

from dataclasses import replace

from client.house.state import HouseState
from client_gui.shell.hall import hall
from protocol.house.form import FORM
from protocol.house.lists import Seat
from tests.client.states import listed

ONE = listed(1, "Oak")
FULL = replace(
    listed(2, "Attic", croupier=True, seated=4, watching=1, game=FORM),
    automatic=True, password_needed=True, watching_allowed=False, seats=4,
)  # fmt: skip


def at_one(seat: Seat, *tables: object) -> HouseState:
    lobby = {each.table: each for each in (ONE, FULL) if each in tables}
    return HouseState(lobby=lobby).at(1).with_table(seat=seat, live=True)


def test_a_row_says_what_the_house_says() -> None:
    first, row = hall(at_one(Seat.PLAYER, ONE, FULL))
    assert (first.here, first.automatic, first.password, first.watchable) == (
        *(True, False, False, True),
    )
    assert (row.game, row.croupier, row.automatic, row.password) == ("form", True, True, True)
    assert (row.watchable, row.seats, row.seated, row.watching) == (False, 4, 4, 1)


def test_the_only_table_is_listed_for_who_is_not_there() -> None:
    assert hall(at_one(Seat.PLAYER, ONE)) == ()
    (row,) = hall(at_one(Seat.NONE, ONE))
    assert (row.here, row.role) == (False, None)
    (row,) = hall(at_one(Seat.PLAYER, FULL))
    assert row.number == 2
