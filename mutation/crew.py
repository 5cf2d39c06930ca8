"""Several workers at the same time, as many as the machine has cores."""

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from mutation.worker import Worker

J = TypeVar("J")
R = TypeVar("R")


def cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Workers, each used from one thread at a time. Leaving the context ends whatever they do."""

    def __init__(self, root: Path, count: int) -> None:
        self._root = root
        self._count = count
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []
        self._closed = False

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._closed = True
        for worker in self._workers:
            worker.stop()
        for thread in self._threads:
            thread.join()
        for worker in self._workers:
            worker.close()

    def map(self, do: Callable[[Worker, J], R], jobs: Iterable[J]) -> Iterator[R]:
        """Do each job once, by whoever is free; what comes of them, as it comes."""
        ahead = list(jobs)[::-1]
        while len(self._workers) < min(self._count, len(ahead)):
            self._workers.append(Worker(self._root))
        done: queue.Queue[R | BaseException] = queue.Queue()
        count = len(ahead)

        def work(worker: Worker) -> None:
            while not self._closed:
                try:
                    job = ahead.pop()
                except IndexError:
                    return
                try:
                    done.put(do(worker, job))
                except BaseException as error:  # The one who asks has to hear of it.
                    done.put(error)
                    return

        threads = [threading.Thread(target=work, args=(each,)) for each in self._workers]
        self._threads += threads
        for thread in threads:
            thread.start()
        for _ in range(count):
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
        for thread in threads:
            thread.join()
            self._threads.remove(thread)
