"""What a request takes of its client's pace, and which requests let others go first. Pure.

The pace of a client is counted in costs, not in messages: a question is answered with a page, which
costs the house as much time, and the line as many bytes, as several small answers. What a message
costs stands where it is declared.

What chips or a round wait for is done as it comes, if somebody says it who has a name. All else can
wait: the house does one thing of each client in turn, when what moves chips is done (`owner.py`).
What came behind it on the same line waits with it. To take a seat is such a thing too: its answer
is the whole table. And so is a bet of somebody whose last bets were all refused, and so with each
other kind: or a crowd would bet wrongly without end. Of the same kind only, and not at the first
slip: whose bet came a moment too late has a secret to show in time, and other bets. So a crowd that
asks, talks or is refused, however much and however cheaply, does not keep a bet waiting.
"""

from operator import attrgetter

from protocol import classic
from protocol.framing import Spoken
from protocol.messages import FROM_CLIENT
from protocol.wire import Message
from server.people.people import Client

SPOTS_A_COST = 16
"""So many spots of a bet cost as much as a request by itself: their bytes are kept for good."""
LONG = {kind: attrgetter(kind.LONG) for kind in FROM_CLIENT.values() if kind.LONG}
"""What grows with a list, and which."""
QUESTIONS: dict[type, int] = {
    **{kind: kind.QUESTION for kind in FROM_CLIENT.values() if kind.QUESTION},
    classic.ListBets: 5,
}
AT_ONCE = frozenset(kind for kind in FROM_CLIENT.values() if kind.AT_ONCE)

SLIPS = 3
"""Somebody who means no harm is hardly ever refused the same so often in a row."""


def cost(said: Spoken) -> int:
    """Of one request."""
    kind = type(said)
    if kind in LONG:
        return 1 + len(LONG[kind](said)) // SPOTS_A_COST
    return QUESTIONS.get(kind, 1)


def can_wait(client: Client | None, said: object) -> bool:
    """Whether others go first. Who has not signed in has little time for it, and little to say; the
    classic dialect is so poor that all it says moves something.
    """
    kind = type(said)
    if client is None or not client.signed_in:
        return kind is classic.ListBets
    if isinstance(said, Message):
        return kind not in AT_ONCE or client.refused.get(kind, 0) >= SLIPS or not client.account
    return kind is classic.ListBets or client.refused.get(kind, 0) >= SLIPS
