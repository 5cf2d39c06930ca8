"""The streams and signals of the terminal that the house is started from."""

import os
import signal
import sys

import pytest

from server.host.terminal import open_streams, signals_to_stop


def test_what_is_closed_is_nothing_and_what_is_open_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sys.stdout
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stderr", None)
    open_streams()
    try:
        assert sys.stdout is before
        assert sys.stdin.read() == ""
        assert sys.stderr.write("nobody hears \udcff".encode("utf-8", "replace").decode()) > 0
        assert sys.stdin.name == sys.stderr.name == os.devnull
    finally:
        sys.stdin.close()
        sys.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminal that hangs up")
def test_a_closed_terminal_stops_it_unless_that_is_not_to_be_heard() -> None:
    stop = [signal.SIGINT, signal.SIGTERM]
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        assert [*signals_to_stop()] == [*stop, signal.SIGHUP]
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        assert [*signals_to_stop()] == stop
    finally:
        signal.signal(signal.SIGHUP, before)
