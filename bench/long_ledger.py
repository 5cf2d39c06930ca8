"""How long a start takes on a ledger of so many transfers: `python -m bench.long_ledger [N]`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from server.books.books import HOUSE, Books
from server.books.ledger import FILE, Ledger
from server.games import STATES
from server.games.roulette import rules
from server.games.roulette.deeds import Deeds
from server.games.roulette.packed_bets import pack
from server.games.roulette.records import finish
from server.house import DESK, DESK_NAME

PLAYERS = 200
BETS_A_ROUND = 50
ROUNDS_A_COMMIT = 20
HASH = "00" * 32


def build(folder: Path, transfers: int, table: str = "00" * 16, seed_0: str = HASH) -> None:
    """Rounds of fifty bets, until there are so many transfers more."""
    ledger = Ledger(folder, STATES)
    if not ledger.books.tills:
        begin(ledger.books, table, seed_0)
    done = 0
    while done < transfers:
        done += play_round(ledger)
    ledger.commit()
    ledger.close()


def begin(books: Books, table: str, seed_0: str) -> None:
    books.open_till(1, "roulette", "", HOUSE, table, seed_0)
    books.enroll(DESK, DESK_NAME, "", "")
    for account in range(DESK + 1, DESK + 1 + PLAYERS):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(HOUSE, account, 10**12)


def play_round(ledger: Ledger) -> int:
    """One round, on the record as a table would put it; how many transfers that was."""
    deeds = Deeds(ledger.books, 1)
    number = deeds.state.round.number + 1
    deeds.open(number)
    for bet in range(BETS_A_ROUND):
        request = (number - 1) * BETS_A_ROUND + bet + 1
        account = (request * 7 + number) % PLAYERS + DESK + 1
        deeds.stake(number, account, request, [[request % 155, 100], [155, 50]], 150)
    deeds.freeze(number)
    play, pocket = deeds.state.round, number % 37
    bets = rules.in_order(play.bets)
    outcome = rules.settle(bets, pocket)
    done = finish(1, play, pack(bets), outcome, number, pocket=pocket)
    deeds.settle(number, pocket, outcome.returned, done.digest)
    ledger.finished.append(done)
    if number % ROUNDS_A_COMMIT == 0:
        ledger.commit()
        ledger.tidy()
    return BETS_A_ROUND + len(outcome.accounts)


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("transfers", nargs="?", type=int, default=1_000_000)
    transfers = parse.parse_args().transfers
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), transfers)
        megabytes = (Path(name) / FILE).stat().st_size / 1e6
        times = []
        for _ in range(3):
            start = time.perf_counter()
            Ledger(Path(name), STATES).close()
            times.append(time.perf_counter() - start)
    sys.stdout.write(
        f"{transfers} transfers, {megabytes:.0f} MB: start in {sorted(times)[1]:.2f} s\n"
    )


if __name__ == "__main__":
    main()
