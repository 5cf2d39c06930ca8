"""What an audit asks of roulette: that its books follow from its rules. Pure."""

from protocol.verify import broken_steps, read_round
from server.books.books import Books, BooksError, Deed
from server.games.roulette import rules
from server.games.roulette.records import vector
from server.tables.game import Record


def audit(books: Books, record: Record, deed: Deed) -> None:
    """The number must follow from the record, and every payout from the number. `books` are before
    the deed.
    """
    if deed[0] != "settle":
        return
    _, number, seed, pocket, returned, __ = deed
    outcome = rules.settle(rules.in_order(books.round.bets), pocket)
    then = vector(record.finished_round(number))
    paid = [tuple(row) for row in then["payouts"]]
    if returned != outcome.returned or paid != outcome.payouts():
        raise BooksError(f"round {number} did not pay what its spots pay")
    for step in broken_steps(bytes.fromhex(books.table), read_round(then)):
        raise BooksError(f"round {number}: {step}")
    if (then["seed"], then["pocket"]) != (seed, pocket):
        raise BooksError(f"round {number}: its record tells of another spin")
