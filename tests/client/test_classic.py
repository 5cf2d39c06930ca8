"""A client in the assignment's protocol."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from client.classic import ClassicDialogue
from client.dialogue import Ending
from client.games.roulette.requests import (
    close_betting,
    list_bets,
    place,
    set_auto,
    start_spin,
    take_back,
)
from client.games.roulette.state import pending_chips, roulette
from client.house.bounds import NAMES_KEPT
from client.house.events import LinkGone, Trouble
from client.house.state import Line
from client.link import Link
from client.requests import Enter, digest
from protocol import classic
from protocol.classic import Code
from protocol.framing import Decoder, Dialect
from protocol.games.roulette import rounds
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import EVEN, ODD, RED
from protocol.house.lists import Reason, Seat
from protocol.house.people import RosterChanged
from tests.client.loopback import PATIENCE, until
from tests.client.states import over
from tests.client.things import Things


class Evening:
    """A dialogue, and what it sends as the server reads it."""

    def __init__(self, enter: Enter) -> None:
        self.dialogue = ClassicDialogue(Things().means(), enter)
        self.now = 0.0
        self.dialogue.connecting("there", 1234, self.now)
        self.open()

    def open(self) -> None:
        self.reader = Decoder(Dialect.CLASSIC)
        self.dialogue.up(self.now)

    def cut(self) -> None:
        self.dialogue.cut(Ending(Trouble.CUT), self.now, self.now)

    @property
    def sent(self) -> list[object]:
        frames, self.dialogue.frames = self.dialogue.frames, []
        return [said for frame in frames for said in self.reader.feed(frame)]

    def hear(self, *replies: classic.Reply) -> None:
        reader = self.dialogue.decoder()
        for reply in replies:
            for said in reader.feed(reply.encode()):
                self.dialogue.hear(said, self.now)


OK = classic.OrderAnswered(Code.OK)
WELCOME = classic.RegistrationAnswered(Code.OK)


def playing(name: str = "alice") -> Evening:
    evening = Evening(Enter(name))
    assert evening.sent == [classic.RegisterPlayer(name.encode())]
    evening.hear(WELCOME)
    return evening


def bet(evening: Evening, spot: int, chips: int) -> None:
    evening.dialogue.want(place(evening.dialogue.state, {spot: chips}), 0.0)


def test_a_player_registers_and_has_the_opening_stack_by_his_own_sum() -> None:
    state = playing().dialogue.state
    assert state.classic
    assert (state.name, state.table.seat, state.balance) == ("alice", Seat.PLAYER, 500)
    assert (state.status.line, roulette(state).round.phase) == (Line.LIVE, Phase.BETTING)
    assert roulette(state).deadline is None


@pytest.mark.parametrize(("spot", "theirs"), [(17, 17), (0, 0), (36, 36), (EVEN, 37), (ODD, 38)])
def test_a_bet_goes_out_in_the_assignments_words(spot: int, theirs: int) -> None:
    evening = playing()
    bet(evening, spot, 100)
    assert evening.sent == [classic.PlaceBet(theirs, 100)]
    assert pending_chips(evening.dialogue.state) == {spot: 100}
    evening.hear(OK)
    state = evening.dialogue.state
    assert (roulette(state).round.own, state.balance, state.pending) == ({spot: 100}, 400, {})


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (Code.SECOND_BET, Reason.OVER_TABLE_MOST),
        (Code.NOT_ENOUGH_CHIPS, Reason.NOT_ENOUGH_CHIPS),
        (Code.REFUSED, Reason.OTHER),
    ],
)
def test_a_refused_bet_is_told_where_it_lay(code: Code, reason: Reason) -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(classic.OrderAnswered(code))
    (refusal,) = evening.dialogue.state.refusals
    assert (refusal.reason, refusal.spot) == (reason, 17)
    assert evening.dialogue.state.balance == 500


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (Code.NAME_TAKEN, Reason.NAME_TAKEN),
        (Code.CROUPIER_EXISTS, Reason.SEAT_TAKEN),
        (Code.WRONG_PASSWORD, Reason.WRONG_CROUPIER_PASSWORD),
        (Code.REFUSED, Reason.OTHER),
    ],
)
def test_a_refused_registration_leaves_one_at_the_door_for_another_try(
    code: Code, reason: Reason
) -> None:
    evening = Evening(Enter("alice"))
    evening.hear(classic.RegistrationAnswered(code))
    assert evening.dialogue.state.refusals[-1].reason is reason
    assert evening.dialogue.state.status.line is Line.DOOR
    assert evening.sent
    evening.dialogue.want(Enter("bob"), 0.0)
    assert evening.sent == [classic.RegisterPlayer(b"bob")]
    evening.hear(WELCOME)
    assert evening.dialogue.state.name == "bob"


def test_what_the_assignment_has_no_frame_for_is_refused_here() -> None:
    evening = playing()
    state = evening.dialogue.state
    assert evening.sent == []
    for wish in (
        place(state, {RED: 5}),
        place(state, {1: 5, 2: 5}),
        place(state, {1: 70_000}),
        take_back(state, {}),
        start_spin(state),
        close_betting(state),
        set_auto(30),
    ):
        evening.dialogue.want(wish, 0.0)
    assert evening.sent == []
    assert len(evening.dialogue.state.refusals) == 7
    assert evening.dialogue.state.pending == {}


def test_the_list_shows_everybodys_bets_by_name() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    rows = (classic.ListedBet("alice", 100, 17), classic.ListedBet("боб", 50, 38))
    evening.hear(OK, classic.BetsListed(rows))
    state = evening.dialogue.state
    named = {
        (state.name_of(who), spot): chips
        for (who, spot), chips in roulette(state).round.bets.items()
    }
    assert named == {("alice", 17): 100, ("боб", ODD): 50}
    assert {spot: total.chips for spot, total in roulette(state).round.totals.items()} == {
        17: 100,
        ODD: 50,
    }
    assert (roulette(state).round.players, roulette(state).round.staked) == (2, 150)


def test_results_are_confirmed_and_counted() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    assert evening.sent
    rows = (classic.Result("боб", -50), classic.Result("alice", 3500))
    evening.hear(classic.ResultsShown(17, rows))
    assert evening.sent == [classic.ConfirmResults()]
    state = evening.dialogue.state
    assert state.balance == 400 + 100 + 3500
    assert roulette(state).round.number == 2
    assert roulette(state).round.own == {}
    assert (over(state).pocket, over(state).net) == (17, 3500)
    settled = over(state).settled
    assert settled is not None
    assert [(each.name, each.net) for each in settled.top] == [
        ("alice", 3500),
        ("боб", -50),
    ]
    assert roulette(state).statistics.pockets == (17,)
    assert state.table.verdicts == {}


def test_results_may_come_between_a_request_and_its_reply() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    evening.hear(classic.ResultsShown(3, (classic.Result("alice", -100),)), classic.BetsListed(()))
    state = evening.dialogue.state
    assert (state.balance, roulette(state).round.number, state.pending) == (400, 2, {})
    assert evening.dialogue.ending is None


def test_the_croupier_starts_the_wheel_with_the_password() -> None:
    evening = Evening(Enter("", Seat.CROUPIER, "пароль"))
    assert evening.sent == [classic.RegisterCroupier(digest("пароль"))]
    evening.hear(WELCOME)
    evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
    evening.dialogue.want(start_spin(evening.dialogue.state), 0.0)
    assert evening.sent == [
        classic.ListBets(as_croupier=True),
        classic.StartSpin(digest("пароль")),
    ]
    evening.hear(classic.BetsListed(()), classic.OrderAnswered(Code.NOT_ENOUGH_PLAYERS))
    assert evening.dialogue.state.refusals[-1].reason is Reason.NOT_ENOUGH_PLAYERS
    evening.dialogue.want(start_spin(evening.dialogue.state), 0.0)
    evening.hear(OK, classic.ResultsShown(0, ()))
    assert evening.sent[-1] == classic.ConfirmResults(as_croupier=True)
    assert roulette(evening.dialogue.state).statistics.pockets == (0,)


def test_a_reply_to_nothing_or_to_something_else_ends_the_line() -> None:
    evening = playing()
    evening.hear(OK)
    assert evening.dialogue.ending is not None
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(classic.BetsListed(()))
    assert evening.dialogue.ending is not None


def test_silence_at_the_door_is_not_this_protocol() -> None:
    evening = Evening(Enter("alice"))
    due = evening.dialogue.tick(0.0)
    assert evening.dialogue.ending is None
    evening.dialogue.tick(due)
    assert evening.dialogue.ending == Ending(Trouble.NOT_CLASSIC)


def back(evening: Evening, *bets: classic.ListedBet) -> None:
    """The line was lost and is there again, and these bets lie on the table."""
    evening.cut()
    evening.open()
    assert evening.sent[-1] == classic.RegisterPlayer(b"alice")
    evening.hear(WELCOME)
    assert evening.sent == [classic.ListBets()]
    evening.hear(classic.BetsListed(bets))


def test_a_bet_still_lies_after_a_cut() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    back(evening, classic.ListedBet("alice", 100, 17))
    state = evening.dialogue.state
    assert (roulette(state).round.number, roulette(state).round.own, state.balance) == (
        1,
        {17: 100},
        400,
    )


def test_a_cut_before_any_bet_has_opened_no_round() -> None:
    evening = playing()
    back(evening)
    assert roulette(evening.dialogue.state).round.number == 1


def test_who_was_refused_does_not_ask_again_by_himself() -> None:
    evening = Evening(Enter("alice"))
    assert evening.sent == [classic.RegisterPlayer(b"alice")]
    evening.hear(classic.RegistrationAnswered(Code.NAME_TAKEN))
    evening.cut()
    evening.open()
    assert evening.sent == []


def test_a_refused_bet_costs_nobody_the_way_back() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(classic.OrderAnswered(Code.SECOND_BET))
    back(evening)


def test_what_is_wanted_without_a_line_is_told_as_unsent() -> None:
    evening = playing()
    evening.cut()
    evening.dialogue.remember(place(evening.dialogue.state, {17: 1}), 5.0)
    (refusal,) = evening.dialogue.state.refusals
    assert (refusal.reason, refusal.request) == (None, place(evening.dialogue.state, {17: 1}))
    assert evening.dialogue.news[-1].at == 5.0


@pytest.mark.parametrize("spot", [37, 38, 97, 156])
def test_a_spot_that_the_assignment_has_not_is_refused_here(spot: int) -> None:
    evening = playing()
    taken = spot in (EVEN, ODD)
    bet(evening, spot, 1)
    assert bool(evening.sent) == taken
    assert [each.spot for each in evening.dialogue.state.refusals] == [spot] * (not taken)


def test_a_name_that_is_not_known_is_nobodys_and_a_loss_of_chips_unseen_is_none() -> None:
    evening = playing()
    assert evening.dialogue._account("nobody") == 0
    evening.hear(classic.ResultsShown(3, (classic.Result("bob", -50),)))
    settled = next(
        each.said for each in evening.dialogue.news if isinstance(each.said, rounds.RoundSettled)
    )
    assert (settled.staked, settled.returned) == (0, 0)


def test_a_bet_whose_reply_was_lost_is_looked_for_in_the_list() -> None:
    evening = playing()
    bet(evening, 17, 100)
    back(evening, classic.ListedBet("alice", 100, 17))
    state = evening.dialogue.state
    assert (roulette(state).round.own, state.balance, state.pending) == ({17: 100}, 400, {})
    evening = playing()
    bet(evening, 17, 100)
    back(evening)
    state = evening.dialogue.state
    assert (roulette(state).round.own, state.balance, state.pending) == ({}, 500, {})
    assert state.refusals[-1].spot == 17


def test_a_round_that_ended_while_the_line_was_down_is_over() -> None:
    evening = playing()
    bet(evening, 17, 100)
    evening.hear(OK)
    back(evening)
    state = evening.dialogue.state
    assert (roulette(state).round.number, roulette(state).round.own, state.balance) == (2, {}, 400)


# --- over a real line -----------------------------------------------------------------------------


@contextmanager
def served(serve: Callable[[socket.socket], None]) -> Iterator[Link]:
    """A client at a server of somebody else's making."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            line, _ = listener.accept()
            with line:
                serve(line)

        thread = threading.Thread(target=accept)
        thread.start()
        dialogue = ClassicDialogue(Things().means(), Enter("alice"))
        link = Link(
            "127.0.0.1",
            listener.getsockname()[1],
            dialogue,
            pauses=lambda: itertools.repeat(60.0),
        )
        link.start()
        try:
            yield link
        finally:
            link.close()
            thread.join(PATIENCE)


def test_the_golden_bytes_make_an_evening() -> None:
    def serve(line: socket.socket) -> None:
        talk = (
            ("000000000005616c696365", "00"),
            ("20250064", "40"),
            ("40", "800000000001" + "0000000005616c6963650064" + "25"),
            ("", "c01e00000000020000000005616c69636500640000000006d091d0bed0b1ffce"),
            ("60", ""),
        )
        for heard, said in talk:
            wanted = bytes.fromhex(heard)
            got = b""
            while len(got) < len(wanted):
                got += line.recv(len(wanted) - len(got))
            assert got == wanted
            line.sendall(bytes.fromhex(said))
        assert line.recv(1) == b""

    with served(serve) as link:
        until(link, lambda state: state.live)
        link.want(place(link.state, {EVEN: 100}))
        until(link, lambda state: roulette(state).round.own == {EVEN: 100})
        link.want(list_bets(link.state))
        until(link, lambda state: roulette(state).round.number == 2)
        assert link.state.balance == 600
        assert roulette(link.state).statistics.pockets == (30,)


def test_a_server_that_hangs_up_on_the_registration_is_told() -> None:
    with served(lambda line: line.close()) as link:
        steps = until(link, lambda state: state.status.line is Line.GONE)
        assert isinstance(steps[-1].said, LinkGone)
        assert link.state.status.trouble is Trouble.NOT_CLASSIC


def test_a_house_of_countless_names_is_remembered_in_part_and_oneself_always() -> None:
    evening = Evening(Enter("Ann"))
    evening.hear(classic.RegistrationAnswered(Code.OK))
    me = evening.dialogue.state.account
    for at in range(0, NAMES_KEPT + 4000, 2000):
        rows = [classic.Result(f"guest {at + each}", 5) for each in range(2000)]
        evening.hear(classic.ResultsShown(17, rows))
        state = evening.dialogue.state
        assert len(evening.dialogue._known) <= NAMES_KEPT + 1
        assert max(len(state.table.roster), len(state.names)) <= NAMES_KEPT
    assert evening.dialogue._known["Ann"] == me
    assert evening.dialogue._known[f"guest {NAMES_KEPT + 3999}"] > NAMES_KEPT


def test_names_that_are_new_together_come_to_the_table_together() -> None:
    evening = Evening(Enter("Ann"))
    evening.hear(classic.RegistrationAnswered(Code.OK))
    evening.dialogue.news.clear()
    rows = [classic.Result(name, 5) for name in ("Bob", "Carl", "Bob")]
    evening.hear(classic.ResultsShown(17, rows))
    said = [each.said for each in evening.dialogue.news]
    (came,) = [each for each in said if isinstance(each, RosterChanged)]
    assert [each.name for each in came.changes] == ["Bob", "Carl"]
    assert came.seated == 3


def test_a_name_that_was_refused_is_not_tried_by_itself_on_the_next_line() -> None:
    evening = Evening(Enter("alice"))
    evening.hear(classic.RegistrationAnswered(Code.NAME_TAKEN))
    evening.cut()
    evening.open()
    assert evening.sent == []
    evening.dialogue.want(Enter("ann"), 0.0)
    assert evening.sent == [classic.RegisterPlayer(b"ann")]


def test_every_list_is_newer_and_told_when_it_is_heard() -> None:
    evening = playing()
    for revision, now in ((1, 3.0), (2, 5.0)):
        evening.dialogue.want(list_bets(evening.dialogue.state), 0.0)
        evening.now = now
        evening.hear(classic.BetsListed(()))
        assert evening.dialogue.news[-1].at == now
        assert roulette(evening.dialogue.state).round.revision == revision
