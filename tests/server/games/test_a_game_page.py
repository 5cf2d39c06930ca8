"""The page about a game of one's own shows the whole file of the smallest one, in its order."""

import re
from pathlib import Path

CLONE = Path(__file__).parents[3]
PAGE = (CLONE / "docs" / "a-game.md").read_text("utf-8")
GAME = (CLONE / "server" / "games" / "guess.py").read_text("utf-8")


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def test_the_page_shows_every_line_of_the_file_in_order() -> None:
    shown = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert lines("".join(shown)) == lines(GAME)


def test_the_files_that_the_page_names_exist() -> None:
    named = re.findall(r"`((?:docs|server|tests)/[^`]+)`", PAGE)
    assert len(named) > 5
    for path in named:
        assert (CLONE / path).exists(), path
