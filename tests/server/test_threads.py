"""Threads: few, and none left when the house is closed."""

import threading
from pathlib import Path

from server.books.ledger import Ledger
from server.games import GAMES, STATES
from server.games.roulette.settings import Rules
from server.house import House, Manner
from server.limits import Limits
from server.net.inbox import Inbox
from server.net.listener import Listener, open_port
from server.owner import Owner, steady_clock
from server.people.digests import password_digest
from tests.server.guests import Modern
from tests.server.pure import SEEDS


def test_no_thread_is_left_whatever_the_clients_do(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    ledger = Ledger(tmp_path, STATES)
    clock = steady_clock()
    manner = Manner(croupier_digest=password_digest("x"))
    house = House(ledger.books, ledger, manner, Limits(), lambda size: b"7" * size)
    house.open_table(GAMES["roulette"], SEEDS, Rules(), clock())
    owner = Owner(house, ledger, clock)
    listener = Listener(open_port("127.0.0.1", 0), owner.inbox, Limits())
    owner.thread.start()
    listener.start()
    running = set(threading.enumerate()) - before
    assert len(running) <= 8
    guests = [Modern(listener.address[1]) for _ in range(10)]
    guests[0].sign_in("Anna")
    guests[0].sit()
    guests[1].close()
    owner.stop()
    owner.thread.join()
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
