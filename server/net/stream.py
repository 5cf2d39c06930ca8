"""What all at one table are told: encoded once, and sent to a few of them at a time.

What is said is gathered until something stands behind it that one of them waits for, or the batch
ends: then it is a broadcast. The stream knows how many of its broadcasts each of those who hear it
was told, so that whoever is answered first hears what they have missed.
"""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from server.net.session import Session
from server.people.people import Client


class Broadcast(NamedTuple):
    """What all modern clients are told: the same, but for what is one's own in its middle."""

    before: bytes
    own: Mapping[Client, bytes]
    after: bytes
    shared: bytes
    """For who has nothing of his own."""


class Stream:
    """Who hears it, and what each of them was not told yet."""

    def __init__(self) -> None:
        self.told: dict[Session, int] = {}
        """The modern clients who hear it, and how many broadcasts each of them was told ..."""
        self.count = 0
        """... of all that there ever were."""
        self.classic: dict[Session, None] = {}
        """The classic clients who hear its results."""
        self._alone = (self,)
        """What most of them hear: one tuple for all."""
        self._before = b""
        self._own: Mapping[Client, bytes] = {}
        self._after = b""
        """What belongs to the next broadcast."""
        self._broadcasts: list[Broadcast] = []
        """The last ones, as far back as somebody has not heard them."""
        self._behind: deque[Session] = deque()
        """The modern clients who are to be told some of them."""
        self._unread: deque[Session] = deque()
        """The classic clients who are to be told the results."""

    @property
    def waiting(self) -> int:
        """How many are still to be told something."""
        return len(self._behind) + len(self._unread)

    def join(self, session: Session) -> None:
        """He hears what is said from now on."""
        if session.who.classic:
            self.classic[session] = None
        else:
            self.told[session] = self.count
        if not session.streams:
            session.streams = self._alone
        elif self not in session.streams:
            session.streams += self._alone

    def leave(self, session: Session) -> None:
        """What is said from now on is not for him."""
        self.told.pop(session, None)
        self.classic.pop(session, None)
        session.streams = tuple([each for each in session.streams if each is not self])

    def gather(self, frame: bytes) -> None:
        """Say this to everybody."""
        if self._own:
            self._after += frame
        else:
            self._before += frame

    def gather_each(self, frames: Mapping[Client, bytes]) -> None:
        """Say something of their own to these."""
        if self._own:
            self.spread()
        self._own = frames

    def say_to_classic(self, frame: bytes) -> None:
        for session in self.classic:
            session.speak()
            session.unsaid = (frame,)
            self._unread.append(session)

    def spread(self) -> None:
        """Make a broadcast of what was gathered. Who waits for one already comes first."""
        before, own, after = self._before, self._own, self._after
        if not before and not own:
            return
        self._before, self._own, self._after = b"", {}, b""
        self._broadcasts.append(Broadcast(before, own, after, before + after))
        self.count += 1
        everybody = self.told
        self._behind = deque(
            dict.fromkeys((*self._behind, *everybody)) if self._behind else everybody
        )

    def news(self, session: Session) -> bytes:
        """What there is, for who is told it now."""
        missed = self.count - self.told[session]
        self.told[session] = self.count
        news: list[bytes] = []
        for before, own, after, shared in self._broadcasts[-missed:]:
            mine = own.get(session.who)
            news += (before, mine, after) if mine else (shared,)
        return b"".join(news)

    def tell(self, most: int) -> int:
        """Tell so many of those who wait what there is for them; how many had their turn."""
        classic = min(most, len(self._unread))
        for _ in range(classic):
            self._unread.popleft().speak()
        some = [self._behind.popleft() for _ in range(min(most, len(self._behind)))]
        told, count = self.told, self.count
        behind = [session for session in some if session in told and told[session] < count]
        # First all of it is put together, then all of it is sent: a send pushes what the other
        # half of the work needs out of the processor's cache.
        news = [self.news(session) for session in behind]
        for session, piece in zip(behind, news, strict=True):
            session.say(piece)
        if not self._behind:
            self._broadcasts.clear()
        return max(classic, len(some))
