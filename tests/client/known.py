"""What is known in the middle of an evening, and what a message changes of it."""

from dataclasses import replace
from typing import Any

from client.games.roulette.state import Round, Statistics
from client.house.events import Local
from client.house.state import HouseState, Line, Pending, Status
from client.reduce import reduce
from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.fields import Bet, SpotTotal
from protocol.games.roulette.lists import Phase, RoundState
from protocol.house import door, talk
from protocol.house.lists import Presence, Seat
from protocol.house.people import ListPlayers, PlayerEntry
from protocol.wire import Message
from tests.client.states import flat, known

ME = 5
A, B, C, D = (bytes((at,)) * 32 for at in (1, 2, 3, 4))
EARLIER = records.OwnRoundEntry(3, RoundState.SETTLED, 9, 11, 12, ())
KNOWN = known(
    status=Status(Line.LIVE, latency=0.02),
    account=ME,
    name="Ann",
    seat=Seat.PLAYER,
    balance=500,
    auto=30,
    round=Round(
        7, Phase.BETTING, own={1: 10}, bets={(ME, 1): 10, (8, 2): 5},
        totals={1: SpotTotal(1, 10, 1)}, players=2, count=2, staked=15, revision=4,
    ),
    previous=Round(6, Phase.CLOSED, own={3: 20}, players=1, count=1, staked=20, revision=9),
    phase_since=50.0,
    deadline=60.0,
    roster_known=True,
    statistics=Statistics((4, 5), 5, 2, 100, 70),
    own_rounds=(EARLIER,),
    names={ME: "Ann", 9: "Zoe"},
    croupier=9,
    croupier_name="Zoe",
    serial=10,
)  # fmt: skip
"""In the middle of an evening; nothing in it is as it is at the beginning by chance."""
NOW = 100.0


def changes(before: HouseState, *said: Message | Local) -> dict[str, Any]:
    """What is another after this, and what it is then."""
    state = before
    for each in said:
        state = reduce(state, each, NOW)
    was, now = flat(before), flat(state)
    return {name: each for name, each in now.items() if each != was[name]}


def asked(*requests: Any, by_itself: bool = False) -> HouseState:
    """With these requests on their way."""
    return replace(
        KNOWN, pending={each.number: Pending(each, 1.0, 2, by_itself) for each in requests}
    )


HOUSE = door.HouseIntroduced(
    b"t" * 16, A, "House", password_needed=False, chips_shown=True, stack=500, tables=(), more=False
)
TABLE = rounds.TableIntroduced(b"t" * 16, A, "One", 45, 10_000, ())
LAID = bets.PlaceBets(1, 7, (Bet(1, 2),))
TAKEN = bets.TakeBackBets(2, 7, ())
SAID = talk.Say(3, "hello")
SPIN = desk.StartSpin(4, 7)
LIST = ListPlayers(5, 0)
SIT = door.TakeSeat(6, Seat.PLAYER, b"")


def past(number: int, net: int = 0) -> records.OwnRoundEntry:
    return records.OwnRoundEntry(number, RoundState.SETTLED, 1, 2, net, ())


def entry(account: int, name: str = "Eve", presence: Presence = Presence.HERE) -> PlayerEntry:
    return PlayerEntry(account, name, Seat.PLAYER, presence, muted=False, balance=1)
