"""Put the house under fire: `python run.py torture [--minutes M] [NAME…]`."""

import argparse
import itertools
import logging
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple, TypeVar

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from torture.catalogue import ROWS
from torture.report import CannotError, Row, Run

logging.getLogger("server").addHandler(logging.NullHandler())
# What a house in a glass has to tell its host is no fault.

NAMED = {row.name: row for row in ROWS}


class Told(NamedTuple):
    """How one row ended."""

    name: str
    words: str
    wrong: int


def parser() -> argparse.ArgumentParser:
    """The command line."""
    names = "\n".join(f"  {row.name:8}{row.about} ({row.short:,}; {row.long:,})" for row in ROWS)
    parse = argparse.ArgumentParser(
        prog="python run.py torture",
        description="Put the house under fire, and count the chips.",
        epilog=f"names, and how much the long tests and this command do of each:\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parse.add_argument
    add("names", nargs="*", metavar="NAME", help="what to do; without a name, everything")
    add("--minutes", type=positive(float), default=60.0, help="for all of it together (60)")
    add("--seed", type=int, default=1, help="the same seed makes the same choices again (1)")
    add("--count", type=positive(int), help="how much of each, instead of its own number")
    add("--short", action="store_true", help="only as much as `python run.py test --long` does")
    return parse


N = TypeVar("N", int, float)


def positive(kind: Callable[[str], N]) -> Callable[[str], N]:
    """A number above 0."""

    def read(text: str) -> N:
        number = kind(text)
        if not 0 < number < float("inf"):
            raise ValueError
        return number

    read.__name__ = "number above 0"
    return read


def main(arguments: Sequence[str] | None = None) -> int:
    """Everything that was asked for; 1 if anything was wrong, 130 if it was interrupted."""
    parse = parser()
    wanted = parse.parse_intermixed_args(arguments)
    unknown = [name for name in wanted.names if name not in NAMED]
    if unknown:
        parse.error(f"there is no {unknown[0]}; there are: {', '.join(NAMED)}")
    rows = [NAMED[name] for name in dict.fromkeys(wanted.names)] or list(ROWS)
    end = monotonic() + wanted.minutes * 60
    told: list[Told] = []
    try:
        for done, row in enumerate(rows):
            share = (end - monotonic()) / (len(rows) - done)
            count = wanted.count or (row.short if wanted.short else row.long)
            told.append(perform(row, Run(count, wanted.seed, monotonic() + share)))
    except KeyboardInterrupt:
        show("\ninterrupted")
    sum_up(rows, told)
    if len(told) < len(rows):
        return 130
    return 1 if any(each.wrong for each in told) else 0


def perform(row: Row, run: Run) -> Told:
    """One row, told on the screen, and how it ended."""
    show(f"{row.name}: {row.about}")
    began = monotonic()
    try:
        row.do(run)
    except CannotError as error:
        show(f"  not here: {error}")
        return Told(row.name, f"not here: {error}", 0)
    except KeyboardInterrupt:
        for line in run.lines():
            show(f"  {line}")
        raise
    except Exception as error:
        show(traceback.format_exc())
        run.check(False, f"the house, or this row, fell over: {type(error).__name__}: {error}")
    for line in run.lines():
        show(f"  {line}")
    seconds = monotonic() - began
    show(f"  {seconds:.1f} s, seed {run.seed}")
    found = f"{len(run.wrong):,} WRONG" if run.wrong else "nothing wrong"
    return Told(row.name, f"{run.most_tried}: {found}, {seconds:.0f} s", len(run.wrong))


def sum_up(rows: Sequence[Row], told: Sequence[Told]) -> None:
    """What was tried, and what was found."""
    if len(rows) > 1:
        show("\ntried and found:")
        for row, each in itertools.zip_longest(rows, told):
            show(f"  {row.name:8}{each.words if each else 'not tried to its end'}")
    wrong = sum(each.wrong > 0 for each in told)
    if wrong:
        show(f"{wrong} of {len(rows)} found something wrong")
    elif len(told) == len(rows):
        show("the house stands")


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # The houses are ended with it.
    sys.exit(main())
