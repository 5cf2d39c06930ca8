"""A witness, and the words of an honest house to it."""

from dataclasses import dataclass, field, replace
from typing import Any

from client.fair.chain import AT_ONCE
from client.games.roulette.fair.follow import Follower
from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.state import Round, roulette
from client.house.state import HouseState, Line, Status
from client.requests import UNNUMBERED, numbered
from protocol import fairness
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.fields import Commitment, Payout, PlacedBet, Reveal
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.rules import returned
from protocol.house import door
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason, Seat
from protocol.wire import Message, Request
from tests.client.known import TABLE as INTRODUCED
from tests.client.states import changed, known

ME, OTHER = 5, 9
TABLE = b"t" * 16
NOUGHT = bytes(32)
ROWS = ((ME, 1, 10), (OTHER, 2, 4))


def seeds() -> list[bytes]:
    found = [b"\x07" * 32]
    for _ in range(2 * AT_ONCE):
        found.append(fairness.previous_seed(TABLE, found[-1]))
    return found[::-1]


SEEDS = seeds()
SECRET = b"\x01" * 32


def sealed(number: int, account: int = ME) -> bytes:
    return fairness.commitment(TABLE, number, account, SECRET)


@dataclass
class House:
    """What one witness asked for, and an honest house's words."""

    asked: list[Any] = field(default_factory=list)
    state: HouseState = field(
        default_factory=lambda: known(
            status=Status(Line.LIVE),
            introduced=replace(INTRODUCED, draw=TABLE, anchor=SEEDS[0]),
            account=ME,
            seat=Seat.PLAYER,
        )
    )

    def __post_init__(self) -> None:
        self.witness = Follower(lambda: SECRET, self._ask)
        self.numbers = 0

    def _ask(self, request: Request) -> int:
        again = isinstance(request, rounds.CommitSecret | rounds.RevealSecret)
        assert request.number == UNNUMBERED or again, "who sends it gives it a number"
        if not request.number:
            self.numbers += 1
            request = numbered(request, self.numbers)
        self.asked.append(request)
        return request.number

    def new(self) -> list[Any]:
        """What was asked for since the last time."""
        asked, self.asked = self.asked, []
        return asked

    def answer(self, request: Request, said: Message) -> Verdict | None:
        return self.witness.answered(request, said, self.state)

    def at(self, number: int, phase: Phase = Phase.BETTING, **more: Any) -> HouseState:
        what: Any = {"own": {1: 10}, **more}
        there = Round(number, phase, SEEDS[number - 1], **what)
        self.state = changed(self.state, round=there, previous=roulette(self.state).round)
        return self.state

    def open(self, number: int, **more: Any) -> None:
        before = self.state
        self.witness.opened(before, self.at(number, **more))

    def seal(self, number: int) -> None:
        """Open a round, and take the secret's seal."""
        self.open(number)
        (commit,) = (each for each in self.new() if isinstance(each, rounds.CommitSecret))
        assert self.answer(commit, door.Done(commit.number)) is None

    def close(self, number: int, **lie: Any) -> Verdict | None:
        said: Any = replace(closed(number), **lie)
        self.state = changed(
            self.state,
            round=replace(roulette(self.state).round, phase=Phase.CLOSED, freeze=said.freeze),
        )
        return self.witness.closed(said, self.state)

    def settle(self, number: int) -> None:
        """The round is settled and paid."""
        pocket = settled(number).pocket
        paid = (Payout(1, 10, returned(1, 10, pocket)),)
        result = rounds.PlayerSettled(number, 0, 0, paid)
        over = replace(roulette(self.state).round, phase=Phase.SETTLED, result=result)
        self.state = changed(self.state, round=over)
        self.witness.settled(settled(number), self.state)

    def play(self, number: int) -> None:
        """A round in which one has a bet and a say, to its end; its bets are to be listed next."""
        self.seal(number)
        self.close(number)
        self.new()
        self.settle(number)

    def record(self, *rounds: records.OwnRoundEntry) -> None:
        """What became of one's own bets is asked for, and told."""
        (request,) = self.new()
        assert request == records.ListOwnRounds(
            request.number, roulette(self.state).round.number + 1
        )
        said = records.OwnRoundsListed(request.number, rounds, more=False)
        assert self.answer(request, said) is None

    def list(self, **lie: Any) -> Verdict | None:
        (request,) = self.new()
        assert request == bets.ListBets(request.number, roulette(self.state).round.number, 0, 0)
        said: Any = replace(listed(request.number, request.round_number), **lie)
        return self.answer(request, said)


def root() -> bytes:
    return fairness.bets_root(ROWS)


def commitments(number: int) -> tuple[Commitment, ...]:
    return tuple(Commitment(who, sealed(number, who)) for who in (ME, OTHER))


def closed(number: int) -> rounds.BettingClosed:
    seals = {each.account: each.commitment for each in commitments(number)}
    freeze = fairness.freeze(TABLE, number, SEEDS[number - 1], seals, root())
    return rounds.BettingClosed(number, 3000, root(), freeze, commitments(number))


REVEALS = (Reveal(ME, True, SECRET), Reveal(OTHER, False, NOUGHT))


def settled(number: int) -> rounds.RoundSettled:
    said = closed(number)
    seals = {each.account: each.commitment for each in said.commitments}
    revealed = fairness.reveals_hash(said.freeze, seals, {ME: SECRET})
    pocket = fairness.draw(SEEDS[number], said.freeze, revealed)
    return rounds.RoundSettled(number, pocket, 1, SEEDS[number], 2, 14, 0, REVEALS, ())


def listed(request: int, number: int) -> bets.BetsListed:
    return bets.BetsListed(request, number, 1, tuple(PlacedBet(*row) for row in ROWS), more=False)


def proven(request: int, number: int, state: RoundState, **lie: Any) -> records.ProofShown:
    said, over = closed(number), settled(number)
    ended = state is RoundState.SETTLED
    shown = records.ProofShown(
        request, number, state, TABLE, over.pocket if ended else 0, SEEDS[number - 1],
        SEEDS[number] if ended else NOUGHT, said.bets_root, said.freeze, NOUGHT,
        said.commitments, REVEALS if ended else (),
    )  # fmt: skip
    return replace(shown, **lie)


def refused(request: int, reason: Reason = Reason.NOT_NOW) -> door.Refused:
    return door.Refused(request, reason, NO_SPOT, 0, "")
