"""The games of the house: one table of all, by name."""

from collections.abc import Mapping

from server.books.till import GameState
from server.games.guess import GUESS
from server.games.poll import POLL
from server.games.roulette.game import ROULETTE
from server.games.rps import RPS
from server.tables.game import Game

GAMES: Mapping[str, Game] = {game.name: game for game in (ROULETTE, GUESS, RPS, POLL)}
STATES: Mapping[str, type[GameState]] = {name: game.state for name, game in GAMES.items()}
"""What each has in the books."""
