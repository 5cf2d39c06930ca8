"""A verdict is laid open step by step, and each step holds or not as the verdict says."""

from dataclasses import replace

import pytest

from client.fair.witness import Judged
from client.games.roulette.fair.steps import CHECKS, Part, laid_open, pocket_of
from protocol.fair.document import Event, Own, Place, Saw
from protocol.fair.hashes import NOTHING, What
from protocol.fair.verdict import RED, Colour
from tests.client.states import judged

BEFORE, FREEZE, SEED, SHOWN, LINKS, DONE, STEP, HEAD = (bytes([each] * 32) for each in range(8))


def told(*reds: str, greys: tuple[str, ...] = (), ended: bool = True) -> Judged:
    """A round of four players of two events; three had a say, and two of them showed a link."""
    seen = judged(7, *reds, greys=greys)
    links = {1: HEAD, 2: NOTHING, 3: None}
    event = Event(What.SPIN, b"", STEP, 3, LINKS, SHOWN, SEED, DONE, links, {"pocket": 17})
    saw = Saw(None, [], {}, [])
    own = Own(1, "", HEAD, Place(0, ()), [], Place(0, ()), {}, left=False, payout=120, saw=saw)
    out = Event(What.OUT, b"", STEP, 2, b"", b"", b"", b"", None, None)
    before = event._replace(seed=HEAD, result={"pocket": 3})
    events = [before, event, out] if ended else [out]
    round_ = replace(
        seen.round, seed_before=BEFORE, freeze=FREEZE, players=4, contributors=3,
        own=own, events=events,
    )  # fmt: skip
    return seen._replace(document=seen.document._replace(rounds=(round_,)))


def test_every_step_says_by_what_it_was_checked() -> None:
    proof = laid_open(told())
    assert [each.part for each in proof.workings] == list(Part)
    assert {each.part: each.inputs for each in proof.workings} == {
        Part.SEED: (("S−1", BEFORE.hex()), ("S", SEED.hex())),
        Part.FREEZE: (("F", FREEZE.hex()), ("players", "4")),
        Part.SAYS: (("says", "3"), ("shown", "2"), ("R", SHOWN.hex())),
        Part.NUMBER: (("number", "17"),),
        Part.OWN: (("P", HEAD.hex()), ("paid", "120")),
        Part.CLOCK: (("D", DONE.hex()[:8]), ("night", "")),
    }
    assert (proof.number, proof.pocket, proof.anchor) == (7, 17, bytes(32).hex())
    assert (proof.colour, proof.greys) == (Colour.GREEN, ())


@pytest.mark.parametrize("red", RED)
def test_what_is_red_fails_at_one_step_alone(red: str) -> None:
    proof = laid_open(told(red))
    assert proof.colour is Colour.RED
    (failed,) = (each for each in proof.workings if not each.holds)
    assert failed.failed == (red,)
    assert red in CHECKS[failed.part]


def test_what_is_grey_says_why_and_fails_nowhere() -> None:
    proof = laid_open(told(greys=("joined", "withheld")))
    assert (proof.colour, proof.greys) == (Colour.GREY, ("joined", "withheld"))
    assert all(each.holds for each in proof.workings)


def test_before_the_ball_fell_there_is_no_number() -> None:
    seen = told("void", ended=False)
    assert pocket_of(seen) is None
    proof = laid_open(seen)
    assert proof.pocket is None
    inputs = {each.part: each.inputs for each in proof.workings}
    assert inputs[Part.NUMBER] == ()
    assert inputs[Part.SAYS] == (("says", "3"),)
    assert inputs[Part.CLOCK] == ()


def test_who_has_no_part_in_a_round_has_nothing_of_his_own_in_it() -> None:
    seen = judged(7)
    assert {each.part: each.inputs for each in laid_open(seen).workings}[Part.OWN] == ()
