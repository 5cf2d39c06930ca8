"""The house by itself: who is told what of whom, when, and how often."""

import pytest

from protocol import classic
from protocol.games.roulette.bets import BetsChanged, PlaceBets
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.games.roulette.rounds import RoundSettled
from protocol.house.door import LeaveSeat, SignedIn, SignIn, TakeSeat
from protocol.house.draw import SendLink
from protocol.house.lists import Farewell, Notice, Presence, Seat
from protocol.house.people import RosterChanged
from protocol.house.talk import Announced, Noticed, Say
from protocol.limits import CHANGES_A_BROADCAST
from server.house import NOTICES_UP_TO
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.people.places import Standing
from server.sayings import To, ToClassic
from tests.server.pure import PASSWORD, PureHouse, at, seat_of

LIMITS = Limits()


def notices(pure: PureHouse) -> list[tuple[str, Notice]]:
    """What was told of people since this was asked last."""
    told = [(each.name, each.notice) for each in pure.told(Noticed)]
    pure.said.clear()
    return told


# --- coming and going -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seat", "cut_off", "notice"),
    [
        (Seat.PLAYER, True, Notice.CUT_OFF),
        (Seat.PLAYER, False, Notice.LEFT),
        (Seat.WATCHER, False, Notice.LEFT),
        (Seat.CROUPIER, True, Notice.CUT_OFF),
        (Seat.CROUPIER, False, Notice.CROUPIER_LEFT),
    ],
)
def test_the_table_is_told_how_somebody_went(seat: Seat, cut_off: bool, notice: Notice) -> None:
    pure = PureHouse()
    client = pure.seated("Anna", seat)
    pure.said.clear()
    for _ in range(2):
        pure.house.leave(client, cut_off=cut_off)
        pure.advance(0)
    assert notices(pure) == [("Anna", notice)]
    assert (client.gone, seat_of(client)) == (True, Seat.NONE)
    assert (client.account in pure.seats.seated) is cut_off


def test_a_classic_client_has_left_though_his_line_was_cut() -> None:
    pure = PureHouse()
    old = pure.classic_player("Old")
    boss = Client("10.0.0.3", classic=True)
    pure.ask(boss, classic.RegisterCroupier(password_digest(PASSWORD)))
    pure.said.clear()
    for client in (old, boss):
        pure.house.leave(client, cut_off=True)
    pure.advance(0)
    assert notices(pure) == [("Old", Notice.LEFT), ("Croupier", Notice.CROUPIER_LEFT)]
    assert pure.seats.seated == {}


def test_of_who_has_no_seat_nobody_is_told() -> None:
    pure = PureHouse()
    visitor = pure.visitor("Vera")
    pure.said.clear()
    pure.house.leave(visitor, cut_off=True)
    pure.advance(0)
    assert notices(pure) == []


def test_at_a_table_of_so_many_comings_are_told_and_at_a_fuller_one_not() -> None:
    pure = PureHouse()
    for number in range(1, NOTICES_UP_TO + 2):
        client = pure.seated(f"Player {number}")
        told = [(f"Player {number}", Notice.JOINED)] if number <= NOTICES_UP_TO else []
        assert notices(pure) == told
    pure.house.leave(client, cut_off=True)
    assert notices(pure) == []  # The seat is kept: there are still as many.
    assert NOTICES_UP_TO == 50


@pytest.mark.parametrize("what", Notice)
def test_at_a_full_table_only_what_passes_by_is_not_told(what: Notice) -> None:
    passing = ("JOINED", "LEFT", "CUT_OFF", "RESUMED", "AWAY", "BACK")
    pure = PureHouse()
    anna = pure.seated("Anna")
    for number in range(NOTICES_UP_TO):
        pure.seated(f"Player {number}")
    notices(pure)
    pure.house.notice(pure.first, anna.account, "Anna", what)
    pure.advance(0)
    assert notices(pure) == ([] if what.name in passing else [("Anna", what)])


@pytest.mark.parametrize(
    ("seat", "notice"),
    [(Seat.PLAYER, Notice.LEFT), (Seat.CROUPIER, Notice.CROUPIER_LEFT)],
)
def test_a_seat_is_kept_so_long_and_then_given_up(seat: Seat, notice: Notice) -> None:
    pure = PureHouse()
    client = pure.seated("Anna", seat)
    pure.house.leave(client, cut_off=True)
    pure.advance(LIMITS.keep_seat_seconds - 0.5)
    notices(pure)
    assert client.account in pure.seats.seated
    pure.advance(0.5)
    assert notices(pure) == [("Anna", notice)]
    assert client.account not in pure.seats.seated


def test_who_does_nothing_for_so_long_is_away_until_he_does_something() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.advance(LIMITS.away_seconds - 0.5)
    notices(pure)
    pure.advance(0.5)
    assert pure.house.people.moved == [anna]
    assert notices(pure) == [("Anna", Notice.AWAY)]
    pure.hear(anna, Say(9, "I am here"))
    assert notices(pure) == [("Anna", Notice.BACK)]


def test_what_was_noticed_has_its_moment() -> None:
    pure = PureHouse()
    pure.now += 7.25
    pure.seated("Anna")
    assert [each.at for each in pure.told(Noticed)] == [1_007_250]


def test_whoever_is_still_heard_though_he_is_thrown_out_shows_his_link_and_nothing_else() -> None:
    pure = PureHouse()
    house, anna = pure.house, pure.seated("Anna")
    say, link = at(Say(9, "no")), at(SendLink(9, 1, bytes(32)))
    elsewhere, bet = at(SendLink(9, 1, bytes(32)), 2), at(PlaceBets(9, 1, ()))
    pure.register(anna)
    pure.table.close_betting(pure.now, start=True)
    assert house.hears(anna, say)
    house.throw_out(anna.account, "go")
    heard = [house.hears(anna, said) for said in (say, link, elsewhere, bet)]
    assert heard == [False, True, False, False]
    pure.show(anna)
    pure.advance(0)
    assert not house.hall.has_say(anna.account)
    assert not house.hears(anna, link)
    assert house.leaving == {}


def test_when_the_house_closes_everybody_is_told_and_nobody_heard() -> None:
    pure = PureHouse()
    clients = [pure.seated("Anna"), pure.visitor("Vera"), pure.stranger()]
    pure.said.clear()
    pure.house.close(clients)
    pure.advance(0)
    assert [(each.client, each.reason, each.words) for each in pure.dropped()] == [
        (client, Farewell.STOPPING, "the house closes for tonight") for client in clients
    ]
    assert all(client.gone for client in clients)


def test_one_account_is_told_where_it_has_a_client_that_understands_it() -> None:
    pure = PureHouse()
    anna, old = pure.seated("Anna"), pure.classic_player("Old")
    pure.said.clear()
    call = Announced(1, 0, 1, "")  # type: ignore[arg-type]
    for account in (anna.account, old.account, 99):
        pure.house.tell_account(account, call)
    pure.advance(0)
    assert [each for each in pure.said if isinstance(each, To)] == [To(anna, call)]


# --- broadcasts and time --------------------------------------------------------------------------


def test_it_is_due_when_the_table_is() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    for _ in range(2):
        pure.advance(60)
    assert pure.house.next_moment() is None
    pure.table.set_auto(pure.now, 30)
    pure.bet(anna, (17, 1))
    due = pure.table.next_moment()
    assert due is not None
    pure.advance(5)
    assert pure.house.next_moment() == due


def test_time_does_not_go_back() -> None:
    pure = PureHouse()
    for way in (pure.house.advance, pure.house.tick):
        now = pure.house.now
        way(now - 5)
        assert pure.house.now == now


def test_changes_of_the_bets_are_told_so_often_and_the_last_ones_with_the_next() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.advance(60)
    pure.said.clear()
    told = []
    for spot in (17, 18, 19):
        pure.bet(anna, (spot, 1))
        pure.advance(0)
        told.append(len(pure.told(BetsChanged)))
    assert told == [1, 1, 1]
    assert pure.house.next_moment() == pure.now + 1 / LIMITS.broadcasts_a_second
    pure.advance(1 / LIMITS.broadcasts_a_second)
    first, second = pure.told(BetsChanged)
    assert [each.spot for each in first.latest] == [17]
    assert [each.spot for each in second.latest] == [18, 19]


def test_the_roster_is_told_a_fifth_as_often() -> None:
    pure = PureHouse()
    pure.seated("Anna")
    for _ in range(2):
        pure.advance(60)
    pure.said.clear()
    boris = pure.seated("Boris")
    assert len(pure.told(RosterChanged)) == 0
    pure.advance(0)
    pure.house.leave(boris, cut_off=True)
    pure.advance(0)
    assert len(pure.told(RosterChanged)) == 1
    due = pure.now + 5 / LIMITS.broadcasts_a_second
    assert pure.house.next_moment() == pytest.approx(due)
    pure.advance(5 / LIMITS.broadcasts_a_second + 1e-6)
    first, second = pure.told(RosterChanged)
    assert (first.seated, first.watching, first.complete) == (2, 0, True)
    assert [(each.name, each.presence) for each in second.changes] == [("Boris", Presence.CUT_OFF)]
    assert pure.house.next_moment() is None


@pytest.mark.parametrize("more", [0, 1])
def test_one_roster_holds_so_many_changes_the_newest(more: int) -> None:
    pure = PureHouse()
    clients = [pure.seated(f"Player {number}") for number in range(CHANGES_A_BROADCAST + more)]
    pure.advance(60)
    pure.said.clear()
    for client in clients:
        pure.seats.touch(client.account)
    pure.advance(60)
    (changed,) = pure.told(RosterChanged)
    assert [each.account for each in changed.changes] == [
        client.account for client in clients[-CHANGES_A_BROADCAST:]
    ]
    assert changed.complete is not bool(more)
    assert (changed.seated, changed.watching) == (len(clients), 0)


@pytest.mark.parametrize("more", [0, 1])
def test_chips_are_in_the_roster_so_long_as_one_holds_everybody(more: int) -> None:
    pure = PureHouse()
    clients = [pure.seated(f"Player {number}") for number in range(CHANGES_A_BROADCAST + more)]
    pure.advance(60)
    pure.said.clear()
    pure.bet(clients[3], (17, 5))
    for _ in range(2):
        pure.advance(60)
    rows = [row for each in pure.told(RosterChanged) for row in each.changes]
    chips = [(row.account, row.balance) for row in rows if row.presence is Presence.HERE]
    assert chips == ([] if more else [(clients[3].account, 495)])


def test_after_a_round_the_roster_has_the_chips_that_are_left() -> None:
    pure = PureHouse()
    anna, boris, boss = (
        pure.seated("Anna"),
        pure.seated("Boris"),
        pure.seated("Boss", Seat.CROUPIER),
    )
    pure.bet(anna, (17, 5))
    pure.advance(60)
    pure.house.leave(boris, cut_off=False)
    pure.advance(60)
    pure.said.clear()
    pure.hear(boss, StartSpin(9, 1))
    pure.advance(60)
    pure.advance(60)
    wallet = pure.books.wallet(anna.account)
    rows = [row for each in pure.told(RosterChanged) for row in each.changes]
    assert [(row.account, row.balance) for row in rows] == [(anna.account, wallet)]


def test_where_deliveries_count_a_change_waits_for_those_that_follow_it() -> None:
    pure = PureHouse(limits=Limits(change_deliveries_a_second=10))
    anna = pure.seated("Anna")
    pure.seated("Boris")
    for _ in range(2):
        pure.advance(60)
    pure.bet(anna, (17, 5))
    pure.advance(0)
    assert pure.house.next_moment() == pytest.approx(pure.now + 2 / 10)
    pure.said.clear()
    pure.advance(0.25)
    assert (len(pure.told(BetsChanged)), len(pure.told(RosterChanged))) == (1, 0)
    # That somebody has fewer chips is news of the roster, which has a fifth of it.
    pure.advance(0)
    due = pure.house.next_moment()
    assert due == pytest.approx(pure.now + 2 * 5 / 10)


# --- the end of a round ---------------------------------------------------------------------------


def test_the_results_are_for_classic_players_who_then_must_confirm_them() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    old = pure.classic_player("Old")
    pure.bet(anna, (17, 5))
    pure.said.clear()
    pure.hear(boss, VoidRound(9, 1, "spilt wine"))
    assert [each for each in pure.said if isinstance(each, ToClassic)] == []
    assert pure.house.people.unconfirmed == {}
    pure.bet(anna, (17, 5))
    pure.hear(boss, StartSpin(10, 2))
    pocket = pure.told(RoundSettled)[-1].pocket
    net = 175 if pocket == 17 else -5
    (shown,) = [each.message for each in pure.said if isinstance(each, ToClassic)]
    assert shown == classic.ResultsShown(pocket, [classic.Result("Anna", net)])
    until = pure.now + LIMITS.ack_timeout
    assert pure.house.people.unconfirmed == {old: until}
    pure.advance(5)
    pure.bet(anna, (18, 1))
    pure.hear(boss, StartSpin(11, 3))
    assert pure.house.people.unconfirmed == {old: until}  # He owes the first one still.
    pure.advance(LIMITS.ack_timeout - 5.5)
    assert pure.dropped() == []
    pure.advance(0.5)
    (dropped,) = pure.dropped()
    assert (dropped.client, dropped.reason, dropped.words) == (
        old,
        Farewell.SILENT,
        "the results were not confirmed",
    )


# --- who keeps a place in a full house ------------------------------------------------------------


def test_who_is_late_with_the_results_and_idle_in_the_same_moment_has_left() -> None:
    limits = Limits(ack_timeout=30.0, away_seconds=30.0)
    pure = PureHouse(limits=limits)
    pure.seated("Boss", Seat.CROUPIER)
    anna = pure.classic_player("Anna")
    pure.ask(anna, classic.PlaceBet(17, 5))
    pure.table.start_spin(pure.now, 1)
    pure.advance(0)
    pure.said.clear()
    pure.advance(30.0)
    told = [each for each in pure.told(Noticed) if each.account == anna.account]
    assert [each.notice for each in told] == [Notice.LEFT]


def test_a_seat_under_a_name_is_kept_and_not_without_one_or_for_who_is_away() -> None:
    pure = PureHouse()
    people, standing = pure.house.people, pure.house.standing
    guest, visitor = pure.visitor(""), pure.visitor("Vera")
    pure.hear(guest, TakeSeat(2, Seat.WATCHER, b""))
    assert (standing(guest), standing(visitor)) == (Standing.SPARE, Standing.SPARE)
    anna = pure.seated("Anna")
    assert standing(anna) is Standing.KEPT
    pure.advance(LIMITS.away_seconds)
    assert standing(anna) is Standing.SPARE
    assert people.moved == [anna]
    pure.hear(anna, Say(3, "I am back"))
    assert standing(anna) is Standing.KEPT
    pure.hear(anna, LeaveSeat(4))
    assert standing(anna) is Standing.SPARE


def test_a_seat_kept_after_a_cut_keeps_no_place_until_it_is_taken_again() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    pure.house.leave(anna, cut_off=True)
    new = pure.stranger()
    token = pure.told(SignedIn)[-1].token
    assert isinstance(pure.ask(new, SignIn(1, "Anna", token, b"")), SignedIn)
    assert pure.seats.seated[anna.account].presence is Presence.CUT_OFF
    assert pure.house.standing(new) is Standing.SPARE
    pure.hear(new, TakeSeat(2, Seat.PLAYER, b""))
    assert pure.house.standing(new) is Standing.KEPT
    assert pure.house.standing(anna) is Standing.SPARE


def test_a_line_that_was_replaced_has_no_part_in_the_seat() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    old = Client("10.0.0.1", account=anna.account)
    assert pure.house.standing(old) is Standing.SPARE
    pure.register(anna)
    pure.table.close_betting(pure.now)
    pure.hear(anna, LeaveSeat(6))
    assert (pure.house.standing(old), pure.house.standing(anna)) == (Standing.SPARE, Standing.KEPT)
