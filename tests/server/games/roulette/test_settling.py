"""What everybody is told of a round that ended, to the chip."""

from protocol import fairness
from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.fields import Bet, Commitment, Result, Reveal
from protocol.games.roulette.rounds import BettingClosed, RoundOpened, RoundSettled, RoundVoided
from protocol.games.roulette.rules import RED, returned
from protocol.limits import TOP_RESULTS
from server.books.books import HOUSE, Books
from server.games import STATES
from server.games.roulette.betting import place
from server.games.roulette.ended import Ended
from server.games.roulette.play import Roulette
from server.games.roulette.says import commit_secret
from server.games.roulette.settings import Rules
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
        commit_secret(table, account, sealed(account))
    table.means.told.clear()
    return table


def sealed(account: int) -> bytes:
    return bytes([account]) * 32


def names(table: Roulette) -> list[str]:
    return [type(fact).__name__ for fact in table.means.told]


def test_a_settled_round_is_told_with_its_sums_and_its_best() -> None:
    table = played()
    table.start_spin(NOW, 1)
    assert names(table) == ["BetsChanged", "BettingClosed", "WheelStarted"]
    changed, closed, _ = table.means.told
    stakes = {account: 10 + account // 2 for account in PLAYERS}
    rows = [(account, RED, stake) for account, stake in stakes.items()]
    assert isinstance(changed, BetsChanged)
    assert (changed.staked, changed.bets) == (sum(stakes.values()), len(PLAYERS))
    root = fairness.bets_root(rows)
    commitments = {account: sealed(account) for account in (3, 5)}
    frozen = fairness.freeze(SEEDS.table, 1, SEEDS.seed(0), commitments, root)
    wanted = tuple(Commitment(account, sealed(account)) for account in (3, 5))
    assert closed == BettingClosed(1, 3000, root, frozen, wanted)
    table.means.told.clear()
    table.advance(NOW + 3)
    assert names(table) == ["RoundSettled", "Ended", "RoundOpened"]
    settled, ended, opened = table.means.told
    pocket = fairness.draw(SEEDS.seed(1), frozen, fairness.reveals_hash(frozen, commitments, {}))
    backs = {account: returned(RED, stake, pocket) for account, stake in stakes.items()}
    nets = {account: backs[account] - stakes[account] for account in PLAYERS}
    best = sorted(PLAYERS, key=lambda account: (-nets[account], account))[:TOP_RESULTS]
    assert settled == RoundSettled(
        1,
        pocket,
        1_237_568,
        SEEDS.seed(1),
        len(PLAYERS),
        sum(stakes.values()),
        sum(backs.values()),
        tuple(Reveal(account, False, bytes(32)) for account in (3, 5)),
        tuple(Result(account, f"Player {account}", nets[account]) for account in best),
    )
    assert isinstance(ended, Ended)
    assert (ended.number, ended.pocket, list(ended.withheld)) == (1, pocket, [3, 5])
    assert dict(zip(ended.accounts, ended.nets, strict=True)) == nets
    assert isinstance(opened, RoundOpened)
    assert opened.seed_before == SEEDS.seed(1)
    wallets = {account: table.books.wallet(account) for account in PLAYERS}
    assert wallets == {account: 100 + nets[account] for account in PLAYERS}


def test_a_voided_round_is_told_with_its_seed_and_every_stake_comes_back() -> None:
    table = played()
    table.void(NOW, 1, "spilt wine")
    assert names(table) == ["BetsChanged", "RoundVoided", "Ended"]
    _, voided, ended = table.means.told
    assert voided == RoundVoided(1, SEEDS.seed(1), "spilt wine")
    assert isinstance(ended, Ended)
    assert (ended.number, ended.pocket, list(ended.withheld)) == (1, None, [])
    assert list(ended.nets) == [0] * len(PLAYERS)
    assert {table.books.wallet(account) for account in PLAYERS} == {100}
    (done,) = table.means.finished
    what = [SEEDS.seed(1).hex(), "spilt wine"]
    assert table.books.journal[-1] == ("give_back", 1, 1, [], done.digest, what)
    table.advance(NOW)
    opened = table.means.told[-1]
    assert isinstance(opened, RoundOpened)
    assert (opened.round_number, opened.seed_before) == (2, SEEDS.seed(1))
