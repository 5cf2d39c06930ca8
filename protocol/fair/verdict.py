"""What somebody may say of a round: green, grey for a reason, or red at a step.

Green means that the outcome was fixed to the last bit when the round was frozen, and that nobody
could know it then: one's own say is in it, and everything was checked. Grey is checked as far as it
could be. Red is a house that does not keep to what it told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

GREY: Mapping[str, str] = {
    "watcher": "nobody's own say is in the file",
    "classic": "you have no say: a classic client has none",
    "no chain": "you have no say: no chain registered",
    "locked": "your chain does not count yet: 20 rounds without a say",
    "too late": "your chain does not count yet: it was not answered before the freeze",
    "joined": "your chain does not count yet: you came within the round",
    "missed": "your link was not sent in time, or your line broke within the window",
    "left": "you left",
    "withheld": "somebody withheld: a friend of the host's could have chosen so",
    "unlisted": "the links of the others were not all checked",
    "nobody": "nobody had a say: the number was the house's alone",
    "typed": "entered by the croupier from a real wheel, deck or cage",
    "rules": "rules with a word that is not known here: payouts were not judged",
    "open": "the line was lost before the proof came",
}
"""What a grey word means."""
RED: Mapping[str, str] = {
    "anchor": "the seed before does not lead back to the table's anchor",
    "chain": "the seed is not the one that the house had committed to",
    "order": "the event or the round is not the next",
    "history": "what happened before is another history",
    "freeze": "the freeze is not over what was frozen",
    "two_freezes": "there was another freeze of this event",
    "transcript": "the step does not follow",
    "two_transcripts": "there was another step of this event",
    "says": "the list of says is not what was frozen",
    "links": "somebody's link does not fit",
    "reveals": "the links that were shown are others",
    "done": "the end of the event does not follow",
    "stakes": "the list of stakes is not what was frozen",
    "own_say": "your own say is not in the freeze",
    "own_link": "your own link is not among those shown",
    "own_stake": "your own bets are not in the freeze",
    "own_act": "a decision in your name is not yours",
    "own_out": "you were left out, and had not left",
    "draw": "the result does not follow",
    "payouts": "somebody was paid something else",
    "own_payout": "you were paid something else",
    "void": "a frozen round was called off",
    "window": "the time for the links was too short or too long",
    "late": "what was due did not come",
    "refused": "what was asked for was refused",
}
"""What a red step means."""


class Colour(IntEnum):
    """The worst counts."""

    GREEN = 0
    GREY = 1
    RED = 2


@dataclass(slots=True)
class Verdict:
    """On one round: each step and reason once, in the order in which they were found."""

    reds: dict[str, str] = field(default_factory=dict)
    """By step, and what more is to be said of it."""
    greys: dict[str, str] = field(default_factory=dict)

    @property
    def colour(self) -> Colour:
        return Colour.RED if self.reds else Colour.GREY if self.greys else Colour.GREEN

    def red(self, step: str, more: str = "") -> None:
        assert step in RED
        self.reds.setdefault(step, more)

    def grey(self, why: str, more: str = "") -> None:
        assert why in GREY
        self.greys.setdefault(why, more)
