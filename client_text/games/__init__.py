"""The games that the terminal knows, by their numbers."""

from collections.abc import Callable, Mapping

from client_text.games.form.game import Form as _Form
from client_text.games.game import Game
from client_text.games.roulette.game import Roulette as _Roulette
from protocol.games.roulette.rules import ROULETTE
from protocol.house.form import FORM

GAMES: Mapping[int, Callable[[], Game]] = {ROULETTE: _Roulette, FORM: _Form}
"""The first is meant where one is at no table yet."""
