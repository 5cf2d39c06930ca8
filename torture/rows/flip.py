"""One bit of the books at rest is flipped: refused with the place named, or without any effect."""

from pathlib import Path
from random import Random

from server.books.chain import LedgerError
from server.books.ledger import FILE
from server.draw.seeds import SeedsError
from torture.books_check import wrong_end
from torture.evening import Evening
from torture.report import Row, Run, scratch
from torture.stage import LATER, Stage

STEPS = 60
NAMES = (FILE, f"{FILE}-wal", "witness", "seeds/1")
"""The last state of the books is in the write-ahead log when the house was killed."""


def do(run: Run) -> None:
    with scratch() as folder:
        data = folder / "data"
        data.mkdir()
        facts, killed, closed = play(run, data)
        dice = Random(run.seed)
        for number in run.each("bits"):
            files = killed if dice.random() < 0.5 else closed
            name = dice.choices(list(files), [len(content) for content in files.values()])[0]
            at = dice.randrange(len(files[name]) * 8)
            place = folder / "flipped"
            lay(place, files)
            flipped = bytearray(files[name])
            flipped[at // 8] ^= 1 << at % 8
            (place / name).write_bytes(flipped)
            outcome, words = judge(place, facts)
            run.tried[outcome] += 1
            run.check(not words, f"flip {number}, bit {at} of {name}: {words}")
        run.check(run.tried["refused"] > run.tried["bits"] / 4, "hardly any flip was refused")


def play(run: Run, data: Path) -> tuple[list[list[object]], dict[str, bytes], dict[str, bytes]]:
    """An evening; what was told, and the files as a kill and as a clean stop leave them."""
    facts: list[list[object]] = []
    stage = Stage(data, run.seed)
    evening = Evening(stage, run.seed, STEPS, facts.append)
    stage.play(evening.script())
    run.tried["facts told"] = len(facts)
    run.check(len(facts) > STEPS, "hardly anything was told")
    killed = read(data)
    stage.close()
    return facts, killed, read(data)


def read(data: Path) -> dict[str, bytes]:
    return {name: (data / name).read_bytes() for name in NAMES if (data / name).exists()}


def lay(place: Path, files: dict[str, bytes]) -> None:
    place.mkdir(exist_ok=True)
    for old in [each for each in place.rglob("*") if each.is_file()]:
        old.unlink()
    (place / "seeds").mkdir(exist_ok=True)
    for name, content in files.items():
        (place / name).write_bytes(content)


def judge(place: Path, facts: list[list[object]]) -> tuple[str, str]:
    """What a start makes of it: what it did, and what is wrong with that."""
    try:
        stage = Stage(place, 1, begin=LATER)
    except (LedgerError, SeedsError) as error:
        named = str(place) in str(error) or "seeds" in str(error)
        return "refused", "" if named else f"refused without a place: {error}"
    except Exception as error:
        return "fell over", f"{type(error).__name__}: {error}"
    try:
        stage.finish()
        stage.close()
        wrong = list(wrong_end(place, facts))
    except Exception as error:
        return "fell over", f"after the start, {type(error).__name__}: {error}"
    return "without effect", wrong[0] if wrong else ""


ROW = Row("flip", "flip one bit of the books", do, 60, 300, 10_000)
