"""The clocks of a table, from one state of a round to the next: with a hand on its clock."""

import pytest

from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    AutoChanged,
    BettingClosed,
    DeadlineMoved,
    RoundOpened,
    RoundSettled,
    WheelStarted,
)
from protocol.house.draw import EventAsked
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Reason
from server.books.books import HOUSE, Books
from server.draw.draw import AFTER_A_CRASH
from server.games import STATES
from server.games.roulette.betting import place, take_back
from server.games.roulette.play import Roulette
from server.games.roulette.settings import Rules
from server.games.roulette.state import State
from tests.says import Say
from tests.server.pure import SEEDS, means, why_not

ANNA, BERT = 2, 3
NOW = 1_000.0
RULES = Rules(reveal_seconds=4.0, start_seconds=60.0, spin_seconds=10.0)


def opened(rules: Rules = RULES, now: float = NOW) -> Roulette:
    books = Books(STATES)
    for account in (ANNA, BERT):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(means(books), rules, now)
    table.advance(now)
    return table


def auto(seconds: int = 20, **other: float) -> Rules:
    figures = {"reveal_seconds": 4.0, "start_seconds": 60.0, "spin_seconds": 10.0, **other}
    return Rules(auto_seconds=seconds, **figures)  # type: ignore[arg-type]


def lay(table: Roulette, account: int = ANNA) -> None:
    request = table.books.holders[account].last_request + 1
    place(table, account, request, table.round.number, (Bet(17, 5),))


def register(table: Roulette, account: int = ANNA) -> None:
    table.draw.register(account, Say(SEEDS.table, account).first)


def show(table: Roulette, account: int = ANNA) -> None:
    table.draw.take(account, table.draw.state.event + 1, Say(SEEDS.table, account).next)


def told(table: Roulette, kind: type) -> list[object]:
    return [each for each in table.means.told if type(each) is kind]


def ms(table: Roulette, kind: type) -> list[int]:
    """How many were left each time that this was told."""
    return [each.ms_left for each in told(table, kind)]  # type: ignore[attr-defined]


def drawn(table: Roulette) -> list[int]:
    return [each.round_number for each in told(table, RoundSettled)]  # type: ignore[attr-defined]


# --- a croupier's table ---------------------------------------------------------------------------


def test_no_clock_runs_while_a_croupier_takes_bets() -> None:
    table = opened()
    assert (table.phase, table.next_moment(), table.ms_left(NOW)) == (
        Phase.BETTING,
        None,
        NO_DEADLINE,
    )
    assert table.means.told == [RoundOpened(1, NO_DEADLINE)]
    table.advance(NOW + 10**6)
    assert table.round.number == 1


def test_after_no_more_bets_the_wheel_starts_by_itself_at_its_moment() -> None:
    table = opened()
    lay(table)
    table.close_by_croupier(NOW, 1)
    table.advance(NOW)
    assert (table.phase, table.round.state) == (Phase.CLOSED, State.FROZEN)
    assert ms(table, BettingClosed) == [60_000]
    assert (table.next_moment(), table.ms_left(NOW + 59.5)) == (NOW + 60, 500)
    assert table.ms_left(NOW + 61) == 0
    table.advance(NOW + 59.5)
    assert (table.phase, drawn(table)) == (Phase.CLOSED, [])
    table.advance(NOW + 60)
    assert (drawn(table), table.round.number) == ([1], 2)
    assert ms(table, WheelStarted) == [0]
    assert (table.phase, table.next_moment()) == (Phase.BETTING, None)


def test_a_wheel_that_waits_for_nobody_says_so_and_stops_at_once() -> None:
    table = opened()
    lay(table)
    table.start_spin(NOW, 1)
    assert (ms(table, BettingClosed), ms(table, WheelStarted)) == ([0], [0])
    table.advance(NOW)
    assert drawn(table) == [1]


def test_links_are_asked_for_when_the_wheel_turns() -> None:
    table = opened()
    lay(table)
    register(table)
    table.close_by_croupier(NOW, 1)
    table.advance(NOW + 30)
    assert (table.phase, told(table, EventAsked)) == (Phase.CLOSED, [])
    table.start_spin(NOW + 30, 1)
    (asked,) = told(table, EventAsked)
    assert isinstance(asked, EventAsked)
    assert (asked.event, asked.window_ms, ms(table, WheelStarted)) == (1, 4_000, [4_000])
    assert (table.phase, table.next_moment()) == (Phase.SPINNING, NOW + 34)
    assert table.ms_left(NOW + 31) == 3_000
    assert why_not(table.start_spin, NOW + 31, 1) == (Reason.NOT_NOW, 0)


def test_a_wheel_that_turns_waits_for_the_links_and_then_stops() -> None:
    table = opened()
    lay(table)
    register(table, ANNA)
    register(table, BERT)
    table.start_spin(NOW, 1)
    table.advance(NOW)
    assert (table.phase, table.next_moment()) == (Phase.SPINNING, NOW + 4)
    assert (ms(table, BettingClosed), ms(table, WheelStarted)) == ([0], [4_000])
    show(table, BERT)
    table.advance(NOW + 3.5)
    assert (table.phase, drawn(table)) == (Phase.SPINNING, [])
    show(table, ANNA)
    table.advance(NOW + 3.5)
    assert (drawn(table), table.round.number) == ([1], 2)


def test_a_wheel_that_turns_waits_for_a_link_so_long_and_no_longer() -> None:
    table = opened()
    lay(table)
    register(table)
    table.start_spin(NOW, 1)
    table.advance(NOW + 3.5)
    assert drawn(table) == []
    table.advance(NOW + 4)
    assert drawn(table) == [1]
    assert table.draw.state.locked == {ANNA: 21}


def test_what_the_croupier_cannot_do_in_a_phase() -> None:
    table = opened()
    assert why_not(table.start_spin, NOW, 1) == (Reason.NO_BETS, 0)
    assert why_not(table.close_by_croupier, NOW, 1) == (Reason.NO_BETS, 0)
    lay(table)
    for number in (0, 2):
        for order in (table.start_spin, table.close_by_croupier):
            assert why_not(order, NOW, number) == (Reason.WRONG_ROUND, 1)
        assert why_not(table.void, NOW, number, "") == (Reason.WRONG_ROUND, 1)
        assert why_not(table.say_ready, ANNA, number) == (Reason.WRONG_ROUND, 1)
    table.close_by_croupier(NOW, 1)
    assert why_not(table.close_by_croupier, NOW, 1) == (Reason.NOT_NOW, 0)
    assert why_not(table.void, NOW, 1, "") == (Reason.TOO_LATE, 0)
    assert why_not(table.say_ready, ANNA, 1) == (Reason.BETTING_CLOSED, 0)
    table.start_spin(NOW, 1)
    assert why_not(table.start_spin, NOW, 1) == (Reason.NOT_NOW, 0)


@pytest.mark.parametrize(("least", "enough"), [(0, 1), (1, 1), (2, 2)])
def test_so_many_must_have_bet(least: int, enough: int) -> None:
    table = opened(Rules(min_players=least))
    for account in (ANNA, BERT)[: enough - 1]:
        lay(table, account)
        assert why_not(table.start_spin, NOW, 1) == (Reason.NOT_ENOUGH_PLAYERS, least)
        assert why_not(table.close_by_croupier, NOW, 1) == (Reason.NOT_ENOUGH_PLAYERS, least)
    lay(table, BERT)
    table.start_spin(NOW, 1)
    table.advance(NOW)
    assert drawn(table) == [1]


# --- a table that runs itself ---------------------------------------------------------------------


def test_the_first_round_has_its_time_and_each_later_one_that_of_the_spin_as_well() -> None:
    table = opened(auto())
    assert ms(table, RoundOpened) == [20_000]
    moment = NOW
    for number, seconds in ((1, 20), (2, 30), (3, 30)):
        lay(table)
        table.advance(moment + seconds - 0.5)
        assert (table.round.number, table.phase) == (number, Phase.BETTING)
        moment += seconds
        assert table.next_moment() == moment
        table.advance(moment)
        assert drawn(table)[-1] == number
    assert ms(table, RoundOpened) == [20_000, 30_000, 30_000, 30_000]


def test_without_enough_players_the_same_round_goes_on_for_its_time() -> None:
    table = opened(auto(min_players=2))
    lay(table)
    table.advance(NOW + 20)
    assert (table.round.number, table.next_moment()) == (1, NOW + 40)
    assert told(table, DeadlineMoved) == [DeadlineMoved(1, 20_000)]
    lay(table, BERT)
    table.advance(NOW + 39.5)
    assert drawn(table) == []
    table.advance(NOW + 40)
    assert drawn(table) == [1]


def test_in_auto_the_wheel_waits_for_links_and_for_no_croupier() -> None:
    table = opened(auto())
    lay(table)
    register(table)
    table.advance(NOW + 20)
    assert (table.phase, table.next_moment()) == (Phase.SPINNING, NOW + 24)
    assert (ms(table, BettingClosed), ms(table, WheelStarted)) == ([0], [4_000])
    show(table)
    table.advance(NOW + 21)
    assert drawn(table) == [1]


def test_in_auto_a_croupier_who_closes_the_bets_starts_the_wheel() -> None:
    table = opened(auto())
    lay(table)
    table.close_by_croupier(NOW + 1, 1)
    table.advance(NOW + 1)
    assert drawn(table) == [1]


def test_auto_that_comes_and_goes_moves_the_clock_of_bets() -> None:
    table = opened()
    lay(table)
    table.set_auto(NOW + 5, 15)
    assert table.means.told[-2:] == [AutoChanged(15), DeadlineMoved(1, 15_000)]
    assert table.next_moment() == NOW + 20
    table.set_auto(NOW + 6, 0)
    assert table.means.told[-2:] == [AutoChanged(0), DeadlineMoved(1, NO_DEADLINE)]
    table.advance(NOW + 100)
    assert (table.next_moment(), drawn(table)) == (None, [])


def test_auto_that_comes_after_no_more_bets_starts_the_wheel() -> None:
    table = opened()
    lay(table)
    table.close_by_croupier(NOW, 1)
    table.advance(NOW + 1)
    table.set_auto(NOW + 2, 0)
    assert table.next_moment() == NOW + 60
    table.set_auto(NOW + 2, 15)
    assert not told(table, DeadlineMoved)
    assert table.next_moment() == NOW + 2
    table.advance(NOW + 2)
    assert drawn(table) == [1]
    assert ms(table, RoundOpened)[-1] == 25_000


def test_auto_that_comes_while_the_wheel_turns_is_for_the_next_round() -> None:
    table = opened()
    lay(table)
    register(table)
    table.start_spin(NOW, 1)
    table.set_auto(NOW + 1, 15)
    assert table.next_moment() == NOW + 4
    assert not told(table, DeadlineMoved)
    table.advance(NOW + 4)
    assert (drawn(table), ms(table, RoundOpened)[-1]) == ([1], 25_000)


def test_who_are_all_ready_wait_no_longer_in_auto_and_with_bets() -> None:
    for rules, players, moment in (
        (auto(), [ANNA], NOW + 3),
        (auto(), [], NOW + 20),
        (auto(min_players=2), [ANNA], NOW + 20),
        (RULES, [ANNA], None),
    ):
        table = opened(rules)
        for account in players:
            lay(table, account)
        table.stop_waiting(NOW + 3)
        assert table.next_moment() == moment


# --- a round in which everybody is ready ----------------------------------------------------------


def sit(table: Roulette, *accounts: int) -> None:
    """Those who are waited for."""
    table.means.seats.players = set(accounts)


def say_ready(table: Roulette, now: float, *accounts: int) -> None:
    for account in accounts:
        table.say_ready(account, table.round.number)
    table.advance(now)


def hurried(least: float = 2.0) -> Roulette:
    """Both sit, and have bet."""
    table = opened(auto(least_seconds=least))
    sit(table, ANNA, BERT)
    lay(table, ANNA)
    lay(table, BERT)
    return table


def test_who_are_all_ready_at_once_wait_for_the_least_and_are_told() -> None:
    table = hurried()
    say_ready(table, NOW, ANNA, BERT)
    assert (table.next_moment(), told(table, DeadlineMoved)) == (
        NOW + 2,
        [DeadlineMoved(1, 2_000)],
    )
    for moment in (NOW, NOW + 0.5, NOW + 1.9):
        table.advance(moment)
    assert (table.phase, len(told(table, DeadlineMoved))) == (Phase.BETTING, 1)
    table.advance(NOW + 2)
    assert (drawn(table), table.round.number) == ([1], 2)


def test_one_who_is_ready_waits_for_the_other() -> None:
    table = hurried()
    say_ready(table, NOW + 0.5, ANNA)
    assert (table.next_moment(), told(table, DeadlineMoved)) == (NOW + 20, [])
    say_ready(table, NOW + 1.5, BERT)
    assert (table.next_moment(), told(table, DeadlineMoved)) == (NOW + 2, [DeadlineMoved(1, 500)])


@pytest.mark.parametrize("after", [2.0, 2.5, 19.0])
def test_after_the_least_nobody_waits_and_nothing_is_told(after: float) -> None:
    table = hurried()
    say_ready(table, NOW + 1, ANNA)
    say_ready(table, NOW + after, BERT)
    assert (drawn(table), told(table, DeadlineMoved)) == ([1], [])


def test_the_next_round_has_its_own_least() -> None:
    table = hurried()
    say_ready(table, NOW + 5, ANNA, BERT)
    assert table.round.number == 2
    for number, opened_at in ((2, NOW + 5), (3, NOW + 7)):
        lay(table)
        say_ready(table, opened_at + 1, ANNA, BERT)
        assert table.next_moment() == opened_at + 2
        table.advance(opened_at + 2)
        assert drawn(table)[-1] == number
    assert told(table, DeadlineMoved) == [DeadlineMoved(2, 1_000), DeadlineMoved(3, 1_000)]


def test_the_least_makes_no_round_longer() -> None:
    for seconds in (20.0, 30.0):
        table = hurried(seconds)
        say_ready(table, NOW + 3, ANNA, BERT)
        assert (table.next_moment(), told(table, DeadlineMoved)) == (NOW + 20, [])
        table.advance(NOW + 20)
        assert drawn(table) == [1]


def test_whoever_bets_or_comes_after_it_the_moved_deadline_stays() -> None:
    table = hurried()
    say_ready(table, NOW, ANNA, BERT)
    lay(table, ANNA)
    sit(table, ANNA, BERT, 4)
    table.advance(NOW + 1.5)
    assert (table.ready, table.next_moment()) == ({BERT}, NOW + 2)
    table.advance(NOW + 2)
    assert drawn(table) == [1]


def test_where_the_bets_are_gone_again_the_moved_deadline_moves_on() -> None:
    table = hurried()
    say_ready(table, NOW, ANNA, BERT)
    for account in (ANNA, BERT):
        number = table.books.holders[account].last_request + 1
        take_back(table, account, number, 1, ())
    table.advance(NOW + 2)
    assert (drawn(table), table.next_moment()) == ([], NOW + 22)
    assert told(table, DeadlineMoved) == [DeadlineMoved(1, 2_000), DeadlineMoved(1, 20_000)]


def test_a_croupier_is_not_held_up() -> None:
    for auto_seconds in (0, 20):
        for order in (Roulette.start_spin, Roulette.close_by_croupier):
            table = hurried(60.0)
            table.set_auto(NOW, auto_seconds)
            order(table, NOW + 0.5, 1)
            assert table.phase is not Phase.BETTING


def test_at_a_croupiers_table_all_ready_changes_nothing() -> None:
    table = opened()
    sit(table, ANNA)
    lay(table)
    say_ready(table, NOW + 5, ANNA)
    assert (table.next_moment(), told(table, DeadlineMoved)) == (None, [])


def test_auto_that_comes_when_all_are_ready_counts_from_the_opening() -> None:
    for moment, number in ((NOW + 0.5, 1), (NOW + 2, 2)):
        table = opened(Rules(least_seconds=2.0))
        sit(table, ANNA)
        lay(table)
        say_ready(table, NOW, ANNA)
        table.set_auto(moment, 15)
        table.advance(moment)
        assert table.round.number == number
        table.advance(NOW + 2)
        assert table.round.number == 2


def test_ready_is_for_one_round() -> None:
    table = opened()
    lay(table)
    table.say_ready(ANNA, 1)
    assert table.ready == {ANNA}
    table.start_spin(NOW, 1)
    table.advance(NOW)
    assert (table.round.number, table.ready) == (2, set())


# --- a restart ------------------------------------------------------------------------------------


def restarted(table: Roulette, rules: Rules, now: float) -> Roulette:
    return Roulette(means(table.books, now=now), rules, now)


def test_a_restart_gives_the_bets_their_whole_time_again() -> None:
    table = opened(auto())
    lay(table)
    table.advance(NOW + 20)
    lay(table)
    again = restarted(table, auto(), NOW + 500)
    assert (again.round.number, again.next_moment()) == (2, NOW + 520)
    assert again.layout.rows() == [(ANNA, 17, 5)]


def test_the_least_counts_from_the_restart() -> None:
    rules = auto(least_seconds=2.0)
    again = restarted(hurried(), rules, NOW + 500)
    sit(again, ANNA)
    say_ready(again, NOW + 501, ANNA)
    assert (again.round.number, again.next_moment()) == (1, NOW + 502)
    again.advance(NOW + 502)
    assert drawn(again) == [1]


def test_a_restart_waits_for_the_start_anew() -> None:
    table = opened()
    lay(table)
    register(table)
    table.close_by_croupier(NOW, 1)
    again = restarted(table, RULES, NOW + 500)
    assert (again.phase, again.next_moment()) == (Phase.CLOSED, NOW + 560)
    assert again.has_say(ANNA)
    at_once = restarted(again, auto(), NOW + 700)
    at_once.advance(NOW + 700)
    assert (at_once.phase, ms(at_once, WheelStarted)) == (Phase.SPINNING, [4_000])


def test_a_wheel_that_turned_at_the_restart_waits_longer_and_blames_nobody() -> None:
    table = opened()
    lay(table)
    register(table)
    table.start_spin(NOW, 1)
    again = restarted(table, RULES, NOW + 500)
    until = NOW + 500 + AFTER_A_CRASH
    assert (again.phase, again.next_moment()) == (Phase.SPINNING, until)
    again.advance(until - 0.5)
    assert drawn(again) == []
    again.advance(until)
    assert (drawn(again), again.draw.state.locked) == ([1], {})


def test_a_link_that_comes_after_the_restart_stops_the_wheel() -> None:
    table = opened()
    lay(table)
    register(table)
    table.start_spin(NOW, 1)
    again = restarted(table, RULES, NOW + 500)
    show(again)
    again.advance(NOW + 501)
    assert drawn(again) == [1]
