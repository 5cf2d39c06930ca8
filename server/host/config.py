"""What the host may choose: the command line, a TOML file, and the defaults."""

import argparse
import getpass
import os
import tomllib
import warnings
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from protocol import passwords
from protocol.house.fields import Chips
from protocol.text import UnfitTextError, fit_name
from server.games import GAMES
from server.host.fill import ConfigError, fill
from server.host.sections import Section, sections_of, sections_of_words, verify
from server.limits import Limits
from server.tables.hall import FIRST

DEFAULT_PORT = 1234
HOUR = 3600
MOST = {"silent_seconds": HOUR, "read_bytes": 1 << 20, "send_buffer": 1 << 30}
"""Limits that the system takes only so far."""
MOST_OF_ALL = 10**9
"""What no other number may be over: a figure of it has room in every field, in milliseconds too."""
FILE_BYTES = 16 * 1024
"""Of settings three times the example. What takes a thousand dots in one name takes minutes to
read."""


class Least(NamedTuple):
    """The least that a limit may be, and what would come of less."""

    value: float
    otherwise: str = ""

    def __str__(self) -> str:
        return f"{self.value}: {self.otherwise}" if self.otherwise else f"{self.value}"


ALONE = Least(2, "no second person could come in")
LEAST = {
    "sessions": ALONE,
    "sessions_here": ALONE,
    "request_burst": Least(2, "nobody would be heard"),
    "requests_a_second": Least(0.1, "who asked too much would wait for ever"),
    "guesses_forgotten_seconds": Least(1, "no wrong guess would be remembered"),
    "written_burst": Least(2_000, "a bet on all spots would never be taken"),
    "written_a_second": Least(1, "who changed his bets too fast would wait for ever"),
    "talk_burst": Least(2, "nobody could say a thing"),
    "talk_a_second": Least(0.01, "who said something would wait for ever"),
    "talk_deliveries_a_second": Least(1, "the table would be silent for ever"),
    "broadcasts_a_second": Least(0.1, "nobody would be told of bets"),
    "change_deliveries_a_second": Least(1, "nobody would be told of bets"),
}
LEAST_COUNT, LEAST_MEASURE = Least(1), Least(0.01)
"""Of all others: of what is counted, and of seconds."""
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that a start needs to know."""

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    data: Path = Path("croupier-data")
    name: str = "Roulette"
    croupier_password: str = ""
    """Empty where nobody set it: then one is made up."""
    table_password: str = ""
    chips_shown: bool = True
    stack: Chips = 500
    """The chips that a new player is given, and one who has nothing left."""
    log_level: str = "info"
    tables: tuple[Section, ...] = (Section(),)
    limits: Limits = field(default_factory=Limits)
    audit: bool = False
    export: tuple[int, int] | None = None
    """The table and the round."""
    console: bool = True
    until_eof: bool = False


def _round(words: str) -> tuple[int, int]:
    """`12`: of the first table; `2:12`."""
    table, _, number = words.rpartition(":")
    try:
        return int(table) if table else FIRST, int(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is not like 12, or 2:12") from None


def _presets() -> str:
    return ", ".join(f"{kind}:{word}" for kind, game in GAMES.items() for word in game.presets)


class Parser(argparse.ArgumentParser):
    """Whose complaints are one plain line."""

    def error(self, message: str) -> NoReturn:
        raise ConfigError(f"{message} (--help lists the options)")


def parser() -> Parser:
    """The command line. What is not given here comes from the file, and then from the defaults."""
    limits = Limits()
    parse = Parser(
        prog="python run.py server",
        description="Run a house of tables.",
        epilog="docs/host.md tells how to run a night. "
        "docs/croupier.toml.example shows every setting.",
    )
    add = parse.add_argument
    add("--config", type=Path, metavar="FILE", help="read settings from this TOML file")
    add("--host", help="address to listen on (127.0.0.1: this machine only; 0.0.0.0: the network)")
    add("--port", type=int, help=f"port to listen on ({DEFAULT_PORT}; 0 picks a free one)")
    add("--data", type=Path, metavar="DIR", help="folder of the books (croupier-data)")
    add("--name", help="the name of the house, and of a table without one (Roulette)")
    add(
        "--tables",
        metavar="KIND[:PRESET],...",
        help=f"which tables (roulette); presets: {_presets()}",
    )
    passwords.add_options(parse, "croupier", "the croupier's; else one is made up, kept and shown")
    passwords.add_options(parse, "table", "everybody is asked for it (nobody)")
    add("--stack", type=int, help=f"chips of a new player ({Config().stack})")
    add("--auto", type=int, metavar="SECONDS", help="the table runs itself, bets open for so long")
    add("--min-players", type=int, help="players who must have bet (1)")
    add("--ack-timeout", type=float, help=f"to confirm classic results ({limits.ack_timeout:.0f})")
    add("--log-level", choices=LEVELS, help="how much is logged (info)")
    add("--audit", action="store_true", help="check the books, print the totals, and exit")
    add(
        "--export",
        type=_round,
        metavar="[TABLE:]ROUND",
        help="print what it takes to verify a round, and exit",
    )
    add("--no-console", action="store_true", help="do not read commands from the terminal")
    add(
        "--until-eof",
        action="store_true",
        help="close when the commands end: for a program that starts this one",
    )
    return parse


def read(arguments: list[str] | None = None) -> Config:
    """The settings of this start, or a `ConfigError`."""
    given = vars(parser().parse_args(arguments))
    path = given.pop("config")
    config: Config = _from_file(path) if path else Config()
    tables = sections_of_words(given["tables"]) if given["tables"] else config.tables
    tables = _change_rules(tables, given, auto="auto_seconds", min_players="min_players")
    limits = _change(config.limits, given, ack_timeout="ack_timeout")
    config = _change(
        replace(
            config,
            tables=tables,
            limits=limits,
            console=not given["no_console"],
        ),
        given,
        **{
            name: name
            for name in (
                "host",
                "port",
                "data",
                "name",
                "stack",
                "log_level",
                "audit",
                "export",
                "until_eof",
            )
        },
    )
    config = replace(
        config,
        croupier_password=_password("croupier", given, config.croupier_password),
        table_password=_password("table", given, config.table_password),
    )
    _check(config)
    return config


def _password(whose: str, given: dict[str, Any], kept: str) -> str:
    try:
        return passwords.chosen(whose, given, kept, environment=os.environ, read=_text, ask=_ask)
    except passwords.PasswordError as error:
        raise ConfigError(str(error)) from None


def _text(path: str) -> str:
    try:
        return _content(Path(path), "password").decode()
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: this is no text in UTF-8") from None


def _content(path: Path, kind: str) -> bytes:
    """Of a file that has an end, and so soon that it is one."""
    try:
        if path.is_fifo() and not path.is_symlink():  # (What a shell hands over is a link to one.)
            raise ConfigError(f"{path}: a pipe, whose other end may never come: give a file")
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    if len(content) > FILE_BYTES:
        raise ConfigError(f"{path}: more than {FILE_BYTES >> 10} KB are no {kind}")
    return content


def _ask(question: str) -> str:
    with warnings.catch_warnings():
        # Where it cannot be typed unseen, it is not asked for.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(question)
        except (getpass.GetPassWarning, EOFError):
            raise ConfigError("there is no terminal to ask for a password") from None


def _change(target: Any, given: dict[str, Any], **names: str) -> Any:
    chosen = {names[key]: value for key, value in given.items() if key in names}
    return replace(target, **{name: value for name, value in chosen.items() if value is not None})


def _change_rules(
    tables: tuple[Section, ...], given: dict[str, Any], **names: str
) -> tuple[Section, ...]:
    """Of every table whose game has such a setting."""
    for option, name in names.items():
        if given[option] is not None:
            have = [each for each in tables if name in each.rules.__dataclass_fields__]
            if not have:
                raise ConfigError(f"no table has a setting {name}")
            tables = tuple(
                replace(each, rules=replace(each.rules, **{name: given[option]}))
                if each in have
                else each
                for each in tables
            )
    return tables


def _from_file(path: Path) -> Config:
    try:
        return _settings(tomllib.loads(_content(path, "settings").decode()), path)
    except ValueError as error:  # (It is not TOML, or not even UTF-8.)
        raise ConfigError(f"{path}: {error}") from None
    except RecursionError:
        raise ConfigError(f"{path}: there are too many brackets in brackets") from None


def _settings(document: dict[str, Any], path: Path) -> Config:
    tables, limits = document.pop("table", None), document.pop("limits", {})
    config = fill(Config(), document, str(path), never=_NOT_IN_FILE)
    return replace(
        config,
        tables=sections_of(tables, str(path)) if tables is not None else config.tables,
        limits=fill(config.limits, limits, str(path)),
    )


_NOT_IN_FILE = frozenset(("audit", "export", "console", "until_eof", "tables"))


def least(limit: str) -> Least:
    """Of this limit."""
    is_count = type(getattr(Limits(), limit)) is int
    return LEAST.get(limit, LEAST_COUNT if is_count else LEAST_MEASURE)


def _check(config: Config) -> None:
    limits = config.limits
    wrong = [
        (not 0 <= config.port <= 65535, f"port {config.port} is not between 0 and 65535"),
        (config.stack <= 0, f"a stack of {config.stack} chips is nothing to play with"),
        (config.stack > 2**48, f"a stack of {config.stack} chips is more than the house has"),
        *(
            (
                not getattr(limits, each.name) >= least(each.name).value,  # It may be no number.
                f"{each.name} must not be under {least(each.name)}",
            )
            for each in fields(limits)
        ),
        *(
            (
                getattr(limits, each.name) > (most := MOST.get(each.name, MOST_OF_ALL)),
                f"{each.name} must not be over {most}",
            )
            for each in fields(limits)
        ),
        (
            limits.silent_seconds <= limits.ping_seconds,
            "silent_seconds must be over ping_seconds: nobody could answer a ping in time",
        ),
        (not _may_be_a_host(config.host), "host is no name of a machine"),
        ("\0" in str(config.data), "data is no path"),
        (config.log_level not in LEVELS, f"log_level is one of {', '.join(LEVELS)}"),
        (config.until_eof and not config.console, "--until-eof reads what --no-console does not"),
    ]
    for is_wrong, words in wrong:
        if is_wrong:
            raise ConfigError(words)
    verify(config.tables)
    try:
        fit_name(config.name)
        for password in (config.croupier_password, config.table_password):
            password.encode()
    except UnfitTextError as error:
        raise ConfigError(f"the house's name: {error}") from None
    except UnicodeEncodeError:
        raise ConfigError("a password is not written as UTF-8") from None


def _may_be_a_host(name: str) -> bool:
    """Whether the system can be asked for it: a byte of the command line may be no letter."""
    try:
        return b"\0" not in name.encode()
    except UnicodeEncodeError:
        return False
