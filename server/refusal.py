"""A request that is well formed and cannot be done: it is answered, and the table goes on."""

from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from protocol.text import UnfitTextError, fit_line

MOST_SECONDS = 10**9
"""The longest wait that is told; whatever a setting makes of it, the figure fits its field."""


class Refusal(Exception):
    """Why not. The words are for a person, the reason and the figure for a program."""

    def __init__(self, reason: Reason, words: str, *, figure: int = 0, spot: int = NO_SPOT) -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words
        self.figure = figure
        self.spot = spot


def in_seconds(wait: float) -> str:
    """A wait, for a person."""
    return f"{max(1, round(min(wait, MOST_SECONDS)))} s"


def in_ms(wait: float) -> int:
    """A wait as the figure of a refusal."""
    return max(1, round(min(wait, MOST_SECONDS) * 1000))


def fit(words: str) -> str:
    """What somebody wrote, as it may be shown to others."""
    try:
        return fit_line(words)
    except UnfitTextError as error:
        raise Refusal(Reason.TEXT_UNFIT, str(error)) from None
