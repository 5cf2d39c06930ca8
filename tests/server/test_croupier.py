"""One batch of the croupier's: who is told what, and in which order."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from protocol import classic
from protocol.framing import Decoder, Dialect, Spoken
from server.croupier import Croupier
from server.house import House, Manner, password_digest
from server.ledger import Ledger
from server.limits import Limits, Rules
from server.pump import Pump
from server.session import Session
from server.table import Table
from tests.server.pure import PASSWORD, SEEDS

RIGHT = password_digest(PASSWORD)


class Desk:
    """A croupier whose batches a test puts together by hand; his thread is not started."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        ledger = Ledger(folder)
        stack.callback(ledger.close)
        ledger.books.make(SEEDS.table.hex(), SEEDS.seed(0).hex())
        table = Table(ledger.books, SEEDS.seed, Rules(), 0.0)
        house = House(table, ledger, Manner(croupier_digest=RIGHT), Limits(), bytes)
        self.croupier = Croupier(house, ledger, lambda: 0.0)
        self.pump = Pump("io", self.croupier.inbox, Limits(), lambda *_: None, lambda _: None)
        self.pump.thread.start()
        stack.callback(self.pump.thread.join)
        stack.callback(self.pump.stop, 0)
        self.stack = stack

    def classic_client(self, kind: int = socket.SOCK_STREAM) -> tuple[Session, socket.socket]:
        ours, theirs = socket.socketpair(type=kind)
        self.stack.enter_context(theirs)
        self.stack.enter_context(ours)
        ours.setblocking(False)
        theirs.settimeout(20)
        session = Session(ours, "10.0.0.1", self.pump, 0.0)
        session.decoder.dialect = Dialect.CLASSIC
        return session, theirs

    def batch(self, *items: tuple[Session, Spoken]) -> None:
        self.croupier._batch(list(items))
        self.croupier.tell_all()


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
    assert not desk.croupier.house.books.journal
    assert desk.croupier.ledger.finished == []
