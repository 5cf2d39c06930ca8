"""Lines for a screen that nobody reads: they wait, then the oldest are lost, and nobody waits."""

import logging
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.messages.bets import BetsPlaced, PlaceBets
from protocol.messages.desk import StartSpin
from protocol.messages.fields import Bet
from protocol.messages.lists import Seat
from protocol.messages.rounds import RoundSettled
from server import transcript
from server.writer import Writer
from tests.server.guests import Modern
from tests.server.houses import WITHIN, RunningHouse

BETS = 3000
ROUNDS = 3


class Screen:
    """Takes a first text, and no other before it is `resumed`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.reached, self.resumed = threading.Event(), threading.Event()

    def write(self, text: str) -> None:
        self.texts.append(text)
        self.reached.set()
        assert self.resumed.wait(20)


def test_lines_come_in_order_and_the_last_before_the_end() -> None:
    texts: list[str] = []
    writer = Writer("test", texts.append)
    for number in range(1000):
        writer.put(number)
    writer.close()
    assert writer.wait(20)
    assert "".join(texts) == "".join(f"{number}\n" for number in range(1000))
    writer.put("too late")


def test_of_too_many_lines_the_newest_stay_and_the_others_are_counted() -> None:
    screen = Screen()
    writer = Writer("test", screen.write, kept=3)
    writer.put("first")
    assert screen.reached.wait(20)
    for number in range(10):
        writer.put(number)
    screen.resumed.set()
    writer.close()
    assert writer.wait(20)
    lost = "! 7 lines were lost here: they were not read in time"
    assert "".join(screen.texts).splitlines() == ["first", lost, "7", "8", "9"]


def test_a_screen_that_is_gone_costs_only_its_lines() -> None:
    def write(_: str) -> None:
        raise BrokenPipeError

    writer = Writer("test", write)
    writer.put("one")
    writer.put("two")
    writer.close()
    assert writer.wait(20)


def test_a_line_is_put_together_by_the_writer() -> None:
    class Line:
        def __str__(self) -> str:
            return threading.current_thread().name

    texts: list[str] = []
    writer = Writer("the one who writes", texts.append)
    writer.put(Line())
    writer.close()
    assert writer.wait(20)
    assert texts == ["the one who writes\n"]


def fill(house: RunningHouse, guest: Modern, number: int, bets: int) -> None:
    """Each bet with a line for the log, and one for the screen."""
    for _ in range(bets):
        house.command("kick " + "Nobody " * 10)
        assert isinstance(guest.bet(number, (17, 1)), BetsPlaced)


@pytest.fixture
def unread(tmp_path: Path) -> Iterator[RunningHouse]:
    """A house whose screen and log nobody reads, and where one may ask fast."""
    settings = tmp_path / "fast.toml"
    limits = ("requests_a_second", "request_burst", "written_a_second", "written_burst")
    settings.write_text("[limits]\n" + "".join(f"{each} = 1e8\n" for each in limits))
    options = ("--config", str(settings), "--stack", "10000")
    with RunningHouse(tmp_path / "d", *options, unread=True) as house:
        yield house


def test_screens_that_nobody_reads_stop_neither_the_table_nor_its_end(unread: RunningHouse) -> None:
    house = unread
    anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
    for number in range(1, ROUNDS + 1):
        anna.wait_round(number)
        fill(house, anna, number, BETS // ROUNDS)
        boss.say(StartSpin(boss.next(), number))
        assert anna.wait(RoundSettled).round_number == number
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(timeout=WITHIN) == 0
    log = (house.data / "log" / "server.log").read_text(encoding="utf-8")
    assert log.count("< player Anna PlaceBets") == BETS
    assert f"= round {ROUNDS} settled" in log


def test_a_house_that_must_end_at_once_does_though_nobody_reads_why(unread: RunningHouse) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot limit another process")
    anna = unread.modern("Anna", Seat.PLAYER)
    fill(unread, anna, 1, BETS // ROUNDS)
    resource.prlimit(unread.process.pid, resource.RLIMIT_FSIZE, (100, 100))
    anna.say(PlaceBets(anna.next(), 1, (Bet(18, 1),)))
    assert unread.process.wait(timeout=WITHIN) == 3


def test_the_file_of_the_log_is_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "FILE_BYTES", 20_000)
    logger = logging.getLogger("server")
    handler = transcript.start(tmp_path / "log", "info")
    try:
        for number in range(3000):
            logger.info("line %d", number)
    finally:
        logger.removeHandler(handler)
        handler.close()
    files = [tmp_path / "log" / "server.log"]
    files += [files[0].with_name(f"server.log.{each}") for each in range(1, 6)]
    assert set((tmp_path / "log").iterdir()) <= set(files)
    assert all(10_000 < each.stat().st_size <= 20_000 for each in files[1:3])
    lines = "".join(each.read_text("utf-8") for each in reversed(files) if each.exists())
    numbers = [int(line.split()[-1]) for line in lines.splitlines()]
    assert numbers == list(range(numbers[0], 3000))
