"""The link over real sockets on this machine."""

import itertools
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from client.connect import connect
from client.events import LinkLost, Trouble
from client.link import Link, growing
from client.modern import ModernDialogue
from client.requests import Enter, place
from client.state import Line, TableState
from client.store import Store
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


def live(state: TableState) -> bool:
    return state.live and state.roster_known and not state.pending


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def test_a_bet_goes_over_a_real_line() -> None:
    with listening() as house, linked(house.port) as link:
        until(link, live)
        link.want(place(link.state, {17: 25}))
        until(link, lambda state: state.round.own == {17: 25})
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
        until(link, lambda state: state.round.own == {17: 25})
        house.cut_all()
        steps = until(link, lambda state: state.status.line is Line.LOST)
        assert any(isinstance(step.said, LinkLost) for step in steps)
        until(link, live)
        assert link.state.round.own == {17: 25}
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
    until(link, lambda s: live(s) and (s.round.own == own or len(s.refusals) > unsent))
    return link.state.round.own == own


def script(link: Link, house: Loopback) -> None:
    """A short evening: a bet, another, a spin, and a bet in the next round."""
    lay(link, {17: 25}, {17: 25})
    lay(link, {17: 5, 18: 1}, {17: 30, 18: 1})
    with house.lock:
        house.table.close()
        house.table.settle()
    until(link, lambda state: live(state) and state.round.number == 2 and 1 in state.verdicts)
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
            assert link.state.round.own == {0: 2}
            assert house.table.listed[1] == {(1001, 17): 30, (1001, 18): 1}
            assert link.state.verdicts[1].holds
            assert link.state.balance == house.table.holders[1001].balance
    assert whole.verdicts[1].holds


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
        assert link.take()[-1].state.status.trouble is Trouble.LEFT


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


def test_pauses_grow_and_differ() -> None:
    first = list(itertools.islice(growing(lambda: 0.0), 80))
    later = list(itertools.islice(growing(lambda: 1.0), 80))
    assert first == sorted(first)
    assert first[0] < 0.3
    assert first[-1] > 10
    assert all(a < b for a, b in zip(first, later, strict=True))


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
