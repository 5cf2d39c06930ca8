"""Readers who stop, or read a byte a second: they are gone soon, and cost the others nothing."""

import select
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic

from protocol.house.door import Ping
from protocol.limits import SERVER_FRAME_BYTES
from protocol.wire import encode
from server.limits import Limits
from torture.books_check import wrong_evening
from torture.crowd import Crowd
from torture.onlooker import Onlooker
from torture.program import Program
from torture.punter import Punter
from torture.report import Row, Run, scratch
from torture.stage import RULES, WIDE, Stage

OF_EACH = 5
"""One in so many is slow; of more than the test run has, one in one less."""
SHORT_OF = 100
GONE_WITHIN = 15.0
"""Seconds from the moment in which they stop, with the house as it comes."""
WARM = 2.0
MEASURED = 3.0
"""Seconds, before and after: how the others are answered without them."""
TALKS = 2.0
"""Some of them go on talking, so that the house hears that they live."""
IN_GLASS = 15
SMALL_BUFFER = 4096
"""What the system takes for one who does not read."""
RATIO = 2.0
GRACE = 0.03
"""Seconds; so little nobody notices, and a busy machine makes them."""
LONGEST = 3.0
HELD = 512 * 1024
PING = encode(Ping(7))


def do(run: Run) -> None:
    glass(run)
    if sys.platform != "linux":
        run.notes.append("the running house is looked at through /proc, which is not here")
        return
    live(run)


def glass(run: Run) -> None:
    """What the house keeps for one who does not read is bounded, however much is said."""
    dice = Random(run.seed)
    with scratch() as folder:
        stage = Stage(folder, run.seed, rules=RULES, limits=WIDE)
        punters = [Punter(f"P{n}", run.seed) for n in range(IN_GLASS)]
        stage.seat(punters)
        stage.settle_down()
        slow = punters[: IN_GLASS // OF_EACH]
        lines = [stage.lines.pop(each) for each in slow]
        for line in lines:
            line.plug.room = 0
        most = 0
        for _ in range(3000):
            stage.clock += 0.06
            for punter in punters[len(slow) :]:
                if not punter.open and dice.random() < 0.8:
                    punter.bet()
            stage.exchange()
            stage.turn()
            most = max(most, *(line.session.pending for line in lines))
            if not any(line.open for line in lines):
                break
        stage.close()
        limit = Limits().outbox_bytes + SERVER_FRAME_BYTES
        run.notes.append(f"at most {most // 1024} KiB were held for one")
        run.check(most <= limit, f"{most:,} bytes were held for one who does not read")
        gone = sum(not line.open for line in lines)
        run.check(gone == len(lines), f"{len(lines) - gone} who do not read were kept")
        run.tried["who do not read, in a glass"] += len(lines)


def live(run: Run) -> None:
    """The running house: they are gone in time, and the others are answered as before."""
    with scratch() as folder:
        settings = folder / "slow.toml"
        settings.write_text("[limits]\nrequests_a_second = 1e6\n")
        options = ("--config", str(settings), "--stack", "100000000", "--auto", "3600")
        data = folder / "data"
        with Program(data, *options) as house, Program(folder / "quiet") as still:
            quiet = stop_reading(still, [Punter(f"Q{n}", run.seed) for n in range(OF_EACH)])
            punters = busy(run, house, data, quiet)
            while quiet.alive() and quiet.lasts < GONE_WITHIN:
                select.select([], [], [], 0.1)
            run.check(quiet.last, f"{quiet.left} were kept at a quiet table")
            run.notes.append(f"at a quiet table the last was gone after {quiet.last:.1f} s")
            run.tried["slow readers at a quiet table"] += OF_EACH
            quiet.close()
        run.wrong += wrong_evening(data, punters)


def stop_reading(house: Program, punters: list[Punter]) -> "Dribble":
    """These sit down at a table where nothing happens, and say and read nothing any more."""
    crowd = Crowd(house.port)
    crowd.gather(punters, SMALL_BUFFER)
    lines = [crowd.lines.pop(each) for each in punters]
    for line in lines:
        crowd.forget(line)
    crowd.close()
    return Dribble(house, lines, talkers=0)


def busy(run: Run, house: Program, data: Path, quiet: "Dribble") -> list[Punter]:
    """A table where everybody bets as fast as he is answered."""
    punters = [Punter(f"P{n}", run.seed, most=1) for n in range(run.count)]
    slow = punters[: run.count // (OF_EACH if run.count <= SHORT_OF else OF_EACH - 1)]
    awake = punters[len(slow) :]
    crowd, onlooker = Crowd(house.port), Onlooker(data)
    seated = crowd.gather(slow, SMALL_BUFFER) and crowd.gather(awake)
    if not run.check(seated, "not everybody could sit down"):
        return punters
    measure(crowd, awake, lambda: quiet.alive() or True, WARM)
    # The books of a round that goes on grow with every bet, whoever reads or does not.
    memory, bets = resident(house), answered(awake)
    before, _ = measure(crowd, awake, lambda: quiet.alive() or True, MEASURED)
    growth = (resident(house) - memory) / (answered(awake) - bets)
    memory, bets = resident(house), answered(awake)
    lines = [crowd.lines.pop(each) for each in slow]
    for line in lines:
        crowd.forget(line)
    dribble = Dribble(house, lines, talkers=len(lines) // 2)
    during, longest = measure(crowd, awake, lambda: watch(quiet, dribble), GONE_WITHIN)
    grown = growth * (answered(awake) - bets)
    held = max(0.0, resident(house) - memory - grown) / len(lines)
    run.check(not dribble.alive(), f"{dribble.left} slow readers were kept")
    run.notes.append(f"at a busy one after {dribble.last:.1f} s")
    run.notes.append(f"{held / 1024:.0f} KiB more memory for each, bets apart")
    run.check(held < HELD, f"{held:,.0f} bytes more for each slow reader")
    run.tried["slow readers"] += len(lines)
    run.check(not crowd.lost & set(awake), "honest players were dropped")
    dribble.close()
    after, _ = measure(crowd, awake, lambda: quiet.alive() or True, MEASURED)
    run.notes.append(
        f"p99 {before * 1000:.1f} ms before, {during * 1000:.1f} ms with them, "
        f"{after * 1000:.1f} ms after; the longest with them {longest:.2f} s"
    )
    most = max(before, after) * RATIO + GRACE
    # So few may be caught by a house that stands still that no hundredth shows it.
    run.check(longest < LONGEST, f"an honest player waited {longest:.1f} s for an answer")
    run.check(during < most, f"p99 went from {before} to {during}, and back to {after}")
    crowd.close()
    run.wrong += onlooker.look()
    onlooker.away()
    return punters


def watch(*those: "Dribble") -> bool:
    """Look after each of these; whether the last one is still alive."""
    return [each.alive() for each in those][-1]


def answered(punters: list[Punter]) -> int:
    return sum(len(each.log.told) for each in punters)


class Dribble:
    """The slow: some read nothing, some a byte a second; some of each go on talking."""

    def __init__(self, house: Program, lines: list[socket.socket], talkers: int) -> None:
        """These from now on; so many of them go on talking."""
        self._house = house
        self._lines = lines
        self._slow, self._talk = lines[::2], lines[:talkers]
        self._began = self._next = self._say_at = monotonic()
        self._others = descriptors(house) - len(lines)
        self.last = 0.0

    @property
    def lasts(self) -> float:
        """Seconds since they stopped."""
        return monotonic() - self._began

    @property
    def left(self) -> int:
        """Whom the house still has a line for. (On this side nothing tells: its farewell waits
        behind what one does not read.)
        """
        return max(0, descriptors(self._house) - self._others)

    def alive(self) -> bool:
        """Whether any of them is left; reads the next byte where it is time."""
        if monotonic() >= self._next:
            self._next += 1.0
            for line in self._slow:
                with suppress(OSError):
                    line.recv(1)
        if monotonic() >= self._say_at:
            self._say_at += TALKS
            for line in self._talk:
                with suppress(OSError):
                    line.send(PING)
        if not self.last and not self.left:
            self.last = self.lasts
        return not self.last

    def close(self) -> None:
        for line in self._lines:
            line.close()


def measure(
    crowd: Crowd, punters: list[Punter], goes_on: Callable[[], bool], seconds: float
) -> tuple[float, float]:
    """Everybody bets again and again; how long 99 of 100 answers took at the most, and each."""
    waits: list[float] = []
    asked: dict[Punter, float] = {}
    end = monotonic() + seconds
    turn = 0
    while monotonic() < end and goes_on():
        punter = punters[turn % len(punters)]
        turn += 1
        if punter not in asked and not punter.open:
            punter.bet()
            asked[punter] = monotonic()
            crowd.send(punter)
        crowd.step(0.002)
        now = monotonic()
        answered = [each for each in asked if not each.open]
        waits.extend(now - asked.pop(each) for each in answered)
    waits += [monotonic() - since for since in asked.values()]
    waits.sort()
    return (waits[int(len(waits) * 0.99)], waits[-1]) if waits else (0.0, 0.0)


def descriptors(house: Program) -> int:
    """The files and sockets that the house has open."""
    return sum(1 for _ in Path(f"/proc/{house.pid}/fd").iterdir())


def resident(house: Program) -> int:
    """The memory that the house has, in bytes."""
    return int(Path(f"/proc/{house.pid}/statm").read_text().split()[1]) * 4096


ROW = Row("slow", "readers that stop, or read a byte a second", do, 15, 100, 200)
