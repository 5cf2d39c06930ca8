"""Where a night that is written out goes: a file of its own in the person's documents.

Nothing that is there is ever written over: a second file of the same name gets a number.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from client.games.roulette.night import page, sheet
from client.games.roulette.night.paper import Paper
from client.games.roulette.night.recall import night_of
from client.games.roulette.state import roulette
from client.house.state import HouseState
from client.wording import Paperwork, Wording, parsed
from protocol.games.roulette.rules import Spot

FOLDER = "Croupier"
MOST_OF_A_NAME = 999
WRITERS = {"csv": sheet.sheet, "html": page.page}
"""By the ending of the file."""


@cache
def words(language: str) -> Wording:
    """What a paper says in this language."""
    text = (Path(__file__).parent / f"{language}.toml").read_text("utf-8")
    return Paperwork(language, parsed(text))


def on_paper(state: HouseState, language: str, spot: Callable[[Spot], str]) -> Paper:
    """The night so far, as it is to be written out; `spot` says what a spot is called."""
    game = roulette(state)
    table = game.introduced.name if game.introduced else ""
    return Paper(night_of(state), state.name, table, words(language), spot, when)


def when(at: int) -> str:
    """A moment in milliseconds since 1970, as the clock here shows it."""
    try:
        return datetime.fromtimestamp(at / 1000).strftime("%Y-%m-%d %H:%M:%S") if at else ""
    except (OverflowError, OSError, ValueError):
        return ""  # A table may say anything.


def documents(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where people look for what they saved: their documents, or else their own folder."""
    if chosen := environment.get("CROUPIER_HOME"):
        return Path(chosen) / "nights"
    user = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    named = _named_documents(user, environment) if platform.startswith("linux") else None
    found = named or user / "Documents"
    return (found if found.is_dir() else user) / FOLDER


def _named_documents(user: Path, environment: Mapping[str, str]) -> Path | None:
    """What the desktop calls the documents: the name is of the system's language."""
    settings = Path(environment.get("XDG_CONFIG_HOME") or user / ".config") / "user-dirs.dirs"
    try:
        text = settings.read_text("utf-8")
    except (OSError, ValueError):
        return None
    found = re.search(r'^XDG_DOCUMENTS_DIR="(?:\$HOME/)?([^"]+)"', text, re.MULTILINE)
    return user / found[1] if found else None


def save(paper: Paper, ending: str, folder: Path) -> Path:
    """Write a night out and return where it is; `OSError` where that cannot be."""
    rounds = paper.night.rounds
    day = when(rounds[-1].at)[:10] if rounds else ""
    who = paper.table if paper.night.house else paper.name
    stem = "-".join(part for part in ("croupier", day, _plain(who)) if part)
    return write_new(folder, stem, ending, WRITERS[ending](paper))


def write_new(folder: Path, stem: str, ending: str, text: str) -> Path:
    """A file that was not there before."""
    folder.mkdir(parents=True, exist_ok=True)
    written = text.encode()
    for number in range(1, MOST_OF_A_NAME + 1):
        path = folder / (f"{stem}.{ending}" if number == 1 else f"{stem}-{number}.{ending}")
        try:
            file = path.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                file.write(written)
        except OSError:
            path.unlink()  # Half a night is none.
            raise
        return path
    raise FileExistsError(f"{folder} has {MOST_OF_A_NAME} files of that name")


def _plain(name: str) -> str:
    """As much of a name as any system takes in the name of a file."""
    return re.sub(r"[\W_]+", "-", name)[:40].strip("-").lower()
