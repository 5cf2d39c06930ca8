"""One batch of the owner's: who is told what, and in which order."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from protocol import classic
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette import records
from protocol.games.roulette.bets import PlaceBets, SayReady
from protocol.games.roulette.fields import Bet
from protocol.house.door import Goodbye, Greeting, Pong, SignIn, TakeSeat
from protocol.house.lists import Farewell, Seat
from protocol.house.talk import Say
from protocol.wire import encode
from server.books.ledger import Ledger
from server.games import GAMES, STATES
from server.games.roulette.play import roulette_at
from server.games.roulette.settings import Rules
from server.house import House, Manner
from server.limits import Limits
from server.net.io_thread import IoThread
from server.net.session import Item, Last, Left, Session
from server.owner import BATCH_SECONDS, QUESTION_SECONDS, Call, Owner
from server.people.digests import password_digest
from server.tables.hall import FIRST
from tests.server.pure import PASSWORD, SEEDS, at

RIGHT = password_digest(PASSWORD)


class Desk:
    """An owner whose batches a test puts together by hand; his thread is not started."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        ledger = Ledger(folder, STATES)
        stack.callback(ledger.close)
        house = House(ledger.books, ledger, Manner(croupier_digest=RIGHT), Limits(), bytes)
        house.open_table(GAMES["roulette"], SEEDS, Rules(least_seconds=0.0), 1000.0)
        self.owner = Owner(house, ledger, lambda: 1000.0)
        self.io_thread = IoThread("io", self.owner.inbox, Limits(), lambda *_: None, lambda _: None)
        self.io_thread.thread.start()
        stack.callback(self.io_thread.thread.join)
        stack.callback(self.io_thread.stop, 0)
        self.stack = stack

    def classic_client(self, kind: int = socket.SOCK_STREAM) -> tuple[Session, socket.socket]:
        return self._client(Dialect.CLASSIC, kind)

    def modern_client(self) -> tuple[Session, socket.socket]:
        return self._client(Dialect.MODERN, socket.SOCK_STREAM)

    def _client(self, dialect: Dialect, kind: int) -> tuple[Session, socket.socket]:
        ours, theirs = socket.socketpair(type=kind)
        self.stack.enter_context(theirs)
        ours.setblocking(False)
        theirs.settimeout(20)
        session = Session(ours, "10.0.0.1", self.io_thread, self.io_thread.now())
        session.decoder.dialect = dialect
        self.io_thread.adopt(session)
        return session, theirs

    def batch(self, *items: Item) -> None:
        self.owner.turn([(session, at(said)) for session, said in items])
        self.owner.tell_all()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def read(sock: socket.socket) -> list[Spoken]:
    return list(Decoder(Dialect.CLASSIC, from_server=True).feed(sock.recv(65536)))


def test_who_registers_in_the_batch_of_a_result_is_not_told_it_before_his_reply(
    desk: Desk,
) -> None:
    (boss, boss_end), (anna, anna_end) = desk.classic_client(), desk.classic_client()
    late, late_end = desk.classic_client()
    desk.batch(
        (boss, classic.RegisterCroupier(RIGHT)),
        (anna, classic.RegisterPlayer(b"Anna")),
        (anna, classic.PlaceBet(17, 5)),
    )
    assert [type(said) for said in read(anna_end)] == [
        classic.RegistrationAnswered,
        classic.OrderAnswered,
    ]
    desk.batch((boss, classic.StartSpin(RIGHT)), (late, classic.RegisterPlayer(b"Late")))
    assert [type(said) for said in read(anna_end)] == [classic.ResultsShown]
    assert [type(said) for said in read(boss_end)] == [
        classic.RegistrationAnswered,
        classic.OrderAnswered,
        classic.ResultsShown,
    ]
    assert read(late_end) == [classic.RegistrationAnswered(classic.Code.OK)]


def test_a_classic_client_gets_one_frame_at_a_time(desk: Desk) -> None:
    if not hasattr(socket, "SOCK_SEQPACKET"):
        pytest.skip("this system has no sockets that keep pieces apart")
    boss, end = desk.classic_client(socket.SOCK_SEQPACKET)
    anna, anna_end = desk.classic_client(socket.SOCK_SEQPACKET)
    desk.batch((boss, classic.RegisterCroupier(RIGHT)), (anna, classic.RegisterPlayer(b"Anna")))
    desk.batch((anna, classic.PlaceBet(17, 5)), (boss, classic.StartSpin(RIGHT)))
    assert [len(read(end)) for _ in range(3)] == [1, 1, 1]
    assert [len(read(anna_end)) for _ in range(3)] == [1, 1, 1]


def test_what_a_batch_did_is_durable_when_it_is_answered(desk: Desk) -> None:
    anna, end = desk.classic_client()
    desk.batch((anna, classic.RegisterPlayer(b"Anna")), (anna, classic.PlaceBet(17, 5)))
    assert len(read(end)) == 2
    assert not desk.owner.house.books.journal
    assert desk.owner.ledger.finished == []


# --- questions wait their turn ------------------------------------------------------------------


class Steps:
    """A clock that takes a step each time it is read."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 1000.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def ask(*numbers: int) -> list[records.ListResults]:
    return [records.ListResults(number) for number in numbers]


def answered(end: socket.socket, decoder: Decoder) -> list[tuple[str, int]]:
    """What came over a modern line: the kind of each answer, and its number."""
    came = list(decoder.feed(end.recv(1 << 20)))
    return [(type(said).__name__, said.number) for said in came if hasattr(said, "number")]


def seated(desk: Desk, name: str) -> tuple[Session, socket.socket, Decoder]:
    session, end = desk.modern_client()
    decoder = Decoder(Dialect.MODERN, from_server=True)
    desk.batch(
        (session, Greeting(1, 1, "a test")),
        (session, SignIn(1, name, b"", b"")),
        (session, TakeSeat(2, Seat.PLAYER, b"")),
    )
    assert answered(end, decoder) == [("SignedIn", 1), ("SeatTaken", 2)]
    return session, end, decoder


def test_in_a_batch_one_question_of_each_is_answered_in_turn(desk: Desk) -> None:
    anna, anna_end, anna_hears = seated(desk, "Anna")
    bert, bert_end, bert_hears = seated(desk, "Bert")
    desk.batch(*((anna, each) for each in ask(11, 12, 13)), *((bert, each) for each in ask(21)))
    assert answered(anna_end, anna_hears) == [("ResultsListed", 11)]
    assert answered(bert_end, bert_hears) == [("ResultsListed", 21)]
    assert desk.owner.waiting
    desk.batch()
    desk.batch()
    assert answered(anna_end, anna_hears) == [("ResultsListed", 12), ("ResultsListed", 13)]
    assert not desk.owner.waiting


def test_what_is_asked_behind_a_question_is_done_behind_it(desk: Desk) -> None:
    anna, end, hears = seated(desk, "Anna")
    desk.batch(
        *((anna, each) for each in ask(11, 12)),
        (anna, Say(13, "a line")),
    )
    assert answered(end, hears) == [("ResultsListed", 11)]
    assert not anna.over
    desk.batch()
    assert answered(end, hears) == [("ResultsListed", 12)]
    desk.batch((anna, Say(14, "behind it")))
    assert answered(end, hears) == [("Done", 13)]
    desk.batch()
    assert answered(end, hears) == [("Done", 14)]
    desk.batch((anna, Left("the connection ended", cut_off=False)))
    assert anna.over


def test_a_bet_does_not_wait_for_the_questions_of_others(desk: Desk) -> None:
    curious = [seated(desk, f"Guest {number}") for number in range(8)]
    anna, end, hears = seated(desk, "Anna")
    desk.owner.time = Steps(QUESTION_SECONDS / 2)
    desk.batch(
        *((session, each) for session, _, _ in curious for each in ask(11)),
        (anna, PlaceBets(3, 1, (Bet(17, 1),))),
    )
    assert answered(end, hears) == [("BetsPlaced", 3)]
    assert len(desk.owner._askers) in (6, 7)
    assert answered(curious[0][1], curious[0][2]) == [("ResultsListed", 11)]


def test_who_does_not_read_is_not_answered_until_there_is_room(desk: Desk) -> None:
    anna, end, hears = seated(desk, "Anna")
    filling = encode(Pong(7)) * 10_000
    while anna.has_room():
        anna.say(filling)
    desk.batch(*((anna, each) for each in ask(11, 12)))
    assert not desk.owner.waiting
    assert anna.served == 3
    end.setblocking(True)
    came: list[tuple[str, int]] = []
    while not came:
        for item in desk.owner.inbox.take(0):
            assert not isinstance(item, Call)
            desk.batch(item)
        came = answered(end, hears)
    desk.batch()
    came += answered(end, hears)
    assert came == [("ResultsListed", 11), ("ResultsListed", 12)]


def test_what_somebody_asked_who_was_dropped_is_let_go(desk: Desk) -> None:
    anna, _, _ = seated(desk, "Anna")
    asked = [*ask(11, 12), Say(13, "a line"), *ask(14)]
    anna.drop(Farewell.SLOW, "you did not read")
    desk.batch(*((anna, each) for each in asked))
    while desk.owner.streams.sessions:  # Its I/O thread says that it has left, and has room.
        desk.owner.turn(desk.owner.inbox.take(0.1))
    assert anna.served == 3 + len(asked)
    assert list(desk.owner.house.hall.tables[FIRST].talk.lines) == []


def test_a_batch_that_has_had_its_time_leaves_the_rest_for_the_next(desk: Desk) -> None:
    anna, end, hears = seated(desk, "Anna")
    desk.owner.time = Steps(BATCH_SECONDS / 4)
    desk.batch(*((anna, SayReady(10 + number, 1)) for number in range(6)))
    first = answered(end, hears)
    assert [number for _, number in first] == [10, 11, 12, 13]
    assert desk.owner.waiting
    desk.batch()
    assert [number for _, number in answered(end, hears)] == [14, 15]
    assert not desk.owner.waiting


def test_what_was_asked_before_the_last_word_is_answered_before_the_goodbye(desk: Desk) -> None:
    anna, end, hears = seated(desk, "Anna")
    goodbye = Last(Farewell.LEAVING, "goodbye")
    desk.batch((anna, ask(11)[0]), (anna, PlaceBets(3, 1, (Bet(17, 1),))), (anna, goodbye))
    assert not anna.over
    desk.batch()
    came = list(hears.feed(end.recv(1 << 20)))
    while not isinstance(came[-1], Goodbye):
        came += hears.feed(end.recv(1 << 20))
    wanted = ["ResultsListed", "BetsPlaced", "Goodbye"]
    assert [kind for said in came if (kind := type(said).__name__) in wanted] == wanted


def test_who_takes_seats_without_end_waits_like_who_asks_without_end(desk: Desk) -> None:
    curious = [seated(desk, f"Guest {number}") for number in range(8)]
    anna, end, hears = seated(desk, "Anna")
    desk.owner.time = Steps(QUESTION_SECONDS / 2)
    desk.batch(
        *((session, TakeSeat(11, Seat.WATCHER, b"")) for session, _, _ in curious),
        (anna, PlaceBets(3, 1, (Bet(17, 1),))),
    )
    assert ("BetsPlaced", 3) in answered(end, hears)
    assert len(desk.owner._askers) in (6, 7)


def test_what_a_seat_brings_about_is_durable_before_it_is_said(desk: Desk) -> None:
    """The last player who is not ready becomes a watcher: that alone turns the wheel."""
    anna, end, hears = seated(desk, "Anna")
    bert, bert_end, bert_hears = seated(desk, "Bert")
    table = roulette_at(desk.owner.house.hall.tables[FIRST])
    table.set_auto(1000.0, 300)
    desk.batch((anna, PlaceBets(3, 1, (Bet(17, 1),))), (anna, SayReady(4, 1)))
    assert table.round.number == 1
    desk.batch((bert, TakeSeat(5, Seat.WATCHER, b"")))
    assert table.round.number == 2
    assert not desk.owner.house.books.journal
    assert "RoundSettled" in [type(said).__name__ for said in hears.feed(end.recv(1 << 20))]
    assert answered(bert_end, bert_hears)[0] == ("SeatTaken", 5)
