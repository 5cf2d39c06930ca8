"""People are told apart: by their colours, and by more than these."""

import itertools

import pytest

from client_gui.kit.theme import PEOPLE, TEXT
from client_gui.shell.people import colours, letters
from client_gui.shell.view import Person, Role


def test_who_came_after_each_other_have_different_colours() -> None:
    people = [Person(f"P{seat}", Role.PLAYER, 1, seat=seat) for seat in range(1, 201)]
    worn = colours(people)
    for first, second in itertools.pairwise(people):
        assert worn[first.name] != worn[second.name]
    assert len(set(PEOPLE)) == len(PEOPLE)


def _bright(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    lit = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * lit[0] + 0.7152 * lit[1] + 0.0722 * lit[2]


@pytest.mark.parametrize("colour", PEOPLE)
def test_words_on_every_colour_can_be_read(colour: tuple[int, int, int]) -> None:
    assert (_bright(TEXT) + 0.05) / (_bright(colour) + 0.05) >= 4.5


def test_everybody_has_a_mark_of_his_own() -> None:
    names = ("Anna", "Alex", "Boris", "Анна", "Алла", "A", "A n", "An", "a")
    people = [Person(name, Role.PLAYER, 5, seat=at) for at, name in enumerate(names)]
    found = letters(people)
    assert [found[name] for name in names[:5]] == ["A", "Al", "B", "А", "Ал"]
    assert len(set(found.values())) == len(names)
