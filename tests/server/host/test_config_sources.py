"""Where what the host chooses comes from: the command line, a file, the environment, a question."""

import getpass
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from protocol.games.roulette.rules import Group
from protocol.passwords import VARIABLES
from server.games.roulette.settings import Rules, Stakes
from server.host import config
from server.host.config import Config
from server.host.fill import ConfigError
from server.host.sections import Section
from server.limits import Limits
from tests.server.host.settings import from_file, refused


def test_the_croupiers_password_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLES["croupier"], "from outside")
    assert config.read([]).croupier_password == "from outside"
    assert config.read(["--croupier-password", "given"]).croupier_password == "given"
    monkeypatch.delenv(VARIABLES["croupier"])
    assert not config.read([]).croupier_password


def test_both_passwords_may_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "his").write_text("geheim\nand more\n", "utf-8")
    (tmp_path / "ours").write_text("oak\r\n", "utf-8")
    given = ["--croupier-password-file", str(tmp_path / "his")]
    given += ["--table-password-file", str(tmp_path / "ours")]
    chosen = config.read(given)
    assert (chosen.croupier_password, chosen.table_password) == ("geheim", "oak")
    said = refused("--table-password-file", str(tmp_path / "nowhere"))
    assert said == f"{tmp_path / 'nowhere'}: No such file or directory"
    (tmp_path / "ours").write_bytes(b"\xff")
    said = refused("--table-password-file", str(tmp_path / "ours"))
    assert said == f"{tmp_path / 'ours'}: this is no text in UTF-8"
    assert "two passwords: which one?" in refused("--croupier-password", "x", *given)


def test_who_sets_nothing_has_the_defaults() -> None:
    assert config.read([]) == Config()
    assert Config().port == 1234
    assert Config().host == "127.0.0.1"  # Nobody is let in from outside unless the host says so.
    assert (Config().chips_shown, Config().console, Config().until_eof) == (True, True, False)
    assert (Config().audit, Config().export, Config().croupier_password) == (False, None, "")


def one_table(**rules: Any) -> Config:
    return Config(tables=(Section(rules=Rules(**rules)),))


GIVEN: list[tuple[str, Config]] = [
    ("--host 0.0.0.0", Config(host="0.0.0.0")),
    ("--port 0", Config(port=0)),
    ("--data books", Config(data=Path("books"))),
    ("--name Salon", Config(name="Salon")),
    ("--croupier-password a", Config(croupier_password="a")),
    ("--table-password b", Config(table_password="b")),
    ("--stack 7", Config(stack=7)),
    ("--auto 30", one_table(auto_seconds=30)),
    ("--min-players 2", one_table(min_players=2)),
    ("--ack-timeout 2.5", Config(limits=Limits(ack_timeout=2.5))),
    ("--log-level debug", Config(log_level="debug")),
    ("--audit", Config(audit=True)),
    ("--export 2:3", Config(export=(2, 3))),
    ("--export 3", Config(export=(1, 3))),
    ("--no-console", Config(console=False)),
    ("--until-eof", Config(until_eof=True)),
]


@pytest.mark.parametrize(("options", "wanted"), GIVEN)
def test_each_option_sets_one_thing(options: str, wanted: Config) -> None:
    assert config.read(options.split()) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("host = '0.0.0.0'", Config(host="0.0.0.0")),
        ("port = 7", Config(port=7)),
        ("data = 'books'", Config(data=Path("books"))),
        ("name = 'Salon'", Config(name="Salon")),
        ("croupier_password = 'a'", Config(croupier_password="a")),
        ("table_password = 'b'", Config(table_password="b")),
        ("chips_shown = false", Config(chips_shown=False)),
        ("log_level = 'debug'", Config(log_level="debug")),
        ("stack = 7", Config(stack=7)),
        ("[limits]\nslow_seconds = 3", Config(limits=Limits(slow_seconds=3.0))),
        (
            "[table.plaque]\nline = [2, 9]",
            Config(
                tables=(Section(rules=Rules(plaque=Rules().plaque | {Group.LINE: Stakes(2, 9)})),)
            ),
        ),
    ],
)
def test_each_setting_of_the_file_sets_one_thing(tmp_path: Path, text: str, wanted: Config) -> None:
    chosen = config.read(from_file(tmp_path, text))
    assert chosen == wanted
    assert type(chosen.limits.slow_seconds) is float


def test_the_command_line_goes_before_the_file_and_leaves_the_rest_of_it(tmp_path: Path) -> None:
    text = "name = 'Salon'\nport = 7\nstack = 700\n[[table]]\nauto_seconds = 30\n"
    chosen = config.read(from_file(tmp_path, text, "--auto", "45", "--port", "0"))
    assert chosen == Config(
        name="Salon", port=0, stack=700, tables=(Section(rules=Rules(auto_seconds=45)),)
    )


@pytest.mark.parametrize("name", ["audit", "export", "console", "until_eof", "plaque", "nonsense"])
def test_what_belongs_to_one_start_is_no_setting(tmp_path: Path, name: str) -> None:
    said = refused(*from_file(tmp_path, f"{name} = true"))
    assert said == f"{tmp_path / 'croupier.toml'}: there is no setting '{name}'"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = '7'", "port is '7', and wants a whole number"),
        ("port = true", "port is True, and wants a whole number"),
        ("port = 7.0", "port is 7.0, and wants a whole number"),
        ("chips_shown = 1", "chips_shown is 1, and wants true or false"),
        ("name = 5", "name is 5, and wants words in quotes"),
        ("[limits]\nslow_seconds = '3'", "slow_seconds is '3', and wants a number"),
        ("[[table]]\nplaque = 5", "plaque is a table of limits"),
        ("[table.plaque]\nround = [1, 5]", "plaque: round = [1, 5] is not like: straight ="),
        ("[table.plaque]\nline = [1, 5, 6]", "plaque: line = [1, 5, 6] is not like: straight ="),
        ("[table.plaque]\nline = [1.0, 5]", "plaque: line = [1.0, 5] is not like: straight ="),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_is_wanted(
    tmp_path: Path, text: str, words: str
) -> None:
    said = refused(*from_file(tmp_path, text))
    assert said.startswith(f"{tmp_path / 'croupier.toml'}: {words}")


def test_a_password_may_be_asked_for_where_it_is_typed_unseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def unseen(question: str) -> str:
        asked.append(question)
        return "oak"

    monkeypatch.setattr(getpass, "getpass", unseen)
    assert config.read(["--table-password", "-"]) == Config(table_password="oak")
    assert asked == ["The table's password: "]

    def seen(_: str) -> str:
        warnings.warn("it may be echoed", getpass.GetPassWarning, stacklevel=2)
        return "oak"

    def at_an_end(_: str) -> str:
        raise EOFError

    for way in (seen, at_an_end):
        monkeypatch.setattr(getpass, "getpass", way)
        said = refused("--table-password", "-")
        assert said == "there is no terminal to ask for a password"


def test_the_help_tells_of_every_option_and_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    shown, *options = config.parser().format_help().split("\n  --")
    *_, last = options
    options[-1], _, end = last.partition("\n\n")
    told = dict(re.split(r"\s{2,}", f"--{each}", maxsplit=1) for each in options)
    for names, default in {
        "--config FILE": "TOML",
        "--host HOST": "127.0.0.1: this machine only",
        "--port PORT": "(1234; 0 picks a free one)",
        "--data DIR": "(croupier-data)",
        "--name NAME": "(Roulette)",
        "--tables KIND[:PRESET],...": "roulette:high",
        "--croupier-password WORDS": "else one is made up, kept and shown",
        "--table-password WORDS": "everybody is asked for it (nobody)",
        "--stack STACK": f"({Config().stack})",
        "--auto SECONDS": "the table runs itself",
        "--min-players MIN_PLAYERS": f"({Rules().min_players})",
        "--ack-timeout ACK_TIMEOUT": "(30)",
        "--log-level {debug,info,warning,error}": "(info)",
        "--audit": "check the books",
        "--export [TABLE:]ROUND": "verify a round",
        "--no-console": "do not read commands",
        "--until-eof": "close when the commands end",
    }.items():
        assert default in told[names]
    assert all(about.strip() for about in told.values())
    assert shown.startswith("usage: python run.py server [-h]")
    assert "\nRun a house of tables.\n" in shown
    assert end.startswith("docs/host.md tells how to run a night. docs/croupier.toml.example")


@pytest.mark.parametrize("words", ["x", "x:1", "1:", "1:2:3"])
def test_a_round_that_is_none_is_said_in_words(words: str) -> None:
    with pytest.raises(ConfigError, match=f"--export.*: '{words}' is not like 12, or 2:12"):
        config.read(["--export", words])
