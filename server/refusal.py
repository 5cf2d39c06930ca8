"""A request that is well formed and cannot be done: it is answered, and the table goes on."""

from protocol.messages.fields import NO_SPOT
from protocol.messages.lists import Reason
from protocol.roulette import Spot


class Refusal(Exception):
    """Why not. The words are for a person, the reason and the figure for a program."""

    def __init__(
        self, reason: Reason, words: str, *, figure: int = 0, spot: Spot = NO_SPOT
    ) -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words
        self.figure = figure
        self.spot = spot
