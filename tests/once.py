"""What is dear to make is made once in a run of the tests, and each of its processes has a copy."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from run import locked


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder as `make` leaves it. Whoever comes while it is made waits for it."""
    base = factory.getbasetemp()
    # Of several workers each has a folder of its own below that of the run.
    kept = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"once-{name}"
    done = kept.with_suffix(".done")
    with locked(kept.with_suffix(".lock")):
        if not done.exists():
            make(kept)
            done.touch()
    copy = factory.mktemp(name) / name
    return Path(shutil.copytree(kept, copy, symlinks=True))
