"""The power fails: whatever the disk kept of what was not synced, all that was told is there."""

import json
from pathlib import Path
from random import Random

from server.books.chain import LedgerError
from torture import shim
from torture.books_check import wrong_end
from torture.disk import Disk, Op, read_log
from torture.onlooker import Fact
from torture.report import Row, Run, scratch
from torture.stage import BALLAST_BYTES, LATER, Stage

STEPS = 45
"""Of each of the two evenings whose writes are logged."""
STATES_A_WALK = 1000


def do(run: Run) -> None:
    with scratch() as folder:
        made = shim.build(folder)
        data, log = folder / "data", folder / "log"
        data.mkdir()
        steps = str(STEPS)
        with shim.started(made, "record", str(data), str(log), str(run.seed), steps) as child:
            _, errors = child.communicate(timeout=120)
        if not run.check(child.returncode == 0, f"the evening fell over: {errors[-500:]}"):
            return
        ops = list(read_log(log))
        told = [
            (at, json.loads(op.data)) for at, op in enumerate(ops) if op.name == "told" and op.data
        ]
        lines = [op for op in ops if op.name != "told"]
        run.tried |= {
            "writes": sum(op.kind == "W" for op in lines),
            "syncs": sum(op.kind == "S" for op in lines),
            "facts told": len(told),
        }
        run.check(len(told) > STEPS, "hardly anything was told")
        cut(run, folder, ops, told)


def cut(run: Run, folder: Path, ops: list[Op], told: list[tuple[int, Fact]]) -> None:
    """Walk through the log again and again, and let the power fail at random places."""
    dice = Random(run.seed)
    numbers = run.each("states")
    place = folder / "state"
    looked_at: set[int] = set()
    for _ in range(0, run.count, STATES_A_WALK):
        points = sorted(dice.randrange(len(ops) + 1) for _ in range(STATES_A_WALK))
        disk, at = Disk(), 0
        for point, number in zip(points, numbers, strict=False):
            for op in ops[at:point]:
                disk.do(op)
            at = point
            known = [fact for when, fact in told if when < point]
            files = disk.after_a_cut(dice)
            # The same folder with the same facts told need not be started on twice.
            if (state := hash((len(known), *sorted(files.items())))) in looked_at:
                continue
            looked_at.add(state)
            lay(place, files)
            for words in after(place, known):
                run.check(False, f"cut {number}, after line {point}: {words}")
    run.tried["of them different"] = len(looked_at)


def lay(place: Path, files: dict[str, bytes]) -> None:
    """Make the folder that the disk would show."""
    place.mkdir(exist_ok=True)
    for old in place.iterdir():
        if old.is_file():
            old.unlink()
    for name, content in files.items():
        if name == "ballast" and len(content) == BALLAST_BYTES:
            with (place / name).open("wb") as file:
                file.truncate(BALLAST_BYTES)
        elif name not in ("told", "ballast"):
            (place / name).write_bytes(content)


def after(place: Path, known: list[Fact]) -> list[str]:
    """Start on what is left, finish the round, and look."""
    try:
        stage = Stage(place, 1, begin=LATER)
    except LedgerError as error:
        return [f"it does not start: {error}"]
    before = stage.table.round
    number, state = before.number, before.state
    frozen = stage.table.draw.state.frozen
    stage.finish()
    wrong = []
    if state == "frozen":
        done = stage.ledger.finished_round(1, number)
        if not done or not frozen or frozen.freeze.hex() not in done.record:
            wrong.append(f"round {number} was {state}, and was not finished as it was frozen")
    stage.close()
    wrong += wrong_end(place, known)
    return wrong[:3]


ROW = Row("power", "cut the power: unsynced writes lost, torn, reordered", do, 300, 5_000, 500_000)
