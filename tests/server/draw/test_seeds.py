"""The house's chain of seeds."""

import stat
from pathlib import Path

import pytest

from protocol.fair.hashes import seed_before
from server.draw.seeds import CHAIN_LENGTH, STRETCH, Chains, Seeds, SeedsError

TABLE, END = bytes(range(16)), bytes(range(32))
LENGTH = 3 * STRETCH


def test_every_seed_is_the_commitment_of_the_next() -> None:
    seeds = Seeds.make(TABLE, END, LENGTH)
    for number in (1, 2, STRETCH - 1, STRETCH, STRETCH + 1, 2 * STRETCH, LENGTH):
        assert seed_before(TABLE, seeds.seed(number)) == seeds.seed(number - 1)
    assert seeds.seed(LENGTH) == END
    assert seeds.length == LENGTH


def test_only_so_many_seeds_are_kept() -> None:
    assert [Seeds.make(TABLE, END, length).length for length in (1024, 4096)] == [1024, 4096]
    assert CHAIN_LENGTH % STRETCH == 0


def test_a_chain_that_is_used_up_says_so() -> None:
    seeds = Seeds.make(TABLE, END, STRETCH)
    for number in (-1, STRETCH + 1):
        with pytest.raises(SeedsError, match="used up"):
            seeds.seed(number)
    assert seeds.seed(STRETCH) == END
    assert seeds.seed(0) == seed_before(TABLE, seeds.seed(1))


def test_the_file_is_for_the_host_alone_and_gives_the_same_seeds(tmp_path: Path) -> None:
    path = tmp_path / "seeds"
    seeds = Seeds.make(TABLE, END, LENGTH)
    seeds.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["seeds"]
    again = Seeds.open(path, fresh=False)
    assert (again.table, again.seed(1500)) == (TABLE, seeds.seed(1500))


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "seeds"
    Seeds.make(TABLE, END, LENGTH).save(path)
    data = bytearray(path.read_bytes())
    for at in (3, 40, len(data) - 1):
        damaged = bytearray(data)
        damaged[at] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(SeedsError, match="is damaged"):
            Seeds.open(path, fresh=False)


def test_seeds_that_are_lost_are_not_quietly_made_anew(tmp_path: Path) -> None:
    with pytest.raises(SeedsError, match="is missing"):
        Seeds.open(tmp_path / "seeds", fresh=False)


def test_a_stretch_that_does_not_fit_its_ends_is_found() -> None:
    seeds = Seeds.make(TABLE, END, LENGTH)
    seeds._knots[1] = bytes(32)
    with pytest.raises(SeedsError, match="damaged"):
        seeds.seed(1)


def test_each_table_has_a_file_of_its_own_in_a_folder_of_the_hosts(tmp_path: Path) -> None:
    chains = Chains(tmp_path / "seeds")
    one, two = Seeds.make(TABLE, END, LENGTH), Seeds.make(END[:16], END, LENGTH)
    chains.keep(1, one)
    chains.keep(20, two)
    assert {path.name for path in (tmp_path / "seeds").iterdir()} == {"1", "20"}
    assert stat.S_IMODE((tmp_path / "seeds").stat().st_mode) == 0o700
    assert chains.path(20) == tmp_path / "seeds" / "20"
    assert [chains.of(n, fresh=n == 1).table for n in (1, 20)] == [TABLE, END[:16]]
    with pytest.raises(SeedsError, match="seeds/3 is missing"):
        chains.of(3, fresh=False)


def test_a_fresh_chain_is_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[bytes, bytes]] = []

    def make(table: bytes, end: bytes) -> Seeds:
        made.append((table, end))
        return Seeds(table, [END])

    monkeypatch.setattr(Seeds, "make", make)
    Seeds.fresh(), Seeds.fresh()
    (first, one), (second, other) = made
    assert (len(first), len(one)) == (16, 32)
    assert first != second
    assert one != other
