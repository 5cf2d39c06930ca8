"""A hostile house against our own clients: it may say what it likes, as much as it likes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic
from typing import NamedTuple

from torture import visitors
from torture.report import CannotError, Row, Run, scratch
from torture.torrent import CLASSIC, EVERYTHING, KINDS, LIES, UNANSWERED, Torrent
from torture.visitors import Visitor

MOST_KIB = 120 << 10
"""What a client may take, whatever a house says."""
ENDS_WITHIN = 1.0
EVIDENCE_FILES, EVIDENCE_BYTES = 50, 5_000_000
FOLDER_BYTES = 16 << 20
"""Everything that a client keeps, its evidence and a record of its own rounds among it."""
BUSY = """
import threading, time
threading.Thread(target=lambda: sum(iter(lambda: 1, 0)), daemon=True).start()
time.sleep(0.5)
"""
COMES_WITHIN = 30.0
BACK_WITHIN = 3.0
"""Who has not come back by then has hung up for good."""
STANDS_STILL = 300.0


class Guest(NamedTuple):
    """One of our clients, and what it is drowned in."""

    name: str
    open: Callable[[Path, int], Visitor]
    kinds: tuple[str, ...]


DEAREST = ("SessionAsked", "RosterChanged", UNANSWERED, LIES, CLASSIC)
"""These alone, where there is little time: what cost the most before there were bounds."""
ALL_OF_THEM = 50_000
SLOWER = {LIES: 10, CLASSIC: 10}
"""So many times fewer of them: each is answered, or is a long list."""
ANOTHER = b"another anchor".ljust(32)
HARMLESS = {"Greeting", "Goodbye", "Pong"}
MODERN = (*KINDS, EVERYTHING, UNANSWERED, LIES)
GUESTS = (
    Guest("bot", visitors.bot, MODERN),
    Guest("terminal", visitors.terminal, MODERN),
    Guest("window", visitors.window, MODERN),
    Guest("classic window", lambda *to: visitors.window(*to, "--classic"), (CLASSIC,)),
    Guest("classic terminal", lambda *to: visitors.terminal(*to, "--classic"), (CLASSIC,)),
)


def do(run: Run) -> None:
    if not Path("/proc/self/status").exists():
        raise CannotError("what a process takes is read from /proc")
    for at, guest in enumerate(GUESTS):
        dearest = tuple(kind for kind in guest.kinds if kind in DEAREST)
        part = run.part(run.count, 1 / (len(GUESTS) - at))
        drown(part, guest if run.count >= ALL_OF_THEM else guest._replace(kinds=dearest))
        if run.wrong:
            return  # It goes on for long, and one that drowns is enough.


def drown(run: Run, guest: Guest) -> None:
    """One client, in every kind of message in turn, and then before an impostor."""
    peak = (0, "")
    slowest = 0.0
    with scratch() as folder:
        torrent = Torrent(Random(run.seed))
        try:
            for kind in guest.kinds:
                if monotonic() > run.until:
                    run.notes.append(f"{guest.name}: out of time before {kind}")
                    break
                with guest.open(folder, torrent.port) as visitor:
                    peak = max(peak, (pour(run, guest, visitor, torrent, kind), kind))
                    if visitor.running:
                        torrent.begin(kind, 10**9)
                        took = visitor.end()
                        slowest = max(slowest, took)
                        run.check(
                            took <= ENDS_WITHIN or took <= ENDS_WITHIN + 2 * late(),
                            f"a {guest.name} drowned in {kind} ended after {took:.1f} s",
                        )
                        torrent.begin(kind, 0)
                    told = visitor.told
                    run.check("Traceback" not in told, f"a {guest.name} fell over: {told[-1500:]}")
                check_folder(run, guest, kind, folder)
                if run.wrong:
                    break
        finally:
            torrent.close()
        if CLASSIC not in guest.kinds:
            impose(run, guest, folder)
        run.tried[f"messages to a {guest.name}"] += torrent.said
        run.tried["lines held with hostile houses"] += torrent.lines
    run.notes.append(
        f"{guest.name}: {peak[0] / 1024:.0f} MiB at the most ({peak[1]}), "
        f"ended within {slowest:.2f} s"
    )


def late() -> float:
    """How much too late a program comes to its end here that is busy for half a second."""
    began = monotonic()
    subprocess.run([sys.executable, "-c", BUSY], check=True)
    return max(0.0, monotonic() - began - 0.5)


def pour(run: Run, guest: Guest, visitor: Visitor, torrent: Torrent, kind: str) -> int:
    """All of one kind, as long as somebody listens; the most KiB that it took."""
    if not run.check(torrent.seated(COMES_WITHIN), f"a {guest.name} did not come: {visitor.told}"):
        return 0
    torrent.begin(kind, run.count // SLOWER.get(kind, 1))
    here = said = monotonic()
    before, peak = torrent.said, visitor.peak()
    while not torrent.over(0.2):
        now = monotonic()
        here = now if torrent.sitting else here
        said, before = (now, torrent.said) if torrent.said != before else (said, before)
        peak = max(peak, visitor.peak())
        if peak > MOST_KIB or now > run.until:
            break
        if not visitor.running or now - here > BACK_WITHIN:
            run.tried["hung up for good"] += 1
            break
        if not run.check(now - said < STANDS_STILL, f"a {guest.name} takes no more {kind}"):
            break
    torrent.begin(kind, 0)
    peak = max(peak, visitor.peak())
    run.check(peak <= MOST_KIB, f"a {guest.name} takes {peak >> 10} MiB of {kind}")
    return peak


def impose(run: Run, guest: Guest, folder: Path) -> None:
    """Who names the table that is known, under another anchor, is told nothing secret."""
    impostor = Torrent(Random(run.seed), ANOTHER)
    try:
        with guest.open(folder, impostor.port) as visitor:
            run.check(impostor.left(COMES_WITHIN), f"a {guest.name} stays with an impostor")
            told = visitor.told
        secret = set(impostor.asked) - HARMLESS
        run.check(not secret, f"an impostor was told {', '.join(secret)} by a {guest.name}")
        run.check("Traceback" not in told, f"a {guest.name} fell over: {told[-1500:]}")
        run.tried["impostors"] += 1
    finally:
        impostor.close()


def check_folder(run: Run, guest: Guest, kind: str, folder: Path) -> None:
    """What a house made a client write down."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    evidence = [each for each in files if each.name.startswith("evidence-")]
    size = sum(each.stat().st_size for each in evidence)
    run.check(len(evidence) <= EVIDENCE_FILES, f"a {guest.name} keeps {len(evidence)} of {kind}")
    run.check(size <= EVIDENCE_BYTES, f"a {guest.name} keeps {size:,} bytes of evidence")
    everything = sum(each.stat().st_size for each in files)
    run.check(everything <= FOLDER_BYTES, f"a {guest.name} keeps {everything:,} bytes ({kind})")


ROW = Row(
    "torrent", "drown window, terminal and bots in what a house can say", do, 600, 10_000, 10**6
)
