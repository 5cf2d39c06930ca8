"""The load reads /proc and waits with epoll: it is measured on Linux."""

import sys

collect_ignore = (
    [] if sys.platform == "linux" else ["test_compare.py", "test_load.py", "test_tongues.py"]
)
