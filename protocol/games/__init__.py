"""The games that the wire knows: of each, where its messages are."""

from collections.abc import Mapping
from types import ModuleType

from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.rules import ROULETTE
from protocol.house import form

GAMES: Mapping[int, tuple[ModuleType, ...]] = {
    ROULETTE: (bets, rounds, records, desk),
    form.FORM: (form,),
}
"""By the number of the game."""
