"""What the terminal says, in one language: messages, numbers and spots.

The messages are in `en.toml` and `ru.toml`. Whatever names a spot here can be typed back as a bet,
but for what zero has locked.
"""

from collections.abc import Iterable
from enum import Enum

from client.wording import Paperwork
from client_text.vocabulary import GROUPS, PLACES
from protocol.games.roulette.rules import SPOT_OF, SPOTS, ZEROS, Group, Pocket, Spot, colour
from protocol.house.fields import Chips

SPOTS_SHOWN = 8
"""A line names so many places; the rest are counted."""


class Speech(Paperwork):
    """One language."""

    def choice(self, section: str, value: Enum, **values: object) -> str:
        """What a value of a closed list is called."""
        return self(f"{section}.{value.name.lower()}", **values)

    def chips(self, chips: Chips) -> str:
        return self.count("count.chips", chips)

    def spot(self, spot: Spot) -> str:
        info = SPOTS[spot]
        if info.locked:
            words = "bets.locked" if info.locked == 1 else "bets.locked_again"
            return self(words, spot=self.spot(SPOT_OF[info.covers]))
        first, last = info.covers[0], info.covers[-1]
        if info.group is Group.STRAIGHT:
            return info.name
        if info.group in (Group.COLUMN, Group.DOZEN):
            return f"{GROUPS[info.group].ways(self.language)[0]} {info.name.split()[1]}"
        if info.name in ("low", "high"):
            return f"{first}-{last}"
        if info.name in PLACES:
            return PLACES[info.name].ways(self.language)[0]
        beside_zero = not ZEROS.isdisjoint(info.covers)
        return info.name if beside_zero else f"{first}-{last}"

    def bets(self, chips: Iterable[tuple[Spot, Chips]]) -> str:
        """`25 on 17, 10 on red`."""
        each = [self("bets.on", chips=n, spot=self.spot(spot)) for spot, n in chips]
        if len(each) > SPOTS_SHOWN:
            left = len(each) - SPOTS_SHOWN + 1
            each[SPOTS_SHOWN - 1 :] = [self.count("bets.more", left)]
        return ", ".join(each)

    def pocket(self, pocket: Pocket) -> str:
        """`17 black, odd, low`."""
        if pocket in ZEROS:
            return self("pocket.double_zero" if pocket else "pocket.zero")
        return self(
            "pocket.number",
            n=pocket,
            colour=self.choice("pocket", colour(pocket)),
            parity=self("pocket.odd" if pocket % 2 else "pocket.even"),
            half=self("pocket.low" if pocket < 19 else "pocket.high"),
        )
