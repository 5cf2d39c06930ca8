"""A table that has played for years: its seeds are walked in pieces, and all waits for that."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from client.fair import witness
from protocol.fair.verdict import Colour
from protocol.house.door import Ping, Pong
from protocol.house.draw import DrawShown, RoundFrozen, SendLink
from protocol.wire import Message
from tests.client.fake_table import FakeTable
from tests.client.wire import Wire, seated

BEFORE = 60
"""Rounds that were played before one came."""


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "AT_ONCE", 1)


def came(tamper: Callable[[Message], Message] = lambda said: said) -> tuple[FakeTable, Wire]:
    table = FakeTable(tamper)
    for _ in range(BEFORE):
        table.close()
        table.settle()
    ann, _ = seated(table)
    assert ann.dialogue.tick(ann.now) == ann.now, "it has begun"
    table.close()
    ann.run()
    return table, ann


def walked(ann: Wire) -> int:
    """So many pieces, to the end."""
    for pieces in range(2 * BEFORE):
        if ann.dialogue.tick(ann.now) > ann.now:
            ann.run()
            return pieces
    raise AssertionError("it never ends")


def links(table: FakeTable) -> list[SendLink]:
    return [each for each in table.asked if isinstance(each, SendLink)]


def test_the_link_waits_until_the_seeds_are_walked_and_the_line_is_heard_meanwhile() -> None:
    table, ann = came()
    assert links(table) == []
    before = len(ann.dialogue.frames)
    ann.dialogue.hear(Ping(7), ann.now)
    assert len(ann.dialogue.frames) == before + 1
    ann.dialogue.frames.pop()
    assert walked(ann) > BEFORE // 2
    assert [each.event for each in links(table)] == [BEFORE + 1]
    table.settle()
    ann.run()
    (seen,) = ann.state.table.verdicts.values()
    assert (seen.over, seen.colour) == (True, Colour.GREEN)
    assert Pong(7).nonce == 7


def test_the_verdict_waits_too() -> None:
    table, ann = came()
    table.settle()
    ann.run()
    assert [each for each in ann.state.table.verdicts.values() if each.over] == []
    walked(ann)
    (seen,) = ann.state.table.verdicts.values()
    assert (seen.over, [*seen.verdict.greys]) == (True, ["missed"])


def test_seeds_that_lead_elsewhere_are_red_when_they_are_walked() -> None:
    def tamper(said: Message) -> Message:
        if isinstance(said, DrawShown):
            return replace(said, seed=bytes(32))
        return replace(said, seed_before=bytes(32)) if isinstance(said, RoundFrozen) else said

    table, ann = came(tamper)
    walked(ann)
    (seen,) = ann.state.table.verdicts.values()
    assert "anchor" in seen.verdict.reds
    assert links(table) == []
