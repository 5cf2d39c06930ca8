"""The link by hand: its thread is not started, and the test holds the other end of its line."""

import itertools
import select
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from client.dialogue import Dialogue, Ending, News, Wish
from client.house.events import Connecting, LinkGone, LinkLost, LinkUp, Local, Measured, Trouble
from client.house.state import Line, Status, TableState
from client.inbox import AHEAD
from client.link import (
    CLOSING_SECONDS,
    CONNECT_SECONDS,
    PARTING_SECONDS,
    UNSENT,
    Link,
    _watch,
    close_all,
)
from client.requests import Examine
from protocol.framing import Decoder, Dialect, Spoken
from protocol.messages import door
from protocol.wire import Message, encode
from tests.client.loopback import PATIENCE
from tests.client.things import Things

WORD = door.Greeting(1, 1, "a table")
PING = door.Ping(7)
WISH = Examine(3)
ENDING = Ending(Trouble.SILENT, words="so")
FOREVER = float("inf")


class Told(Dialogue):
    """Keeps what it is told, and does at each turn what the test has put there for it."""

    def __init__(self) -> None:
        super().__init__(Things().means(), TableState())
        self.heard: list[Spoken] = []
        self.wanted: list[Wish] = []
        self.remembered: list[Wish] = []
        self.unheeded_at: list[float] = []
        self.turns: Iterator[Callable[[], object]] = iter(())
        self.trouble = Trouble.NOT_MODERN
        self.goes_on = True
        self.due = 0.0

    def decoder(self) -> Decoder:
        return Decoder(Dialect.MODERN)

    def opened(self, _now: float) -> None:
        self.frames.append(b"hello")

    def hear(self, said: Spoken, _now: float) -> None:
        self.heard.append(said)

    def want(self, wish: Wish, _now: float) -> None:
        self.wanted.append(wish)

    def remember(self, wish: Wish, _now: float) -> None:
        self.remembered.append(wish)

    def tick(self, _now: float) -> float:
        turn = next(self.turns, None)
        if turn:
            turn()
        else:
            self.end(ENDING)
        return self.due

    def goodbye(self) -> bytes:
        return b"bye"

    def unread(self) -> Trouble:
        return self.trouble

    @property
    def returns(self) -> bool:
        return self.goes_on

    def unheeded(self, now: float) -> None:
        self.unheeded_at.append(now)

    @property
    def said(self) -> list[Message | Local]:
        return [each.said for each in self.news]


class Hand(Link):
    """A link whose clock is the test's, and which says on its line only what the test lets it."""

    def __init__(self, dialogue: Told, host: str = "127.0.0.1", port: int = 1) -> None:
        self.now = 100.0
        self.step = 0.0
        """So much passes with every look at the clock."""
        self.told = 0
        """How often it rang for somebody who takes."""
        super().__init__(
            *(host, port, dialogue),
            clock=self._look,
            pauses=lambda: itertools.count(1.0),
            on_news=self._count,
        )
        self.dialogue = dialogue

    def _look(self) -> float:
        self.now += self.step
        return self.now

    def _count(self) -> None:
        self.told += 1

    @property
    def known(self) -> list[Message | Local]:
        """What it handed over."""
        return [step.said for step in self.take()]


@pytest.fixture
def link() -> Iterator[Hand]:
    made = Hand(Told())
    yield made
    made.close()


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The link's end of a line, and the table's."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.settimeout(PATIENCE)
    with ours, theirs:
        yield ours, theirs


Ends = tuple[socket.socket, socket.socket]


def turns(link: Hand, *deeds: Callable[[], object]) -> None:
    link.dialogue.turns = iter(deeds)


def nothing() -> None:
    """A turn in which nothing is new."""


# --- a line that is held --------------------------------------------------------------------------


def test_what_is_said_goes_out_at_once_and_what_comes_is_heard(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(encode(WORD) + encode(PING))
    turns(link, nothing, lambda: link.dialogue.frames.extend((b"one", b"two")))
    assert link._hold(ours) is ENDING
    assert theirs.recv(100) == b"helloonetwo"
    assert link.dialogue.frames == []
    assert link.dialogue.heard == [WORD, PING]
    assert link.known == [LinkUp()]
    assert link.told == 1


def test_what_a_dialogue_says_last_still_goes_out(link: Hand, ends: Ends) -> None:
    link.dialogue.ending = Ending(Trouble.CUT)  # Of the line before.
    assert link._hold(ends[0]) is ENDING
    assert ends[1].recv(100) == b"hello"


def test_a_line_on_which_nothing_can_be_said_has_ended(link: Hand, ends: Ends) -> None:
    ends[0].shutdown(socket.SHUT_WR)
    turns(link, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.CUT)
    turns(link)
    assert link._hold(ends[0]) is ENDING, "the dialogue knows better why"


def test_a_table_that_hangs_up_or_cannot_be_read_has_ended_the_line(link: Hand, ends: Ends) -> None:
    ends[1].shutdown(socket.SHUT_WR)
    turns(link, nothing, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.NOT_MODERN)
    link.dialogue.hear = lambda *_: link.dialogue.end(ENDING)  # type: ignore[method-assign]
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.sendall(encode(WORD) + b"\xff" * 100)
        turns(link, nothing, nothing)
        assert link._hold(one) is ENDING, "the dialogue knows better why"


def test_who_leaves_says_goodbye_behind_all_that_he_said(link: Hand, ends: Ends) -> None:
    link.part()
    ends[1].shutdown(socket.SHUT_WR)
    turns(link, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.LEFT)
    assert ends[1].recv(100) == b"hellobye"
    assert ends[1].recv(100) == b""


def test_who_leaves_a_line_that_has_ended_says_nothing_more(link: Hand, ends: Ends) -> None:
    link.part()
    assert link._hold(ends[0]) is ENDING
    ends[0].shutdown(socket.SHUT_WR)
    assert ends[1].recv(100) == b"hello"
    assert ends[1].recv(100) == b""


def test_wishes_are_heard_on_a_line_and_remembered_without_one(link: Hand, ends: Ends) -> None:
    turns(link, lambda: link.want(WISH), nothing)
    link._hold(ends[0])
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [])
    link.want(WISH)
    link._listen_to_wishes(connected=True)  # The dialogue has ended this line.
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [WISH])
    link.dialogue.ending = None
    link.want(WISH)
    link._listen_to_wishes(connected=False)
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [WISH] * 2)
    link._listen_to_wishes(connected=True)
    assert link.dialogue.wanted == [WISH]


def test_it_is_woken_behind_what_it_is_told(link: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, bool, bool]] = []

    def poke() -> None:
        seen.append((len(link._wishes), link._hurried, link._closing.is_set()))

    with monkeypatch.context() as patch:
        patch.setattr(link, "_poke", poke)
        link.want(WISH)
        link.hurry()
        link.part()
    assert seen == [(1, False, False), (1, True, False), (1, True, True)]


def test_wishes_are_heard_in_their_order(link: Hand) -> None:
    wishes: list[Wish] = [Examine(number) for number in (3, 1, 2)]
    for each in wishes:
        link.want(each)
    link._listen_to_wishes(connected=True)
    assert link.dialogue.wanted == wishes
    assert not select.select([link._ear], [], [], 0)[0], "it is woken once for all of them"


def test_it_sleeps_until_something_is_due(
    link: Hand, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float | None] = []

    class Selector(selectors.DefaultSelector):
        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            waits.append(timeout)
            return []

    monkeypatch.setattr(selectors, "DefaultSelector", Selector)

    def due(moment: float) -> Callable[[], None]:
        return lambda: setattr(link.dialogue, "due", moment)

    turns(link, due(107.5), due(99.0), due(FOREVER))
    link._hold(ends[0])
    assert waits == [7.5, 0, None]


def test_who_takes_nothing_hears_nothing(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    news = [News(0.0, Measured(0.1))]

    def take() -> None:
        assert link.dialogue.heard == []
        link.skip()

    def fill() -> None:
        link._inbox.put(news, AHEAD, link.dialogue.state)

    turns(link, fill, nothing, nothing, take)
    link._hold(ends[0])
    assert link.dialogue.unheeded_at == [100.0] * 3
    assert link.dialogue.heard == [WORD]


@pytest.mark.parametrize(("unsent", "heard"), [(UNSENT - 1, 1), (UNSENT, 0)])
def test_a_table_that_does_not_read_is_not_listened_to(
    link: Hand, ends: Ends, unsent: int, heard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(_: object, rest: bytearray) -> None:
        rest[:] = bytes(unsent)

    monkeypatch.setattr(link, "_send", send)
    ends[1].sendall(encode(WORD))
    turns(link, nothing, nothing)
    link._hold(ends[0])
    assert len(link.dialogue.heard) == heard


def test_what_the_line_does_not_take_waits_for_the_next_time(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    unsent = bytearray()
    link.dialogue.frames += [b"a" * 4_000_000, b"b"]
    link._send(ours, unsent)
    assert link.dialogue.frames == []
    left = len(unsent)
    assert 0 < left < 4_000_000
    link._send(ours, unsent)
    assert len(unsent) == left, "there is no room, and that is no fault"
    got = bytearray()
    while len(got) < 4_000_001:
        got += theirs.recv(1 << 20)
        link._send(ours, unsent)
    assert got.endswith(b"ab")
    assert not unsent


# --- what is heard --------------------------------------------------------------------------------


def test_nothing_there_is_nothing_heard(link: Hand, ends: Ends) -> None:
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link._heard == 0


@pytest.mark.parametrize(
    ("unread", "trouble"),
    [(Trouble.NOT_MODERN, Trouble.NOT_MODERN), (Trouble.BROKEN, Trouble.CUT)],
)
@pytest.mark.parametrize("how", ["hung up", "broken"])
def test_a_line_that_ends_is_one_that_was_cut_or_no_table(
    link: Hand, ends: Ends, unread: Trouble, trouble: Trouble, how: str
) -> None:
    link.dialogue.trouble = unread
    if how == "hung up":
        ends[1].close()
    else:
        ends[0].close()  # A line that fails to be read.
    assert link._hear(ends[0], link.dialogue.decoder()) == Ending(trouble)


def test_what_cannot_be_read_is_told_in_words(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD) + b"\xff" * 100)
    ending = link._hear(ends[0], link.dialogue.decoder())
    assert ending
    assert ending.trouble is Trouble.NOT_MODERN
    assert ending.words
    assert not ending.for_good
    assert link.dialogue.heard == [WORD]


def test_behind_the_end_of_a_dialogue_nothing_is_heard(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    link.dialogue.end(ENDING)
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link.dialogue.heard == []
    assert link._heard == len(encode(WORD))


def test_who_leaves_does_not_even_read_on(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD) + b"\xff" * 100)
    link.part()
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link.dialogue.heard == []


def test_what_was_heard_is_told_with_its_size_and_rings_once(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    link._hear(ends[0], link.dialogue.decoder())
    link._tell()
    assert link.told == 0, "there is no news"
    for _ in range(2):
        link.dialogue.note(Measured(0.1), 1.0)
    link._heard = 5
    link._tell()
    assert (link.told, link._heard, link._inbox._ahead) == (1, 0, 5)
    assert link.state is link.dialogue.state
    assert link.known == [Measured(0.1)] * 2
    link._on_news = None
    link.dialogue.note(Measured(0.2), 1.0)
    link._tell()
    assert link.known == [Measured(0.2)]


# --- goodbye --------------------------------------------------------------------------------------


def test_a_goodbye_waits_until_the_table_has_hung_up(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 40_000)
    theirs.shutdown(socket.SHUT_WR)
    link._part(ours, bytearray(b"last "))
    assert theirs.recv(100) == b"last bye"
    assert theirs.recv(100) == b""
    assert ours.recv(1) == b"", "all that it said was read: a line closed before would be reset"


def test_a_goodbye_waits_so_long_and_no_longer(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 100_000)
    link.step = 0.11
    before = link.now
    link._part(ours, bytearray())
    assert round((link.now - before) / link.step) == 4, "when it begins, and after 1/3, 2/3 and 3/3"
    assert ours.recv(1) == b"x"
    timeout = ours.gettimeout()
    assert timeout
    assert 0 < timeout < PARTING_SECONDS / 2


def test_a_goodbye_whose_time_is_over_to_the_moment_reads_nothing(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"x" * 40_000)
    link.step = PARTING_SECONDS
    link._part(ours, bytearray())
    assert len(ours.recv(100_000)) == 40_000


def test_a_goodbye_waits_for_a_table_that_reads_slowly(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    got = bytearray()

    def read() -> None:
        while data := theirs.recv(1 << 16):
            got.extend(data)
        theirs.close()

    reader = threading.Thread(target=read)
    reader.start()
    link._part(ours, bytearray(b"x" * 8_000_000))
    ours.close()
    reader.join(PATIENCE)
    assert got[-4:] == b"xbye"


def test_all_that_waits_at_the_end_is_over_within_a_second() -> None:
    assert 0 < PARTING_SECONDS < CLOSING_SECONDS < 0.5
    assert 1 < CONNECT_SECONDS < 10


# --- one line after the other ---------------------------------------------------------------------


class Run(Hand):
    """Each line has its end from the test, and each pause is only noted."""

    def __init__(self, *endings: Callable[["Run"], Ending] | Ending) -> None:
        super().__init__(Told())
        self.endings = deque(endings)
        self.paused: list[float] = []

    def _converse(self) -> Ending:
        ending = self.endings.popleft()
        return ending if isinstance(ending, Ending) else ending(self)

    def _pause(self, until: float) -> None:
        assert isinstance(self.dialogue.said[-1], LinkLost), "it is told before, not after"
        self.paused.append(until)
        if not self.endings:
            self.part()


def run(*endings: Callable[[Run], Ending] | Ending) -> tuple[Run, list[Message | Local]]:
    link = Run(*endings)
    try:
        link._run()
        return link, link.known
    finally:
        link.close()


def lives(link: Run) -> Ending:
    link.dialogue.state = replace(TableState(), status=Status(line=Line.LIVE))
    return Ending(Trouble.CUT)


def test_pauses_grow_until_a_line_has_lived() -> None:
    cut = Ending(Trouble.CUT, words="so")
    link, known = run(cut, cut, lives, cut)
    assert link.paused == [101.0, 102.0, 101.0, 102.0]
    assert known == [
        LinkLost(Trouble.CUT, 101.0, None, "so"),
        LinkLost(Trouble.CUT, 102.0, None, "so"),
        LinkLost(Trouble.CUT, 101.0),
        LinkLost(Trouble.CUT, 102.0, None, "so"),
        LinkGone(Trouble.LEFT),
    ]


def test_an_end_for_good_is_one() -> None:
    ending = Ending(Trouble.VERSION, words="so", for_good=True)
    link, known = run(ending, ending)
    assert (link.paused, known) == ([], [LinkGone(Trouble.VERSION, None, "so")])


def test_whom_no_table_has_let_in_does_not_come_back() -> None:
    def refused(link: Run) -> Ending:
        link.dialogue.goes_on = False
        return Ending(Trouble.REFUSED)

    link, known = run(refused, refused)
    assert (link.paused, known) == ([], [LinkGone(Trouble.REFUSED)])


def test_who_left_during_a_line_has_left_whatever_ended_it() -> None:
    def leave(link: Run) -> Ending:
        link.part()
        return Ending(Trouble.CUT)

    link, known = run(leave, leave)
    assert (link.paused, known) == ([], [LinkGone(Trouble.LEFT)])


def test_a_mistake_of_ours_is_told_to_who_watches() -> None:
    link = Run()
    with pytest.raises(IndexError):
        link._run()
    assert link.known == [LinkGone(Trouble.BROKEN)]
    link.close()


def test_a_pause_ends_at_its_time_and_earlier_for_who_is_in_a_hurry_or_leaves(link: Hand) -> None:
    link.want(WISH)
    link.step = 0.25
    link._hurried = True  # Of the pause before.
    link.dialogue.note(Measured(0.1), 1.0)
    link._pause(101.0)
    assert link.now == 101.0
    assert link.dialogue.remembered == [WISH]
    assert link.known == [Measured(0.1)]
    link.step = 0.0
    waiter = threading.Thread(target=link._pause, args=(1000.0,), daemon=True)
    waiter.start()
    while waiter.is_alive():
        link.hurry()
        waiter.join(0.01)
    link.part()
    link._pause(1000.0)


# --- the first try --------------------------------------------------------------------------------


Addresses = list[tuple[int, int, int, str, tuple[str, int]]]


def addresses(*ports: int) -> Addresses:
    kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
    return [(*kind, ("127.0.0.1", port)) for port in ports]


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def looked_up(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    def look_up(host: str, port: int, **wanted: int) -> Addresses:
        assert (host, port, wanted) == ("127.0.0.1", 1, {"type": socket.SOCK_STREAM})
        return addresses(*ports)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_of_several_addresses_the_first_that_answers_is_taken(
    link: Hand, open_port: int, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, closed_port, open_port, closed_port)
    line = link._dial()
    assert line
    with line:
        assert line.getpeername() == ("127.0.0.1", open_port)
        assert not line.getblocking()
    looked_up(monkeypatch, closed_port, closed_port)
    with pytest.raises(ConnectionRefusedError):
        link._dial()
    looked_up(monkeypatch)
    with pytest.raises(TimeoutError):
        link._dial()


def test_all_addresses_together_have_so_long_to_answer(
    link: Hand, open_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, open_port)
    link.step = CONNECT_SECONDS
    with pytest.raises(TimeoutError):
        link._dial()
    link.step = CONNECT_SECONDS - 0.1
    line = link._dial()
    assert line
    line.close()


def test_what_is_wanted_meanwhile_is_remembered_and_told(
    link: Hand, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remember(wish: Wish, now: float) -> None:
        link.dialogue.remembered.append(wish)
        link.dialogue.note(Measured(0.5), now)

    with suppress(BlockingIOError):
        while True:
            ends[0].send(b"x" * 100_000)  # So that it is not there yet.
    monkeypatch.setattr(link.dialogue, "remember", remember)
    link.want(WISH)
    link.step = 0.6
    with pytest.raises(TimeoutError):
        link._until_connected(ends[0], link.now + 1.0)
    assert link.dialogue.remembered == [WISH]
    assert link.known == [Measured(0.5)]


def test_who_leaves_meanwhile_has_no_line(
    link: Hand, open_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, open_port)
    link.part()
    assert link._dial() is None
    link.want(WISH)
    assert link._converse() == Ending(Trouble.LEFT)


def test_a_line_from_its_first_try_to_its_end(open_port: int) -> None:
    link = Hand(Told(), "127.0.0.1", open_port)
    kept: list[int] = []
    hold = link._hold

    def held(line: socket.socket) -> Ending:
        kept.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        return hold(line)

    link._hold = held  # type: ignore[method-assign]
    assert link._converse() is ENDING
    assert kept == [1]
    assert link.known == [Connecting("127.0.0.1", open_port), LinkUp()]
    link.close()


@pytest.mark.parametrize(
    ("error", "ending"),
    [
        (socket.gaierror(), Ending(Trouble.NO_HOST)),
        (UnicodeError(), Ending(Trouble.NO_HOST)),
        (OverflowError(), Ending(Trouble.NO_HOST)),
        (ConnectionRefusedError(), Ending(Trouble.REFUSED)),
        (TimeoutError(), Ending(Trouble.TIMED_OUT)),
        (OSError("no way"), Ending(Trouble.UNREACHABLE, words="no way")),
    ],
)
def test_why_there_is_no_line_is_told(
    link: Hand, error: Exception, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(link, "_dial", fail)
    assert link._converse() == ending
    assert link.known == [Connecting("127.0.0.1", 1)]


def test_a_line_is_watched_for_what_is_wanted_of_it_and_for_nothing_else(ends: Ends) -> None:
    read, write = selectors.EVENT_READ, selectors.EVENT_WRITE
    with selectors.DefaultSelector() as selector:
        for wanted in (0, read, read | write, write, 0, write, 0, 0, read):
            _watch(selector, ends[0], reads=bool(wanted & read), writes=bool(wanted & write))
            key = selector.get_map().get(ends[0])
            assert (key.events if key else 0) == wanted
            assert bool(key) == bool(wanted)


# --- its thread, and its end ----------------------------------------------------------------------


def test_its_thread_has_its_name_and_stops_no_program(link: Hand) -> None:
    assert (link._thread.name, link._thread.daemon) == ("link 127.0.0.1:1", True)


def test_a_link_that_is_closed_has_nothing_open(link: Hand) -> None:
    link.close()
    for each in (link._ear, link._mouth, link.wakeup):
        assert each.fileno() == -1
    link.close()
    link.hurry()


class Slow(Link):
    """A link whose thread takes so long to end."""

    def __init__(self, clock: list[float], seconds: float) -> None:
        self._now = clock
        self._seconds = seconds
        self.deeds: list[object] = []

    def part(self) -> None:
        self.deeds.append("part")

    def close(self, timeout: float = CLOSING_SECONDS) -> None:
        self.deeds.append(timeout)
        self._now[0] += min(self._seconds, timeout)


def test_all_links_together_have_so_long_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    links = [Slow(clock, seconds) for seconds in (0.25, 9.0, 1.0)]
    close_all(links, 1.0)
    assert [each.deeds for each in links] == [["part", 1.0], ["part", 0.75], ["part", 0.0]]
    monkeypatch.setattr(time, "monotonic", iter((100.0, 105.0)).__next__)
    late = Slow(clock, 1.0)
    close_all([late], 1.0)
    assert late.deeds == ["part", 0.0]
