"""Put the house under fire: `python run.py torture [--minutes M] [NAME…]`."""

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from torture.catalogue import ROWS
from torture.report import CannotError, Row, Run

NAMED = {row.name: row for row in ROWS}


def parser() -> argparse.ArgumentParser:
    """The command line."""
    names = "\n".join(f"  {row.name:8}{row.about} ({row.short:,}; {row.long:,})" for row in ROWS)
    parse = argparse.ArgumentParser(
        prog="python run.py torture",
        description="Put the house under fire, and count the chips.",
        epilog=f"names, and how much the test run and this command do of each:\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parse.add_argument
    add("names", nargs="*", metavar="NAME", help="what to do; without a name, everything")
    add("--minutes", type=float, default=60, help="for all of it together (60)")
    add("--seed", type=int, default=1, help="the same seed does the same again (1)")
    add("--count", type=int, help="how much of each, instead of its own number")
    add("--short", action="store_true", help="only as much as the test run does")
    return parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Everything that was asked for; 1 if anything was wrong."""
    parse = parser()
    wanted = parse.parse_intermixed_args(arguments)
    unknown = [name for name in wanted.names if name not in NAMED]
    if unknown:
        parse.error(f"there is no {unknown[0]}; there are: {', '.join(NAMED)}")
    rows = [NAMED[name] for name in wanted.names] or list(ROWS)
    end = monotonic() + wanted.minutes * 60
    wrong = 0
    for done, row in enumerate(rows):
        share = (end - monotonic()) / (len(rows) - done)
        count = wanted.count or (row.short if wanted.short else row.long)
        wrong += not perform(row, Run(count, wanted.seed, monotonic() + share))
    show(f"{wrong} of {len(rows)} found something wrong" if wrong else "the house stands")
    return 1 if wrong else 0


def perform(row: Row, run: Run) -> bool:
    """One row, told on the screen; whether the house stood."""
    show(f"{row.name}: {row.about}")
    began = monotonic()
    try:
        row.do(run)
    except CannotError as error:
        show(f"  not here: {error}")
        return True
    except Exception as error:
        show(traceback.format_exc())
        run.check(False, f"the house, or this row, fell over: {type(error).__name__}: {error}")
    for line in run.lines():
        show(f"  {line}")
    show(f"  {monotonic() - began:.1f} s, seed {run.seed}")
    return not run.wrong


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
