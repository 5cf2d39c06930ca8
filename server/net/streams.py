"""Tells everybody what the house said: each of them in order, all of it in one piece.

Who was answered is served at once. What all at a table are told is a stream of its own
(`stream.py`). The streams that somebody waits for are fed in turn, a few sockets of each at a time:
the requests that wait are served in between, and a table of ten thousand keeps no other waiting.
What one client is told of one table stays in the order in which it was said.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from protocol.classic import RegistrationAnswered, Reply
from protocol.house.door import SeatTaken, SignedIn
from protocol.house.lists import Farewell
from protocol.wire import Message, encode
from server.log.transcript import Line
from server.net.session import Session
from server.net.stream import Stream
from server.people.people import Client
from server.sayings import (
    NO_TABLE,
    Drop,
    Saying,
    Shut,
    To,
    ToAll,
    ToClassic,
    ToEach,
    ToHost,
    Unseated,
)

log = logging.getLogger("server")

CHUNK = 64
"""So many sockets are served of a table before another has its turn, or the inbox."""
BY_THE_HOUSE = frozenset((Farewell.KICKED, Farewell.STOPPING))
"""Of who is parted with for what they did themselves, only `-` says why: so there is a bound to how
much of the log they fill.
"""
SEATED = frozenset((SeatTaken, RegistrationAnswered))
"""Confirms a seat: what is said to all is said to him from then on."""


class Streams:
    """Knows the session of every client, and the stream of every table and of the house."""

    def __init__(self, note: Callable[..., None]) -> None:
        """`note`: how the log has what somebody can bring about alone, by their address."""
        self._note = note
        self.sessions: dict[Client, Session] = {}
        self._streams: defaultdict[int, Stream] = defaultdict(Stream)
        """By the number of the table; that of the house by none."""
        self._gathered: dict[Stream, None] = {}
        """Where something was said that is no broadcast yet."""
        self._waiting: dict[Stream, None] = {}
        """Of which somebody is still to be told something, in turn."""
        self._answered: dict[Session, None] = {}

    @property
    def waiting(self) -> int:
        """How many are still to be told something."""
        return sum([stream.waiting for stream in self._waiting])

    def forget(self, client: Client) -> None:
        """He is gone."""
        session = self.sessions.pop(client, None)
        if session:
            self._catch_up(session)
            for stream in session.streams:
                stream.leave(session)

    # --- what is said -----------------------------------------------------------------------

    def say(self, said: Iterable[Saying]) -> None:
        """Serve who was answered, and note what everybody else will be told."""
        for each in said:
            _WAYS[type(each)](self, each)
        for stream in self._gathered:
            self._spread(stream)
        self._gathered.clear()
        for session in self._answered:
            if self._waiting:
                self._catch_up(session)
            session.speak()
        self._answered.clear()

    def _to(self, said: To) -> None:
        client, message, table = said
        session = self.sessions.get(client)
        if not session:
            return
        if log.isEnabledFor(logging.DEBUG):
            log.debug("> %s %s", client.title, Line(message))
        if client.classic:
            session.speak()  # It may take what one read gives it for one reply.
        elif self._waiting or self._gathered:
            self._catch_up(session)
        session.unsaid += (_frame(message, table),)
        self._answered[session] = None
        if type(message) is SignedIn:
            self._hear(session, NO_TABLE)
        if type(message) in SEATED and table in client.seats:
            self._hear(session, table)

    def _hear(self, session: Session, table: int) -> None:
        """What is said there from now on."""
        stream = self._streams[table]
        self._spread(stream)
        stream.join(session)

    def _to_all(self, said: ToAll) -> None:
        table, message, by = said
        where = f"table {table}" if table else "everybody"
        if by:
            self._note(by, "> %s %s", where, Line(message))
        else:
            level = logging.DEBUG if message.OFTEN else logging.INFO
            log.log(level, "> %s %s", where, Line(message))
        stream = self._streams[table]
        stream.gather(encode(message, table))
        self._gathered[stream] = None

    def _to_each(self, said: ToEach) -> None:
        if said.over:
            log.info("= %s at table %d", said.over, said.table)
        stream = self._streams[said.table]
        stream.gather_each(said.frames)
        self._gathered[stream] = None

    def _to_classic(self, said: ToClassic) -> None:
        stream = self._streams[said.table]
        stream.say_to_classic(said.message.encode())
        self._waiting[stream] = None

    def _unseated(self, said: Unseated) -> None:
        session = self.sessions.get(said.client)
        if session:
            stream = self._streams[said.table]
            self._catch_up(session)
            stream.leave(session)

    def _shut(self, said: Shut) -> None:
        log.info("= table %d is closed", said.table)
        stream = self._streams.pop(said.table, None)
        if stream:
            self._gathered.pop(stream, None)

    def _drop(self, said: Drop) -> None:
        session = self.sessions.get(said.client)
        if session:
            level = logging.INFO if said.reason in BY_THE_HOUSE else logging.DEBUG
            log.log(level, "x %s: %s", said.client.title, said.words)
            self._catch_up(session)
            session.speak()
            session.drop(said.reason, said.words)

    def _to_host(self, said: ToHost) -> None:
        log.warning("! %s", said.words)

    def _catch_up(self, session: Session) -> None:
        """Note for somebody what was said to all before this, and he was not told."""
        for stream in session.streams:
            if stream in self._gathered:
                self._spread(stream)
            if stream.told.get(session, stream.count) < stream.count:
                session.unsaid += (stream.news(session),)

    def _spread(self, stream: Stream) -> None:
        stream.spread()
        self._waiting[stream] = None

    # --- sending ----------------------------------------------------------------------------

    def tell(self, most: int) -> None:
        """Tell so many of those who wait what there is for them, `CHUNK` of a table at a time."""
        while most > 0 and self._waiting:
            some = min(most, CHUNK) if len(self._waiting) > 1 else most
            stream = next(iter(self._waiting))
            del self._waiting[stream]
            most -= stream.tell(some)
            if stream.waiting:
                self._waiting[stream] = None


_WAYS: dict[type[Saying], Callable[[Streams, Any], None]] = {
    To: Streams._to,
    ToAll: Streams._to_all,
    ToEach: Streams._to_each,
    ToClassic: Streams._to_classic,
    Unseated: Streams._unseated,
    Drop: Streams._drop,
    ToHost: Streams._to_host,
    Shut: Streams._shut,
}


def _frame(message: Message | Reply, table: int) -> bytes:
    return encode(message, table) if isinstance(message, Message) else message.encode()
