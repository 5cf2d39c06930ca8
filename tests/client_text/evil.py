"""What a hostile server writes wherever a message has room for a text."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from protocol.wire import Message

EVIL = (
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J",
    "\u202eturned\u2066\x9b31m",
    "\u200b\ufeff\r\n\x00\x85\u2028" + "\u0301" * 10,
)
TRACES = ("\x1b]0;", "\x07", "\x1b[31mred", "\x1b[2J", "\u202e", "\u2066", "\x9b", "\u2028")
"""Of these nothing may be left, raw."""


class Spoiler:
    """Makes every text of a message hostile, each in its turn in another way."""

    def __init__(self) -> None:
        """Begin with the first way."""
        self._texts = 0

    def __call__(self, said: Message) -> Message:
        return cast(Message, self._spoilt(said))

    def _spoilt(self, value: Any) -> Any:
        if isinstance(value, str):
            self._texts += 1
            return value[:8] + EVIL[self._texts % len(EVIL)]
        if isinstance(value, tuple):
            return tuple(self._spoilt(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            own = {each.name: self._spoilt(getattr(value, each.name)) for each in fields(value)}
            return replace(value, **own)
        return value
