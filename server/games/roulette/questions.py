"""Questions about the bets on the table and the rounds before, answered in pages."""

from itertools import islice

from protocol import limits
from protocol.fair.hashes import Account
from protocol.games.roulette.bets import BetsListed, ListBets
from protocol.games.roulette.fields import PlacedBet
from protocol.games.roulette.records import (
    ListOwnRounds,
    ListResults,
    ListRounds,
    OwnRoundEntry,
    OwnRoundsListed,
    ResultsListed,
    RoundsListed,
)
from protocol.house.lists import Reason
from protocol.wire import Message
from server.books.finished import Finished
from server.games.roulette.packed_bets import rows_after
from server.games.roulette.play import Roulette
from server.games.roulette.records import own_entry, round_entries
from server.refusal import Refusal

NEWEST = 2**62


def list_bets(play: Roulette, _: Account, request: ListBets) -> Message:
    """Everybody's bets of a round, by ascending account and spot."""
    account, spot = request.after_account, request.after_spot
    if request.round_number == play.round.number:
        rows, revision = play.layout.rows_after(account, spot), play.layout.revision
    else:
        then = _finished(play, request.round_number).bets
        rows, revision = rows_after(then, account, spot), 0
    page = [PlacedBet(*row) for row in islice(rows, limits.BETS_A_PAGE)]
    more = next(rows, None) is not None
    return BetsListed(request.number, request.round_number, revision, tuple(page), more)


def list_rounds(play: Roulette, _: Account, request: ListRounds) -> Message:
    """Finished rounds, newest first."""
    most = limits.ROUNDS_A_PAGE
    before = min(request.before_round or NEWEST, NEWEST)
    summaries = play.means.archive.summaries(play.means.table, before, most + 1)
    rounds = tuple(round_entries(summaries[:most]))
    return RoundsListed(request.number, rounds, len(summaries) > most)


def list_own_rounds(play: Roulette, account: Account, request: ListOwnRounds) -> Message:
    """The last rounds in which one had chips, in full: a page is done when one round more could be
    too many bets.
    """
    before = request.before_round or NEWEST
    played = play.state.rounds_of(account)
    numbers = [number for number in reversed(played) if number < before]
    rounds: list[OwnRoundEntry] = []
    bets = 0
    for number in numbers[: limits.OWN_ROUNDS_A_PAGE]:
        if bets > limits.BETS_A_PAGE - limits.BETS_A_REQUEST:
            break
        rounds.append(own_entry(_finished(play, number), account))
        bets += len(rounds[-1].payouts)
    return OwnRoundsListed(request.number, tuple(rounds), len(numbers) > len(rounds))


def list_results(play: Roulette, _: Account, request: ListResults) -> Message:
    """The numbers that fell last."""
    history = play.state.history
    return ResultsListed(
        request.number,
        history.last_round,
        history.rounds,
        history.staked,
        history.returned,
        tuple(reversed(play.state.results)),
    )


def _finished(play: Roulette, number: int) -> Finished:
    means = play.means
    done = means.archive.finished_round(means.table, number)
    if not done:
        raise Refusal(Reason.NO_SUCH_ROUND, f"there is no round {number} in the books")
    return done
