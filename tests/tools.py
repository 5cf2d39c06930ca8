"""Programs of the machine that some tests need: tshark, node, Xvfb."""

import os
import shutil

import pytest


def need(program: str) -> str:
    """The path of a program. Without it the test is skipped; under `.ci/run` it fails."""
    path = shutil.which(program)
    if path is not None:
        return path
    reason = f"{program} is not installed on this machine"
    if os.environ.get("CROUPIER_CI"):
        pytest.fail(reason)
    pytest.skip(reason)
