"""The thread that holds the line to a table: the only place of a client that touches a socket.

A window hands wishes in (`want`) and takes steps out (`take`); both return at once. `wakeup`
becomes readable when there are steps, so that a window can wait for the table and for the mouse in
one `select`. A lost line is tried again with growing pauses. Who takes no steps is told nothing
more: see `inbox`.
"""

import itertools
import random
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from client.dialogue import Dialogue, Ending, Step, Wish
from client.house.events import Trouble
from client.house.state import HouseState, Line
from client.inbox import STEPS_AT_ONCE, Inbox, pair
from protocol.errors import ProtocolError
from protocol.framing import Decoder

CONNECT_SECONDS = 6.0
PARTING_SECONDS = 0.3
"""How long the table may take to hear our goodbye and to hang up after it."""
CLOSING_SECONDS = 0.4
"""So long the end of a link is waited for: a program ends within a second."""
CHUNK = 16384
UNSENT = 64 << 10
"""A table that lets so much of what we say lie is not listened to either: each of its pings would
be one answer more. A person says a hundredth of it in a minute.
"""

PAUSES = (0.25, 0.5, *[1.0] * 60, 2.0, 4.0, 8.0)
"""For a minute short enough that one is back within two seconds of a line that works again."""
LONGEST_PAUSE = 15.0


def growing(chance: Callable[[], float] = random.random) -> Iterator[float]:
    """Pauses between tries, each a quarter longer or shorter by chance, so that not all who were
    cut off by the same fault come back in the same instant.
    """
    for pause in itertools.chain(PAUSES, itertools.repeat(LONGEST_PAUSE)):
        yield pause * (0.75 + chance() / 2)


class Link:
    """One client's line to one table, from `start` to `close`."""

    def __init__(
        self,
        host: str,
        port: int,
        dialogue: Dialogue,
        *,
        clock: Callable[[], float] = time.monotonic,
        pauses: Callable[[], Iterator[float]] = growing,
        on_news: Callable[[], None] | None = None,
    ) -> None:
        """Carry `dialogue` to `host` and `port`; `on_news` is called, on the link's thread, when
        there is something to take.
        """
        self.host = host
        self.port = port
        self._dialogue = dialogue
        self._clock = clock
        self._pauses = pauses
        self._on_news = on_news
        self._wishes: deque[Wish] = deque()
        self._inbox = Inbox(dialogue.state, self._poke)
        self.wakeup = self._inbox.wakeup
        """Readable while there are steps to take."""
        self._heard = 0
        """So many bytes were heard and are not told yet."""
        self._closing = threading.Event()
        self._hurried = False
        self._ear, self._mouth = pair()
        self._thread = threading.Thread(target=self._run, name=f"link {host}:{port}", daemon=True)

    # --- for the window's thread ------------------------------------------------------------------

    def start(self) -> None:
        self._thread.start()

    def want(self, wish: Wish) -> None:
        """Ask for something; what comes of it is among the steps."""
        self._wishes.append(wish)
        self._poke()

    def hurry(self) -> None:
        """Do not wait for the end of the pause: try the line now."""
        self._hurried = True
        self._poke()

    def take(self, most: int = STEPS_AT_ONCE) -> Iterator[Step]:
        """What happened since the last time, oldest first; what is more waits for the next time."""
        return self._inbox.take(most)

    def skip(self) -> None:
        """Take everything, and look at none of it: what counts is what is known now."""
        self._inbox.skip()

    @property
    def behind(self) -> bool:
        """Whether there is something to take."""
        return self._inbox.behind

    @property
    def state(self) -> HouseState:
        """The latest that is known."""
        return self._inbox.state

    def part(self) -> None:
        """Begin to say goodbye and to hang up."""
        self._closing.set()
        self._poke()

    def close(self, timeout: float = CLOSING_SECONDS) -> None:
        """Say goodbye, hang up, and wait for the thread. May be called twice."""
        self.part()
        if self._thread.is_alive():
            # A thread that looks up a name cannot be woken; it ends by itself, and is a daemon.
            self._thread.join(timeout)
        if not self._thread.is_alive():
            for each in (self._ear, self._mouth, self._inbox):
                each.close()

    def _poke(self) -> None:
        # A full pipe wakes as well as one more byte; a closed one belongs to a closed link.
        with suppress(OSError):
            self._mouth.send(b"!")

    # --- the link's thread ------------------------------------------------------------------------

    def _run(self) -> None:
        pauses = self._pauses()
        try:
            while not self._closing.is_set():
                ending = self._converse()
                if self._closing.is_set():
                    ending = Ending(Trouble.LEFT, for_good=True)
                if self._dialogue.state.status.line is Line.LIVE:
                    pauses = self._pauses()
                now = self._clock()
                if ending.for_good or not self._dialogue.returns:
                    self._dialogue.cut(ending, None, now)
                    return
                retry_at = now + next(pauses)
                self._dialogue.cut(ending, retry_at, now)
                self._pause(retry_at)
            self._dialogue.cut(Ending(Trouble.LEFT), None, self._clock())
        except BaseException:
            # A mistake of ours; whoever watches is not to wait for ever.
            self._dialogue.cut(Ending(Trouble.BROKEN), None, self._clock())
            raise
        finally:
            self._tell()

    def _pause(self, until: float) -> None:
        self._hurried = False
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            while not (self._closing.is_set() or self._hurried):
                self._tell()
                left = until - self._clock()
                if left <= 0:
                    return
                if selector.select(left):
                    self._listen_to_wishes(connected=False)

    def _converse(self) -> Ending:
        """Hold one line from its first try to its end."""
        self._dialogue.connecting(self.host, self.port, self._clock())
        self._tell()
        try:
            line = self._dial()
        except (OSError, ValueError, OverflowError) as error:
            return _why(error)
        if line is None:
            return Ending(Trouble.LEFT)
        with line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return self._hold(line)

    def _dial(self) -> socket.socket | None:
        """A connected socket; none if the link was closed meanwhile."""
        until = self._clock() + CONNECT_SECONDS
        trouble: OSError = TimeoutError()
        for family, kind, number, _, address in socket.getaddrinfo(
            self.host, self.port, type=socket.SOCK_STREAM
        ):
            line = socket.socket(family, kind, number)
            try:
                line.setblocking(False)
                with suppress(BlockingIOError):
                    line.connect(address)
                self._until_connected(line, until)
            except OSError as error:
                trouble = error
                line.close()
                continue
            if self._closing.is_set():
                line.close()
                return None
            return line
        raise trouble

    def _until_connected(self, line: socket.socket, until: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            selector.register(line, selectors.EVENT_WRITE)
            while not self._closing.is_set():
                left = until - self._clock()
                if left <= 0:
                    raise TimeoutError
                for key, _ in selector.select(left):
                    if key.fileobj is self._ear:
                        self._listen_to_wishes(connected=False)
                        self._tell()
                    elif error := line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                        raise OSError(error, "connect")
                    else:
                        return

    def _hold(self, line: socket.socket) -> Ending:
        """Carry words in both directions until the line ends."""
        dialogue = self._dialogue
        decoder = dialogue.decoder()
        unsent = bytearray()
        dialogue.up(self._clock())
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            while True:
                due = dialogue.tick(self._clock())
                self._tell()
                try:
                    self._send(line, unsent)
                except OSError:
                    return dialogue.ending or Ending(Trouble.CUT)
                if dialogue.ending is not None:
                    return dialogue.ending
                if self._closing.is_set():
                    self._part(line, unsent)
                    return Ending(Trouble.LEFT)
                if full := self._inbox.full:
                    dialogue.unheeded(self._clock())
                hears = not full and len(unsent) < UNSENT
                _watch(selector, line, reads=hears, writes=bool(unsent))
                left = due - self._clock()
                for key, events in selector.select(None if left == float("inf") else max(0, left)):
                    if key.fileobj is self._ear:
                        self._listen_to_wishes(connected=True)
                    elif events & selectors.EVENT_READ:
                        ending = self._hear(line, decoder)
                        if ending is not None:
                            return dialogue.ending or ending

    def _hear(self, line: socket.socket, decoder: Decoder) -> Ending | None:
        try:
            data = line.recv(CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        dialogue = self._dialogue
        if not data:
            # A peer that hangs up on our first word does not speak this dialect.
            trouble = dialogue.unread()
            return Ending(Trouble.CUT if trouble is Trouble.BROKEN else trouble)
        now = self._clock()
        self._heard += len(data)
        try:
            for said in decoder.feed(data):
                if self._closing.is_set():
                    break
                if dialogue.ending is None:
                    dialogue.hear(said, now)
        except ProtocolError as error:
            return Ending(dialogue.unread(), words=str(error))
        return None

    def _send(self, line: socket.socket, unsent: bytearray) -> None:
        for frame in self._dialogue.frames:
            unsent += frame
        self._dialogue.frames.clear()
        if unsent:
            with suppress(BlockingIOError):
                del unsent[: line.send(unsent)]

    def _part(self, line: socket.socket, unsent: bytearray) -> None:
        """Say goodbye so that it arrives: what is unread when a socket closes resets the line."""
        until = self._clock() + PARTING_SECONDS
        with suppress(OSError):
            line.settimeout(PARTING_SECONDS)
            line.sendall(bytes(unsent) + self._dialogue.goodbye())
            line.shutdown(socket.SHUT_WR)
            while (left := until - self._clock()) > 0:
                line.settimeout(left)
                if not line.recv(CHUNK):
                    return

    def _listen_to_wishes(self, *, connected: bool) -> None:
        with suppress(BlockingIOError):
            self._ear.recv(4096)
        while self._wishes:
            wish = self._wishes.popleft()
            if connected and self._dialogue.ending is None:
                self._dialogue.want(wish, self._clock())
            else:
                self._dialogue.remember(wish, self._clock())

    def _tell(self) -> None:
        """Hand the news over, and ring once for all of them."""
        news, self._dialogue.news = self._dialogue.news, []
        heard, self._heard = self._heard, 0
        self._inbox.put(news, heard, self._dialogue.state)
        if news and self._on_news is not None:
            self._on_news()


def close_all(links: Sequence[Link], timeout: float = CLOSING_SECONDS) -> None:
    """Close these at the same time, so that many need no longer than one."""
    for link in links:
        link.part()
    until = time.monotonic() + timeout
    for link in links:
        link.close(max(0.0, until - time.monotonic()))


def _watch(
    selector: selectors.BaseSelector, line: socket.socket, *, reads: bool, writes: bool
) -> None:
    """Wake for this of the line, or for nothing of it."""
    wanted = selectors.EVENT_READ * reads | selectors.EVENT_WRITE * writes
    watched = line in selector.get_map()
    if wanted and watched:
        selector.modify(line, wanted)
    elif wanted:
        selector.register(line, wanted)
    elif watched:
        selector.unregister(line)


def _why(error: Exception) -> Ending:
    # A name with an impossible shape, or a port, is refused by Python before the system sees it.
    if isinstance(error, socket.gaierror | ValueError | OverflowError):
        return Ending(Trouble.NO_HOST)
    if isinstance(error, ConnectionRefusedError):
        return Ending(Trouble.REFUSED)
    if isinstance(error, TimeoutError):
        return Ending(Trouble.TIMED_OUT)
    return Ending(Trouble.UNREACHABLE, words=str(error))
