"""Whether there is still somebody at the other end of the line. Pure."""

from protocol.house.door import Ping, Pong

GREETING_SECONDS = 5.0
"""A table that has not introduced itself by then is none."""
PING_SECONDS = 5.0
SILENT_SECONDS = 13.0
"""The line is dead when nothing was heard for so long: two pings went unanswered."""
NEVER = float("inf")


class Keepalive:
    """Of one line."""

    def __init__(self, greeted_by: float = NEVER) -> None:
        self.greeted_by = greeted_by
        """Until then the house has to have introduced itself."""
        self._ping_at = NEVER
        self._pinged: tuple[int, float] | None = None
        self._silent_at = NEVER

    def introduced(self, now: float) -> None:
        """From now on it is pinged."""
        self.greeted_by = NEVER
        self._ping_at = now

    def heard(self, now: float) -> None:
        self._silent_at = now + SILENT_SECONDS

    def unheeded(self, now: float) -> None:
        """Nobody listens now, so that silence says nothing."""
        self._silent_at = max(self._silent_at, now + SILENT_SECONDS)

    def is_silent(self, now: float) -> bool:
        return now >= self._silent_at

    def ping(self, nonce: int, now: float) -> Ping | None:
        """Time to ask whether somebody is there?"""
        if now < self._ping_at:
            return None
        self._pinged = (nonce, now)
        self._ping_at = now + PING_SECONDS
        return Ping(nonce)

    def took(self, said: Pong, now: float) -> float | None:
        """How long the answer took, if it is one to the last ping."""
        if self._pinged is None or self._pinged[0] != said.nonce:
            return None
        at, self._pinged = self._pinged[1], None
        return now - at

    @property
    def due(self) -> float:
        return min(self.greeted_by, self._silent_at, self._ping_at)
