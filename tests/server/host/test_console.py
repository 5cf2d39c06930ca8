"""The host's own commands, and the log."""

import logging
import os
import resource
import sqlite3
from pathlib import Path
from typing import NoReturn, cast

import pytest

from protocol.house.door import Goodbye, SignIn
from protocol.house.lists import Farewell, Seat
from protocol.house.talk import Announced
from server.books.chain import LedgerError
from server.draw.seeds import Chains
from server.host import console
from server.host.commands import Order
from server.house import House
from server.log.transcript import line_of, start
from server.owner import Call, Owner
from tests.server.houses import RunningHouse
from tests.server.pure import PureHouse


def test_the_host_sees_throws_out_releases_says_and_audits(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        anna, bert = house.modern("Anna", Seat.PLAYER), house.modern("Bert", Seat.PLAYER)
        house.modern("", Seat.WATCHER)
        anna.bet(1, (17, 5))
        house.command("who")
        assert house.wait_line("Anna") == "Anna: player, 495 chips"
        assert house.wait_line("seated") == "2 seated, 1 watching, round 1"
        house.command("say drinks are on the house")
        assert anna.wait(Announced).words == "drinks are on the house"
        house.command("say \x07")
        house.wait_line("cannot be shown")
        house.command("kick Nobody")
        house.wait_line("nobody at the table is called Nobody")
        house.command("kick Anna")
        house.wait_line("Anna was thrown out, and may come back in 300 s")
        assert anna.wait(Goodbye).reason is Farewell.KICKED
        house.command("release Nobody")
        house.wait_line("nobody in the books")
        house.command("release Anna")
        house.wait_line("Anna belongs to whoever takes it next, with its 495 chips")
        house.wait_line("Anna is still kept out")
        house.command("unban Anna")
        house.wait_line("Anna may come in")
        house.modern("Anna", Seat.PLAYER)
        house.command("audit")
        assert house.wait_line("books are") == "the books are right"
        house.command("nonsense")
        assert house.wait_line("commands:")
        assert bert.bet(1, (3, 1)).balance == 499  # type: ignore[union-attr] # it is not refused


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="prlimit is of Linux")
def test_the_console_goes_on_though_no_file_can_be_opened(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        house.modern("Anna", Seat.PLAYER)
        _, hard = resource.prlimit(house.process.pid, resource.RLIMIT_NOFILE, (5, 5))
        for command, words in (
            (f"export 1 {tmp_path / 'round.json'}", "cannot be read: unable to open"),
            ("audit", "cannot be read: unable to open"),
            ("ban Anna", "until the house closes only"),
        ):
            house.command(command)
            house.wait_line(words)
            house.command("who")
            assert house.wait_line("seated, ").endswith("round 1")
        assert hard > 5
        status, out, log = house.stop()
        assert (status, "Traceback" in out + log) == (0, False)


class Desk:
    """An owner who does at once what the console has for him."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.inbox = self

    def put(self, calls: list[Call]) -> None:
        for call in calls:
            call.do(cast("Owner", self))


def audited(commands: console.Console) -> None:
    """Wait for the audit that goes on, if there is one."""
    if commands.auditing:
        commands.auditing.join()


def test_whatever_a_command_meets_is_one_plain_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> NoReturn:
        raise KeyError("two\nlines")

    for name in ("audit", "export"):
        monkeypatch.setattr(console, name, broken)
    monkeypatch.setitem(console.EVERY, "warn", Order("NAME WHY", "", broken))
    shown: list[str] = []
    desk = cast("Owner", Desk(PureHouse().house))
    commands = console.Console(desk, broken, shown.append, tmp_path, Chains(tmp_path))
    for line in ("audit", "export 1 file", "warn Anna", "stop"):
        commands.obey(line)
        audited(commands)
        assert shown.pop() == f"{line}: KeyError: 'two\\nlines'"
    monkeypatch.setattr(console, "audit", lambda _: (tmp_path / "no\nfile").read_text())
    commands.obey("audit")
    audited(commands)
    assert shown == [f"audit: [Errno 2] No such file or directory: '{tmp_path}/no\\nfile'"]


def test_a_line_that_is_far_too_long_is_not_even_read(tmp_path: Path) -> None:
    shown: list[str] = []
    desk = cast("Owner", Desk(PureHouse().house))
    commands = console.Console(desk, lambda: None, shown.append, tmp_path, Chains(tmp_path))
    for length in (console.LONGEST, console.LONGEST + 1):
        commands.obey(f"rules 1 {'a.' * length}"[:length])
    assert shown[0].startswith("rules")
    assert shown[1:] == ["a line of 2001 characters is no command"]


def test_an_export_that_has_no_room_leaves_nothing_in_the_way_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "export", lambda _, __, number: f"round {number}" * 10)
    shown: list[str] = []
    desk = cast("Owner", Desk(PureHouse().house))
    commands = console.Console(desk, lambda: None, shown.append, tmp_path, Chains(tmp_path))
    file = tmp_path / "round.json"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))  # As full as a disk can be.
    try:
        commands.obey(f"export 1 {file}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not file.exists()
    commands.obey(f"export 1 {file}")
    assert file.read_text("utf-8") == "round 1" * 10
    assert shown == [f"{file}: File too large", f"round 1 of table 1 is in {file}"]


def test_an_export_writes_over_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "export", lambda _, __, number: f"round {number}")
    shown: list[str] = []
    desk = cast("Owner", Desk(PureHouse().house))
    commands = console.Console(desk, lambda: None, shown.append, tmp_path, Chains(tmp_path))
    seeds, fresh = tmp_path / "seeds", tmp_path / "round.json"
    seeds.write_text("of all rounds to come")
    for file in (seeds, fresh, fresh):
        commands.obey(f"export 1 {file}")
    assert shown == [
        f"{seeds}: File exists",
        f"round 1 of table 1 is in {fresh}",
        f"{fresh}: File exists",
    ]
    assert (seeds.read_text(), fresh.read_text()) == ("of all rounds to come", "round 1")


@pytest.mark.parametrize("trouble", [LedgerError, sqlite3.DatabaseError])
def test_damaged_bytes_are_shown_and_not_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    def damaged(*_: object) -> str:
        raise trouble("near \x1b[2J\x07")

    monkeypatch.setattr(console, "export", damaged)
    shown: list[str] = []
    desk = cast("Owner", Desk(PureHouse().house))
    console.Console(desk, lambda: None, shown.append, tmp_path, Chains(tmp_path)).obey(
        "export 1 new"
    )
    assert shown[0].endswith("near �[2J�")


def test_the_console_goes_on_after_bytes_that_are_no_letters(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        assert house.process.stdin
        os.write(house.process.stdin.fileno(), b"say \xff\xfe\x80\nkick \xc3\n\xff\n")
        house.command("who")
        assert house.wait_line("at the table is called") == "nobody at the table is called ‹�›"
        assert house.wait_line("Anna") == "Anna: player, 500 chips"
        assert anna.wait(Announced).words == "���"


def test_a_line_of_the_log_has_nothing_secret_in_it() -> None:
    said = SignIn(3, "Anna", b"t" * 32, b"p" * 64)
    assert line_of(said) == "SignIn(3, 'Anna')"


def test_the_log_of_an_evening_tells_it_and_keeps_secrets(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", level="debug") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        anna.register()
        anna.bet(1, (17, 5))
        _, _, log = house.stop()
    file = (tmp_path / "d" / "log" / "server.log").read_text(encoding="utf-8")
    assert "< player Anna PlaceBets(" in log
    assert "17:5" in log
    assert file == log
    assert anna.chain
    for secret in (anna.token.hex(), anna.chain.next.hex()):
        assert secret[:8] not in log


def test_a_name_in_the_log_is_a_name(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        house.modern("all: = round 1 settled 17", Seat.PLAYER)
        house.command("who")
        assert house.wait_line("player,") == "‹all: = round 1 settled 17›: player, 500 chips"
        _, _, log = house.stop()
    assert " + visitor ‹all: = round 1 settled 17› from " in log
    assert " x player ‹all: = round 1 settled 17›: the house closes" in log
    assert " all: =" not in log


def test_nobody_can_forge_a_line_of_the_log(tmp_path: Path) -> None:
    logger = logging.getLogger("server")
    handler = start(tmp_path / "log", "info")
    try:
        logger.info("< %s", "Anna\n12:00:00 = round 1 settled 17\x1b[2J")
    finally:
        logger.removeHandler(handler)
        handler.close()
    assert len((tmp_path / "log" / "server.log").read_text(encoding="utf-8").splitlines()) == 1
