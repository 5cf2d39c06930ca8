"""Who may come in under which name: not for a while after being thrown out, not while a ban holds,
and not with one new name after the other. Pure.

Whoever is thrown out keeps the name and the chips, but cannot come back at once: not under the own
name, and not under a new one from the same address. People who have been here before come in from
that address as ever: behind one address there may be a house full of friends. A ban has no end, and
its address is closed to everybody. A new name costs a line of the books for ever, so an address has
only so many an hour. This machine's own address is never closed nor counted: the host sits here.
"""

from typing import NamedTuple

from protocol.house.lists import Reason
from server.limits import Limits
from server.people.origin import origin_of
from server.refusal import Refusal, in_ms, in_seconds

BANNED = "the host does not let you in"
HOUR = 3600.0
SEEN_KEPT = 1000
"""Of so many who left, were thrown out or were banned once, it is known from where they came."""


class ShutOut(NamedTuple):
    """Somebody who was thrown out."""

    until: float
    near: str
    """From where; no new name comes in from there so long."""


class Admission:
    """By name and by origin; what has run out is forgotten when the next one is added."""

    def __init__(self, limits: Limits) -> None:
        self.bans: dict[str, str] = {}
        """The address of each name that is banned, as far as it is known."""
        self._shut_out_seconds = limits.shut_out_seconds
        self._each = HOUR / limits.names_an_address
        self._shut_out: dict[str, ShutOut] = {}
        """By name. An address is shut for as long as anybody's entry shuts it."""
        self._seen: dict[str, str] = {}
        """From which address those last came who are here no more; who went last is last."""
        self._used: dict[str, float] = {}
        """The moment up to which an origin's new names are used up; who came last is last."""

    def throw_out(self, name: str, address: str, now: float) -> None:
        """Let somebody not come back for a while."""
        for each in [each for each, entry in self._shut_out.items() if entry.until <= now]:
            del self._shut_out[each]
        self._shut_out[name] = ShutOut(now + self._shut_out_seconds, origin_of(address).near)
        self.note(name, address)

    def ban(self, name: str, address: str = "") -> None:
        """Let somebody in no more. Who is not here any more is banned by where he was last seen."""
        self.bans[name] = address or self.bans.get(name) or self._seen.get(name, "")

    def lift(self, name: str) -> bool:
        """Let somebody in again; False if nothing kept him out."""
        banned = name in self.bans
        if address := self.bans.pop(name, ""):
            self.note(name, address)  # Another ban holds for it again.
        shut_out = self._shut_out.pop(name, None)
        return banned or shut_out is not None

    def keeps_out(self, name: str, now: float) -> bool:
        """Whether this name is banned, or is not let in for a while."""
        return name in self.bans or self._names_wait(name, now) > 0

    def _names_wait(self, name: str, now: float) -> float:
        entry = self._shut_out.get(name)
        return entry.until - now if entry else 0

    def note(self, name: str, address: str) -> None:
        """Remember from where somebody came who goes."""
        self._seen.pop(name, None)
        self._seen[name] = address
        if len(self._seen) > SEEN_KEPT:
            del self._seen[next(iter(self._seen))]

    def admit(self, name: str, address: str, now: float, *, new: bool = False) -> None:
        """Let this name in from there, or refuse it. `new`: nobody was here under it before, or
        it says nothing of who that was.
        """
        origin = origin_of(address)
        if name in self.bans or (not origin.here and origin.near in self._banned()):
            raise Refusal(Reason.SHUT_OUT, BANNED)
        left = self._names_wait(name, now)
        if new and not origin.here:
            left = max(left, self._wait_from(origin.near, now))
        if left > 0:
            words = f"you were asked to leave: come back in {in_seconds(left)}"
            raise Refusal(Reason.SHUT_OUT, words, figure=in_ms(left))
        if name in self._seen:
            self._seen[name] = address

    def _wait_from(self, near: str, now: float) -> float:
        moments = (entry.until for entry in self._shut_out.values() if entry.near == near)
        return max(moments, default=now) - now

    def _banned(self) -> set[str]:
        return {origin_of(address).near for address in self.bans.values() if address}

    def take_name(self, address: str, now: float) -> None:
        """Take one new name from what the address has left, or refuse it."""
        origin, _, here = origin_of(address)
        if here:
            return
        used = max(self._used.get(origin, now - HOUR), now - HOUR) + self._each
        if (wait := used - now) > 0:
            words = f"too many new names come from your address: wait {in_seconds(wait)}"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(wait))
        self._used.pop(origin, None)
        self._used[origin] = used
        while self._used[oldest := next(iter(self._used))] <= now - HOUR:
            del self._used[oldest]
