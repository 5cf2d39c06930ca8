import dataclasses
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from client.fair.witness import Witness
from docs.session import ACCOUNT, TABLE, Step, classic_session, modern_session
from docs.tables import CLONE, DISSECTOR, PAGE, SECTIONS, remade
from protocol import classic
from protocol.fair.hashes import link_before
from protocol.framing import Decoder, Spoken
from protocol.games.kinds import KINDS
from protocol.games.roulette.rounds import RoundSettled
from protocol.games.roulette.rules import RED
from protocol.house.door import HouseIntroduced
from protocol.house.draw import (
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    RegisterChain,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.messages import MESSAGES

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
    for owner in MESSAGES.values():
        assert f"#### `{owner.GAME:02X} {owner.TYPE:02X}` {owner.__name__}\n" in PAGE_TEXT
        for field in owner.LAYOUT.fields:
            assert field.meaning, f"{owner.__name__}.{field.name} means nothing"


def test_the_files_and_sections_that_the_page_names_exist() -> None:
    for path in re.findall(r"`((?:docs|tests)/[^`]+)`", PAGE_TEXT):
        assert (CLONE / path).exists(), path


def anchor(heading: str) -> str:
    """Where a link to this heading leads."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


LINKS = set(re.findall(r"\]\(#([^)]+)\)", PAGE_TEXT))


def test_a_link_leads_to_one_place() -> None:
    places = [anchor(each) for each in re.findall(r"^##+ (.*)$", PAGE_TEXT, re.MULTILINE)]
    for link in LINKS:
        assert places.count(link) == 1, link


def test_every_section_stands_in_the_contents() -> None:
    by_hand = re.sub(r"<!-- made by .*?<!-- made: end -->", "", PAGE_TEXT, flags=re.DOTALL)
    sections = re.findall(r"^##+ (.*)$", by_hand, re.MULTILINE)
    assert {anchor(each) for each in sections} - LINKS == {"classic", "modern"}


@pytest.mark.parametrize(
    "frame",
    [*get_args(classic.Request), *get_args(classic.Reply)],
    ids=lambda frame: frame.__name__,
)
def test_the_classic_tables_name_every_frame_and_its_fields(frame: type) -> None:
    part = PAGE_TEXT.split("\n## Modern\n")[0]
    (row,) = (line for line in part.splitlines() if f"` | {frame.__name__} | " in line)
    rows = {classic.BetsListed: classic.ListedBet, classic.ResultsShown: classic.Result}
    for owner in (frame, rows.get(frame, frame)):
        for field in dataclasses.fields(owner):
            assert f"`{field.name}`" in row


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
    chances = {number: (name, kind) for name, kind in KINDS.items() for number in (kind.number,)}
    witness = Witness(TABLE, said[HouseIntroduced].anchor, chances, ACCOUNT, None)
    for kind in (RoundFrozen, YourFreeze, EventAsked, EventDrawn, LinksShown, YourDraw):
        witness.hear(said[kind], 0.0, [(17, 0, 10), (RED, 0, 40)])
    witness.resulted(1, {"pocket": said[RoundSettled].pocket})
    witness.paid(said[RoundSettled].returned)
    verdict = witness.judged().verdict
    assert (verdict.reds, verdict.greys) == ({}, {"no chain": ""})
    link = said[SendLink].link
    assert link_before(TABLE, ACCOUNT, link) == said[RegisterChain].first
    assert said[LinksShown].rows == (LinkRow(ACCOUNT, 1, link),)
