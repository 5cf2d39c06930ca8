"""The two sessions that the protocol page writes out: every byte of them is made here."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from protocol import classic
from protocol.fair import hashes, tree
from protocol.fair.hashes import What
from protocol.fair.words import Words
from protocol.framing import Spoken
from protocol.games.kinds import KINDS
from protocol.games.roulette.bets import BetsChanged, BetsPlaced, PlaceBets
from protocol.games.roulette.drawing import stake_of
from protocol.games.roulette.fields import (
    Bet,
    Payout,
    PlacedBet,
    Result,
    SpotLimit,
    SpotTotal,
)
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
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
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    RegisterChain,
    RoundFrozen,
    SendLink,
    StakeRow,
    YourDraw,
    YourFreeze,
)
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Farewell, Seat
from protocol.wire import Message

PASSWORD = "correct horse"
TABLE = bytes.fromhex("c841d00e1f20b5772fabcda3e9d6647b")
SEED = hashlib.sha256(b"the first seed").digest()
LINK = hashlib.sha256(b"what alice adds").digest()
"""P_1 of her chain, as far as it goes here."""
ACCOUNT, ROUND, EVENT, HERE = 1001, 1, 1, 1


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
    before, nothing = hashes.seed_before(TABLE, SEED), bytes(32)
    first = hashes.link_before(TABLE, ACCOUNT, LINK)
    bets = (Bet(17, 10), Bet(RED, 40))
    says, shown = (tree.root([hashes.say_leaf(ACCOUNT, each)]) for each in (first, LINK))
    stakes = [stake_of(bet.spot, bet.chips) for bet in bets]
    root = tree.root([hashes.stake_leaf(ACCOUNT, stakes)])
    kind = KINDS["roulette"].number
    fixed = ROUND, EVENT, kind, before, nothing, "", b""
    frozen = hashes.freeze(TABLE, *fixed, (1, says), (1, root))
    step = hashes.step(frozen, What.SPIN, b"")
    revealed = hashes.reveals(step, 1, shown)
    done = hashes.done(step, revealed, SEED)
    pocket = Words(SEED, step, revealed).below(37)
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
            *(ROUND, Phase.BETTING, NO_DEADLINE, 0, 7, "Zoe", 0, 0, 0, 0, 500, 0, (), ()),
        ),
        "follows by itself: bets are open until the croupier closes them",
    )
    yield Step(True, DrawShown(EVENT - 1, before, nothing), "nothing was drawn here yet")
    yield Step(False, RegisterChain(3, first), "P_0; nobody can tell P_1 from it")
    yield Step(True, ChainTaken(3, ROUND), "alice has a say from this round on")
    yield Step(False, PlaceBets(4, ROUND, bets), "10 on number 17, 40 on red")
    yield Step(True, BetsPlaced(4, ROUND, 450, 50), "it is in the books")
    totals = tuple(SpotTotal(bet.spot, bet.chips, 1) for bet in bets)
    latest = tuple(PlacedBet(ACCOUNT, bet.spot, bet.chips) for bet in bets)
    yield Step(True, BetsChanged(ROUND, 1, 1, 2, 50, totals, latest, True), "to everybody")
    yield Step(True, BettingClosed(ROUND, 0), "the croupier starts the spin")
    yield Step(True, RoundFrozen(*fixed, 1, says, 1, root, frozen), "F is fixed")
    mine = tuple(StakeRow(*stake) for stake in stakes)
    yield Step(True, YourFreeze(ROUND, True, 0, first, (), True, 0, mine, ()), "alice's part of it")
    yield Step(True, WheelStarted(ROUND, 3000))
    yield Step(True, EventAsked(EVENT, What.SPIN, b"", step, 3000), "T; links are waited for")
    yield Step(False, SendLink(5, EVENT, LINK), "P_1, within those 3 seconds")
    yield Step(True, Done(5))
    drawn = EventDrawn(EVENT, SEED, 1, shown, revealed, done, 0)
    yield Step(True, drawn, "S_1, L, R and D: now the client checks it all")
    yield Step(True, LinksShown(EVENT, (LinkRow(ACCOUNT, 1, LINK),)), "to who has a say")
    yield Step(True, YourDraw(EVENT, ()), "one is alone in the tree: there is nothing to prove")
    top = (Result(ACCOUNT, "alice", back - 50),)
    yield Step(True, RoundSettled(ROUND, pocket, 1_800_000_000_000, 1, 50, back, top))
    yield Step(True, PlayerSettled(ROUND, back - 50, 450 + back, payouts))
    yield Step(False, Goodbye(Farewell.LEAVING, ""), "and closes the connection")
