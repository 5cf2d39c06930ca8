"""What a game does with the words of a round's events: the same for who draws and who checks.

A *drawing* follows one round. `draw` says what a step gives, and changes nothing; `keep` goes on
from a result, which is the one in the file where somebody checks a file; `note` goes on from a
decision that draws nothing. At the end `payouts` says what each bet returned. Whatever has no place
in the game is a `ValueError` in words.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from protocol.fair.hashes import Account, Stake
from protocol.fair.words import Words

Stakes: TypeAlias = Mapping[Account, Sequence[Stake]]
Result: TypeAlias = dict[str, Any]
"""As a file has it."""
Halves: TypeAlias = dict[Account, list[int]]
"""What each bet of an account returned, in half chips."""


class Misread(ValueError):
    """A detail has another layout than the game's."""


class Unlawful(ValueError):
    """A step that the game does not allow, or a result that is none."""


class Drawing(Protocol):
    """One round of a game."""

    def draw(self, what: int, detail: bytes, words: Words) -> Result:
        """What this step gives."""

    def fits(self, what: int, detail: bytes, words: Words, told: Any) -> bool:
        """Whether this step gives what was told."""

    def keep(self, what: int, detail: bytes, result: Result) -> None:
        """Go on from this result."""

    def note(self, detail: bytes) -> None:
        """Go on from a decision."""

    def payouts(self) -> Halves | None:
        """What each bet returned; None where a game pays by another page. Who has a bet that is
        paid by another page is left out. Before the end it is `Unlawful`.
        """


class Kind(NamedTuple):
    """A kind of draw, by its name in a file."""

    number: int
    """In the freeze."""
    start: Callable[[Sequence[str], bytes, Stakes, bool], Drawing]
    """With the words of the rules, the state, the stakes, and whether these are all of them."""
    known: Callable[[str], bool]
    """Whether a word of the rules is one that this kind knows."""
    told_at_end: bool = False
    """Whether a seed is shown when its player ends the game, and not when the links are in."""


def same(ours: Any, theirs: Any) -> bool:
    """Whether two results say the same: 1 is neither true nor 1.0."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return bool(ours == theirs)
