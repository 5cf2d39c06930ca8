"""Which house one came to, by what it says of itself."""

from dataclasses import dataclass, replace

from client.acquaintance import Acquaintance
from tests.client.alone import INTRODUCED
from tests.client.things import Memory

ANCHOR = INTRODUCED.anchor


@dataclass
class Table:
    table: int
    draw: bytes
    anchor: bytes = ANCHOR


def known() -> Acquaintance:
    met = Acquaintance(Memory())
    met.trust(INTRODUCED)
    return met


def test_the_first_table_has_the_anchor_by_which_one_knows_the_house() -> None:
    assert known().has_met(Table(1, INTRODUCED.house))
    assert not known().has_met(Table(1, INTRODUCED.house, b"x" * 32))


def test_a_number_keeps_its_draw_and_a_draw_its_anchor() -> None:
    met = known()
    assert met.has_met(Table(2, b"a" * 16))
    assert met.has_met(Table(2, b"a" * 16))
    assert not met.has_met(Table(2, b"b" * 16, b"x" * 32))
    assert met.has_met(Table(3, b"b" * 16))
    assert not met.has_met(Table(4, b"b" * 16, b"x" * 32))


def test_a_house_stays_the_one_that_one_came_to() -> None:
    met = known()
    other = replace(INTRODUCED, anchor=b"x" * 32)
    met.trust(other)
    assert met.knows(INTRODUCED, meant=False)
    assert not met.knows(other, meant=True)
