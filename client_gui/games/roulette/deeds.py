"""What a player did in this round, to undo it and to do it again: pure.

A deed is what it changed: chips more or fewer on some spots. Whatever else happens on the table,
to undo a deed is to change as much the other way, as far as the chips still lie there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

Deed: TypeAlias = tuple[tuple[Spot, int], ...]
"""Chips laid on a spot, or taken back if negative; a spot at most once."""
Table: TypeAlias = Mapping[Spot, Chips]


def deed(*changes: tuple[Spot, int]) -> Deed:
    """One deed of several changes: those of a spot together, those that cancel out left away."""
    sums: dict[Spot, int] = {}
    for spot, chips in changes:
        sums[spot] = sums.get(spot, 0) + chips
    return tuple((spot, chips) for spot, chips in sums.items() if chips)


def inverse(done: Deed) -> Deed:
    return tuple((spot, -chips) for spot, chips in done)


def possible(wanted: Deed, lies: Table) -> Deed:
    """As much of this as can be done: nobody takes back more than lies there."""
    return deed(*((spot, max(chips, -lies.get(spot, 0))) for spot, chips in wanted))


@dataclass(frozen=True, slots=True)
class Deeds:
    done: tuple[Deed, ...] = ()
    undone: tuple[Deed, ...] = ()

    def then(self, new: Deed) -> "Deeds":
        """Something else was done: what had been undone cannot be redone any more."""
        return Deeds((*self.done, new))

    def refused(self, spot: Spot) -> "Deeds":
        """The server refused a bet there: if that was the last deed, it never was."""
        if self.done and any(each == spot for each, _ in self.done[-1]):
            return Deeds(self.done[:-1], self.undone)
        return self

    def undo(self, lies: Table) -> tuple["Deeds", Deed]:
        """Undo the last deed of which something is left; an empty deed if there is none."""
        for at in range(len(self.done) - 1, -1, -1):
            if back := possible(inverse(self.done[at]), lies):
                return Deeds(self.done[:at], (*self.undone, inverse(back))), back
        return Deeds(undone=self.undone), ()

    def redo(self, lies: Table) -> tuple["Deeds", Deed]:
        """Do again what was undone last."""
        for at in range(len(self.undone) - 1, -1, -1):
            if again := possible(self.undone[at], lies):
                return Deeds((*self.done, again), self.undone[:at]), again
        return Deeds(self.done), ()
