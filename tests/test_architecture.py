"""Who may import whom, and what the pure modules may not touch. Every rule is a line of a table."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from run import COMMANDS
from tests.checks import ROOMS

CLONE = Path(__file__).resolve().parents[1]

Sources: TypeAlias = Mapping[str, str]
"""The text of each file, by its path in the clone."""

MAY_IMPORT: Mapping[str, set[str]] = {
    "run.py": set(),
    "protocol": set(),
    "server": {"protocol"},
    "client": {"protocol"},
    "client_gui": {"client", "protocol", "pygame", "font_source_sans_pro", "segno"},
    "client_text": {"client", "protocol", "prompt_toolkit"},
    "bots": {"client", "protocol"},
    "torture": {"server", "client", "client_gui", "protocol", "mutation", "tests", "pygame"},
    "mutation": {"pytest", "coverage"},
}
"""What each may import beside itself and the standard library."""

MAY_IMPORT_ALL = {"tests", "bench", "docs"}

ROOMS_WITHIN: Mapping[str, Mapping[str, str]] = {
    "protocol": {
        "errors.py": "",
        "limits.py": "",
        "kinds.py": "errors.py",
        "layout.py": "errors.py kinds.py",
        "wire.py": "layout.py",
        "house": "limits.py kinds.py layout.py wire.py",
        "games/roulette": "limits.py kinds.py layout.py wire.py house",
        "games": "house games/roulette",
        "messages.py": "wire.py house games",
    },
    "server": {
        "limits.py": "",
        "refusal.py": "",
        "log": "",
        "books": "limits.py refusal.py",
        "people": "limits.py refusal.py books",
        "sayings.py": "people",
        "talk": "limits.py refusal.py",
        "tables": "limits.py books people talk",
        "draw": "books",
        "games/roulette": "limits.py refusal.py books people tables",
        "games": "limits.py refusal.py books people tables games/roulette",
        "net": "limits.py log people sayings.py",
        "house.py": "limits.py sayings.py books people talk tables",
        "requests": "refusal.py books people talk tables house.py",
        "dialects": "refusal.py books people sayings.py tables games/roulette house.py requests",
        "handlers.py": "refusal.py people sayings.py tables house.py net requests dialects",
        "owner.py": "log books people tables house.py net handlers.py",
        "host": "limits.py books people draw tables games house.py requests owner.py",
    },
    "client": {
        "wording.py": "",
        "turn.py": "",
        "requests.py": "",
        "means.py": "",
        "house": "",
        "talk": "house requests.py",
        "house/reduce.py": "house talk",
        "pages.py": "house requests.py",
        "sitting.py": "house means.py requests.py",
        "games/game.py": "house pages.py sitting.py",
        "games/roulette/state.py": "house",
        "games/form/state.py": "house",
        "games/form": "house house/reduce.py sitting.py games/game.py games/form/state.py",
        "fair": "house games/roulette/state.py",
        "games/roulette": (
            "house house/reduce.py fair talk means.py pages.py requests.py sitting.py"
            " games/game.py games/roulette/state.py"
        ),
        "games": "games/game.py games/roulette games/form",
        "night": "house wording.py games/roulette/state.py",
    },
    "client_gui": {
        "kit": "",
        "options.py": "kit",
        "sound": "",
        "shell": "kit",
        "shell/panels": "kit shell",
        "shell/parts": "kit sound shell shell/panels",
        "sound/follow.py": "sound shell shell/parts",
        "door": "kit options.py shell",
        "games/game.py": "shell shell/parts",
        "games/roulette": "kit sound shell",
        "games/roulette/panels": "kit games/roulette shell shell/panels",
        "games/roulette/scene": (
            "kit sound games/game.py games/roulette shell shell/panels shell/parts"
            " games/roulette/panels"
        ),
        "games/form": "kit sound games/game.py shell shell/panels shell/parts",
        "games": "games/game.py games/form games/roulette/panels games/roulette/scene",
    },
}
"""What each room within a layer may import of it, from the ground up: a room is a folder, or a file
that folders import. What is not named here is on top: it may import all, and no room imports it."""

INSIDE = {
    f"{layer}/{room}": {f"{layer}/{each}" for each in may.split()}
    for layer, rooms in ROOMS_WITHIN.items()
    for room, may in rooms.items()
}

SCRIPTS = {command.script for command in COMMANDS.values()}
"""What people start. Each may import `run`, which says so where the Python is too old."""

SPEAK_OF_NO_GAME = ("client_gui/*.py",)
"""What plays any game, and so may neither import nor even name one: a game comes to it through the
table of games."""
SPEAK_OF_GAMES = ("*/games/*", "*/main.py")

NOUNS: Mapping[str, set[str]] = {
    "roulette": {"roulette", "spin", "pocket", "felt", "racetrack"},
    "form": {"form"},
}
"""What else only speaks of one game; its name is among them."""

PURE = (
    "protocol/*.py",
    *(
        "server/games/*.py",
        "server/games/roulette/*.py",
        "server/books/books.py",
        "server/handlers.py",
    ),
    *("server/talk/*.py", "server/people/*.py", "server/tables/*.py"),
    *("client/reduce.py", "client/fair/judge.py", "client/talk/commands.py"),
    *("client/talk/conversations.py", "client/modern.py", "client/classic.py"),
    *("client/night/night.py", "client/night/recall.py", "client/fair/steps.py"),
    *("client/games/form/*.py", "client_text/games/form.py", "client_gui/games/form/hand.py"),
    "client_gui/games/form/layout.py",
    *("client/games/roulette/*.py", "client/night/paper.py", "client/night/sheet.py"),
    "client/night/page.py",
    *("client_gui/games/roulette/record.py", "client_gui/games/roulette/layout.py"),
    *("client_gui/games/roulette/motion.py", "client_gui/kit/theme.py"),
    *("client_gui/games/roulette/view.py", "client_gui/games/roulette/racetrack.py"),
    *("client_gui/games/roulette/deeds.py", "client_gui/shell/intents.py"),
    *("client_gui/games/roulette/whose_chips.py", "client_gui/games/roulette/favourites.py"),
    *("client_gui/games/roulette/walk.py", "client_gui/shell/preferences.py"),
    *("client_gui/games/roulette/rolling.py", "client_gui/games/roulette/heard.py"),
    "client_gui/shell/elsewhere.py",
    *("client_gui/sound/tones.py", "client_gui/sound/cues.py", "client_gui/kit/writing.py"),
    *("client_gui/shell/own_limits.py", "client_gui/shell/invitation.py"),
    "client_gui/games/roulette/panels/tv_layout.py",
    *("client_text/words.py", "client_text/orders.py", "client_text/lists.py"),
    *("client_text/completion.py", "client_text/questions.py"),
    *("mutation/mutant.py", "mutation/expressions.py", "mutation/statements.py"),
    *("mutation/names.py", "mutation/left_out.py", "mutation/source.py"),
)
"""Values in, values out; what they import of ours has to be pure as well."""

IMPURE = {
    "a clock": {"time", "datetime", "sched"},
    "dice": {"random", "secrets", "uuid"},
    "threads": {"threading", "_thread", "queue", "concurrent", "multiprocessing", "asyncio"},
    "the network": {"socket", "socketserver", "ssl", "select", "selectors", "urllib", "http"},
    "a log": {"logging", "warnings", "syslog"},
    "the system": {"os", "sys", "io", "signal", "subprocess", "shutil", "tempfile", "platform"},
    "files": {"pathlib", "glob", "sqlite3", "dbm", "shelve", "mmap", "open"},
    "a screen": {"pygame", "tkinter", "curses", "print", "input"},
    "hidden imports": {"importlib", "runpy", "pkgutil", "exec", "eval", "__import__"},
}
"""What a pure module may neither import nor call, by what it would get hold of."""

COMMAND_LINES = {"protocol/verify.py": {"sys", "pathlib", "open", "print"}}
"""Scripts among the pure modules, and what a command line cannot do without."""

ENTRANCES = (
    "run.py",
    "*/main.py",
    *SCRIPTS,
    "protocol/*.py",
    "bench/*.py",
    "tests/*test_*.py",
    "tests/*conftest.py",
    "*/__init__.py",
)
"""What people, pytest and other projects start or import; every other module hangs on one of these,
or is a script."""


RELATIVE = "."
"""What an import uses that does not say from where the clone is; it is named for that alone."""


class Use(NamedTuple):
    """An import, or a call of a plain name."""

    line: int
    name: str
    imported: bool = True


class House:
    """All files of a clone, read and understood once."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.uses = {path: [*self._uses(ast.parse(text, path))] for path, text in sources.items()}
        self.pure = self.reach(PURE) - {"run.py"}

    def file_of(self, module: str) -> str | None:
        """The file of one of our modules; None for somebody else's."""
        base = module.replace(".", "/")
        files = (f"{base}.py", f"{base}/__init__.py")
        return next((path for path in files if path in self.sources), None)

    def reach(self, patterns: Sequence[str], mark: str = "") -> set[str]:
        """The files that fit a pattern or hold the mark, and all that these import."""
        reached = {path for path in self.sources if any(fnmatch(path, like) for like in patterns)}
        reached |= {path for path, text in self.sources.items() if mark and mark in text}
        ahead = list(reached)
        while ahead:
            imports = (use.name for use in self.uses[ahead.pop()] if use.imported)
            new = {file for name in imports if (file := self.file_of(name))} - reached
            reached |= new
            ahead += new
        return reached

    def _uses(self, tree: ast.Module) -> Iterator[Use]:
        for node in ast.walk(tree):
            match node:
                case ast.Import(names=names):
                    yield from (Use(node.lineno, alias.name) for alias in names)
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    for alias in names:
                        inner = f"{module}.{alias.name}"
                        yield Use(node.lineno, inner if self.file_of(inner) else module)
                case ast.ImportFrom():
                    yield Use(node.lineno, RELATIVE)
                case ast.Call(func=ast.Name(id=name)):
                    yield Use(node.lineno, name, imported=False)


def read_clone() -> Sources:
    files = [
        *CLONE.glob("*.py"),
        *(file for room in ROOMS for file in (CLONE / room).rglob("*.py")),
    ]
    return {file.relative_to(CLONE).as_posix(): file.read_text("utf-8") for file in files}


def violations(sources: Sources) -> list[str]:
    house = House(sources)
    return [
        f"{path}:{line}: {words}"
        for path in sources
        for check in CHECKS
        for line, words in check(path, house)
    ] + [
        f"{path}: nothing leads here"
        for path in sorted(sources.keys() - house.reach(ENTRANCES, mark="__main__"))
    ]


Findings: TypeAlias = Iterator[tuple[int, str]]


def relative_imports(path: str, house: House) -> Findings:
    for use in house.uses[path]:
        if use.name == RELATIVE:
            yield use.line, "imports are absolute"


def foreign_imports(path: str, house: House) -> Findings:
    room = path.split("/")[0]
    if room in MAY_IMPORT_ALL:
        return
    if room not in MAY_IMPORT:
        yield 1, f"{room} is no room of the house"
        return
    may = {RELATIVE, room.removesuffix(".py")} | MAY_IMPORT[room] | sys.stdlib_module_names
    may |= {"run"} if path in SCRIPTS else set()
    for use in house.uses[path]:
        top = use.name.split(".")[0] or RELATIVE
        if use.imported and top not in may:
            yield use.line, f"{room} may not import {top}"


def words_of(line: str) -> set[str]:
    """Of names and sentences alike, each in the singular."""
    words = (word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", line))
    return {word.removesuffix("s") for word in words}


def games_spoken_of(path: str, house: House) -> Findings:
    known = any(fnmatch(path, like) for like in SPEAK_OF_GAMES)
    if known or not any(fnmatch(path, like) for like in SPEAK_OF_NO_GAME):
        return
    for line, text in enumerate(house.sources[path].splitlines(), 1):
        for game, nouns in NOUNS.items():
            for noun in sorted(words_of(text) & nouns):
                yield line, f"it knows no game, and says {noun}: {game}"


def room_of(path: str) -> str:
    """The room of a file within its layer; "" for what is on top of it."""
    return max((room for room in INSIDE if f"{path}/".startswith(f"{room}/")), key=len, default="")


def crossings(path: str, house: House) -> Findings:
    here = room_of(path)
    for use in house.uses[path] if here else ():
        file = house.file_of(use.name)
        if use.imported and file and file.split("/")[0] == path.split("/")[0]:
            there = room_of(file)
            if there not in {here, *INSIDE[here]}:
                yield use.line, f"{here} may not import {there or file}"


def main_imports(path: str, house: House) -> Findings:
    for use in house.uses[path]:
        if use.imported and fnmatch(house.file_of(use.name) or "", "*/main.py"):
            yield use.line, f"nobody imports {use.name}: it is only wiring"


def impurities(path: str, house: House) -> Findings:
    for use in house.uses[path] if path in house.pure else ():
        top = use.name.split(".")[0]
        for what, names in IMPURE.items():
            if top in names - COMMAND_LINES.get(path, set()):
                yield use.line, f"a pure module touches {what}: {top}"


CHECKS = (relative_imports, foreign_imports, crossings, games_spoken_of, main_imports, impurities)


# --- the tests ------------------------------------------------------------------------------------


def test_the_house_keeps_its_rules() -> None:
    assert violations(read_clone()) == []


def test_the_house_is_read_in_full() -> None:
    sources = read_clone()
    assert {
        "run.py",
        "protocol/games/roulette/rules.py",
        "tests/test_architecture.py",
    } <= sources.keys()
    assert {*MAY_IMPORT, *MAY_IMPORT_ALL} == {*ROOMS, "run.py"}
    assert {room_of(path) for path in sources} - {""} == INSIDE.keys()
    folders = {path.rpartition("/")[0] for path in sources if not path.endswith("__init__.py")}
    assert {each for each in folders if each.split("/")[0] in ROOMS_WITHIN} <= {
        *ROOMS_WITHIN,
        *INSIDE,
    }


def test_no_rooms_import_each_other_in_a_circle() -> None:
    TopologicalSorter(INSIDE).prepare()


def test_every_game_has_nouns_that_others_do_not_say() -> None:
    folders = {path.split("/")[2] for path in read_clone() if fnmatch(path, "client_gui/games/*/*")}
    assert NOUNS.keys() == folders
    assert all(game in nouns for game, nouns in NOUNS.items())


HOUSE = {
    "run.py": "import json, os",
    "protocol/__init__.py": "",
    "protocol/wire.py": "import struct\nfrom protocol.layout import Value",
    "protocol/layout.py": "",
    "protocol/games/roulette/rules.py": "from enum import IntEnum\nimport protocol.wire",
    "protocol/verify.py": "import sys, argparse, run\nprint(open(sys.argv[1]))",
    "server/main.py": "import os, run, server.books.ledger\nimport server.games.roulette.table",
    "server/games/roulette/table.py": (
        "from protocol.wire import Frame\nfrom server.games.roulette import rules"
    ),
    "server/games/roulette/rules.py": "import protocol.games.roulette.rules",
    "server/books/ledger.py": "import sqlite3",
    "server/seen.py": "if __name__ == '__main__':\n pass",
    "client_gui/main.py": "import pygame, font_source_sans_pro\nfrom client.link import Link",
    "client/link.py": "import socket, threading",
    "tests/test_all.py": "import pytest, run, tests.tools\nfrom server.games.roulette import table",
    "tests/tools.py": "",
    "bench/wire.py": "import client_gui.games.roulette.layout",
    "client_gui/games/roulette/layout.py": "import math\nimport client_gui.kit.theme",
    "client_gui/kit/theme.py": "",
}


def test_a_house_in_order_passes() -> None:
    assert violations(HOUSE) == []


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (
            "protocol/wire.py",
            "import server.games.roulette.table",
            "protocol may not import server",
        ),
        ("protocol/wire.py", "import pygame", "protocol may not import pygame"),
        ("server/books/ledger.py", "from client.link import Link", "server may not import client"),
        ("server/books/ledger.py", "import client_gui", "server may not import client_gui"),
        ("server/books/ledger.py", "def f():\n import pygame", "server may not import pygame"),
        ("server/books/ledger.py", "from tests import tools", "server may not import tests"),
        ("server/books/ledger.py", "import run", "server may not import run"),
        (
            "client/link.py",
            "import server.games.roulette.table as t",
            "client may not import server",
        ),
        (
            "client/link.py",
            "import client_gui.games.roulette.layout",
            "client may not import client_gui",
        ),
        (
            "client_gui/main.py",
            "import server.games.roulette.table",
            "client_gui may not import server",
        ),
        ("client_gui/main.py", "import numpy", "client_gui may not import numpy"),
        ("client_text/main.py", "import pygame", "client_text may not import pygame"),
        ("run.py", "import protocol.wire", "run.py may not import protocol"),
        ("run.py", "import pip", "run.py may not import pip"),
        ("setup.py", "", "setup.py is no room of the house"),
        ("tests/test_all.py", "import server.main", "nobody imports server.main"),
        ("tests/test_all.py", "from server import main", "nobody imports server.main"),
        ("server/books/ledger.py", "from server.main import x", "nobody imports server.main"),
        ("server/books/ledger.py", "from . import rules", "imports are absolute"),
        ("client/link.py", "from .model import x", "imports are absolute"),
        ("protocol/wire.py", "import socket", "touches the network: socket"),
        ("protocol/wire.py", "from time import monotonic", "touches a clock: time"),
        ("protocol/wire.py", "def f():\n open('x')", "touches files: open"),
        ("protocol/wire.py", "print(1)", "touches a screen: print"),
        ("protocol/wire.py", "__import__('os')", "touches hidden imports: __import__"),
        ("protocol/verify.py", "import time", "touches a clock: time"),
        ("server/games/roulette/table.py", "import os.path", "touches the system: os"),
        ("server/games/roulette/rules.py", "import random", "touches dice: random"),
        ("client/reduce.py", "import logging", "touches a log: logging"),
        ("client_gui/games/roulette/layout.py", "import pygame", "touches a screen: pygame"),
        ("client_gui/games/roulette/motion.py", "import threading", "touches threads: threading"),
        ("client_gui/kit/theme.py", "import sqlite3", "touches files: sqlite3"),
        ("server/forgotten.py", "", "nothing leads here"),
        (
            "server/books/ledger.py",
            "from server.games.roulette import rules",
            "server/books may not import server/games/roulette",
        ),
        (
            "client_gui/kit/theme.py",
            "import client_gui.games.roulette.layout",
            "client_gui/kit may not import client_gui/games/roulette",
        ),
        (
            "protocol/wire.py",
            "from protocol.games.roulette import rules",
            "protocol/wire.py may not import protocol/games/roulette",
        ),
        (
            "client_gui/kit/theme.py",
            "import protocol.games.roulette.rules",
            "theme.py:1: it knows no game, and says roulette",
        ),
        ("client_gui/kit/theme.py", "\nclass FormScene: ...", "theme.py:2: it knows no game"),
        ("client_gui/kit/theme.py", "'all spins'", "it knows no game, and says spin"),
        ("client_gui/kit/theme.py", "POCKETS = 37", "it knows no game, and says pocket"),
        (
            "server/games/roulette/rules.py",
            "import server.seen, server.books.ledger",
            "server/games/roulette may not import server/seen.py",
        ),
    ],
)
def test_a_broken_rule_is_named(path: str, text: str, words: str) -> None:
    found = violations({**HOUSE, path: text})
    assert any(line.startswith(path) and words in line for line in found), found


def test_what_a_pure_module_imports_has_to_be_pure() -> None:
    text = "from server.games.roulette import rules; from server.books import ledger"
    found = violations({**HOUSE, "server/games/roulette/table.py": text})
    assert found == ["server/books/ledger.py:1: a pure module touches files: sqlite3"]
