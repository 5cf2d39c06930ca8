"""What a person has set up for all nights: pure.

A new setting is a field here and a row of the gear.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from client_gui.favourites import Favourites, as_settings, from_settings


@dataclass(frozen=True, slots=True)
class Preferences:
    reduced_motion: bool = False
    favourites: Favourites = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Preferences":
        """As the file of settings has them; what is missing there is as it was made."""
        return cls(
            reduced_motion=kept.get("reduced_motion") is True,
            favourites=from_settings(kept.get("favourites")),
        )

    def as_settings(self) -> dict[str, Any]:
        """As they stand in the file."""
        return {
            "reduced_motion": self.reduced_motion,
            "favourites": as_settings(self.favourites),
        }
