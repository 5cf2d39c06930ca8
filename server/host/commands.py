"""What the host can order from the server's terminal. Each says in lines what came of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from protocol.fair.hashes import Account
from protocol.house.lists import Notice, Phrase, Presence
from protocol.house.talk import Announced
from protocol.text import UnfitTextError, after_mark, as_name, fit_line, isolated
from server.house import DESK, House
from server.people.guesses import wrong_words
from server.people.origin import origin_of
from server.requests import desk
from server.tables.hall import Table

MUTE_SECONDS = 300
WRONG_SHOWN = 10

Told: TypeAlias = Iterator[str]


class NotDone(Exception):
    """The order is not carried out; the text says why in one plain line."""


class Order(NamedTuple):
    """A command: what follows it, what it does in a few words, and the doing."""

    takes: str
    about: str
    do: Callable[[House, str], Told]


def obey(house: House, order: Order, rest: str) -> Told:
    """Carry it out, or say why not."""
    try:
        yield from order.do(house, rest)
    except NotDone as error:
        yield str(error)
    except UnfitTextError as error:
        yield str(error)


def _who(house: House, _: str) -> Told:
    tables = house.hall.tables.values()
    for table in tables:
        for account in table.seats.in_order:
            person = table.seats.seated[account]
            state = [person.seat.name.lower(), f"{house.books.wallet(account)} chips"]
            if person.presence is not Presence.HERE:
                state.append(person.presence.name.lower())
            if house.talk.is_muted(account, house.now):
                state.append("muted")
            yield f"{_which(house, table)}{_shown(person.name)}: {', '.join(state)}"
    for name, address in house.admission.bans.items():
        yield f"{_shown(name)}: banned, {_reach(address)}"
    guesses = house.guesses
    for wrong in (*guesses.surroundings(house.now), *guesses.told(house.now))[:WRONG_SHOWN]:
        yield wrong_words(wrong, house.now)
    for table in tables:
        seated, watching = table.seats.count()
        yield f"{_which(house, table)}{seated} seated, {watching} watching, {table.play.title}"


def _which(house: House, table: Table) -> str:
    """Which table a line is about; where there is one, that goes without saying."""
    return f"table {table.number}: " if len(house.hall.tables) > 1 else ""


def _say(house: House, text: str) -> Told:
    said = Announced(house.at, 0, Phrase.OTHER, fit_line(text))
    for table in house.hall.tables.values():
        house.tell_all(table, said)
    yield from ()


def _warn(house: House, rest: str) -> Told:
    account, name, words = _seated(house, rest)
    house.notice_of(account, Notice.WARNED, _why(words))
    yield f"{_shown(name)} was warned"


def _mute(house: House, rest: str) -> Told:
    account, name, words = _seated(house, rest)
    number, _, why = words.partition(" ")
    seconds = MUTE_SECONDS
    if number.isascii() and number.isdigit():
        seconds, words = max(1, int(number[:6])), why
    desk.mute(house, account, seconds, _why(words))
    yield f"{_shown(name)} may not talk for {seconds} s"


def _unmute(house: House, rest: str) -> Told:
    account, name, _ = _seated(house, rest)
    desk.mute(house, account, 0, "")
    yield f"{_shown(name)} may talk"


def _kick(house: House, rest: str) -> Told:
    there = {*house.people.clients, *house.people.tables}  # With a seat or without.
    account, name, words = _one_of(house, there, rest)
    desk.kick(house, account, _why(words))
    seconds = house.limits.shut_out_seconds
    yield f"{_shown(name)} was thrown out, and may come back in {seconds:.0f} s"


def _ban(house: House, rest: str) -> Told:
    name = _name(rest)
    holder = house.books.named.get(name)
    if not holder:
        raise NotDone(f"nobody in the books is called {_shown(name)}")
    if holder.account in house.people.clients or holder.account in house.people.tables:
        desk.kick(house, holder.account, "")
    house.admission.ban(name)
    yield f"{_shown(name)} is banned, {_reach(house.admission.bans[name])}"


def _reach(address: str) -> str:
    """Who is kept out with somebody who was banned and came from there."""
    if not address:
        return "by name only"
    if origin_of(address).here:
        return "by name only: this machine itself is never closed"
    return f"and everybody from {address}"


def _unban(house: House, rest: str) -> Told:
    name = _name(rest)
    if not house.admission.lift(name):
        raise NotDone(f"{_shown(name)} is not kept out")
    yield f"{_shown(name)} may come in"


def _release(house: House, rest: str) -> Told:
    name = _name(rest)
    holder = house.books.named.get(name)
    if not holder:
        raise NotDone(f"nobody in the books is called {_shown(name)}")
    if holder.account == DESK:
        raise NotDone(f"{_shown(name)} is the name of a seat: nobody can take it")
    if house.disk.full:  # What is written then is the round on the table, and nothing else.
        raise NotDone(f"the disk is full: {_shown(name)} is not released")
    if house.hall.has_say(holder.account):  # Or the host could take it away.
        raise NotDone(f"{_shown(name)} has a say in the round: release the name when it is over")
    if holder.account in house.people.clients:  # Who is here would have it again at the next cut.
        raise NotDone(f"{_shown(name)} is here: release the name when they are gone")
    house.books.entrust(holder.account, "", "")
    chips = house.books.wallet(holder.account)
    yield f"{_shown(name)} belongs to whoever takes it next, with its {chips} chips"
    if house.admission.keeps_out(name, house.now):
        yield f"{_shown(name)} is still kept out: unban lets the name in"


def _seated(house: House, rest: str) -> tuple[Account, str, str]:
    """Whose name this begins with, of those who have a seat, and what follows it."""
    return _one_of(house, house.people.tables, rest)


def _one_of(house: House, accounts: Iterable[Account], rest: str) -> tuple[Account, str, str]:
    named = {house.books.holders[account].name: account for account in accounts}
    name, words = _named(named, rest)
    return named[name], name, words


def _named(names: Collection[str], rest: str) -> tuple[str, str]:
    """Which of the names this begins with, and what follows it. A name in its marks is that one and
    no other; without them, as names may have spaces, the longest that fits.
    """
    if marked := after_mark(rest):
        name, words = marked
        if name not in names:
            raise NotDone(f"nobody at the table is called {_shown(name)}")
        return name, words
    fits = [name for name in names if f"{rest} ".startswith(f"{name} ")]
    if not fits:
        raise NotDone(f"nobody at the table is called {_shown(rest)}")
    name = max(fits, key=len)
    return name, rest[len(name) :].strip()


def _name(rest: str) -> str:
    """The name that this is, with its marks or without."""
    name, words = after_mark(rest) or (rest, "")
    if words:
        raise NotDone(f"after {_shown(name)} nothing follows")
    return name


def _shown(name: str) -> str:
    return isolated(as_name(name))


def _why(words: str) -> str:
    return fit_line(words) if words else ""


ORDERS: Mapping[str, Order] = {
    "who": Order("", "who is at the table", _who),
    "say": Order("TEXT", "call something to everybody", _say),
    "warn": Order("NAME WHY", "warn somebody, before everybody", _warn),
    "mute": Order("NAME SECONDS WHY", f"let him not talk ({MUTE_SECONDS} s)", _mute),
    "unmute": Order("NAME", "let him talk again", _unmute),
    "kick": Order("NAME WHY", "throw somebody out for a while; his bets stand", _kick),
    "ban": Order("NAME", "throw him out for good, and shut out his address", _ban),
    "unban": Order("NAME", "let him in again, after a kick too", _unban),
    "release": Order("NAME", "let the next who comes take this name", _release),
}
