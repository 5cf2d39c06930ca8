"""What the window asks of a game. A game knows the shell, and the shell no game."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from client.dialogue import Wish
from client.house.state import HouseState
from client_gui.shell.elsewhere import OwnChips
from client_gui.shell.parts.seated import Seated
from client_gui.shell.view_of import ViewMaker
from protocol.wire import Message


class GameScene(NamedTuple):
    """One of them."""

    scene: type[Seated]
    """What is drawn, and what the hands do."""
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
    tv: Callable[..., Seated] | None = None
    """How a whole room watches it: with the way there, and what any scene is made with."""
