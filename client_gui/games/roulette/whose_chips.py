"""Whose chips lie where: pure."""

from collections.abc import Sequence
from typing import NamedTuple

from client_gui.games.roulette.view import Bet
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

SEEN = 3
"""So many holders' chips are seen on a spot; pointing at it names more."""


class Holding(NamedTuple):
    name: str
    amount: Chips


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
