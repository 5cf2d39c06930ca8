"""When each of many tables is next due: a heap, so that only those that are due are looked at.

Pure: the time is passed in. A moment that changed leaves its old entry in the heap, which is passed
over when it comes to the top; when most entries are old, the heap is made anew.
"""

from heapq import heapify, heappop, heappush

NEVER = float("inf")
ROOM = 64
"""So many old entries are never in the way."""


class Moments:
    """At most one moment for each number."""

    def __init__(self) -> None:
        self._noted: dict[int, float] = {}
        self._heap: list[tuple[float, int]] = []
        self.earliest = NEVER
        """No moment comes before this."""

    def note(self, number: int, moment: float | None) -> None:
        """This one is due then, and not when it was before; None: not at all."""
        if moment is None:
            self._noted.pop(number, None)
        elif moment != self._noted.get(number):
            self._noted[number] = moment
            heappush(self._heap, (moment, number))
            if len(self._heap) > 2 * len(self._noted) + ROOM:
                self._heap = [(when, each) for each, when in self._noted.items()]
                heapify(self._heap)
            self.earliest = self._heap[0][0]

    def first(self) -> float | None:
        """The first moment of all."""
        heap, noted = self._heap, self._noted
        while heap and noted.get(heap[0][1]) != heap[0][0]:
            heappop(heap)
        self.earliest = heap[0][0] if heap else NEVER
        return self.earliest if heap else None

    def take(self, now: float) -> list[int]:
        """Who is due by now; none of them is until a moment is noted for it again."""
        taken: list[int] = []
        heap = self._heap
        while heap and heap[0][0] <= now:
            moment, number = heappop(heap)
            if self._noted.get(number) == moment:
                del self._noted[number]
                taken.append(number)
        self.earliest = heap[0][0] if heap else NEVER
        return taken
