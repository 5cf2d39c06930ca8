"""What the window costs: `python bench/window.py` prints a table against its budget.

It needs a screen (`xvfb-run -s "-screen 0 3840x2160x24" python bench/window.py` makes one). Each
figure is taken in a fresh process; the idle table is a real one, on a server of this clone. Of
several starts the quickest counts, and work is counted in processor time: what else runs on the
machine would only add to both.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from client_gui.app import App
    from client_gui.games.roulette.scene.table import TableScene
    from client_gui.kit.screen import Screen
    from client_gui.options import Options

CLONE = Path(__file__).resolve().parents[1]
if not (__spec__ and __spec__.parent):
    sys.path[0] = str(CLONE)

IDLE_SECONDS = 10.0
TRIES = 5


class Row(NamedTuple):
    what: str
    figure: float
    budget: float
    unit: str


def percentile(figures: Sequence[float], part: float) -> float:
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def resident() -> float:
    """MiB of this process in memory; where the system does not tell, the most there ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


# --- probes: each runs in a process of its own, and prints its figures ----------------------------


def a_window(options: "Options", screen: "Screen | None" = None) -> "App":
    """Opened as `client_gui/opening.py` does it."""
    from client_gui.kit.screen import Screen

    screen = screen or Screen(options.size, options.fullscreen)
    from client.store import Store
    from client_gui.app import App

    return App(options, Store(Path(tempfile.mkdtemp())), screen)


def probe_start(began: float) -> list[float]:
    """Seconds from the start of the process to the window, and to the first whole frame."""
    from client_gui.kit.screen import Screen
    from client_gui.options import Options

    options = Options()
    screen = Screen(options.size, options.fullscreen)
    opened = time.time() - began
    app = a_window(options, screen)
    app.begin()
    drawn = time.time() - began
    app.close()
    return [opened, drawn]


def probe_idle(port: float) -> list[float]:
    """Share of a core, and flips, of a table at which nothing happens; and the memory it takes."""
    from client_gui.options import Options

    app = a_window(Options("127.0.0.1", int(port), "Bench"))
    last = app.begin()
    until = time.monotonic() + 20
    while app.scene.name != "table" and time.monotonic() < until:
        last = app.turn(last)
    settle = time.monotonic() + 7  # The first ping has been answered by then, and a second one.
    while time.monotonic() < settle:
        last = app.turn(last)
    figures = [*idled(app, last), resident()]
    app.close()
    return figures


def crowded(size: tuple[int, int], tv: bool = False) -> "TableScene":
    """A table with the chips of 200 players, and of one's own on every fourth spot."""
    from client.games.roulette.night.night import Night, Played
    from client.games.roulette.numbers import Numbers
    from client_gui.games.roulette.scene.table import TableScene
    from client_gui.games.roulette.scene.tv import TvScene
    from client_gui.games.roulette.view import Bet, Phase, RouletteView
    from client_gui.kit.resources import Cache, Typesetter
    from client_gui.kit.words import Words
    from client_gui.shell.view import Person, Role

    tools = Words("en"), Typesetter(), Cache(2500)
    scene = TvScene(lambda: None, *tools) if tv else TableScene(*tools)
    scene.resize(size)
    bets = dict.fromkeys(range(0, 157, 4), 25)
    crowd = tuple(Person(f"Player {n}", Role.PLAYER, 900, seat=n) for n in range(1, 201))
    theirs = tuple(
        Bet(each.name, each.seat * step % 157, 25) for each in crowd for step in (7, 12, 31)
    )
    totals = dict(bets)
    for bet in theirs:
        totals[bet.spot] = totals.get(bet.spot, 0) + bet.amount
    view = RouletteView(
        table="Bench", me="Bench", round=1, phase=Phase.BETTING, balance=5000, my_bets=bets,
        totals=totals, bets=theirs, people=crowd, results=(7,),
        numbers=Numbers(tuple(range(37)) * 13),
        night=Night(tuple(Played(n, n % 37, 50, n % 99, n % 99 - 50, n) for n in range(1, 501))),
    )  # fmt: skip
    scene.show_table(view, 0.0)
    return scene


def probe_crowd(countdown: float) -> list[float]:
    """Share of a core, and flips, of a table full of chips, for this long a time to bet."""
    from client_gui.options import Options

    app = a_window(Options())
    app.begin()
    app.scene = scene = crowded((1280, 800))
    now = time.monotonic()
    deadline = now + countdown if countdown else None
    scene.show_table(replace(scene.known, deadline=deadline, phase_length=countdown), now)
    last = app.begin()
    while time.monotonic() < now + 2:  # What is drawn for the first time is not yet idle.
        last = app.turn(last)
    share, frames = idled(app, last)
    app.close()
    return [share, frames, resident()]


def idled(app: "App", last: float) -> tuple[float, float]:
    """Share of a core, and flips, while nobody touches it."""
    spent, frames, start = time.process_time(), app.frames, time.monotonic()
    while time.monotonic() - start < IDLE_SECONDS:
        last = app.turn(last)
    share = (time.process_time() - spent) / (time.monotonic() - start) * 100
    return share, float(app.frames - frames)


def probe_spin(width: float, page: str = "", tv: bool = False) -> list[float]:
    """Milliseconds of work a frame while the wheel turns and chips are paid: p50, p99; memory.

    With `page` of one who reads that page of the record meanwhile, and `tv` of a television.
    """
    from client_gui.games.roulette.view import Outcome, Phase
    from client_gui.kit.screen import Screen

    size = (int(width), int(width) * 5 // 8 if width < 1900 else int(width) * 9 // 16)
    screen = Screen(size, False)
    scene = crowded(size, tv)
    view = scene.known
    if page:
        scene.open_record(page, 0.0)
    screen.show(scene.paint(screen.surface, 0.0))
    closed = replace(view, phase=Phase.CLOSED)
    scene.show_table(closed, 1.0)
    outcome = Outcome(1, 17, 300, view.my_bets)
    work = []
    now = 1.0
    while now < 1.5 or scene.moves(now):
        if 2.0 <= now < 2.0 + 1 / 60:
            settled = replace(view, round=2, my_bets={}, totals={}, outcome=outcome, balance=5300)
            scene.show_table(settled, now)
        start = time.thread_time()
        screen.show(scene.paint(screen.surface, now))
        work.append((time.thread_time() - start) * 1000)
        now += 1 / 60
    # The first frame of each show makes what it needs once; it counts like every other.
    return [percentile(work, 0.5), percentile(work, 0.99), resident()]


def probe_read(width: float) -> list[float]:
    """The same while the record is open."""
    return probe_spin(width, "night")


def probe_tv(width: float) -> list[float]:
    """The same on a television."""
    return probe_spin(width, tv=True)


def probe_resize(width: float) -> list[float]:
    """Milliseconds until a window that was pulled to another size is whole again."""
    from client.games.roulette.numbers import Numbers
    from client_gui.games.roulette.scene.table import TableScene
    from client_gui.games.roulette.view import Phase, RouletteView
    from client_gui.kit.resources import Cache, Typesetter
    from client_gui.kit.screen import Screen
    from client_gui.kit.words import Words

    screen = Screen((int(width), int(width) * 5 // 8), False)
    scene = TableScene(Words("en"), Typesetter(), Cache(2500))
    scene.resize(screen.size)
    numbers = Numbers(tuple(range(37)) * 13)
    view = RouletteView(round=1, phase=Phase.BETTING, balance=500, results=(7,), numbers=numbers)
    scene.show_table(view, 0.0)
    scene.paint(screen.surface, 0.0)
    took = []
    for step in range(9):
        wide = int(width) - 8 * (step + 1)
        screen.resized((wide, wide * 5 // 8))
        start = time.thread_time()
        scene.resize(screen.size)
        screen.show(scene.paint(screen.surface, 1.0))
        took.append((time.thread_time() - start) * 1000)
    return [percentile(took, 0.5)]


def probe_sound(seconds: float) -> list[float]:
    """Shares of a core: while the ball rolls and is heard, and when all is silent again."""
    os.environ["SDL_AUDIODRIVER"] = "dummy"
    from client_gui.games.roulette import rolling
    from client_gui.games.roulette.motion import Spin
    from client_gui.games.roulette.rolling import Rolling
    from client_gui.sound.cues import Cue
    from client_gui.sound.loudspeaker import LINGER, Sound

    sound = Sound(100, False)
    sound.ready(rolling.prepare)
    sound.play(Cue.LAST_CALL)
    time.sleep(1)  # Everything is made by then.
    shares = []
    for pause in (0.0, LINGER + 2):
        sound.follow(None if pause else Rolling(Spin.begin(time.monotonic())))
        time.sleep(pause)
        spent, start = time.process_time(), time.monotonic()
        time.sleep(seconds)
        shares.append((time.process_time() - spent) / (time.monotonic() - start) * 100)
    sound.close()
    return shares


PROBES: dict[str, Callable[[float], list[float]]] = {
    "start": probe_start,
    "idle": probe_idle,
    "crowd": probe_crowd,
    "spin": probe_spin,
    "read": probe_read,
    "tv": probe_tv,
    "resize": probe_resize,
    "sound": probe_sound,
}


# --- the table ------------------------------------------------------------------------------------


def ask(probe: str, argument: float) -> list[float]:
    command = [sys.executable, str(Path(__file__).resolve()), "--probe", probe, repr(argument)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CLONE)
    return [float(word) for word in done.stdout.split()]


def start_rows() -> list[Row]:
    tries = [ask("start", time.time()) for _ in range(TRIES)]
    opened, drawn = (min(column) for column in zip(*tries, strict=True))
    return [
        Row("window up", opened, 0.25, "s"),
        Row("first frame", drawn, 0.35, "s"),
    ]


def idle_rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "server/main.py", "--port", "0", "--data", folder, "--no-console"],
            cwd=CLONE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rpartition(":")[2])
            share, flips, memory = ask("idle", port)
        finally:
            server.terminate()
            server.wait(10)
            if server.stdout:
                server.stdout.close()
    return [
        Row("idle, of a core", share, 0.5, "%"),
        Row(f"idle, flips in {IDLE_SECONDS:.0f} s", flips, 0, ""),
        Row("memory, idle", memory, 80, "MiB"),
    ]


def crowd_rows() -> list[Row]:
    share, flips, memory = ask("crowd", 0)
    running, _, _ = ask("crowd", 20)
    return [
        Row("200 players' chips, idle", share, 0.5, "%"),
        Row("the same, flips", flips, 0, ""),
        Row("the same, time running down", running, 2, "%"),
        Row("the same, memory", memory, 80, "MiB"),
    ]


def work_rows() -> list[Row]:
    rows = []
    for width, budget in ((1280, 8.0), (1920, 12.0)):
        half, most, memory = ask("spin", width)
        rows += [
            Row(f"spin at {width}, p50", half, budget, "ms"),
            Row(f"spin at {width}, p99", most, budget, "ms"),
        ]
        if width == 1280:
            rows.append(Row("memory, after a spin", memory, 80, "MiB"))
    _, most, memory = ask("read", 1280)
    rows += [
        Row("spin beside the record, p99", most, 8.0, "ms"),
        Row("memory, with the record", memory, 80, "MiB"),
    ]
    half, _, _ = ask("tv", 3840)
    rows.append(Row("spin on a television at 3840, p50", half, 16.7, "ms"))
    (took,) = ask("resize", 1280)
    rows.append(Row("resize repainted, at 1280", took, 150, "ms"))
    return rows


def sound_rows() -> list[Row]:
    rolling, silent = ask("sound", 5.0)
    return [
        Row("sound of the ball, of a core", rolling, 2, "%"),
        Row("sound, silent", silent, 0.1, "%"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what the window costs.")
    parser.add_argument("--probe", nargs=2, metavar=("WHAT", "ARGUMENT"), help=argparse.SUPPRESS)
    said = parser.parse_args()
    write = sys.stdout.write
    if said.probe:
        what, argument = said.probe
        write(" ".join(map(repr, PROBES[what](float(argument)))) + "\n")
        return 0
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        sys.stderr.write("There is no screen: start this under xvfb-run.\n")
        return 2
    rows = start_rows() + idle_rows() + crowd_rows() + work_rows() + sound_rows()
    write(f"{'what':30}{'measured':>12}{'budget':>12}\n")
    for row in rows:
        mark = "" if row.figure <= row.budget else "  over"
        figures = f"{row.figure:>10.2f} {row.unit:3}{row.budget:>8g} {row.unit:3}{mark}"
        write(f"{row.what:30}{figures.rstrip()}\n")
    return int(any(row.figure > row.budget for row in rows))


if __name__ == "__main__":
    sys.exit(main())
