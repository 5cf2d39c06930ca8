"""What the tests of the window share: evenings, an ear, and a display."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pygame
import pytest

from tests.client_gui.evening import Evening
from tests.tools import need


@pytest.fixture
def language() -> str:
    """What the windows speak, unless a test is `played_in` another language."""
    return "en"


@pytest.fixture
def evening(tmp_path: Path, language: str) -> Iterator[Evening]:
    for program in ("Xvfb", "xdotool", "setxkbmap"):
        need(program)
    with ExitStack() as stack:
        yield Evening(tmp_path, stack, language)


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that SDL's disk driver writes to."""
    file = tmp_path / "heard.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(file))
    return file


@pytest.fixture
def display() -> None:
    """Surfaces are made like the window's."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))
