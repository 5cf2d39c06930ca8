"""The games that company plays, by their numbers."""

from collections.abc import Mapping

from bots.games.game import Game
from bots.games.roulette.game import GAME as _ROULETTE
from protocol.games.roulette.rules import ROULETTE

GAMES: Mapping[int, Game] = {ROULETTE: _ROULETTE}
