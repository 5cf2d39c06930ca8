"""The way to the table: who waits there, and for what."""

import threading
from collections.abc import Callable

import pytest

from server.net.inbox import Inbox

PATIENCE = 20.0


class Waiting(threading.Condition):
    """Says who has begun to wait, so that a test need not guess."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Semaphore(0)
        self.times = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.times += 1
        self.begun.release()
        return super().wait(PATIENCE if timeout is None else timeout)


def inbox(most: int = 2) -> tuple[Inbox[int], Waiting]:
    made = Inbox[int](most)
    made._changed = waiting = Waiting()
    return made, waiting


def beside(do: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=do, daemon=True)
    thread.start()
    return thread


def came_back(*threads: threading.Thread) -> bool:
    for thread in threads:
        thread.join(PATIENCE)
    return not any(thread.is_alive() for thread in threads)


def test_what_was_put_is_taken_once_and_in_order() -> None:
    box, waiting = inbox(most=9)
    box.put([1, 2])
    box.put([3])
    assert len(box) == 3
    assert box.take(None) == [1, 2, 3]
    assert len(box) == 0
    assert (box.take(0), waiting.times) == ([], 0)


def test_who_takes_waits_for_something_and_no_longer_than_he_said() -> None:
    box, waiting = inbox()
    assert (box.take(0.001), waiting.times) == ([], 1)
    taken: list[list[int]] = []
    thread = beside(lambda: taken.append(box.take(None)))
    assert waiting.begun.acquire(timeout=PATIENCE)
    assert waiting.begun.acquire(timeout=PATIENCE)
    box.put([1])
    assert came_back(thread)
    assert taken == [[1]]


def test_what_is_there_is_taken_without_waiting() -> None:
    box, waiting = inbox()
    box.put([1])
    assert (box.take(None), waiting.times) == ([1], 0)


def test_only_where_somebody_waits_is_somebody_woken() -> None:
    """A batch that goes on by itself costs nobody a wake-up."""
    box, waiting = inbox()
    woken = []
    waiting.notify_all = lambda: woken.append(len(box))  # type: ignore[method-assign]
    box.put([1])
    assert woken == []
    box.take(0)
    box.take(0.001)
    box.put([1])
    box.take(None)
    assert woken == []
    box.put([1, 2])
    box.take(None)
    assert woken == [0]  # Who puts may have waited.


@pytest.mark.parametrize("last", [[2], [2, 3, 4]])  # There was room for one: it may be more.
@pytest.mark.parametrize("end", ["taken", "closed"])
def test_who_puts_waits_while_it_is_full_and_then_all_go_on(end: str, last: list[int]) -> None:
    box, waiting = inbox(most=2)
    box.put([1])
    box.put(last)
    assert waiting.times == 0
    threads = [beside(lambda at=at: box.put([at])) for at in (5, 6)]  # type: ignore[misc]
    for _ in threads:
        assert waiting.begun.acquire(timeout=PATIENCE)
    assert len(box) == 1 + len(last)
    if end == "closed":
        box.close()
    else:
        assert box.take(None) == [1, *last]
    assert came_back(*threads)
    assert sorted(box.take(0))[-2:] == [5, 6]


def test_when_it_is_closed_nobody_waits() -> None:
    box, waiting = inbox(most=1)
    taken: list[list[int]] = []
    thread = beside(lambda: taken.append(box.take(None)))
    assert waiting.begun.acquire(timeout=PATIENCE)
    box.close()
    assert came_back(thread)
    assert taken == [[]]
    assert (box.take(None), waiting.times) == ([], 1)
    box.put([1])
    box.put([2])
    assert (box.take(None), waiting.times) == ([1, 2], 1)
