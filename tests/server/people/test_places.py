"""Who gives up a place for a newcomer, and who never does."""

from dataclasses import replace

import pytest

from server.limits import Limits
from server.people.places import Places, Standing

SMALL = Limits(sessions=9, sessions_an_address=5, sessions_here=7, strangers=4)
SILENT, GREETED, SPARE, KEPT = Standing


def places(**limits: int) -> Places[str]:
    return Places(replace(SMALL, **limits))


def fill(house: Places[str], standing: Standing, *names: str, address: str = "") -> list[str]:
    """Let these come and go on to a standing, each from its own address; who must go."""
    gone = []
    for name in names:
        gone += house.come(name, address or f"10.0.{ord(name[0])}.{len(name)}")
        for each in range(1, standing + 1):
            gone += house.move(name, Standing(each))
    return gone


def test_of_the_silent_the_first_goes() -> None:
    assert fill(places(), SILENT, *"abcdef") == ["a", "b"]


def test_however_many_silent_ones_come_nobody_who_has_greeted_goes() -> None:
    house = places()
    assert fill(house, GREETED, "a", "b") == []
    assert fill(house, SILENT, *"ghijklmnop") == list("ghijkl")


def test_however_many_greet_one_who_is_about_to_does_not_go() -> None:
    house = places()
    assert fill(house, SILENT, "a") == []
    assert fill(house, GREETED, *"ghijklmnop") == list("ghijkl")
    assert house.move("a", GREETED) == ["m"]


@pytest.mark.parametrize("standing", [SILENT, GREETED])
def test_one_address_has_only_so_many_strangers_of_a_standing(standing: Standing) -> None:
    house = places(strangers_an_address=2)
    assert fill(house, standing, "o") == []
    assert fill(house, standing, "a", "b", "c", address="10.0.0.1") == ["a"]


def test_where_an_address_and_all_have_too_many_strangers_the_address_gives_one() -> None:
    house = places(strangers_an_address=2)
    assert fill(house, SILENT, "o", "p") == []
    assert fill(house, SILENT, "a", "b", "c", address="10.0.0.1") == ["a"]


@pytest.mark.parametrize(
    ("address", "most"), [("10.0.0.1", 5), ("2001:db8::1", 5), ("127.0.0.1", 7), ("127.3.3.3", 7)]
)
def test_an_address_has_only_so_many_places_and_this_machine_has_its_own(
    address: str, most: int
) -> None:
    house = places()
    assert fill(house, SPARE, "other") == []
    names = [f"guest {number}" for number in range(10)]
    assert fill(house, SPARE, *names, address=address) == names[: 10 - most]
    assert len(house) == most + 1


def test_one_line_of_ipv6_is_one_address() -> None:
    house = places(sessions_an_address=1)
    assert house.come("a", "2001:db8:1:2::7") == []
    assert house.come("b", "2001:db8:1:2:ffff::9") == ["a"]
    assert house.come("c", "2001:db8:1:3::7") == []


def test_in_a_full_house_the_first_who_is_spare_makes_room() -> None:
    house = places()
    assert fill(house, KEPT, "s", "t") == []
    assert fill(house, SPARE, *"abcdefg") == []
    assert fill(house, SPARE, "n", "m") == ["a", "b"]
    assert house.move("c", KEPT) == []
    assert house.move("c", SPARE) == []  # So it is the last who became so.
    assert fill(house, SPARE, "l") == ["d"]


def test_of_as_many_strangers_as_are_spare_who_is_spare_makes_room() -> None:
    house = places()
    assert fill(house, KEPT, *"stuvwx") == []
    assert fill(house, SPARE, "a", "b") == []
    assert fill(house, SILENT, "c") == []
    assert house.come("d", "10.9.9.9") == ["a"]
    assert house.come("e", "10.9.9.8") == ["c"]


def test_then_a_stranger_makes_room_and_who_is_seated_never() -> None:
    house = places()
    assert fill(house, KEPT, *"stuvwxy") == []
    assert fill(house, GREETED, "g") == []
    assert fill(house, SILENT, "a") == []
    assert fill(house, SILENT, "b") == ["a"]
    assert fill(house, KEPT, "n") == ["b"]
    assert fill(house, KEPT, "m") == ["g"]
    assert house.come("last", "10.9.9.9") == ["last"]
    assert len(house) == 9


@pytest.mark.parametrize("standing", [SILENT, GREETED])
def test_in_a_full_house_a_rush_takes_places_from_itself(standing: Standing) -> None:
    house = places(strangers=9)
    assert fill(house, KEPT, *"stuvw") == []
    assert fill(house, standing, *"cde") == []
    assert fill(house, SPARE if standing is SILENT else SILENT, "honest") == []
    assert fill(house, standing, *"fghi") == list("cdef")


def test_of_an_address_that_has_all_its_places_seated_nobody_else_comes() -> None:
    house = places(strangers=9)
    assert fill(house, SPARE, "o") == []
    assert fill(house, KEPT, *"stuvw", address="10.0.0.1") == []
    assert house.come("x", "10.0.0.1") == ["x"]


def test_who_has_left_has_no_place_and_takes_none() -> None:
    house = places()
    fill(house, SPARE, "a", "b")
    house.leave("a")
    house.leave("a")
    assert house.move("a", KEPT) == []
    assert len(house) == 1
    assert fill(house, SILENT, "c", "d", "e", "f") == []
    for each in "bcdef":
        house.leave(each)
    assert not any(len(queue) or queue._by_origin for queue in house._queues.values())
