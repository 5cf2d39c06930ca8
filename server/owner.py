"""The one thread that owns the table: takes what came, does it, makes it durable, then says it.

Everything that a batch of requests changed is committed in one transaction, and nothing is said
before (`streams.py` says it). What all are told is sent a few sockets at a time, with the requests
that wait served in between.

A batch has its time (`BATCH_SECONDS`); what came and did not fit goes into the next one. What
chips or a round wait for is done as it comes. All else (`net/cost.py`) waits in a ring of those who
want it: when a batch is said, one thing of each is done, for `QUESTION_SECONDS`, and none of
somebody whose last answer still waits to be sent; then the ring rests for `REST` times as long as
that took. So a bet seldom waits for who asks or talks, and never for long, however many they are.

The clocks of the house stand while it hears nobody, because a disk takes its time or the system
stops it: or a time that was told would be over before anybody could use it.
"""

import gc
import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, NoReturn

from protocol.classic import ConfirmResults, ListBets
from protocol.framing import Dialect, Spoken
from server.books.ledger import Ledger, LedgerFull, LedgerLost
from server.handlers import handle
from server.house import House
from server.log.shares import Shares
from server.log.transcript import Line
from server.net.cost import AT_ONCE, can_wait
from server.net.inbox import Inbox
from server.net.session import Item, Last, Left, Room, Session
from server.net.streams import CHUNK, Streams
from server.people.origin import origin_of
from server.people.people import Client
from server.tables.hall import FIRST

log = logging.getLogger("server")

BATCH_SECONDS = 0.02
"""So long a batch takes requests before it is committed and answered."""
QUESTION_SECONDS = 0.0005
REST = 1
HEARD_IN_QUIET = frozenset((ListBets, ConfirmResults))
"""Not in the log: nobody touches anything for it."""
LEFT_OUT_SECONDS = 60.0
"""How often the log says that lines were left out."""
ROOM_SECONDS = 2.0
"""How often a full disk is looked at."""
HELD_UP_SECONDS = 0.05
"""A batch, or what is told, takes no longer where nothing holds it up."""
EXIT_LOST = 3
TURN_SECONDS = 0.0005
YOUNG_OBJECTS = 250_000
"""So many more objects than before are made until the newest are searched for garbage."""


class Call(NamedTuple):
    """Something for the owner's thread to do, from the console."""

    do: Callable[["Owner"], None]


class Owner:
    """Owns the house and the ledger."""

    def __init__(self, house: House, ledger: Ledger, clock: Callable[[], float]) -> None:
        self.house = house
        self.ledger = ledger
        self.inbox: Inbox[Item | Call] = Inbox(house.limits.inbox)
        self.time = clock
        self._looked = 0.0
        """When it last looked whether it was held up."""
        self._came: deque[Item | Call] = deque()
        """What was taken from the inbox, and has not had its turn."""
        self._askers: deque[Session] = deque()
        """Whose question waits, in turn; not of those who have no room for an answer."""
        self._behind: list[tuple[Session, Spoken | Last | Left]] = []
        """What came behind a question that is answered now, up to the next one."""
        self._rested = 0.0
        """When questions are answered again."""
        self._open = True
        self.streams = Streams(self._note_doing)
        self._when_kept: list[Callable[[], None]] = []
        """What is done for the console when this batch is in the books."""
        self._part: list[tuple[Session, Last]] = []
        """Who said their last, and is told goodbye when this batch is answered."""
        self._hung_up: list[Session] = []
        """Sessions whose peers said their last in this batch."""
        self._next_look = 0.0
        at_once, a_second = house.limits.logged_burst, house.limits.logged_a_second
        self._asking = Shares(at_once, a_second)
        """How much of the log each address has filled with what people ask for, ..."""
        self._coming = Shares(at_once / 4, a_second / 4)
        """... and with who comes and goes under a name, or is warned by the house itself: neither
        kind of line hides the other.
        """
        self._next_told = 0.0
        self.thread = threading.Thread(target=self._run, name="owner")

    def clock(self) -> float:
        """What the clocks of the house show."""
        return self.time() - self.house.calendar.stood

    def stop(self) -> None:
        """Tell everybody, and end the thread; from any thread."""
        self.inbox.put([Call(Owner._stop)])

    def _stop(self) -> None:
        self._open = False
        self.house.close(self.streams.sessions)

    def when_kept(self, do: Callable[[], None]) -> None:
        """For a `Call`: do this once what was done is durable, as the host is told no sooner."""
        self._when_kept.append(do)

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
        self._looked = self.clock()
        self.turn([])
        while self._open:
            wait = 0.0 if self._came else self._timeout()
            items = () if self._came else self.inbox.take(wait)
            self._stand_still(wait)
            self.turn(items)
        self.inbox.close()

    def _stand_still(self, wait: float) -> None:
        """Where much more time has passed since the last look than was to be waited, a disk or the
        system kept the house from hearing anybody: for so long its clocks stood.
        """
        now = self.clock()
        kept = now - self._looked - wait - HELD_UP_SECONDS
        if kept > 0:
            self.house.calendar.stood += kept
            now -= kept
        self._looked = now

    def _timeout(self) -> float:
        if self.streams.waiting or self._behind:
            return 0
        now, waits, due = self.time(), [1.0], self.house.next_moment()
        if due is not None:
            waits.append(due + self.house.calendar.stood - now)
        if self._askers:
            waits.append(self._rested - now)
        return max(0.0, min(waits))

    @property
    def waiting(self) -> bool:
        """Whether something that came has not had its turn, though it could."""
        return bool(self._came or self._askers or self._behind)

    def turn(self, items: Iterable[Item | Call]) -> None:
        """One batch of what came, and a part of what is to be told to all."""
        self._came += items
        done = self._batch()
        self._tell_some(max(CHUNK, done))

    def _batch(self) -> int:
        """How many requests it took."""
        house, came = self.house, self._came
        began = self.time()
        now = began - self.house.calendar.stood
        self._look_for_room(began)
        if now >= self._next_told:
            self._tell_left_out(now)
        house.advance(now)
        behind, self._behind = self._behind, []
        for session, said in behind:
            self._do(session, said, now)
        waiting, until = len(came), began + BATCH_SECONDS
        while came:
            item = came.popleft()
            if isinstance(item, Call):
                item.do(self)
                house.hall.touch_all()  # The host may have set whatever clock.
            else:
                self._hear(*item, now)
            if came and self.time() >= until:
                break
        house.advance(now)
        house.tick(now)
        self._say()
        for session, last in self._part:
            session.drop(last.reason, last.words)
        self._part.clear()
        while self._hung_up:
            session = self._hung_up.pop()
            self.streams.forget(session.who)
            session.finish()
        self._answer_some(now)
        return waiting - len(came)

    def _say(self) -> None:
        """Make durable what was done, and only then say it."""
        house = self.house
        self.ledger.finished += house.take_finished()
        self.ledger.commit()
        said, house.said = house.said, []
        self.streams.say(said)
        when_kept, self._when_kept = self._when_kept, []
        for do in when_kept:
            do()
        moved, house.people.moved = house.people.moved, []
        for client in moved:
            if session := self.streams.sessions.get(client):
                session.stand(house.standing(client))

    def _answer_some(self, now: float) -> None:
        """A question of each who asks, in turn, as far as there is time."""
        began = self.time()
        if not self._askers or began < self._rested:
            return
        for _ in range(len(self._askers)):
            session = self._askers.popleft()
            if session.has_room():
                self._answer(session, now)
            if self.time() >= began + QUESTION_SECONDS:
                break
        ended = self.time()
        self._rested = ended + REST * (ended - began)

    def _answer(self, session: Session, now: float) -> None:
        asked = session.asked
        self._do(session, asked.popleft(), now)
        self._say()
        while asked and not can_wait(session.who, asked[0]):
            self._behind.append((session, asked.popleft()))
        if asked:
            self._queue(session)

    def _queue(self, session: Session) -> None:
        """Its turn is the last; but the next where a draw waits for something of what it asks."""
        client, house = session.who, self.house
        if (
            client
            and house.hall.has_say(client.account)
            and any(house.is_last_word(client, each) for each in session.asked)
        ):
            self._askers.appendleft(session)
        else:
            self._askers.append(session)

    def _tell_some(self, most: int) -> None:
        self.streams.tell(most)
        if not self.streams.waiting:
            self.ledger.tidy()

    def tell_all(self) -> None:
        self._tell_some(self.streams.waiting)

    def _look_for_room(self, now: float) -> None:
        if self.ledger.full and now >= self._next_look:
            self._next_look = now + ROOM_SECONDS
            if self.ledger.make_room():
                log.warning("= the disk has room again: bets are taken")
        if self.ledger.full != self.house.disk.full:
            self.house.disk.full = self.ledger.full
            if self.ledger.full:
                log.error("! the disk is full: nothing new; the open round will be settled")

    def _tell_left_out(self, now: float) -> None:
        self._next_told = now + LEFT_OUT_SECONDS
        for shares in (self._asking, self._coming):
            if words := shares.left_out():
                log.warning("… %s", words)

    def _note_request(self, client: Client, said: Any, now: float) -> None:
        table = 0 if client.classic else said.table
        # The first goes without saying, of who sits at no other.
        where = f" at table {table}" if table > FIRST or (table and len(client.seats) > 1) else ""
        if not client.signed_in or type(said) in HEARD_IN_QUIET:
            log.debug("< %s%s %s", client.title, where, Line(said))
        else:
            self._note(client, now, "< %s%s %s", client.title, where, Line(said), came=False)

    def _note_arrival(self, client: Client, now: float) -> None:
        dialect = "classic" if client.classic else "modern"
        words = "+ %s from %s, %s"
        self._note(client, now, words, client.title, client.address, dialect, came=True)

    def _note_doing(self, address: str, words: str, *args: object) -> None:
        """What everybody is told because of somebody who could make it be told without end."""
        if not log.isEnabledFor(logging.INFO):
            return
        if line := self._coming.fit(origin_of(address).near, self.house.now, words, *args):
            log.info("%s", line)

    def _note(self, client: Client, now: float, words: str, *args: object, came: bool) -> None:
        """A line of the log that somebody brings about, as far as there is room for theirs."""
        if log.isEnabledFor(logging.INFO):
            shares = self._coming if came and client.account else self._asking
            if line := shares.fit(origin_of(client.address).near, now, words, *args):
                log.info("%s", line)

    def _hear(self, session: Session, said: Spoken | Last | Left | Room, now: float) -> None:
        """Do it, or let it wait for its turn, with all that comes behind it on its line. Is that a
        secret that a draw waits for, the line has its turn at once.
        """
        if isinstance(said, Room):
            if session.asked:
                self._queue(session)
        elif session.asked:
            session.asked.append(said)
            last_word = session.who and self.house.is_last_word(session.who, said)
            if last_word and session in self._askers:  # It is not there while it reads nothing.
                self._askers.remove(session)
                self._queue(session)
        elif (
            (kind := type(said)) in AT_ONCE
            and (who := session.who)
            and who.account
            and kind not in who.refused
        ):
            self._do(session, said, now)  # So it is at nearly every request.
        elif not can_wait(session.who, said):
            self._do(session, said, now)
        else:
            session.asked.append(said)
            self._askers.append(session)

    def _do(self, session: Session, said: Spoken | Last | Left, now: float) -> None:
        client: Client | None = session.who
        if isinstance(said, Last):
            self._part.append((session, said))
            return
        if isinstance(said, Left):
            if client:
                self._note(client, now, "- %s left: %s", client.title, said.why, came=True)
                self.house.leave(client, cut_off=said.cut_off)
            self._hung_up.append(session)
            return
        session.serve()
        if session.over:
            return
        if client is None:
            client = session.who = Client(session.address)
            client.classic = session.decoder.dialect is Dialect.CLASSIC
            self.streams.sessions[client] = session
        if log.isEnabledFor(logging.INFO):
            self._note_request(client, said, now)
        handle(self.house, client, said, now)
        if client.signed_in:
            if not session.admitted:
                self._note_arrival(client, now)
            session.stand(self.house.standing(client))


def _exit_at_once() -> NoReturn:
    logging.shutdown()
    os._exit(EXIT_LOST)


def steady_clock() -> Callable[[], float]:
    """Seconds since 1970 that never jump: deadlines hold though the system's clock is set."""
    ahead = time.time() - time.monotonic()
    return lambda: time.monotonic() + ahead


def take_turns_quickly() -> None:
    """A thread that has something to do waits this long at most for one that goes on computing. By
    itself Python lets it wait 5 ms, and a bet that comes while everybody is told something waits
    for that more than once.
    """
    sys.setswitchinterval(TURN_SECONDS)


def collect_seldom() -> None:
    """Look for circles of garbage rarely: what a table holds are trees, and at ten thousand players
    the search takes a quarter of all time. (`test_garbage.py` holds that who leaves leaves none.)
    """
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 100)
