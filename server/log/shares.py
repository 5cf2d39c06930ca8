"""How much of the log each address may fill. Pure: the time is passed in.

The log keeps so many bytes, and then the oldest go. What people ask for, and how often they come
and go, is theirs to choose: without a bound they would push out what the host looks for.
"""

ALL_AT_ONCE = 16
"""All addresses together may fill so many times as much at once as one of them, ..."""
ALL_A_SECOND = 4
"""... and so many times as much a second."""
HEAD_BYTES = 10
"""The time before a line, and its end."""
NAMED = 3
"""So many addresses are named, of all of which lines were left out."""


class Shares:
    """What each address has filled lately with lines of one kind."""

    def __init__(self, at_once: float, a_second: float) -> None:
        """In bytes, for one address."""
        self._rate = a_second
        self._window = at_once / a_second
        self._used: dict[str, float] = {}
        """The moment up to which an address has used up its share; who wrote last is last."""
        self._all_rate = ALL_A_SECOND * a_second
        self._all_window = ALL_AT_ONCE * at_once / self._all_rate
        self._all_used = 0.0
        self._left_out = 0
        self._of: dict[str, None] = {}
        """Whose lines were left out: the first, and whether there are more."""

    def fit(self, address: str, now: float, words: str, *args: object) -> str:
        """This line, if anything is left of the share: its end may go beyond. If nothing is, the
        line is not even put together, and this is empty.
        """
        used = max(self._used.get(address, 0.0), now - self._window)
        all_used = max(self._all_used, now - self._all_window)
        if used >= now or all_used >= now:
            self._left_out += 1
            if len(self._of) <= NAMED:
                self._of[address] = None
            return ""
        line = words % args
        size = len(line.encode("utf-8", "backslashreplace")) + HEAD_BYTES
        self._used.pop(address, None)
        self._used[address] = used + size / self._rate
        self._all_used = all_used + size / self._all_rate
        self._forget(now - self._window)
        return line

    def _forget(self, before: float) -> None:
        """Who wrote first goes, while they have their whole share again."""
        while self._used:
            first = next(iter(self._used))
            if self._used[first] > before:
                return
            del self._used[first]

    def left_out(self) -> str:
        """How many lines were left out since this was asked last, and whose; else empty."""
        if not self._left_out:
            return ""
        addresses = list(self._of)
        of = ", ".join(addresses[:NAMED]) + (" and others" if len(addresses) > NAMED else "")
        were = "1 line" if self._left_out == 1 else f"{self._left_out} lines"
        was = "was" if self._left_out == 1 else "were"
        self._left_out = 0
        self._of.clear()
        return f"{were} of {of} {was} left out"
