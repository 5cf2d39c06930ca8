"""Check style, types and tests: `python run.py test`."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from run import hand_over
from tests.checks import CLONE, checks, perform


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="python run.py test",
        description="Check style, types and tests, on all cores. With arguments for pytest, "
        "only pytest with those, on one.",
    )
    parse.add_argument(
        "--long", action="store_true", help="only tests that have a long form, at their full length"
    )
    parse.add_argument("pytest", nargs="*", metavar="…", help="arguments for pytest")
    return parse


def main(arguments: Sequence[str]) -> int:
    if set(arguments) & {"-h", "--help"}:
        parser().print_help()
        return 0
    os.chdir(CLONE)
    if set(arguments) <= {"--long"}:
        return perform(checks(long=bool(arguments)))
    return hand_over([sys.executable, "-m", "pytest", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
