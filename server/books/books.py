"""The books: who holds which chips, and every deed that ever moved one. Pure, no file.

A *deed* changes the books and writes itself down, in one step: its name and its arguments are all
that the ledger keeps, and doing the same deeds again gives the same books. So a live table, a
restart and an audit run the same code.

Double entry: a deed moves chips between four kinds of place, and the sum over all is always 0.

| deed     | from   | to     |                                               |
| -------- | ------ | ------ | --------------------------------------------- |
| `grant`  | mint   | wallet | the opening stack                             |
| `stake`  | wallet | escrow | a bet                                         |
| `refund` | escrow | wallet | a bet taken back                              |
| `void`   | escrow | wallet | everything on the table                       |
| `settle` | escrow | wallet, bank | the stakes that won, and those that lost |
|          | bank   | wallet | the winnings                                  |
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import update_wrapper
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from struct import pack
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeAlias

from protocol.fairness import ROUNDS_WITHOUT_SAY, Account
from protocol.limits import ANSWERS_KEPT
from protocol.roulette import Chips, Pocket, Spot

Deed: TypeAlias = Sequence[Any]
"""`[name, argument, ...]`, as JSON can hold it; hashes are hexadecimal."""
Bet: TypeAlias = Sequence[int]
"""`[spot, chips]`."""

RESULTS_KEPT = 500
ROUNDS_KEPT = 20
"""How many of his last rounds an account remembers by number."""
ROUNDS_ANSWERED = 2
"""For so many finished rounds a repeated request still gets its first answer, if it was one of the
account's last in its round: whoever lays and takes back all day costs no more than that."""

P = ParamSpec("P")


class BooksError(Exception):
    """A deed that the books cannot hold: the program is wrong, or the ledger is damaged."""


class State(StrEnum):
    """A round only goes forward."""

    OPEN = "open"
    FROZEN = "frozen"
    REVEALED = "revealed"
    SETTLED = "settled"
    VOID = "void"


@dataclass(slots=True)
class Holder:
    """An account: a name, what proves it, and a wallet."""

    account: Account
    name: str
    token: str
    """SHA-256 of the token, in hexadecimal; empty when nobody holds one."""
    address: str
    """Where a classic player came from: his line, if it drops, is taken up from there."""
    wallet: Chips = 0
    last_request: int = 0
    silent_until: int = 0
    """The last round in which this account has no say in the draw, for having withheld."""
    withheld: int = 0
    rounds: list[int] = field(default_factory=list)
    """The last ones in which he had chips on the table."""

    def remember(self, number: int) -> None:
        self.rounds.append(number)
        if len(self.rounds) > ROUNDS_KEPT:
            del self.rounds[0]


_FIELDS = attrgetter(*(each.name for each in fields(Holder)))


class Answer(NamedTuple):
    """What a request with chips was, and what was answered."""

    request: int
    deed: str
    bets: str
    """As `bets_digest` has them: of 157 bets, a hundredth of the memory."""
    balance: Chips
    at_stake: Chips


@dataclass(slots=True)
class History:
    """What all rounds that were ever settled come to."""

    rounds: int = 0
    last_round: int = 0
    staked: Chips = 0
    returned: Chips = 0


@dataclass(slots=True)
class Round:
    """The round in play."""

    number: int
    state: State = State.OPEN
    bets: dict[Account, dict[Spot, Chips]] = field(default_factory=dict)
    staked: dict[Account, Chips] = field(default_factory=dict)
    commitments: dict[Account, str] = field(default_factory=dict)
    reveals: dict[Account, str] = field(default_factory=dict)
    freeze: str = ""
    bets_root: str = ""
    reveals_hash: str = ""
    started: bool = False


def bets_digest(bets: Sequence[Bet]) -> str:
    """So much of a request's bets as tells them from others, in the order in which it has them."""
    return sha256(pack(f">{2 * len(bets)}Q", *chain.from_iterable(bets))).hexdigest()[:16]


def deed(
    do: Callable[Concatenate["Books", P], None],
) -> Callable[Concatenate["Books", P], None]:
    """Make a method write itself down, after it was done."""
    name = do.__name__

    def written(self: "Books", /, *args: P.args, **kwargs: P.kwargs) -> None:
        do(self, *args, **kwargs)
        self.journal.append((name, *args))

    DEEDS[name] = update_wrapper(written, do)
    return written


DEEDS: dict[str, Callable[..., None]] = {}


class Books:
    """All accounts, the round in play, and the deeds since the journal was last taken."""

    def __init__(self) -> None:
        self.table = ""
        self.seed_0 = ""
        self.holders: dict[Account, Holder] = {}
        self.named: dict[str, Holder] = {}
        self.mint: Chips = 0
        self.bank: Chips = 0
        self.escrow: Chips = 0
        self.round = Round(0, State.SETTLED)
        self.results: deque[Pocket] = deque(maxlen=RESULTS_KEPT)
        self.answers: dict[int, dict[Account, list[Answer]]] = {}
        self.history = History()
        self.journal: list[Deed] = []

    # --- the deeds --------------------------------------------------------------------------

    @deed
    def make(self, table: str, seed_0: str) -> None:
        """The table itself: its name in the draw, and the public end of the house's chain."""
        if self.table:
            raise BooksError("the table was made already")
        self.table, self.seed_0 = table, seed_0

    @deed
    def enroll(self, account: Account, name: str, token: str, address: str) -> None:
        """A new name in the books."""
        if account in self.holders or name in self.named:
            raise BooksError(f"account {account} or the name {name!r} is taken")
        self.named[name] = self.holders[account] = Holder(account, name, token, address)

    @deed
    def entrust(self, account: Account, token: str, address: str) -> None:
        """Give a name to whoever holds this token, or comes from this address."""
        holder = self.holders[account]
        holder.token, holder.address = token, address

    @deed
    def grant(self, account: Account, chips: Chips) -> None:
        """Chips from the mint."""
        self._positive(chips)
        self.mint -= chips
        self.holders[account].wallet += chips

    @deed
    def open(self, number: int) -> None:
        """The next round."""
        self._state(self.round.number, State.SETTLED, State.VOID)
        if number != self.round.number + 1:
            raise BooksError(f"round {number} does not follow round {self.round.number}")
        self.round = Round(number)
        self.answers[number] = {}
        self.answers.pop(number - ROUNDS_ANSWERED - 1, None)

    @deed
    def seal(self, number: int, account: Account, commitment: str) -> None:
        """A player's say in the draw, still closed."""
        self._state(number, State.OPEN)
        self.round.commitments[account] = commitment

    @deed
    def stake(self, number: int, account: Account, request: int, bets: Sequence[Bet]) -> None:
        """Chips from the wallet to the table."""
        self._state(number, State.OPEN)
        holder, play = self.holders[account], self.round
        total = 0
        for _, chips in bets:
            self._positive(chips)
            total += chips
        if total > holder.wallet:
            raise BooksError(f"account {account} has {holder.wallet}, not {total}")
        holder.wallet -= total
        self.escrow += total
        mine = play.bets.setdefault(account, {})
        for spot, chips in bets:
            mine[spot] = mine.get(spot, 0) + chips
        play.staked[account] = play.staked.get(account, 0) + total
        self._answer("stake", holder, request, bets)

    @deed
    def refund(self, number: int, account: Account, request: int, bets: Sequence[Bet]) -> None:
        """Chips from the table back to the wallet; no bets named means all of them."""
        self._state(number, State.OPEN)
        holder, play = self.holders[account], self.round
        mine = play.bets[account]
        for spot, chips in list(bets) or list(mine.items()):
            self._positive(chips)
            if mine.get(spot, 0) < chips:
                raise BooksError(f"account {account} has no {chips} on spot {spot}")
            mine[spot] -= chips
            if not mine[spot]:
                del mine[spot]
            play.staked[account] -= chips
            holder.wallet += chips
            self.escrow -= chips
        if not mine:
            del play.bets[account], play.staked[account]
        self._answer("refund", holder, request, bets)

    @deed
    def freeze(self, number: int, freeze: str, bets_root: str) -> None:
        """No more bets."""
        self._state(number, State.OPEN)
        self.round.freeze, self.round.bets_root = freeze, bets_root
        self.round.state = State.FROZEN

    @deed
    def start(self, number: int) -> None:
        """The wheel turns: the round will be settled, whatever happens to the house."""
        self._state(number, State.FROZEN, State.REVEALED)
        self.round.started = True

    @deed
    def show(self, number: int, account: Account, secret: str) -> None:
        """A committed player opens his say."""
        self._state(number, State.FROZEN)
        self.round.reveals[account] = secret

    @deed
    def reveal(self, number: int, reveals_hash: str) -> None:
        """No more secrets. Who withheld has no say for a while."""
        self._state(number, State.FROZEN)
        self.round.reveals_hash = reveals_hash
        self.round.state = State.REVEALED
        for account in self.round.commitments.keys() - self.round.reveals.keys():
            self.holders[account].silent_until = number + ROUNDS_WITHOUT_SAY
            self.holders[account].withheld += 1

    @deed
    def settle(
        self,
        number: int,
        seed: str,  # noqa: ARG002 - written down: it is the next round's commitment
        pocket: Pocket,
        returned: Sequence[Chips],
        record: str,  # noqa: ARG002 - written down: SHA-256 of the round's record
    ) -> None:
        """Every bet ends: lost to the bank, or back with its winnings. `returned` is what comes to
        each account with chips on the table, by ascending account.
        """
        self._state(number, State.REVEALED)
        staked = self.round.staked
        if len(returned) != len(staked) or min(returned, default=0) < 0:
            raise BooksError(f"round {number} has {len(staked)} players, not {len(returned)}")
        for account, back in zip(sorted(staked), returned, strict=True):
            holder = self.holders[account]
            holder.wallet += back
            holder.remember(number)
        all_staked, all_returned = sum(staked.values()), sum(returned)
        staked.clear()
        self.escrow -= all_staked
        self.bank += all_staked - all_returned
        self.history.staked += all_staked
        self.history.returned += all_returned
        self.round.state = State.SETTLED
        self.history.rounds += 1
        self.history.last_round = number
        self.results.append(pocket)
        self.check()

    @deed
    def void(
        self,
        number: int,
        seed: str,  # noqa: ARG002 - written down: a voided round shows its seed too
        reason: str,  # noqa: ARG002 - written down
        record: str,  # noqa: ARG002 - written down
    ) -> None:
        """The round counts for nothing: every bet goes back. Only before the freeze."""
        self._state(number, State.OPEN)
        for account, chips in self.round.staked.items():
            holder = self.holders[account]
            holder.wallet += chips
            holder.remember(number)
            self.escrow -= chips
        self.round.staked.clear()
        self.round.state = State.VOID
        self.check()

    # --- what always holds ------------------------------------------------------------------

    def check(self) -> None:
        """The invariants; raises `BooksError` when one is broken."""
        wallets = [holder.wallet for holder in self.holders.values()]
        if sum(wallets) + self.escrow + self.bank + self.mint != 0:
            raise BooksError("the sum of all balances is not 0")
        if min(wallets, default=0) < 0:
            raise BooksError("a wallet is below 0")
        if self.escrow != sum(self.round.staked.values()):
            raise BooksError("the chips on the table are not the chips in escrow")

    def answered(self, account: Account, request: int) -> tuple[int, Answer] | None:
        """The round and the answer of a request that was done already."""
        for number, answers in self.answers.items():
            for answer in answers.get(account, ()):
                if answer.request == request:
                    return number, answer
        return None

    def take_journal(self) -> list[Deed]:
        journal, self.journal = self.journal, []
        return journal

    def replay(self, deeds: Iterable[Deed]) -> None:
        """Do again what was written down."""
        for name, *arguments in deeds:
            DEEDS[name](self, *arguments)
        self.journal.clear()

    # --- small steps ------------------------------------------------------------------------

    def _positive(self, chips: Chips) -> None:
        if chips <= 0:
            raise BooksError(f"a transfer of {chips} chips")

    def _state(self, number: int, *lawful: State) -> None:
        if number != self.round.number or self.round.state not in lawful:
            raise BooksError(
                f"round {number}: the books are at round {self.round.number}, {self.round.state}"
            )

    def _answer(self, name: str, holder: Holder, request: int, bets: Sequence[Bet]) -> None:
        if request <= holder.last_request:
            raise BooksError(f"account {holder.account} used the request {request} before")
        holder.last_request = request
        at_stake = self.round.staked.get(holder.account, 0)
        mine = self.answers[self.round.number].setdefault(holder.account, [])
        mine.append(Answer(request, name, bets_digest(bets), holder.wallet, at_stake))
        if len(mine) > ANSWERS_KEPT:
            del mine[0]

    # --- as text ----------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "table": self.table,
            "seed_0": self.seed_0,
            "holders": [_FIELDS(holder) for holder in self.holders.values()],
            "mint": self.mint,
            "bank": self.bank,
            "escrow": self.escrow,
            "round": _plain(self.round),
            "results": list(self.results),
            "history": _plain(self.history),
            "answers": self.answers,
        }

    @classmethod
    def of_snapshot(cls, state: dict[str, Any]) -> "Books":
        """The books that gave this snapshot, after it went through JSON."""
        books = cls()
        books.table, books.seed_0 = state["table"], state["seed_0"]
        books.mint, books.bank, books.escrow = state["mint"], state["bank"], state["escrow"]
        books.holders = {row[0]: Holder(*row) for row in state["holders"]}
        books.named = {holder.name: holder for holder in books.holders.values()}
        books.results.extend(state["results"])
        books.history = History(**state["history"])
        play = state["round"]
        books.round = Round(
            play["number"],
            State(play["state"]),
            {account: _numbered(chips) for account, chips in _numbered(play["bets"]).items()},
            _numbered(play["staked"]),
            _numbered(play["commitments"]),
            _numbered(play["reveals"]),
            play["freeze"],
            play["bets_root"],
            play["reveals_hash"],
            play["started"],
        )
        books.answers = {
            number: {
                account: [Answer(*row) for row in mine]
                for account, mine in _numbered(answers).items()
            }
            for number, answers in _numbered(state["answers"]).items()
        }
        return books


def _plain(value: Round | History) -> dict[str, Any]:
    """Its fields by name, as they are: `asdict` would copy every bet."""
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _numbered(table: dict[str, Any]) -> dict[int, Any]:
    """JSON's keys are text; ours were numbers."""
    return {int(key): value for key, value in table.items()}
