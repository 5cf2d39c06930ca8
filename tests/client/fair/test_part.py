"""A client at a whole table: it has a say by itself, and tells what it found of each round."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from client.fair import own_chain
from client.fair.witness import Judged
from client.games.roulette.requests import place
from protocol.fair import hashes
from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.verdict import Colour
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.fields import Bet, Payout
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened, RoundSettled
from protocol.house.door import SeatLost
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksShown,
    RegisterChain,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.wire import Message
from server.books import drawing
from tests.client.fake_table import FakeTable
from tests.client.things import Things
from tests.client.wire import Wire, seated

SHORT = 2.0
"""A chain counts for sure when it was taken so long before the freeze."""


class Evening:
    """A table, and somebody at it."""

    def __init__(self, tamper: Callable[[Message], Message] = lambda said: said) -> None:
        self.table = FakeTable(tamper)
        self.things = Things()
        self.ann, _ = seated(self.table, "Ann", self.things)
        self.ann.now += SHORT

    def bet(self, spot: int = 17, chips: int = 5) -> None:
        self.ann.dialogue.want(place(self.ann.state, {spot: chips}), self.ann.now)
        self.ann.run()

    def close(self) -> None:
        self.table.close()
        self.ann.run()

    def settle(self) -> int:
        pocket = self.table.settle()
        self.ann.run()
        return pocket

    def round(self) -> Judged:
        self.bet()
        self.close()
        self.settle()
        return self.verdict()

    def verdict(self, number: int = 0) -> Judged:
        verdicts: Mapping[int, Judged] = self.ann.state.table.verdicts
        return verdicts[number or max(verdicts)]

    @property
    def verdicts(self) -> Mapping[int, Judged]:
        return self.ann.state.table.verdicts


def test_who_sits_down_has_a_say_and_sees_green() -> None:
    evening = Evening()
    for number in (1, 2, 3):
        verdict = evening.round()
        assert (verdict.round_number, verdict.over) == (number, True)
        assert (verdict.colour, verdict.verdict.greys) == (Colour.GREEN, {})
        assert verdict.holds
    assert evening.things.saved == []


def test_who_only_watches_the_round_sees_green_too() -> None:
    evening = Evening()
    evening.close()
    evening.settle()
    assert evening.verdict().colour is Colour.GREEN


def test_who_was_cut_before_the_freeze_has_a_say_again() -> None:
    evening = Evening()
    evening.bet()
    evening.ann.cut()
    evening.ann.open()
    evening.ann.run()
    evening.ann.now += SHORT
    evening.close()
    evening.settle()
    assert evening.verdict().colour is Colour.GREEN


def test_who_was_cut_in_the_round_shows_the_same_link_again() -> None:
    evening = Evening()
    evening.bet()
    evening.table.close()
    evening.ann.cut()
    evening.ann.open()
    evening.ann.run()
    evening.settle()
    assert evening.verdict().colour is Colour.GREEN
    evening.ann.now += SHORT
    assert evening.round().colour is Colour.GREEN


def test_a_round_that_was_drawn_while_one_was_away_stays_open() -> None:
    evening = Evening()
    evening.bet()
    evening.close()
    evening.ann.cut()
    evening.table.settle()
    evening.ann.open()
    evening.ann.run()
    assert evening.verdict(1).verdict.greys.keys() >= {"open"}
    assert evening.verdict(1).holds
    evening.ann.now += SHORT
    assert evening.round().colour is Colour.GREEN


def another(kind: type[Any], **changes: Any) -> Callable[[Message], Message]:
    """A house that says this in another way."""

    def tamper(said: Message) -> Message:
        return replace(said, **changes) if isinstance(said, kind) else said

    return tamper


NOUGHT = bytes(32)
LIES: dict[str, tuple[str, Callable[[Message], Message]]] = {
    "another freeze": ("freeze", another(RoundFrozen, freeze=NOUGHT)),
    "a say left out": ("own_say", another(YourFreeze, has_say=False)),
    "bets left out": ("own_stake", another(YourFreeze, has_stake=False)),
    "another step": ("transcript", another(EventAsked, step=NOUGHT)),
    "another seed": ("chain", another(EventDrawn, seed=NOUGHT)),
    "other links": ("reveals", another(EventDrawn, links_root=NOUGHT)),
    "another history": ("done", another(EventDrawn, done=NOUGHT)),
    "a proof of nothing": ("own_link", another(YourDraw, proof=(NOUGHT,))),
    "no links": ("says", another(LinksShown, rows=())),
    "another payout": ("own_payout", another(PlayerSettled, net=1_000)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_red_and_there_is_evidence_of_it(lie: str) -> None:
    step, tamper = LIES[lie]
    evening = Evening(tamper)
    evening.round()
    verdict = evening.verdict(1)
    assert not verdict.holds
    assert step in verdict.verdict.reds
    assert evening.ann.state.table.saved
    found = [said for document in evening.things.saved for said in judge(read(document), KINDS)]
    assert any(step in each.reds for _, each in found)


def test_another_number_is_red() -> None:
    evening = Evening(lambda said: said)
    evening.bet()
    evening.close()
    evening.table.tamper = lambda said: (
        replace(said, pocket=(said.pocket + 1) % 37) if isinstance(said, RoundSettled) else said
    )
    evening.settle()
    assert "draw" in evening.verdict().verdict.reds


def test_nobody_shows_a_link_for_a_freeze_that_is_wrong() -> None:
    evening = Evening(another(RoundFrozen, freeze=NOUGHT))
    evening.bet()
    evening.close()
    assert not evening.table.draw.draw().links
    assert "freeze" in evening.verdict().verdict.reds  # At once, and not when it is over.
    assert not evening.verdict().over


def test_a_frozen_round_that_is_called_off_is_red() -> None:
    evening = Evening()
    evening.bet()
    evening.close()
    evening.table.void("wine")
    evening.ann.run()
    assert "void" in evening.verdict().verdict.reds


def test_a_round_that_is_called_off_before_is_none() -> None:
    evening = Evening()
    evening.bet()
    evening.table.void("wine")
    evening.ann.run()
    assert evening.verdicts == {}


@pytest.mark.parametrize("kind", [YourFreeze, EventDrawn])
def test_what_does_not_come_is_red_when_it_is_due(kind: type[Message]) -> None:
    evening = Evening()
    heard = evening.ann.dialogue.hear
    evening.ann.dialogue.hear = lambda said, now: (  # type: ignore[method-assign]
        None if isinstance(said, kind) else heard(said, now)
    )
    evening.bet()
    evening.close()
    evening.ann.now += 20.0
    evening.ann.dialogue.tick(evening.ann.now)
    assert "late" in evening.verdict().verdict.reds


def test_a_chain_that_is_not_taken_is_tried_again_with_each_round() -> None:
    evening = Evening()
    evening.bet()
    sent: list[Message] = []
    hear = evening.table.hear

    def deaf(chair: Any, said: Any) -> None:
        sent.append(said)
        if not isinstance(said, SendLink):
            hear(chair, said)

    evening.table.hear = deaf  # type: ignore[method-assign]
    evening.close()
    evening.settle()
    assert evening.verdict().verdict.reds.keys() == {"own_link"}  # It was sent in time.
    assert sum(isinstance(said, RegisterChain) for said in sent) == 1
    evening.ann.now += SHORT
    evening.round()
    assert evening.verdict().verdict.greys.keys() == {"locked", "nobody"}
    assert sum(isinstance(said, RegisterChain) for said in sent) == 2


def test_the_answer_to_a_chain_is_for_that_chain() -> None:
    evening = Evening()
    taken = ChainTaken(4711, 1, table=0)
    evening.ann.dialogue.hear(taken, evening.ann.now)
    assert evening.round().colour is Colour.GREEN


def test_two_at_a_table_see_the_same() -> None:
    evening = Evening()
    ben: Wire
    ben, _ = seated(evening.table, "Ben")
    ben.now = evening.ann.now
    ben.now += SHORT
    evening.ann.now += SHORT
    evening.bet()
    evening.table.close()
    for wire in (evening.ann, ben):
        wire.run()
    evening.table.settle()
    for wire in (evening.ann, ben):
        wire.run()
        (verdict,) = wire.state.table.verdicts.values()
        assert (verdict.colour, verdict.verdict.greys) == (Colour.GREEN, {})
    history = [w.state.table.verdicts[1].round.events[0].done for w in (evening.ann, ben)]
    assert history[0] == history[1]


# --- what was told before -------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [False, True])
def test_an_event_is_frozen_once_in_whatever_round(*, cut: bool) -> None:
    evening = Evening()
    evening.bet()
    evening.table.close()
    first = evening.table.draw.frozen_again()
    evening.ann.run()
    if cut:
        evening.ann.cut()
    evening.table.number += 1
    evening.table.phase = Phase.BETTING
    evening.table.draw.number += 1
    evening.table.draw.end()
    if cut:
        evening.ann.open()
        evening.ann.run()
    else:
        evening.table.tell(RoundOpened(2, 1000))
    evening.ann.now += SHORT
    again = replace(first, round_number=2, freeze=NOUGHT)
    evening.table.tell(again)
    evening.ann.run()
    assert "two_freezes" in evening.verdict(2).verdict.reds
    document = evening.things.saved[-1]
    ((_, found),) = judge(read(document), KINDS)
    assert "two_freezes" in found.reds


def test_a_link_that_was_sent_and_not_drawn_from_ends_the_chain() -> None:
    """It is known by now: whoever froze after it could choose."""
    evening = Evening()
    evening.bet()
    evening.close()
    before = [each for each in evening.table.asked if isinstance(each, RegisterChain)]
    evening.table.tell(RoundOpened(2, 1000))
    evening.ann.run()
    after = [each for each in evening.table.asked if isinstance(each, RegisterChain)]
    assert (len(before), len(after)) == (1, 2)
    assert after[0].first != after[1].first


@pytest.mark.parametrize("again", [RoundFrozen, EventAsked, DrawShown])
def test_a_clock_goes_on_though_the_same_is_said_again(again: type[Message]) -> None:
    evening = Evening()
    evening.bet()
    heard: list[Message] = []
    hear = evening.ann.dialogue.hear

    def listen(said: Any, now: float) -> None:
        if isinstance(said, DrawShown | RoundFrozen | EventAsked):
            heard.append(said)
        if not isinstance(said, YourFreeze | EventAsked) or again is not RoundFrozen:
            hear(said, now)

    evening.ann.dialogue.hear = listen  # type: ignore[method-assign]
    evening.close()
    shown = DrawShown(0, evening.table.draw.seeds.seed(0), NOUGHT)
    same = next((each for each in heard if isinstance(each, again)), shown)
    for _ in range(8):
        evening.ann.now += 2.5
        evening.table.tell(same)
        evening.ann.run()
    assert "late" in evening.verdict().verdict.reds


def test_after_a_cut_the_time_that_is_told_then_counts() -> None:
    evening = Evening()
    evening.bet()
    evening.close()
    evening.ann.cut()
    evening.ann.now += 60
    evening.ann.open()
    evening.ann.run()
    evening.ann.now += 12
    evening.ann.run()
    assert evening.verdicts == {}
    evening.ann.now += 2
    evening.ann.run()
    assert [*evening.verdict().verdict.reds] == ["late"]


def test_a_bet_without_an_answer_is_in_no_freeze_and_the_others_are() -> None:
    evening = Evening()
    evening.bet(17, 5)
    evening.table.mute = {PlaceBets}
    evening.bet(20, 5)
    evening.table.bets.clear()
    evening.close()
    assert "own_stake" in evening.verdict().verdict.reds
    evening = Evening()
    evening.bet(17, 5)
    evening.table.mute = {PlaceBets}
    evening.bet(20, 5)
    evening.close()
    evening.settle()
    assert evening.verdict().colour is Colour.GREEN


def test_who_laid_nothing_is_paid_nothing_and_loses_nothing() -> None:
    evening = Evening()
    evening.close()
    evening.table.tell(PlayerSettled(1, -50, 450, (Payout(30, 50, 0),)))
    evening.settle()
    assert "late" in evening.verdict(1).verdict.reds


@pytest.mark.parametrize("said", [{"draw": 2}, {"rules": "partage"}])
def test_a_freeze_by_other_rules_than_the_tables_is_none(said: dict[str, Any]) -> None:
    evening = Evening(another(RoundFrozen, **said))
    evening.bet()
    evening.close()
    assert [*evening.verdict(1).verdict.reds] == ["late"]
    assert not [each for each in evening.table.asked if isinstance(each, SendLink)]


def test_a_seat_that_is_lost_in_a_frozen_round_is_red_and_before_it_is_not() -> None:
    for frozen in (True, False):
        evening = Evening()
        evening.bet()
        if frozen:
            evening.close()
        assert evening.ann.chair is not None
        evening.ann.chair.say(SeatLost(0, "closed"))
        house = evening.ann.state
        evening.ann.run()
        there = evening.ann.state.at(house.here).table.verdicts
        assert [[*each.verdict.reds] for each in there.values()] == [["late"]] * frozen


def test_who_came_back_and_is_told_nothing_of_the_round_sees_red() -> None:
    evening = Evening()
    evening.bet()
    evening.close()
    evening.ann.cut()
    evening.table.draw.shown = lambda account: iter(())  # type: ignore[method-assign]  # noqa: ARG005
    evening.ann.open()
    evening.ann.run()
    assert evening.verdicts == {}
    evening.ann.now += 41
    evening.ann.run()
    assert [*evening.verdict().verdict.reds] == ["late"]


# --- what was found last --------------------------------------------------------------------------


def test_no_event_is_asked_for_before_the_last_one_was_drawn() -> None:
    """Or a house that knows all links could ask on until it likes what comes."""
    evening = Evening()
    evening.bet()
    evening.close()
    asked = evening.table.draw.asked_again()
    links = [each for each in evening.table.asked if isinstance(each, SendLink)]
    step = hashes.step(asked.step, asked.what, asked.detail)
    evening.table.tell(EventAsked(asked.event + 1, asked.what, asked.detail, step, 3000))
    evening.ann.run()
    assert [*evening.verdict().verdict.reds] == ["order"]
    assert [each for each in evening.table.asked if isinstance(each, SendLink)] == links


def test_a_chain_whose_link_is_known_is_not_found_again() -> None:
    """It was sent, the line was cut, and the next round is frozen over its old head."""
    evening = Evening()
    evening.bet()
    evening.table.close()
    evening.ann.run()
    evening.ann.cut()
    evening.table.number += 1
    evening.table.phase = Phase.BETTING
    evening.table.bets.clear()
    evening.table.mute = {RegisterChain}
    fixed, frozen = evening.table.draw._fixed, evening.table.draw.frozen_again()
    evening.table.draw.end()
    evening.ann.open()
    evening.ann.run()
    assert fixed is not None
    mine = fixed.part(evening.ann.state.account)
    assert mine is not None
    before = len(evening.table.asked)
    evening.table.tell(replace(frozen, round_number=2), replace(mine, round_number=2))
    evening.table.tell(evening.table.draw.asked_again())
    evening.ann.run()
    assert not [each for each in evening.table.asked[before:] if isinstance(each, SendLink)]


def test_a_chain_whose_link_was_left_out_is_not_found_again() -> None:
    evening = Evening()
    evening.table.mute = {SendLink}
    evening.bet()
    evening.close()
    first = evening.table.draw.frozen_again()
    evening.settle()
    evening.table.mute = {RegisterChain}
    (sitting,) = evening.ann.dialogue._sittings.values()  # type: ignore[attr-defined]
    assert sitting.part._witness.chain is None
    assert sitting.part._witness.is_mute
    assert first.contributors == 1


def test_an_answer_that_nobody_asked_for_revives_no_chain() -> None:
    evening = Evening()
    evening.bet()
    evening.close()
    evening.settle()
    (sitting,) = evening.ann.dialogue._sittings.values()  # type: ignore[attr-defined]
    witness = sitting.part._witness
    witness.refused("no chain")
    evening.table.tell(ChainTaken(9, 1))
    evening.ann.run()
    assert witness.is_mute


def test_what_was_acknowledged_stays_though_the_table_is_shown_anew() -> None:
    for own, reds in (((), [["late"]]), ((Bet(17, 5),), [])):
        evening = Evening()
        evening.bet(17, 5)
        assert evening.ann.chair is not None
        shown: Any = evening.table._shown(evening.ann.chair)
        evening.table.tell(replace(shown, own_bets=own))
        evening.ann.run()
        assert [[*each.verdict.reds] for each in evening.verdicts.values()] == reds


def test_a_round_with_ones_chips_on_it_does_not_just_end() -> None:
    evening = Evening()
    evening.bet(17, 5)
    evening.table.tell(RoundOpened(2, 1000))
    evening.ann.run()
    assert [*evening.verdict(1).verdict.reds] == ["late"]


def test_at_its_end_a_chain_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (own_chain, drawing):
        monkeypatch.setattr(module, "CHAIN_LINKS", 2)
    evening = Evening()
    for _ in range(5):
        evening.ann.now += SHORT
        assert evening.round().colour is Colour.GREEN


def test_a_draw_at_the_last_number_there_is_ends_in_red_and_not_in_an_error() -> None:
    evening = Evening(another(DrawShown, event=2**64 - 1))
    evening.table.tell(RoundSettled(1, 17, 0, 0, 0, 0, ()))
    evening.ann.run()
    assert "late" in evening.verdict(1).verdict.reds
