"""What the tests of the window share: an evening, in English unless a test asks for both."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.client_gui.evening import Evening
from tests.tools import need


@pytest.fixture
def language() -> str:
    return "en"


@pytest.fixture
def evening(tmp_path: Path, language: str) -> Iterator[Evening]:
    for program in ("Xvfb", "xdotool", "setxkbmap"):
        need(program)
    with ExitStack() as stack:
        yield Evening(tmp_path, stack, language)
