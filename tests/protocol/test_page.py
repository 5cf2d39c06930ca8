import re
from pathlib import Path
from typing import Any

import pytest

from docs.session import ACCOUNT, ROUND, TABLE, Step, classic_session, modern_session
from docs.tables import CLONE, DISSECTOR, PAGE, SECTIONS, remade
from protocol import fairness
from protocol.framing import Decoder, Spoken
from protocol.messages import MESSAGES
from protocol.messages.door import TableIntroduced
from protocol.messages.rounds import BettingClosed, CommitSecret, RevealSecret, RoundSettled

PAGE_TEXT = PAGE.read_text("utf-8")


@pytest.mark.parametrize("path", [PAGE, DISSECTOR], ids=lambda path: path.name)
def test_what_is_made_has_not_drifted_from_the_declarations(path: Path) -> None:
    text = path.read_text("utf-8")
    assert remade(text) == text, "run: python docs/tables.py"


def test_every_made_section_is_used_once() -> None:
    text = PAGE_TEXT + DISSECTOR.read_text("utf-8")
    assert sorted(re.findall(r"made by docs/tables\.py: ([a-z ]+?)(?: -->)?\n", text)) == sorted(
        SECTIONS
    )


def test_every_message_has_its_table() -> None:
    for number, owner in MESSAGES.items():
        assert f"#### `{number:02X}` {owner.__name__}\n" in PAGE_TEXT
        for field in owner.LAYOUT.fields:
            assert field.meaning, f"{owner.__name__}.{field.name} means nothing"


def test_the_files_and_sections_that_the_page_names_exist() -> None:
    for path in re.findall(r"`((?:docs|tests)/[^`]+)`", PAGE_TEXT):
        assert (CLONE / path).exists(), path
    headings = {
        re.sub(r"[^a-z ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^##+ (.*)$", PAGE_TEXT, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE_TEXT)) <= headings


def written_out(heading: str) -> list[tuple[bool, bytes]]:
    """The frames of a session as they stand on the page, and whether the server sends them."""
    block = PAGE_TEXT.split(f"{heading}\n", 1)[1].split("```")[1]
    frames: list[tuple[bool, bytes]] = []
    for line in block.strip().splitlines():
        if not line.startswith("    "):
            frames.append((line.startswith("server"), b""))
            continue
        from_server, data = frames[-1]
        frames[-1] = (from_server, data + bytes.fromhex(line[4:52]))
    return frames


def heard(frames: list[tuple[bool, bytes]]) -> list[tuple[bool, Spoken]]:
    decoders = {side: Decoder(from_server=side) for side in (False, True)}
    found = []
    for from_server, data in frames:
        said = list(decoders[from_server].feed(data))
        assert len(said) == 1
        found.append((from_server, said[0]))
    return found


@pytest.mark.parametrize(
    ("heading", "steps"),
    [
        ("### A classic session, byte by byte", list(classic_session())),
        ("## A modern session, byte by byte", list(modern_session())),
    ],
)
def test_a_session_on_the_page_is_what_the_decoders_hear(heading: str, steps: list[Step]) -> None:
    said = [(step.from_server, step.said) for step in steps]
    assert heard(written_out(heading)) == said


def test_the_modern_session_is_fair() -> None:
    said: dict[type, Any] = {type(step.said): step.said for step in modern_session()}
    introduced, closed, settled = said[TableIntroduced], said[BettingClosed], said[RoundSettled]
    committed, revealed = said[CommitSecret], said[RevealSecret]
    assert fairness.previous_seed(TABLE, settled.seed) == introduced.anchor
    sealed = fairness.commitment(TABLE, ROUND, ACCOUNT, revealed.secret)
    assert sealed == committed.commitment
    commitments = {entry.account: entry.commitment for entry in closed.commitments}
    frozen = fairness.freeze(TABLE, ROUND, introduced.anchor, commitments, closed.bets_root)
    assert frozen == closed.freeze
    reveals = {entry.account: entry.secret for entry in settled.reveals}
    opened = fairness.reveals_hash(frozen, commitments, reveals)
    assert fairness.draw(settled.seed, frozen, opened) == settled.pocket
