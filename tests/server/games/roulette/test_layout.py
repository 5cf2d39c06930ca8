"""The chips on the layout, added up: what each laying and taking back changes, and what is told."""

from protocol.games.roulette.bets import BetsChanged
from protocol.games.roulette.fields import PlacedBet, SpotTotal
from protocol.limits import CHANGES_A_BROADCAST
from server.games.roulette.layout import Chip, Layout

Bets = dict[int, dict[int, int]]


def lay(layout: Layout, bets: Bets, account: int, *chips: Chip) -> None:
    """As the books do it, and then the layout."""
    mine = bets.setdefault(account, {})
    for spot, amount in chips:
        mine[spot] = mine.get(spot, 0) + amount
    layout.add(account, chips)


def take(layout: Layout, bets: Bets, account: int, *chips: Chip) -> None:
    mine = bets[account]
    for spot, amount in chips:
        mine[spot] -= amount
        if not mine[spot]:
            del mine[spot]
    if not mine:
        del bets[account]
    layout.remove(account, chips)


def sums(layout: Layout) -> tuple[int, int, int]:
    return layout.players, layout.count, layout.staked


def test_it_adds_up_what_it_finds() -> None:
    layout = Layout({9: {3: 5, 1: 2}, 2: {3: 4}})
    assert layout.totals() == (SpotTotal(1, 2, 1), SpotTotal(3, 9, 2))
    assert sums(layout) == (2, 3, 11)
    assert list(layout.accounts.after(0)) == [2, 9]
    assert layout.rows() == [(2, 3, 4), (9, 1, 2), (9, 3, 5)]
    assert (layout.has_changed, layout.take_changes(1)) == (False, None)


def test_what_is_laid_and_taken_is_added_up() -> None:
    bets: Bets = {}
    layout = Layout(bets)
    lay(layout, bets, 9, (3, 5), (0, 2))
    lay(layout, bets, 2, (3, 4))
    assert (layout.totals(), sums(layout)) == ((SpotTotal(0, 2, 1), SpotTotal(3, 9, 2)), (2, 3, 11))
    lay(layout, bets, 9, (3, 1))
    assert (layout.totals(), sums(layout)) == (
        (SpotTotal(0, 2, 1), SpotTotal(3, 10, 2)),
        (2, 3, 12),
    )
    take(layout, bets, 9, (3, 2))
    assert (layout.totals(), sums(layout)) == ((SpotTotal(0, 2, 1), SpotTotal(3, 8, 2)), (2, 3, 10))
    take(layout, bets, 9, (3, 4))
    assert (layout.totals(), sums(layout)) == ((SpotTotal(0, 2, 1), SpotTotal(3, 4, 1)), (2, 2, 6))
    assert list(layout.accounts.after(0)) == [2, 9]
    take(layout, bets, 9, (0, 2))
    assert (layout.totals(), sums(layout)) == ((SpotTotal(3, 4, 1),), (1, 1, 4))
    assert list(layout.accounts.after(0)) == [2]


def test_what_changed_is_told_once_as_it_lies_now() -> None:
    bets: Bets = {}
    layout = Layout(bets)
    lay(layout, bets, 9, (3, 5), (1, 2))
    lay(layout, bets, 2, (3, 4))
    lay(layout, bets, 9, (3, 1))
    take(layout, bets, 9, (1, 2))
    assert layout.has_changed
    assert layout.take_changes(7) == BetsChanged(
        7,
        1,
        2,
        2,
        10,
        (SpotTotal(1, 0, 0), SpotTotal(3, 10, 2)),
        (PlacedBet(2, 3, 4), PlacedBet(9, 3, 6), PlacedBet(9, 1, 0)),
        True,
    )
    assert (layout.has_changed, layout.take_changes(7)) == (False, None)
    take(layout, bets, 2, (3, 4))
    latest = (PlacedBet(2, 3, 0),)
    assert layout.take_changes(8) == BetsChanged(8, 2, 1, 1, 6, (SpotTotal(3, 6, 1),), latest, True)


def test_only_the_newest_changes_are_told_one_by_one() -> None:
    for more in (0, 1):
        bets: Bets = {}
        layout = Layout(bets)
        for account in range(1, CHANGES_A_BROADCAST + more + 1):
            lay(layout, bets, account, (account % 3, account))
        changes = layout.take_changes(1)
        assert changes
        assert changes.latest == tuple(
            PlacedBet(account, account % 3, account)
            for account in range(1 + more, CHANGES_A_BROADCAST + more + 1)
        )
        assert changes.complete is not bool(more)
        assert [total.spot for total in changes.totals] == [0, 1, 2]
        assert sum(total.players for total in changes.totals) == changes.bets == changes.players


def test_the_rows_are_put_in_order_once_for_each_change() -> None:
    bets: Bets = {}
    layout = Layout(bets)
    lay(layout, bets, 9, (3, 5))
    lay(layout, bets, 2, (8, 1), (4, 1))
    rows = layout.rows()
    assert rows == [(2, 4, 1), (2, 8, 1), (9, 3, 5)]
    assert layout.rows() is rows
    version = layout.version
    take(layout, bets, 2, (4, 1))
    assert layout.version > version
    assert layout.rows() == [(2, 8, 1), (9, 3, 5)]
    version = layout.version
    layout.take_changes(1)
    assert layout.version == version


def test_the_rows_after_one_are_those_behind_it() -> None:
    bets = {9: {3: 5, 1: 2}, 2: {8: 1, 4: 6}, 5: {0: 7}}
    layout = Layout(bets)
    rows = layout.rows()
    assert len(rows) == 5
    for account in range(11):
        for spot in range(10):
            behind = [row for row in rows if row[:2] > (account, spot)]
            assert list(layout.rows_after(account, spot)) == behind
