"""Lists that are longer than a frame: read page after page, to their end or to a bound. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from client.house.bounds import PAGES_READ
from client.requests import UNNUMBERED
from protocol.house.door import ListTables, TablesListed
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import Message, Request


class Pages(NamedTuple):
    """A list."""

    request: type[Request]
    following: Callable[[Any], Request | None]
    """What asks for the page after this one; None: it was empty."""
    most: int = 0
    """So many pages are read at the most; 0: `PAGES_READ`."""


Lists = Mapping[type[Message], Pages]
"""By the message that brings a page."""


def _more_players(said: PlayersListed) -> Request | None:
    return ListPlayers(UNNUMBERED, said.players[-1].account) if said.players else None


def _more_tables(said: TablesListed) -> Request | None:
    return ListTables(UNNUMBERED, said.tables[-1].table) if said.tables else None


OF_THE_HOUSE: Lists = {
    PlayersListed: Pages(ListPlayers, _more_players),
    TablesListed: Pages(ListTables, _more_tables),
}


class Reader:
    """Knows which of one's requests are for a page of a list that is wanted whole."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._asks = tuple(each.request for each in lists.values())
        self._pages: dict[int, int] = {}
        """By the number of the request: which page it asks for."""

    def is_list(self, request: Request) -> bool:
        return isinstance(request, self._asks)

    def begin(self, number: int, page: int = 1) -> None:
        """The list that this request asks for is wanted to its end."""
        self._pages[number] = page

    def after(self, number: int, said: Message) -> tuple[Request, int] | None:
        """What asks for the page after this answer, and which it is; None: that was the last."""
        page, pages = self._pages.pop(number, 0), self._lists.get(type(said))
        if (
            not page
            or pages is None
            or not getattr(said, "more", False)
            or page >= (pages.most or PAGES_READ)
        ):
            return None
        following = pages.following(said)
        return None if following is None else (following, page + 1)
