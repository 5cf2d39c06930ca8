"""What the house shows of itself, who has which chips and name, and what it keeps of secrets."""

import hashlib

from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet, SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.house.door import SignedIn, SignIn
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Presence, Seat
from protocol.house.people import ChipsGranted, PlayerEntry
from server.house import DESK
from server.people.digests import password_digest, same_digest, token_digest
from tests.server.pure import PureHouse

# --- what is shown --------------------------------------------------------------------------------


def test_everything_on_the_table_is_shown_as_it_lies() -> None:
    pure = PureHouse()
    anna, boris = pure.seated("Anna"), pure.seated("Boris")
    watcher = pure.visitor("")
    shown = pure.table.shown(watcher.account)
    assert (shown.croupier, shown.croupier_name, shown.balance, shown.at_stake) == (0, "", 0, 0)
    assert (shown.own_bets, shown.totals, shown.players, shown.bets) == ((), (), 0, 0)
    pure.seated("Boss", Seat.CROUPIER)
    pure.bet(anna, (18, 2), (17, 5))
    pure.bet(boris, (17, 1))
    shown = pure.table.shown(anna.account)
    assert (shown.round_number, shown.phase, shown.ms_left) == (1, Phase.BETTING, NO_DEADLINE)
    assert (shown.auto_seconds, shown.croupier_name) == (0, "Boss")
    assert shown.croupier == pure.seats.croupier != 0
    assert (shown.players, shown.bets, shown.staked) == (2, 3, 8)
    assert (shown.balance, shown.at_stake) == (493, 7)
    assert shown.totals == (SpotTotal(17, 6, 2), SpotTotal(18, 2, 1))
    assert shown.own_bets == (Bet(17, 5), Bet(18, 2))
    assert shown.revision == pure.table.layout.revision


def test_a_line_of_the_roster_says_who_is_there_and_who_is_not() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    number = anna.account
    entry = PlayerEntry(number, "Anna", Seat.PLAYER, Presence.HERE, False, 500)
    assert pure.first.roster.entry(number, pure.now) == entry
    pure.house.talk.mute(number, pure.now + 60)
    assert pure.first.roster.entry(number, pure.now).muted
    pure.house.leave(anna, cut_off=False)
    gone = PlayerEntry(number, "Anna", Seat.NONE, Presence.GONE, False, 500)
    assert pure.first.roster.entry(number, pure.now) == gone


# --- chips and names ------------------------------------------------------------------------------


def test_who_has_nothing_and_nothing_on_the_table_gets_the_stack_again() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    house, holder = pure.house, pure.books.holders[anna.account]
    assert house.grant_if_broke(holder) is None
    pure.bet(anna, (17, 500))
    assert house.hall.at_stake(anna.account) == 500
    assert house.grant_if_broke(holder) is None
    pure.hear(boss, StartSpin(9, 1))
    assert house.hall.at_stake(anna.account) == 0
    assert house.grant_if_broke(holder) == ChipsGranted(500, 500)
    assert pure.books.wallet(anna.account) == 500
    assert house.grant_if_broke(pure.books.holders[DESK]) is None


def test_a_name_that_is_the_houses_or_is_proved_is_spoken_for() -> None:
    pure = PureHouse()
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", b"", b""))
    assert isinstance(answer, SignedIn)
    pure.classic_player("Old")
    for name in ("Anna", "аnna", "Croupier", "THE HOUSE", "the-house", "Thehouse", "вы"):
        assert pure.house.names.is_spoken_for(name), name
    for name in ("Old", "Zoe"):
        assert not pure.house.names.is_spoken_for(name), name
    again = PureHouse(books=pure.books)  # The house is opened once more.
    assert again.house.names.is_spoken_for("Anna")
    assert list(pure.house.names.alike("O1d")) == list(pure.house.names.alike("Old")) != []


def test_what_is_kept_of_secrets() -> None:
    assert password_digest("ж") == hashlib.sha512("ж".encode()).digest()
    assert token_digest(b"t") == hashlib.sha256(b"t").hexdigest()
    assert same_digest(b"a", b"a")
    assert not same_digest(b"a", b"b")
