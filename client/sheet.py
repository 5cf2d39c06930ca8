"""A night as a table for a spreadsheet. Pure.

Names come from other people: no text in it begins as a formula does.
"""

from collections.abc import Iterable, Iterator

from client.night import Played
from client.paper import Paper

MARK = "\ufeff"
"""At the head, so that spreadsheets read it as UTF-8."""
SEPARATOR = {"en": ",", "ru": ";"}
"""What spreadsheets of that language take for the end of a cell."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int


def sheet(paper: Paper) -> str:
    """One row for each bet, or for each round of the table's."""
    rows = _table_rows(paper) if paper.night.house else _own_rows(paper)
    mark = SEPARATOR[paper.words.language]
    return MARK + "".join(mark.join(_cell(cell, mark) for cell in row) + "\r\n" for row in rows)


def _own_rows(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    keys = ("round", "time", "number", "colour", "bet", "covers", "stake", "returned", "net")
    yield _heads(paper, (*keys, "verified", "player", "at"))
    for each in paper.night.rounds:
        first = _first(paper, each)
        last = (paper.check(each), paper.name, paper.table)
        for bet in each.bets:
            name, covers = paper.spot(bet.spot), paper.covers(bet.spot)
            sums = (bet.stake, bet.returned, bet.returned - bet.stake)
            yield (*first, name, covers, *sums, *last)


def _table_rows(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    keys = ("round", "time", "number", "colour", "players", "staked", "paid_out", "house_net")
    yield _heads(paper, (*keys, "verified", "at"))
    for each in paper.night.rounds:
        sums = (each.players, each.staked, each.returned, each.net)
        yield (*_first(paper, each), *sums, paper.check(each), paper.table)


def _heads(paper: Paper, keys: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(paper.words(f"paper.{key}") for key in keys)


def _first(paper: Paper, each: Played) -> tuple[Cell, ...]:
    pocket: Cell = "" if each.pocket is None else each.pocket
    return each.round, paper.when(each.at), pocket, paper.colour(each)


def _cell(cell: Cell, mark: str) -> str:
    if isinstance(cell, int):
        return str(cell)
    if cell.startswith(FORMULA):
        cell = "'" + cell
    wants = any(each in cell for each in (mark, '"', "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if wants else cell
