"""What is known, by the plain names of its parts: of the house, of one table, of its roulette."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from client.fair.witness import Judged
from client.games.roulette.state import Roulette, roulette, with_roulette
from client.games.roulette.state import Round as OfRoulette
from client.house.state import HouseState, TableState
from protocol.fair.document import Document, Round
from protocol.fair.verdict import Verdict
from protocol.games.roulette.rules import ROULETTE
from protocol.house.door import TableEntry

NOUGHT = bytes(32)
HOUSE, TABLE, GAME = (
    {each.name for each in fields(kind)} for kind in (HouseState, TableState, Roulette)
)


def changed(state: HouseState, **what: Any) -> HouseState:
    """With these changed, wherever they belong."""
    assert what.keys() <= HOUSE | TABLE | GAME, what.keys() - HOUSE - TABLE - GAME
    state = replace(state, **{name: each for name, each in what.items() if name in HOUSE})
    table = {name: each for name, each in what.items() if name in TABLE}
    game = {name: each for name, each in what.items() if name in GAME}
    state = state.with_table(**table) if table else state
    return with_roulette(state, **game) if game else state


def known(**what: Any) -> HouseState:
    """What is known at a table that was shown."""
    return changed(HouseState(), live=True, **what)


def listed(
    number: int, name: str, croupier: bool = False, seated: int = 0, watching: int = 0,
    game: int = ROULETTE,
) -> TableEntry:  # fmt: skip
    """A table of the house, as its list has it."""
    return TableEntry(
        table=number, game=game, name=name, automatic=False, password_needed=False,
        watching_allowed=True, seats=0, croupier_seated=croupier, seated=seated,
        watching=watching,
    )  # fmt: skip


def flat(state: HouseState) -> dict[str, Any]:
    """All of it, by name."""
    parts = (state, state.table, roulette(state))
    found = {each.name: getattr(part, each.name) for part in parts for each in fields(part)}
    return {name: each for name, each in found.items() if name not in ("tables", "game")}


def over(state: HouseState) -> OfRoulette:
    """The round before the one on the table."""
    previous = roulette(state).previous
    assert previous is not None
    return previous


def judged(number: int, *reds: str, greys: Iterable[str] = (), over: bool = True) -> Judged:
    """What a witness would say of a round of this number."""
    told = Round(
        "", "", number, number, NOUGHT, NOUGHT, "", b"", 0, NOUGHT, 0, NOUGHT, NOUGHT,
        {}, None, [], None, None,
    )  # fmt: skip
    verdict = Verdict(dict.fromkeys(reds, ""), dict.fromkeys(greys, ""))
    return Judged(verdict, Document(b"t" * 16, NOUGHT, (told,)), over)
