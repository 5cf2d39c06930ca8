"""How long a start takes on a ledger of so many transfers: `python -m bench.long_ledger [N]`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from server import rules
from server.finished import Finished, as_json
from server.house import DESK, DESK_NAME
from server.ledger import FILE, Ledger

PLAYERS = 200
BETS_A_ROUND = 50
ROUNDS_A_COMMIT = 20
HASH = "00" * 32


def build(folder: Path, transfers: int, table: str = "00" * 16, seed_0: str = HASH) -> None:
    """Rounds of fifty bets, until there are so many transfers."""
    ledger = Ledger(folder)
    books = ledger.books
    books.make(table, seed_0)
    books.enroll(DESK, DESK_NAME, "", "")
    for account in range(DESK + 1, DESK + 1 + PLAYERS):
        books.enroll(account, f"Player {account}", "", "")
        books.grant(account, 10**12)
    done = request = number = 0
    while done < transfers:
        number += 1
        books.open(number)
        for _ in range(BETS_A_ROUND):
            request += 1
            account = (request * 7 + number) % PLAYERS + DESK + 1
            books.stake(number, account, request, ((request % 157, 100), (155, 50)))
        books.freeze(number, HASH, HASH)
        books.reveal(number, HASH)
        payouts = rules.settle(books.round.bets, number % 37)
        record = as_json({"round": number, "bets": payouts, "freeze": HASH, "seed": HASH})
        finished = Finished(number, as_json({"round": number}), record)
        books.settle(number, HASH, number % 37, payouts, finished.digest)
        ledger.finished.append(finished)
        if number % ROUNDS_A_COMMIT == 0:
            ledger.commit()
            ledger.tidy()
        done += BETS_A_ROUND + len(payouts)
    ledger.commit()
    ledger.close()


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
            Ledger(Path(name)).close()
            times.append(time.perf_counter() - start)
    sys.stdout.write(
        f"{transfers} transfers, {megabytes:.0f} MB: start in {sorted(times)[1]:.2f} s\n"
    )


if __name__ == "__main__":
    main()
