"""What a request takes of its client's pace, and which requests are questions. Pure.

The pace of a client is counted in costs, not in messages: a question is answered with a page, which
costs the house as much time, and the line as many bytes, as several small answers.

Who asks a question can wait: the house answers one of each client in turn, when what moves chips is
done (`owner.py`). What came behind it on the same line waits with it. To take a seat is such a
question too: its answer is the whole table.
"""

from protocol import classic
from protocol.framing import Spoken
from protocol.games.roulette import bets, records
from protocol.house import door, talk
from protocol.house.people import ListPlayers

SPOTS_A_COST = 16
"""So many spots of a bet cost as much as a request by itself: their bytes are kept for good."""

QUESTIONS: dict[type, int] = {
    door.TakeSeat: 5,
    door.ListTables: 2,
    talk.ListTalk: 2,
    bets.ListBets: 5,
    ListPlayers: 5,
    records.ListRounds: 2,
    records.ListOwnRounds: 8,
    records.ListResults: 1,
    records.AskProof: 4,
    classic.ListBets: 5,
}


def cost(said: Spoken) -> int:
    """Of one request."""
    if isinstance(said, bets.PlaceBets | bets.TakeBackBets):
        return 1 + len(said.bets) // SPOTS_A_COST
    return QUESTIONS.get(type(said), 1)
