"""The two sessions that the protocol page writes out: every byte of them is made here."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from protocol import classic, fairness
from protocol.framing import Spoken
from protocol.games.roulette.bets import BetsChanged, BetsPlaced, PlaceBets
from protocol.games.roulette.fields import (
    Bet,
    Commitment,
    Payout,
    PlacedBet,
    Result,
    Reveal,
    SpotLimit,
    SpotTotal,
)
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    CommitSecret,
    PlayerSettled,
    RevealSecret,
    RoundSettled,
    TableIntroduced,
    TableShown,
    WheelStarted,
)
from protocol.games.roulette.rules import RED, ROULETTE, Group, returned
from protocol.house.door import (
    Done,
    Goodbye,
    Greeting,
    HouseIntroduced,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Farewell, Seat
from protocol.wire import Message

PASSWORD = "correct horse"
TABLE = bytes.fromhex("c841d00e1f20b5772fabcda3e9d6647b")
SEED = hashlib.sha256(b"the first seed").digest()
SECRET = hashlib.sha256(b"what alice adds").digest()
ACCOUNT, ROUND, HERE = 1001, 1, 1


class Step(NamedTuple):
    """One frame of a session."""

    from_server: bool
    said: Spoken
    why: str = ""


def classic_session() -> Iterator[Step]:
    digest = hashlib.sha512(PASSWORD.encode()).digest()
    yield Step(False, classic.RegisterPlayer(b"alice"), "alice sits down")
    yield Step(True, classic.RegistrationAnswered(classic.Code.OK))
    yield Step(False, classic.PlaceBet(37, 100), "100 on even")
    yield Step(True, classic.OrderAnswered(classic.Code.OK))
    yield Step(False, classic.PlaceBet(17, 50), "one bet a round is all this dialect has")
    yield Step(True, classic.OrderAnswered(classic.Code.SECOND_BET))
    yield Step(False, classic.ListBets())
    yield Step(True, classic.BetsListed((classic.ListedBet("alice", 100, 37),)))
    why = f"on the croupier's connection; the password is `{PASSWORD}`"
    yield Step(False, classic.RegisterCroupier(digest), why)
    yield Step(True, classic.RegistrationAnswered(classic.Code.OK))
    yield Step(False, classic.StartSpin(digest))
    yield Step(True, classic.OrderAnswered(classic.Code.OK))
    results = (classic.Result("alice", 100), classic.Result("Боб", -50))
    yield Step(True, classic.ResultsShown(30, results), "to everybody, the croupier included")
    yield Step(False, classic.ConfirmResults(), "it is not answered")


def modern_session() -> Iterator[Step]:
    for step in _at_some_table():
        said = step.said
        if isinstance(said, Message) and said.AT_TABLE:
            said = replace(said, table=HERE)
        yield step._replace(said=said)


def _at_some_table() -> Iterator[Step]:
    before = fairness.previous_seed(TABLE, SEED)
    sealed = fairness.commitment(TABLE, ROUND, ACCOUNT, SECRET)
    bets = (Bet(17, 10), Bet(RED, 40))
    root = fairness.bets_root((ACCOUNT, bet.spot, bet.chips) for bet in bets)
    frozen = fairness.freeze(TABLE, ROUND, before, {ACCOUNT: sealed}, root)
    revealed = fairness.reveals_hash(frozen, [ACCOUNT], {ACCOUNT: SECRET})
    pocket = fairness.draw(SEED, frozen, revealed)
    payouts = tuple(
        Payout(bet.spot, bet.chips, returned(bet.spot, bet.chips, pocket)) for bet in bets
    )
    back = sum(payout.returned for payout in payouts)
    plaque = (SpotLimit(Group.STRAIGHT, 1, 500), SpotLimit(Group.CHANCE, 1, 10_000))
    one = TableEntry(HERE, ROULETTE, "Rue 7", False, False, True, 0, True, 1, 0)

    yield Step(False, Greeting(1, 1, "robot"), "the client speaks first")
    yield Step(True, Greeting(1, 1, "Croupier"))
    introduced = HouseIntroduced(TABLE, before, "Rue 7", False, True, 500, (one,), False)
    yield Step(True, introduced, "follows by itself; table 1 is open")
    yield Step(False, SignIn(1, "alice", b"", b""), "a new name, no password needed")
    token = bytes(range(32))
    yield Step(True, SignedIn(1, ACCOUNT, "alice", token, 500, 1), "keep the token")
    yield Step(False, TakeSeat(2, Seat.PLAYER, b""))
    yield Step(True, SeatTaken(2, Seat.PLAYER))
    why = "follows by itself; a real plaque has a line for each of the 8 groups"
    yield Step(True, TableIntroduced(TABLE, before, "Rue 7", 0, 20_000, plaque), why)
    yield Step(
        True,
        TableShown(
            *(ROUND, Phase.BETTING, NO_DEADLINE, 0, 7, "Zoe", before, bytes(32)),
            *(0, 0, 0, 0, 500, 0, (), ()),
        ),
        "follows by itself: bets are open until the croupier closes them",
    )
    yield Step(False, CommitSecret(3, ROUND, sealed), "c; nobody can tell r from it")
    yield Step(True, Done(3))
    yield Step(False, PlaceBets(4, ROUND, bets), "10 on number 17, 40 on red")
    yield Step(True, BetsPlaced(4, ROUND, 450, 50), "it is in the books")
    totals = tuple(SpotTotal(bet.spot, bet.chips, 1) for bet in bets)
    latest = tuple(PlacedBet(ACCOUNT, bet.spot, bet.chips) for bet in bets)
    yield Step(True, BetsChanged(ROUND, 1, 1, 2, 50, totals, latest, True), "to everybody")
    yield Step(
        True,
        BettingClosed(ROUND, 3000, root, frozen, (Commitment(ACCOUNT, sealed),)),
        "the croupier starts the spin; F is fixed",
    )
    yield Step(True, WheelStarted(ROUND, 3000))
    yield Step(False, RevealSecret(5, ROUND, SECRET), "r, within those 3 seconds")
    yield Step(True, Done(5))
    yield Step(
        True,
        RoundSettled(
            *(ROUND, pocket, 1_800_000_000_000, SEED, 1, 50, back),
            (Reveal(ACCOUNT, True, SECRET),),
            (Result(ACCOUNT, "alice", back - 50),),
        ),
        "now the client checks it all",
    )
    yield Step(True, PlayerSettled(ROUND, back - 50, 450 + back, payouts))
    yield Step(False, Goodbye(Farewell.LEAVING, ""), "and closes the connection")
