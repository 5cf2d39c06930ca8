"""The games that this client knows, by their numbers. A table of another is listed, and no more."""

from collections.abc import Mapping

from client.games.form.game import GAME as _FORM
from client.games.game import Game
from client.games.roulette.game import GAME as _ROULETTE
from protocol.games.roulette.rules import ROULETTE
from protocol.house.form import FORM

GAMES: Mapping[int, Game] = {ROULETTE: _ROULETTE, FORM: _FORM}
