"""A table where zero halves or locks the stake of an even chance: chips, books and what is said."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import read_json
from protocol.fair.words import Words
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import (
    BetsChanged,
    BetsListed,
    BetsPlaced,
    BetsTakenBack,
    ListBets,
    TakeBackBets,
)
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.games.roulette.drawing import rules_of, stake_of
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, SpotTotal
from protocol.games.roulette.lists import End, WheelKind, Zero
from protocol.games.roulette.records import ListOwnRounds, OwnRoundsListed
from protocol.games.roulette.rounds import (
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    TableIntroduced,
    TableShown,
)
from protocol.games.roulette.rules import BLACK, DOUBLE_ZERO, LOCK, RED
from protocol.games.roulette.zero import GAME_OF
from protocol.house.door import Done, LeaveSeat, Refused, TakeSeat
from protocol.house.draw import AskRound, RoundProved
from protocol.house.lists import Reason, Seat
from protocol.house.people import KickPlayer
from server.books.books import HOUSE, Books
from server.books.finished import as_json
from server.games import STATES
from server.games.roulette import play
from server.games.roulette.records import export_round
from server.games.roulette.settings import Rules
from server.people.people import Client
from tests.server.pure import PureHouse, messages_of, refusal

ONCE, TWICE = LOCK[RED], LOCK[LOCK[RED]]
N = 10**6


Falls = list[int]
"""The wheel of these tests: the number falls that was written down last."""


@pytest.fixture
def falls(monkeypatch: pytest.MonkeyPatch) -> Falls:
    wheel: Falls = []

    def below(_: Words, pockets: int) -> int:
        assert wheel[-1] < pockets
        return wheel[-1]

    monkeypatch.setattr(Words, "below", below)
    return wheel


class Evening:
    """A house with two players and a croupier, and a hand on the wheel."""

    def __init__(self, falls: Falls, zero: str, wheel: str = "single", **house: Any) -> None:
        self.falls = falls
        self.pure = PureHouse(Rules(zero=zero, wheel=wheel), **house)
        self.anna, self.ben = self.pure.seated("Anna"), self.pure.seated("Ben")
        self.boss = self.pure.seated("Boss", Seat.CROUPIER)

    def bet(self, client: Client, *bets: tuple[int, int]) -> None:
        assert isinstance(self.pure.bet(client, *bets), BetsPlaced)

    def spin(self, pocket: int) -> RoundSettled:
        """Let this number fall; the books are right after it."""
        self.falls.append(pocket)
        self.pure.said.clear()
        assert self.pure.ask(self.boss, StartSpin(N, self.pure.round)) == Done(N)
        self.pure.advance(1)
        self.pure.books.check()
        (settled,) = self.pure.told(RoundSettled)
        assert settled.pocket == pocket
        return settled

    def told(self, client: Client) -> PlayerSettled:
        return next(
            each
            for each in self.pure.told(PlayerSettled)
            if each.balance == self.wallet(client) and each.payouts
        )

    def wallet(self, client: Client) -> int:
        return self.pure.books.wallet(client.account)

    def lies(self, client: Client) -> dict[int, int]:
        return self.pure.table.round.bets.get(client.account, {})

    def shown(self, client: Client) -> TableShown:
        self.pure.said.clear()
        self.pure.hear(client, TakeSeat(N, Seat.PLAYER, b""))
        return self.pure.told(TableShown)[-1]


Open = Callable[..., Evening]


@pytest.fixture
def evening(falls: Falls) -> Iterator[Open]:
    opened: list[Evening] = []

    def open_one(zero: str, wheel: str = "single", **house: Any) -> Evening:
        opened.append(Evening(falls, zero, wheel, **house))
        return opened[-1]

    yield open_one
    for each in opened:
        each.pure.books.check()


# --- halves ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zero", "wheel", "pocket"),
    [("partage", "single", 0), ("surrender", "double", 0), ("surrender", "double", DOUBLE_ZERO)],
)
def test_half_of_an_even_chance_comes_back(
    evening: Open, zero: str, wheel: str, pocket: int
) -> None:
    night = evening(zero, wheel)
    night.bet(night.anna, (RED, 40), (17, 5))
    settled = night.spin(pocket)
    assert (settled.staked, settled.returned) == (45, 20)
    assert night.told(night.anna) == PlayerSettled(
        1, -25, 475, (Payout(17, 5, 0, End.PAID), Payout(RED, 40, 20, End.HALVED)), table=1
    )
    assert night.lies(night.anna) == {}


def test_a_half_chip_is_owed_and_two_of_them_are_paid(evening: Open) -> None:
    night = evening("partage")
    halves = night.pure.books.purses[HOUSE].halves
    wallets, owed = [], []
    for _ in range(4):
        night.bet(night.anna, (RED, 15))
        night.spin(0)
        wallets.append(night.wallet(night.anna))
        owed.append((night.told(night.anna).half_owed, halves == {night.anna.account}))
    assert wallets == [492, 485, 477, 470]
    assert owed == [(True, True), (False, False), (True, True), (False, False)]
    assert night.pure.books.purses[HOUSE].bank == 30


def test_halves_of_one_round_are_counted_together(evening: Open) -> None:
    night = evening("partage")
    night.bet(night.anna, (RED, 5), (151, 3))
    night.bet(night.ben, (RED, 7))
    settled = night.spin(0)
    assert (settled.staked, settled.returned) == (15, 4 + 3)
    assert (night.wallet(night.anna), night.wallet(night.ben)) == (496, 496)
    assert night.pure.books.purses[HOUSE].halves == {night.ben.account}
    assert night.told(night.anna).payouts == (
        Payout(151, 3, 1, End.HALVED),
        Payout(RED, 5, 2, End.HALVED),
    )
    night.bet(night.ben, (RED, 10), (17, 2))
    night.spin(17)
    assert night.pure.books.purses[HOUSE].halves == {night.ben.account}
    assert night.shown(night.ben).half_owed
    assert not night.shown(night.anna).half_owed


# --- locked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zero", "numbers", "wallet", "lies"),
    [
        ("prison", [0], 460, {ONCE: 40}),
        ("prison", [0, 1], 500, {}),
        ("prison", [0, 2], 460, {}),
        ("prison", [0, 0], 460, {}),
        ("prison2", [0, 0], 460, {TWICE: 40}),
        ("prison2", [0, 0, 0, 0], 460, {TWICE: 40}),
        ("prison2", [0, 0, 0, 1], 500, {}),
        ("prison2", [0, 0, 2], 460, {}),
    ],
)
def test_a_locked_stake_waits_for_its_number(
    evening: Open, zero: str, numbers: list[int], wallet: int, lies: dict[int, int]
) -> None:
    night = evening(zero)
    night.bet(night.anna, (RED, 40))
    for pocket in numbers:
        night.spin(pocket)
    assert (night.wallet(night.anna), night.lies(night.anna)) == (wallet, lies)
    till = night.pure.table.till
    assert (till.pot, till.stakes) == (sum(lies.values()), {night.anna.account: 40} if lies else {})
    assert night.pure.books.purses[HOUSE].bank == 500 - wallet - sum(lies.values())


def test_what_was_locked_is_told_to_its_owner_and_to_everybody(evening: Open) -> None:
    night = evening("prison")
    night.bet(night.anna, (RED, 40), (17, 5))
    settled = night.spin(0)
    assert (settled.players, settled.staked, settled.returned) == (1, 5, 0)
    (mine,) = night.pure.told(PlayerSettled)
    assert mine == PlayerSettled(
        1, -5, 455, (Payout(17, 5, 0, End.PAID), Payout(RED, 40, 0, End.LOCKED)), table=1
    )
    night.pure.advance(5)
    changed = night.pure.told(BetsChanged)[-1]
    assert (changed.round_number, changed.staked, changed.totals, changed.latest) == (
        2, 40, (SpotTotal(ONCE, 40, 1),), (PlacedBet(night.anna.account, ONCE, 40),),
    )  # fmt: skip
    shown = night.shown(night.anna)
    assert (shown.own_bets, shown.at_stake) == ((Bet(ONCE, 40),), 40)
    night.spin(1)
    (mine,) = night.pure.told(PlayerSettled)
    assert (mine.net, mine.payouts) == (0, (Payout(ONCE, 40, 40, End.PAID),))


def test_free_chips_lie_beside_locked_ones(evening: Open) -> None:
    night = evening("prison2")
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    night.bet(night.anna, (RED, 10))
    night.spin(0)
    assert night.lies(night.anna) == {ONCE: 10, TWICE: 40}
    night.bet(night.anna, (RED, 3), (BLACK, 4))
    night.spin(0)
    assert night.lies(night.anna) == {ONCE: 3, LOCK[BLACK]: 4, TWICE: 50}
    night.spin(1)
    assert (night.lies(night.anna), night.wallet(night.anna)) == ({}, 500 - 4)


def test_a_locked_stake_cannot_be_taken_or_raised(evening: Open) -> None:
    night = evening("prison")
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    for bets in ((Bet(ONCE, 40),), (Bet(ONCE, 1),)):
        answer = night.pure.ask(night.anna, TakeBackBets(N, 2, bets))
        assert refusal(answer) is Reason.STAKE_LOCKED
    assert refusal(night.pure.ask(night.anna, TakeBackBets(N, 2, ()))) is Reason.NOTHING_THERE
    assert refusal(night.pure.bet(night.anna, (ONCE, 5))) is Reason.NO_SUCH_SPOT
    night.bet(night.anna, (17, 5))
    taken = night.pure.ask(night.anna, TakeBackBets(N, 2, ()))
    assert taken == BetsTakenBack(N, 2, 460, 40)
    assert night.lies(night.anna) == {ONCE: 40}


def test_a_locked_stake_counts_toward_the_most_of_the_table(falls: Falls) -> None:
    night = Evening(falls, "prison")
    night.pure.table.change_rules(Rules(zero="prison", table_most=50), night.pure.now)
    night.pure.advance(0)
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    answer = night.pure.bet(night.anna, (17, 11))
    assert refusal(answer) is Reason.OVER_TABLE_MOST
    night.bet(night.anna, (17, 10))


def leave(night: Evening) -> None:
    assert night.pure.ask(night.anna, LeaveSeat(N)) == Done(N)


def cut(night: Evening) -> None:
    night.pure.house.leave(night.anna, cut_off=True)
    night.pure.advance(1000)


def kick(night: Evening) -> None:
    answer = night.pure.ask(night.boss, KickPlayer(N, night.anna.account, ""))
    assert answer == Done(N)


def void(night: Evening) -> None:
    night.bet(night.anna, (17, 5))
    assert night.pure.ask(night.boss, VoidRound(N, night.pure.round, "")) == Done(N)
    (mine,) = night.pure.told(PlayerSettled)[-1:]
    assert (mine.net, mine.payouts) == (
        0, (Payout(17, 5, 5, End.PAID), Payout(ONCE, 40, 0, End.KEPT)),
    )  # fmt: skip


def restart(night: Evening) -> None:
    kept = json.loads(as_json(night.pure.books.snapshot()))
    night.pure = PureHouse(Rules(zero="prison"), books=Books.of_snapshot(kept, STATES))
    night.boss = night.pure.seated("Boss 2", Seat.CROUPIER)
    night.pure.books.check()


@pytest.mark.parametrize("happens", [leave, cut, kick, void, restart])
def test_a_locked_stake_survives(evening: Open, happens: Callable[[Evening], None]) -> None:
    night = evening("prison")
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    happens(night)
    night.pure.advance(1)
    night.pure.books.check()
    assert night.lies(night.anna) == {ONCE: 40}
    assert night.wallet(night.anna) == 460
    night.spin(1)
    assert night.wallet(night.anna) == 500


def test_who_has_only_a_locked_stake_is_given_no_new_stack(evening: Open) -> None:
    night = evening("prison", stack=40)
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    assert night.wallet(night.anna) == 0
    night.pure.hear(night.anna, LeaveSeat(N))
    night.pure.hear(night.anna, TakeSeat(N, Seat.PLAYER, b""))
    assert night.wallet(night.anna) == 0


def test_at_the_end_of_the_chain_what_is_locked_goes_back(evening: Open) -> None:
    night = evening("prison", last_round=2)
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    night.bet(night.anna, (BLACK, 10))
    night.spin(0)
    assert night.pure.round == 2
    assert (night.pure.table.till.pot, night.pure.table.till.stakes) == (0, {})
    assert night.wallet(night.anna) == 500 - 40
    assert night.pure.table.state.locked == {}


# --- two zeros ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wheel", "spot", "lawful"),
    [
        ("single", 39, True), ("single", 111, True), ("single", 157, False), ("single", 163, False),
        ("double", 39, False), ("double", 98, False), ("double", 111, False),
        ("double", 157, True), ("double", 163, True), ("double", ONCE, False), ("double", 97, True),
    ],
)  # fmt: skip
def test_chips_lie_on_the_spots_of_the_layout(
    evening: Open, wheel: str, spot: int, lawful: bool
) -> None:
    night = evening("", wheel)
    answer = night.pure.bet(night.anna, (spot, 5))
    if lawful:
        assert isinstance(answer, BetsPlaced)
    else:
        assert isinstance(answer, Refused)
        assert (answer.reason, answer.spot) == (Reason.NO_SUCH_SPOT, spot)


def test_the_double_zero_falls_and_pays(evening: Open) -> None:
    night = evening("", "double")
    night.bet(night.anna, (157, 1), (158, 1), (163, 1), (0, 1), (RED, 1))
    settled = night.spin(DOUBLE_ZERO)
    assert settled.returned == 36 + 18 + 7
    assert night.wallet(night.anna) == 500 - 5 + 61


# --- what is said and kept ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wheel", "zero", "law"),
    [
        ("single", "", (WheelKind.SINGLE, Zero.NOTHING)),
        ("single", "prison2", (WheelKind.SINGLE, Zero.PRISON2)),
        ("double", "surrender", (WheelKind.DOUBLE, Zero.SURRENDER)),
    ],
)
def test_the_rules_are_said_with_the_table_and_with_the_proof(
    evening: Open, wheel: str, zero: str, law: tuple[WheelKind, Zero]
) -> None:
    night = evening(zero, wheel)
    introduced = night.pure.told(TableIntroduced)[0]
    assert (introduced.wheel, introduced.zero) == law
    night.bet(night.anna, (RED, 5))
    night.spin(1)
    proof = night.pure.ask(night.anna, AskRound(N, 1))
    assert isinstance(proof, RoundProved)
    assert proof.rules == rules_of(law[1])
    assert proof.draw == KINDS[GAME_OF[law[0]]].number


def test_a_round_goes_on_by_the_rules_by_which_it_was_opened(falls: Falls) -> None:
    night = Evening(falls, "prison")
    night.bet(night.anna, (RED, 40))
    night.spin(0)
    kept = json.loads(as_json(night.pure.books.snapshot()))
    books = Books.of_snapshot(kept, STATES)
    night.pure = PureHouse(Rules(wheel="double", zero="surrender"), books=books)
    night.boss = night.pure.seated("Boss 2", Seat.CROUPIER)
    ben = night.pure.seated("Cleo")
    introduced = night.pure.told(TableIntroduced)[-1]
    assert (introduced.wheel, introduced.zero) == (WheelKind.SINGLE, Zero.PRISON)
    assert refusal(night.pure.bet(ben, (157, 5))) is Reason.NO_SUCH_SPOT
    night.bet(ben, (RED, 10))
    night.spin(0)
    said = [message for each in night.pure.said for message in messages_of(each)]
    order = [type(each) for each in said if isinstance(each, (TableIntroduced, RoundOpened))]
    assert order == [TableIntroduced, RoundOpened]
    (introduced,) = night.pure.told(TableIntroduced)
    assert (introduced.wheel, introduced.zero) == (WheelKind.DOUBLE, Zero.SURRENDER)
    assert night.lies(ben) == {ONCE: 10}
    night.bet(ben, (157, 5))
    night.spin(DOUBLE_ZERO)
    assert night.pure.told(TableIntroduced) == []  # The rules are the same as before.
    assert night.lies(ben) == {}


@pytest.mark.parametrize("zero", ["", "partage", "prison", "prison2"])
def test_what_is_kept_of_a_round_is_what_was_paid(evening: Open, zero: str) -> None:
    night = evening(zero)
    for pocket in (0, 0, 1, 0):
        night.bet(night.anna, (RED, 15), (17, 3))
        night.bet(night.ben, (BLACK, 7))
        night.spin(pocket)
        number, (mine,) = night.pure.round - 1, night.pure.told(PlayerSettled)[:1]
        listed = night.pure.ask(night.anna, ListOwnRounds(N, number + 1))
        assert isinstance(listed, OwnRoundsListed)
        assert (listed.rounds[0].net, listed.rounds[0].payouts) == (mine.net, mine.payouts)
        done = night.pure.shelf.rounds[1, number]
        document = read(read_json(export_round(night.pure.table.till, done) or ""))
        ((played, verdict),) = judge(document, KINDS)
        assert not verdict.reds
        assert played.payouts is not None
        assert played.stakes is not None
        wrong = {who: back + 1 + (played.rules != "") for who, back in played.payouts.items()}
        ((_, verdict),) = judge(document._replace(rounds=[replace(played, payouts=wrong)]), KINDS)
        assert verdict.reds.keys() == {"payouts"}
        bets = night.pure.ask(night.anna, ListBets(N, number, 0, 0))
        assert isinstance(bets, BetsListed)
        rows = [(bet.account, bet.spot, bet.chips) for bet in bets.bets]
        stakes = [(who, stake_of(spot, chips)) for who, spot, chips in rows]
        assert stakes == [(who, bet) for who, mine in played.stakes.items() for bet in mine]


@pytest.mark.parametrize("now", [False, True])
def test_what_is_locked_is_back_before_a_closing_table_is_gone(
    falls: Falls, monkeypatch: pytest.MonkeyPatch, *, now: bool
) -> None:
    """A full table ends its round in steps, and between two of them it is looked at."""
    evening = Evening(falls, "prison")
    pure, anna, ben = evening.pure, evening.anna, evening.ben
    evening.bet(anna, (RED, 20))
    evening.spin(0)
    pure.table.rules = replace(pure.table.rules, min_players=3)
    monkeypatch.setattr(play, "AT_ONCE", 0)
    evening.bet(ben, (17, 10))
    pure.house.close_table(pure.first, void=now)
    for _ in range(3):
        pure.advance(100)
    pure.books.check()
    assert pure.house.hall.tables == {}
    assert [pure.books.wallet(each.account) for each in (anna, ben)] == [500, 500]
