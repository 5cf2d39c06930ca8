"""A line while it is being typed, and what the keys of any text field do to it: pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

LONGEST = 200
"""So many letters fit into a line."""


@dataclass(frozen=True, slots=True)
class Writing:
    text: str = ""
    at: int = 0
    """The caret, before this letter."""
    mark: int = 0
    """What lies from here to the caret is chosen."""

    @classmethod
    def end_of(cls, text: str) -> "Writing":
        return cls(text, len(text), len(text))

    @property
    def span(self) -> tuple[int, int]:
        return min(self.at, self.mark), max(self.at, self.mark)

    @property
    def chosen(self) -> str:
        low, high = self.span
        return self.text[low:high]

    def all(self) -> "Writing":
        return replace(self, at=len(self.text), mark=0)

    def put(self, text: str) -> "Writing":
        """Type this in the place of what is chosen."""
        low, high = self.span
        text = text[: max(0, LONGEST - len(self.text) + high - low)]
        whole = self.text[:low] + text + self.text[high:]
        return Writing(whole, low + len(text), low + len(text))

    def go(self, to: int, choosing: bool = False) -> "Writing":
        to = max(0, min(len(self.text), to))
        return replace(self, at=to, mark=self.mark if choosing else to)

    def rub(self, to: int) -> "Writing":
        """Rub out what is chosen, or from the caret to there."""
        return (self if self.at != self.mark else self.go(to, choosing=True)).put("")

    def step(self, by: int, words: bool) -> int:
        """Where the caret comes by one step to the left or to the right."""
        if not words:
            return max(0, min(len(self.text), self.at + by))
        at, last = self.at, 0 if by < 0 else len(self.text)
        for blanks in (True, False):
            while at != last and self.text[min(at, at + by)].isspace() == blanks:
                at += by
        return at


Key = Callable[[Writing, bool, bool], Writing]
"""What a key does, with Shift and with Ctrl held or not."""


def _walk(by: int) -> Key:
    def walk(line: Writing, shift: bool, ctrl: bool) -> Writing:
        if line.at != line.mark and not shift:
            return line.go(line.span[by > 0])
        return line.go(line.step(by, ctrl), shift)

    return walk


def _rub(by: int) -> Key:
    return lambda line, _, ctrl: line.rub(line.step(by, ctrl))


KEYS: Mapping[str, Key] = {
    "left": _walk(-1),
    "right": _walk(1),
    "home": lambda line, shift, _: line.go(0, shift),
    "end": lambda line, shift, _: line.go(len(line.text), shift),
    "backspace": _rub(-1),
    "delete": _rub(1),
}


def shown(width: Callable[[str], int], text: str, at: int, room: int) -> tuple[int, int]:
    """Which letters of a line that may be too long are to be seen, the caret among them."""
    start = 0
    while start < at and width(text[start:at]) > room:
        start += 1
    end = len(text)
    while end > at and width(text[start:end]) > room:
        end -= 1
    return start, end


def letter_at(width: Callable[[str], int], text: str, at: int, room: int, x: int) -> int:
    """Before which letter a click falls, so many pixels from the left end of the line."""
    start, end = shown(width, text, at, room)
    return min(range(start, end + 1), key=lambda to: abs(width(text[start:to]) - x))
