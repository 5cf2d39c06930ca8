"""What an audit asks of roulette: that a round was settled by its rules. Pure."""

from protocol.verify import broken_steps, read_round
from server.books.books import Deed
from server.books.purse import BooksError
from server.books.till import Till
from server.games.roulette import rules
from server.games.roulette.records import vector
from server.games.roulette.state import RouletteState
from server.tables.game import Record


def check_settle(till: Till, record: Record, deed: Deed) -> None:
    """The number must follow from the record, and every payout from the number. `till` is before
    the deed, a `settle`.
    """
    _, table, number, returned, __, (seed, pocket) = deed
    assert isinstance(till.state, RouletteState)
    outcome = rules.settle(rules.in_order(till.state.round.bets), pocket)
    then = vector(record.finished_round(table, number))
    paid = [tuple(row) for row in then["payouts"]]
    if returned != outcome.returned or paid != outcome.payouts():
        raise BooksError(f"round {number} did not pay what its spots pay")
    for step in broken_steps(bytes.fromhex(till.draw), read_round(then)):
        raise BooksError(f"round {number}: {step}")
    if (then["seed"], then["pocket"]) != (seed, pocket):
        raise BooksError(f"round {number}: its record tells of another spin")
