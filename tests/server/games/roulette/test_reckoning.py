"""A full table is worked out a part at a time, and comes to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.games.roulette.fields import Bet as Laid
from protocol.games.roulette.lists import Phase, Zero
from protocol.games.roulette.rounds import PlayerSettled
from protocol.games.roulette.rules import RED, SINGLE
from server.books.books import HOUSE, Books
from server.games import STATES
from server.games.roulette import packed_bets
from server.games.roulette import play as at_play
from server.games.roulette.betting import place
from server.games.roulette.ended import Ended
from server.games.roulette.packed_bets import Bet, pack, unpack
from server.games.roulette.play import Roulette
from server.games.roulette.reckoning import Reckoning
from server.games.roulette.rules import NOBODY, settle
from server.games.roulette.settings import Rules
from server.people.people import Client
from server.refusal import Refusal
from server.sayings import ToEach
from server.tables.over import Parts
from tests.server.pure import means, messages_of

ACCOUNTS = st.integers(2, 30)
BETS = st.dictionaries(
    st.tuples(ACCOUNTS, st.sampled_from(sorted(SINGLE.spots))), st.integers(1, 99), max_size=60
).map(lambda table: sorted((*where, chips) for where, chips in table.items()))
PLAYERS = range(2, 12)


@given(BETS, st.integers(0, 36), st.sampled_from(Zero), st.sets(ACCOUNTS), st.integers(1, 9))
def test_parts_come_to_the_same_as_the_whole(
    bets: list[Bet], pocket: int, zero: Zero, owed: set[int], most: int
) -> None:
    whole = settle(bets, pocket, zero, owed)
    reckoning = Reckoning(bets, pocket, zero)
    steps = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_bets, "PART", 5)
        while not reckoning.done:
            reckoning.go_on(most)
            steps += 1
        packed = reckoning.packed()
        assert packed == pack(bets)
    outcome = reckoning.outcome(owed)
    for column in ("accounts", "staked", "returned", "first", "bets", "locked", "halves"):
        assert list(getattr(outcome, column)) == list(getattr(whole, column))
    assert outcome.payouts() == whole.payouts()
    assert unpack(packed) == bets
    assert steps <= -(-len(bets) // most)
    assert most > 1 or steps == len({account for account, *_ in bets})


def test_without_a_bet_there_is_nothing_to_do() -> None:
    reckoning = Reckoning([], 3, Zero.NOTHING)
    assert (reckoning.done, reckoning.outcome(())) == (True, NOBODY)


def full_table(monkeypatch: pytest.MonkeyPatch) -> Roulette:
    """Ten players with two bets each; six bets are many."""
    monkeypatch.setattr(at_play, "AT_ONCE", 6)
    books = Books(STATES)
    for account in PLAYERS:
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 100)
    table = Roulette(means(books), Rules(), 0.0)
    table.advance(0.0)
    for account in PLAYERS:
        place(table, account, 1, 1, [Laid(17, 5), Laid(RED, account)])
    return table


def go_on(table: Roulette, now: float) -> None:
    """As the house does in a batch: before what was asked, behind it, and at the end."""
    table.advance(now)
    table.advance(now)
    table.tick(now)


def test_at_a_full_table_one_step_is_done_at_a_time_and_nothing_before_all_is_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = full_table(monkeypatch)
    books = table.books
    table.start_spin(5.0, 1)
    before, told = books.snapshot(), len(table.means.told)
    steps = [table.phase]
    while table.phase is Phase.SPINNING:
        pot, wallets = table.till.pot, [books.wallet(account) for account in PLAYERS]
        assert (pot, wallets) == (50 + sum(PLAYERS), [95 - account for account in PLAYERS])
        go_on(table, 6.0)
        assert (table.next_moment() or 0.0) <= 6.0
        steps.append(table.phase)
        if table.phase is Phase.SPINNING:
            assert len(table.means.told) == told
            for refused in (
                lambda: place(table, 2, 2, 1, [Laid(17, 5)]),
                lambda: table.void(6.0, 1, "wine"),
            ):
                with pytest.raises(Refusal):
                    refused()
    # Three parts, and what comes of them with the next round.
    assert steps == [Phase.SPINNING] * 4 + [Phase.BETTING]
    names = [type(each).__name__ for each in table.means.told[told:]]
    assert names == ["EventDrawn", "Frames", "RoundSettled", "Ended", "RoundOpened"]
    assert before["purses"] != books.snapshot()["purses"]
    go_on(table, 6.0)
    assert (table.phase, table.round.number, table.next_moment()) == (Phase.BETTING, 2, None)
    place(table, 3, 2, 2, [Laid(RED, 4)])
    table.start_spin(7.0, 2)
    table.advance(7.0)
    assert [each.accounts for each in table.means.told if isinstance(each, Ended)][1:] == [[3]]


def test_a_house_that_is_opened_anew_in_between_comes_to_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = []
    for killed in (False, True):
        table = full_table(monkeypatch)
        table.start_spin(5.0, 1)
        for _ in range(3):
            go_on(table, 5.0)
        if killed:
            table = Roulette(table.means, Rules(), 5.0)
        while table.round.number == 1:
            go_on(table, 5.0)
        (done,) = table.means.finished
        ends.append((done, table.books.snapshot(), table.books.journal))
    assert ends[0] == ends[1]


def test_each_is_told_what_they_had_when_the_round_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """They may have bet again until their turn comes."""
    table = full_table(monkeypatch)
    table.start_spin(5.0, 1)
    while table.round.number == 1:
        go_on(table, 5.0)
    (ended,) = [each for each in table.means.told if isinstance(each, Ended)]
    had = table.books.wallet(3)
    table.purse.halves.add(3)
    place(table, 3, 2, 2, [Laid(17, 5)])
    anna, guest = Client("10.0.0.1", account=3), Client("10.0.0.2")
    parts = Parts(ended, {3: anna})
    (told,) = messages_of(ToEach(1, parts))
    assert isinstance(told, PlayerSettled)
    assert (list(parts), parts.get(anna), parts.get(guest)) == ([anna], parts[anna], None)
    assert guest not in parts
    assert (told.balance, told.half_owed, told.net) == (had, False, had - 100)
    assert [ended.frame(account) for account in (0, 1, 12)] == [None] * 3


def test_whether_a_half_is_owed_is_asked_last() -> None:
    """Another table may have paid it meanwhile."""
    reckoning = Reckoning([(2, RED, 5), (3, RED, 5)], 0, Zero.PARTAGE)
    reckoning.go_on(9)
    assert list(reckoning.outcome({2}).returned) == [3, 2]
    assert list(reckoning.outcome({3}).returned) == [2, 3]
    assert list(reckoning.outcome(()).returned) == [2, 2]
