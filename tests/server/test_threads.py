"""Threads: few, and none left when the house is closed."""

import threading
from pathlib import Path

from server.croupier import Croupier, steady_clock
from server.digests import password_digest
from server.house import House, Manner
from server.inbox import Inbox
from server.ledger import Ledger
from server.limits import Limits, Rules
from server.listener import Listener, open_port
from server.table import Table
from tests.server.guests import Modern
from tests.server.pure import SEEDS


def test_no_thread_is_left_whatever_the_clients_do(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    ledger = Ledger(tmp_path)
    ledger.books.make(SEEDS.table.hex(), SEEDS.seed(0).hex())
    clock = steady_clock()
    table = Table(ledger.books, SEEDS.seed, Rules(), clock())
    manner = Manner(croupier_digest=password_digest("x"))
    house = House(table, ledger, manner, Limits(), lambda size: b"7" * size)
    croupier = Croupier(house, ledger, clock)
    listener = Listener(open_port("127.0.0.1", 0), croupier.inbox, Limits())
    croupier.thread.start()
    listener.start()
    running = set(threading.enumerate()) - before
    assert len(running) <= 8
    guests = [Modern(listener.address[1]) for _ in range(10)]
    guests[0].sign_in("Anna")
    guests[0].sit()
    guests[1].close()
    croupier.stop()
    croupier.thread.join()
    listener.stop()
    ledger.close()
    for guest in guests:
        guest.close()
    assert set(threading.enumerate()) == before


def test_who_waits_at_a_full_inbox_goes_on_when_it_is_emptied_or_closed() -> None:
    inbox: Inbox[int] = Inbox(2)
    inbox.put([1, 2])
    thread = threading.Thread(target=inbox.put, args=([3],))
    thread.start()
    assert inbox.take(0) == [1, 2]
    assert inbox.take(20) == [3]
    thread.join()
    inbox.put([4, 5])
    thread = threading.Thread(target=inbox.put, args=([6],))
    thread.start()
    inbox.close()
    thread.join()
