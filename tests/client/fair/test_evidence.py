"""The folder of evidence has an end, and no flood pushes out what was found first."""

import json
import os
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from client.fair.evidence import BYTES_KEPT, FILES_KEPT, Filed, makes_way, name_of
from client.store import Store


def document(table: str, number: int, size: int = 0) -> dict[str, Any]:
    return {"table": table, "rounds": [{"round": number, "x": "x" * size}]}


def named(table: str, number: int) -> str:
    return name_of(table, number, json.dumps(document(table, number), indent=1))


def filed(table: str, number: int, size: int = 10) -> Filed:
    return Filed(named(table, number), size, number)


def evidence(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("evidence-*")}


def test_a_house_that_lies_in_every_round_keeps_its_first_fifty_across_starts(
    tmp_path: Path,
) -> None:
    told = [Store(tmp_path).save_evidence(document("aa" * 16, at)) for at in range(FILES_KEPT + 9)]
    assert evidence(tmp_path) == {named("aa" * 16, at) for at in range(FILES_KEPT)}
    assert all(told[:FILES_KEPT])
    assert not any(told[FILES_KEPT:])


def test_another_table_finds_room_for_as_much_as_the_first_has(tmp_path: Path) -> None:
    for table in ("aa" * 16, "bb" * 16):
        for at in range(FILES_KEPT + 9):
            path = Path(Store(tmp_path).save_evidence(document(table, at)))
            if path.is_file():
                os.utime(path, ns=(at, at))
    half = range(FILES_KEPT // 2)
    assert evidence(tmp_path) == {named(t * 16, at) for t in ("aa", "bb") for at in half}


def test_evidence_is_called_by_its_table_its_round_and_its_words() -> None:
    which = sha256(b"text").hexdigest()
    assert name_of("0123456789", 7, "text") == f"evidence-01234567-round-7-{which[:8]}.json"
    assert Filed(name_of("0123456789", 7, "text"), 1, 2).table == "evidence-01234567"
    odd = name_of("-round-x", 7, "text")  # A table may be called anything.
    assert Filed(odd, 1, 2).table == "evidence--round-x"


def test_as_many_go_as_are_too_many() -> None:
    """A folder that was filled by an older version, or by hand."""
    kept = [filed("aaaaaaaa", at) for at in range(FILES_KEPT + 3)]
    gone = makes_way(kept, filed("bbbbbbbb", 1))
    assert gone == [filed("aaaaaaaa", FILES_KEPT + at) for at in (2, 1, 0, -1)]


def test_the_first_of_no_table_ever_goes() -> None:
    kept = [filed(f"{table:08}", 1) for table in range(FILES_KEPT)]
    assert makes_way(kept, filed("another0", 1)) is None
    assert makes_way(kept[1:], filed("another0", 1)) == []
    second = [*kept[1:], filed(f"{1:08}", 2)]
    assert makes_way(second, filed("another0", 1)) == [filed(f"{1:08}", 2)]


def test_the_newest_of_the_table_that_has_the_most_makes_way() -> None:
    kept = [filed("aaaaaaaa", at) for at in range(FILES_KEPT - 3)]
    kept += [filed("bbbbbbbb", at) for at in (100, 101, 102)]
    assert makes_way(kept, filed("cccccccc", 7)) == [filed("aaaaaaaa", FILES_KEPT - 4)]


def test_so_many_bytes_are_enough_as_well() -> None:
    half = BYTES_KEPT // 2
    kept = [filed("aaaaaaaa", 1, half), filed("aaaaaaaa", 2, half)]
    assert makes_way(kept, filed("bbbbbbbb", 1, half)) == [filed("aaaaaaaa", 2, half)]
    assert makes_way(kept, filed("aaaaaaaa", 3, 1)) is None
    assert makes_way([], filed("aaaaaaaa", 1, BYTES_KEPT + 1)) is None
    assert makes_way([], filed("aaaaaaaa", 1, BYTES_KEPT)) == []


def test_so_many_go_as_there_are_bytes_to_make_room_for() -> None:
    sizes = (500_000, 500_000, 300_000, 2_900_000)
    kept = [filed("aaaaaaaa", at, size) for at, size in enumerate(sizes, 1)]
    assert makes_way(kept, filed("bbbbbbbb", 1, 4_200_000)) == [kept[3], kept[2], kept[1]]


def test_the_same_evidence_takes_its_own_place() -> None:
    kept = [filed("aaaaaaaa", at) for at in range(FILES_KEPT)]
    assert makes_way(kept, filed("aaaaaaaa", 3, 99)) == []


@pytest.mark.parametrize("table", ["aa" * 16, "aa" * 4 + "bb" * 12])
def test_no_later_lie_takes_the_place_of_the_first(tmp_path: Path, table: str) -> None:
    """Not about the same round, and not of a table whose name begins alike."""
    store = Store(tmp_path)
    first, later = document("aa" * 16, 1), document(table, 1, 5)
    for told in (first, later, later):
        assert store.save_evidence(told)
    kept = [json.loads(path.read_text()) for path in tmp_path.glob("evidence-*")]
    assert sorted(kept, key=str) == sorted((first, later), key=str)


def test_whatever_comes_in_whatever_order_there_is_an_end_and_first_ones_stay(
    tmp_path: Path,
) -> None:
    dice, first = Random(5), dict[str, str]()
    store = Store(tmp_path)
    for at in range(400):
        table = f"{dice.randrange(30):08}"
        path = store.save_evidence(document(table, dice.randrange(1000), dice.randrange(200_000)))
        if path:
            os.utime(path, ns=(at, at))
            first.setdefault(table, Path(path).name)
        sizes = [each.stat().st_size for each in tmp_path.glob("evidence-*")]
        assert len(sizes) <= FILES_KEPT
        assert sum(sizes) <= BYTES_KEPT
    assert set(first.values()) <= evidence(tmp_path)
    assert len(first) > 20


def test_what_is_not_written_costs_nothing_that_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save_evidence(document("aa" * 16, 1))
    assert store.save_evidence(document("aa" * 16, 2, BYTES_KEPT)) == ""
    (path,) = tmp_path.glob("evidence-*")
    assert json.loads(path.read_text()) == document("aa" * 16, 1)
