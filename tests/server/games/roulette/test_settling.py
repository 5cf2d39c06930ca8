"""What everybody is told of a round that ended, to the chip."""

from collections.abc import Mapping
from typing import Any

from protocol.fair import hashes, tree
from protocol.fair.words import Words
from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.fields import Bet, Result
from protocol.games.roulette.rounds import BettingClosed, RoundOpened, RoundSettled, RoundVoided
from protocol.games.roulette.rules import RED, returned
from protocol.house.draw import EventAsked, EventDrawn, RoundFrozen
from protocol.limits import TOP_RESULTS
from server.books.books import HOUSE, Books
from server.games import STATES
from server.games.roulette.betting import place
from server.games.roulette.ended import Ended
from server.games.roulette.play import Roulette
from server.games.roulette.settings import Rules
from tests.says import Say
from tests.server.pure import SEEDS, means

PLAYERS = range(2, 2 + TOP_RESULTS + 2)
NOW = 1_234.5678


def played() -> Roulette:
    """So many players that not all fit into the result; the stakes of two are the same."""
    books = Books(STATES)
    for account in PLAYERS:
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(means(books), Rules(), 0.0)
    table.advance(0.0)
    for account in PLAYERS:
        place(table, account, 1, 1, [Bet(RED, 10 + account // 2)])
    for account in (5, 3):
        table.draw.register(account, Say(SEEDS.table, account).first)
    table.means.told.clear()
    return table


def names(table: Roulette) -> list[str]:
    return [type(fact).__name__ for fact in table.means.told if not isinstance(fact, Mapping)]


def said(table: Roulette, kind: type) -> Any:
    (one,) = [each for each in table.means.told if isinstance(each, kind)]
    return one


def test_a_settled_round_is_told_with_its_sums_and_its_best() -> None:
    table = played()
    table.start_spin(NOW, 1)
    assert names(table) == [
        *("BetsChanged", "BettingClosed", "RoundFrozen", "WheelStarted", "EventAsked"),
    ]
    stakes = {account: 10 + account // 2 for account in PLAYERS}
    changed, frozen = said(table, BetsChanged), said(table, RoundFrozen)
    assert (changed.staked, changed.bets) == (sum(stakes.values()), len(PLAYERS))
    assert said(table, BettingClosed) == BettingClosed(1, 0)
    leaves = [hashes.stake_leaf(who, [(RED, 0, chips)]) for who, chips in stakes.items()]
    assert (frozen.players, frozen.stakes_root) == (len(PLAYERS), tree.root(leaves))
    assert (frozen.contributors, frozen.draw, frozen.rules) == (2, 1, "")
    asked = said(table, EventAsked)
    table.means.told.clear()
    table.advance(NOW + 3)
    assert names(table) == ["EventDrawn", "RoundSettled", "Ended", "RoundOpened"]
    drawn, ended = said(table, EventDrawn), said(table, Ended)
    assert (drawn.seed, drawn.missing) == (SEEDS.seed(1), 2)
    pocket = Words(drawn.seed, asked.step, drawn.shown).below(37)
    backs = {account: returned(RED, stake, pocket) for account, stake in stakes.items()}
    nets = {account: backs[account] - stakes[account] for account in PLAYERS}
    best = sorted(PLAYERS, key=lambda account: (-nets[account], account))[:TOP_RESULTS]
    assert said(table, RoundSettled) == RoundSettled(
        1,
        pocket,
        1_237_568,
        len(PLAYERS),
        sum(stakes.values()),
        sum(backs.values()),
        tuple(Result(account, f"Player {account}", nets[account]) for account in best),
    )
    assert (ended.number, ended.pocket) == (1, pocket)
    assert (list(ended.contributors), ended.withheld) == ([3, 5], [3, 5])
    assert dict(zip(ended.accounts, ended.nets, strict=True)) == nets
    wallets = {account: table.books.wallet(account) for account in PLAYERS}
    assert wallets == {account: 100 + nets[account] for account in PLAYERS}


def test_a_voided_round_draws_nothing_and_every_stake_comes_back() -> None:
    table = played()
    table.void(NOW, 1, "spilt wine")
    assert names(table) == ["BetsChanged", "RoundVoided", "Ended"]
    assert said(table, RoundVoided) == RoundVoided(1, "spilt wine")
    ended = said(table, Ended)
    assert (ended.number, ended.pocket, list(ended.withheld)) == (1, None, [])
    assert list(ended.nets) == [0] * len(PLAYERS)
    assert {table.books.wallet(account) for account in PLAYERS} == {100}
    (done,) = table.means.finished
    assert table.books.journal[-1] == ("give_back", 1, 1, [], done.digest, ["spilt wine"])
    table.advance(NOW)
    assert said(table, RoundOpened).round_number == 2
    assert table.draw.state.event == 0
