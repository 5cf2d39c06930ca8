"""What is said aloud at one table: the last lines, how many there may be, and how often it is told
who comes and goes. Pure: the time is passed in.
"""

from collections import deque

from protocol.fair.hashes import Account
from protocol.house.lists import Reason
from protocol.house.talk import TalkLine
from protocol.limits import TALK_KEPT
from server.limits import Limits
from server.refusal import Refusal, in_ms, in_seconds

CROWD_BURST_SECONDS = 2.0
NOTICES = 6
NOTICE_SECONDS = 10.0
"""So many comings and goings of one account are told at once, and one in so many seconds."""


class TableTalk:
    """What everybody at a table hears of each other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.lines: deque[TalkLine] = deque(maxlen=TALK_KEPT)
        """The last that were said, for those who come late."""
        self._crowd_used = 0.0
        self._noticed: dict[Account, float] = {}
        """The moment up to which the comings and goings of each are used up."""

    def verify_crowd(self, audience: int, now: float) -> None:
        """The more people hear a line, the fewer lines a table has, whoever says them."""
        used = max(self._crowd_used, now - CROWD_BURST_SECONDS)
        if (wait := used - now) > 0:
            words = f"the whole table talks too much: wait {in_seconds(wait)}"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(wait))
        self._crowd_used = used + audience / self.limits.talk_deliveries_a_second

    def is_news(self, account: Account, now: float) -> bool:
        """Whether one more coming or going of his is told: nobody fills the talk with a door."""
        noticed = self._noticed.get(account, 0.0)
        ahead = max(noticed, now - NOTICES * NOTICE_SECONDS) + NOTICE_SECONDS
        if ahead <= now:
            self._noticed[account] = ahead
        return ahead <= now
