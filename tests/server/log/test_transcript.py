"""A line of the log: short, honest, and without what is secret."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from protocol.classic import RegisterCroupier
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import SignIn, TakeSeat
from protocol.house.draw import RegisterChain, SendLink
from protocol.house.lists import Seat
from protocol.house.talk import SaidPrivately, Say, SayPrivately
from server.log import file, transcript
from server.log.transcript import LONGEST, Line, line_of


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (SignIn(3, "Anna", b"t" * 32, b"p" * 64), "SignIn(3, 'Anna')"),
        (TakeSeat(4, Seat.CROUPIER, b"p" * 64), "TakeSeat(4, 2)"),
        (RegisterChain(5, b"c" * 32), "RegisterChain(5, 63636363)"),
        (SendLink(6, 1, b"s" * 32), "SendLink(6, 1, 73737373)"),
        (RegisterCroupier(b"p" * 64), "RegisterCroupier()"),
        (Say(7, "to all"), "Say(7, 'to all')"),
        (SaidPrivately(9, 2, "Anna", False, "to one"), "SaidPrivately(9, 2, 'Anna', False)"),
        (SayPrivately(8, 2, False, "to one"), "SayPrivately(8, 2, False)"),
        (PlaceBets(9, 1, (Bet(17, 5), Bet(18, 1))), "PlaceBets(9, 1, [17:5, 18:1])"),
        (PlaceBets(9, 1, ()), "PlaceBets(9, 1, [])"),
        ("a word", "a word"),
    ],
)
def test_a_message_is_shown_without_what_is_secret(said: object, line: str) -> None:
    assert line_of(said) == line
    assert str(Line(said)) == line


def test_of_many_bets_the_first_are_shown() -> None:
    bets = tuple(Bet(spot, 1) for spot in range(9))
    eight = ", ".join(f"{spot}:1" for spot in range(8))
    assert line_of(PlaceBets(9, 1, bets[:8])) == f"PlaceBets(9, 1, [{eight}])"
    assert line_of(PlaceBets(9, 1, bets)) == f"PlaceBets(9, 1, [{eight}, …])"


def test_the_log_has_five_files_of_4_mb_and_ends_in_time() -> None:
    """As docs/host.md says of the folder."""
    assert (file.FILE_BYTES, file.FILES) == (4_000_000, 5)
    assert 0 < transcript.CLOSE_SECONDS < 0.5, "a house that is told to stop stops within 2 s"
    assert (LONGEST, len(line_of(Thing("x" * 999)))) == (300, 300)


@dataclass
class Thing:
    one: object


def test_a_line_has_an_end() -> None:
    head, tail = "Thing('", "')"
    room = LONGEST - len(head) - len(tail)
    assert line_of(Thing("x" * room)) == f"{head}{'x' * room}{tail}"
    long = line_of(Thing("x" * (room + 1)))
    assert (len(long), long[:8], long[-3:]) == (LONGEST, "Thing('x", "x…)")


def test_bytes_are_shown_by_their_beginning() -> None:
    assert line_of(Thing(b"12345678")) == "Thing(b'12345678')"
    assert line_of(Thing(b"123456789")) == "Thing(31323334)"
    assert line_of(Thing((b"123456789", "a", 7))) == "Thing([b'123456789', a, 7])"
    assert line_of(Thing([Thing("a"), Thing(b"123456789")])) == "Thing(['a', 31323334])"


# --- where it goes --------------------------------------------------------------------------------


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What is seen of the log by who started the house. It has all the time to be written."""
    monkeypatch.setattr(transcript, "CLOSE_SECONDS", 20.0)
    with (tmp_path / "screen").open("w", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        yield tmp_path / "screen"


@pytest.fixture
def evening(tmp_path: Path, screen: Path) -> Iterator[Path]:
    """The file of a log that is written."""
    assert screen.exists()
    logger = logging.getLogger("server")
    before = logger.level, logger.propagate
    logger.propagate = True
    (tmp_path / "log").mkdir()  # As after the first evening.
    handler = transcript.start(tmp_path / "log", "info")
    yield tmp_path / "log" / "server.log"
    logger.removeHandler(handler)
    handler.close()
    logger.level, logger.propagate = before


def written(file: Path) -> list[str]:
    """What is in the file when all is written, without the time."""
    for handler in logging.getLogger("server").handlers:
        handler.close()
    lines = file.read_text("utf-8").splitlines()
    assert all(len(line.split(" ", 1)[0]) == len("12:00:00") for line in lines)
    return [line.split(" ", 1)[1] for line in lines]


def test_the_file_and_the_screen_say_the_same_from_the_level_on(
    evening: Path, screen: Path
) -> None:
    log = logging.getLogger("server")
    assert (log.level, log.propagate) == (logging.INFO, False)
    log.debug("not this")
    log.info("+ %s came", "Anna")
    # (Past the logger: what pytest hears of there it has to write down for another process.)
    (handler,) = (each for each in log.handlers if isinstance(each, transcript._ToWriters))
    words = ("! größer %s", ("\udcff",))
    assert handler.handle(log.makeRecord("server", logging.WARNING, "", 0, *words, None))
    threads = {each.name for each in threading.enumerate()}
    assert {"log to screen", "log to file"} <= threads
    assert written(evening) == ["+ Anna came", "! größer �"]
    assert screen.read_text("utf-8") == evening.read_text("utf-8")


def test_what_a_peer_chose_is_one_line_and_a_fault_is_shown_whole(evening: Path) -> None:
    log = logging.getLogger("server")
    log.info("< %s", "Anna\n12:00:00 = round 1 settled 17\x1b[2J")
    try:
        raise RuntimeError("no chips for \udcff")
    except RuntimeError:
        # (Past the logger, as above.)
        (writers,) = (each for each in log.handlers if isinstance(each, transcript._ToWriters))
        words = "! a fault in\x07 the table"
        fault = log.makeRecord("server", logging.CRITICAL, "", 0, words, (), sys.exc_info())
        assert writers.handle(fault)
    for handler in log.handlers:
        handler.close()
    first, second, *rest = evening.read_text("utf-8").splitlines()
    assert first.endswith(" < Anna")
    assert second.endswith(" ! a fault in� the table")
    assert rest[0] == "Traceback (most recent call last):"
    assert rest[-1] == "RuntimeError: no chips for \\udcff"


def test_what_waits_for_a_stuck_screen_is_only_text() -> None:
    entry = transcript._Entry(logging.makeLogRecord({"msg": "+ Anna came"}))
    first = str(entry)
    assert first.endswith(" + Anna came")
    assert entry._record is None
    assert str(entry) == first


def wait_until(happened: Callable[[], object]) -> None:
    for _ in range(20_000):
        if happened():
            return
        threading.Event().wait(0.001)
    raise AssertionError("it did not happen")


def has_bytes(path: Path) -> bool:
    with suppress(FileNotFoundError):  # (The first line begins another file.)
        return path.stat().st_size > 0
    return False


@pytest.mark.parametrize("level", ["info", "critical"])
def test_the_screen_says_once_that_the_file_is_not_written_and_once_that_it_is_again(
    tmp_path: Path, screen: Path, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setattr(file, "FILE_BYTES", 1)
    tried = []
    write = file.LogFile.write

    def watched(self: file.LogFile, text: str) -> None:
        try:
            write(self, text)
        finally:
            tried.append(text.split()[-1])

    monkeypatch.setattr(file.LogFile, "write", watched)
    logger = logging.getLogger("server")
    before = logger.level, logger.propagate
    folder = tmp_path / "log"
    with screen.open("a", encoding="utf-8") as seen:
        monkeypatch.setattr(sys, "stderr", seen)
        handler = transcript.start(folder, level)

        def said(words: str) -> bool:
            return words in screen.read_text("utf-8")

        try:
            logger.critical("one")
            wait_until(lambda: has_bytes(folder / "server.log"))
            folder.rename(tmp_path / "moved")
            for word in ("two", "three"):
                logger.critical(word)
                wait_until(lambda word=word: word in tried and said(word))  # type: ignore[misc]
                wait_until(lambda: said("! the log is not"))
            (tmp_path / "moved").rename(folder)
            logger.critical("four")
            wait_until(lambda: said("= the log is written again"))
        finally:
            logger.removeHandler(handler)
            handler.close()
            logger.level, logger.propagate = before
    why = f"! the log is not written: {folder / 'server.log'}: No such file or directory"
    assert [line.split(" ", 1)[1] for line in screen.read_text("utf-8").splitlines()] == [
        *("one", "two", why, "three", "four", "= the log is written again")
    ]
    assert written(folder / "server.log") == ["= the log is written again"]
    assert written(folder / "server.log.1") == ["four"]


def test_without_a_folder_it_goes_to_the_screen_alone(tmp_path: Path, screen: Path) -> None:
    logger = logging.getLogger("server")
    before = logger.level, logger.propagate
    handler = transcript.start(None, "warning")
    logger.removeHandler(handler)
    assert logger.level == logging.WARNING
    handler.close()
    assert list(tmp_path.iterdir()) == [screen]
    logger.level, logger.propagate = before
