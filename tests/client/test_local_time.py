"""What the clock on the wall shows."""

import time
from datetime import datetime

import pytest

from client.local_time import LAST, local_time


def test_a_moment_is_told_in_hours_and_minutes_of_this_place() -> None:
    for moment in (datetime(2026, 11, 30, 9, 5), datetime(2026, 7, 1, 23, 59, 59)):
        assert local_time(round(moment.timestamp() * 1000)) == f"{moment:%H:%M}"


def test_a_moment_behind_the_calendars_end_has_no_name() -> None:
    assert local_time(LAST) == ""
    assert local_time(2**63) == ""
    last = LAST - 14 * 60 * 60 * 1000  # Somewhere it is a day later by then.
    assert local_time(last) == f"{datetime.fromtimestamp(last / 1000):%H:%M}"
    assert datetime.fromtimestamp(last / 1000).year == 9998


@pytest.mark.parametrize("error", [OverflowError, OSError, ValueError])
def test_what_a_computer_cannot_name_is_no_crash(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: float) -> None:
        raise error

    monkeypatch.setattr(time, "localtime", fail)
    assert local_time(1_790_000_000_000) == ""
