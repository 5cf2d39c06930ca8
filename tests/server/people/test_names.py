"""Names that nobody may come in with: they are said of the house."""

import pytest

from tests.server.pure import PureHouse

STAFF = ("croupier", "dealer", "host", "admin", "house", "casino", "table", "server", "system")
STAFF_IN_RUSSIAN = (
    *("крупье", "дилер", "хозяин", "админ", "заведение", "дом", "казино", "стол", "сервер"),
    "система",
)
ARTICLED = ("croupier", "dealer", "house", "casino", "table", "server", "host")
ONESELF = ("you", "вы")


@pytest.mark.parametrize(
    "name",
    [
        *(*STAFF, *STAFF_IN_RUSSIAN, *ONESELF),
        *(f"the{joint}{name}" for name in ARTICLED for joint in (" ", "-", "")),
    ],
)
def test_nobody_can_be_taken_for_the_house_or_for_oneself(name: str) -> None:
    names = PureHouse().house.names
    for written in (name, name.upper(), name.capitalize(), f"{name}."):
        assert names.is_spoken_for(written), written


@pytest.mark.parametrize("name", ["Housemaid", "Tabletop", "Thea", "Domino", "Youssef", "Hostess"])
def test_a_name_that_only_begins_so_is_free(name: str) -> None:
    assert not PureHouse().house.names.is_spoken_for(name)
