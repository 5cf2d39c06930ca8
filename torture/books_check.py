"""Whether the books of a folder are right, and hold what people were told."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from protocol.games.roulette.bets import PlaceBets
from server.books.books import HOUSE, Books
from server.books.chain import LedgerError
from server.games.roulette.state import RouletteState
from server.host.audit import audit
from torture.onlooker import Fact, Onlooker, as_deed, read_through, stakes_root
from torture.punter import Punter
from torture.stage import LATER, Stage


def wrong_end(folder: Path, facts: Iterable[Fact]) -> Iterator[str]:
    """Nothing is wrong: the audit, one's own sums from the first entry on, and every fact."""
    found = audit(folder)
    if found.wrong:
        yield f"audit: {found.wrong}"
    else:
        yield from wrong_sums(found.books)
        yield from wrong_facts(read_through(folder), facts)


def wrong_restart(folder: Path, facts: Iterable[Fact]) -> Iterator[str]:
    """The same, after one more start has finished the round in flight."""
    try:
        stage = Stage(folder, begin=LATER)
    except LedgerError as error:
        yield f"it does not start again: {error}"
        return
    stage.finish()
    stage.close()
    yield from wrong_end(folder, facts)


def wrong_evening(
    folder: Path, punters: Sequence[Punter], during: Onlooker | None = None
) -> Iterator[str]:
    """The same, with what everybody noted himself, and what somebody saw who read meanwhile."""
    if during:
        yield from during.look()
        during.away()
    yield from wrong_end(folder, (fact for each in punters for fact in each.log.facts))
    yield from wrong_notes(read_through(folder), punters)


def wrong_facts(onlooker: Onlooker, facts: Iterable[Fact]) -> Iterator[str]:
    """What was told and is not so, and what does not add up in itself."""
    yield from onlooker.wrong
    yield from onlooker.wrong_facts(facts)


def wrong_notes(onlooker: Onlooker, punters: Iterable[Punter]) -> Iterator[str]:
    """What people noticed themselves, and what was carried out that they did not ask for."""
    for punter in punters:
        yield from punter.log.wrong
        for request, deed, bets in onlooker.requests_of(punter.account):
            asked = punter.log.asked.get(request)
            if asked is None or (deed, bets) != as_deed(asked):
                yield f"{punter.name} did not ask for {deed} {request}, {bets}"


def wrong_sums(books: Books) -> Iterator[str]:
    """Add everything up, without the books' own help."""
    purse, till = books.purses[HOUSE], books.tills[1]
    assert isinstance(till.state, RouletteState)
    laid, play = sum(till.stakes.values()), till.state.round
    if sum(purse.wallets.values()) + laid + purse.bank + purse.mint:
        yield "the sum of all balances is not 0"
    if min(purse.wallets.values(), default=0) < 0 or min(till.stakes.values(), default=0) < 0:
        yield "a wallet or the pot is below 0"
    lying = sum(sum(chips.values()) for chips in play.bets.values())
    over = play.state in ("settled", "void")
    if laid != (0 if over else lying):
        yield f"{laid} chips in the pot, {lying} on the table, {play.state}"


def acknowledged_roots(punters: Iterable[Punter]) -> dict[int, bytes]:
    """For each round the hash of its bets, as the players' own logs have them."""
    tables: dict[int, dict[tuple[int, int], int]] = {}
    for punter in punters:
        for request, answer in sorted(punter.log.told.items()):
            _lay(tables.setdefault(answer.round_number, {}), punter, request)
    return {
        number: stakes_root((account, spot, chips) for (account, spot), chips in table.items())
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
