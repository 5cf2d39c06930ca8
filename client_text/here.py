"""What the terminal takes from the computer it runs on: words, time, streams."""

import time
from pathlib import Path
from typing import TextIO

from client.wording import parsed
from client_text.speech import Speech


def speech_in(language: str) -> Speech:
    file = Path(__file__).with_name(f"{language}.toml")
    return Speech(language, parsed(file.read_text("utf-8")))


def local_time(milliseconds: int) -> str:
    """`21:05`; a moment that this computer cannot name is not worth a crash."""
    try:
        return time.strftime("%H:%M", time.localtime(milliseconds / 1000))
    except (OverflowError, OSError, ValueError):
        return "--:--"


def as_utf8(stream: TextIO) -> TextIO:
    """The stream as scripts expect it, whatever the system thinks of itself."""
    if not stream.isatty() and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
