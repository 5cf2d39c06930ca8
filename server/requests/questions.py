"""Questions about the table, its people and its past, answered in pages."""

import json
from itertools import islice
from typing import Any

from protocol import limits
from protocol.fairness import SECRET_SIZE
from protocol.messages.bets import BetsListed, ListBets
from protocol.messages.fields import Commitment, PlacedBet, Reveal
from protocol.messages.lists import Reason, RoundState
from protocol.messages.records import (
    AskProof,
    ListOwnRounds,
    ListPlayers,
    ListResults,
    ListRounds,
    OwnRoundEntry,
    OwnRoundsListed,
    PlayersListed,
    ProofShown,
    ResultsListed,
    RoundsListed,
)
from protocol.wire import Message
from server.books.books import State
from server.books.finished import Finished
from server.games.roulette.packed_bets import rows_after
from server.games.roulette.records import own_entry, round_entries
from server.house import House
from server.people.people import Client
from server.refusal import Refusal

NEWEST = 2**62
ZEROS = bytes(SECRET_SIZE)
STATES = {
    State.OPEN: RoundState.OPEN,
    State.FROZEN: RoundState.FROZEN,
    State.REVEALED: RoundState.REVEALED,
}
"""Of a round that is not over; one that is over is read as it is kept."""


def list_bets(house: House, _: Client, request: ListBets) -> Message:
    """Everybody's bets of a round, by ascending account and spot."""
    table = house.table
    account, spot = request.after_account, request.after_spot
    if request.round_number == table.round.number:
        rows, revision = table.layout.rows_after(account, spot), table.layout.revision
    else:
        then = _finished(house, request.round_number).bets
        rows, revision = rows_after(then, account, spot), 0
    page = [PlacedBet(*row) for row in islice(rows, limits.BETS_A_PAGE)]
    more = next(rows, None) is not None
    return BetsListed(request.number, request.round_number, revision, tuple(page), more)


def list_players(house: House, _: Client, request: ListPlayers) -> Message:
    """Who is there, and whose chips still are, by ascending account."""
    accounts = house.listed_after(request.after_account)
    page = [house.player_entry(account) for account in islice(accounts, limits.PLAYERS_A_PAGE)]
    more = next(accounts, None) is not None
    return PlayersListed(request.number, tuple(page), more)


def list_rounds(house: House, _: Client, request: ListRounds) -> Message:
    """Finished rounds, newest first."""
    most = limits.ROUNDS_A_PAGE
    before = min(request.before_round or NEWEST, NEWEST)
    summaries = house.archive.summaries(before, most + 1)
    rounds = tuple(round_entries(summaries[:most]))
    return RoundsListed(request.number, rounds, len(summaries) > most)


def list_own_rounds(house: House, client: Client, request: ListOwnRounds) -> Message:
    """The last rounds in which one had chips, in full: a page is done when one round more could be
    too many bets.
    """
    holder = house.books.holders.get(client.account)
    before = request.before_round or NEWEST
    numbers = [number for number in reversed(holder.rounds) if number < before] if holder else []
    rounds: list[OwnRoundEntry] = []
    bets = 0
    for number in numbers[: limits.OWN_ROUNDS_A_PAGE]:
        if bets > limits.BETS_A_PAGE - limits.BETS_A_REQUEST:
            break
        rounds.append(own_entry(_finished(house, number), client.account))
        bets += len(rounds[-1].payouts)
    return OwnRoundsListed(request.number, tuple(rounds), len(numbers) > len(rounds))


def list_results(house: House, _: Client, request: ListResults) -> Message:
    """The numbers that fell last."""
    history = house.books.history
    return ResultsListed(
        request.number,
        history.last_round,
        history.rounds,
        history.staked,
        history.returned,
        tuple(reversed(house.books.results)),
    )


def ask_proof(house: House, _: Client, request: AskProof) -> Message:
    """What it takes to check a round."""
    table, number = house.table, request.round_number
    play = table.round
    if number != play.number or play.state not in STATES:
        return _proof(house, request, _finished(house, number))
    return ProofShown(
        request.number,
        number,
        STATES[play.state],
        bytes.fromhex(house.books.table),
        0,
        table.seed_before(),
        ZEROS,
        bytes.fromhex(play.bets_root) or ZEROS,
        bytes.fromhex(play.freeze) or ZEROS,
        bytes.fromhex(play.reveals_hash) or ZEROS,
        tuple(Commitment(who, bytes.fromhex(c)) for who, c in sorted(play.commitments.items())),
        table.reveals() if play.state is State.REVEALED else (),
    )


def _proof(house: House, request: AskProof, done: Finished) -> ProofShown:
    record = json.loads(done.record)
    void = "void" in record
    commitments = {int(who): c for who, c in record.get("commitments", {}).items()}
    reveals = {int(who): r for who, r in record.get("reveals", {}).items()}
    return ProofShown(
        request.number,
        request.round_number,
        RoundState.VOID if void else RoundState.SETTLED,
        bytes.fromhex(house.books.table),
        record.get("pocket", 0),
        bytes.fromhex(record["seed_prev"]),
        bytes.fromhex(record["seed"]),
        _hash(record, "bets_root"),
        _hash(record, "freeze"),
        _hash(record, "reveals_hash"),
        tuple(Commitment(who, bytes.fromhex(c)) for who, c in sorted(commitments.items())),
        tuple(
            Reveal(who, who in reveals, bytes.fromhex(reveals.get(who, "00" * 32)))
            for who in sorted(commitments)
        ),
    )


def _hash(record: dict[str, Any], key: str) -> bytes:
    """A voided round was never frozen: zeros."""
    return bytes.fromhex(record[key]) if key in record else ZEROS


def _finished(house: House, number: int) -> Finished:
    done = house.archive.finished_round(number) if number < NEWEST else None
    if not done:
        raise Refusal(Reason.NO_SUCH_ROUND, f"there is no round {number} in the books")
    return done
