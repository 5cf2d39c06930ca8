"""Whose chips lie where: pure. Everybody has a colour, and keeps it all night."""

from collections.abc import Sequence
from typing import NamedTuple

from client_gui.games.roulette.view import Bet, Person
from client_gui.kit.theme import PEOPLE, Rgb
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

SEEN = 3
"""So many holders' chips are seen on a spot; pointing at it names more."""


class Holding(NamedTuple):
    name: str
    amount: Chips


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


def others(bets: Sequence[Bet]) -> dict[Spot, list[Holding]]:
    """Of each spot who else has chips there, the largest first."""
    held: dict[Spot, list[Holding]] = {}
    for bet in bets:
        if not bet.mine:
            held.setdefault(bet.spot, []).append(Holding(bet.name, bet.amount))
    for each in held.values():
        each.sort(key=lambda holding: -holding.amount)
    return held


def spots_of(bets: Sequence[Bet], name: str) -> frozenset[Spot]:
    return frozenset(bet.spot for bet in bets if bet.name == name)
