"""The link over real sockets on this machine."""

import itertools
import select
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from client.connect import connect
from client.games.roulette.requests import place
from client.games.roulette.state import roulette
from client.house.events import LinkLost, Trouble
from client.house.state import HouseState, Line
from client.inbox import AHEAD
from client.link import CHUNK, Link, close_all, growing
from client.modern import ModernDialogue
from client.requests import Enter
from client.store import Store
from protocol import limits
from protocol.framing import Decoder, Dialect
from protocol.house import door, talk
from protocol.wire import encode
from tests.client.alone import INTRODUCED
from tests.client.loopback import PATIENCE, Loopback, listening, until
from tests.client.things import Things


@contextmanager
def linked(port: int, things: Things | None = None, enter: Enter | None = None) -> Iterator[Link]:
    dialogue = ModernDialogue((things or Things()).means(), enter or Enter("Ann"))
    link = Link("127.0.0.1", port, dialogue, pauses=lambda: itertools.repeat(0.0))
    link.start()
    try:
        yield link
    finally:
        link.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("link ")]


def live(state: HouseState) -> bool:
    return state.live and state.table.roster_known and not state.pending


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def test_a_bet_goes_over_a_real_line() -> None:
    with listening() as house, linked(house.port) as link:
        until(link, live)
        link.want(place(link.state, {17: 25}))
        until(link, lambda state: roulette(state).round.own == {17: 25})
    assert house.table.bets == {(1001, 17): 25}


def test_leaving_says_goodbye() -> None:
    with listening() as house:
        with linked(house.port) as link:
            until(link, live)
        assert link.state.status.trouble is Trouble.LEFT
        for thread in house._threads:
            thread.join(PATIENCE)
        assert house.table.chairs == []


def test_where_nobody_listens_it_says_so_and_gives_up() -> None:
    with linked(closed_port()) as link:
        until(link, lambda state: state.status.line is Line.GONE)
        assert link.state.status.trouble is Trouble.REFUSED


@pytest.mark.parametrize("host", ["a..b", "\0", "x" * 70])
def test_a_name_that_can_be_nobodys_is_told(host: str) -> None:
    dialogue = ModernDialogue(Things().means(), Enter("Ann"))
    link = Link(host, 1, dialogue)
    link.start()
    until(link, lambda state: state.status.line is Line.GONE)
    assert link.state.status.trouble is Trouble.NO_HOST
    link.close()


@pytest.mark.parametrize("answer", [b"", b"\x18", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_server_of_another_kind_is_told_from_a_table(answer: bytes) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        linked(listener.getsockname()[1]) as link,
    ):
        line, _ = listener.accept()
        with line:
            line.sendall(answer)
        until(link, lambda state: state.status.line is Line.GONE)
        assert link.state.status.trouble is Trouble.NOT_MODERN


def test_a_table_that_comes_back_is_found_again() -> None:
    things = Things()
    with listening() as house, linked(house.port, things) as link:
        until(link, live)
        link.want(place(link.state, {17: 25}))
        until(link, lambda state: roulette(state).round.own == {17: 25})
        house.cut_all()
        steps = until(link, lambda state: state.status.line is Line.LOST)
        assert any(isinstance(step.said, LinkLost) for step in steps)
        until(link, live)
        assert roulette(link.state).round.own == {17: 25}
        assert link.state.balance == 475
        assert house.connections == 2


def lay(link: Link, chips: dict[int, int], own: dict[int, int]) -> None:
    """Bet, and bet again if there was no line for it, as a person does."""
    for _ in range(3):
        if try_to_lay(link, chips, own):
            return
    raise AssertionError("no bet got through")


def try_to_lay(link: Link, chips: dict[int, int], own: dict[int, int]) -> bool:
    unsent = len(link.state.refusals)
    link.want(place(link.state, chips))
    until(link, lambda s: live(s) and (roulette(s).round.own == own or len(s.refusals) > unsent))
    return roulette(link.state).round.own == own


def script(link: Link, house: Loopback) -> None:
    """A short evening: a bet, another, a spin, and a bet in the next round."""
    lay(link, {17: 25}, {17: 25})
    lay(link, {17: 5, 18: 1}, {17: 30, 18: 1})
    with house.lock:
        house.table.close()
    settled, late = False, time.monotonic() + PATIENCE
    while not settled:
        assert time.monotonic() < late, "no link came"
        time.sleep(0.002)
        with house.lock:
            settled = house.table.draw.is_due(0.0)
            if settled:
                house.table.settle()
    until(link, lambda state: live(state) and roulette(state).round.number == 2)
    lay(link, {0: 2}, {0: 2})


def test_an_evening_with_the_line_cut_at_any_point_loses_nothing_and_does_nothing_twice() -> None:
    with listening() as house, linked(house.port) as link:
        until(link, live)
        script(link, house)
        whole = link.state
    for at in range(60):
        with listening(cut_after=[at]) as house, linked(house.port) as link:
            until(link, lambda state: live(state) or state.status.line is Line.GONE)
            if link.state.status.line is Line.GONE:
                assert not link.state.account, "whom the table has let in comes back by himself"
                continue
            script(link, house)
            assert roulette(link.state).round.own == {0: 2}
            assert house.table.listed[1] == {(1001, 17): 30, (1001, 18): 1}
            # Who was away while it was drawn has not seen all of it, or nothing.
            assert all(each.holds for each in link.state.table.verdicts.values())
            assert link.state.balance == house.table.holders[1001].balance
    assert whole.table.verdicts[1].holds


def test_nobody_has_to_wait_for_the_end_of_a_pause() -> None:
    with listening() as house:
        dialogue = ModernDialogue(Things().means(), Enter("Ann"))
        link = Link("127.0.0.1", house.port, dialogue, pauses=lambda: itertools.repeat(600.0))
        link.start()
        until(link, live)
        house.cut_all()
        until(link, lambda state: state.status.line is Line.LOST)
        link.want(place(link.state, {1: 1}))
        until(link, lambda state: bool(state.refusals))
        link.hurry()
        until(link, live)
        link.close()
        link.close()
        assert list(link.take())[-1].state.status.trouble is Trouble.LEFT


@pytest.mark.skipif(sys.platform != "linux", reason="a full queue keeps callers waiting on Linux")
def test_a_person_who_gives_up_does_not_wait_for_a_line_that_never_comes() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as queue:
        address = listener.getsockname()
        for _ in range(3):
            waiting = queue.enter_context(socket.socket())
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect(address)
        with linked(address[1]) as link:
            until(link, lambda state: state.status.line is Line.CONNECTING)
            link.want(place(link.state, {1: 1}))
            until(link, lambda state: bool(state.refusals))
            link.close(timeout=1.0)
            assert link.state.status.trouble is Trouble.LEFT


LINE = encode(talk.SaidPrivately(1, 9, "Eve", in_session=False, line="x" * 100))


@contextmanager
def flooded() -> Iterator[tuple[Link, socket.socket]]:
    """A link at a table of which the test has the other end."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        link = stack.enter_context(linked(listener.getsockname()[1]))
        line = stack.enter_context(listener.accept()[0])
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        line.sendall(encode(door.Greeting(1, 1, "flood")) + encode(INTRODUCED))
        yield link, line


def pour(line: socket.socket, frame: bytes, most: int) -> int:
    """Say this until it is not taken any more, or was said so often; how many bytes were taken."""
    line.settimeout(2.0)
    with suppress(TimeoutError):
        for at in range(most):
            line.sendall(frame)
            sent = (at + 1) * len(frame)
    return sent


def test_who_takes_nothing_hears_nothing_and_hears_it_all_when_he_takes() -> None:
    with flooded() as (link, line):
        sent = pour(line, LINE * 100, 4000)
        assert sent < 30_000_000, "he who takes nothing is told everything"
        assert link._inbox._ahead < AHEAD + 2 * CHUNK
        heard = 0
        line.shutdown(socket.SHUT_WR)
        while link.state.status.line is not Line.GONE or link.behind:
            select.select([link.wakeup], [], [], PATIENCE)
            heard += sum(isinstance(step.said, talk.SaidPrivately) for step in link.take())
        assert heard >= sent // len(LINE)


def test_what_is_no_news_waits_for_nobody() -> None:
    with flooded() as (link, line):
        until(link, lambda state: state.status.line is Line.DOOR)
        ping, pongs = encode(door.Ping(7)), 0
        reader = Decoder(Dialect.MODERN)
        reader.frame_limit = limits.CLIENT_FRAME_BYTES
        line.settimeout(PATIENCE)
        for _ in range(2 * AHEAD // (len(ping) * 1000)):
            line.sendall(ping * 1000)
            while pongs < 1000:
                pongs += sum(isinstance(each, door.Pong) for each in reader.feed(line.recv(65536)))
            pongs -= 1000
        assert link.state.status.line is Line.DOOR


def test_a_table_that_reads_nothing_is_not_listened_to() -> None:
    with flooded() as (_, line):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        assert pour(line, encode(door.Ping(7)) * 1000, 4000) < 50_000_000


def test_states_are_worked_out_as_they_are_taken_and_the_last_is_the_links_own() -> None:
    with flooded() as (link, line):
        line.sendall(LINE * 3 + encode(door.Ping(7)))
        while len(link.state.heard) < 3:
            select.select([link.wakeup], [], [], PATIENCE)
        steps = list(link.take())
        said = [step for step in steps if isinstance(step.said, talk.SaidPrivately)]
        assert [len(step.state.heard) for step in said] == [1, 2, 3]
        assert steps[-1].state is link.state
        line.sendall(LINE * 2)
        while len(link.state.heard) < 5:
            select.select([link.wakeup], [], [], PATIENCE)
        (first, second) = link.take(2)
        assert (len(first.state.heard), second.state) == (4, link.state)


def test_so_much_is_taken_at_a_time_and_the_rest_waits() -> None:
    with flooded() as (link, line):
        line.sendall(LINE * 5)
        while len(link.state.heard) < 5:
            select.select([link.wakeup], [], [], PATIENCE)
        assert len(list(link.take(2))) == 2
        behind = [link.behind]
        assert select.select([link.wakeup], [], [], 0)[0]
        link.skip()
        assert [*behind, link.behind] == [True, False]
        assert not select.select([link.wakeup], [], [], 0)[0]
        line.sendall(LINE)
        while len(link.state.heard) < 6:
            select.select([link.wakeup], [], [], PATIENCE)
        (step,) = link.take()
        assert len(step.state.heard) == 6


def test_a_flooded_link_is_closed_at_once() -> None:
    with flooded() as (link, line):
        pour(line, LINE * 100, 4000)
        link.close(PATIENCE)
        assert link.state.status.trouble is Trouble.LEFT


def test_many_links_are_closed_in_the_time_of_one() -> None:
    with listening() as house:
        links = []
        for name in ("Ann", "Bob", "Carl"):
            dialogue = ModernDialogue(Things().means(), Enter(name))
            links.append(Link("127.0.0.1", house.port, dialogue))
            links[-1].start()
            until(links[-1], live)
        close_all(links, PATIENCE)
        assert {link.state.status.trouble for link in links} == {Trouble.LEFT}
        assert not any(link._thread.is_alive() for link in links)


def test_pauses_grow_and_differ() -> None:
    first = list(itertools.islice(growing(lambda: 0.0), 80))
    later = list(itertools.islice(growing(lambda: 1.0), 80))
    assert first == sorted(first)
    assert first[0] < 0.3
    assert first[-1] > 10
    assert all(a < b for a, b in zip(first, later, strict=True))


def test_pauses_are_short_for_a_minute_and_then_they_double() -> None:
    seconds = list(itertools.islice(growing(lambda: 0.5), 67))
    assert seconds == [0.25, 0.5, *[1.0] * 60, 2.0, 4.0, 8.0, 15.0, 15.0]


def test_for_half_a_minute_no_pause_is_longer_than_a_second_and_a_quarter() -> None:
    pauses = itertools.takewhile(lambda pause: pause <= 1.25, growing(lambda: 1.0))
    assert sum(pauses) > 60


def test_a_whole_client_keeps_its_token(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with listening() as house:
        for _ in range(2):
            link = connect("127.0.0.1", house.port, Enter("Ann"), store=store)
            until(link, live)
            assert link.state.account == 1001
            link.close()


def test_who_leaves_while_the_line_is_down_has_left() -> None:
    dialogue = ModernDialogue(Things().means(), Enter("Ann"))
    with listening() as house:
        link = Link("127.0.0.1", house.port, dialogue, pauses=lambda: itertools.repeat(600.0))
        link.start()
        try:
            until(link, live)
            house.cut_all()
            until(link, lambda state: state.status.line is Line.LOST)
            link.want(place(link.state, {17: 25}))
            until(link, lambda state: len(state.refusals) == 1)
        finally:
            link.close(PATIENCE)
        status = link.state.status
        assert house.connections == 1  # It is not tried before its time.
    assert (status.line, status.trouble, status.retry_at) == (Line.GONE, Trouble.LEFT, None)


def test_who_does_not_answer_in_time_is_told() -> None:
    dialogue = ModernDialogue(Things().means(), Enter("Ann"))
    ticks = itertools.count(0.0, 1000.0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        link = Link("127.0.0.1", listener.getsockname()[1], dialogue, clock=lambda: next(ticks))
        link.start()
        until(link, lambda state: state.status.line is Line.GONE)
        link.close(PATIENCE)
    assert link.state.status.trouble is Trouble.TIMED_OUT
