"""Which tests are asked about a mutant, and in which order."""

from mutation.cover import Cover
from mutation.mutant import Mutant
from mutation.source import Edit

TILL, DOOR, EVENING = "tests/till/test_till.py", "tests/till/test_door.py", "tests/till/test_e.py"
SECONDS = {
    f"{EVENING}::test_all": 30.0,
    f"{DOOR}::test_open": 0.2,
    f"{DOOR}::test_shut": 0.1,
    f"{TILL}::test_pay": 0.3,
    f"{TILL}::test_long": 2.0,
    "tests/till/test_a.py::test_a": 0.01,
    "tests/till/test_b.py::test_b": 0.01,
}
NAMES = [*SECONDS, DOOR]


def cover(lines: dict[str, list[str]], functions: dict[str, list[str]] | None = None) -> Cover:
    return Cover(
        digest="",
        seconds=SECONDS,
        broken=[],
        imported={"till/till.py": [1]},
        names=NAMES,
        lines={"till/till.py": {n: [NAMES.index(name) for name in by] for n, by in lines.items()}},
        functions={k: [NAMES.index(name) for name in by] for k, by in (functions or {}).items()},
    )


def mutant(first: int, last: int = 0) -> Mutant:
    return Mutant("till/till.py", "pay", "drop", 1, Edit(0, 0, ""), first, last or first)


def test_the_nearest_and_quickest_come_first_and_programs_last() -> None:
    ran = [f"{TILL}::test_pay", f"{TILL}::test_long", f"{DOOR}::test_open"]
    started = [f"{EVENING}::test_all", f"{DOOR}::test_shut", f"{TILL}::test_pay"]
    known = cover({"5": ran}, {"till/till.py:pay": started, "till/till.py:other": [*SECONDS]})
    assert known.tests([mutant(5)]) == [
        f"{TILL}::test_pay",
        f"{DOOR}::test_open",
        f"{TILL}::test_long",
        f"{DOOR}::test_shut",
        f"{EVENING}::test_all",
    ]


def test_a_file_stands_for_all_of_its_tests() -> None:
    assert cover({"5": [DOOR]}).tests([mutant(5)]) == [f"{DOOR}::test_shut", f"{DOOR}::test_open"]


def test_every_line_of_the_mutant_counts_and_no_other() -> None:
    known = cover({"5": [f"{DOOR}::test_open"], "6": [f"{DOOR}::test_shut"], "7": [*SECONDS]})
    assert known.tests([mutant(5, 6)]) == [f"{DOOR}::test_shut", f"{DOOR}::test_open"]
    assert known.tests([mutant(4)]) == []


def test_what_runs_at_the_import_concerns_all() -> None:
    assert {*cover({}).tests([mutant(1)])} == {*SECONDS}


def test_a_first_look_at_the_quick_tests_of_three_files_and_then_all_others() -> None:
    known = cover({"5": [*SECONDS]})
    tests = known.tests([mutant(5)])
    first, rest = known.stages(tests)
    assert {test.partition("::")[0] for test in first} == {TILL, DOOR, "tests/till/test_a.py"}
    assert rest == ["tests/till/test_b.py::test_b", f"{TILL}::test_long", f"{EVENING}::test_all"]
    assert sorted(first + rest) == sorted(tests)
    assert known.stages([]) == []


def test_a_test_may_take_some_times_as_long_as_it_did() -> None:
    assert cover({}).patience([f"{TILL}::test_long"]) == {f"{TILL}::test_long": 40.0}
