"""The log: a transcript of the evening that a host can read.

    + player Anna from 192.168.1.7, modern     somebody came
    < player Anna PlaceBets(7, 12, 17:100)     said to the house
    > table 1 BetsChanged(…)                   said by the house
    = round 12 settled 17 at table 1           done
    - player Anna left: goodbye                somebody is gone
    ! …                                        wrong

Never a password, a token, a seed that was not shown to everybody, or what somebody said
to one person alone.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from protocol.house.form import Act, FormShown
from protocol.house.talk import SaidPrivately, SayPrivately
from server.log.file import LogFile
from server.log.writer import Writer, close_all, to

SECRET_FIELDS = frozenset(
    (
        "token",
        "house_password",
        "table_password",
        "croupier_password",
        "digest",
    )
)
PRIVATE_FIELDS = {
    SayPrivately: {"line"},
    SaidPrivately: {"line"},
    Act: {"value", "words"},
    FormShown: {"lines", "actions"},
}
"""Among them a vote, and a throw that the other one must not know of."""
LONGEST = 300
CLOSE_SECONDS = 0.25
"""For what waits to be written when the house closes, or must end at once."""


class Line:
    """A message as a line of the log; put together only if it is written."""

    __slots__ = ("_said",)

    def __init__(self, said: object) -> None:
        self._said = said

    def __str__(self) -> str:
        return line_of(self._said)


def line_of(said: object) -> str:
    """A message in a line, without what is secret or long."""
    kind: Any = type(said)
    if not is_dataclass(said):
        return str(said)
    parts = [_value(getattr(said, name)) for name in _shown_fields(kind)]
    line = f"{type(said).__name__}({', '.join(parts)})"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]}…)"


@cache
def _shown_fields(kind: Any) -> tuple[str, ...]:
    hidden = SECRET_FIELDS | PRIVATE_FIELDS.get(kind, set())
    return tuple(each.name for each in fields(kind) if not (each.kw_only or each.name in hidden))


def _value(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()[:8] if len(value) > 8 else repr(value)
    if isinstance(value, tuple | list):
        rows = [_row(row) for row in value[:8]]
        return "[" + ", ".join(rows) + (", …]" if len(value) > 8 else "]")
    return repr(value) if isinstance(value, str) else str(value)


def _row(row: object) -> str:
    kind: Any = type(row)
    if not is_dataclass(row):
        return str(row)
    return ":".join(_value(getattr(row, name)) for name in _shown_fields(kind))


class _Safe(logging.Formatter):
    """One record, one line: what a peer chose cannot forge another."""

    def format(self, record: logging.LogRecord) -> str:
        head = super().format(record)
        first, *rest = head.split("\n")
        shown = "".join(char if char.isprintable() else "�" for char in first)
        return "\n".join([shown, *rest]) if record.exc_info else shown


_SAFE = _Safe("%(asctime)s %(message)s", "%H:%M:%S")


class _Entry:
    """A record as text; put together once, by whichever thread writes it first. What waits for a
    stuck screen is then only the text, for the file has long been written.
    """

    __slots__ = ("_record", "_text")

    def __init__(self, record: logging.LogRecord) -> None:
        self._record: logging.LogRecord | None = record
        self._text = ""

    def __str__(self) -> str:
        record = self._record
        if record:
            self._text = _SAFE.format(record)
            self._record = None
        return self._text


class _ToWriters(logging.Handler):
    """Hands every record over as it is: whoever logs pays for no text and waits for no screen."""

    def __init__(self, writers: list[Writer]) -> None:
        super().__init__()
        self._writers = writers

    def handle(self, record: logging.LogRecord) -> bool:
        entry = _Entry(record)
        for writer in self._writers:
            writer.put(entry)
        return True

    def close(self) -> None:
        """Write what waits, so far as anybody takes it; `logging.shutdown` comes here."""
        super().close()
        close_all(self._writers, CLOSE_SECONDS)


def start(
    folder: Path | None, level: str, is_full: Callable[[], bool] = lambda: False
) -> logging.Handler:
    """Log to the screen, and to a file that is rotated, each at its own pace. The file rests while
    the disk `is_full`: what room there is then is for the books.
    """
    logger = logging.getLogger("server")
    logger.setLevel(level.upper())
    logger.propagate = False
    screen = Writer("log to screen", to(sys.stderr))
    writers = [screen]
    if folder:
        folder.mkdir(exist_ok=True)
        path = folder / "server.log"
        file = LogFile(path, is_full)

        def on_trouble(trouble: OSError | None) -> None:
            """To the screen only while the file takes nothing, at whatever level it is written."""
            if trouble:
                screen.put(_note(f"! the log is not written: {path}: {trouble.strerror}"))
            for writer in () if trouble else writers:
                writer.put(_note("= the log is written again"))

        writers.append(Writer("log to file", file.write, file.close, on_trouble=on_trouble))
    handler = _ToWriters(writers)
    logger.addHandler(handler)
    return handler


def _note(words: str) -> _Entry:
    """A line of the log about the log."""
    return _Entry(logging.makeLogRecord({"msg": words}))
