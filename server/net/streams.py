"""Tells everybody what the house said: each of them in order, all of it in one piece.

Who was answered is served at once. What everybody is to be told is encoded once, and sent a few
sockets at a time, so that the requests that wait are served in between.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from protocol.classic import RegistrationAnswered, Reply
from protocol.messages.bets import BetsChanged
from protocol.messages.door import SeatTaken
from protocol.messages.lists import Farewell
from protocol.messages.records import RosterChanged
from protocol.messages.rounds import DeadlineMoved, RoundSettled
from protocol.messages.talk import Said
from protocol.wire import Message, encode
from server.log.transcript import Line
from server.net.session import NOT_TOLD, Session
from server.people.people import Client
from server.sayings import Drop, Saying, To, ToAll, ToClassic, ToEach, ToHost

log = logging.getLogger("server")

TOLD_OFTEN = frozenset((BetsChanged, RosterChanged, DeadlineMoved, Said))
"""Not in the log: what brings them about stands there under `<`."""
BY_THE_HOUSE = frozenset((Farewell.KICKED, Farewell.STOPPING))
"""Of who is parted with for what they did themselves, only `-` says why: so there is a bound to how
much of the log they fill.
"""
SEATED = frozenset((SeatTaken, RegistrationAnswered))
"""Confirms a seat: what is said to all is said to him from then on."""


class Broadcast(NamedTuple):
    """What all modern clients are told: the same, but for what is one's own in its middle."""

    before: bytes
    own: Mapping[Client, bytes]
    after: bytes
    shared: bytes
    """For who has nothing of his own."""


class Streams:
    """Knows the session of every client, and what each of them was not told yet."""

    def __init__(self) -> None:
        self.sessions: dict[Client, Session] = {}
        self._modern: dict[Client, Session] = {}
        self._classic: dict[Client, Session] = {}
        """Who hears what is said to all: everybody who has a seat, when that was confirmed."""
        self._answered: dict[Session, None] = {}
        self._before = b""
        self._own: Mapping[Client, bytes] = {}
        self._after = b""
        """What belongs to the next broadcast."""
        self._broadcasts: list[Broadcast] = []
        """The last ones, as far back as somebody has not heard them."""
        self._count = 0
        """How many there ever were; each session knows how many of them it was told."""
        self._behind: deque[Session] = deque()
        """The modern clients who are to be told some of them."""
        self._unread: deque[Session] = deque()
        """The classic clients who are to be told the results."""

    @property
    def waiting(self) -> int:
        """How many are still to be told something."""
        return len(self._behind) + len(self._unread)

    def unseat(self, client: Client) -> None:
        """What is said to all from now on is not for him."""
        session = self._modern.pop(client, None)
        if session:
            self._catch_up(session)
            session.told = NOT_TOLD
        self._classic.pop(client, None)

    def forget(self, client: Client) -> None:
        """He is gone."""
        self.unseat(client)
        self.sessions.pop(client, None)

    # --- what is said -----------------------------------------------------------------------

    def say(self, said: Iterable[Saying]) -> None:
        """Serve who was answered, and note what everybody else will be told."""
        for each in said:
            _WAYS[type(each)](self, each)
        self._spread()
        for session in self._answered:
            if session.told < self._count:
                self._catch_up(session)
            session.speak()
        self._answered.clear()

    def _to(self, said: To) -> None:
        if self._before or self._own:
            self._spread()
        client, message = said
        session = self.sessions.get(client)
        if not session:
            return
        if log.isEnabledFor(logging.DEBUG):
            log.debug("> %s %s", client.title, Line(message))
        if client.classic:
            session.speak()  # It may take what one read gives it for one reply.
        elif session.told < self._count:
            self._catch_up(session)
        session.unsaid += (_frame(message),)
        self._answered[session] = None
        if type(message) in SEATED and client.seat:
            self._seat(client, session)

    def _seat(self, client: Client, session: Session) -> None:
        if client.classic:
            self._classic[client] = session
        else:
            self._modern[client] = session
            session.told = self._count

    def _to_all(self, said: ToAll) -> None:
        message = said.message
        often = type(message) in TOLD_OFTEN
        log.log(logging.DEBUG if often else logging.INFO, "> all %s", Line(message))
        if isinstance(message, RoundSettled):
            log.info("= round %d settled %d", message.round_number, message.pocket)
        if self._own:
            self._after += _frame(message)
        else:
            self._before += _frame(message)

    def _to_each(self, said: ToEach) -> None:
        if self._own:
            self._spread()
        self._own = said.frames

    def _to_classic(self, said: ToClassic) -> None:
        frame = said.message.encode()
        for session in self._classic.values():
            session.speak()
            session.unsaid = (frame,)
            self._unread.append(session)

    def _drop(self, said: Drop) -> None:
        self._spread()
        session = self.sessions.get(said.client)
        if session:
            level = logging.INFO if said.reason in BY_THE_HOUSE else logging.DEBUG
            log.log(level, "x %s: %s", said.client.title, said.words)
            self._catch_up(session)
            session.speak()
            session.drop(said.reason, said.words)

    def _to_host(self, said: ToHost) -> None:
        log.warning("! %s", said.words)

    def _spread(self) -> None:
        """Make a broadcast of what was gathered for all. Who waits for one already comes first."""
        before, own, after = self._before, self._own, self._after
        if not before and not own:
            return
        self._before, self._own, self._after = b"", {}, b""
        self._broadcasts.append(Broadcast(before, own, after, before + after))
        self._count += 1
        everybody = self._modern.values()
        self._behind = deque(
            dict.fromkeys((*self._behind, *everybody)) if self._behind else everybody
        )

    def _catch_up(self, session: Session) -> None:
        """Note for somebody what was said to all, and he was not told."""
        if session.told < self._count:
            session.unsaid += (self._news(session),)

    def _news(self, session: Session) -> bytes:
        missed = self._count - session.told
        session.told = self._count
        news: list[bytes] = []
        for before, own, after, shared in self._broadcasts[-missed:]:
            mine = own.get(session.who)
            news += (before, mine, after) if mine else (shared,)
        return b"".join(news)

    # --- sending ----------------------------------------------------------------------------

    def tell(self, most: int) -> None:
        """Tell so many of those who wait what there is for them."""
        for _ in range(min(most, len(self._unread))):
            self._unread.popleft().speak()
        some = [self._behind.popleft() for _ in range(min(most, len(self._behind)))]
        behind = [session for session in some if session.told < self._count]
        # First all of it is put together, then all of it is sent: a send pushes what the other
        # half of the work needs out of the processor's cache.
        news = [self._news(session) for session in behind]
        for session, piece in zip(behind, news, strict=True):
            session.say(piece)
        if not self._behind:
            self._broadcasts.clear()


_WAYS: dict[type[Saying], Callable[[Streams, Any], None]] = {
    To: Streams._to,
    ToAll: Streams._to_all,
    ToEach: Streams._to_each,
    ToClassic: Streams._to_classic,
    Drop: Streams._drop,
    ToHost: Streams._to_host,
}


def _frame(message: Message | Reply) -> bytes:
    return encode(message, 1) if isinstance(message, Message) else message.encode()
