"""Rounds, deadlines and the draw, with a hand on the clock."""

import json

import pytest

from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import read_json
from protocol.fair.words import Words
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import (
    BetsChanged,
    BetsPlaced,
    BetsTakenBack,
    PlaceBets,
    SayReady,
    TakeBackBets,
)
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet, PlacedBet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    DeadlineMoved,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    TableShown,
    WheelStarted,
)
from protocol.games.roulette.rules import Group
from protocol.house.door import Done, LeaveSeat, Refused, TakeSeat
from protocol.house.draw import (
    ChainTaken,
    EventAsked,
    EventDrawn,
    LinksShown,
    SendLink,
    YourDraw,
)
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Notice, Reason, Seat
from protocol.house.talk import Noticed
from protocol.limits import ANSWERS_KEPT
from server.books.books import Books
from server.books.finished import as_json
from server.games import STATES
from server.games.roulette.records import export_round
from server.games.roulette.settings import Rules, Stakes
from tests.server.pure import SEEDS, PureHouse, messages_of


def refused(answer: object) -> Refused:
    assert isinstance(answer, Refused), answer
    return answer


def withheld(pure: PureHouse) -> list[int]:
    """Whom everybody was told to have withheld a link."""
    return [each.account for each in pure.told(Noticed) if each.notice is Notice.WITHHELD]


class TestTheRound:
    def test_the_last_bets_are_shown_before_the_bets_close(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        pure.ask(boss, StartSpin(9, 1))
        said = [message for each in pure.said for message in messages_of(each)]
        (changed,), (closed,) = pure.told(BetsChanged), pure.told(BettingClosed)
        assert said.index(changed) < said.index(closed)
        assert changed.latest == (PlacedBet(anna.account, 17, 10),)

    def test_it_goes_from_bets_to_the_payout_and_the_next_opens_at_once(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        assert isinstance(pure.bet(anna, (17, 10), (155, 20)), BetsPlaced)
        assert pure.ask(boss, StartSpin(9, 1)) == Done(9)
        kinds = [type(message) for each in pure.said for message in messages_of(each)]
        order = [BettingClosed, WheelStarted, RoundSettled, PlayerSettled, RoundOpened]
        assert [kind for kind in kinds if kind in order] == [RoundOpened, *order]
        (settled,), (own,) = pure.told(RoundSettled), pure.told(PlayerSettled)
        (asked,), (drawn,) = pure.told(EventAsked), pure.told(EventDrawn)
        assert drawn.seed == SEEDS.seed(1)
        assert settled.pocket == Words(drawn.seed, asked.step, drawn.shown).below(37)
        assert own.balance == 500 + own.net == pure.books.wallet(anna.account)
        assert pure.round == 2

    def test_every_record_holds_before_the_verifier(self) -> None:
        pure = PureHouse()
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        boss = pure.seated("Boss", Seat.CROUPIER)
        pure.register(anna)
        for number in range(1, 6):
            if number == 2:
                pure.register(bert)
            pure.bet(anna, (number, 3))
            if number == 4:
                pure.hear(boss, VoidRound(9, number, "spilt wine"))
                continue
            pure.hear(boss, StartSpin(9, number))
            pure.show(anna)
            pure.advance(3)
        exported = {
            number: export_round(pure.table.till, done)
            for (_, number), done in pure.shelf.rounds.items()
        }
        assert exported.pop(4) is None
        withheld = {2: {"withheld": f"account {bert.account}"}}
        for number, text in exported.items():
            ((_, verdict),) = judge(read(read_json(text or "")), KINDS)
            assert not verdict.reds, number
            assert verdict.greys == {"watcher": "", **withheld.get(number, {})}, number

    def test_a_void_gives_every_stake_back_and_draws_nothing(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        pure.hear(boss, VoidRound(9, 1, "spilt wine"))
        assert pure.told(RoundVoided) == [RoundVoided(1, "spilt wine")]
        assert pure.table.draw.state.event == 0
        assert pure.books.wallet(anna.account) == 500
        assert pure.told(PlayerSettled)[-1].net == 0
        assert pure.round == 2

    def test_a_frozen_round_cannot_be_voided_and_starts_by_itself_in_the_end(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        pure.hear(boss, CloseBetting(9, 1))
        assert pure.table.phase is Phase.CLOSED
        assert refused(pure.ask(boss, VoidRound(10, 1, "no"))).reason is Reason.TOO_LATE
        pure.advance(59)
        assert pure.round == 1
        pure.advance(1)
        assert pure.told(RoundSettled)
        assert pure.round == 2

    def test_it_does_not_start_without_bets_or_with_too_few_players(self) -> None:
        pure = PureHouse(Rules(min_players=2))
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        assert refused(pure.ask(boss, StartSpin(9, 1))).reason is Reason.NO_BETS
        pure.bet(anna, (17, 10))
        answer = refused(pure.ask(boss, StartSpin(9, 1)))
        assert (answer.reason, answer.figure) == (Reason.NOT_ENOUGH_PLAYERS, 2)
        pure.bet(pure.seated("Bert"), (1, 1))
        assert pure.ask(boss, StartSpin(9, 1)) == Done(9)

    def test_after_the_last_seed_the_table_stays_closed_and_settles_what_was_bet(self) -> None:
        pure = PureHouse(last_round=2)
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        for number in (1, 2):
            pure.bet(anna, (17, 1))
            assert pure.ask(boss, StartSpin(9, number)) == Done(9)
        assert [each.round_number for each in pure.told(RoundSettled)] == [1, 2]
        assert (pure.round, pure.table.phase) == (2, Phase.SETTLED)
        assert refused(pure.bet(anna, (17, 1))).reason is Reason.BETTING_CLOSED
        pure.books.check()


class TestAuto:
    def test_it_runs_itself_and_leaves_room_for_the_spin(self) -> None:
        pure = PureHouse(Rules(auto_seconds=20, spin_seconds=10))
        anna = pure.seated("Anna")
        assert pure.told(RoundOpened)[0].ms_left == 20_000
        pure.bet(anna, (17, 10))
        pure.advance(20)
        assert pure.told(RoundSettled)
        assert pure.told(RoundOpened)[1].ms_left == 30_000

    def test_without_bets_it_waits_and_uses_up_no_seed(self) -> None:
        pure = PureHouse(Rules(auto_seconds=20))
        for _ in range(5):
            pure.advance(20)
        assert pure.round == 1
        assert len(pure.told(DeadlineMoved)) == 5

    def test_it_does_not_wait_when_every_seated_player_is_ready(self) -> None:
        pure = PureHouse(Rules(auto_seconds=600, least_seconds=0.0))
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        pure.bet(anna, (17, 10))
        assert pure.ask(anna, SayReady(9, 1)) == Done(9)
        assert pure.round == 1
        pure.hear(bert, SayReady(9, 1))
        assert pure.round == 2

    def test_it_does_not_wait_for_somebody_who_left(self) -> None:
        pure = PureHouse(Rules(auto_seconds=600, least_seconds=0.0))
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        pure.bet(anna, (17, 10))
        pure.hear(anna, SayReady(9, 1))
        assert pure.round == 1
        pure.hear(bert, LeaveSeat(9))
        pure.advance(0)
        assert pure.round == 2

    def test_a_croupier_switches_it_on_and_off(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        assert pure.table.ms_left(pure.now) == NO_DEADLINE
        pure.hear(boss, SetAuto(9, 15))
        assert pure.table.ms_left(pure.now) == 15_000
        pure.hear(boss, SetAuto(10, 0))
        pure.advance(100)
        assert pure.round == 1


class TestBets:
    def test_limits_hold_for_the_whole_stake_on_a_spot(self) -> None:
        pure = PureHouse(Rules(plaque={**Rules().plaque, Group.STRAIGHT: Stakes(5, 50)}))
        anna = pure.seated("Anna")
        low = refused(pure.bet(anna, (17, 4)))
        assert (low.reason, low.figure, low.spot) == (Reason.UNDER_LEAST, 5, 17)
        assert isinstance(pure.bet(anna, (17, 45)), BetsPlaced)
        assert isinstance(pure.bet(anna, (17, 5)), BetsPlaced)
        high = refused(pure.bet(anna, (17, 1)))
        assert (high.reason, high.figure, high.spot) == (Reason.OVER_MOST, 50, 17)

    def test_all_chips_are_laid_or_none(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        before = pure.snapshot()
        answer = refused(pure.bet(anna, (17, 10), (18, 499)))
        assert (answer.reason, answer.figure) == (Reason.NOT_ENOUGH_CHIPS, 500)
        assert refused(pure.bet(anna, (17, 10), (17, 10))).reason is Reason.OVER_MOST
        assert refused(pure.bet(anna)).reason is Reason.UNDER_LEAST
        assert refused(pure.bet(anna, (17, 0))).reason is Reason.UNDER_LEAST
        assert refused(pure.bet(anna, (17, 2**64 - 1))).reason is Reason.OVER_MOST
        assert pure.snapshot() == before

    def test_the_table_has_a_most_for_each_player(self) -> None:
        pure = PureHouse(Rules(table_most=100))
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 60))
        answer = refused(pure.bet(anna, (18, 41)))
        assert (answer.reason, answer.figure) == (Reason.OVER_TABLE_MOST, 100)

    def test_a_number_used_again_gets_the_same_answer_and_is_done_once(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        asked = PlaceBets(7, 1, (Bet(17, 10),))
        first = pure.ask(anna, asked)
        pure.bet(anna, (18, 5))
        before = pure.snapshot()
        assert pure.ask(anna, asked) == first == BetsPlaced(7, 1, 490, 10)
        other = pure.ask(anna, PlaceBets(7, 1, (Bet(17, 11),)))
        assert refused(other).reason is Reason.NUMBER_REUSED
        assert refused(pure.ask(anna, TakeBackBets(7, 1, ()))).reason is Reason.NUMBER_REUSED
        assert pure.snapshot() == before

    def test_the_same_answer_comes_after_the_round_too(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        asked = PlaceBets(7, 1, (Bet(17, 10),))
        first = pure.ask(anna, asked)
        for number in (1, 2):
            pure.hear(boss, StartSpin(90 + number, number))
            assert pure.ask(anna, asked) == first
            pure.bet(anna, (1, 1))

    def test_what_is_kept_for_repeats_has_an_end_and_nothing_is_done_twice(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        asked = [
            TakeBackBets(number, 1, ()) if number % 2 else PlaceBets(number, 1, (Bet(17, 10),))
            for number in range(10, 10 + 3 * ANSWERS_KEPT)
        ]
        first = [pure.ask(anna, each) for each in asked]
        before = pure.snapshot()
        assert len(pure.table.till.answers[-1][anna.account]) == ANSWERS_KEPT
        again = [pure.ask(anna, each) for each in asked]
        assert again[-ANSWERS_KEPT:] == first[-ANSWERS_KEPT:]
        for answer in again[:-ANSWERS_KEPT]:
            assert refused(answer).reason is Reason.NUMBER_REUSED
        assert pure.snapshot() == before
        kept = Books.of_snapshot(json.loads(as_json(pure.books.snapshot())), STATES)
        assert kept.tills[1].answers == pure.table.till.answers

    def test_chips_are_taken_back_in_part_or_all(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 10), (18, 5))
        answer = pure.ask(anna, TakeBackBets(20, 1, (Bet(17, 4),)))
        assert answer == BetsTakenBack(20, 1, 489, 11)
        too_many = refused(pure.ask(anna, TakeBackBets(21, 1, (Bet(17, 7),))))
        assert (too_many.reason, too_many.figure) == (Reason.NOTHING_THERE, 6)
        assert pure.ask(anna, TakeBackBets(22, 1, ())) == BetsTakenBack(22, 1, 500, 0)
        assert refused(pure.ask(anna, TakeBackBets(23, 1, ()))).reason is Reason.NOTHING_THERE

    def test_changes_are_broadcast_together_at_most_twenty_times_a_second(self) -> None:
        pure = PureHouse()
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        pure.advance(1)
        pure.said.clear()
        for number in range(1, 41):
            pure.bet(anna, (number, 1))
            pure.bet(bert, (number, 2))
        pure.advance(0)
        pure.advance(0.01)
        (changed,) = pure.told(BetsChanged)
        assert (changed.revision, changed.players, changed.bets) == (1, 2, 80)
        assert changed.staked == 120
        assert [total.chips for total in changed.totals] == [3] * 40
        assert (len(changed.latest), changed.complete) == (32, False)
        pure.hear(anna, TakeBackBets(99, 1, ()))
        pure.advance(0.05)
        after = pure.told(BetsChanged)[1]
        assert (after.revision, after.staked, after.players) == (2, 80, 1)
        assert {(each.account, each.chips) for each in after.latest} == {(anna.account, 0)}

    def test_a_newcomer_sees_exactly_what_is_there(self) -> None:
        pure = PureHouse()
        anna = pure.seated("Anna")
        pure.bet(anna, (17, 10), (40, 5))
        pure.hear(anna, TakeSeat(60, Seat.PLAYER, b""))
        shown = pure.told(TableShown)[-1]
        assert [(total.spot, total.chips) for total in shown.totals] == [(17, 10), (40, 5)]
        assert [(bet.spot, bet.chips) for bet in shown.own_bets] == [(17, 10), (40, 5)]
        assert (shown.balance, shown.at_stake, shown.staked, shown.bets) == (485, 15, 15, 2)


class TestTheDraw:
    def test_links_are_waited_for_and_then_the_wheel_stops(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        pure.register(anna)
        pure.hear(boss, StartSpin(9, 1))
        assert pure.told(EventAsked)[0].window_ms == 3000
        assert not pure.told(RoundSettled)
        assert pure.show(anna) == Done(51)
        (drawn,) = pure.told(EventDrawn)
        assert (drawn.contributors, drawn.missing) == (1, 0)
        assert pure.told(RoundSettled)

    def test_who_has_a_say_is_told_the_links_before_the_number(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 10))
        pure.register(anna)
        pure.hear(boss, StartSpin(9, 1))
        pure.said.clear()
        pure.show(anna)
        kinds = [type(message) for each in pure.said for message in messages_of(each)]
        order = [EventDrawn, LinksShown, YourDraw, RoundSettled, PlayerSettled, RoundOpened]
        assert [kind for kind in kinds if kind in order] == order

    def test_who_withholds_is_shown_to_all_and_has_no_say_for_twenty_rounds(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 1))
        pure.register(anna)
        pure.hear(boss, StartSpin(9, 1))
        pure.advance(2.9)
        assert not pure.told(RoundSettled)
        pure.advance(0.1)
        (drawn,) = pure.told(EventDrawn)
        assert drawn.missing == 1
        kinds = [type(message) for each in pure.said for message in messages_of(each)]
        order = [RoundSettled, PlayerSettled, Noticed, RoundOpened]
        assert kinds[kinds.index(RoundSettled) :][:4] == order
        assert withheld(pure) == [anna.account]
        for number in range(2, 22):
            answer = refused(pure.register(anna))
            assert (answer.reason, answer.figure) == (Reason.NO_SAY, 22 - number)
            pure.bet(anna, (17, 1))
            pure.hear(boss, StartSpin(9, number))
        assert pure.register(anna) == ChainTaken(50, 22)

    def test_a_voided_round_owes_no_link(self) -> None:
        pure = PureHouse()
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        pure.register(anna)
        assert pure.ask(boss, VoidRound(9, 1, "")) == Done(9)
        assert pure.told(RoundVoided)[0].words == ""  # Every client leaves it out in its language.
        assert withheld(pure) == []
        pure.bet(anna, (17, 1))
        pure.hear(boss, StartSpin(9, 2))
        assert pure.show(anna) == Done(51)

    def test_whose_link_comes_twice_has_said_one(self) -> None:
        pure = PureHouse()
        anna, bert = pure.seated("Anna"), pure.seated("Bert")
        boss = pure.seated("Boss", Seat.CROUPIER)
        pure.bet(anna, (17, 1))
        pure.register(anna)
        pure.register(bert)
        pure.hear(boss, StartSpin(9, 1))
        assert pure.show(anna) == Done(51)
        again = SendLink(52, 1, pure.says[anna.account].head)
        assert pure.ask(anna, again) == Done(52)
        assert refused(pure.ask(boss, again)).reason is Reason.NOT_NOW
        assert refused(pure.ask(bert, again)).reason is Reason.WRONG_LINK
        assert pure.show(bert) == Done(51)
        assert refused(pure.ask(anna, again)).reason is Reason.TOO_LATE


@pytest.mark.parametrize("number", [0, 2, 2**64 - 1])
def test_no_order_is_taken_for_another_round(number: int) -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    pure.bet(anna, (17, 1))
    before = pure.snapshot()
    for order in (StartSpin(9, number), CloseBetting(9, number), VoidRound(9, number, "x")):
        assert refused(pure.ask(boss, order)).reason is Reason.WRONG_ROUND
    assert pure.snapshot() == before
