"""The games that this window can draw, by their numbers: of each, its scene and what it shows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from client.dialogue import Wish
from client.house.state import HouseState
from client_gui.games.form import orders as form_orders
from client_gui.games.form.scene import FormScene
from client_gui.games.form.view import FormViewMaker
from client_gui.games.roulette import orders as roulette_orders
from client_gui.games.roulette.panels.backdrop import dark_ground
from client_gui.games.roulette.scene.keeping import KEEPING
from client_gui.games.roulette.scene.table import TableScene
from client_gui.games.roulette.scene.view_of import (
    RouletteViewMaker,
    net_of,
    rounds_of,
    staked_at,
)
from client_gui.shell.elsewhere import OwnChips
from client_gui.shell.parts.seated import Seated
from client_gui.shell.view_of import ViewMaker
from protocol.games.roulette import bets, records
from protocol.games.roulette.rules import ROULETTE
from protocol.house.form import FORM, FormShown
from protocol.wire import Message


class GameScene(NamedTuple):
    """What the window needs of a game."""

    scene: type[Seated]
    view_maker: type[ViewMaker]
    """Makes of the house, looked at from a table, what the scene draws."""
    orders: Mapping[type, Callable[[HouseState, Any], Wish]]
    """What is asked of the house for each of its intents."""
    passing: tuple[type[Message], ...]
    """Of a row of these only the last is looked at: what it leaves behind is all there is to see.
    """
    keeping: Mapping[type, Callable[[Any, HouseState, Any], None]] = MappingProxyType({})
    """What it does on this side alone, by the intent: with the scene, and what is known."""
    own_chips: OwnChips | None = None
    """What it tells of one's chips for the sums of the night."""


SCENES: Mapping[int, GameScene] = {
    ROULETTE: GameScene(
        TableScene,
        RouletteViewMaker,
        roulette_orders.ORDERS,
        (records.RoundsListed, records.OwnRoundsListed, bets.BetsChanged, bets.BetsListed),
        KEEPING,
        OwnChips(rounds_of, net_of, staked_at),
    ),
    FORM: GameScene(FormScene, FormViewMaker, form_orders.ORDERS, (FormShown,)),
}
DOOR = dark_ground
"""What lies under the card at the door: the game that every house has."""
CLASSIC = SCENES[ROULETTE]
"""The assignment's protocol has this game only, and says no numbers."""
