"""Who may import whom, and what the pure modules may not touch. Every rule is a line of a table."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple, TypeAlias

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
    "torture": {
        *("server", "client", "client_gui", "client_text", "protocol", "mutation", "tests"),
        "pygame",
    },
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
        "fair": "",
        "games/roulette": "limits.py kinds.py layout.py wire.py house fair",
        "games/blackjack": "fair",
        "games/bingo": "fair",
        "games": "house fair games/roulette games/blackjack games/bingo",
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
        "draw": "refusal.py books",
        "tables": "limits.py books draw people talk",
        "games/roulette": "limits.py refusal.py books draw people tables",
        "games": "limits.py refusal.py books draw people tables games/roulette",
        "net": "limits.py log people sayings.py",
        "house.py": "limits.py sayings.py books draw people talk tables",
        "requests": "refusal.py books draw people talk tables house.py",
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
        "games/form": (
            "house house/reduce.py sitting.py games/game.py games/drawn.py games/form/state.py"
        ),
        "fair": "",
        "games/drawn.py": "house sitting.py fair",
        "games/roulette/fair": "fair",
        "games/roulette/night": "house means.py wording.py games/roulette/state.py",
        "games/roulette": (
            "house house/reduce.py talk means.py pages.py requests.py sitting.py games/game.py"
            " games/drawn.py games/roulette/state.py games/roulette/night"
        ),
        "games": "games/game.py games/roulette games/form",
    },
    "client_text": {
        "lines.py": "",
        "speech.py": "",
        "vocabulary.py": "",
        "intents.py": "",
        "reading.py": "vocabulary.py",
        "commands.py": "vocabulary.py intents.py reading.py",
        "orders.py": "intents.py",
        "telling.py": "lines.py speech.py reading.py orders.py",
        "lists.py": "lines.py speech.py intents.py telling.py",
        "verdicts.py": "lines.py speech.py telling.py",
        "games/game.py": (
            "lines.py speech.py vocabulary.py intents.py reading.py commands.py telling.py lists.py"
        ),
        "games/roulette": (
            "lines.py speech.py vocabulary.py intents.py reading.py commands.py orders.py"
            " telling.py lists.py verdicts.py games/game.py"
        ),
        "games/form": (
            "lines.py speech.py vocabulary.py intents.py orders.py telling.py lists.py"
            " verdicts.py games/game.py"
        ),
        "games": "games/game.py games/roulette games/form",
    },
    "bots": {
        "games/game.py": "",
        "games/roulette": "games/game.py",
        "games": "games/game.py games/roulette",
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

KNOW_NO_GAME: Mapping[str, set[str]] = {
    "client": {"client/classic.py"},
    "client_text": set(),
    "bots": set(),
    "client_gui": set(),
}
"""Layers that know games only as rows of the table in their `games/__init__.py`; of each the files
that know one all the same. The assignment's protocol is one of a roulette."""

NOUNS: Mapping[str, set[str]] = {
    "roulette": {"roulette", "spin", "pocket", "felt", "racetrack"},
    "form": {"form"},
}
"""The folders of games, and what only speaks of one: there it is not even named."""

OF_A_GAME = re.compile(r"\w+\.(?:games|house)\.(?!game\b)(\w+)")
"""The protocol has the messages of the form where those of the house are."""

SCRIPTS = {command.script for command in COMMANDS.values()}
"""What people start. Each may import `run`, which says so where the Python is too old."""

PURE = (
    "protocol/*.py",
    *(
        "server/games/*.py",
        "server/games/roulette/*.py",
        "server/books/books.py",
        "server/handlers.py",
    ),
    *("server/talk/*.py", "server/people/*.py", "server/tables/*.py"),
    *("client/reduce.py", "client/fair/*.py", "client/talk/commands.py"),
    *("client/talk/conversations.py", "client/modern.py", "client/classic.py"),
    *("client/games/form/*.py", "client_text/games/form/*.py", "client_gui/games/form/hand.py"),
    "client_gui/games/form/layout.py",
    *("client/games/roulette/game.py", "client/games/roulette/numbers.py"),
    *("client/games/roulette/requests.py", "client/games/roulette/fair/*.py"),
    *("client/games/roulette/night/recall.py", "client/games/roulette/night/paper.py"),
    *("client/games/roulette/night/sheet.py", "client/games/roulette/night/page.py"),
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
    *("client_text/completion.py", "client_text/questions.py", "client_text/status.py"),
    *("client_text/help.py", "client_text/games/roulette/commands.py"),
    *("client_text/games/roulette/orders.py", "client_text/games/roulette/telling.py"),
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


def games_apart(path: str, house: House) -> Findings:
    layer, _, within = path.partition("/")
    if (
        layer not in KNOW_NO_GAME
        or path in KNOW_NO_GAME[layer]
        or path == f"{layer}/games/__init__.py"
    ):
        return
    inside = next((name for name in NOUNS if within.startswith(f"games/{name}/")), "")
    for use in house.uses[path]:
        found = OF_A_GAME.match(use.name) if use.imported else None
        if found and found[1] in NOUNS.keys() - {inside}:
            yield use.line, f"{layer} may not import {use.name}: it knows no such game here"
    for line, text in enumerate(house.sources[path].splitlines(), 1) if not inside else ():
        for game, nouns in NOUNS.items():
            for noun in sorted(words_of(text) & nouns):
                yield line, f"{layer} knows no game here, and says {noun}: {game}"


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


def words_of(line: str) -> set[str]:
    """Of names and sentences alike, each in the singular."""
    words = (word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", line))
    return {word.removesuffix("s") for word in words}


CHECKS = (relative_imports, foreign_imports, crossings, games_apart, main_imports, impurities)
