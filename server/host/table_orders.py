"""What the host can order of whole tables, from the server's terminal."""

import re
from collections.abc import Iterator, Mapping

from protocol.text import as_name, isolated
from server.host import sections
from server.host.commands import NotDone, Order, Told
from server.host.fill import ConfigError
from server.house import House
from server.tables.hall import Table

CLOSE = re.compile(r"(?P<number>[0-9]{1,10})(?P<now> +now)?(?: +to +(?P<to>[0-9]{1,10}))?")


def lines_of_tables(house: House) -> Iterator[str]:
    """Every open table, one line each."""
    for table in house.hall.after(0):
        yield f"table {table.number}: {_described(house, table)}"


def _described(house: House, table: Table) -> str:
    terms, play = table.terms, table.play
    seated, watching = table.seats.count()
    words = [
        f"{isolated(as_name(terms.name))}, {table.game.name}",
        play.title if play.title != table.game.name else "",
        "runs itself" if play.auto else "",
        f"{seated} seated" + (f" of {terms.seats}" if terms.seats else ""),
        f"{watching} watching" if terms.watching else "nobody may watch",
        "" if terms.croupier else "no croupier",
        "a password" if terms.password else "",
        "closes" if table.number in house.closing else "",
    ]
    return ", ".join(word for word in words if word)


def _tables(house: House, _: str) -> Told:
    yield from lines_of_tables(house)
    if not house.hall.tables:
        yield "no table is open"


def _close(house: House, rest: str) -> Told:
    found = CLOSE.fullmatch(rest)
    if not found:
        raise NotDone("close takes the number of a table: close 2, close 2 now, close 2 to 1")
    table, to_table = _table(house, found["number"]), 0
    if found["to"]:
        to_table = _table(house, found["to"]).number
        if to_table in house.closing or to_table == table.number:
            raise NotDone(f"table {table.number} stays open: table {to_table} closes, too")
    if house.disk.full:  # What is written then is the round on the table, and nothing else.
        raise NotDone(f"the disk is full: table {table.number} is not closed")
    house.close_table(table, void=bool(found["now"]), to_table=to_table)
    if table.play.closed:
        yield f"table {table.number} is closed"
    else:
        yield f"table {table.number} closes when {table.play.title} is over"


def _rules(house: House, rest: str) -> Told:
    number, _, words = rest.partition(" ")
    table = _table(house, number)
    if not words.strip():
        raise NotDone(f"which rules? type rules {table.number} SETTING = VALUE")
    try:
        rules = sections.changed(table.play.rules_to_come, words)
    except ConfigError as error:
        raise NotDone(str(error)) from None
    for fault in rules.faults():
        raise NotDone(f"rules: {fault}")
    if not table.terms.croupier and not rules.automatic:
        raise NotDone("rules: there is no croupier's seat, so the table must run itself")
    if house.disk.full:
        raise NotDone(f"the disk is full: table {table.number} stays as it is")
    house.change_rules(table, rules)
    yield f"table {table.number} is played so from the next round on"


def _table(house: House, number: str) -> Table:
    table = house.hall.tables.get(int(number)) if number.isascii() and number.isdigit() else None
    if not table:
        raise NotDone(f"there is no table {number[:10]}: type tables")
    return table


TABLE_ORDERS: Mapping[str, Order] = {
    "tables": Order("", "which tables are open", _tables),
    "close": Order("N [now] [to N]", "close it after its round; now: open bets go back", _close),
    "rules": Order("N SETTING = VALUE", "change a table's rules, from its next round on", _rules),
}
