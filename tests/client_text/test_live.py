"""In a real terminal the line being typed stays whole, and only what we mean reaches the screen."""

import asyncio
import random
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit import Application
from prompt_toolkit.input import DummyInput
from prompt_toolkit.output import DummyOutput

from client_text.live import Live
from protocol.games.roulette import bets
from protocol.games.roulette.fields import PlacedBet
from protocol.house import talk
from protocol.limits import NAME_BYTES
from tests.client.loopback import Loopback, listening
from tests.client_text.evil import TRACES, Spoiler
from tests.hostile import TURNING, as_said, hostile_line

if sys.platform == "win32":
    pytest.skip("this system has no pseudo-terminals", allow_module_level=True)

import termios

from tests.client_text.terminals import Terminal


@pytest.fixture
def there() -> Iterator[Loopback]:
    with listening() as there:
        yield there


@contextmanager
def sit_down(there: Loopback, home: Path, **env: str) -> Iterator[Terminal]:
    at = ("localhost", str(there.port), "--name", "Anna", "--lang", "en")
    with Terminal(home, *at, env=env) as terminal:
        terminal.wait_for("You have 500 chips.")
        yield terminal


def say(there: Loopback, line: str) -> None:
    with there.lock:
        there.table.tell(talk.Said(0, 99, "Bob", line))


def test_what_others_say_appears_above_the_line_being_typed(
    there: Loopback, tmp_path: Path
) -> None:
    with sit_down(there, tmp_path) as anna:
        anna.press("red 1")
        anna.wait_line("> red 1")
        for number in range(60):  # More than the screen has rows.
            say(there, f"line {number}")
        anna.wait_for("Bob: line 59")
        anna.wait_line("> red 1")
        assert [row for row in anna.rows if row.startswith(">")] == ["> red 1"]
        for number in range(60):
            assert f"Bob: line {number}\n" in anna.text + "\n"
        anna.press("0\r")
        anna.wait_for("You bet 10 on red.")
        anna.wait_for("> red 10")
        anna.wait_row(" round 1 · Bets are open · 490 chips · 10 on the table")
        assert anna.rows[-2].rstrip() == ">"


def test_the_line_is_edited_and_remembered(there: Loopback, tmp_path: Path) -> None:
    with sit_down(there, tmp_path) as anna:
        anna.press("17 255\x7f\x01\x06\x06\x06\x06")  # Delete one, go home, go right.
        anna.wait_line("> 17 25")
        anna.press("\r")
        anna.wait_for("You bet 25 on 17.")
        anna.enter("limits")
        anna.wait_for("> limits")
        anna.wait_line(">")
        anna.press("\x1b[A\x1b[A")  # Up twice.
        anna.wait_line("> 17 25")
        anna.press("\x03")  # The line is dropped, the visit goes on.
        anna.wait_line(">")
        anna.press("help qu")
        anna.wait_line("> help qu")
        anna.press("\t")
        anna.wait_line("> help quit")
        anna.press("\r")
        anna.wait_for("quit: leaves the table.")
        anna.press("\x04")
        assert anna.wait_end() == 0


def test_what_is_pasted_is_read_line_by_line(there: Loopback, tmp_path: Path) -> None:
    with sit_down(there, tmp_path) as anna:
        anna.press("\x1b[200~17 5\nred 10\x1b[201~\r")
        anna.wait_for("You bet 5 on 17.")
        anna.wait_for("You bet 10 on red.")


def test_words_and_names_are_completed(there: Loopback, tmp_path: Path) -> None:
    with sit_down(there, tmp_path) as anna:
        anna.press("vois\t")
        anna.wait_line("> voisins")
        anna.press(" 9\r")
        anna.wait_for("You bet 1 on 4-7, 1 on 12-15,")
        anna.enter("players")
        anna.wait_for("Anna (player")
        anna.press("kick An\t")
        anna.wait_line("> kick Anna")


def test_a_password_is_neither_shown_nor_remembered(there: Loopback, tmp_path: Path) -> None:
    at = ("localhost", str(there.port), "--name", "Carl", "--croupier", "--lang", "en")
    with Terminal(tmp_path, *at) as carl:
        carl.wait_line("The croupier's password:")
        carl.press("secret")
        carl.wait_line("The croupier's password: ******")
        carl.press("\r")
        carl.wait_for("You are the croupier.")
        carl.enter("limits")
        carl.wait_for("A new player gets")
        carl.wait_line(">")
        carl.press("\x1b[A\x1b[A\x1b[A")
        carl.wait_line("> limits")
        assert b"secret" not in carl.raw


def test_a_resized_terminal_is_drawn_anew(there: Loopback, tmp_path: Path) -> None:
    with sit_down(there, tmp_path) as anna:
        anna.press("red 1")
        anna.wait_line("> red 1")
        anna.resize(12, 50)
        say(there, "word " * 30)
        anna.wait_for("word " * 9)
        anna.wait_line("> red 1")
        assert all(len(row) <= 50 for row in anna.rows)
        assert not [row for row in anna.rows if row.startswith(("ord", "rd", "d "))]


def test_nothing_hostile_from_the_network_reaches_the_terminal(tmp_path: Path) -> None:
    with listening() as there:
        there.table.tamper = Spoiler()
        with sit_down(there, tmp_path) as anna:
            anna.press("kick \t")
            say(there, "hello")
            with there.lock:
                placed = (PlacedBet(1000, 17, 5),)
                there.table.tell(talk.SessionStarted(99, "Bob"))
                there.table.tell(bets.BetsChanged(1, 9, 1, 1, 5, (), placed, complete=True))
            anna.wait_for("/exit ends it")
            anna.press("\x03")
            anna.enter("/players")
            anna.wait_for("(player")
            shown = anna.raw.decode("utf-8")
            assert "\ufffd" in shown
            assert [trace for trace in TRACES if trace in shown] == []


@pytest.mark.count(2_000, 10_000)
def test_hostile_lines_without_number_leave_the_terminal_whole(tmp_path: Path, count: int) -> None:
    dice = random.Random(9)
    with listening() as there, sit_down(there, tmp_path) as anna:
        anna.press("red 1")
        anna.wait_line("> red 1")
        for number in range(count):
            name, line = as_said(hostile_line(dice), NAME_BYTES), as_said(hostile_line(dice))
            whispered = talk.SaidPrivately(number, 99, name, False, line)
            with there.lock:
                there.table.tell(whispered if number % 3 else talk.Said(number, 99, name, line))
        say(there, "the end")
        anna.wait_row(" Bob: the end")
        anna.wait_line("> red 1")
        anna.press("0\r")
        anna.wait_row("You bet 10 on red.")
        raw = anna.raw.decode("utf-8")
        assert [trace for trace in TRACES if trace in raw] == []
        # What we turn ourselves, turns nothing but itself.
        raw = re.sub("\u2068([^\u2066-\u2069]*)\u2069", r"\1", raw)
        unfit = set(TURNING + "\u2068\x00\x07\x7f\x85\x9b\u2028\u2029\u200b")
        assert set(raw) & unfit == set()


def test_a_terminal_is_left_as_it_was_found(there: Loopback, tmp_path: Path) -> None:
    for end in (
        lambda anna: anna.press("\x04"),
        lambda anna: anna.process.send_signal(signal.SIGTERM),
        lambda anna: anna.process.send_signal(signal.SIGINT),
        lambda _: there.cut_all(),
    ):
        with sit_down(there, tmp_path) as anna:
            before = anna.modes
            end(anna)
            if anna.process.poll() is None and end is not None:
                anna.press("\x04")
            anna.wait_end()
            assert before[3] & termios.ECHO == 0
            assert anna.modes[3] & termios.ECHO


@pytest.mark.count(short=2, long=60)
def test_who_is_asked_to_end_in_a_flood_ends_and_complains_of_nothing(
    there: Loopback, tmp_path: Path, count: int
) -> None:
    dice = random.Random(count)
    for _ in range(count):
        with sit_down(there, tmp_path) as anna:
            lines = dice.randrange(2000)
            for number in range(lines):
                say(there, f"line {number}")
                if number == lines // 2:
                    anna.process.send_signal(signal.SIGTERM)
            assert anna.wait_end() == 128 + signal.SIGTERM
            for complaint in (b"Traceback", b"Error", b"destroyed"):
                assert complaint not in anna.raw


def test_who_is_asked_to_end_ends_between_two_steps_of_the_loop_and_once() -> None:
    async def end() -> None:
        live, app = Live(), Application[str](input=DummyInput(), output=DummyOutput())
        live._loop = asyncio.get_running_loop()
        with pytest.raises(SystemExit, match="7"):
            live._leave(app, SystemExit(7))  # Before it began.
        app.future = live._loop.create_future()
        live._end(app, 7)
        assert not app.future.done()
        await asyncio.sleep(0)
        how = app.future.exception()
        assert isinstance(how, SystemExit)
        assert how.code == 7
        live._leave(app)  # As it ends.

    asyncio.run(end())


def test_a_dumb_terminal_gets_plain_lines(there: Loopback, tmp_path: Path) -> None:
    with sit_down(there, tmp_path, TERM="dumb") as anna:
        anna.press("17 5\n")
        anna.wait_for("You bet 5 on 17.")
        anna.press("quit\n")
        assert anna.wait_end() == 0
        assert b"\x1b" not in anna.raw
