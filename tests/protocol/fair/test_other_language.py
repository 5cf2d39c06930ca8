"""A judge in another language, written from the page of the draw alone, says the same as ours."""

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest

from protocol.fair.reading import NotADocument, read_json
from tests.protocol.fair.damage import Damage
from tests.protocol.fair.evenings import Evening
from tests.protocol.fair.night import Document, verdicts
from tests.protocol.fair.test_vectors import FAIR, TAMPERED, tampered
from tests.tools import need

JUDGE = Path(__file__).parents[2] / "other_language" / "fair.mjs"
Said: TypeAlias = list[tuple[str, list[str], list[str]]]
"""Of each round its colour, red steps and grey words; nothing where a file is none."""


def ours(content: str) -> Said:
    try:
        judged = verdicts(read_json(content))
    except NotADocument:
        return []
    return [(each.colour.name.lower(), sorted(each.reds), sorted(each.greys)) for each in judged]


def theirs(contents: Sequence[str], folder: Path) -> list[Said]:
    files = [folder / f"{at}.json" for at in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_text(content, "utf-8")
    words = [need("node"), str(JUDGE), *map(str, files)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    said: list[Said] = []
    for line in ran.stdout.splitlines():
        if line.startswith("file "):
            said.append([])
        elif not line.startswith("- "):
            _, colour, reds, greys = line.split("\t")
            said[-1].append((colour, _each(reds), _each(greys)))
    return said


def _each(words: str) -> list[str]:
    return words.split(",") if words else []


def agree(documents: Sequence[Document], folder: Path) -> Counter[str]:
    """How often each word was said by both."""
    contents = [json.dumps(document) for document in documents]
    counted: Counter[str] = Counter()
    for content, said in zip(contents, theirs(contents, folder), strict=True):
        here = ours(content)
        if here != said:
            (folder / "differs.json").write_text(content, "utf-8")
        assert said == here, folder / "differs.json"
        counted.update([] if here else ["no document"])
        for colour, reds, greys in here:
            counted.update((colour, *reds, *greys))
    return counted


def test_of_the_vectors(tmp_path: Path) -> None:
    counted = agree([FAIR], tmp_path)
    assert (counted["green"], counted["grey"]) == (10, 6)


def test_of_all_that_was_tampered_with(tmp_path: Path) -> None:
    counted = agree([tampered(each) for each in TAMPERED], tmp_path)
    assert counted["red"] > len(TAMPERED) / 2


@pytest.mark.count(300, 5000)
def test_of_what_was_damaged_by_lot(count: int, tmp_path: Path) -> None:
    damage = Damage(Random(2))
    counted = agree([damage.document() for _ in range(count)], tmp_path)
    assert all(counted[word] > count / 10 for word in ("green", "grey", "red", "no document"))
    often = ("draw", "transcript", "reveals", "links", "freeze", "order", "own_link", "own_say")
    assert all(counted[step] > 2 for step in often)


@pytest.mark.count(60, 2000)
def test_of_blackjack_that_goes_any_way(count: int, tmp_path: Path) -> None:
    """Steps, cards and payouts: two readings of the rules that share nothing."""
    chance = Random(3)
    counted = agree([Evening(chance).document() for _ in range(count)], tmp_path)
    assert all(counted[word] > count / 20 for word in ("green", "draw", "payouts"))
