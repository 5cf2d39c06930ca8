"""The games that this window can draw, by their numbers: of each, its scene and what it shows."""

from collections.abc import Mapping
from typing import NamedTuple

from client_gui.games.form.scene import FormScene
from client_gui.games.form.view import FormViewMaker
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.view_of import ViewMaker
from client_gui.shell.parts.seated import Seated
from protocol.games.roulette import bets, records
from protocol.games.roulette.rules import ROULETTE
from protocol.house.form import FORM, FormShown
from protocol.wire import Message


class GameScene(NamedTuple):
    """What the window needs of a game."""

    scene: type[Seated]
    view_maker: type[ViewMaker]
    """Makes of the house, looked at from a table, what the scene draws."""
    passing: tuple[type[Message], ...]
    """Of a row of these only the last is looked at: what it leaves behind is all there is to see.
    """


SCENES: Mapping[int, GameScene] = {
    ROULETTE: GameScene(
        TableScene,
        ViewMaker,
        (records.RoundsListed, records.OwnRoundsListed, bets.BetsChanged, bets.BetsListed),
    ),
    FORM: GameScene(FormScene, FormViewMaker, (FormShown,)),
}
CLASSIC = SCENES[ROULETTE]
"""The assignment's protocol has this game only, and says no numbers."""
