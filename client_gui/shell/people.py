"""What tells people apart: pure. Everybody has a colour, and keeps it all night."""

from collections.abc import Sequence

from client_gui.kit.theme import PEOPLE, Rgb
from client_gui.shell.view import Person


def colours(people: Sequence[Person]) -> dict[str, Rgb]:
    """By seat: whoever came after each other are told apart."""
    return {person.name: PEOPLE[person.seat % len(PEOPLE)] for person in people}


def letters(people: Sequence[Person]) -> dict[str, str]:
    """By name: the first letter, and where several begin with it one more, to tell them apart."""
    found: dict[str, str] = {}
    for person in sorted(people, key=lambda each: each.seat):
        name = person.name.replace(" ", "")
        first = name[:1].upper()
        ways = (first, *(first + letter.lower() for letter in name[1:]), *map(str, range(10, 100)))
        found[person.name] = next((way for way in ways if way not in found.values()), first)
    return found
