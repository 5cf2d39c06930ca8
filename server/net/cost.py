"""What a request takes of its client's pace, and which requests let others go first. Pure.

The pace of a client is counted in costs, not in messages: a question is answered with a page, which
costs the house as much time, and the line as many bytes, as several small answers. What a message
costs stands where it is declared.

What chips or a round wait for is done as it comes, if somebody says it who has a name. All else
can wait: the house does one thing of each client in turn, when what moves chips is done
(`owner.py`). What came behind it on the same line waits with it. To take a seat is such a thing
too: its answer is the whole table. So a crowd that asks, talks or is refused, however much and
however cheaply, does not keep a bet waiting.
"""

from protocol import classic
from protocol.framing import Spoken
from protocol.wire import Message
from server.people.people import Client

SPOTS_A_COST = 16
"""So many spots of a bet cost as much as a request by itself: their bytes are kept for good."""
CLASSIC_QUESTION = 5


def cost(said: Spoken) -> int:
    """Of one request."""
    if not isinstance(said, Message):
        return CLASSIC_QUESTION if type(said) is classic.ListBets else 1
    if said.LONG:
        return 1 + len(getattr(said, said.LONG)) // SPOTS_A_COST
    return said.QUESTION or 1


def is_question(said: object) -> bool:
    """Whether nobody does anything by it: it only asks."""
    if isinstance(said, Message):
        return said.QUESTION > 0
    return type(said) is classic.ListBets


def can_wait(client: Client | None, said: Spoken) -> bool:
    """Whether others go first. Who has not signed in has little time for it, and little to say; the
    classic dialect is so poor that all it says moves something.
    """
    if not isinstance(said, Message):
        return type(said) is classic.ListBets
    if said.AT_ONCE and client and client.account:
        return False
    return client is not None and client.signed_in
