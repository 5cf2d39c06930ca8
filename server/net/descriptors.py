"""How many connections there are descriptors for, with some in reserve for the house itself."""

import os
import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource

RESERVE = 48
"""What the house may still have to open: 7 for the port and its threads; when all places are taken
2 who come in, 16 who were sent away and are not closed yet (`listener.py`), 5 for an audit or an
export, 5 for bans, ballast and the next file of the log. Those are 35.
"""


def room_for(wanted: int) -> int:
    """For how many connections, of so many, there are descriptors beside those that are in use. The
    soft limit is raised as far as it takes and the system lets us.
    """
    if sys.platform == "win32":
        return wanted
    in_use = os.open(os.devnull, os.O_RDONLY)  # The lowest that is free.
    os.close(in_use)
    need = in_use + RESERVE + wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < need:
        most = need if hard == resource.RLIM_INFINITY else min(need, hard)
        with suppress(ValueError, OSError):  # A system may have a lower limit than it says.
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft - in_use - RESERVE)
