"""What happened and was not looked at yet: how much waits, when it rings, what is known then."""

import select
from collections.abc import Iterator
from dataclasses import replace

import pytest

from client import inbox
from client.dialogue import News, Step
from client.house.events import Measured
from client.house.state import HouseState
from client.inbox import AHEAD, STEPS_AT_ONCE, Inbox, pair
from client.reduce import reduce


class Reader:
    """An inbox, and what the other side has been told of it."""

    def __init__(self) -> None:
        self.state = HouseState()
        self.room = 0
        self.inbox = Inbox(self.state, self._on_room)

    def _on_room(self) -> None:
        self.room += 1

    def put(self, *latencies: float, size: int = 0) -> None:
        news = [News(each, Measured(each)) for each in latencies]
        for each in news:
            self.state = reduce(self.state, each.said, each.at)
        self.inbox.put(news, size, self.state)

    @property
    def rings(self) -> bool:
        return bool(select.select([self.inbox.wakeup], [], [], 0)[0])

    def taken(self, most: int = STEPS_AT_ONCE) -> list[float]:
        steps = [*self.inbox.take(most)]
        for step in steps:
            assert step.state.status.latency == step.at
            assert step == Step(step.at, Measured(step.at), step.state)
        return [step.at for step in steps]


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.inbox.close()


def test_at_first_nothing_is_in_it(reader: Reader) -> None:
    assert reader.inbox.state is reader.state
    assert (reader.rings, reader.inbox.behind, reader.inbox.full) == (False, False, False)
    assert reader.taken() == []


def test_news_come_out_in_their_order_with_what_was_known_then(reader: Reader) -> None:
    reader.put(1.0, 2.0)
    reader.put(3.0)
    assert reader.inbox.state.status.latency == 3.0
    assert reader.taken(2) == [1.0, 2.0]
    assert reader.rings
    assert reader.inbox.behind
    assert reader.taken(2) == [3.0]
    assert (reader.rings, reader.inbox.behind) == (False, False)
    reader.put(4.0)
    assert reader.taken() == [4.0]


def test_so_many_are_taken_at_a_time(reader: Reader) -> None:
    reader.put(*map(float, range(STEPS_AT_ONCE + 1)))
    assert len([*reader.inbox.take()]) == STEPS_AT_ONCE == 500
    assert len([*reader.inbox.take()]) == 1


def test_it_rings_once_for_all_that_waits(reader: Reader) -> None:
    for at in range(100):  # More than a bell that rang each time could take back at once.
        reader.put(float(at))
    rings = [reader.rings]
    assert len(reader.taken()) == 100
    rings.append(reader.rings)
    reader.put(size=5)
    rings.append(reader.rings)
    reader.put(1.0)
    rings.append(reader.rings)
    assert rings == [True, False, False, True]


def test_it_is_full_at_its_bound_and_says_when_there_is_room(reader: Reader) -> None:
    reader.put(1.0, size=AHEAD - 1)
    assert not reader.inbox.full
    assert reader.taken() == [1.0]
    assert reader.room == 0
    reader.put(1.0, size=AHEAD - 1)
    reader.put(2.0, size=1)
    fill = [reader.inbox.full]
    assert reader.taken(1) == [1.0]
    fill.append(reader.inbox.full)
    assert reader.room == 0
    assert reader.taken() == [2.0]
    fill.append(reader.inbox.full)
    assert (fill, reader.room) == ([True, True, False], 1)
    reader.put(3.0, size=AHEAD - 1)
    assert not reader.inbox.full


def test_what_is_no_news_is_not_waited_for(reader: Reader) -> None:
    reader.put(size=AHEAD)
    assert not reader.inbox.full
    reader.put(1.0, size=AHEAD - 1)
    reader.put(size=1)
    assert reader.inbox.full


def test_who_skips_looks_at_nothing_and_knows_it_all(reader: Reader) -> None:
    reader.put(1.0, 2.0, size=AHEAD)
    reader.inbox.skip()
    assert (reader.rings, reader.inbox.behind, reader.inbox.full) == (False, False, False)
    assert reader.room == 1
    assert reader.taken() == []
    named = replace(reader.state, name="Ann")
    reader.inbox.put([], 0, named)
    assert reader.inbox.state is named
    reader.put(3.0, 4.0)
    first, _ = reader.inbox.take()
    assert first.state.status.latency == 3.0


def test_a_bell_that_nobody_hears_holds_nobody_up() -> None:
    ear, mouth = pair()
    with ear, mouth:
        assert (ear.getblocking(), mouth.getblocking()) == (False, False)
        mouth.send(b"!")
        assert ear.recv(64) == b"!"
    assert inbox.AHEAD == 256 * 1024


def test_what_is_closed_may_still_be_taken_from(reader: Reader) -> None:
    reader.put(1.0, 2.0)
    reader.inbox.close()
    assert reader.taken() == [1.0, 2.0]
