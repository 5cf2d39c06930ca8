"""Rock-paper-scissors: nobody sees a throw too early, chips go to who won, and nobody escapes."""

from itertools import product
from typing import Any

import pytest

from protocol.house.door import Done, LeaveSeat, Refused, SeatLost, TakeSeat
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import Act, ChipsMoved, FormShown
from protocol.house.lists import Reason, Seat
from protocol.house.people import KickPlayer
from protocol.wire import encode
from server.books.books import Books
from server.books.finished import as_json
from server.books.purse import BooksError
from server.books.till import Till
from server.games import STATES
from server.games.rps import DRAWS, RPS, THROWS, Rules, TwoStakes, check_settle, score, winner
from server.people.people import Client
from server.sayings import To
from tests.server.games.form_house import FormHouse, reading
from tests.server.pure import refusal

ROCK, PAPER, SCISSORS = range(3)
BEATS = {(ROCK, SCISSORS), (SCISSORS, PAPER), (PAPER, ROCK)}


@pytest.fixture
def house() -> FormHouse:
    return FormHouse(RPS)


def matched(house: FormHouse, stake: int = 20) -> tuple[Client, Client]:
    """Anna has asked, and Bert agreed."""
    anna, bert = house.player("Anna"), house.player("Bert")
    assert isinstance(house.act(anna, "challenge", stake), Done)
    assert isinstance(house.act(bert, "accept"), Done)
    return anna, bert


def go(house: FormHouse, anna: Client, one: int, bert: Client, other: int) -> None:
    for client, throw in ((anna, one), (bert, other)):
        assert isinstance(house.act(client, "throw", throw), Done)


def chips(house: FormHouse, *clients: Client) -> list[int]:
    house.books.check()
    return [house.books.wallet(client.account) for client in clients]


# --- the throws -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [*product(range(3), repeat=2)])
def test_all_nine_pairs_are_judged(one: int, other: int) -> None:
    house = FormHouse(RPS, Rules(wins=1))
    anna, bert = matched(house)
    go(house, anna, one, bert, other)
    names = [f"Anna: {THROWS[one]}", f"Bert: {THROWS[other]}"]
    if one == other:
        assert house.lines(anna) == [
            *("Anna 0 : 0 Bert", *names, "The winner takes 40 chips."),
            "Throw now! Who does not, loses.",
        ]
        assert chips(house, anna, bert) == [480, 480]
    elif (one, other) in BEATS:
        assert house.lines(bert)[:4] == ["Anna 1 : 0 Bert", *names, "Anna wins against Bert."]
        assert chips(house, anna, bert) == [520, 480]
    else:
        assert house.lines(anna)[:4] == ["Anna 0 : 1 Bert", *names, "Bert wins against Anna."]
        assert chips(house, anna, bert) == [480, 520]


def test_who_wins_so_often_has_won_and_a_draw_is_thrown_again(house: FormHouse) -> None:
    anna, bert = matched(house)
    for one, other, read in (
        (ROCK, SCISSORS, "Anna 1 : 0 Bert"),
        (PAPER, PAPER, "Anna 1 : 0 Bert"),
        (ROCK, PAPER, "Anna 1 : 1 Bert"),
        (ROCK, PAPER, "Anna 1 : 2 Bert"),
    ):
        assert chips(house, anna, bert) == [480, 480]
        go(house, anna, one, bert, other)
        assert house.lines(anna)[0] == house.lines(bert)[0] == read
        throws = [f"Anna: {THROWS[one]}", f"Bert: {THROWS[other]}"]
        assert house.lines(anna)[1:3] == throws
    assert chips(house, anna, bert) == [480, 520]
    assert [*house.offered(anna)] == ["challenge"]


def test_the_older_account_stands_first_whoever_asked(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(bert, "challenge", 20)
    house.act(anna, "accept")
    for _ in range(2):
        go(house, bert, ROCK, anna, PAPER)
    assert house.lines(bert)[:3] == ["Anna 2 : 0 Bert", "Anna: paper", "Bert: rock"]
    assert chips(house, anna, bert) == [520, 480]
    (settled,) = [deed for deed in house.books.journal if deed[0] == "settle"]
    assert settled[3] == [40, 0]
    assert settled[6] == [2, [[PAPER, ROCK], [PAPER, ROCK]], 0]


def heard_by(house: FormHouse, client: Client, throw: int | None) -> list[bytes]:
    """All that this client is told, from the other one's throw until its own."""
    other = next(each for each in house.house.people.clients.values() if each is not client)
    house.advance(1)
    before = len(house.said)
    if throw is not None:
        house.act(other, "throw", throw)
    house.advance(1)
    said = [
        each for each in house.said[before:] if not isinstance(each, To) or each.client is client
    ]
    return [encode(each.message, 2) for each in said]  # type: ignore[union-attr, arg-type]


def test_nothing_of_a_throw_is_told_before_both_are_in() -> None:
    heard = []
    for throw in (None, *range(3)):
        house = FormHouse(RPS)
        _, bert = matched(house)
        watcher = house.player("Zoe", Seat.WATCHER)
        heard.append((heard_by(house, bert, throw), house.lines(bert), house.lines(watcher)))
    assert heard[0] == heard[1] == heard[2] == heard[3]
    assert heard[0][0] == []


def test_one_sees_the_own_throw_and_throws_once(house: FormHouse) -> None:
    anna, bert = matched(house)
    choices = house.offered(anna)["throw"].choices
    assert [reading(house.introduced, choice) for choice in choices] == [
        "Rock",
        "Paper",
        "Scissors",
    ]
    house.act(anna, "throw", PAPER)
    assert house.lines(anna)[-1] == "Anna: paper"
    assert house.lines(bert)[-1] == "Throw now! Who does not, loses."
    assert house.offered(anna) == {}
    assert refusal(house.act(anna, "throw", ROCK)) is Reason.NOT_NOW
    turn = house.form(bert).turn
    house.act(bert, "throw", PAPER)
    late = house.act(bert, "throw", ROCK, turn=turn)  # It was meant for the go before.
    assert refusal(late) is Reason.WRONG_ROUND


def test_after_so_many_draws_in_a_row_nobody_wins(house: FormHouse) -> None:
    anna, bert = matched(house)
    for one, other in ((ROCK, SCISSORS), (ROCK, PAPER)):  # 1 : 1
        for _ in range(DRAWS - 1):
            go(house, anna, PAPER, bert, PAPER)
        go(house, anna, one, bert, other)
    for _ in range(DRAWS - 1):
        go(house, anna, ROCK, bert, ROCK)
    assert chips(house, anna, bert) == [480, 480]
    go(house, anna, ROCK, bert, ROCK)
    assert chips(house, anna, bert) == [500, 500]
    assert house.lines(anna)[0] == f"Nobody wins: {DRAWS} draws in a row."
    assert [*house.offered(bert)] == ["challenge"]


# --- coming together ------------------------------------------------------------------------------


def test_a_third_one_watches_and_plays_next(house: FormHouse) -> None:
    cleo = house.player("Cleo")
    anna, bert = matched(house)
    assert house.lines(cleo) == ["Anna 0 : 0 Bert", "The winner takes 40 chips."]
    assert house.offered(cleo) == {}
    for key in ("challenge", "accept", "withdraw", "throw"):
        assert refusal(house.act(cleo, key)) is Reason.NOT_NOW
    for _ in range(2):
        go(house, anna, ROCK, bert, PAPER)
    assert [*house.offered(cleo)] == ["challenge"]
    assert isinstance(house.act(cleo, "challenge", 0), Done)
    assert [*house.offered(anna)] == ["accept"]
    assert [*house.offered(cleo)] == ["withdraw"]
    assert house.lines(anna) == ["Cleo waits for somebody to play against."]


def test_whoever_is_second_to_ask_or_to_agree_is_too_late(house: FormHouse) -> None:
    anna, bert, cleo = (house.player(name) for name in ("Anna", "Bert", "Cleo"))
    turn = house.form(bert).turn
    assert isinstance(house.act(anna, "challenge", 20), Done)
    assert refusal(house.act(bert, "challenge", 30, turn=turn)) is Reason.WRONG_ROUND
    assert house.lines(bert) == ["Anna waits for somebody to play against, for 20 chips each."]
    turn = house.form(cleo).turn
    assert isinstance(house.act(bert, "accept"), Done)
    assert refusal(house.act(cleo, "accept", turn=turn)) is Reason.WRONG_ROUND
    assert chips(house, anna, bert, cleo) == [480, 480, 500]


def test_what_was_staked_comes_back_if_nobody_plays(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 20)
    assert chips(house, anna) == [480]
    assert isinstance(house.act(anna, "withdraw"), Done)
    assert chips(house, anna) == [500]
    assert house.lines(anna) == ["For two, up to 2 wins. Nobody sees a throw before both are in."]
    house.act(bert, "challenge", 20)
    house.hear(bert, LeaveSeat(9, table=2))
    house.advance(0)
    assert chips(house, bert) == [500]
    told = [each.message for each in house.said if isinstance(each, To) and each.client is bert]
    assert [each for each in told if isinstance(each, ChipsMoved)][-1] == ChipsMoved(500, 0)
    assert [*house.offered(anna)] == ["challenge"]


def test_nobody_stakes_what_they_have_not_or_the_table_does_not_take(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    assert (house.offered(anna)["challenge"].least, house.offered(anna)["challenge"].most) == (
        *(0, 100),
    )
    refused = house.act(anna, "challenge", 101)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.figure) == (Reason.OVER_MOST, 100)
    house.act(anna, "challenge", 100)
    house.books.purses[0].wallets[bert.account] = 99
    refused = house.act(bert, "accept")
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.figure) == (Reason.NOT_ENOUGH_CHIPS, 99)
    assert house.game.match.players == [anna.account]


def test_for_honour_no_chip_moves_and_nothing_is_written(house: FormHouse) -> None:
    house.books.take_journal()
    anna, bert = matched(house, 0)
    journal = len(house.books.journal)
    assert house.lines(anna)[0] == "Anna 0 : 0 Bert"
    assert len(house.lines(anna)) == 2, "no word of a pot"
    for _ in range(2):
        go(house, anna, ROCK, bert, PAPER)
    assert house.lines(anna)[-2] == "Bert wins against Anna."
    assert len(house.books.journal) == journal
    assert not any("stake" in deed for deed in house.books.journal)


# --- leaving, and being late ----------------------------------------------------------------------


def leaves(house: FormHouse, client: Client) -> None:
    house.hear(client, LeaveSeat(9, table=2))


def watches(house: FormHouse, client: Client) -> None:
    house.hear(client, TakeSeat(9, Seat.WATCHER, b"", b"", table=2))


def says_goodbye(house: FormHouse, client: Client) -> None:
    house.house.leave(client, cut_off=False)
    house.house.hall.touch_all()


@pytest.mark.parametrize("way", [leaves, watches, says_goodbye])
@pytest.mark.parametrize("thrown", [False, True])
def test_whoever_leaves_has_lost(house: FormHouse, way: Any, thrown: bool) -> None:
    anna, bert = matched(house)
    if thrown:
        house.act(anna, "throw", ROCK)
    way(house, anna)
    house.advance(0)
    assert chips(house, anna, bert) == [480, 520]
    assert house.lines(bert)[:2] == ["Anna 0 : 0 Bert", "Bert wins: Anna left."]


def test_who_is_cut_off_may_come_back_in_time_and_throw(house: FormHouse) -> None:
    anna, bert = matched(house)
    house.act(bert, "throw", ROCK)
    house.house.leave(anna, cut_off=True)
    house.advance(29)
    assert chips(house, anna, bert) == [480, 480]
    again = house.again(anna)
    assert house.form(again).ms_left == pytest.approx(1000, abs=100)
    assert isinstance(house.act(again, "throw", PAPER), Done)
    assert house.lines(bert)[0] == "Anna 1 : 0 Bert"


@pytest.mark.parametrize("late", ["Anna", "Bert"])
def test_whoever_does_not_throw_in_time_has_lost(house: FormHouse, late: str) -> None:
    anna, bert = matched(house)
    go(house, anna, PAPER, bert, ROCK)  # The clock begins again with each go.
    house.advance(29.5)
    quick = bert if late == "Anna" else anna
    house.act(quick, "throw", ROCK)
    house.advance(0.4)
    assert house.game.match
    house.advance(0.1)
    assert chips(house, quick) == [520]
    assert house.lines(quick)[3] == f"{quick.name} wins: {late} did not throw."


@pytest.mark.parametrize("both", ["late", "gone"])
def test_where_both_are_late_or_gone_nobody_wins(house: FormHouse, both: str) -> None:
    anna, bert = matched(house)
    if both == "late":
        house.advance(30)
    else:
        for client in (anna, bert):
            house.house.leave(client, cut_off=False)
        house.house.hall.touch_all()
        house.advance(0)
    assert chips(house, anna, bert) == [500, 500]
    watcher = house.player("Zoe", Seat.WATCHER)
    assert house.lines(watcher)[0] == "Nobody wins."
    assert house.form(watcher).ms_left == NO_DEADLINE


def test_whoever_throws_people_out_wins_nothing_by_it(house: FormHouse) -> None:
    """Else a friend of the croupier could not lose."""
    anna, bert = matched(house)
    boss = house.player("Boss", Seat.CROUPIER)
    go(house, anna, ROCK, bert, SCISSORS)
    house.hear(boss, KickPlayer(9, anna.account, "", table=2))
    assert not anna.gone
    go(house, anna, ROCK, bert, SCISSORS)
    house.advance(1)
    assert chips(house, anna, bert) == [520, 480]
    assert anna.gone


def test_who_was_thrown_out_while_nobody_plays_is_gone_at_once(house: FormHouse) -> None:
    anna, boss = house.player("Anna"), house.player("Boss", Seat.CROUPIER)
    house.act(anna, "challenge", 20)
    house.hear(boss, KickPlayer(9, anna.account, "", table=2))
    assert anna.gone
    house.advance(1)
    assert chips(house, anna) == [500]


# --- other rules, and the end ---------------------------------------------------------------------


def test_a_match_is_played_to_its_end_by_the_rules_by_which_it_began(house: FormHouse) -> None:
    anna, bert = matched(house)
    house.game.change_rules(Rules(wins=1, seconds=5), house.now)
    house.house.close_table(house.house.hall.tables[2])
    go(house, anna, ROCK, bert, SCISSORS)
    assert house.form(anna).ms_left == pytest.approx(30_000, abs=100)
    go(house, anna, ROCK, bert, SCISSORS)
    assert chips(house, anna, bert) == [520, 480]
    assert 2 not in house.house.hall.tables


def test_who_waits_at_a_table_that_closes_has_the_stake_back(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    house.act(anna, "challenge", 20)
    house.house.close_table(house.house.hall.tables[2])
    assert isinstance(house.act(bert, "accept", turn=1), SeatLost)
    assert chips(house, anna, bert) == [500, 500]
    assert 2 not in house.house.hall.tables


def test_a_match_that_is_called_off_moves_no_chip(house: FormHouse) -> None:
    anna, bert = matched(house)
    go(house, anna, ROCK, bert, SCISSORS)
    house.house.close_table(house.house.hall.tables[2], void=True)
    house.advance(0)
    assert chips(house, anna, bert) == [500, 500]
    assert 2 not in house.house.hall.tables


# --- the books ------------------------------------------------------------------------------------


def test_after_a_kill_at_any_instant_no_chip_is_lost(house: FormHouse) -> None:
    deeds = []
    anna, bert = matched(house)
    go(house, anna, ROCK, bert, PAPER)
    deeds += house.books.take_journal()
    for length in range(len(deeds) + 1):
        books = Books(STATES)
        books.replay(deeds[:length])
        after = FormHouse(RPS, books=books)
        after.advance(0)
        assert after.game.till.stakes == {}
        held = [books.wallet(account) for account in books.holders]
        assert sum(held) == -books.purses[0].mint
        assert set(held) <= {0, 500}
        after.books.check()
        assert after.house.hall.at_stake(anna.account) == 0


def test_a_request_with_chips_that_comes_twice_is_done_once(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    for client, key, value in ((anna, "challenge", 20), (bert, "accept", 0)):
        turn = house.form(client).turn
        for _ in range(2):
            assert house.act(client, key, value, number=5, turn=turn) == Done(5)
    assert chips(house, anna, bert) == [480, 480]


def settle(returned: list[int], *what: Any, stakes: dict[int, int] | None = None) -> None:
    till = Till("rps", "", 0, "", "", TwoStakes())
    till.stakes = {3: 20, 7: 20} if stakes is None else stakes
    till.pot = sum(till.stakes.values())
    deed = ["settle", 2, 1, returned, [], "", [*what]]
    check_settle(till, None, deed, ())  # type: ignore[arg-type]


def test_an_audit_sees_who_must_have_won() -> None:
    won, lost = [[ROCK, SCISSORS], [PAPER, ROCK]], [[ROCK, PAPER], [ROCK, PAPER]]
    settle([40, 0], 2, won, 0)
    settle([0, 40], 2, lost, 0)
    settle([0, 40], 2, [], 3)
    settle([40, 0], 2, [won[0]], 7)
    for returned, *what in (
        *(([0, 40], 2, won, 0), ([40, 0], 2, lost, 0), ([20, 20], 2, won, 0)),
        *(([41, 0], 2, won, 0), ([40, 0], 2, won[:1], 0), ([40, 0], 3, won, 0)),
        *(([40, 0], 2, [*won, [ROCK, ROCK]], 0), ([0, 40], 2, won, 3), ([40, 0], 2, won, 7)),
        *(([40, 0], 2, [], 0), ([40, 0], 2, [], 4), ([40, 0], 2, [], 3)),
    ):
        with pytest.raises(BooksError):
            settle(returned, *what)
    with pytest.raises(BooksError, match="not of two"):
        settle([20], 2, won, 0, stakes={3: 20})


def test_the_score_is_counted_for_each() -> None:
    assert score([]) == (0, 0)
    assert score([[one, other] for one, other in BEATS] + [[ROCK, ROCK]]) == (3, 0)
    assert score([[other, one] for one, other in BEATS]) == (0, 3)
    assert winner([7, 3], 1, [[PAPER, ROCK]], 0) == 3


def test_what_a_table_may_set_can_be_played() -> None:
    assert list(Rules().faults()) == []
    assert list(Rules(1, 0, 1).faults()) == list(Rules(10, 2**40, 3600).faults()) == []
    for rules in (
        *(Rules(wins=0), Rules(wins=11), Rules(most=-1), Rules(most=2**40 + 1)),
        *(Rules(seconds=0.9), Rules(seconds=3601)),
    ):
        assert len(list(rules.faults())) == 1


def test_who_is_no_player_is_offered_no_match(house: FormHouse) -> None:
    boss, anna, bert = (
        house.player(name, seat)
        for name, seat in (("Boss", Seat.CROUPIER), ("Anna", Seat.PLAYER), ("Bert", Seat.PLAYER))
    )
    assert house.offered(boss) == {}
    house.act(anna, "challenge", 0)
    assert house.offered(boss) == {}
    assert [*house.offered(bert)] == ["accept"]
    asked = house.ask(boss, Act(9, house.form(boss).turn, 2, 0, "", table=2))
    assert refusal(asked) is Reason.NOT_NOW
    assert isinstance(house.form(boss), FormShown)


# --- the disk -------------------------------------------------------------------------------------


def test_who_asks_and_takes_it_back_all_he_can_writes_little(house: FormHouse) -> None:
    """As at a roulette; and what a press or a number does not take is written nowhere."""
    limits, seconds = house.house.limits, 120
    anna = house.player("Anna")
    house.books.take_journal()
    words, asked = "x" * 400, 0
    for _ in range(seconds * 10):
        asked += isinstance(house.act(anna, "challenge", 5, words), Done)
        if house.game.match:
            house.act(anna, "withdraw", 0, words)
        house.now += 0.1
    kept = sum(len(each.summary + each.record) for each in house.house.finished)
    written = len(as_json(house.books.journal)) + kept
    allowed = limits.written_burst + seconds * limits.written_a_second
    assert allowed / 4 < written < allowed / 2
    assert seconds * 5 < asked < seconds * 10
