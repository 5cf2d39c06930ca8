"""A draw of one player's own at a table, for what is drawn for nobody else. Pure.

At a table's draw one event is open at a time, and its seed is shown when it ends. A number to be
guessed ends when its player finds it, and others hunt meanwhile: so each player has a table of
seeds of their own. It is introduced when one sits down, so one's client has its chain in it before
the first event. It is for games that the house forgets when it closes, and so is in no books.
"""

from collections.abc import Callable, Iterator
from typing import Any

from protocol.fair.hashes import HASH_SIZE, TABLE_SIZE, Account, Hash, seed_before
from protocol.house.draw import EventDrawn, OwnDrawIntroduced, YourDraw
from protocol.wire import Message
from server.books.drawing import DrawState
from server.draw.draw import Draw, Each

EVENTS = 64
"""After so many one gets another: a seed is walked to from the secret end, without keeping any."""


class _Walked:
    """A short chain of seeds."""

    length = EVENTS

    def __init__(self, chance: Callable[[int], bytes]) -> None:
        self.table = chance(TABLE_SIZE)
        self._end = chance(HASH_SIZE)

    def seed(self, number: int) -> Hash:
        seed = self._end
        for _ in range(EVENTS - number):
            seed = seed_before(self.table, seed)
        return seed


class _Unwritten:
    """In the place of the books."""

    def __init__(self) -> None:
        self._state = DrawState()

    def drawing(self, _: int) -> DrawState:
        return self._state

    def draw(self, _: int, name: str, what: list[Any]) -> None:
        getattr(self._state, name)(*what)


class OwnDraw(Draw):
    """Of one player at one table."""

    def __init__(
        self, table: int, chance: Callable[[int], bytes], *, first: int, now: float
    ) -> None:
        """`first` is the number of its first round: greater than any of the one before it, or the
        last verdict of one's client would be among those that are old.
        """
        super().__init__(_Unwritten(), table, _Walked(chance), now=now)
        self.number = first

    def shown(self, account: Account) -> Iterator[Message]:
        """The same, and before it which draw it is: no table was introduced with it."""
        yield OwnDrawIntroduced(self.name, self.seeds.seed(0))
        yield from super().shown(account)

    def last_word(self, drawn: EventDrawn) -> Iterator[Each]:
        """The same, to the one who may have a say. Nothing of it is packed: packed messages are
        told in their turn with those of others, and these must not come behind the number.
        """
        links = self.links_shown(drawn.event)
        if links is not None:
            (account,) = self.contributors
            yield {account: links}
            yield {account: YourDraw(drawn.event, ())}

    def end(self) -> None:
        super().end()
        self.number += 1
