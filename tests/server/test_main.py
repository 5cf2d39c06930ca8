"""The command: its options, its mistakes in plain words, and its end."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from protocol.fair.verdict import GREY
from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundSettled, TableIntroduced
from protocol.house.door import Goodbye
from protocol.house.lists import Farewell, Seat
from server.books.folder import PASSWORD as PASSWORD_FILE
from server.books.ledger import FILE
from server.draw.seeds import CHAIN_LENGTH, Seeds
from server.host.terminal import signals_to_stop
from server.log.transcript import CLOSE_SECONDS
from server.net.listener import FAREWELL_SECONDS
from tests.server.guests import Modern
from tests.server.houses import (
    PASSWORD,
    ROOT,
    WITHIN,
    RunningHouse,
    made_up_password,
    run_house,
    run_script,
)


def refused(*options: str) -> str:
    """The one line of an impossible start."""
    ended = run_house(*options)
    assert ended.returncode == 2, ended
    assert ended.stdout == ""
    lines = ended.stderr.splitlines()
    assert len(lines) == 1, ended.stderr
    return lines[0]


def test_a_port_in_use_is_one_plain_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        data = tmp_path / "new" / "d"
        said = refused("--data", str(data), "--port", str(port))
    assert said == f"port {port} on 127.0.0.1: Address already in use"
    assert not list(data.iterdir()), "nothing was made for it"


def test_a_folder_in_use_is_one_plain_line(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d"):
        said = refused("--data", str(tmp_path / "d"), "--port", "0")
    assert said == f"another table is running on {tmp_path / 'd'}"


def test_a_bad_setting_is_one_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "croupier.toml"
    path.write_text("[limits]\nsessions = 0\n")
    said = refused("--config", str(path), "--data", str(tmp_path / "d"))
    assert said == "sessions must not be under 2: no second person could come in"
    assert not (tmp_path / "d").exists()


def test_an_impossible_start_is_exit_code_2_and_one_line(tmp_path: Path) -> None:
    assert "No such file" in refused("--config", str(tmp_path / "none.toml"))
    unknown = refused("--host", "a..b", "--data", str(tmp_path))
    assert unknown.startswith("port 1234 on a..b: ")
    assert "error -" not in unknown
    assert "cannot be shown" in refused("--name", "\udcff")


def test_what_a_complaint_quotes_is_shortened_and_shown(tmp_path: Path) -> None:
    for option in ("--stack", "--export", "--port"):
        for digits in (4000, 5000):
            said = refused(option, "9" * digits, "--data", str(tmp_path))
            assert "99 … 99" in said
            assert len(said) == 603
    assert refused("--config", "\x1b[31m") == "�[31m: No such file or directory"


def test_damaged_bytes_that_a_complaint_quotes_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        house.stop()
    with closing(sqlite3.connect(tmp_path / "d" / FILE)) as db:
        db.execute("PRAGMA writable_schema=ON")
        db.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE journal (`' || ? WHERE name = 'journal'",
            ("\x1b]0;pwn\x07\n! forged",),
        )
        db.commit()
    data = ("--data", str(tmp_path / "d"))
    ended = run_house("--audit", *data)
    found = [line for line in ended.stdout.splitlines() if "pwn" in line]
    for line in (*found, refused("--export", "1", *data), refused("--port", "0", *data)):
        assert "�]0;pwn��! forged" in line
        assert line.isprintable()
    assert found


def test_a_data_that_is_no_folder_is_said_to_be_none(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch()
    link.symlink_to(tmp_path / "nowhere")
    for path in (file, link, Path(os.devnull)):
        assert refused("--data", str(path), "--port", "0") == f"--data: {path} is no folder"


def test_the_file_sets_the_table_and_the_command_line_goes_before_it(tmp_path: Path) -> None:
    path = tmp_path / "croupier.toml"
    path.write_text(
        'name = "Salon Bleu"\nstack = 700\n[[table]]\nauto_seconds = 30\n'
        "[table.plaque]\nstraight = [2, 40]\n"
    )
    options = ("--config", str(path), "--auto", "45", "--table-password", "sesam")
    with RunningHouse(tmp_path / "d", *options) as house:
        anna = house.guests.enter_context(Modern(house.port))
        told = anna.house
        assert (told.name, told.stack, told.password_needed) == ("Salon Bleu", 700, True)
        anna.sign_in("Anna", password="sesam")
        anna.sit()
        (shown,) = [each for each in anna.seen if isinstance(each, TableIntroduced)]
        assert (shown.name, shown.auto_seconds) == ("Salon Bleu", 45)
        assert (shown.plaque[0].least, shown.plaque[0].most) == (2, 40)


def test_the_first_screen_says_what_a_host_must_know(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        _, out, _ = house.stop()
    assert out.endswith("\nThe house is closed; the books are in order.\n")
    for words in ("only this machine can join", "--host 0.0.0.0", "not encrypted", "Ctrl-C"):
        assert words in out
    assert PASSWORD not in out


def test_a_table_for_the_network_prints_the_addresses_to_share(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", "--host", "0.0.0.0") as house:
        assert house.first_line == f"listening on 0.0.0.0:{house.port}\n"
        assert "python run.py client" in house.wait_line("friends join with")


def test_a_password_that_nobody_set_is_made_up_and_printed(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", "--croupier-password", "") as house:
        boss = house.guests.enter_context(Modern(house.port))
        boss.sign_in("Boss")
        boss.sit(Seat.CROUPIER, made_up_password(house))


@pytest.mark.skipif(os.name == "nt", reason="the modes of a file are POSIX's")
def test_a_made_up_password_is_the_tables_own_and_only_the_hosts_to_read(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d", "--croupier-password", "") as house:
        password = made_up_password(house)
    with RunningHouse(tmp_path / "e", "--croupier-password", "") as house:
        assert made_up_password(house) != password
    kept = tmp_path / "d" / PASSWORD_FILE
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_text("\n")
    with RunningHouse(tmp_path / "d", "--croupier-password", "") as house:
        another = made_up_password(house)
    assert another not in ("", password)
    assert kept.read_text() == f"{another}\n"
    with RunningHouse(tmp_path / "d", "--croupier-password", "my own") as house:
        assert "as you set it" in house.wait_line("croupier's password")
    assert kept.read_text() == f"{another}\n"


@pytest.mark.parametrize("how", [*signals_to_stop()])
def test_it_stops_within_two_seconds_and_tells_everybody(tmp_path: Path, how: int) -> None:
    assert FAREWELL_SECONDS + CLOSE_SECONDS < 2  # It waits so long, and by no other clock:
    settings = tmp_path / "long.toml"
    clocks = ("linger_seconds", "slow_seconds", "silent_seconds", "sign_in_seconds")
    settings.write_text("\n".join(["[limits]", *(f"{each} = 3600" for each in clocks)]))
    with RunningHouse(tmp_path / "d", "--config", str(settings)) as house:
        guests = [house.modern(f"Guest {number}", Seat.PLAYER) for number in range(20)]
        house.process.send_signal(how)
        for guest in guests:
            assert guest.wait(Goodbye).reason is Farewell.STOPPING
        # (Nobody closes his end: the house does not wait for that.)
        assert house.process.wait(timeout=WITHIN) == 0


def test_the_console_stops_it_too(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        house.command("stop")
        assert house.process.wait(timeout=WITHIN) == 0


def test_what_the_system_refuses_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "d"
    assert refused("--data", str(data), "--port", "0") == f"{data}: Not a directory"


def test_an_audit_needs_books(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        words = f"there are no books in {folder}"
        assert refused("--audit", "--data", str(folder)) == words
        assert refused("--export", "1", "--data", str(folder)) == words
    assert not list(tmp_path.iterdir())


def test_an_audit_names_what_is_wrong(tmp_path: Path) -> None:
    with RunningHouse(tmp_path / "d") as house:
        house.modern("Anna", Seat.PLAYER).bet(1, (17, 1))
        house.stop()
    path = tmp_path / "d" / "books.sqlite"
    path.write_bytes(path.read_bytes().replace(b'"Anna"', b'"Anja"'))
    ended = run_house("--audit", "--data", str(tmp_path / "d"))
    assert ended.returncode == 1
    assert "WRONG" in ended.stdout
    assert "entry 2 is not as it was written" in ended.stdout
    assert "entry 2" in refused("--data", str(tmp_path / "d"), "--port", "0")


def test_a_round_is_exported_and_verified(tmp_path: Path) -> None:
    data, file = tmp_path / "d", tmp_path / "round.json"
    with RunningHouse(data) as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        anna.register()
        anna.bet(1, (17, 5), (150, 5))
        boss.ask(StartSpin(boss.next(), 1))
        anna.show(1)
        pocket = anna.wait(RoundSettled).pocket
        house.command(f"export 1 {file}")
        house.wait_line("round 1 of table 1 is in")
        house.command("export 7 nowhere")
        house.wait_line("there is no finished round 7")
    checked = run_script("protocol/verify.py", str(file))
    assert (checked.returncode, checked.stdout.splitlines()) == (
        0,
        [
            f"at the table whose anchor is {anna.house.anchor.hex()}:",
            f"round 1: number {pocket}: holds as far as it could be checked",
            f"  watcher: {GREY['watcher']}",
        ],
    )
    printed = run_house("--export", "1", "--data", str(data))
    assert printed.stdout == file.read_text(encoding="utf-8")
    assert "there is no finished round 2" in refused("--export", "2", "--data", str(data))
    assert run_house("--audit", "--data", str(data)).returncode == 0
    other = json.loads(file.read_text(encoding="utf-8"))
    other["rounds"][0]["events"][0]["result"] = {"pocket": (pocket + 1) % 37}
    file.write_text(json.dumps(other))
    assert run_script("protocol/verify.py", str(file)).returncode == 1


def test_a_write_that_fails_ends_the_house_at_once_without_an_answer(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot limit another process")
    with RunningHouse(tmp_path / "d") as house:
        anna = house.modern("Anna", Seat.PLAYER)
        anna.bet(1, (17, 1))
        seen = len(anna.seen)
        resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (100, 100))
        number = anna.next()
        anna.say(PlaceBets(number, 1, (Bet(18, 1),)))
        anna.wait_end()
        assert not [said for said in anna.seen[seen:] if isinstance(said, BetsPlaced)]
        assert house.process.wait(timeout=WITHIN) == 3
    with RunningHouse(tmp_path / "d") as house:
        again = house.guests.enter_context(Modern(house.port))
        again.sign_in("Anna", anna.token)
        again.sit()
        again.say(PlaceBets(number, 1, (Bet(18, 1),)))
        assert again.wait(BetsPlaced).at_stake == 2


def test_a_new_table_makes_its_whole_chain_of_seeds_at_the_first_start(tmp_path: Path) -> None:
    (tmp_path / "d" / "seeds").mkdir(parents=True)
    (tmp_path / "d" / "seeds" / "1").write_bytes(b"")
    assert "is damaged" in refused("--data", str(tmp_path / "d"), "--port", "0")
    (tmp_path / "d" / "seeds" / "1").unlink()
    process = subprocess.Popen(
        [
            *(sys.executable, str(ROOT / "server" / "main.py")),
            *("--data", str(tmp_path / "d"), "--port", "0", "--no-console"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    assert "listening" in process.stdout.readline()
    process.kill()
    process.communicate()
    assert Seeds.open(tmp_path / "d" / "seeds" / "1", fresh=False).length == CHAIN_LENGTH


def test_the_program_runs_from_any_folder(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "server" / "main.py"), "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Run a house of tables" in ended.stdout
    named = re.findall(r"docs/[a-z.]+[a-z]", ended.stdout)
    assert len(named) == 2
    assert all((ROOT / each).is_file() for each in named)


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes streams is POSIX's")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_a_stream_that_is_closed_is_not_missed(tmp_path: Path, closed: str) -> None:
    """And nothing that is said to the screen is written into a file that has its number."""
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        house.modern("Anna", Seat.PLAYER).bet(1, (17, 1))
        house.stop()
    command = [sys.executable, str(ROOT / "server" / "main.py"), "--data", str(data)]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh"]
    with (tmp_path / "said").open("w+") as said:
        for options, status in (("--until-eof", 0), ("--audit", 0), ("--stack=0", 2)):
            ended = subprocess.run(
                [*shell, *command, "--port", "0", options],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=60,
                check=False,
            )
            assert ended.returncode == status, options
        said.seek(0)
        heard = said.read()
    assert "Traceback" not in heard
    assert ("the books are right" in heard) is (">&-" not in closed.split())
    assert ("is nothing to play with" in heard) is ("2>&-" not in closed)


@pytest.mark.skipif(os.name == "nt", reason="a signal for one process is POSIX's")
def test_ctrl_c_while_the_house_is_being_opened_is_one_plain_line(tmp_path: Path) -> None:
    settings, pipe = tmp_path / "croupier.toml", tmp_path / "pipe"
    os.mkfifo(pipe)
    settings.symlink_to(pipe)  # As a shell hands one over: it waits until somebody has written.
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "server" / "main.py"), "--config", str(settings)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with settings.open("w"):
        process.send_signal(signal.SIGINT)
        out, complaint = process.communicate(timeout=60)
    assert (process.returncode, out, complaint) == (130, "", "Stopped.\n")
