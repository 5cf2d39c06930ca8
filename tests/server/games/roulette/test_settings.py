"""What a table of roulette may set."""

from typing import Any

import pytest

from protocol.games.roulette.rules import SPOTS, Group
from server.games.roulette.settings import PRESETS, Rules, Stakes

MUCH, MORE, MANY = 2**48, 2**40, 10**9


def test_the_defaults_are_played() -> None:
    assert not [*Rules().faults()]
    assert [*Rules().plaque] == [*Group]
    assert Rules().plaque[Group.LINE] == Stakes(1, 7_000)


def test_each_spot_has_the_stakes_of_its_kind() -> None:
    rules = Rules(plaque={group: Stakes(1, 10 + group) for group in Group})
    for info in SPOTS:
        assert rules.stakes(info.spot).most == 10 + info.group


def plaque(*pair: int) -> dict[Group, Stakes]:
    return {**Rules().plaque, Group.CHANCE: Stakes(*pair)}


@pytest.mark.parametrize(
    ("name", "lawful", "wrong", "words"),
    [
        ("auto_seconds", (0, 3600), (-1, 3601), "auto takes 0 to 3600 seconds"),
        ("min_players", (1,), (0,), "at least 1 player must have bet"),
        ("min_players", (MANY,), (MANY + 1,), "min_players must not be over 1000000000"),
        ("table_most", (1, MUCH), (0, MUCH + 1), "table_most must be over 0"),
        ("spin_seconds", (0, 3600), (-0.01, 3600.5), "spin_seconds takes 0 to 3600"),
        ("least_seconds", (0, 3600), (-0.01, 3600.5), "least_seconds takes 0 to 3600"),
        (
            "start_seconds",
            (0.01, 3600),
            (0, 3600.5),
            "start_seconds must be over 0, and not over 3600",
        ),
        ("reveal_seconds", (1.5, 30), (1.4, 30.5, 0), "reveal_seconds takes 1.5 to 30"),
        (
            "plaque",
            (plaque(1, 1), plaque(1, MORE)),
            (plaque(0, 5), plaque(5, 4), plaque(1, MORE + 1)),
            "plaque: the least must be over 0 and not over the most",
        ),
    ],
)
def test_a_bound_is_met_exactly(
    name: str, lawful: tuple[Any, ...], wrong: tuple[Any, ...], words: str
) -> None:
    for value in lawful:
        assert not [*Rules(**{name: value}).faults()]
    for value in wrong:
        assert [*Rules(**{name: value}).faults()] == [words]


def test_every_fault_is_told() -> None:
    assert len([*Rules(table_most=0, spin_seconds=-1.0).faults()]) == 2


@pytest.mark.parametrize(
    ("wheel", "zero", "law"),
    [
        ("single", "", (0, 0)),
        ("single", "partage", (0, 1)),
        ("single", "prison", (0, 2)),
        ("single", "prison2", (0, 3)),
        ("double", "", (1, 0)),
        ("double", "surrender", (1, 4)),
    ],
)
def test_a_wheel_and_a_rule_for_zero_go_together(
    wheel: str, zero: str, law: tuple[int, int]
) -> None:
    rules = Rules(wheel=wheel, zero=zero)
    assert not [*rules.faults()]
    assert rules.law == law


@pytest.mark.parametrize(
    ("wheel", "zero", "words"),
    [
        ("triple", "", 'wheel is one of: "single", "double"'),
        ("triple", "surrender", 'wheel is one of: "single", "double"'),
        (
            "single",
            "half",
            'zero is one of: "", "partage", "prison", "prison2", "surrender"',
        ),
        (
            "single",
            "surrender",
            'with wheel = "single", zero is one of: "", "partage", "prison", "prison2"',
        ),
        *(
            ("double", zero, 'with wheel = "double", zero is one of: "", "surrender"')
            for zero in ("partage", "prison", "prison2")
        ),
    ],
)
def test_what_does_not_go_together_is_told(wheel: str, zero: str, words: str) -> None:
    assert [*Rules(wheel=wheel, zero=zero).faults()] == [words]


def test_some_rules_have_a_name() -> None:
    assert {name: rules.law for name, rules in PRESETS.items()} == {
        "quick": (0, 0),
        "high": (0, 0),
        "american": (1, 0),
        "french": (0, 1),
    }
    assert not [fault for rules in PRESETS.values() for fault in rules.faults()]
