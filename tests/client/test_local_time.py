"""What the clock on the wall shows."""

from datetime import datetime

from client.local_time import local_time


def test_a_moment_is_told_in_hours_and_minutes_of_this_place() -> None:
    for moment in (datetime(2026, 11, 30, 9, 5), datetime(2026, 7, 1, 23, 59, 59)):
        assert local_time(round(moment.timestamp() * 1000)) == f"{moment:%H:%M}"
