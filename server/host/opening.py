"""Which tables are opened: those that the host wants, against those that the books know.

A table is known by its name and its game. What the books know and the host wants goes on where it
was, with its own seeds; what the books do not know, or know as closed, is a new table with a new
number. What the books have open and the host wants no more is opened once again to be closed: a
round whose bets are open gives them back, one that is frozen is played to its end, for who could
leave it out could choose among the numbers.
"""

from collections.abc import Iterable

from server.draw.seeds import Chains, Seeds, SeedsError
from server.games import GAMES
from server.host.sections import Section
from server.house import House
from server.tables.hall import Table
from server.tables.terms import Terms


def open_all(house: House, sections: Iterable[Section], chains: Chains, now: float) -> None:
    """At a start."""
    tills = house.books.tills
    known = {(till.name, till.game): number for number, till in tills.items() if not till.closed}
    wanted: dict[int, Section] = {}
    new: list[Section] = []
    for section in sections:
        number = known.pop((section.name, section.kind), 0)
        if number:
            wanted[number] = section
        else:
            new.append(section)
    for number in sorted((*wanted, *known.values())):
        seeds = _known_seeds(house, chains, number)
        if number in wanted:
            open_one(house, wanted[number], seeds, now, number=number)
        else:
            till = tills[number]
            terms = Terms(till.name or house.manner.name)
            game = GAMES[till.game]
            table = house.open_table(game, seeds, game.rules(), now, terms, number=number)
            house.close_table(table, void=True)
    for section in new:
        number = house.next_number
        open_one(house, section, chains.of(number, fresh=True), now)


def open_one(house: House, section: Section, seeds: Seeds, now: float, *, number: int = 0) -> Table:
    """Without a number it is a new table."""
    terms, name = section.terms(house.manner.name), section.name
    game = GAMES[section.kind]
    return house.open_table(game, seeds, section.rules, now, terms, number=number, known_as=name)


def _known_seeds(house: House, chains: Chains, number: int) -> Seeds:
    till, seeds = house.books.tills[number], chains.of(number, fresh=False)
    if (till.draw, till.anchor) != (seeds.table.hex(), seeds.seed(0).hex()):
        raise SeedsError(f"{chains.path(number)} belongs to another table than the books")
    return seeds
