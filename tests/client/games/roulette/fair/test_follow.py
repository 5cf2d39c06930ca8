"""The witness by itself: what it asks the house for, and when it shows its secret."""

from dataclasses import replace
from typing import Any

import pytest

from client.games.roulette.fair.verdicts import Own, Step, Verdict
from client.games.roulette.state import roulette
from protocol import fairness
from protocol.games.roulette import records, rounds
from protocol.games.roulette.fields import Commitment
from protocol.games.roulette.lists import End, Phase, RoundState, WheelKind, Zero
from protocol.games.roulette.rules import returned
from protocol.games.roulette.zero import Law
from protocol.house import door
from protocol.house.lists import Reason, Seat
from tests.client.games.roulette.fair.followed import (
    ME,
    NOUGHT,
    ROWS,
    SECRET,
    SEEDS,
    TABLE,
    House,
    closed,
    listed,
    proven,
    refused,
    root,
    sealed,
    settled,
)
from tests.client.known import TABLE as INTRODUCED
from tests.client.states import changed

# --- one's own say --------------------------------------------------------------------------------


def test_a_round_of_ones_own_is_sealed_shown_listed_and_judged() -> None:
    house = House()
    house.open(1)
    assert house.new() == [rounds.CommitSecret(1, 1, sealed(1))]
    assert house.answer(rounds.CommitSecret(1, 1, sealed(1)), door.Done(1)) is None
    assert house.close(1) is None
    assert house.new() == [rounds.RevealSecret(2, 1, SECRET)]
    assert house.answer(rounds.RevealSecret(2, 1, SECRET), door.Done(2)) is None
    house.settle(1)
    verdict = house.list()
    assert verdict is not None
    assert (verdict.round_number, verdict.failed, verdict.full) == (1, None, True)
    paid = {1: (10, returned(1, 10, settled(1).pocket), End.PAID)}
    assert verdict.own == Own(ME, {1: 10}, {1: 10}, sealed(1), SECRET, paid, linked=True)
    assert verdict.round is not None
    assert verdict.round.anchor == SEEDS[0]
    assert verdict.round.bets == ROWS
    assert verdict.round.drawn.reveals == {ME: SECRET}


@pytest.mark.parametrize("seat", [Seat.NONE, Seat.WATCHER, Seat.CROUPIER])
def test_who_does_not_play_has_no_say(seat: Seat) -> None:
    house = House()
    house.state = changed(house.state, seat=seat)
    house.open(1)
    house.close(1)
    assert house.new() == []


def test_a_seal_that_nobody_answered_is_sent_again_under_its_number() -> None:
    house = House()
    house.open(1)
    before = house.state
    (first,) = house.new()
    house.numbers = 70
    assert house.witness.shown(before, house.state) is None
    assert house.new() == [first]
    house.answer(first, door.Done(first.number))
    assert house.witness.shown(before, house.state) is None
    assert house.new() == []


def test_a_seal_that_was_refused_or_is_another_is_not_shown() -> None:
    for answered, shows in (
        ((1, door.Done(1)), True),
        ((1, refused(1)), False),
        ((7, refused(7)), True),  # Another request's: the freeze has the seal.
    ):
        house = House()
        house.open(1)
        house.new()
        number, said = answered
        house.answer(rounds.CommitSecret(number, 1, sealed(1)), said)
        house.close(1)
        assert bool(house.new()) is shows
    house.answer(rounds.CommitSecret(1, 99, sealed(99)), door.Done(1))  # Of no round that is known.
    house.answer(rounds.RevealSecret(1, 99, SECRET), door.Done(1))


def test_who_has_no_say_is_not_told_of_one() -> None:
    house = House()
    house.state = changed(house.state, seat=Seat.WATCHER)
    house.open(1)
    assert house.answer(rounds.CommitSecret(1, 1, sealed(1)), door.Done(1)) is None
    assert house.answer(rounds.RevealSecret(2, 1, SECRET), door.Done(2)) is None
    assert house.close(1) is None
    assert house.new() == []


def test_a_seal_whose_answer_was_lost_counts_if_the_freeze_has_it() -> None:
    for theirs in (sealed(1), sealed(2)):
        house = House()
        house.open(1)
        house.new()
        seals = {ME: theirs}
        freeze = fairness.freeze(TABLE, 1, SEEDS[0], seals, root())
        said = {"commitments": (Commitment(ME, theirs),), "freeze": freeze}
        assert house.close(1, **said) is None
        assert bool(house.new()) is (theirs == sealed(1))


def test_a_secret_is_shown_until_the_house_has_it_under_one_number() -> None:
    house = House()
    house.seal(1)
    house.close(1)
    (first,) = house.new()
    assert first == rounds.RevealSecret(2, 1, SECRET)
    house.numbers = 70
    house.witness.shown(house.state, house.state)
    assert house.new() == [first]
    house.answer(first, refused(first.number))
    house.witness.shown(house.state, house.state)
    assert house.new() == [first]
    house.answer(first, door.Done(first.number))
    house.witness.shown(house.state, house.state)
    assert house.new() == []


@pytest.mark.parametrize(
    ("lie", "step"),
    [
        ({"freeze": b"x" * 32}, Step.FREEZE),
        ({"bets_root": b"x" * 32}, Step.FREEZE),
        ({"commitments": ()}, Step.FREEZE),
    ],
)
def test_a_secret_is_not_shown_to_a_freeze_that_does_not_follow(
    lie: dict[str, Any], step: Step
) -> None:
    house = House()
    house.seal(1)
    assert house.close(1, **lie) == Verdict(1, step, full=False)
    house.witness.shown(house.state, house.state)
    assert house.new() == []


def test_where_the_freeze_was_missed_it_is_asked_for_while_it_is_of_use() -> None:
    for phase, asks in (
        (Phase.BETTING, False),
        (Phase.CLOSED, True),
        (Phase.SPINNING, True),
        (Phase.SETTLED, False),
    ):
        house = House()
        house.seal(1)
        before = house.state
        house.at(1, phase, freeze=closed(1).freeze if asks else NOUGHT)
        house.witness.shown(before, house.state)
        wanted = [records.AskProof(2, 1)] if asks else []
        assert house.new() == wanted
        if asks:
            assert house.answer(wanted[0], proven(2, 1, RoundState.FROZEN)) is None
            assert house.new() == [rounds.RevealSecret(3, 1, SECRET)]
    house = House()
    house.witness.shown(house.state, house.at(1, Phase.CLOSED, freeze=closed(1).freeze))
    assert house.new() == []  # One has no say in it.


# --- a freeze that is taken back ------------------------------------------------------------------

FROZEN_AGAIN = Verdict(1, Step.FREEZE, full=False)


def test_a_freeze_is_kept_to_the_end_of_its_round() -> None:
    house = House()
    house.seal(1)
    assert house.close(1) is None
    assert house.close(1) is None
    assert house.close(1, freeze=b"x" * 32) == FROZEN_AGAIN
    assert house.close(1) == FROZEN_AGAIN
    assert house.close(1, freeze=b"y" * 32) == FROZEN_AGAIN
    house.new()
    house.settle(1)
    verdict = house.list()
    assert verdict is not None
    assert verdict.failed is Step.FREEZE
    assert verdict.round is not None
    assert verdict.round.frozen.freeze == closed(1).freeze


def test_a_freeze_that_was_seen_on_coming_in_counts_as_well() -> None:
    house = House()
    house.seal(1)
    before = house.state
    house.at(1, Phase.CLOSED, freeze=b"x" * 32)
    assert house.witness.shown(before, house.state) is None
    (asked,) = house.new()
    assert house.close(1) == FROZEN_AGAIN
    assert house.new() == []
    house.settle(1)
    said = proven(asked.number, 1, RoundState.SETTLED)
    assert house.answer(asked, said) == FROZEN_AGAIN
    verdict = house.list()
    assert verdict is not None
    assert verdict.failed is Step.FREEZE
    assert verdict.round is not None
    assert verdict.round.frozen.freeze == closed(1).freeze  # The one that there is bets to.


def test_a_void_after_the_freeze_is_told_and_one_before_it_is_not() -> None:
    for frozen in (True, False):
        house = House()
        house.seal(1)
        if frozen:
            house.close(1)
        said = rounds.RoundVoided(1, SEEDS[1], "wine")
        assert house.witness.voided(said, house.state) == (
            FROZEN_AGAIN if frozen else Verdict(1, None)
        )
        assert house.witness.voided(said, house.state) is None


def test_when_the_line_is_back_what_is_missing_of_a_drawn_round_is_asked_for_again() -> None:
    house = House()
    house.seal(1)
    house.close(1)
    (reveal,) = house.new()
    house.answer(reveal, door.Done(reveal.number))
    house.settle(1)
    (asked,) = house.new()
    assert house.witness.shown(house.state, house.state) is None
    assert [type(each) for each in house.new()] == [type(asked)]


def test_a_void_goes_on_with_the_chain() -> None:
    house = House()
    house.seal(1)
    wrong = rounds.RoundVoided(1, b"x" * 32, "wine")
    assert house.witness.voided(wrong, house.state) == Verdict(1, Step.CHAIN)
    house = House()
    house.state = changed(house.state, introduced=replace(INTRODUCED, draw=TABLE, anchor=b"x" * 32))
    house.seal(1)
    said = rounds.RoundVoided(1, SEEDS[1], "wine")
    assert house.witness.voided(said, house.state) == Verdict(1, Step.CHAIN)
    house.open(2)
    over = rounds.RoundVoided(2, SEEDS[2], "wine")
    assert house.witness.voided(over, house.state) == Verdict(2, None)


def test_what_a_void_showed_the_next_round_goes_on_from() -> None:
    house = House()
    house.seal(1)
    wrong = rounds.RoundVoided(1, b"x" * 32, "wine")
    assert house.witness.voided(wrong, house.state) == Verdict(1, Step.CHAIN)
    house.open(2)  # From the seed that should have been shown.
    over = rounds.RoundVoided(2, SEEDS[2], "wine")
    assert house.witness.voided(over, house.state) == Verdict(2, Step.CHAIN)


def test_a_void_that_comes_late_is_held_to_its_own_round() -> None:
    for seed, failed in ((SEEDS[1], None), (b"x" * 32, Step.CHAIN)):
        house = House()
        house.seal(1)
        house.open(2)
        house.open(3)
        said = rounds.RoundVoided(1, seed, "wine")
        assert house.witness.voided(said, house.state) == Verdict(1, failed)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.VOID])
def test_a_proof_that_knows_no_freeze_takes_it_back(state: RoundState) -> None:
    house = House()
    house.seal(1)
    house.close(1)
    house.open(2)
    (asked,) = (each for each in house.new() if isinstance(each, records.AskProof))
    assert house.answer(asked, proven(asked.number, 1, state)) == FROZEN_AGAIN


def test_a_proof_of_another_freeze_takes_it_back_as_well() -> None:
    house = House()
    house.seal(1)
    house.close(1)
    house.open(2)
    (asked,) = (each for each in house.new() if isinstance(each, records.AskProof))
    other = proven(asked.number, 1, RoundState.SETTLED, freeze=b"x" * 32)
    assert house.answer(asked, other) == FROZEN_AGAIN


def test_a_round_that_was_frozen_cannot_be_unknown() -> None:
    for reason, frozen, said in (
        (Reason.NO_SUCH_ROUND, True, FROZEN_AGAIN),
        (Reason.NO_SUCH_ROUND, False, None),
        (Reason.TOO_FAST, True, None),
    ):
        house = House()
        house.seal(1)
        if frozen:
            house.close(1)
            house.close(1, freeze=closed(1).freeze)
        house.open(2)
        (asked,) = (each for each in house.new() if isinstance(each, records.AskProof))
        assert house.answer(asked, refused(asked.number, reason)) == said
        house.open(3)
        assert records.AskProof not in {
            type(each) for each in house.new() if each.round_number == 1
        }


def test_a_proof_does_not_take_the_number_back_that_was_told() -> None:
    house = House()
    house.seal(1)
    house.witness.settled(settled(1), house.state)
    (asked,) = house.new()
    other = (settled(1).pocket + 1) % 37
    house.answer(asked, proven(asked.number, 1, RoundState.SETTLED, pocket=other))
    page = house.new()[-1]
    verdict = house.answer(page, listed(page.number, 1))
    assert verdict is not None
    assert verdict.round is not None
    assert verdict.round.drawn.pocket == settled(1).pocket


# --- the rules of the table -----------------------------------------------------------------------

TWO_ZEROS = Law(WheelKind.DOUBLE, Zero.SURRENDER)


def test_a_round_is_judged_by_the_rules_by_which_the_table_was_introduced() -> None:
    house = House()
    table = roulette(house.state).introduced
    assert table is not None
    other = replace(table, wheel=TWO_ZEROS.wheel, zero=TWO_ZEROS.zero)
    house.state = changed(house.state, introduced=other)
    house.play(1)
    house.state = changed(house.state, introduced=table)  # (What the house says later is too late.)
    verdict = house.list()
    assert verdict is not None
    assert verdict.round is not None
    assert verdict.round.law == TWO_ZEROS
    assert verdict.failed is Step.POCKET  # This house draws from 37.


def test_a_round_of_the_past_is_judged_by_the_rules_of_its_proof() -> None:
    house = House()
    house.witness.examine(1, house.state)
    (asked,) = house.new()
    shown = proven(asked.number, 1, RoundState.SETTLED)
    house.answer(asked, replace(shown, wheel=TWO_ZEROS.wheel, zero=TWO_ZEROS.zero))
    (page,) = house.new()
    verdict = house.answer(page, listed(page.number, 1))
    assert verdict is not None
    assert verdict.round is not None
    assert verdict.round.law == TWO_ZEROS
