"""What the host may choose: where it comes from, and what is refused in words."""

import os
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from protocol.games.roulette.rules import Group
from server.games.roulette.settings import Rules
from server.host import config
from server.host.config import Config
from server.host.fill import ConfigError
from server.host.sections import Section
from server.limits import Limits
from tests.server.host.settings import from_file, refused
from tests.server.houses import ROOT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[limits]\nsessions = 1\n",
            "sessions must not be under 2: no second person could come in",
        ),
        ("[limits]\nsessions_here = 1\n", "sessions_here must not be under 2: no second person"),
        ("[limits]\nsend_buffer = -5\n", "send_buffer must not be under 1"),
        ("[limits]\nack_timeout = 1e-9\n", "ack_timeout must not be under 0.01"),
        (
            "[limits]\nguesses_forgotten_seconds = 1e-7\n",
            "guesses_forgotten_seconds must not be under 1: no wrong guess would be remembered",
        ),
        (
            "[limits]\ntalk_a_second = 1e-300\n",
            "talk_a_second must not be under 0.01: who said something would wait for ever",
        ),
        (
            "[limits]\nrequest_burst = 0.5\n",
            "request_burst must not be under 2: nobody would be heard",
        ),
        ("[limits]\ntalk_burst = 1.5\n", "talk_burst must not be under 2: nobody could say"),
        ("[limits]\nwritten_burst = 1979\n", "written_burst must not be under 2000: a bet on"),
        (
            "[limits]\nrequests_a_second = 0.09\n",
            "requests_a_second must not be under 0.1: who asked too much would wait for ever",
        ),
        (
            "[limits]\nwritten_a_second = 0.9\n",
            "written_a_second must not be under 1: who changed his bets too fast would wait for",
        ),
        (
            "[limits]\ntalk_deliveries_a_second = 0.9\n",
            "talk_deliveries_a_second must not be under 1: the table would be silent for ever",
        ),
        (
            "[limits]\nchange_deliveries_a_second = 0.9\n",
            "change_deliveries_a_second must not be under 1: nobody would be told of bets",
        ),
        ("[limits]\nread_bytes = 1_048_577\n", "read_bytes must not be over 1048576"),
        ("[limits]\nsilent_seconds = 5\n", "silent_seconds must be over ping_seconds"),
        ("[limits]\nslow_seconds = nan\n", "slow_seconds must not be under 0.01"),
        ("[limits]\nslow_seconds = inf\n", "slow_seconds must not be over 1000000000"),
        ("[limits]\nsend_buffer = 9_999_999_999\n", "send_buffer must not be over 1073741824"),
        ("[limits]\nsilent_seconds = 10_000\n", "silent_seconds must not be over 3600"),
        ("[[table]]\nspin_seconds = nan\n", "spin_seconds takes 0 to 3600"),
        ("[[table]]\nreveal_seconds = 0\n", "reveal_seconds takes 1.5 to 30"),
        ("[[table.x]]\n", "there is no setting 'x'"),
        ("table = 5\n", "each table begins with [[table]]"),
        ('name = ""\n', "the house's name: a name needs at least one letter"),
        ("[limits]\nnonsense = 1\n", "there is no setting 'nonsense'"),
        ("[limits]\nslow_seconds = true\n", "slow_seconds is True, and wants a number"),
        ("data = 5\n", "data is 5, and wants a path in quotes"),
        ("stack = 'many'\n", "stack is 'many', and wants a whole number"),
        ("[table.plaque]\nstraight = 5\n", "plaque: straight = 5 is not like: straight = [1, 500]"),
        ("[table.plaque]\nstraight = [9, 5]\n", "plaque: the least must be over 0"),
        ("port = 99999\n", "port 99999 is not between 0 and 65535"),
        ("port = \n", "Invalid value"),
        ("limits = 7\n", "a table of settings is expected, not 7"),
        ('host = "\\u0000"\n', "host is no name of a machine"),
        ("a = " + "[" * 5000, "there are too many brackets in brackets"),
        ("port" + ".a" * 2000 + " = 1\n", "there are too many brackets in brackets"),
        (f"[[table]]\nmin_players = {2**63}\n", "min_players is too large a number"),
        (f"[[table]]\nmin_players = {-(2**63) - 1}\n", "min_players is too large a number"),
        (f"[limits]\nslow_seconds = 1{'0' * 400}\n", "slow_seconds is too large a number"),
        (f"stack = 0x{'f' * 8000}\n", "stack is too large a number"),
    ],
)
def test_a_bad_setting_is_one_plain_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(*from_file(tmp_path, text))


def test_the_least_of_every_limit_is_a_setting(tmp_path: Path) -> None:
    lines = (f"{each.name} = {config.least(each.name).value}" for each in fields(Limits))
    path = tmp_path / "least.toml"
    path.write_text(
        "\n".join(["[limits]", *lines, "silent_seconds = 1"]).replace("silent_seconds = 0.01\n", "")
    )
    chosen = config.read(["--config", str(path), "--croupier-password", "x"])
    assert chosen.limits.request_burst == 2


def test_the_example_file_is_lawful_and_names_every_setting(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "croupier.toml.example").read_text(encoding="utf-8")
    # Each setting stands there as a comment, with its default.
    path = tmp_path / "croupier.toml"
    path.write_text(re.sub(r"^#(\w+ = .*)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    chosen = config.read(["--config", str(path), "--croupier-password", "x"])
    assert chosen.tables == (Section(),)
    assert chosen.limits == Limits()
    named = set(re.findall(r"^#(\w+) = ", text, flags=re.MULTILINE))
    known = {each.name for kind in (Rules, Limits) for each in fields(kind)} - {"plaque"}
    assert known | {group.name.lower() for group in Group} <= named


def test_what_is_not_text_is_one_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "croupier.toml"
    path.write_bytes(b'name = "\xff"\n')
    assert "can't decode byte 0xff" in refused("--config", str(path))
    path.write_text('data = "a\\u0000b"', encoding="utf-8")
    assert refused("--config", str(path)) == "data is no path"
    assert "cannot be shown" in refused("--name", "\udcff")
    for whose in ("--table-password", "--croupier-password"):
        assert refused(whose, "\udcff") == "a password is not written as UTF-8"


def test_a_file_of_settings_is_only_so_long(tmp_path: Path) -> None:
    most = config.FILE_BYTES
    config.read(from_file(tmp_path, "#".ljust(most)))
    assert "croupier.toml: more than 16 KB are no settings" in refused(
        *from_file(tmp_path, "#".ljust(most + 1))
    )
    assert "more than 16 KB are no settings" in refused("--config", "/dev/zero")
    assert "more than 16 KB are no password" in refused("--croupier-password-file", "/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe in a folder is POSIX's")
def test_a_pipe_that_nobody_writes_is_not_waited_for(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    for option in ("--config", "--croupier-password-file", "--table-password-file"):
        assert refused(option, str(pipe)).startswith(f"{pipe}: a pipe, whose other end may never")
    link.symlink_to(pipe)  # As a shell hands one over: --table-password-file <(pass croupier)
    writer = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    os.write(writer, b"oak\n".ljust(config.FILE_BYTES + 1))
    said = refused("--table-password-file", str(link))
    assert said == f"{link}: more than 16 KB are no password"
    os.close(writer)


def test_a_host_that_is_no_text_is_one_plain_line() -> None:
    assert refused("--host", "a\udcff") == "host is no name of a machine"


def test_a_missing_file_or_a_bad_option_is_one_plain_line(tmp_path: Path) -> None:
    nowhere = tmp_path / "none.toml"
    assert refused("--config", str(nowhere)) == f"{nowhere}: No such file or directory"
    assert refused("--port", "many") == (
        "argument --port: invalid int value: 'many' (--help lists the options)"
    )
    assert "--nonsense" in refused("--nonsense")
    assert refused("--until-eof", "--no-console") == "--until-eof reads what --no-console does not"


# --- each bound, to the last that is lawful -------------------------------------------------------

MUCH = 2**48


@pytest.mark.parametrize(
    ("setting", "lawful", "wrong", "words"),
    [
        ("port = {}", (0, 65535), (-1, 65536), "port {} is not between 0 and 65535"),
        ("stack = {}", (1,), (0,), "a stack of {} chips is nothing to play with"),
        ("stack = {}", (MUCH,), (MUCH + 1,), "a stack of {} chips is more than the house"),
        (
            "[limits]\nping_seconds = 5.0\nsilent_seconds = {}",
            (5.1,),
            (5.0, 4.0),
            "silent_seconds must be over ping_seconds: nobody could answer a ping in time",
        ),
        (
            "log_level = '{}'",
            ("debug", "info", "warning", "error"),
            ("loud", ""),
            "log_level is one of debug, info, warning, error",
        ),
    ],
)
def test_a_bound_is_met_exactly(
    tmp_path: Path,
    setting: str,
    lawful: tuple[object, ...],
    wrong: tuple[object, ...],
    words: str,
) -> None:
    for value in lawful:
        config.read(from_file(tmp_path, setting.format(value)))
    for value in wrong:
        assert refused(*from_file(tmp_path, setting.format(value))).startswith(words.format(value))


def limited(name: str, value: float) -> Config:
    changed: dict[str, Any] = {name: value}
    return replace(Config(), limits=replace(Limits(), **changed))


@pytest.mark.parametrize("name", [each.name for each in fields(Limits)])
def test_every_limit_has_its_least_and_its_most(name: str) -> None:
    least, most = config.least(name), config.MOST.get(name, 10**9)
    with pytest.raises(ConfigError) as error:
        config._check(limited(name, least.value * 0.999))
    assert str(error.value) == f"{name} must not be under {least}"
    with pytest.raises(ConfigError) as error:
        config._check(limited(name, most + 0.001))
    assert str(error.value) == f"{name} must not be over {most}"
    if name != "ping_seconds":  # Beside it, silence has to be longer.
        config._check(limited(name, most))


def test_what_is_counted_is_at_least_one_and_what_is_measured_a_hundredth() -> None:
    assert str(config.least("sessions_an_address")) == "1"
    assert str(config.least("slow_seconds")) == "0.01"
    assert str(config.least("broadcasts_a_second")) == "0.1: nobody would be told of bets"
    assert [config.least(name).value for name in ("guesses_forgotten_seconds", "talk_burst")] == [
        1,
        2,
    ]


def test_of_several_mistakes_the_first_is_told() -> None:
    with pytest.raises(ConfigError, match="port"):
        config._check(replace(Config(), port=-1, log_level="loud", name=""))
