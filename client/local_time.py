"""The table's moments by the clock on this wall."""

import time

LAST = 253_370_764_800_000
"""With the year 9999 the calendar of most computers ends."""


def local_time(milliseconds: int) -> str:
    """`21:05`; nothing for a moment that this computer cannot name, which is not worth a crash."""
    if milliseconds >= LAST:
        return ""
    try:
        return time.strftime("%H:%M", time.localtime(milliseconds / 1000))
    except (OverflowError, OSError, ValueError):
        return ""
