#!/usr/bin/env python3
"""What our server costs as the table grows fuller, and as its books grow older.

`python bench/growth.py` draws `docs/pictures/growth-*.png` and prints the figures with the exponent
of each at its end. A cost is always that for one player, so an exponent of 0 says that it does not
matter how many others there are, and how much happened before.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    os.environ |= {"SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}

from bench import compare, targets
from bench.compare import note, numbers, say
from bench.long_ledger import begin, play_round
from bench.meter import median
from bench.plot import Points, exponent, plot, shown
from bench.report import markdown, number
from protocol.games.roulette.bets import ListBets
from protocol.games.roulette.records import ListOwnRounds, ListResults, ListRounds
from server.books.ledger import Ledger
from server.games import GAMES, STATES
from server.games.roulette import questions
from server.games.roulette.deeds import Deeds
from server.games.roulette.play import Roulette, roulette_at
from server.games.roulette.settings import Rules
from server.house import House, Manner
from server.limits import Limits
from server.tables.hall import FIRST

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
REPEATS = 9
PLAYER = 7
"""An account that has bet."""
TABLE, SEED = "00" * 16, "00" * 32

CROWD: Mapping[str, str] = {
    "server_us_per_sign_in": "a sign-in",
    "server_us_per_bet": "a bet",
    "server_us_per_delivery": "a delivery",
}


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    pictures: Path = options.pictures
    crowd = by_players(options.players, options.runs)
    show(crowd, "players", "processor time of the server, µs", pictures / "growth-players.png")
    with tempfile.TemporaryDirectory(dir=options.data) as folder:
        age = by_age(Path(folder), options.rounds)
    show(age, "rounds in the books", "milliseconds", pictures / "growth-age.png")
    return 0


def by_players(sizes: Sequence[int], runs: int) -> dict[str, Points]:
    """Processor time for one thing that one player does, at tables of so many."""
    options = compare.parser().parse_args(["--bets", "200"])
    found: dict[str, list[tuple[float, float]]] = {words: [] for words in CROWD.values()}
    for players in sizes:
        note(f"{players} players")
        figures = []
        for _ in range(runs):
            with (
                tempfile.TemporaryDirectory() as folder,
                compare.ours(targets.CLONE, Path(folder)) as target,
            ):
                figures.append(compare.run_load(target, "modern", players, options)[0])
        for key, words in CROWD.items():
            found[words].append((players, median([each[key] for each in figures])))
    return dict(found)


def by_age(folder: Path, sizes: Sequence[int]) -> dict[str, Points]:
    """What a start and a question take in books of so many rounds."""
    with closing(Ledger(folder, STATES)) as ledger:
        begin(ledger.books, TABLE, SEED)
        ledger.commit()
    found: dict[str, list[tuple[float, float]]] = {}
    for rounds in sizes:
        note(f"{rounds} rounds")
        with closing(Ledger(folder, STATES)) as ledger:
            while Deeds(ledger.books, 1).state.round.number < rounds:
                play_round(ledger)
            ledger.commit()
        spans = {"a start": timed(lambda: Ledger(folder, STATES).close())}
        with closing(Ledger(folder, STATES)) as ledger:
            spans |= asked(ledger)
        for name, seconds in spans.items():
            found.setdefault(name, []).append((rounds, 1e3 * seconds))
    return dict(found)


def asked(ledger: Ledger) -> dict[str, float]:
    """Questions about what was, and a round more."""
    play = play_of(ledger)
    last = Deeds(ledger.books, 1).state.history.last_round

    def another_round() -> None:
        play_round(ledger)
        ledger.commit()

    return {
        "the last 500 numbers": timed(lambda: questions.list_results(play, PLAYER, ListResults(1))),
        "a page of rounds": timed(lambda: questions.list_rounds(play, PLAYER, ListRounds(1, 0))),
        "one's own rounds": timed(
            lambda: questions.list_own_rounds(play, PLAYER, ListOwnRounds(1, 0))
        ),
        "an old round": timed(
            lambda: questions.list_bets(play, PLAYER, ListBets(1, 1 + last // 2, 0, 0))
        ),
        "a round of 50, kept": timed(another_round),
    }


def play_of(ledger: Ledger) -> Roulette:
    house = House(ledger.books, ledger, Manner(), Limits(), bytes)
    return roulette_at(house.open_table(GAMES["roulette"], Seedless(), Rules(), 0.0, number=FIRST))


class Seedless:
    """A draw for who only asks."""

    table, length = bytes(16), 1

    def seed(self, number: int) -> bytes:  # noqa: ARG002 - see above
        return bytes(32)


def timed(do: Callable[[], object]) -> float:
    """The best of some turns, in seconds of the wall's clock: what else runs only adds to it."""
    spans = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        do()
        spans.append(time.perf_counter() - begun)
    return min(spans)


def show(found: Mapping[str, Points], against: str, unit: str, file: Path) -> None:
    """A table for the page, and the picture."""
    sizes = [x for x, _ in next(iter(found.values()))]
    rows = {
        name: [*(number(y) for _, y in points), f"{exponent(points):.2f}"]
        for name, points in found.items()
    }
    say(markdown(f"{unit}, by {against}", [*map(shown, sizes), "exponent"], rows))
    plot(file, unit, against, found)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    add = made.add_argument
    add("--players", type=numbers, default=[100, 300, 1000, 3000, 10_000], help="100,1000,10000")
    add("--rounds", type=numbers, default=[1, 10, 100, 1000, 10_000, 100_000], help="1,1000")
    add("--runs", type=int, default=1, help="of each number of players")
    add("--pictures", type=Path, default=PICTURES, help="the folder for the pictures")
    add("--data", type=Path, help="a folder on the disk for the books; 1 GB for 100 000 rounds")
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
