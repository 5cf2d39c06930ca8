"""Tells everybody what the house said: each of them in order, all of it in one piece.

Who was answered is served at once. What everybody is to be told is encoded once, and sent a few
sockets at a time, so that the requests that wait are served in between.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from protocol.classic import RegistrationAnswered, Reply
from protocol.messages.bets import BetsChanged
from protocol.messages.door import SeatTaken
from protocol.messages.records import RosterChanged
from protocol.messages.rounds import DeadlineMoved, RoundSettled
from protocol.wire import Message, encode
from server.house import Drop, Saying, To, ToAll, ToClassic, ToEach
from server.people import Client
from server.session import Session
from server.transcript import Line

log = logging.getLogger("server")

TOLD_OFTEN = frozenset((BetsChanged, RosterChanged, DeadlineMoved))
SEATED = frozenset((SeatTaken, RegistrationAnswered))
"""Confirms a seat: what is said to all is said to him from then on."""


class Crier:
    """Knows the session of every client, and what each of them was not told yet."""

    def __init__(self) -> None:
        self.sessions: dict[Client, Session] = {}
        self._modern: dict[Client, Session] = {}
        self._classic: dict[Client, Session] = {}
        """Who hears what is said to all: everybody who has a seat, when that was confirmed."""
        self._answered: dict[Session, None] = {}
        self._unheard: deque[Session] = deque()
        """Who is to be told what he does not wait for."""
        self._before = b""
        self._own: Mapping[Client, bytes] = {}
        self._after = b""
        """What all modern clients are to be told, and between it what is each one's own."""

    @property
    def waiting(self) -> int:
        """How many are still to be told something."""
        return len(self._unheard)

    def unseat(self, client: Client) -> None:
        """What is said to all is not for him."""
        self._modern.pop(client, None)
        self._classic.pop(client, None)

    def forget(self, client: Client) -> None:
        """He is gone."""
        self.unseat(client)
        self.sessions.pop(client, None)

    # --- what is said -----------------------------------------------------------------------

    def say(self, said: Iterable[Saying]) -> None:
        """Serve who was answered, and note for everybody else what he will be told."""
        for each in said:
            _WAYS[type(each)](self, each)
        self._spread()
        for session in self._answered:
            session.speak()
        self._answered.clear()

    def _to(self, said: To) -> None:
        self._spread()
        client, message = said
        session = self.sessions.get(client)
        if not session:
            return
        if log.isEnabledFor(logging.DEBUG):
            log.debug("> %s %s", client.title, Line(message))
        self._note(session, _frame(message), client)
        self._answered[session] = None
        if type(message) in SEATED and client.seat:
            (self._classic if client.classic else self._modern)[client] = session

    def _to_all(self, said: ToAll) -> None:
        message = said.message
        often = type(message) in TOLD_OFTEN
        log.log(logging.DEBUG if often else logging.INFO, "> all %s", Line(message))
        if isinstance(message, RoundSettled):
            log.info("= round %d settled %d", message.round_number, message.pocket)
        if self._own:
            self._after += encode(message)
        else:
            self._before += encode(message)

    def _to_each(self, said: ToEach) -> None:
        if self._own:
            self._spread()
        self._own = said.frames

    def _to_classic(self, said: ToClassic) -> None:
        frame = said.message.encode()
        for client, session in self._classic.items():
            if not session.unsaid:
                self._unheard.append(session)
            self._note(session, frame, client)

    def _drop(self, said: Drop) -> None:
        self._spread()
        session = self.sessions.get(said.client)
        if session:
            log.info("x %s: %s", said.client.title, said.words)
            session.speak()
            session.drop(said.reason, said.words)

    def _spread(self) -> None:
        """Note for all modern clients what was gathered for them, in one walk."""
        before, own, after = self._before, self._own, self._after
        if not before and not own:
            return
        shared = (before + after,)
        for client, session in self._modern.items():
            if not session.unsaid:
                self._unheard.append(session)
            mine = own.get(client)
            session.unsaid += (before, mine, after) if mine else shared
        self._before, self._own, self._after = b"", {}, b""

    def _note(self, session: Session, frame: bytes, client: Client) -> None:
        """To a classic client one at a time: it may take what one read gives it for one reply."""
        if client.classic:
            session.speak()
        session.unsaid += (frame,)

    # --- sending ----------------------------------------------------------------------------

    def tell(self, most: int) -> None:
        """Tell so many of those who wait what there is for them."""
        for _ in range(min(most, len(self._unheard))):
            self._unheard.popleft().speak()


_WAYS: dict[type[Saying], Callable[[Crier, Any], None]] = {
    To: Crier._to,
    ToAll: Crier._to_all,
    ToEach: Crier._to_each,
    ToClassic: Crier._to_classic,
    Drop: Crier._drop,
}


def _frame(message: Message | Reply) -> bytes:
    return encode(message) if isinstance(message, Message) else message.encode()
