"""The one thread that owns the table: takes what came, does it, makes it durable, then says it.

Everything that a batch of requests changed is committed in one transaction, and nothing is said
before. A broadcast is encoded once, put into every outbox in one go, and sent a few sockets at a
time, with the requests that wait served in between.
"""

import gc
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, NoReturn

from protocol.classic import ConfirmResults, ListBets, RegistrationAnswered, Reply
from protocol.framing import Dialect, Spoken
from protocol.messages.bets import BetsChanged
from protocol.messages.door import SeatTaken
from protocol.messages.lists import Farewell
from protocol.messages.records import RosterChanged
from protocol.messages.rounds import DeadlineMoved, RoundSettled
from protocol.messages.talk import Say
from protocol.wire import Message, encode
from server import door
from server.handlers import handle
from server.house import Drop, House, Saying, To, ToAll, ToClassic, ToEach
from server.inbox import Inbox
from server.ledger import Ledger, LedgerFull, LedgerLost
from server.people import Client
from server.session import Item, Left, Session
from server.transcript import Line

log = logging.getLogger("server")

CHUNK = 64
"""So many sockets are served of a broadcast before the inbox is looked at again."""
HEARD_IN_QUIET = frozenset((ListBets, ConfirmResults, Say))
"""Not in the log: what was said to all stands there under `>`."""
TOLD_OFTEN = frozenset((BetsChanged, RosterChanged, DeadlineMoved))
SEATED = frozenset((SeatTaken, RegistrationAnswered))
"""Confirms a seat: what is said to all is said to him from then on."""
ROOM_SECONDS = 2.0
"""How often a full disk is looked at."""
EXIT_LOST = 3
YOUNG_OBJECTS = 50_000
"""So many more objects than before are made until the newest are searched for garbage."""


class Call(NamedTuple):
    """Something for the croupier's thread to do, from the console."""

    do: Callable[["Croupier"], None]


class Croupier:
    """Owns the house and the ledger."""

    def __init__(self, house: House, ledger: Ledger, clock: Callable[[], float]) -> None:
        self.house = house
        self.ledger = ledger
        self.inbox: Inbox[Item | Call] = Inbox(house.limits.inbox)
        self.clock = clock
        self._open = True
        self._sessions: dict[Client, Session] = {}
        self._crowd: dict[bool, dict[Client, Session]] = {False: {}, True: {}}
        """Who hears what is said to all, apart by whether he is a classic client: everybody whose
        seat was confirmed.
        """
        self._unheard: deque[Session] = deque()
        """Who is to be told what he does not wait for."""
        self._hung_up: list[Session] = []
        """Sessions whose peers said their last in this batch."""
        self._next_look = 0.0
        self.thread = threading.Thread(target=self._run, name="croupier")

    def stop(self) -> None:
        """Tell everybody, and end the thread; from any thread."""
        self.inbox.put([Call(Croupier._stop)])

    def _stop(self) -> None:
        self._open = False
        for client in list(self._sessions):
            self.house.drop(client, Farewell.STOPPING, "the house closes for tonight")

    # --- the loop ---------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._serve()
        except (LedgerLost, LedgerFull) as error:
            # What of the batch is on the disk nobody can say: answer nothing, and let the clients
            # ask again after the restart.
            log.critical("! %s", error)
            _exit_at_once()
        except Exception:
            log.critical("! a fault in the table itself; the books end before it", exc_info=True)
            _exit_at_once()

    def _serve(self) -> None:
        self._batch([])
        while self._open:
            items = self.inbox.take(self._timeout())
            self._batch(items)
            self._send_some(max(CHUNK, len(items)))
        self.inbox.close()
        self.send_all()

    def _timeout(self) -> float | None:
        if self._unheard:
            return 0
        moment = self.house.next_moment()
        wait = 1.0 if moment is None else max(0.0, moment - self.clock())
        return min(wait, 1.0)

    def _batch(self, items: list[Item | Call]) -> None:
        house = self.house
        now = self.clock()
        self._look_for_room(now)
        house.advance(now)
        for item in items:
            if isinstance(item, Call):
                item.do(self)
            else:
                self._hear(*item, now)
        house.advance(now)
        house.tick(now)
        finished, house.table.finished = house.table.finished, []
        self.ledger.finished += finished
        self.ledger.commit()
        said, house.said = house.said, []
        self._say(said)
        while self._hung_up:
            session = self._hung_up.pop()
            for known in (self._sessions, *self._crowd.values()):
                known.pop(session.who, None)
            session.speak()
            session.finish()

    def _look_for_room(self, now: float) -> None:
        if self.ledger.full and now >= self._next_look:
            self._next_look = now + ROOM_SECONDS
            if self.ledger.make_room():
                log.warning("= the disk has room again: bets are taken")
        if self.ledger.full != self.house.table.full:
            self.house.table.full = self.ledger.full
            if self.ledger.full:
                log.error("! the disk is full: no new bets; the open round will be settled")

    def _hear(self, session: Session, said: Spoken | Left, now: float) -> None:
        client: Client | None = session.who
        if isinstance(said, Left):
            if client:
                log.info("- %s left: %s", client.title, said.why)
                door.leave(self.house, client, cut_off=said.cut_off)
            self._hung_up.append(session)
            return
        if session.over:
            return
        if client is None:
            client = session.who = Client(session.address)
            client.classic = session.decoder.dialect is Dialect.CLASSIC
            self._sessions[client] = session
        quiet = not client.signed_in or type(said) in HEARD_IN_QUIET
        level = logging.DEBUG if quiet else logging.INFO
        if log.isEnabledFor(level):
            log.log(level, "< %s %s", client.title, Line(said))
        handle(self.house, client, said, now)
        if client.signed_in and not session.admitted:
            session.admit()
            dialect = "classic" if client.classic else "modern"
            log.info("+ %s from %s, %s", client.title, session.address, dialect)
        session.mark = client.title

    # --- speaking ---------------------------------------------------------------------------

    def _say(self, said: list[Saying]) -> None:
        """Everybody is told everything in order; those who were answered are served first."""
        answered: dict[Session, None] = {}
        for kind, same in groupby(said, type):
            if kind is ToAll:
                self._tell_all([each.message for each in same if isinstance(each, ToAll)])
                continue
            for each in same:
                match each:
                    case To(client):
                        session = self._sessions.get(client)
                        if session:
                            self._answer(session, *each)
                            answered[session] = None
                    case ToEach(frames):
                        self._tell_each(frames)
                    case ToClassic(message):
                        self._tell(self._crowd[True], message.encode())
                    case Drop():
                        self._drop(*each)
        for session in answered:
            session.speak()

    def _answer(self, session: Session, client: Client, message: Message | Reply) -> None:
        if log.isEnabledFor(logging.DEBUG):
            log.debug("> %s %s", client.title, Line(message))
        session.unsaid += (_frame(message),)
        if type(message) in SEATED and client.seat:
            self._crowd[client.classic][client] = session

    def _tell_all(self, messages: Sequence[Message]) -> None:
        """Encoded once. Who sat down later in the same batch has seen it already."""
        for message in messages:
            often = type(message) in TOLD_OFTEN
            log.log(logging.DEBUG if often else logging.INFO, "> all %s", Line(message))
            if isinstance(message, RoundSettled):
                log.info("= round %d settled %d", message.round_number, message.pocket)
        self._tell(self._crowd[False], b"".join(map(encode, messages)))

    def _tell(self, crowd: Mapping[Client, Session], said: bytes) -> None:
        frame = (said,)
        for client, session in crowd.items():
            if client.seat:
                if not session.unsaid:
                    self._unheard.append(session)
                session.unsaid += frame

    def _tell_each(self, frames: Iterable[tuple[Client, bytes]]) -> None:
        crowd = self._crowd[False]
        for client, frame in frames:
            session = crowd.get(client)
            if session:
                if not session.unsaid:
                    self._unheard.append(session)
                session.unsaid += (frame,)

    def _drop(self, client: Client, reason: Farewell, words: str) -> None:
        session = self._sessions.get(client)
        if session:
            log.info("x %s: %s", client.title, words)
            session.speak()
            session.drop(reason, words)

    def _send_some(self, most: int) -> None:
        for _ in range(min(most, len(self._unheard))):
            self._unheard.popleft().speak()
        if not self._unheard:
            self.ledger.tidy()

    def send_all(self) -> None:
        self._send_some(len(self._unheard))


def _frame(message: Message | Reply) -> bytes:
    return encode(message) if isinstance(message, Message) else message.encode()


def _exit_at_once() -> NoReturn:
    logging.shutdown()
    os._exit(EXIT_LOST)


def steady_clock() -> Callable[[], float]:
    """Seconds since 1970 that never jump: deadlines hold though the system's clock is set."""
    ahead = time.time() - time.monotonic()
    return lambda: time.monotonic() + ahead


def collect_seldom() -> None:
    """Look for circles of garbage rarely: what a table holds are trees, and at ten thousand players
    the search takes a quarter of all time. (`test_garbage.py` holds that who leaves leaves none.)
    """
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 100)
