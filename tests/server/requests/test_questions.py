"""Questions about the table and its past, in pages."""

import pytest

from protocol import classic
from protocol.games.roulette.bets import BetsListed, ListBets, PlaceBets
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.games.roulette.fields import Bet, PlacedBet
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import (
    ListOwnRounds,
    ListResults,
    ListRounds,
    OwnRoundsListed,
    ResultsListed,
    RoundsListed,
)
from protocol.games.roulette.rounds import PlayerSettled, RoundSettled
from protocol.house.door import Refused
from protocol.house.lists import Reason, Seat
from protocol.house.people import RosterChanged
from protocol.wire import encode
from server.house import Manner
from server.people.people import Client
from tests.server.pure import PureHouse


def evening(rounds: int) -> tuple[PureHouse, Client, Client]:
    pure = PureHouse(stack=10_000)
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    for number in range(1, rounds + 1):
        pure.bet(anna, (number % 150, 1), (155, 2))
        if number % 10 == 7:
            pure.hear(boss, VoidRound(9, number, "spilt wine"))
        else:
            pure.hear(boss, StartSpin(9, number))
    return pure, anna, boss


def every_bet(pure: PureHouse, client: Client, number: int) -> list[PlacedBet]:
    found: list[PlacedBet] = []
    while True:
        last = found[-1] if found else PlacedBet(0, 0, 0)
        answer = pure.ask(client, ListBets(70, number, last.account, last.spot))
        assert isinstance(answer, BetsListed)
        encode(answer)
        found += answer.bets
        if not answer.more:
            return found


def test_all_bets_of_a_round_come_in_pages_now_and_later() -> None:
    pure = PureHouse(stack=5000)
    players = [pure.seated(f"Player {number}") for number in range(12)]
    boss = pure.seated("Boss", Seat.CROUPIER)
    for player in players:
        pure.hear(player, PlaceBets(9, 1, tuple(Bet(spot, 1) for spot in range(120))))
    wanted = [PlacedBet(player.account, spot, 1) for player in players for spot in range(120)]
    assert every_bet(pure, boss, 1) == wanted
    pure.hear(boss, StartSpin(9, 1))
    while pure.round == 1:  # So many bets are worked out in steps.
        pure.advance(0)
    assert every_bet(pure, players[0], 1) == wanted
    assert every_bet(pure, boss, 2) == []
    answer = pure.ask(boss, ListBets(71, 99, 0, 0))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.NO_SUCH_ROUND


def test_the_rounds_come_newest_first_in_pages() -> None:
    pure, anna, _ = evening(70)
    first = pure.ask(anna, ListRounds(70, 0))
    assert isinstance(first, RoundsListed)
    second = pure.ask(anna, ListRounds(71, first.rounds[-1].round_number))
    assert isinstance(second, RoundsListed)
    assert (len(first.rounds), first.more) == (64, True)
    assert (len(second.rounds), second.more) == (6, False)
    assert [each.round_number for each in first.rounds + second.rounds] == list(range(70, 0, -1))
    void = next(each for each in first.rounds if each.round_number == 67)
    assert (void.state, void.pocket, void.staked, void.returned) == (RoundState.VOID, 0, 3, 3)
    told = {each.round_number: each for each in pure.told(RoundSettled)}
    for each in first.rounds:
        if each.state is RoundState.SETTLED:
            settled = told[each.round_number]
            assert (each.pocket, each.returned) == (settled.pocket, settled.returned)


def test_ones_own_last_rounds_come_in_full() -> None:
    pure, anna, boss = evening(30)
    told = {each.round_number: each for each in pure.told(PlayerSettled)}
    before, numbers = 0, []
    while True:
        page = pure.ask(anna, ListOwnRounds(70, before))
        assert isinstance(page, OwnRoundsListed)
        assert len(page.rounds) <= 8
        for each in page.rounds:
            own = told[each.round_number]
            assert (each.net, each.payouts) == (own.net, own.payouts)
        numbers += [each.round_number for each in page.rounds]
        if not page.more:
            break
        before = numbers[-1]
    assert numbers == list(range(30, 10, -1))
    assert pure.ask(boss, ListOwnRounds(71, 0)) == OwnRoundsListed(71, (), False)


@pytest.mark.parametrize(
    ("spots", "pages"),
    [
        ((100, 100, 157, 100, 100), [[5, 4, 3], [2, 1]]),
        ((1, 157, 37, 157, 157), [[5, 4, 3, 2], [1]]),  # With 161 more, 512.
        ((1, 157, 38, 157, 157), [[5, 4, 3], [2, 1]]),
    ],
)
def test_a_page_of_ones_own_rounds_ends_where_the_bets_are_many(
    spots: tuple[int, ...], pages: list[list[int]]
) -> None:
    pure = PureHouse(stack=10_000)
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    for number, count in enumerate(spots, 1):
        pure.hear(anna, PlaceBets(number, number, tuple(Bet(spot, 1) for spot in range(count))))
        pure.hear(boss, StartSpin(9, number))
    found = []
    before = 0
    while before != 1:
        page = pure.ask(anna, ListOwnRounds(70, before))
        assert isinstance(page, OwnRoundsListed)
        encode(page)
        found.append([each.round_number for each in page.rounds])
        before = found[-1][-1]
        assert page.more == (before != 1)
    assert found == pages


def test_the_last_five_hundred_numbers_and_the_sums_of_all_rounds() -> None:
    pure, anna, _ = evening(520)
    answer = pure.ask(anna, ListResults(70))
    assert isinstance(answer, ResultsListed)
    settled = pure.told(RoundSettled)
    assert answer.rounds == len(settled) == 468
    assert answer.last_round == 520
    assert answer.pockets == tuple(each.pocket for each in reversed(settled))[:500]
    assert answer.staked == sum(each.staked for each in settled)
    assert answer.returned == sum(each.returned for each in settled)


def test_a_table_without_a_past_says_so() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    assert pure.ask(anna, ListResults(70)) == ResultsListed(70, 0, 0, 0, 0, ())
    assert pure.ask(anna, ListRounds(71, 2**64 - 1)) == RoundsListed(71, (), False)


def chips_told(pure: PureHouse) -> dict[int, int]:
    """Everybody's chips as the broadcasts of the roster told them last."""
    return {
        entry.account: entry.balance for said in pure.told(RosterChanged) for entry in said.changes
    }


def test_the_roster_tells_everybodys_chips_after_bets_and_after_the_spin() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    bert = pure.classic_player("Bert")
    pure.bet(anna, (17, 5), (155, 20))
    pure.hear(bert, classic.PlaceBet(37, 30))
    pure.advance(2)
    known = chips_told(pure)
    assert (known[anna.account], known[bert.account]) == (475, 470)
    pure.hear(boss, StartSpin(9, 1))
    pure.advance(2)
    known = chips_told(pure)
    for account in (anna.account, bert.account):
        assert known[account] == pure.books.wallet(account)
    pure.bet(anna, (17, 5))
    pure.advance(2)
    pure.hear(boss, VoidRound(9, 2, "spilt wine"))
    pure.advance(2)
    assert chips_told(pure)[anna.account] == pure.books.wallet(anna.account)


def test_where_chips_are_nobodys_business_no_bet_changes_the_roster() -> None:
    pure = PureHouse(manner=Manner(chips_shown=False))
    anna = pure.seated("Anna")
    pure.advance(2)
    told = len(pure.told(RosterChanged))
    pure.bet(anna, (17, 5))
    pure.advance(2)
    assert len(pure.told(RosterChanged)) == told
