"""What a house may do against its own words: each by the smallest lie, and nothing else turns red.

Where `bent`, the house hashes something else than it should, and everything after it follows.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from protocol.fair import hashes
from protocol.fair.document import Event, read
from protocol.fair.hashes import NOTHING
from protocol.fair.judge import Before, examine, judge
from protocol.fair.trail import Trail
from protocol.games.kinds import KINDS
from tests.protocol.fair.night import SPIN, Document, Night, Step, said, verdicts

OTHER = bytes((0xEE,)) * 32
SAMPLE = Step(9, bytes((0, 5, 0, 2)))
THIRD = bytes((0, 0, 0, 0, 0, 0, 0, 3))
"""An account as a note of `out` has it."""
Bent: TypeAlias = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def bent(monkeypatch: pytest.MonkeyPatch) -> Bent:
    @contextmanager
    def bend(name: str) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(hashes, name, lambda *_: OTHER)
            yield

    return bend


def played(*steps: Step, game: str = "roulette", **how: Any) -> tuple[Night, Document]:
    """A night of one round, and what it is written as."""
    night = Night()
    night.play(game, *steps, **how)
    return night, night.document()


def test_an_honest_round_is_green() -> None:
    _, document = played(stakes={1: [(17, 0, 10)], 7: [(151, 0, 3), (0, 0, 2)]})
    assert said(document) == (set(), set())


def test_every_round_is_told_with_its_verdict_in_order() -> None:
    night = Night()
    for _ in range(3):
        night.play()
    told = [*judge(read(night.document()), KINDS)]
    assert [round_.number for round_, _ in told] == [1, 2, 3]
    assert all(verdict.colour == 0 for _, verdict in told)


# --- what is hashed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("freeze", {"freeze"}),
        ("step", {"transcript"}),
        ("reveals", {"reveals"}),
        ("done", {"done"}),
        ("stake_leaf", {"stakes", "own_stake"}),
        ("say_leaf", {"says", "reveals", "own_say", "own_link"}),
    ],
)
def test_a_hash_over_something_else_is_named(bent: Bent, name: str, steps: set[str]) -> None:
    night = Night()
    with bent(name):
        night.play(stakes={1: [(17, 0, 10)], 7: [(151, 0, 3)]})
    assert said(night.document()) == (steps, set())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rules", "partage"),
        ("players", 1),
        ("says_root", OTHER.hex()),
        ("stakes_root", OTHER.hex()),
        ("round", 2),
        ("history", OTHER.hex()),
        ("game", "roulette00"),
    ],
)
def test_whatever_is_frozen_is_in_the_freeze(key: str, value: Any) -> None:
    _, document = played(own=None)
    document["rounds"][0][key] = value
    assert "freeze" in said(document)[0]


def test_the_state_is_in_the_freeze() -> None:
    _, document = played(Step(7, bytes((0, 1))), game="bingo90", state=bytes((0, 90)), says=(1,))
    assert said(document) == (set(), set())
    document["rounds"][0]["state"] = "004b"
    assert said(document)[0] == {"freeze", "draw"}


def test_a_game_that_is_not_known_has_no_number_in_the_freeze() -> None:
    _, document = played()
    document["rounds"][0]["game"] = "whist"
    assert said(document) == ({"freeze"}, {"rules"})


# --- chain and anchor ---------------------------------------------------------------------------


def test_another_anchor() -> None:
    _, document = played()
    document["anchor"] = OTHER.hex()
    assert said(document) == ({"anchor"}, set())


def test_another_anchor_than_was_pinned() -> None:
    _, document = played()
    document["rounds"][0]["own"]["saw"] = {"anchor": document["anchor"]}
    assert said(document) == (set(), set())
    document["rounds"][0]["own"]["saw"] = {"anchor": OTHER.hex()}
    assert verdicts(document)[0].reds == {
        "anchor": "it is not the one that was pinned at the first visit",
    }


def test_a_seed_that_nobody_was_committed_to() -> None:
    night = Night()
    night.seeds[1] = OTHER
    night.play()
    night.play()
    assert said(night.document(), 0) == ({"chain"}, set())
    assert said(night.document(), 1) == ({"anchor", "chain"}, set())


def test_each_seed_of_a_round_is_held_against_the_one_before() -> None:
    night = Night()
    night.seeds[2] = OTHER
    night.play("sample", SAMPLE, SAMPLE, own=None)
    assert verdicts(night.document())[0].reds == {"chain": "event 2"}


def test_a_note_has_no_seed() -> None:
    note = Step(10, THIRD)
    _, document = played(note, SAMPLE._replace(missing=(3,)), game="sample")
    assert said(document) == (set(), set())


# --- order and history --------------------------------------------------------------------------


def test_rounds_may_be_left_out_of_a_file() -> None:
    night = Night()
    night.play()
    night.event, night.number, night.history = 20, 9, OTHER
    night.play()
    night.event, night.number, night.history = 40, 30, OTHER
    night.play()
    assert [said(night.document(), at) for at in range(3)] == [(set(), set())] * 3


def test_a_round_that_was_called_off_takes_a_number_and_no_event() -> None:
    night = Night()
    night.play()
    night.number += 1
    night.play()
    assert said(night.document()) == (set(), set())


@pytest.mark.parametrize("number", [1, 2])
def test_a_round_that_is_not_the_next(number: int) -> None:
    night = Night()
    night.number = 1
    night.play()
    night.number = number - 1
    night.play()
    assert said(night.document()) == ({"order"}, set())


def test_rounds_count_from_one() -> None:
    night = Night()
    night.number = -1
    night.play()
    assert verdicts(night.document())[0].reds == {"order": "round 0"}


def test_an_event_that_is_used_twice() -> None:
    night = Night()
    night.play()
    night.event = 0
    night.play(own=None)
    assert verdicts(night.document())[1].reds == {"order": "event 1"}


def test_an_event_that_is_left_out() -> None:
    without = SAMPLE._replace(missing=(3,))
    _, document = played(SAMPLE, Step(10, THIRD), without, without, game="sample", own=None)
    document["rounds"][0]["events"][2]["event"] = 5
    document["rounds"][0]["events"][3]["event"] = 6
    assert verdicts(document)[0].reds == {"order": "event 5"}


def test_events_count_from_one() -> None:
    _, document = played(own=None)
    document["rounds"][0]["first_event"] = 0
    assert said(document)[0] == {"order", "anchor", "freeze"}


def test_another_history() -> None:
    night = Night()
    night.play()
    night.history = OTHER
    night.play()
    assert said(night.document(), 0) == (set(), set())
    assert said(night.document(), 1) == ({"history"}, set())


def test_a_history_before_the_first_event() -> None:
    night = Night()
    night.history = OTHER
    night.play()
    assert said(night.document()) == ({"history"}, set())


def test_a_round_without_an_event_leaves_history_as_it_was() -> None:
    night = Night()
    night.play()
    night.play("sample", Step(10, THIRD))
    assert said(night.document()) == (set(), {"open"})
    night.play()
    assert said(night.document()) == (set(), set())
    night.document()
    night.history, night.event = NOTHING, 2
    night.play("sample", Step(10, THIRD))
    night.play()
    assert said(night.document(), 3) == ({"history"}, {"open"})
    assert said(night.document(), 4) == (set(), set())


def test_the_last_event_of_a_round_is_what_the_next_goes_on_from() -> None:
    night = Night()
    night.play("sample", SAMPLE, SAMPLE, Step(10, THIRD))
    night.play()
    assert said(night.document()) == (set(), set())


# --- steps and results --------------------------------------------------------------------------


def test_every_step_follows_from_the_one_before() -> None:
    """A note's T is what the next starts from, an event's D is."""
    steps = (SAMPLE, Step(10, THIRD), SAMPLE._replace(missing=(3,)))
    _, document = played(*steps, game="sample")
    assert said(document) == (set(), set())
    document["rounds"][0]["events"][1]["T"] = OTHER.hex()
    assert said(document) == ({"transcript"}, set())
    assert verdicts(document)[0].reds == {"transcript": "a note"}


def test_another_result() -> None:
    wrong = SPIN._replace(told={"pocket": 17})
    _, document = played(wrong, stakes={1: [(17, 0, 10)]})
    assert said(document) == ({"draw"}, set())
    assert document["rounds"][0]["payouts"] == {"1": 360}


@pytest.mark.parametrize("result", [None, 5, "5", [], {}, {"pocket": "5"}, {"pocket": [1]}])
def test_a_result_of_another_shape(result: Any) -> None:
    _, document = played(stakes={1: [(17, 0, 10)]})
    document["rounds"][0]["events"][0]["result"] = result
    assert said(document) == ({"draw"}, set())


def test_a_detail_where_there_is_none() -> None:
    _, document = played(Step(1, b"x", told={"pocket": 3}))
    assert said(document) == ({"transcript"}, set())


def test_a_step_of_another_game() -> None:
    _, document = played(Step(9, b"", told={"pocket": 3}))
    assert said(document) == ({"draw"}, set())
    assert "one spin" in verdicts(document)[0].reds["draw"]


def test_a_decision_where_nothing_is_decided() -> None:
    _, document = played(Step(8, bytes(5)), SPIN)
    assert said(document) == ({"draw"}, set())


def test_stakes_that_no_table_takes() -> None:
    night = Night()
    night.play(stakes={1: [(17, 0, 10)]})
    told = night.rounds[0]
    told["stakes"]["1"][0][0] = 200
    assert said(night.document())[0] == {"stakes", "draw", "own_stake"}
    assert "no spot" in verdicts(night.document())[0].reds["draw"]


def test_an_open_round_has_no_event_yet() -> None:
    _, document = played()
    document["rounds"][0]["events"] = []
    document["rounds"][0]["own"]["links"] = {}
    del document["rounds"][0]["payouts"]
    assert said(document) == (set(), {"open"})


def test_nobody_says_anything() -> None:
    _, document = played(says=(), own=None)
    assert said(document) == (set(), {"nobody", "watcher"})


def test_steps_are_told_in_the_order_in_which_a_round_makes_them() -> None:
    _, document = played(Step(8, bytes(5)), SPIN, stakes={1: [(17, 0, 10)]})
    told = document["rounds"][0]
    document["anchor"] = told["freeze"] = told["events"][1]["done"] = OTHER.hex()
    told["round"] = 0
    told["payouts"]["1"] += 1
    told["own"] |= {"head": OTHER.hex(), "saw": {"void": True}}
    told["own"]["stake"]["index"] = 7
    assert [*verdicts(document)[0].reds] == [
        *("order", "anchor", "freeze", "transcript", "draw", "done", "payouts"),
        *("void", "own_say", "own_stake"),
    ]
    told["contributors"], told["says"], told["events"] = 0, {}, []
    del told["own"], told["payouts"]
    assert [*verdicts(document)[0].greys] == ["nobody", "open", "watcher"]


def test_a_step_that_is_still_open_is_judged_as_a_step_alone() -> None:
    """No file has one: so a client sees a round, as it goes."""
    _, written = played(SAMPLE, game="sample")
    document = read(written)
    (told,) = document.rounds
    last = told.events[-1].done
    for step, reds in ((hashes.step(last, 9, bytes((0, 5, 0, 2))), {}), (OTHER, {"transcript"})):
        asked = Event(9, bytes((0, 5, 0, 2)), step, 2, b"", b"", b"", b"", None, None)
        going_on = replace(told, events=[*told.events, asked])
        ((_, verdict),) = judge(document._replace(rounds=(going_on,)), KINDS)
        assert verdict.reds.keys() == set(reds)


def test_what_is_not_walked_yet_is_open_and_not_red() -> None:
    """A client walks a wide gap in pieces: what leads to the anchor is known later."""
    night = Night()
    for _ in range(3):
        night.play("sample", SAMPLE)
    document = read(night.document())
    last = document.rounds[-1]
    trail = Trail(document.table, document.anchor, at_once=1)
    where, kind = document._replace(rounds=(last,)), KINDS[last.game]
    before = Before(last.number - 1, last.first_event - 1, last.history)
    seen = [examine(where, last, kind, trail, before) for _ in range(2)]
    assert [(each.reds, "open" in each.greys) for each in seen] == [({}, True), ({}, False)]


def test_nothing_is_asked_for_before_the_last_event_was_drawn() -> None:
    """A house that knows all links could ask on until it likes what comes."""
    _, written = played(SAMPLE, SAMPLE, game="sample")
    document = read(written)
    (told,) = document.rounds
    first, second = told.events
    asked = Event(9, first.detail, first.step, 1, b"", b"", b"", b"", None, None)
    step = hashes.step(first.step, 9, second.detail)
    passed = replace(told, events=[asked, second._replace(step=step)])
    ((_, verdict),) = judge(document._replace(rounds=(passed,)), KINDS)
    assert "order" in verdict.reds
