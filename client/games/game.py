"""What this client asks of a game. A game knows the house, and the house no game."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from client.house.state import HouseState
from client.pages import Lists
from client.sitting import Sitting
from protocol.house.lists import Reason
from protocol.wire import Message, Request


class Game(NamedTuple):
    """One of them."""

    name: str
    """What it is called where the house says it in words; clients have their own words for it."""
    draws: bool
    """Whether each of its tables has a draw, and goes on with the chain that it had."""
    steps: Mapping[type, Callable[[HouseState, Any, float], HouseState]]
    """What its messages change of what is known."""
    sitting: type[Sitting]
    """What is done by itself at one of its tables."""
    lists: Lists
    """Those of its lists that are read page by page."""
    awaits: Callable[[HouseState], bool]
    """Whether the person could do something at the table that is looked at."""
    introduced: type[Message]
    """The first word of a table: which draw it has, and by which rules one plays."""
    shown: type[Message]
    """Everything on the table: from then on one is there."""
    unfit: Mapping[type[Request], Reason]
    """Why a request that the wire cannot say is refused; others have too long a text."""
