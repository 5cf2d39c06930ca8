from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from protocol.fair import trail
from protocol.fair.hashes import Hash, seed_before
from protocol.fair.trail import Trail
from tests.protocol.fair.night import TABLE, chain

SEEDS = chain("house", lambda seed: seed_before(TABLE, seed), 300)
FORGED = chain("forger", lambda seed: seed_before(TABLE, seed), 300)


class Walked(list[Hash]):
    """Every hash that was made."""

    @contextmanager
    def afresh(self) -> Iterator["Walked"]:
        self.clear()
        yield self


@pytest.fixture
def walked(monkeypatch: pytest.MonkeyPatch) -> Walked:
    made = Walked()

    def counted(table: bytes, seed: Hash) -> Hash:
        assert table == TABLE
        made.append(seed)
        return seed_before(table, seed)

    monkeypatch.setattr(trail, "seed_before", counted)
    return made


def test_a_seed_leads_to_the_anchor_from_any_distance() -> None:
    for event in (0, 1, 2, 299, 300):
        assert Trail(TABLE, SEEDS[0]).leads(event, SEEDS[event])


def test_no_other_seed_does_nor_this_one_as_that_of_another_event() -> None:
    for event in (0, 1, 7):
        assert not Trail(TABLE, SEEDS[0]).leads(event, FORGED[event])
        assert not Trail(TABLE, SEEDS[0]).leads(event, SEEDS[event + 1])
    assert not Trail(TABLE, SEEDS[0]).leads(2, SEEDS[1])
    assert not Trail(bytes(16), SEEDS[0]).leads(2, SEEDS[2])


def test_only_gaps_are_walked(walked: Walked) -> None:
    seeds = Trail(TABLE, SEEDS[0])
    for event, steps in ((100, 100), (103, 3), (103, 0), (50, 50), (60, 10), (101, 1), (300, 197)):
        with walked.afresh():
            assert seeds.leads(event, SEEDS[event])
            assert len(walked) == steps, event


def test_a_seed_beside_a_known_one_is_refused_without_a_walk(walked: Walked) -> None:
    seeds = Trail(TABLE, SEEDS[0])
    assert seeds.leads(9, SEEDS[9])
    with walked.afresh():
        assert not seeds.leads(9, FORGED[9])
        assert not walked
    assert seeds.leads(9, SEEDS[9])
    with walked.afresh():
        assert not seeds.leads(12, FORGED[12])
        assert len(walked) == 3


def test_forged_seeds_are_walked_once(walked: Walked) -> None:
    seeds = Trail(TABLE, SEEDS[0])
    for event, steps in ((100, 100), (200, 100), (201, 1), (201, 0)):
        with walked.afresh():
            assert not seeds.leads(event, FORGED[event])
            assert len(walked) == steps, event
    with walked.afresh():
        assert seeds.leads(202, SEEDS[202])
        assert len(walked) == 202


def test_a_file_has_so_many_steps_and_no_more(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_STEPS", 150)
    seeds = Trail(TABLE, SEEDS[0])
    assert seeds.leads(100, SEEDS[100])
    assert seeds.leads(150, SEEDS[150])
    assert not seeds.leads(152, SEEDS[152])
    assert len(walked) == 150
    assert seeds.leads(150, SEEDS[150])
    assert seeds.leads(0, SEEDS[0])


def test_an_honest_table_of_a_million_events_is_walked_in_one_go() -> None:
    assert trail.MOST_STEPS >= 2**20 * 16


def test_a_wide_gap_is_walked_in_pieces(walked: Walked) -> None:
    seeds = Trail(TABLE, SEEDS[0], at_once=30)
    assert not seeds.is_walking
    for _ in range(3):
        assert seeds.leads(100, SEEDS[100]) is None
        assert seeds.is_walking
    assert seeds.walk() is True
    assert (len(walked), seeds.is_walking) == (100, False)
    with walked.afresh():
        assert seeds.leads(100, SEEDS[100]) is True
        assert seeds.leads(130, SEEDS[130]) is True
        assert (len(walked), seeds.is_walking) == (30, False)


def test_a_forged_one_too_and_another_one_begins_anew(walked: Walked) -> None:
    seeds = Trail(TABLE, SEEDS[0], at_once=30)
    assert seeds.leads(50, FORGED[50]) is None
    assert seeds.walk() is False
    assert (len(walked), seeds.is_walking) == (50, False)
    assert seeds.leads(50, FORGED[50]) is False
    with walked.afresh():
        assert [seeds.leads(50, SEEDS[50]), seeds.leads(40, SEEDS[40])] == [None, None]
        assert seeds.walk() is True
        assert len(walked) == 70


def test_the_steps_end_in_pieces_too(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_STEPS", 45)
    seeds = Trail(TABLE, SEEDS[0], at_once=15)
    assert [seeds.leads(100, SEEDS[100]) for _ in range(4)] == [None, None, False, False]
    assert (len(walked), seeds.is_walking) == (45, False)
