"""What the terminal takes from the computer it runs on: words, streams."""

from pathlib import Path
from typing import TextIO

from client.wording import Entry, parsed
from client_text.speech import Speech


def speech_in(language: str) -> Speech:
    """With the words of every game."""
    messages: dict[str, Entry] = {}
    for file in sorted(Path(__file__).parent.rglob(f"{language}.toml")):
        messages |= parsed(file.read_text("utf-8"))
    return Speech(language, messages)


def as_utf8(stream: TextIO) -> TextIO:
    """The stream as scripts expect it, whatever the system thinks of itself."""
    if not stream.isatty() and hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream
