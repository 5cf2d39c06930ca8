"""Whoever watches a draw: green where all is well, grey for a reason, red for every lie."""

from dataclasses import replace

import pytest

from protocol.fair.document import Document, read, write
from protocol.fair.hashes import NOTHING, What, u64
from protocol.fair.judge import judge
from protocol.fair.verdict import Colour
from protocol.games.kinds import KINDS
from protocol.house.draw import (
    EventAsked,
    EventDrawn,
    LinksShown,
    Noted,
    RoundFrozen,
    YourDraw,
    YourFreeze,
)
from tests.fair_table import FairTable, Lie, but, changed

BETS = {1: [(17, 0, 10), (153, 0, 5)], 2: [(154, 0, 3)]}


def table(people: int = 3) -> FairTable:
    made = FairTable(people)
    made.register()
    return made


def test_who_has_a_say_sees_green() -> None:
    for each in table().round(BETS).values():
        assert (each.verdict.colour, each.verdict.reds, each.verdict.greys) == (0, {}, {})


def test_round_after_round_is_green() -> None:
    here = table()
    for _ in range(5):
        assert {each.verdict.colour for each in here.round(BETS).values()} == {Colour.GREEN}


def test_the_same_is_found_in_the_file() -> None:
    here = table()
    here.deaf.add(3)
    for account, each in here.round(BETS).items():
        again: Document = read(write(each.document))
        (found,) = [verdict for _, verdict in judge(again, KINDS)]
        assert (found.reds, found.greys) == (each.verdict.reds, each.verdict.greys), account


def test_without_a_say_nobody_sees_green() -> None:
    here = FairTable(2)
    here.register(1)
    judged = here.round(BETS)
    assert judged[1].verdict.colour is Colour.GREEN
    assert judged[2].verdict.greys.keys() == {"no chain", "unlisted"}


def test_where_nobody_has_a_say_the_number_is_the_houses() -> None:
    judged = FairTable(1).round(BETS)
    assert judged[1].verdict.greys.keys() == {"nobody", "no chain"}


def test_who_registers_just_before_the_freeze_is_not_held_to_be_in_it() -> None:
    here = FairTable(1)
    here.register()
    here.now -= 1.5
    here.lie = changed(YourFreeze, lambda _: None)
    judged = here.round()
    assert not judged[1].verdict.reds
    assert "too late" in judged[1].verdict.greys


def test_a_link_that_does_not_come_is_named() -> None:
    here = table()
    here.deaf.add(3)
    judged = here.round(BETS)
    assert judged[1].verdict.greys == {"withheld": "account 3"}


def test_who_sent_a_link_that_got_lost_is_not_in_the_draw() -> None:
    here = table()
    here.deaf.add(3)
    here.freeze(BETS)
    here.people[3].torn()
    here.spin()
    assert here.over()[3].verdict.greys.keys() == {"missed"}


def test_a_missed_link_ends_the_chain() -> None:
    here = table()
    here.deaf.add(3)
    here.freeze(BETS)
    here.people[3].torn()
    here.spin()
    here.over()
    here.deaf.clear()
    here.register(3)  # It is locked for twenty rounds.
    assert here.round(BETS)[3].verdict.greys.keys() == {"locked", "unlisted"}
    for _ in range(19):
        here.round(BETS)
    here.register(3)
    assert here.round(BETS)[3].verdict.colour is Colour.GREEN


def _shuffled(said: LinksShown) -> LinksShown:
    first, *rest = said.rows
    return replace(said, rows=(replace(first, link=bytes(32)), *rest))


LIES: dict[str, tuple[str, Lie]] = {
    "another seed before": ("anchor", changed(RoundFrozen, but(seed_before=NOTHING))),
    "another history": ("history", changed(RoundFrozen, but(history=b"x" * 32))),
    "another freeze": ("freeze", changed(RoundFrozen, but(freeze=NOTHING))),
    "other rules than were frozen": ("freeze", changed(RoundFrozen, but(rules="partage"))),
    "a head that is not one's own": ("own_say", changed(YourFreeze, but(has_say=False))),
    "a proof of another leaf": ("own_say", changed(YourFreeze, but(say_index=7))),
    "bets that are not proved": ("own_stake", changed(YourFreeze, but(has_stake=False))),
    "another place among the bets": ("own_stake", changed(YourFreeze, but(stake_index=7))),
    "another step": ("transcript", changed(EventAsked, but(step=NOTHING))),
    "a window that is too short": ("window", changed(EventAsked, but(window_ms=100))),
    "a window that is too long": ("window", changed(EventAsked, but(window_ms=30_001))),
    "another seed": ("chain", changed(EventDrawn, but(seed=NOTHING))),
    "other links": ("reveals", changed(EventDrawn, but(links_root=NOTHING))),
    "another end": ("done", changed(EventDrawn, but(done=NOTHING))),
    "another's link": ("says", changed(LinksShown, _shuffled)),
    "a link that is not proved": ("own_link", changed(YourDraw, but(proof=()))),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_red(name: str) -> None:
    step, lie = LIES[name]
    here = table()
    here.lie = lie
    for account, each in here.round(BETS).items():
        if account in BETS or step != "own_stake":
            assert step in each.verdict.reds, (account, each.verdict)


@pytest.mark.parametrize("name", [name for name in LIES if LIES[name][0] in ("freeze", "own_say")])
def test_nobody_shows_a_link_for_a_freeze_that_is_wrong(name: str) -> None:
    here = table()
    here.lie = LIES[name][1]
    here.freeze(BETS)
    assert not here.draw.draw().links


def test_a_second_freeze_is_red() -> None:
    here = table()
    here.freeze(BETS)
    here.tell(1, replace(here.draw.frozen_again(), freeze=NOTHING))
    here.spin()
    assert "two_freezes" in here.over()[1].verdict.reds


def test_the_same_freeze_again_is_not() -> None:
    here = table()
    asked = here.freeze(BETS)
    here.tell(1, here.draw.frozen_again(), asked)
    here.spin()
    assert here.over()[1].verdict.colour is Colour.GREEN


def test_a_second_step_of_one_event_is_red() -> None:
    here = table()
    asked = here.freeze(BETS)
    here.tell(1, replace(asked, step=NOTHING))
    here.spin()
    assert "two_transcripts" in here.over()[1].verdict.reds


def test_who_is_thrown_out_and_did_not_leave_says_so() -> None:
    here = table()
    here.lie = changed(EventAsked, lambda _: None)
    here.freeze(BETS)
    here.lie = lambda _, said: (said,)
    for account in here.people:
        here.tell(account, Noted(What.OUT, u64(1), NOTHING))
    assert "own_out" in here.people[1].judged().verdict.reds
    assert "own_out" not in here.people[2].judged().verdict.reds


def test_another_number_is_red() -> None:
    here = table()
    here.freeze(BETS)
    here.spin(36)
    for each in here.over().values():
        assert "draw" in each.verdict.reds


def test_another_payout_is_red() -> None:
    here = table()
    here.freeze(BETS)
    here.spin()
    here.people[1].paid(1_000_000)  # Besides the one that is right.
    assert here.over()[1].verdict.reds.keys() == {"own_payout", "late"}


LATE = {
    "one's own part of the freeze": (YourFreeze, 5.0),
    "the end of the event": (EventDrawn, 13.0),
}


@pytest.mark.parametrize("name", LATE)
def test_what_does_not_come_is_late(name: str) -> None:
    kind, waited = LATE[name]
    here = table()
    here.lie = changed(kind, lambda _: None)
    here.freeze(BETS)
    witness = here.people[1]
    assert not witness.tick(here.now + waited)
    assert witness.tick(here.now + waited + 0.001)
    assert "late" in witness.judged().verdict.reds


def test_no_clock_runs_while_the_line_is_down() -> None:
    here = table()
    here.freeze(BETS)
    witness = here.people[1]
    witness.torn()
    assert not witness.tick(here.now + 10_000)


def test_a_crowd_may_leave_a_frozen_round() -> None:
    """All are noted as out, and nobody sees red."""
    here = table(2)
    here.crowd(450)
    judged = here.round(BETS)
    assert {each.verdict.colour for each in judged.values()} == {Colour.GREEN}
