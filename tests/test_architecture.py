"""The rules of who may import whom hold in the clone, and a house that breaks one is found out."""

from graphlib import TopologicalSorter

import pytest

from tests.architecture import (
    CLONE,
    INSIDE,
    KNOW_NO_GAME,
    MAY_IMPORT,
    MAY_IMPORT_ALL,
    NOUNS,
    ROOMS_WITHIN,
    read_clone,
    room_of,
    violations,
)
from tests.checks import ROOMS


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


def test_the_games_that_are_kept_apart_are_all_there_are() -> None:
    """In the layers that know none of them outside of `games`."""
    folders = {
        file.parent.name
        for layer in KNOW_NO_GAME
        for file in (CLONE / layer / "games").glob("*/__init__.py")
    }
    assert folders == NOUNS.keys()
    assert all(game in nouns for game, nouns in NOUNS.items())
    for layer, files in KNOW_NO_GAME.items():
        assert all((CLONE / file).is_file() and file.startswith(f"{layer}/") for file in files)


def test_no_rooms_import_each_other_in_a_circle() -> None:
    TopologicalSorter(INSIDE).prepare()


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
            "client/link.py",
            "from protocol.games.roulette import rules",
            "client may not import protocol.games.roulette.rules",
        ),
        (
            "bots/company.py",
            "from protocol.house.form import Act",
            "bots may not import protocol.house.form",
        ),
        (
            "client_text/games/form/game.py",
            "import client.games.roulette.state",
            "client_text may not import client.games.roulette.state",
        ),
        (
            "bots/games/game.py",
            "import client.games.form.state",
            "bots may not import client.games.form.state",
        ),
        (
            "client_text/games/game.py",
            "# as at a wheel\n# that spins",
            "game.py:2: client_text knows no game",
        ),
        (
            "client_text/visit.py",
            "TO = 'Roulettes'",
            "client_text knows no game here, and says roulette",
        ),
        (
            "protocol/wire.py",
            "from protocol.games.roulette import rules",
            "protocol/wire.py may not import protocol/games/roulette",
        ),
        (
            "client_gui/kit/theme.py",
            "import protocol.games.roulette.rules",
            "theme.py:1: client_gui may not import protocol.games.roulette.rules",
        ),
        (
            "client_gui/kit/theme.py",
            "\nclass FormScene: ...",
            "theme.py:2: client_gui knows no game",
        ),
        ("client_gui/kit/theme.py", "'all spins'", "client_gui knows no game here, and says spin"),
        (
            "client_gui/kit/theme.py",
            "POCKETS = 37",
            "client_gui knows no game here, and says pocket",
        ),
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
