"""What the terminal takes from the computer it runs on: language, time, streams."""

import locale
import os
import time
from pathlib import Path
from typing import TextIO

from client_text.speech import Speech
from client_text.vocabulary import LANGUAGES


def speech_in(language: str) -> Speech:
    file = Path(__file__).with_name(f"{language}.toml")
    return Speech(language, file.read_text("utf-8"))


def system_language() -> str:
    """What the system speaks, if it is one of ours."""
    names = (os.environ.get(each) for each in ("LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return next((ours for ours in LANGUAGES if wanted.lower().startswith(ours)), LANGUAGES[0])


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
