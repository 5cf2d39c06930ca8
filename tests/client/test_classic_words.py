"""The assignment's replies in the modern words: each of them whole, and in its order."""

import hashlib
from typing import Any

import pytest

from client.classic import ANSWER_SECONDS, OPENING_STACK, REASONS, SPOTS
from client.dialogue import Ending
from client.games.roulette.requests import list_bets, list_own_rounds, place, start_spin
from client.games.roulette.state import roulette
from client.house.events import AskedAgain, Sent, Trouble, Unsent
from client.house.state import Line
from client.requests import Enter, Look
from protocol import classic
from protocol.classic import Code
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, Result, SpotLimit, SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import EVEN, ODD, RED, Group
from protocol.house import door
from protocol.house.fields import NO_DEADLINE, NO_SPOT
from protocol.house.lists import Presence, Reason, Seat
from protocol.house.people import PlayerEntry, RosterChanged
from tests.client.test_classic import OK, WELCOME, Evening, back, bet, playing

AT = 1_700_000_000_000
MOST = classic.MOST_CHIPS


def told(evening: Evening) -> list[Any]:
    """What is new, one after the other."""
    news, evening.dialogue.news[:] = [*evening.dialogue.news], []
    return [each.said for each in news]


def signed(number: int, name: str = "alice") -> Sent:
    return Sent(door.SignIn(number, name, b"", b""), AT)


def came(count: int, **people: int) -> RosterChanged:
    entries = tuple(
        PlayerEntry(account, name, Seat.PLAYER, Presence.HERE, muted=False, balance=0)
        for name, account in people.items()
    )
    return RosterChanged(count, 0, entries, complete=True)


def shown(number: int = 1, balance: int = 500, **more: Any) -> rounds.TableShown:
    own = more.pop("own", ())
    words: dict[str, Any] = {
        "auto_seconds": 0, "croupier": 0, "croupier_name": "",
        "players": 0, "bets": 0, "staked": 0, "revision": 0,
        "balance": balance, "at_stake": sum(each.chips for each in own), "totals": (),
        "own_bets": own, **more,
    }  # fmt: skip
    return rounds.TableShown(number, Phase.BETTING, NO_DEADLINE, **words)


INTRODUCED = door.HouseIntroduced(
    bytes(16),
    bytes(32),
    "",
    password_needed=False,
    chips_shown=False,
    stack=500,
    tables=(),
    more=False,
)
PLAQUE = (SpotLimit(Group.STRAIGHT, 1, MOST), SpotLimit(Group.CHANCE, 1, MOST))
MET = rounds.TableIntroduced(bytes(16), bytes(32), "", 0, MOST, PLAQUE)


def test_coming_in_is_told_as_at_a_modern_table() -> None:
    evening = Evening(Enter("alice"))
    assert told(evening)[2:] == [INTRODUCED, MET, signed(1)]
    evening.hear(WELCOME)
    assert told(evening) == [
        came(1, alice=1),
        door.SignedIn(1, 1, "alice", b"", OPENING_STACK, 0),
        door.SeatTaken(0, Seat.PLAYER),
        shown(),
    ]
    assert evening.dialogue.returns
    assert evening.dialogue.goodbye() == b""


def test_a_croupier_has_no_account_and_no_chips() -> None:
    evening = Evening(Enter("Zoe", Seat.CROUPIER))
    assert evening.sent == [classic.RegisterCroupier(hashlib.sha512(b"").digest())]
    told(evening)
    evening.hear(WELCOME)
    assert told(evening) == [
        door.SignedIn(1, 0, "Zoe", b"", 0, 0),
        door.SeatTaken(0, Seat.CROUPIER),
        shown(balance=0),
    ]
    assert evening.dialogue.state.table.roster == {}


def test_nobody_watches_an_assignment() -> None:
    evening = Evening(Enter("alice", Seat.WATCHER))
    assert evening.sent == []
    assert told(evening)[4:] == [signed(1), door.Refused(1, Reason.NOT_SERVED, NO_SPOT, 0, "")]


def test_who_comes_in_once_does_not_come_in_twice() -> None:
    evening = Evening(Enter("alice"))
    assert len(evening.sent) == 1
    evening.dialogue.want(Enter("bob"), 1.0)
    assert evening.sent == []
    evening.hear(WELCOME)
    told(evening)
    evening.dialogue.want(Enter("bob"), 1.0)
    evening.dialogue.want(Look(1), 1.0)
    assert (evening.sent, told(evening)) == ([], [])


def test_a_name_that_is_no_text_is_sent_as_near_as_can_be() -> None:
    assert Evening(Enter("a\ud800")).sent == [classic.RegisterPlayer(b"a?")]


def test_what_cannot_be_asked_here_is_refused_with_its_reason() -> None:
    evening = Evening(Enter("alice"))
    told(evening)
    early = list_bets(evening.dialogue.state)
    evening.dialogue.want(early, 0.0)
    assert told(evening)[1] == door.Refused(2, Reason.NOT_SERVED, NO_SPOT, 0, "")
    evening.hear(WELCOME)
    assert evening.sent
    told(evening)
    state = evening.dialogue.state
    for number, (wish, reason, spot) in enumerate(
        (
            (place(state, {1: MOST + 1}), Reason.OVER_TABLE_MOST, NO_SPOT),
            (place(state, {1: 1, 2: 1}), Reason.OVER_TABLE_MOST, NO_SPOT),
            (place(state, {}), Reason.OVER_TABLE_MOST, NO_SPOT),
            (place(state, {RED: 1}), Reason.NOT_SERVED, RED),
            (place(state, {RED: MOST}), Reason.NOT_SERVED, RED),
            (place(state, {RED: MOST + 1}), Reason.OVER_TABLE_MOST, NO_SPOT),
            (start_spin(state), Reason.NOT_YOURS, NO_SPOT),
            (list_own_rounds(), Reason.NOT_SERVED, NO_SPOT),
        ),
        3,
    ):
        evening.dialogue.want(wish, 0.0)
        sent, refused = told(evening)
        assert (sent.request.number, sent.at, sent.by_itself) == (number, AT, False)
        assert refused == door.Refused(number, reason, spot, 0, "")
    assert evening.sent == []
    bet(evening, 1, MOST)
    assert evening.sent == [classic.PlaceBet(1, MOST)]


@pytest.mark.parametrize("code", [code for code in Code if code is not Code.OK])
def test_every_refusal_has_its_reason(code: Code) -> None:
    evening = playing()
    bet(evening, 17, 5)
    bet(evening, 18, 5)
    told(evening)
    evening.hear(classic.OrderAnswered(code))
    assert told(evening) == [door.Refused(2, REASONS[code], 17, 0, "")]
    evening.hear(OK)
    assert roulette(evening.dialogue.state).round.own == {18: 5}
    assert not evening.dialogue.state.pending
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    evening.hear(classic.OrderAnswered(code))
    assert told(evening)[-1] == door.Refused(4, REASONS[code], NO_SPOT, 0, "")


def test_what_is_laid_is_counted_off() -> None:
    evening = playing()
    bet(evening, 17, 400)
    told(evening)
    evening.hear(OK)
    assert told(evening) == [bets.BetsPlaced(2, 1, 100, 400)]
    bet(evening, 18, 300)  # The house may let one; the sum here goes no lower than nothing.
    told(evening)
    evening.hear(OK)
    assert told(evening) == [bets.BetsPlaced(3, 1, 0, 300)]


def test_a_spin_that_is_started_is_done() -> None:
    evening = Evening(Enter("", Seat.CROUPIER, "x"))
    evening.hear(WELCOME)
    evening.dialogue.want(start_spin(evening.dialogue.state), 0.0)
    assert told(evening)[-1] == Sent(desk.StartSpin(2, 1), AT)
    evening.hear(OK)
    assert told(evening) == [door.Done(2)]


def test_a_list_is_told_as_bets_and_as_sums() -> None:
    evening = playing()
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    told(evening)
    rows = (
        classic.ListedBet("bob", 50, 38),
        classic.ListedBet("alice", 100, 17),
        classic.ListedBet("bob", 5, 38),
        classic.ListedBet("bob", 1, 17),
    )
    evening.hear(classic.BetsListed(rows))
    there = {spot: SpotTotal(spot, 0, 0) for spot in SPOTS}
    there |= {17: SpotTotal(17, 101, 2), ODD: SpotTotal(ODD, 55, 1)}
    placed = (PlacedBet(1, 17, 100), PlacedBet(2, 17, 1), PlacedBet(2, ODD, 55))
    assert told(evening) == [
        came(2, bob=2),
        bets.BetsListed(2, 1, 0, placed, more=False),
        bets.BetsChanged(1, 1, 2, 3, 156, tuple(there.values()), (), complete=True),
    ]


def test_results_are_told_best_first_and_ones_own_apart() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    rows = (classic.ListedBet("bob", 50, 38), classic.ListedBet("alice", 100, 17))
    evening.hear(classic.BetsListed(rows))
    told(evening)
    results = (classic.Result("bob", -50), classic.Result("alice", 3500), classic.Result("al", 7))
    evening.hear(classic.ResultsShown(17, results))
    top = (Result(1, "alice", 3500), Result(3, "al", 7), Result(2, "bob", -50))
    assert told(evening) == [
        came(3, al=3),
        rounds.RoundSettled(1, 17, AT, 3, 150, 3607, top),
        rounds.PlayerSettled(1, 3500, 4000, (Payout(17, 100, 3600),)),
        rounds.RoundOpened(2, NO_DEADLINE),
    ]


def test_a_house_pays_out_no_less_than_nothing() -> None:
    for net, paid in ((-99, 1), (-100, 0), (-101, 0)):
        evening = playing()
        evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
        evening.hear(classic.BetsListed((classic.ListedBet("bob", 100, 17),)))
        evening.hear(classic.ResultsShown(3, (classic.Result("bob", net),)))
        (settled,) = (each for each in told(evening) if isinstance(each, rounds.RoundSettled))
        assert (settled.staked, settled.returned) == (100, paid)


@pytest.mark.parametrize(
    ("pocket", "results", "net", "back"),
    [
        (17, (), 3500, 3600),
        (3, (), -100, 0),
        (3, (("alice", -100),), -100, 0),
        (17, (("alice", 50),), 50, 150),  # The house's word counts, and not what it should be.
        (3, (("alice", -900),), -900, 0),
        (3, (("bob", 77),), -100, 0),
    ],
)
def test_what_one_bet_brought_is_what_the_house_says(
    pocket: int, results: tuple[tuple[str, int], ...], net: int, back: int
) -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    evening.hear(classic.ResultsShown(pocket, [classic.Result(*row) for row in results]))
    (paid,) = (each for each in told(evening) if isinstance(each, rounds.PlayerSettled))
    assert paid == rounds.PlayerSettled(1, net, max(0, 500 + net), (Payout(17, 100, back),))


def test_several_bets_are_paid_by_the_rules() -> None:
    evening = playing()
    for spot, chips in ((EVEN, 20), (16, 10), (3, 1)):
        bet(evening, spot, chips)
        evening.hear(OK)
    evening.hear(classic.ResultsShown(16, ()))
    (paid,) = (each for each in told(evening) if isinstance(each, rounds.PlayerSettled))
    payouts = (Payout(3, 1, 0), Payout(16, 10, 360), Payout(EVEN, 20, 40))
    assert paid == rounds.PlayerSettled(1, 369, 869, payouts)


def test_who_had_no_bet_has_no_result() -> None:
    evening = playing()
    evening.hear(classic.ResultsShown(17, (classic.Result("alice", 5),)))
    assert not any(isinstance(each, rounds.PlayerSettled) for each in told(evening))
    assert evening.dialogue.state.balance == 500
    assert roulette(evening.dialogue.state).statistics.returned == 5


# --- the clock ------------------------------------------------------------------------------------


def test_an_answer_has_its_time_from_when_it_was_asked_for() -> None:
    evening = Evening(Enter("alice"))
    assert evening.dialogue.tick(4.0) == ANSWER_SECONDS
    evening.hear(WELCOME)
    assert evening.dialogue.tick(99.0) == float("inf")
    evening.dialogue.want(list_bets(evening.dialogue.state), 100.0)
    evening.dialogue.want(list_bets(evening.dialogue.state), 103.0)
    assert evening.dialogue.tick(100.0) == 100.0 + ANSWER_SECONDS
    evening.hear(classic.BetsListed(()))
    assert evening.dialogue.tick(104.0) == 103.0 + ANSWER_SECONDS
    evening.dialogue.unheeded(108.0)
    assert evening.dialogue.tick(117.9) == 108.0 + ANSWER_SECONDS
    assert evening.dialogue.ending is None
    evening.dialogue.tick(118.0)
    assert evening.dialogue.ending == Ending(Trouble.SILENT)


def test_what_was_asked_on_one_line_is_not_waited_for_on_the_next() -> None:
    evening = playing()
    evening.now = 50.0
    evening.dialogue.want(list_bets(evening.dialogue.state), 50.0)
    evening.cut()
    evening.now = 70.0
    evening.open()
    assert evening.dialogue.tick(70.0) == 70.0 + ANSWER_SECONDS
    assert evening.sent[-1] == classic.RegisterPlayer(b"alice")
    evening.dialogue.want(list_bets(evening.dialogue.state), 70.0)
    assert evening.sent == []  # One is not in yet.
    evening.hear(WELCOME)
    assert evening.dialogue.state.live


def test_bytes_that_cannot_be_read_mean_another_protocol_until_one_has_sat() -> None:
    assert Evening(Enter("alice")).dialogue.unread() is Trouble.NOT_CLASSIC
    assert playing().dialogue.unread() is Trouble.BROKEN
    assert not Evening(Enter("alice")).dialogue.returns


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        ((WELCOME, OK), "a reply to nothing"),
        ((classic.BetsListed(()),), "a reply to something else"),
    ],
)
def test_a_reply_that_fits_nothing_breaks_the_line(
    replies: tuple[classic.Reply, ...], words: str
) -> None:
    evening = Evening(Enter("alice"))
    for reply in replies:
        evening.dialogue.hear(reply, 0.0)
    assert evening.dialogue.ending == Ending(Trouble.BROKEN, words=words)


# --- the line is back -----------------------------------------------------------------------------


def test_who_is_back_is_shown_what_he_had_and_looks_at_the_list() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    evening.cut()
    evening.open()
    assert evening.sent[-1] == classic.RegisterPlayer(b"alice")
    told(evening)
    evening.hear(WELCOME)
    signed_in, seated, again, listing = told(evening)
    assert signed_in == door.SignedIn(3, 1, "alice", b"", 400, 0)
    assert seated == door.SeatTaken(0, Seat.PLAYER)
    assert again == shown(balance=400, own=(Bet(17, 100),))
    assert listing == Sent(bets.ListBets(4, 1, 0, 0), AT, by_itself=True)
    assert evening.dialogue.state.status.line is Line.LIVE


def test_of_two_bets_that_nobody_answered_each_is_looked_for() -> None:
    evening = playing()
    bet(evening, 17, 100)
    bet(evening, 18, 50)
    assert not any(isinstance(each, AskedAgain) for each in told(evening))
    back(evening, classic.ListedBet("alice", 50, 18), classic.ListedBet("bob", 100, 17))
    state = evening.dialogue.state
    assert (roulette(state).round.own, state.balance, state.pending) == ({18: 50}, 450, {})
    assert [(each.reason, each.spot) for each in state.refusals] == [(Reason.OTHER, 17)]
    assert roulette(state).round.bets == {(1, 18): 50, (2, 17): 100}


def test_a_second_bet_is_not_believed_where_one_lies() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    bet(evening, 17, 50)
    back(evening, classic.ListedBet("alice", 100, 17))
    state = evening.dialogue.state
    assert (roulette(state).round.own, state.balance) == ({17: 100}, 400)
    assert [each.reason for each in state.refusals] == [Reason.OTHER]


def test_a_list_that_a_person_asks_for_ends_no_round() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    evening.hear(classic.BetsListed(()))
    assert roulette(evening.dialogue.state).round.number == 1


def test_what_is_typed_without_a_line_counts_when_there_is_one() -> None:
    evening = Evening(Enter("alice"))
    evening.cut()
    told(evening)
    evening.dialogue.remember(Enter("ann"), 1.0)
    assert told(evening) == []
    laid = place(evening.dialogue.state, {17: 5})
    evening.dialogue.remember(laid, 1.0)
    assert told(evening) == [Unsent(laid)]
    evening.open()
    assert evening.sent == [classic.RegisterPlayer(b"ann")]
