"""Without a terminal the client is a filter: words in, plain lines out, and an exit code."""

import os
import socket
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import forked
from tests.client.loopback import listening
from tests.client_text.evil import TRACES, Spoiler
from tests.server.houses import PASSWORD, RunningHouse


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    books = tmp_path_factory.mktemp("house") / "books"
    with RunningHouse(books, "--no-console", "--table-password", "oak", level="warning") as house:
        yield house


def run(
    home: Path, port: int, words: str, *arguments: str, **env: str
) -> subprocess.CompletedProcess[str]:
    return forked.run(
        "client_text/main.py",
        *("localhost", str(port), "--lang", "en"),
        *arguments,
        words=words,
        env={**os.environ, "CROUPIER_HOME": str(home), "CROUPIER_TABLE_PASSWORD": "oak", **env},
    )


def test_a_script_plays_a_round_by_itself(house: RunningHouse, tmp_path: Path) -> None:
    anna = run(tmp_path, house.port, "red 10\n17 5\nmine\n", "--name", "Anna")
    assert anna.stderr == ""
    assert anna.returncode == 0
    assert anna.stdout.splitlines()[-3:] == [
        "You bet 10 on red. You have 490 chips.",
        "You bet 5 on 17. You have 485 chips.",
        "Anna: 5 on 17, 10 on red (15)",
    ]
    words = "list\nstart\nwait result\nrounds\n"
    carl = run(
        tmp_path, house.port, words, "--name", "Carl", "--croupier", CROUPIER_PASSWORD=PASSWORD
    )
    assert carl.returncode == 0
    lines = carl.stdout.splitlines()
    assert "15 chips on the table." in lines
    assert any(line.startswith("Results: Anna ") for line in lines)
    assert lines[-1].startswith("Round 1: ")
    anna = run(tmp_path, house.port, "history\n", "--name", "Anna")
    assert anna.stdout.splitlines()[-1].startswith("Round 1: ")


def test_russian_words_and_lines(house: RunningHouse, tmp_path: Path) -> None:
    ended = run(tmp_path, house.port, "красное 10\nснять всё\n", "--name", "Боб", "--lang", "ru")
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-2:] == [
        "Вы ставите: 10 на красное. У вас 490 фишек.",
        "Вы снимаете: 10 на красное. У вас 500 фишек.",
    ]


def test_a_guest_watches_without_a_name(house: RunningHouse, tmp_path: Path) -> None:
    ended = run(tmp_path, house.port, "17 5\nlimits\n", "--watch")
    assert "You watch the table." in ended.stdout
    assert "Your seat may not do that" in ended.stdout
    assert ended.returncode == 3


def test_lines_that_were_not_done_are_counted_in_the_exit_code(
    house: RunningHouse, tmp_path: Path
) -> None:
    ended = run(tmp_path, house.port, "37 5\n", "--name", "Dora")
    assert ended.returncode == 3
    assert ended.stdout.splitlines()[-2:] == [
        "  37 5",
        "  ^^ There is no number 37: the wheel has 0 to 36.",
    ]


def test_no_table_is_said_in_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ended = run(tmp_path, port, "", "--name", "Anna")
    assert ended.returncode == 1
    assert "nobody is listening there" in ended.stdout
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "--name"),
        (("--name", "Anna", "--croupier"), 2, "CROUPIER_PASSWORD"),
        (("--name", "\u202eanna"), 1, "This name cannot be used"),
    ],
)
def test_who_cannot_be_asked_is_told(
    house: RunningHouse, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = run(tmp_path, house.port, "", *arguments)
    assert words in ended.stdout
    assert ended.returncode == code


@pytest.mark.parametrize("arguments", [("--watch", "--croupier"), ("--classic", "--watch")])
def test_a_wrong_command_line_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = run(tmp_path, 1234, "", *arguments)
    assert ended.returncode == 2
    assert "usage:" in ended.stderr
    assert run(tmp_path, 0, "").returncode == 2


def test_nothing_hostile_from_the_network_reaches_the_output(tmp_path: Path) -> None:
    with listening() as there:
        there.table.tamper = Spoiler()
        ended = run(tmp_path, there.port, "players\n17 5\nlist\nlimits\nquit\n", "--name", "Anna")
    assert "Anna" in ended.stdout
    assert "\ufffd" in ended.stdout
    assert not [trace for trace in TRACES if trace in ended.stdout]
    unseen = [c for c in ended.stdout if c != "\n" and unicodedata.category(c).startswith("C")]
    assert unseen == []
