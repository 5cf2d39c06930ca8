"""The games that the wire knows: of each, where its messages are."""

from collections.abc import Mapping
from types import ModuleType

from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.rules import ROULETTE

GAMES: Mapping[int, tuple[ModuleType, ...]] = {ROULETTE: (bets, rounds, records, desk)}
"""By the number of the game."""
