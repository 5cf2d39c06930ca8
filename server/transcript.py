"""The log: a transcript of the evening that a host can read.

    + player Anna from 192.168.1.7, modern     somebody came
    < player Anna PlaceBets(7, 12, 17:100)     said to the house
    > all BetsChanged(…)                       said by the house
    = round 12 settled 17                      done
    ! …                                        wrong

Never a password, a token, a seed or secret that was not shown to everybody, or what somebody said
to one person alone.
"""

import logging
import logging.handlers
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

from protocol.messages.talk import SaidPrivately, SayPrivately

FILE_BYTES = 4 * 1024 * 1024
FILES_KEPT = 5
SECRET_FIELDS = frozenset(
    ("token", "table_password", "croupier_password", "digest", "secret", "commitment")
)
PRIVATE_FIELDS = {SayPrivately: {"line"}, SaidPrivately: {"line"}}
LONGEST = 300


class Line:
    """A message as a line of the log; put together only if it is written."""

    __slots__ = ("_said",)

    def __init__(self, said: object) -> None:
        self._said = said

    def __str__(self) -> str:
        return line_of(self._said)


def line_of(said: object) -> str:
    """A message in a line, without what is secret or long."""
    if not is_dataclass(said):
        return str(said)
    hidden = SECRET_FIELDS | PRIVATE_FIELDS.get(type(said), set())
    parts = [_value(getattr(said, each.name)) for each in fields(said) if each.name not in hidden]
    line = f"{type(said).__name__}({', '.join(parts)})"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]}…)"


def _value(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()[:8] if len(value) > 8 else repr(value)
    if isinstance(value, tuple | list):
        rows = [_row(row) for row in value[:8]]
        return "[" + ", ".join(rows) + (", …]" if len(value) > 8 else "]")
    return repr(value) if isinstance(value, str) else str(value)


def _row(row: object) -> str:
    if not is_dataclass(row):
        return str(row)
    return ":".join(
        _value(getattr(row, each.name)) for each in fields(row) if each.name not in SECRET_FIELDS
    )


class _Safe(logging.Formatter):
    """One record, one line: what a peer chose cannot forge another."""

    def format(self, record: logging.LogRecord) -> str:
        head = super().format(record)
        first, *rest = head.split("\n")
        shown = "".join(char if char.isprintable() else "�" for char in first)
        return "\n".join([shown, *rest]) if record.exc_info else shown


def start(folder: Path | None, level: str) -> None:
    """Log to the screen, and to a file that is rotated."""
    logger = logging.getLogger("server")
    logger.setLevel(level.upper())
    logger.propagate = False
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if folder:
        folder.mkdir(exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / "server.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8"
            )
        )
    for handler in handlers:
        handler.setFormatter(_Safe("%(asctime)s %(message)s", "%H:%M:%S"))
        logger.addHandler(handler)
    logging.raiseExceptions = False  # A full disk must not stop the table for its log.
