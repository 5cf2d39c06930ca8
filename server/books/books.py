"""The books: who holds which chips, and every deed that ever moved one. Pure, no file.

A *deed* changes the books and writes itself down, in one step: its name and its arguments are all
that the ledger keeps, and doing the same deeds again gives the same books. So a live table, a
restart and an audit run the same code.

Double entry: a deed moves chips between four kinds of place of one purse, and the sum over all is
always 0.

| deed        | from   | to           |                                         |
| ----------- | ------ | ------------ | --------------------------------------- |
| `grant`     | mint   | wallet       | the opening stack                       |
| `stake`     | wallet | pot          | a bet                                   |
| `refund`    | pot    | wallet       | a bet taken back                        |
| `give_back` | pot    | wallet       | what lies on a table                    |
| `settle`    | pot    | wallet, bank | the stakes that won, and those that lost |
|             | bank   | wallet       | the winnings                            |

A stake can stay in the pot when its round ends, where the rules of the game lock it. And a result
can be half a chip: the bank keeps it, and owes it to the account (`Purse.halves`).

Which chips lie where on a table, and what a round is, only its game knows: in each of these deeds
it has a part (`GameState`), and deeds of its own (`play`), which move no chip. So whoever
adds up the chips knows no game.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import update_wrapper
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeAlias

from protocol.fair.hashes import Account
from protocol.house.fields import Chips
from server.books.drawing import DrawState
from server.books.purse import BooksError, Purse
from server.books.till import Answer, GameState, Till, What, digest_of, numbered

Deed: TypeAlias = Sequence[Any]
"""`[name, argument, ...]`, as JSON can hold it; hashes are hexadecimal."""
Kept: TypeAlias = Sequence[int]
"""`[account, chips that stay]`."""
Rest: TypeAlias = Sequence[int]
"""`[account, chips that stay, half chips besides]`: 0 or 1 of them."""
HOUSE = 0
"""The purse of the house."""

P = ParamSpec("P")


@dataclass(slots=True)
class Holder:
    """An account: a name, and what proves it."""

    account: Account
    name: str
    token: str
    """SHA-256 of the token, in hexadecimal; empty when nobody holds one."""
    address: str
    """Where a classic player came from: his line, if it drops, is taken up from there."""
    last_request: int = 0


_FIELDS = attrgetter(*(each.name for each in fields(Holder)))


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
    """All accounts, purses and tills, and the deeds since the journal was last taken."""

    def __init__(self, states: Mapping[str, type[GameState]]) -> None:
        """`states`: what each game has in the books."""
        self.states = states
        self.holders: dict[Account, Holder] = {}
        self.named: dict[str, Holder] = {}
        self.purses: dict[int, Purse] = {HOUSE: Purse()}
        self.tills: dict[int, Till] = {}
        self.journal: list[Deed] = []

    # --- the deeds --------------------------------------------------------------------------

    @deed
    def open_till(
        self, table: int, game: str, name: str, purse: int, draw: str, anchor: str
    ) -> None:
        """A table that was never there before."""
        if table in self.tills:
            raise BooksError(f"table {table} was opened already")
        if purse not in self.purses:
            raise BooksError(f"there is no purse {purse}")
        self.tills[table] = Till(game, name, purse, draw, anchor, self.states[game]())

    @deed
    def close_till(self, table: int) -> None:
        """A table that is there no more, when no chips lie on it. What its game had in the books
        is forgotten: the next table begins anew.
        """
        till = self.tills[table]
        if till.closed or till.stakes:
            raise BooksError(f"table {table} is closed already, or chips lie on it")
        till.closed = True
        till.state, till.answers = self.states[till.game](), [{}]

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
    def grant(self, purse: int, account: Account, chips: Chips) -> None:
        """Chips from the mint."""
        if chips <= 0:
            raise BooksError(f"a transfer of {chips} chips")
        there = self.purses[purse]
        there.give(self.holders[account].account, chips)
        there.mint -= chips

    @deed
    def stake(self, table: int, account: Account, request: int, chips: Chips, what: What) -> None:
        """Chips from the wallet to the table."""
        till, holder = self.tills[table], self.holders[account]
        if till.closed:
            raise BooksError(f"table {table} is closed")
        purse = self.purses[till.purse]
        there = purse.wallets.get(account, 0)
        if not 0 < chips <= there:
            raise BooksError(f"account {account} has {there}, not {chips}")
        if request <= holder.last_request:
            raise BooksError(f"account {account} used the request {request} before")
        till.state.stake(account, chips, *what)
        purse.wallets[account] = there - chips
        purse.in_wallets -= chips
        purse.in_pots += chips
        till.pot += chips
        till.stakes[account] = till.stakes.get(account, 0) + chips
        self._answer("stake", till, holder, request, what)

    @deed
    def refund(self, table: int, account: Account, request: int, chips: Chips, what: What) -> None:
        """Chips from the table back to the wallet."""
        till, holder = self.tills[table], self.holders[account]
        purse, there = self.purses[till.purse], till.stakes.get(account, 0)
        if not 0 < chips <= there:
            raise BooksError(f"account {account} has {there} on table {table}, not {chips}")
        if request <= holder.last_request:
            raise BooksError(f"account {account} used the request {request} before")
        till.state.refund(account, chips, *what)
        purse.in_pots -= chips
        till.pot -= chips
        purse.give(account, chips)
        till.stakes[account] = there - chips
        if there == chips:
            del till.stakes[account]
        self._answer("refund", till, holder, request, what)

    @deed
    def settle(
        self,
        table: int,
        number: int,
        returned: Sequence[Chips],
        rest: Sequence[Rest],
        record: str,  # noqa: ARG002 - written down: SHA-256 of the round's record
        what: What,
    ) -> None:
        """Every stake ends that does not stay: lost to the bank, or back with its winnings.
        `returned` is what comes to each account with chips on the table, by ascending account;
        where it has half a chip besides (`rest`) and was owed one before, with the whole one.
        """
        till = self.tills[table]
        purse, stakes = self.purses[till.purse], till.stakes
        if len(returned) != len(stakes) or min(returned, default=0) < 0:
            raise BooksError(f"round {number} has {len(stakes)} players, not {len(returned)}")
        stays = _staying(stakes, [row[:2] for row in rest])
        if any(half not in (0, 1) for _, __, half in rest):
            raise BooksError(f"round {number} gives another part of a chip than half of it")
        ended, back = till.pot - sum(stays.values()), sum(returned)
        till.state.settle(number, ended, back, *what)
        wallets = purse.wallets
        for account, chips in zip(sorted(stakes), returned, strict=True):
            if chips:  # Most bets lose.
                wallets[account] += chips
        purse.halves ^= {account for account, _, half in rest if half}
        purse.in_wallets += back
        purse.in_pots -= ended
        purse.bank += ended - back
        self._end(till, number, stays)

    @deed
    def give_back(
        self,
        table: int,
        number: int,
        kept: Sequence[Kept],
        record: str,  # noqa: ARG002 - written down
        what: What,
    ) -> None:
        """The round counts for nothing: every stake goes back that does not stay."""
        till = self.tills[table]
        purse = self.purses[till.purse]
        stays = _staying(till.stakes, kept)
        till.state.give_back(number, *what)
        for account, chips in till.stakes.items():
            purse.give(account, chips - stays.get(account, 0))
        purse.in_pots -= till.pot - sum(stays.values())
        self._end(till, number, stays)

    @deed
    def clear(self, table: int, what: What) -> None:
        """No further round will be played: what stayed on the table goes back."""
        till = self.tills[table]
        purse = self.purses[till.purse]
        till.state.clear(*what)
        for account, chips in till.stakes.items():
            purse.give(account, chips)
        purse.in_pots -= till.pot
        till.stakes.clear()
        till.pot = 0
        purse.check()

    @deed
    def play(self, table: int, name: str, what: What) -> None:
        """A deed of the game's own."""
        till = self.tills[table]
        state = till.state
        if till.closed or name not in state.OWN:
            raise BooksError(f"table {table} knows no deed {name}")
        getattr(state, name)(*what)

    def drawing(self, table: int) -> DrawState:
        """What the draw of a table has in the books."""
        return self.tills[table].drawing

    @deed
    def draw(self, table: int, name: str, what: What) -> None:
        """A deed of the table's draw, which every game has alike."""
        drawing = self.tills[table].drawing
        if name not in drawing.OWN:
            raise BooksError(f"the draw knows no deed {name}")
        getattr(drawing, name)(*what)

    # --- what always holds ------------------------------------------------------------------

    def check(self) -> None:
        """Every invariant, over all wallets and stakes; raises `BooksError` when one is broken."""
        for number, purse in self.purses.items():
            purse.walk(till.pot for till in self.tills.values() if till.purse == number)
        for table, till in self.tills.items():
            if till.pot != sum(till.stakes.values()):
                raise BooksError(f"the pot of table {table} is not what was staked there")
            till.state.check(till.stakes)

    def take_journal(self) -> list[Deed]:
        journal, self.journal = self.journal, []
        return journal

    def replay(self, deeds: Iterable[Deed]) -> None:
        """Do again what was written down."""
        for name, *arguments in deeds:
            DEEDS[name](self, *arguments)
        self.journal.clear()

    # --- small steps ------------------------------------------------------------------------

    def wallet(self, account: Account) -> Chips:
        """What this account has in the purse of the house."""
        return self.purses[HOUSE].wallets.get(account, 0)

    def _end(self, till: Till, number: int, stays: Mapping[Account, Chips]) -> None:
        till.stakes.clear()
        till.stakes.update(stays)
        till.pot = sum(stays.values())
        till.end(number)
        self.purses[till.purse].check()

    def _answer(self, name: str, till: Till, holder: Holder, request: int, what: What) -> None:
        holder.last_request, account = request, holder.account
        wallet = self.purses[till.purse].wallets[account]
        at_stake = till.stakes.get(account, 0)
        till.remember(account, Answer(request, digest_of(name, what), wallet, at_stake))

    # --- as text ----------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "holders": [_FIELDS(holder) for holder in self.holders.values()],
            "purses": {
                number: [purse.mint, purse.bank, purse.wallets, sorted(purse.halves)]
                for number, purse in self.purses.items()
            },
            "tills": {number: till.snapshot() for number, till in self.tills.items()},
        }

    @classmethod
    def of_snapshot(cls, state: dict[str, Any], states: Mapping[str, type[GameState]]) -> "Books":
        """The books that gave this snapshot, after it went through JSON."""
        books = cls(states)
        books.holders = {row[0]: Holder(*row) for row in state["holders"]}
        books.named = {holder.name: holder for holder in books.holders.values()}
        books.tills = {
            number: Till.of_snapshot(kept, states)
            for number, kept in numbered(state["tills"]).items()
        }
        for number, (mint, bank, wallets, halves) in numbered(state["purses"]).items():
            purse = Purse(mint, bank, wallets=numbered(wallets), halves=set(halves))
            books.purses[number] = purse
            purse.in_wallets = sum(purse.wallets.values())
            purse.in_pots = sum(t.pot for t in books.tills.values() if t.purse == number)
        return books


def _staying(stakes: Mapping[Account, Chips], rows: Sequence[Kept]) -> dict[Account, Chips]:
    """Whose chips stay in the pot, and how many: no more than lie there."""
    accounts = [account for account, _ in rows]
    if accounts != sorted(set(accounts)):
        raise BooksError("what stays on the table is not by ascending account")
    for account, chips in rows:
        if not 0 <= chips <= stakes.get(account, -1):
            raise BooksError(f"account {account} has no {chips} chips that could stay")
    return {account: chips for account, chips in rows if chips}
