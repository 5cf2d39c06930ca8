"""The games that this window draws, by their numbers; a table of another is listed, and no more."""

from collections.abc import Mapping

from client_gui.games.form.game import GAME as _FORM
from client_gui.games.game import GameScene
from client_gui.games.roulette.panels.backdrop import dark_ground
from client_gui.games.roulette.scene.game import GAME as _ROULETTE
from protocol.games.roulette.rules import ROULETTE
from protocol.house.form import FORM

SCENES: Mapping[int, GameScene] = {ROULETTE: _ROULETTE, FORM: _FORM}
CLASSIC = _ROULETTE
"""The assignment's protocol has this game only, and says no numbers."""
DOOR = dark_ground
"""What lies under the card at the door: the game that every house has."""
