"""What an audit asks of roulette: that a round was settled by its rules. Pure.

It counts for itself, bet by bet and in half chips: `rules.settle`, which paid, is not asked.
"""

from collections.abc import Collection

from protocol.fairness import Account
from protocol.games.roulette.rules import TIMES, Spot
from protocol.games.roulette.zero import GAME_OF, TOKENS, halves, locks
from protocol.house.fields import Chips
from protocol.verify import broken_steps, read_round
from server.books.books import Deed
from server.books.purse import BooksError
from server.books.till import Till
from server.games.roulette.records import vector
from server.games.roulette.state import RouletteState
from server.tables.game import Record


def check_settle(till: Till, record: Record, deed: Deed, owed: Collection[Account]) -> None:
    """The number must follow from the record, and every payout from the number. `till` is before
    the deed, a `settle`; `owed`: to whom half a chip was owed then.
    """
    _, table, number, returned, rest, __, (seed, pocket, locked) = deed
    assert isinstance(till.state, RouletteState)
    play = till.state.round
    stays, halved = locks(play.law.zero, pocket), halves(play.law.zero, pocket)
    back: list[Chips] = []
    left: list[list[int]] = []
    payouts: list[list[int]] = []
    moved: dict[tuple[Account, Spot], Chips] = {}
    for account, mine in sorted(play.bets.items()):
        halves_back = staying = 0
        for spot, chips in mine.items():
            if spot in stays:
                staying += chips
                where = account, stays[spot]
                moved[where] = moved.get(where, 0) + chips
            else:
                halves_back += chips if spot in halved else 2 * chips * TIMES[pocket][spot]
        back.append((halves_back + (account in owed)) // 2)
        payouts.append([account, sum(mine.values()) - staying, back[-1]])
        if staying or halves_back % 2:
            left.append([account, staying, halves_back % 2])
    then = vector(record.finished_round(table, number))
    if returned != back or then["payouts"] != payouts:
        raise BooksError(f"round {number} did not pay what its spots pay")
    if rest != left or locked != [[*where, chips] for where, chips in sorted(moved.items())]:
        raise BooksError(f"round {number} did not keep what zero locked or halved")
    if (then["game"], then["rules"]) != (GAME_OF[play.law.wheel], TOKENS[play.law.zero]):
        raise BooksError(f"round {number}: its record tells of other rules")
    for step in broken_steps(bytes.fromhex(till.draw), read_round(then)):
        raise BooksError(f"round {number}: {step}")
    if (then["seed"], then["pocket"]) != (seed, pocket):
        raise BooksError(f"round {number}: its record tells of another spin")
