"""An I/O thread: a selector over its share of the sessions.

It reads what is there, decodes, and hands the messages over in one go; it sends what sockets did
not take at once; it pings, and cuts off who is silent, slow or broken. It never waits for a peer.
"""

import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from protocol.errors import ProtocolError
from protocol.framing import Spoken
from protocol.house.door import Goodbye, Ping, Pong
from protocol.house.lists import Farewell
from protocol.wire import encode
from server.limits import Limits
from server.net.cost import cost
from server.net.keepalive import silence
from server.net.session import Item, Last, Left, Room, Session, ToTable
from server.people.places import Standing

log = logging.getLogger("server")

SWEEP_SECONDS = 0.5
"""So often every session is looked at for who is late, ..."""
SWEEP_SLICE = 256
"""... so many at a time, evenly over the time, so that nobody waits for it."""
HELD_UP_SECONDS = 1.0
"""Later than this the thread is only where the system stops it."""
PINGS_A_SLICE = 32
"""Who bet together is not pinged together: thousands of answers at once are in everybody's way."""
AT_ONCE = 64
"""So many messages are handed over together: who spoke first does not wait for all the others."""
HUNG_UP = "the connection ended"
READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE


class IoThread:
    """One I/O thread."""

    def __init__(
        self,
        name: str,
        inbox: ToTable,
        limits: Limits,
        on_moved: Callable[[Session, Standing], None],
        on_gone: Callable[[Session], None],
    ) -> None:
        self.limits = limits
        self.now = time.monotonic
        self.moved = on_moved
        self._gone = on_gone
        self._inbox = inbox
        self._selector = selectors.DefaultSelector()
        self._sessions: set[Session] = set()
        self._unswept: list[Session] = []
        self._next_slice = 0.0
        self._pings_left = 0
        self._orders: deque[tuple[Callable[[Session], None], Session]] = deque()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._selector.register(self._wake_in, READ, None)
        self._stopping: float | None = None
        self.thread = threading.Thread(target=self._run, name=name)

    def __len__(self) -> int:
        return len(self._sessions)

    # --- from any thread --------------------------------------------------------------------

    def adopt(self, session: Session) -> None:
        self._order(self._adopt, session)

    def wake(self, session: Session) -> None:
        """This session has frames that its socket did not take."""
        self._order(self._watch, session)

    def resume(self, session: Session) -> None:
        """The table is done with all that it was handed of this session."""
        self._order(self._resume, session)

    def close_soon(self, session: Session) -> None:
        self._order(self._close_soon, session)

    def close_now(self, session: Session) -> None:
        """Once its farewell was tried, whether or not the peer reads it."""
        self._order(lambda each: self._end(each, each.why), session)

    def stop(self, within: float) -> None:
        """Send what can be sent in so many seconds, close everything, end the thread."""
        self._stopping = self.now() + within
        self._ring()

    def _order(self, do: Callable[[Session], None], session: Session) -> None:
        self._orders.append((do, session))
        self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # It rings already, or the thread has ended.
            self._wake_out.send(b"!")

    # --- the thread -------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self._stopping is None or self._farewells_left():
                arrived: list[Item] = []
                for key, events in self._selector.select(self._patience()):
                    if key.data is None:
                        self._take_orders()
                        continue
                    if events & WRITE:
                        self._write(key.data)
                    if events & READ:
                        self._read(key.data, arrived)
                    if len(arrived) >= AT_ONCE:
                        self._inbox.put(arrived)
                        arrived = []
                if arrived:
                    self._inbox.put(arrived)
                self._look(self.now())
        except Exception:
            log.exception("an I/O thread failed")
            raise
        finally:
            for session in list(self._sessions):
                self._end(session, "the house closed")
            self._selector.close()
            self._wake_in.close()
            self._wake_out.close()

    def _patience(self) -> float:
        return 0.05 if self._stopping else max(0.0, self._next_slice - self.now())

    def _farewells_left(self) -> bool:
        self._take_orders()
        assert self._stopping is not None
        return bool(self._sessions) and self.now() < self._stopping

    def _take_orders(self) -> None:
        with suppress(BlockingIOError):
            self._wake_in.recv(4096)  # If that was not all of it, it rings again.
        while self._orders:
            do, session = self._orders.popleft()
            do(session)

    def _adopt(self, session: Session) -> None:
        self._sessions.add(session)
        self._watch(session)

    def _watch(self, session: Session) -> None:
        """Have the selector watch it for what there is to do now."""
        if session not in self._sessions:
            return
        quiet = session.paused or session.hung_up
        events = (0 if quiet else READ) | (WRITE if session.waits else 0)
        if events == session.events:
            return
        if not session.events:
            self._selector.register(session.sock, events, session)
        elif events:
            self._selector.modify(session.sock, events, session)
        else:
            self._selector.unregister(session.sock)
        session.events = events

    def _write(self, session: Session) -> None:
        session.flush()
        if session.got_room():
            self._inbox.put([(session, Room())])
        if session.closing is not None and not session.waits:
            if session.hung_up:
                self._end(session, session.why)
                return
            _half_close(session)
        self._watch(session)

    def _close_soon(self, session: Session) -> None:
        if session in self._sessions and session.closing is None:
            session.closing = self.now() + self.limits.linger_seconds
            session.paused = False
            self._report(session)
            self._write(session)

    def _read(self, session: Session, arrived: list[Item]) -> None:
        try:
            data = session.sock.recv(self.limits.read_bytes)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self._end(session, HUNG_UP)
            return
        if not data:
            self._hang_up(session)
            return
        if session.over or session.finished:
            return  # What it still says is read, so that it can read what it was told.
        session.heard = self.now()
        session.more = len(data) >= self.limits.read_bytes
        self._take(session, data, arrived)

    def _take(self, session: Session, data: bytes, arrived: list[Item]) -> None:
        """Hand over what the client's pace allows, and the table has room for. The rest stays as
        it came, undecoded, and nothing is read before it: the peer's own sending comes to rest.
        """
        rate, burst = self.limits.requests_a_second, self.limits.request_burst
        ahead = self.limits.requests_ahead
        decoder, now = session.decoder, self.now()
        session.used = max(session.used, now - burst / rate)
        seen = decoder.frames
        try:
            messages = decoder.feed(data)
            while session.used + 1 / rate <= now and session.handed - session.served < ahead:
                said = next(messages, None)
                # Frames of unknown types say nothing, but they cost as much to read.
                frames = decoder.frames - seen - (said is not None)
                session.used += (frames + (cost(said) if said else 0)) / rate
                if decoder.frames and not seen:
                    session.stand(Standing.GREETED)
                seen = decoder.frames
                if said is None:
                    if not session.more:
                        session.behind = None
                    return
                self._hear(session, said, arrived)
                if session.finished:
                    return
            if session.behind is None and session.used + 1 / rate > now:
                session.behind = now
            session.paused = True
            self._watch(session)
        except ProtocolError as error:
            log.debug("! %s %s", session.mark, error)
            self._finish(session, Farewell.BROKEN, error.fault.value, arrived)

    def _hang_up(self, session: Session) -> None:
        """The peer says nothing more. What he asked before is answered first: he may be reading,
        as `printf ... | nc` is.
        """
        if session.closing is not None:
            self._end(session, session.why)
            return
        session.hung_up = True
        session.why = session.why or HUNG_UP
        self._watch(session)
        self._report(session)

    def _hear(self, session: Session, said: Spoken, arrived: list[Item]) -> None:
        match said:
            case Ping(nonce) if session.admitted:  # Before that the table greets, and answers.
                session.say(encode(Pong(nonce)))
            case Pong():
                pass
            case Goodbye():
                self._finish(session, Farewell.LEAVING, "goodbye", arrived)
            case _:
                session.handed += 1
                arrived.append((session, said))

    def _finish(self, session: Session, reason: Farewell, words: str, arrived: list[Item]) -> None:
        """It has said its last: it is told goodbye behind the answers to what it asked before."""
        session.finished = True
        session.cut_off = reason is not Farewell.LEAVING
        arrived.append((session, Last(reason, words)))

    def _look(self, now: float) -> None:
        """See who is late; but after the system stopped the house, not before the table has heard
        what came meanwhile.
        """
        if now > self._next_slice + HELD_UP_SECONDS:
            self._next_slice = now + SWEEP_SECONDS
        self._sweep(now)

    def _sweep(self, now: float) -> None:
        if now < self._next_slice:
            return
        if not self._unswept:
            self._unswept = list(self._sessions)
        self._next_slice = now + SWEEP_SECONDS / max(1.0, len(self._sessions) / SWEEP_SLICE)
        self._pings_left = PINGS_A_SLICE
        for session in self._unswept[-SWEEP_SLICE:]:
            if session in self._sessions:
                self._see_whether_late(session, now)
        del self._unswept[-SWEEP_SLICE:]

    def _see_whether_late(self, session: Session, now: float) -> None:
        limits = self.limits
        if session.closing is not None:
            if now >= session.closing:
                self._end(session, session.why)
        elif session.pending and now - session.progress > limits.slow_seconds:
            session.drop(Farewell.SLOW, "you did not read what the table sent")
        elif not session.admitted and now - session.opened > limits.sign_in_seconds:
            session.drop(Farewell.SILENT, "you did not sign in")
        elif session.behind is not None and now - session.behind > limits.silent_seconds:
            # Nobody would see whether it is still there: its own words hide the end of the line.
            session.drop(Farewell.FLOOD, "far too many requests at once")
        elif session.paused:
            self._go_on(session, now)
        elif session.admitted:
            self._see_whether_alive(session, now)

    def _resume(self, session: Session) -> None:
        if session.paused and session in self._sessions:
            self._go_on(session, self.now())

    def _go_on(self, session: Session, now: float) -> None:
        """Take more of what was kept, and read on if that is all."""
        session.paused = False
        session.heard = now
        arrived: list[Item] = []
        self._take(session, b"", arrived)
        self._watch(session)
        if arrived:
            self._inbox.put(arrived)

    def _see_whether_alive(self, session: Session, now: float) -> None:
        limits = self.limits
        if not session.modern:
            if now >= session.pinged:
                self._see_whether_acknowledged(session, now)
        elif session.pinged > session.heard:
            if now - session.pinged > limits.silent_seconds - limits.ping_seconds:
                session.drop(Farewell.SILENT, "nothing was heard from you")
        elif self._pings_left and now - session.heard > limits.ping_seconds:
            self._pings_left -= 1
            session.pinged = now
            session.say(encode(Ping(int(now * 1000))))

    def _see_whether_acknowledged(self, session: Session, now: float) -> None:
        """The classic dialect has no ping: its peer's system must answer, and is asked about when
        it could have been silent for too long.
        """
        left = self.limits.silent_seconds - silence(session.sock)
        session.pinged = now + left
        if left < 0:
            session.drop(Farewell.SILENT, "nothing was heard from you")

    def _end(self, session: Session, why: str) -> None:
        """Close, whatever is left to send."""
        if session not in self._sessions:
            return
        self._sessions.discard(session)
        if session.events:
            self._selector.unregister(session.sock)
        session.end(why)
        self._gone(session)
        self._report(session)
        if session.got_room():
            self._inbox.put([(session, Room())])

    def _report(self, session: Session) -> None:
        """Tell the table, once, that nothing more comes."""
        if not session.reported:
            session.reported = True
            self._inbox.put([(session, Left(session.why, session.cut_off))])


def _half_close(session: Session) -> None:
    """The peer reads to the end, and closes; only then do we. (A close with unread bytes in the
    receive buffer would reset the connection, and the goodbye with it.)
    """
    with suppress(OSError):  # It is gone already; reading tells.
        session.sock.shutdown(socket.SHUT_WR)
