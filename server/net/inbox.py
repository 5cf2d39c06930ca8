"""The way from the sessions' threads to the one thread that owns the table."""

import threading
from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Inbox(Generic[T]):
    """A bounded queue that hands over many things at once, so that few threads are woken.

    Whoever puts waits while it is full: the sessions' threads then stop reading, and the peers'
    own sending comes to rest. Whoever takes never waits for those who put, so nothing can lock.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: deque[T] = deque()
        self._changed = threading.Condition()
        self._waiting = False
        self._closed = False

    def put(self, items: Iterable[T]) -> None:
        with self._changed:
            while len(self._items) >= self._most and not self._closed:
                self._changed.wait()
            self._items.extend(items)
            if self._waiting:
                self._changed.notify_all()

    def take(self, timeout: float | None) -> list[T]:
        """Everything that is there; waits for something up to `timeout` seconds."""
        with self._changed:
            if not self._items and not self._closed and timeout != 0:
                self._waiting = True
                self._changed.wait(timeout)
                self._waiting = False
            full = len(self._items) >= self._most
            items = list(self._items)
            self._items.clear()
            if full:
                self._changed.notify_all()
            return items

    def close(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._items)
