"""What a bet and a result cost, in counts that no machine changes: a slow change shows here first.

The bounds lie a tenth above what was counted. Who makes something cheaper lowers them.
"""

import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from protocol.games.roulette.bets import BetsPlaced, PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import PlayerSettled
from protocol.house.door import Done, Greeting, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.wire import encode
from tests.server.houses import RunningHouse
from tests.tools import need
from torture.punter import DIGEST
from torture.stage import Line, Mortal, Stage

CALLS_A_BET = 162
"""Functions of Python and of C that are called for a bet, from its bytes to its answer's, ..."""
CALLS_A_LONE_BET = 300
"""... and where it has a batch and a commit for itself."""
CALLS_A_DELIVERY = 60
"""The same for a player's part in a round: its freeze and its proof, its end, its record and its
result."""
SYSTEM_CALLS_A_BET = 16
"""Of a bet that comes alone; how often threads wait for each other is not counted."""

MINUTE = 60.0


class Room:
    """A full table on a stage, and counters for what it does."""

    def __init__(self, folder: Path, players: int) -> None:
        self.stage = Stage(folder)
        self.table = self.stage.table
        self.sent = 0
        self.statements: list[str] = []
        self.number = 10
        self.boss = self.line("Boss", 0, Seat.CROUPIER)
        self.players = [self.line(f"Player {at}", at, Seat.PLAYER) for at in range(1, players + 1)]
        self.stage.clock += MINUTE
        self.stage.turn()
        self.stage.ledger._db.set_trace_callback(self.statements.append)

    def line(self, name: str, at: int, seat: Seat) -> Line:
        line = Line(self.stage, f"10.0.{at // 250}.{at % 250}")
        line.plug.tap = self.count
        for said in (
            Greeting(1, 1, "a test"),
            SignIn(1, name, b"", b""),
            TakeSeat(2, seat, DIGEST if seat is Seat.CROUPIER else b""),
        ):
            line.say(encode(said, 1))
        self.stage.turn()
        return line

    def count(self, _: bytes) -> None:
        self.sent += 1

    def bet(self, *lines: Line) -> None:
        """All in one batch."""
        self.number += 1
        said = encode(PlaceBets(self.number, self.table.round.number, (Bet(17, 1),)), 1)
        for line in lines:
            line.say(said)
        self.stage.turn()

    def wait(self) -> None:
        """As the owner does where nothing came: he sees until when."""
        self.stage.owner._timeout()

    def bet_and_wait(self, line: Line) -> None:
        self.bet(line)
        self.wait()

    def spin(self) -> None:
        self.number += 1
        self.boss.say(encode(StartSpin(self.number, self.table.round.number), 1))
        self.stage.turn()

    def commits(self, do: Callable[[], None]) -> int:
        self.statements.clear()
        do()
        return self.statements.count("COMMIT")

    def sends(self, do: Callable[[], None]) -> int:
        before = self.sent
        do()
        return self.sent - before


def calls(do: Callable[[], None]) -> int:
    """How many functions are called for this, in Python and in C."""
    count = 0

    def see(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        do()
    finally:
        sys.setprofile(None)
    return count


@pytest.fixture
def room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[Callable[[int], Room]]:
    """Makes rooms of so many players, where no page is bound while something is counted, and
    nothing is logged: what the tests' own log costs is not the house's.
    """
    caplog.set_level(logging.WARNING, "server")
    made: list[Room] = []

    def make(players: int) -> Room:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Room(folder, players))
        monkeypatch.setattr(Mortal, "page_bytes", 1 << 40)
        return made[-1]

    yield make
    for each in made:
        each.stage.close()


def test_all_bets_of_a_batch_share_a_commit_and_each_is_answered_in_one_piece(
    room: Callable[[int], Room],
) -> None:
    full = room(100)
    full.bet(*full.players)
    assert full.commits(lambda: full.bet(*full.players)) == 1
    assert full.sends(lambda: full.bet(*full.players)) == 100


def test_a_round_ends_in_one_commit_and_one_piece_for_each(room: Callable[[int], Room]) -> None:
    full = room(100)
    for _ in range(2):
        full.bet(*full.players)
        assert full.commits(full.spin) == 1
        full.bet(*full.players)
        assert full.sends(full.spin) == 101


def test_a_moment_in_which_nothing_happens_costs_no_commit(room: Callable[[int], Room]) -> None:
    quiet = room(5)
    assert quiet.commits(quiet.stage.turn) == 0
    assert quiet.sends(quiet.stage.turn) == 0


def test_so_many_calls_make_a_bet_and_a_delivery(room: Callable[[int], Room]) -> None:
    full = room(200)
    for _ in range(2):
        full.bet(*full.players)
        full.spin()
    a_bet = calls(lambda: full.bet(*full.players)) / 200
    a_delivery = calls(full.spin) / 200
    assert a_bet <= CALLS_A_BET
    assert a_delivery <= CALLS_A_DELIVERY


def test_one_bet_costs_no_more_where_more_people_are(room: Callable[[int], Room]) -> None:
    """Nothing walks all players for the request of one."""
    spent = []
    for players in (20, 200):
        full = room(players)
        full.bet(*full.players)
        full.stage.clock += MINUTE
        full.stage.turn()
        full.bet(full.players[0])
        spent.append(calls(lambda: full.bet(full.players[1])))  # noqa: B023 - called at once
    few, many = spent
    assert few <= CALLS_A_LONE_BET
    assert many <= few + 5


def test_one_bet_costs_no_more_where_more_tables_are(room: Callable[[int], Room]) -> None:
    """Nothing walks all tables for what is asked at one."""
    spent = []
    for tables in (1, 50):
        full = room(20)
        stage, first = full.stage, full.stage.house.hall.tables[1]
        for _ in range(1, tables):
            stage.house.open_table(
                first.game, first.means.draw.seeds, full.table.rules, stage.clock
            )
        for line in full.players[:2]:
            stage.clock += MINUTE
            stage.turn()
            full.wait()
            spent.append(calls(lambda: full.bet_and_wait(line)))  # noqa: B023 - called at once
    assert spent[3] <= spent[1] + 5


def test_a_round_costs_in_proportion_to_who_plays(room: Callable[[int], Room]) -> None:
    spent = []
    for players in (50, 400):
        full = room(players)
        full.bet(*full.players)
        full.spin()
        full.bet(*full.players)
        spent.append(calls(full.spin) / players)
    few, many = spent
    assert many <= few


def test_so_many_system_calls_make_a_lone_bet(tmp_path: Path) -> None:
    """Counted from outside. It wakes an I/O thread, the croupier, and then the player."""
    strace = need("strace")
    counts = tmp_path / "counts"
    bets = 200
    options = tmp_path / "croupier.toml"
    options.write_text("[limits]\nrequests_a_second = 1e6\nbroadcasts_a_second = 1\n", "ascii")
    with RunningHouse(tmp_path / "data", "--config", str(options), level="warning") as house:
        anna, boss = house.modern("Anna", Seat.PLAYER), house.modern("Boss", Seat.CROUPIER)
        with subprocess.Popen(
            [strace, "-f", "-c", "-o", str(counts), "-p", str(house.process.pid)],
            stderr=subprocess.PIPE,
            text=True,
        ) as tracer:
            assert tracer.stderr
            if "attached" not in tracer.stderr.readline():
                tracer.kill()
                pytest.skip("this system lets nobody trace another process")
            for number in range(bets):
                assert isinstance(anna.bet(1, (number % 37, 1)), BetsPlaced)
            assert boss.ask(StartSpin(boss.next(), 1)) == Done(boss.number)
            assert len(anna.wait(PlayerSettled).payouts) == 37
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)
    made = {row[-1]: int(row[3]) for row in map(str.split, counts.read_text().splitlines()[2:-2])}
    made.pop("futex", None)
    assert sum(made.values()) / bets <= SYSTEM_CALLS_A_BET, made
    synced = made.get("fdatasync", 0) + made.get("fsync", 0)
    assert bets <= synced <= 1.1 * bets, made
    sent = made.get("sendto", 0)
    assert sent <= 2.2 * bets, made
