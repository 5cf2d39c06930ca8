"""One's own round, as a line of the diary. Pure."""

from typing import Any

from client.means import WrittenDown
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import End, RoundState
from protocol.games.roulette.records import OwnRoundEntry
from protocol.games.roulette.rules import DOUBLE_ZERO, SPOTS

STATE_OF = {3: RoundState.SETTLED, 4: RoundState.VOID}
"""As the files have them."""
STATES = {state: number for number, state in STATE_OF.items()}


def _write(each: OwnRoundEntry) -> list[Any]:
    bets = [[bet.spot, bet.stake, bet.returned, bet.end] for bet in each.payouts]
    return [each.round_number, STATES[each.state], each.pocket, each.at, each.net, bets]


def _read(said: Any) -> OwnRoundEntry | None:
    match said:
        case [int(number), int(state), int(pocket), int(at), int(net), [*bets]]:
            payouts = tuple(Payout(*_bet(bet)) for bet in bets)
            if number > 0 and at >= 0 and 0 <= pocket <= DOUBLE_ZERO and state in STATE_OF:
                return OwnRoundEntry(number, STATE_OF[state], pocket, at, net, payouts)
    return None


def _bet(bet: Any) -> tuple[int, int, int, End]:
    match bet:
        case [int(spot), int(stake), int(back), int(end)] if (
            0 <= spot < len(SPOTS) and min(stake, back) >= 0
        ):
            return spot, stake, back, End(end)
    raise ValueError(bet)


OWN_ROUNDS = WrittenDown(_write, _read)
