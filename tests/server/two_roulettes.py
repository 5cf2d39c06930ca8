"""A real house with two roulettes, in this process: threads, sockets and books."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.books.ledger import Ledger
from server.draw.seeds import STRETCH, Seeds
from server.games import GAMES, STATES
from server.games.roulette.settings import Rules
from server.house import House, Manner
from server.limits import Limits
from server.net.listener import Listener, open_port
from server.owner import Owner, steady_clock
from server.people.digests import password_digest
from tests.server.pure import PASSWORD, SEEDS

SECOND = Seeds.make(bytes(range(100, 116)), bytes(range(100, 132)), 4 * STRETCH)


@contextmanager
def two_roulettes(folder: Path, port: int = 0) -> Iterator[tuple[House, int]]:
    """The house, and its port."""
    ledger, clock = Ledger(folder, STATES), steady_clock()
    manner = Manner(croupier_digest=password_digest(PASSWORD))
    house = House(ledger.books, ledger, manner, Limits(), lambda size: b"7" * size)
    for seeds in (SEEDS, SECOND):
        house.open_table(GAMES["roulette"], seeds, Rules(), clock())
    owner = Owner(house, ledger, clock)
    listener = Listener(open_port("127.0.0.1", port), owner.inbox, Limits())
    owner.thread.start()
    listener.start()
    try:
        yield house, listener.address[1]
    finally:
        owner.stop()
        owner.thread.join()
        listener.stop()
        ledger.close()
