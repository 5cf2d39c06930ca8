"""Hold what people were told against what is in the books.

A *fact* is one thing that somebody was told, as a plain list: `["stake", account, request, round,
bets]`. Facts go through JSON, so that they outlive the process that was told them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from protocol.fairness import bets_root
from protocol.messages.bets import BetsPlaced, PlaceBets
from server.audit import audit, reading
from server.books import Books
from torture.punter import Punter

Fact: TypeAlias = list[Any]


@dataclass
class Kept:
    """What the books say, gathered for comparing."""

    facts: dict[str, Any] = field(default_factory=dict)
    """What a fact says in the end, by what it says before."""
    moved: Counter[tuple[int, int]] = field(default_factory=Counter)
    """How often each request of each account was carried out."""
    roots: dict[int, str] = field(default_factory=dict)
    voided: set[int] = field(default_factory=set)

    def add(self, name: str, arguments: list[Any]) -> None:
        """One deed."""
        match name, arguments:
            case (("stake" | "refund"), [number, account, request, bets]):
                self._note([name, account, request, number, bets])
                self.moved[account, request] += 1
            case "freeze", [number, freeze, root]:
                self._note(["freeze", number, freeze])
                self.roots[number] = root
            case "settle", [number, _, pocket, payouts, _]:
                self._note(["pocket", number, pocket])
                for account, staked, back in payouts:
                    self._note(["net", number, account, back - staked])
            case "void", [number, *_]:
                self._note(["void", number, True])
                self.voided.add(number)
            case "enroll", [account, holder, *_]:
                self._note(["name", account, holder])

    def _note(self, fact: Fact) -> None:
        self.facts[str(fact[:-1])] = fact[-1]

    def wrong(self, fact: Fact) -> str:
        """What is wrong with a fact; nothing if the books hold it."""
        held = self.facts.get(str(fact[:-1]))
        if held == fact[-1]:
            return ""
        if fact[0] == "net" and (fact[1] in self.voided or (held is None and fact[-1] == 0)):
            return ""
        return f"somebody was told {fact}; the books hold {held}"


def read_kept(folder: Path) -> Kept:
    """Every deed in the books of a folder."""
    kept = Kept()
    with reading(folder) as reader:
        for _, body in reader.entries():
            for name, *arguments in json.loads(body):
                kept.add(name, arguments)
    return kept


def facts_of(punter: Punter) -> Iterator[Fact]:
    """Everything that a player was told."""
    log, account = punter.log, punter.account
    if account:
        yield ["name", account, punter.name]
    for number, answer in log.told.items():
        bets = [[bet.spot, bet.chips] for bet in log.asked[number].bets]
        deed = "stake" if isinstance(answer, BetsPlaced) else "refund"
        yield [deed, account, number, answer.round_number, bets]
    for number, freeze in log.freezes.items():
        yield ["freeze", number, freeze.hex()]
    for number, pocket in log.pockets.items():
        yield ["pocket", number, pocket]
    for number, net in log.nets.items():
        yield ["net", number, account, net]
    for number in log.voided:
        yield ["void", number, True]


def wrong_facts(kept: Kept, facts: Iterable[Fact]) -> Iterator[str]:
    """What was told and is not so."""
    twice = [who for who, times in kept.moved.items() if times > 1]
    if twice:
        yield f"requests carried out twice: {twice[:3]}"
    yield from filter(None, map(kept.wrong, facts))


def wrong_logs(kept: Kept, punters: Iterable[Punter]) -> Iterator[str]:
    """What anybody was told and the books do not hold."""
    for punter in punters:
        yield from punter.log.wrong
        yield from wrong_facts(kept, facts_of(punter))


def wrong_books(folder: Path) -> Iterator[str]:
    """What an audit finds, and what a sum over everything says beside it."""
    found = audit(folder)
    if found.wrong:
        yield f"audit: {found.wrong}"
    else:
        yield from wrong_sums(found.books)


def wrong_sums(books: Books) -> Iterator[str]:
    """Add everything up, without the books' own help."""
    wallets = [holder.wallet for holder in books.holders.values()]
    if sum(wallets) + books.escrow + books.bank + books.mint:
        yield "the sum of all balances is not 0"
    if min(wallets, default=0) < 0 or books.escrow < 0:
        yield "a wallet or the escrow is below 0"
    lying = sum(sum(chips.values()) for chips in books.round.bets.values())
    over = books.round.state in ("settled", "void")
    if books.escrow != (0 if over else lying):
        yield f"{books.escrow} chips in escrow, {lying} on the table, {books.round.state}"


def acknowledged_roots(punters: Iterable[Punter]) -> dict[int, bytes]:
    """For each round the hash of its bets, as the players' own logs have them."""
    tables: dict[int, dict[tuple[int, int], int]] = {}
    for punter in punters:
        for request, answer in sorted(punter.log.told.items()):
            _lay(tables.setdefault(answer.round_number, {}), punter, request)
    return {
        number: bets_root((account, spot, chips) for (account, spot), chips in table.items())
        for number, table in tables.items()
    }


def _lay(table: dict[tuple[int, int], int], punter: Punter, request: int) -> None:
    asked = punter.log.asked[request]
    if isinstance(asked, PlaceBets):
        for bet in asked.bets:
            key = punter.account, bet.spot
            table[key] = table.get(key, 0) + bet.chips
    else:  # A punter takes back everything or nothing.
        for key in [key for key in table if key[0] == punter.account]:
            del table[key]
