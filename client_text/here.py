"""What the terminal takes from the computer it runs on: words, streams."""

from pathlib import Path
from typing import TextIO

from client.wording import parsed
from client_text.speech import Speech


def speech_in(language: str) -> Speech:
    file = Path(__file__).with_name(f"{language}.toml")
    return Speech(language, parsed(file.read_text("utf-8")))


def as_utf8(stream: TextIO) -> TextIO:
    """The stream as scripts expect it, whatever the system thinks of itself."""
    if not stream.isatty() and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
