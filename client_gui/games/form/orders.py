"""What a person wants of a small game, and what is asked of it: the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from client.dialogue import Wish
from client.house.state import HouseState
from client_gui.shell.intents import Intent
from protocol.house.form import Act


@dataclass(frozen=True, slots=True)
class Do(Intent):
    """What the form offers."""

    act: Act


ORDERS: Mapping[type, Callable[[HouseState, Any], Wish]] = {Do: lambda _, wish: wish.act}
