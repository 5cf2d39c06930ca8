"""A night as a table for a spreadsheet. Pure.

Names come from other people: no text in it begins as a formula does, whichever of its signs a
spreadsheet takes for the end of a cell: an apostrophe stands before what could be one.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from client.games.roulette.night.night import Played
from client.games.roulette.night.paper import Paper

MARK = "\ufeff"
"""At the head, so that spreadsheets read it as UTF-8."""
SEPARATOR = {"en": ",", "ru": ";"}
"""What spreadsheets of that language take for the end of a cell."""
_ENDS = re.compile(r"[,;\t\r\n\"]")
"""What ends a cell, in one language or another."""
_FORMULA = re.compile(r"(?:^|(?<=[,;\t\r\n\"])) *(?=[=+\-@＝＋－＠\t\r\n])")
"""Where one begins. Quotes alone are no help: who takes the other sign for the end of a cell sees
them in the middle of one, and there they are no quotes.
"""

Cell: TypeAlias = str | int


def sheet(paper: Paper) -> str:
    """One row for each bet, or for each round of the table's."""
    rows = _table_rows(paper) if paper.night.house else _own_rows(paper)
    mark = SEPARATOR[paper.words.language]
    return MARK + "".join(mark.join(_cell(cell) for cell in row) + "\r\n" for row in rows)


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


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    safe = _FORMULA.sub(r"'\g<0>", cell)
    return '"' + safe.replace('"', '""') + '"' if _ENDS.search(safe) else safe
