"""Bets that a player keeps under names, to lay them again on any night: pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from client_gui.games.roulette.deeds import Deed, deed
from client_gui.shell.preferences import Preferences
from protocol.games.roulette.rules import SPOTS

MOST = 8
"""So many are kept: each has a key, F1 to F8."""
LONGEST = 20
"""So many letters has a name at most."""
MOST_CHIPS = 1 << 32


class Favourite(NamedTuple):
    name: str
    lay: Deed

    @property
    def sum(self) -> int:
        return sum(chips for _, chips in self.lay)


Favourites: TypeAlias = tuple[Favourite, ...]


def keep(kept: Favourites, name: str, lay: Deed) -> Favourites:
    """With this one more, or in the place of the one that had its name."""
    new = Favourite(name.strip()[:LONGEST], lay)
    if any(each.name == new.name for each in kept):
        return tuple(new if each.name == new.name else each for each in kept)
    return (*kept, new)


def drop(kept: Favourites, at: int) -> Favourites:
    return (*kept[:at], *kept[at + 1 :])


def of(preferences: Preferences) -> Favourites:
    """Those that are kept."""
    return from_settings(preferences.games.get("favourites"))


def among(games: Mapping[str, Any], kept: Favourites) -> dict[str, Any]:
    """What games keep, with these."""
    return {**games, "favourites": as_settings(kept)}


def as_settings(kept: Favourites) -> list[dict[str, Any]]:
    """As they stand in the file of settings."""
    return [{"name": each.name, "bets": [list(bet) for bet in each.lay]} for each in kept]


def from_settings(found: Any) -> Favourites:
    """What the file says; whatever in it is not as we write it counts as not there."""
    return tuple(_read(found))[:MOST] if isinstance(found, list) else ()


def _read(found: list[Any]) -> Iterator[Favourite]:
    for each in found:
        match each:
            case {"name": str(name), "bets": list(rows)} if name.strip():
                lay = deed(*(bet for row in rows if (bet := _bet(row))))
                if lay:
                    yield Favourite(name[:LONGEST], lay)


def _bet(row: Any) -> tuple[int, int] | None:
    match row:
        case [int(spot), int(chips)] if 0 <= spot < len(SPOTS) and 0 < chips < MOST_CHIPS:
            return spot, chips
    return None
