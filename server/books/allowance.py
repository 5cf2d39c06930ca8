"""How much each player may have written into the books. Pure: the time is passed in.

Every change of mind is kept for ever, and one request may change 157 spots: at the pace of requests
alone that would be 40 KB a second from everybody who means it. One spot at a time nobody comes near
this bound: the pace of requests is met first.
"""

from protocol.fair.hashes import Account
from protocol.house.lists import Reason
from server.limits import Limits
from server.refusal import MOST_SECONDS, Refusal, in_ms

DEED_BYTES = 96
"""A deed without its bets and what an entry takes besides, ..."""
BET_BYTES = 12
"""... and each bet in it, before they are compressed."""


class Allowance:
    """What every account has used up lately. (As many as are in the books: nobody is forgotten.)"""

    def __init__(self, limits: Limits) -> None:
        self._rate, self._burst = limits.written_a_second, limits.written_burst
        self.used: dict[Account, float] = {}
        """The moment up to which it is used up."""

    def verify(self, account: Account, bets: int, now: float, more: int = 0) -> float:
        """Refuse so many bets in words, if they are too much for now. Else up to when he will have
        used up their allowance with them: to be noted in `used` when they are in the books. `more`:
        bytes that are written besides.
        """
        used = max(self.used.get(account, 0.0), now - self._burst / self._rate)
        used += (DEED_BYTES + BET_BYTES * bets + more) / self._rate
        if (wait := used - now) > 0:
            shown = max(0.1, min(wait, MOST_SECONDS))
            words = f"you change your bets too fast: wait {shown:.1f} s"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(wait) + 1)
        return used
