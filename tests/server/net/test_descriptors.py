"""How many connections there is room for, whatever the system allows."""

import os
import sys

import pytest

from server.net.descriptors import RESERVE, room_for

resource = pytest.importorskip("resource")
ENDLESS = resource.RLIM_INFINITY
WANTED = 100


class System:
    """What the system says may be open, and what it does when asked for more."""

    def __init__(self, soft: int, hard: int, *, willing: bool = True) -> None:
        self.now = (soft, hard)
        self.willing = willing
        self.asked: list[tuple[int, int]] = []

    def getrlimit(self, kind: int) -> tuple[int, int]:
        assert kind == resource.RLIMIT_NOFILE
        return self.now

    def setrlimit(self, kind: int, limits: tuple[int, int]) -> None:
        assert kind == resource.RLIMIT_NOFILE
        self.asked.append(limits)
        if not self.willing:
            raise ValueError("not allowed to raise maximum limit")
        self.now = limits


def room(monkeypatch: pytest.MonkeyPatch, system: System) -> int:
    monkeypatch.setattr(resource, "getrlimit", system.getrlimit)
    monkeypatch.setattr(resource, "setrlimit", system.setrlimit)
    return room_for(WANTED)


@pytest.fixture
def base() -> int:
    """What the house needs before the first connection."""
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    return lowest + RESERVE


@pytest.mark.parametrize("more", [0, 1, 10_000])
def test_where_there_is_enough_nothing_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, base: int, more: int
) -> None:
    system = System(base + WANTED + more, ENDLESS)
    assert (room(monkeypatch, system), system.asked) == (WANTED, [])


def test_where_there_is_no_end_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(ENDLESS, ENDLESS)
    assert (room(monkeypatch, system), system.asked) == (WANTED, [])


@pytest.mark.parametrize("more", [ENDLESS, 0, 1])
def test_the_soft_limit_is_raised_as_far_as_it_takes(
    monkeypatch: pytest.MonkeyPatch, base: int, more: int
) -> None:
    hard = ENDLESS if more == ENDLESS else base + WANTED + more
    system = System(base + WANTED - 1, hard)
    assert room(monkeypatch, system) == WANTED
    assert system.asked == [(base + WANTED, hard)]


def test_the_hard_limit_is_not_passed(monkeypatch: pytest.MonkeyPatch, base: int) -> None:
    system = System(base + 7, base + 42)
    assert room(monkeypatch, system) == 42
    assert system.asked == [(base + 42, base + 42)]


def test_where_the_system_is_not_willing_there_is_what_there_is(
    monkeypatch: pytest.MonkeyPatch, base: int
) -> None:
    assert room(monkeypatch, System(base + 7, ENDLESS, willing=False)) == 7
    assert room(monkeypatch, System(base - 1, base - 1, willing=False)) == -1


def test_windows_has_no_such_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    system = System(7, 7)
    assert (room(monkeypatch, system), system.asked) == (WANTED, [])


def test_nothing_stays_open(monkeypatch: pytest.MonkeyPatch, base: int) -> None:
    room(monkeypatch, System(ENDLESS, ENDLESS))
    again = os.open(os.devnull, os.O_RDONLY)
    os.close(again)
    assert again + RESERVE == base
