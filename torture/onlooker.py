"""Somebody beside the running house who reads what is committed, and adds up everything himself.

He shares no arithmetic with the house: he knows the deeds by name, and moves chips as the rules
say. Any total that is wrong, in the books or in what people were told, he sees.

A *fact* is one thing that somebody was told, as a plain list: its name, its round, what else it is
about, and last what was said: `["stake", round, account, request, [bets, wallet, at stake]]`.
Facts go through JSON, so that they outlive the process that was told them.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from protocol.fair import hashes, tree
from protocol.fair.hashes import Hash
from protocol.games.roulette.bets import (
    BetsChanged,
    BetsPlaced,
    BetsTakenBack,
    PlaceBets,
    TakeBackBets,
)
from protocol.games.roulette.rounds import (
    PlayerSettled,
    RoundSettled,
    RoundVoided,
    TableShown,
)
from protocol.games.roulette.rules import SPOTS
from protocol.house.draw import RoundFrozen
from server.books.ledger import FILE

Fact: TypeAlias = list[Any]
"""`[name, round, ..., what was said]`."""
Bets: TypeAlias = list[list[int]]
What: TypeAlias = tuple[int, Bets]
Settled: TypeAlias = tuple[int, Bets]
"""The round of a bet, and its spots."""
Chips = PlaceBets | TakeBackBets
Answer = BetsPlaced | BetsTakenBack
AT_ANY_TIME = ("stands", "table")
"""What was so after some deed of the round, not only in the end."""
NEXT = {"freeze": "open", "settle": "freeze", "void": "open"}
"""What a round has to be before this can be done to it."""


class Onlooker:
    """Reads the books of a folder, again and again, each time what is new."""

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet; there need not be any books."""
        self.wrong: list[str] = []
        self.looks = 0
        self.entry = 0
        self.mint = self.bank = self.escrow = 0
        self.wallets: dict[int, int] = {}
        self.round, self.state = 0, "settle"
        self.lying: dict[int, dict[int, int]] = {}
        """The chips on the table: spots by account."""
        self.roots: dict[int, str] = {}
        self._path = folder / FILE
        self._db: sqlite3.Connection | None = None
        self._digest = bytes(32)
        self._facts: dict[int, dict[tuple[Any, ...], Any]] = {0: {}}
        self._stood: dict[int, set[tuple[Any, ...]]] = {}
        self._opening: dict[int, dict[int, int]] = {}
        self._last_request: dict[int, int] = {}

    # --- reading ----------------------------------------------------------------------------

    def look(self) -> list[str]:
        """Read on, and add up; everything that was wrong so far."""
        if self._path.exists():
            try:
                self._read()
            except sqlite3.DatabaseError as error:
                # (Before the first table is made there is nothing to read.)
                if self.entry or "no such table" not in str(error):
                    self.wrong.append(f"the books cannot be read: {error}")
            except (LookupError, TypeError, ValueError) as error:
                self.wrong.append(f"entry {self.entry} cannot be: {error!r}")
        return self.wrong

    def away(self) -> None:
        """Hold nothing open; the next look begins where this one ended."""
        if self._db:
            self._db.close()
            self._db = None

    def _read(self) -> None:
        """One view: what was committed, as one moment has it."""
        if self._db is None:
            uri = f"{self._path.resolve().as_uri()}?mode=ro"
            self._db = sqlite3.connect(uri, uri=True, isolation_level=None)
        db = self._db
        db.execute("BEGIN")
        try:
            pages = db.execute(
                "SELECT first, last, body, size FROM pages WHERE last > ? ORDER BY page",
                (self.entry,),
            ).fetchall()
            loose = db.execute(
                "SELECT entry, body, digest FROM journal WHERE entry > ? ORDER BY entry",
                (self.entry,),
            ).fetchall()
            noted = db.execute(
                "SELECT p.last, c.state FROM checkpoint c JOIN pages p USING (page)"
            ).fetchone()
        finally:
            db.execute("COMMIT")
        self.looks += 1
        for first, last, body, size in pages:
            plain = zlib.decompress(body)
            self._check(len(plain) == size, f"the page up to entry {last} has another size")
            for entry, text in enumerate(plain.decode().split("\n"), first):
                if entry > self.entry:
                    self._add_entry(entry, text)
            if noted and noted[0] == last:
                self._compare(json.loads(noted[1]))
        for entry, text, digest in loose:
            self._add_entry(entry, text)
            self._check(self._digest == digest, f"entry {entry} does not go on from those before")

    def _add_entry(self, entry: int, text: str) -> None:
        """What one commit did; after it, everything has to come out."""
        self._check(entry == self.entry + 1, f"entry {entry} follows entry {self.entry}")
        self.entry = entry
        self._digest = sha256(self._digest + entry.to_bytes(8, "big") + text.encode()).digest()
        for name, *arguments in json.loads(text):
            if name == "play":
                _, name, arguments = arguments
            if name == "draw":
                _, deed, arguments = arguments
                name = f"draw_{deed}"
            do = getattr(self, f"_{name}", None)
            if do:
                do(*arguments)
        self._add_up()

    def _add_up(self) -> None:
        wallets = self.wallets.values()
        total = sum(wallets) + self.escrow + self.bank + self.mint
        self._check(not total, f"the sum of all balances is not 0 after entry {self.entry}")
        self._check(min(wallets, default=0) >= 0, f"a wallet is below 0 after entry {self.entry}")

    def _compare(self, noted: dict[str, Any]) -> None:
        """The totals that the house wrote beside its deeds."""
        (mint, bank, wallets, halves), till = noted["purses"]["0"], noted["tills"]["1"]
        self._check(not halves, f"the checkpoint at entry {self.entry} owes half a chip")
        full = {int(account): chips for account, chips in wallets.items() if chips}
        theirs = mint, bank, sum(till["stakes"].values()), full
        held = {account: chips for account, chips in self.wallets.items() if chips}
        own = self.mint, self.bank, self.escrow, held
        self._check(theirs == own, f"the checkpoint at entry {self.entry} has other totals")

    def _check(self, holds: object, words: str) -> None:
        if not holds:
            self.wrong.append(words)

    # --- the deeds --------------------------------------------------------------------------

    def _enroll(self, account: int, holder: str, *_: object) -> None:
        self.wallets[account] = 0
        self._note("name", 0, account, holder)

    def _grant(self, _: int, account: int, chips: int) -> None:
        self.mint -= chips
        self.wallets[account] += chips
        self._stands(account)

    def _open(self, number: int, *law: int) -> None:
        lawful = number == self.round + 1 and self.state in ("settle", "void")
        self._check(lawful, f"round {number} was opened after round {self.round}, {self.state}")
        self._check(not any(law), f"round {number} was opened by the rules {law}, which nobody set")
        self.round, self.state = number, "open"
        self.lying = {}
        self._facts[number] = {}
        self._stood[number] = {("table", 0)}
        self._opening[number] = dict(self.wallets)

    def _stake(self, _: int, account: int, request: int, total: int, what: What) -> None:
        number, bets = what
        self._check(total == sum(chips for _, chips in bets), f"{total} chips for {bets}")
        mine = self.lying.setdefault(account, {})
        for spot, chips in bets:
            self._check(chips > 0, f"a bet of {chips} chips in round {number}")
            mine[spot] = mine.get(spot, 0) + chips
            self._to_table(account, chips)
        self._carried_out("stake", number, account, request, bets)

    def _refund(self, _: int, account: int, request: int, total: int, what: What) -> None:
        number, bets = what
        mine = self.lying[account]
        due = sum(chips for _, chips in bets) if bets else sum(mine.values())
        self._check(total == due, f"{total} chips back for {bets}")
        for spot, chips in bets or [[*each] for each in mine.items()]:
            mine[spot] -= chips
            self._check(chips > 0 <= mine[spot], f"{chips} chips were taken back in round {number}")
            self._to_table(account, -chips)
            if not mine[spot]:
                del mine[spot]
        self._carried_out("refund", number, account, request, bets)

    def _freeze(self, number: int) -> None:
        self._go_on(number, "freeze")

    def _draw_freeze(self, number: int, *frozen: Any) -> None:
        *_, root, freeze = frozen
        rows = ((who, *bet) for who, mine in self.lying.items() for bet in mine.items())
        own = stakes_root(rows).hex()
        self._check(own == root, f"round {number} was frozen with other bets (stakes_root)")
        self.roots[number] = root
        self._note("freeze", number, freeze)
        self._note("root", number, root)

    def _draw_drawn(self, seed: str, *rest: Any) -> None:
        self._note("seed", self.round, seed)
        self._note("done", self.round, rest[2])

    def _settle(
        self, _: int, number: int, returned: list[int], rest: Bets, __: str, what: Settled
    ) -> None:
        pocket, locked = what
        self._check(not rest and not locked, f"round {number} locked or halved a stake")
        self._go_on(number, "settle")
        lying = {who: mine for who, mine in sorted(self.lying.items()) if mine}
        due = [sum(_back(*bet, pocket) for bet in mine.items()) for mine in lying.values()]
        self._check(due == returned, f"round {number} did not pay what its spots pay")
        stakes = [sum(mine.values()) for mine in lying.values()]
        for account, staked, back in zip(lying, stakes, returned, strict=True):
            self.escrow -= staked
            self.bank += staked - back
            self.wallets[account] += back
            self._note("net", number, account, [back - staked, self.wallets[account]])
        self._check(not self.escrow, f"{self.escrow} chips are left from round {number}")
        self._note("pocket", number, pocket)
        self._note("totals", number, [len(lying), sum(stakes), sum(returned)])

    def _give_back(self, _: int, number: int, *__: object) -> None:
        self._go_on(number, "void")
        for account, mine in self.lying.items():
            for chips in mine.values():
                self._to_table(account, -chips)
            self._note("net", number, account, [0, self.wallets[account]])
        self._check(not self.escrow, f"{self.escrow} chips are left from round {number}")
        self._note("void", number, True)

    # --- small steps ------------------------------------------------------------------------

    def _go_on(self, number: int, to: str) -> None:
        lawful = number == self.round and self.state == NEXT[to]
        self._check(lawful, f"{to} of round {number}, when round {self.round} was {self.state}")
        self.state = to

    def _to_table(self, account: int, chips: int) -> None:
        self.wallets[account] -= chips
        self.escrow += chips

    def _carried_out(self, deed: str, number: int, account: int, request: int, bets: Bets) -> None:
        lawful = number == self.round and self.state == "open"
        self._check(lawful, f"a {deed} in round {number}, when round {self.round} was {self.state}")
        if request <= self._last_request.get(account, 0):
            self.wrong.append(f"request {request} of account {account} was carried out twice")
        self._last_request[account] = request
        stands = self._stands(account)
        self._note(deed, number, account, request, [bets, *stands])

    def _stands(self, account: int) -> tuple[int, int]:
        stands = self.wallets[account], sum(self.lying.get(account, {}).values())
        self._stood.setdefault(self.round, set()).update(
            (("stands", account, *stands), ("table", self.escrow))
        )
        return stands

    def _note(self, *fact: Any) -> None:
        name, number, *about, said = fact
        self._facts[number][name, *about] = said

    # --- comparing --------------------------------------------------------------------------

    def wrong_facts(self, facts: Iterable[Fact]) -> Iterator[str]:
        """What somebody was told, and the books say otherwise."""
        for fact in facts:
            name, number, *about, said = fact
            if name == "saw":  # An onlooker's own words, on the evening itself.
                yield said
                continue
            if name in AT_ANY_TIME:
                held: Any = self._was_so(name, number, *about, *said)
            else:
                held = self._facts.get(number, {}).get((name, *about)) == said
            if not held:
                known = self._facts.get(number, {}).get((name, *about))
                yield f"somebody was told {fact}; the books hold {known}"

    def requests_of(self, account: int) -> Iterator[tuple[int, str, Bets]]:
        """What was carried out for an account: the request's number, the deed, the bets."""
        for facts in self._facts.values():
            for (deed, *about), said in facts.items():
                if deed in ("stake", "refund") and about[0] == account:
                    yield about[1], deed, said[0]

    def _was_so(self, name: str, number: int, *said: int) -> bool:
        if (name, *said) in self._stood.get(number, ()):
            return True
        if name == "table":
            return False
        account, wallet, at_stake = said
        return not at_stake and self._opening.get(number, {}).get(account, 0) == wallet

    def forget(self, before: int) -> None:
        """Rounds before this one are of no interest any more."""
        kept: tuple[dict[int, Any], ...] = (self._facts, self._stood, self._opening, self.roots)
        for each in kept:
            for number in [number for number in each if 0 < number < before]:
                del each[number]


def facts_in(said: object, account: int) -> Iterator[Fact]:
    """What one message tells the player of this account, as far as the books must hold it."""
    match said:
        case TableShown() | BetsChanged():
            yield ["table", said.round_number, [said.staked]]
            if isinstance(said, TableShown):
                yield ["stands", said.round_number, [account, said.balance, said.at_stake]]
        case RoundFrozen():
            yield ["freeze", said.round_number, said.freeze.hex()]
            yield ["root", said.round_number, said.stakes_root.hex()]
        case RoundSettled():
            yield ["pocket", said.round_number, said.pocket]
            yield ["totals", said.round_number, [said.players, said.staked, said.returned]]
        case RoundVoided():
            yield ["void", said.round_number, True]
        case PlayerSettled():
            yield ["net", said.round_number, account, [said.net, said.balance]]


def answer_fact(asked: Chips, said: Answer, account: int) -> Fact:
    """What an answer tells, given the request."""
    deed, bets = as_deed(asked)
    about = said.round_number, account, said.number
    return [deed, *about, [bets, said.balance, said.at_stake]]


def as_deed(asked: Chips) -> tuple[str, Bets]:
    """A request as the books write it down."""
    deed = "stake" if isinstance(asked, PlaceBets) else "refund"
    return deed, [[bet.spot, bet.chips] for bet in asked.bets]


def _back(spot: int, chips: int, pocket: int) -> int:
    """What comes back: a spot of n numbers pays 36 for n, with the stake."""
    covers = SPOTS[spot].covers
    return chips * 36 // len(covers) if pocket in covers else 0


def stakes_root(bets: Iterable[tuple[int, int, int]]) -> Hash:
    """The root over these bets, in which nothing is locked: account, spot and chips."""
    table: dict[int, list[tuple[int, int, int]]] = {}
    for account, spot, chips in bets:
        table.setdefault(account, []).append((spot, 0, chips))
    return tree.root([hashes.stake_leaf(*each) for each in sorted(table.items())])


def read_through(folder: Path) -> Onlooker:
    """Everything from the first entry."""
    onlooker = Onlooker(folder)
    onlooker.look()
    onlooker.away()
    return onlooker
