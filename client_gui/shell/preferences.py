"""What a person has set up for all nights: pure.

A new setting is a field here and a row of the gear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LARGER = 1.25
LOOKS = frozenset(("marks", "large"))
"""What changes how everything is drawn."""
READING = (1, 2, 4)
VOLUMES = (20, 40, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Preferences:
    reduced_motion: bool = False
    volume: int = 40
    """Of 100; silence is `muted`, so that the volume is known when it ends."""
    muted: bool = False
    marks: bool = False
    """Whether what a colour says is told by more than that: by letters, lines, marks."""
    large: bool = False
    """Whether all type is larger."""
    reading: int = 1
    """So many times longer than usual everything stays that is to be read."""
    games: Mapping[str, Any] = field(default_factory=dict)
    """What games keep for themselves, as they write it."""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Preferences":
        """As the file of settings has them; what is missing there is as it was made."""
        made = cls()
        return cls(
            reduced_motion=kept.get("reduced_motion") is True,
            volume=_one_of(VOLUMES, kept.get("volume"), made.volume),
            muted=kept.get("muted") is True,
            marks=kept.get("marks") is True,
            large=kept.get("large") is True,
            reading=_one_of(READING, kept.get("reading"), made.reading),
            games=games if isinstance(games := kept.get("games"), Mapping) else {},
        )

    def as_settings(self) -> dict[str, Any]:
        """As they stand in the file."""
        return {
            "reduced_motion": self.reduced_motion,
            "volume": self.volume,
            "muted": self.muted,
            "marks": self.marks,
            "large": self.large,
            "reading": self.reading,
            "games": self.games,
        }


def zoom(preferences: Preferences) -> float:
    """How much larger than usual all type is."""
    return LARGER if preferences.large else 1.0


def stepped(steps: Sequence[int], here: int, by: int) -> int:
    """The next step up or down, as far as there is one."""
    return steps[max(0, min(len(steps) - 1, steps.index(here) + by))]


def _one_of(steps: Sequence[int], kept: object, made: int) -> int:
    return kept if isinstance(kept, int) and kept in steps else made
