"""Lines for a screen that nobody reads: they wait, then the oldest are lost, and nobody waits."""

import errno
import io
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.lists import Seat
from server.log.writer import CHUNK, GATHER_SECONDS, Writer, close_all, to
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


@pytest.mark.parametrize(
    ("missed", "lost"),
    [
        (1, "! 1 line was lost here: not read in time"),
        (7, "! 7 lines were lost here: not read in time"),
    ],
)
def test_of_too_many_lines_the_newest_stay_and_the_others_are_counted(
    missed: int, lost: str
) -> None:
    screen = Screen()
    writer = Writer("test", screen.write, kept=3)
    writer.put("first")
    assert screen.reached.wait(20)
    for number in range(3 + missed):
        writer.put(number)
    screen.resumed.set()
    writer.close()
    assert writer.wait(20)
    newest = [str(missed + number) for number in range(3)]
    assert "".join(screen.texts).splitlines() == ["first", lost, *newest]


def test_so_many_lines_wait_and_are_gathered_for_a_moment_only() -> None:
    screen = Screen()
    writer = Writer("test", screen.write)
    writer.put("first")
    assert screen.reached.wait(20)
    for number in range(10_002):
        writer.put(number)
    screen.resumed.set()
    writer.close()
    assert writer.wait(20)
    assert screen.texts[1].startswith("! 2 lines were lost here: not read in time\n2\n")
    assert 0 < GATHER_SECONDS < 0.1, "a person sees no delay"


def test_a_screen_that_is_gone_costs_only_its_lines() -> None:
    def write(_: str) -> None:
        raise BrokenPipeError

    writer = Writer("test", write)
    writer.put("one")
    writer.put("two")
    writer.close()
    assert writer.wait(20)


def test_of_lines_that_cannot_be_written_somebody_is_told_once_and_once_when_they_can() -> None:
    texts: list[str] = []
    troubles: list[str] = []
    full = OSError(errno.ENOSPC, "no room")

    def write(text: str) -> None:
        texts.append(text)
        if "bad" in text:
            raise full

    def note(trouble: OSError | None) -> None:
        troubles.append(str(trouble))
        if trouble:
            writer.put("bad as well")

    writer = Writer("test", write, on_trouble=note)
    for line in ("good", "bad", "bad", "good", "good", "bad"):
        while writer._lines or not writer._idle:  # So each is written by itself.
            threading.Event().wait(0.001)
        writer.put(line)
    writer.close()
    assert writer.wait(20)
    assert "".join(texts).count("bad\n") == 3
    assert troubles == [str(full), "None", str(full)]


def test_what_gathered_is_written_in_large_pieces_and_not_in_one() -> None:
    screen = Screen()
    ended: list[int] = []
    writer = Writer("test", screen.write, lambda: ended.append(len(screen.texts)))
    writer.put("first")
    assert screen.reached.wait(20)
    for number in range(2 * CHUNK + 3):
        writer.put(number)
    screen.resumed.set()
    writer.close()
    assert writer.wait(20)
    assert [text.count("\n") for text in screen.texts] == [1, CHUNK, CHUNK, 3]
    assert ended == [4]  # Once, behind the last line.


def test_whoever_waits_for_lines_is_woken_by_the_next_and_by_the_end() -> None:
    screen = Screen()
    screen.resumed.set()
    writer = Writer("test", screen.write)
    for _ in range(2):
        while not writer._idle:  # It has written all, and waits.
            threading.Event().wait(0.001)
        screen.reached.clear()
        writer.put("a line")
        assert screen.reached.wait(20)
    while not writer._idle:
        threading.Event().wait(0.001)
    assert not writer.wait(0)
    writer.close()
    assert writer.wait(20)
    writer.put("too late")
    assert not writer._lines
    assert screen.texts == ["a line\n"] * 2


def test_its_thread_has_its_name_and_stops_no_program() -> None:
    writer = Writer("test", lambda _: None)
    assert (writer._thread.name, writer._thread.daemon) == ("test", True)
    writer.close()
    assert writer.wait(20)


class Slow(Writer):
    """A writer that is closed, and takes so long to end."""

    def __init__(self, clock: list[float], seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self.deeds: list[object] = []

    def close(self) -> None:
        self.deeds.append("close")

    def wait(self, seconds: float) -> bool:
        self.deeds.append(seconds)
        self._clock[0] += min(self._seconds, seconds)
        return seconds >= self._seconds


def test_all_writers_together_have_so_long_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    writers = [Slow(clock, seconds) for seconds in (0.25, 9.0, 1.0)]
    close_all(writers, 1.0)
    assert [each.deeds for each in writers] == [["close", 1.0], ["close", 0.75], ["close", 0.0]]
    clock[0] += 7.0
    late = Slow(clock, 1.0)
    monkeypatch.setattr(time, "monotonic", iter((100.0, 105.0)).__next__)
    close_all([late], 1.0)
    assert late.deeds == ["close", 0.0]


class Stubborn(io.RawIOBase):
    """Takes three bytes at a time, and now and then none."""

    def __init__(self) -> None:
        self.took = bytearray()
        self.times = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int | None:
        self.times += 1
        if self.times % 3 == 2:
            return None
        part = bytes(data)[:3]
        self.took += part
        return len(part)


def test_a_stream_takes_all_of_it_past_its_buffer_in_letters_that_it_knows() -> None:
    raw = Stubborn()
    stream = io.TextIOWrapper(io.BufferedWriter(raw), encoding="ascii")
    to(stream)("Анна: größer\n")
    assert raw.took == rb"\u0410\u043d\u043d\u0430: gr\xf6\xdfer" + b"\n"
    stream.detach()


def test_a_stream_that_is_no_file_is_written_as_it_is() -> None:
    screen = io.StringIO()
    to(screen)("a line")
    assert screen.getvalue() == "a line"
    memory = io.BytesIO()
    stream = io.TextIOWrapper(memory, encoding="utf-8")
    to(stream)("eine Größe")
    assert memory.getvalue() == "eine Größe".encode()
    stream.detach()


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
    bursts = ("request_burst", "written_burst", "logged_burst")
    limits = ("requests_a_second", "written_a_second", "logged_a_second", *bursts)
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
