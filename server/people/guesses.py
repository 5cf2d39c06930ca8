"""What wrong guesses cost: pauses that grow, for the address that they come from. Pure.

Each secret is counted on its own. The first few wrong guesses are free, for people mistype; every
further one begins a pause, twice as long as the last. During a pause nothing is looked at: a right
password is refused as a wrong one is, or whoever guesses would lose nothing by not waiting. A right
guess does not take back the wrong ones, or whoever knows one secret could guess at another between.

Two tallies, for an address is cheap where one hand holds many: an origin's own, and with sixteen
times as many free guesses that of all around it. This machine is counted too, for not everything
that runs on it is the host's; each of its addresses on its own, so that the host, who comes from
127.0.0.1, waits for a guesser from another one only when there were very many.
"""

from collections.abc import Iterator
from typing import NamedTuple

from protocol.house.lists import Reason
from server.limits import Limits
from server.people.origin import origin_of
from server.refusal import Refusal, in_ms, in_seconds

CROUPIERS = "the croupier's password"
TABLES = "the table's password"
TOKEN = "the token of a name"
AROUND = 16
"""Times as many are free for all around an origin together."""
KEPT = 50_000
"""So many origins are remembered, at some 300 bytes; then who was wrong first is forgotten."""
DOUBLINGS = 40


def secret_of(table: int) -> str:
    """The password that this table takes."""
    return f"the password of table {table}"


class Wrong(NamedTuple):
    """Who was wrong about what, how often, and until when nothing more is looked at."""

    secret: str
    origin: str
    times: int
    until: float


class Tally:
    """The wrong guesses of each origin at each secret."""

    def __init__(self, free: int, limits: Limits) -> None:
        self._free = free
        self._limits = limits
        self._wrong: dict[tuple[str, str], Wrong] = {}
        """Who was wrong last is last."""

    def until(self, secret: str, origin: str) -> float:
        """When a guess is looked at again."""
        wrong = self._wrong.get((secret, origin))
        return wrong.until if wrong else 0.0

    def add(self, secret: str, origin: str, now: float) -> Wrong:
        """One more."""
        before = self._wrong.pop((secret, origin), None)
        times = 1 if before is None or self._is_past(before, now) else before.times + 1
        pause = 0.0
        if times >= self._free:
            doubled = 2.0 ** min(times - self._free, DOUBLINGS)
            pause = min(self._limits.guess_pause_seconds * doubled, self._limits.guess_pause_most)
        wrong = self._wrong[secret, origin] = Wrong(secret, origin, times, now + pause)
        self._forget(now)
        return wrong

    def _forget(self, now: float) -> None:
        """Who was wrong first goes, while that is past or there are too many; all, if need be."""
        while self._wrong:
            first, wrong = next(iter(self._wrong.items()))
            if len(self._wrong) <= KEPT and not self._is_past(wrong, now):
                return
            del self._wrong[first]

    def told(self, now: float) -> Iterator[Wrong]:
        """Everybody whose wrong guesses are not forgotten."""
        return (each for each in self._wrong.values() if not self._is_past(each, now))

    def held(self, now: float) -> Iterator[Wrong]:
        """Of these, who has to wait or had to."""
        return (each for each in self.told(now) if each.times >= self._free)

    def _is_past(self, wrong: Wrong, now: float) -> bool:
        return wrong.until + self._limits.guesses_forgotten_seconds <= now


class Guesses:
    """All wrong guesses that are not forgotten."""

    def __init__(self, limits: Limits) -> None:
        self._near = Tally(limits.guesses, limits)
        self._around = Tally(AROUND * limits.guesses, limits)

    def verify(self, secret: str, address: str, now: float) -> None:
        """Refuse a guess that comes within a pause."""
        origin = origin_of(address)
        until = max(
            self._near.until(secret, origin.near), self._around.until(secret, origin.around)
        )
        if (wait := until - now) > 0:
            words = f"too many wrong guesses came from your address: wait {in_seconds(wait)}"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(wait))

    def wrong(self, secret: str, address: str, now: float) -> list[Wrong]:
        """Note a wrong one; the pauses that it begins, the origin's own first."""
        origin = origin_of(address)
        noted = (
            self._near.add(secret, origin.near, now),
            self._around.add(secret, origin.around, now),
        )
        return [each for each in noted if each.until > now]

    def told(self, now: float) -> list[Wrong]:
        """Who was wrong, the most often first."""
        return sorted(self._near.told(now), key=_most_often_first)

    def at(self, secret: str, now: float) -> str:
        """How often it was guessed wrong, and from where; empty if it was not."""
        guessed = [each for each in self.told(now) if each.secret == secret]
        if not guessed:
            return ""
        times = sum(each.times for each in guessed)
        places = ", ".join(each.origin for each in guessed[:3])
        more = f" and {len(guessed) - 3} more" if len(guessed) > 3 else ""
        guesses = "a wrong guess" if times == 1 else f"{times} wrong guesses"
        return f"{guesses} at it, from {places}{more}"

    def surroundings(self, now: float) -> list[Wrong]:
        """What waits or waited as a whole, where most was guessed first."""
        return sorted(self._around.held(now), key=_most_often_first)


def _most_often_first(wrong: Wrong) -> int:
    return -wrong.times


def wrong_words(wrong: Wrong, now: float) -> str:
    """For the host."""
    wait = f", waits {wrong.until - now:.0f} s" if wrong.until > now else ""
    times = "once" if wrong.times == 1 else f"{wrong.times} times"
    return f"{wrong.origin}: wrong about {wrong.secret}, {times}{wait}"
