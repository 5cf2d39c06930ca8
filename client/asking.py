"""Requests to a house: their numbers, their pace, and lists that are read to their end.

What the client asks by itself, and the way in, waits where the house says that it came too fast; a
person is told so. Nothing here knows what is asked for, or at which table.
"""

from client.dialogue import Dialogue, Ending
from client.games import GAMES
from client.house.bounds import UNANSWERED_KEPT
from client.house.events import Local, Sent, Trouble
from client.house.state import HouseState, Pending
from client.means import Means
from client.pages import OF_THE_HOUSE, Reader
from client.requests import UNNUMBERED, numbered
from protocol.house import door
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from protocol.wire import Message, Request, encode

UNFIT: dict[type[Request], Reason] = {
    door.SignIn: Reason.NAME_UNFIT,
    **{kind: why for game in GAMES.values() for kind, why in game.unfit.items()},
}
"""Why a request that the wire cannot say is refused; others have too long a text."""
WAY_IN = (door.SignIn, door.TakeSeat)
LISTS = {**OF_THE_HOUSE, **{each: of for game in GAMES.values() for each, of in game.lists.items()}}


class Asking(Dialogue):
    """A dialogue that numbers what it asks for."""

    def __init__(self, means: Means, state: HouseState) -> None:
        super().__init__(means, state)
        self._next = 1
        self._now = 0.0
        self._forget_questions()

    def _forget_questions(self) -> None:
        """The line is another one."""
        self._waiting: dict[int, float] = {}
        """Requests that came too fast, by number, and when to send them again."""
        self._reader = Reader(LISTS)

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def send(self, said: Message) -> None:
        self.frames.append(encode(said))

    def tell(self, said: Local) -> None:
        self.note(said, self._now)

    def ask(
        self, request: Request, *, by_itself: bool = False, whole: bool = False, page: int = 1
    ) -> int:
        """Send this, under a number of its own if it has none; `whole`: a list, to its end."""
        if request.number == UNNUMBERED:
            request = numbered(request, self._number())
        if whole:
            self._reader.begin(request.number, page)
        self.tell(Sent(request, self.means.calendar(), by_itself))
        if len(self.state.pending) > UNANSWERED_KEPT:
            self._unanswered(request, by_itself)
            return request.number
        try:
            self.send(request)
        except ValueError as error:  # Too long a text, or half a letter: the wire cannot say it.
            self._refuse(request, UNFIT.get(type(request), Reason.TEXT_UNFIT), str(error))
        return request.number

    def _refuse(self, request: Request, reason: Reason, words: str = "") -> None:
        """Refuse on this side what the house need not be asked."""
        self.hear(door.Refused(request.number, reason, NO_SPOT, 0, words), self._now)

    def _unanswered(self, request: Request, by_itself: bool) -> None:
        """One question too many: a person is told so; what the client asks by itself, it only asks
        so often where the house says without end what makes it ask.
        """
        if by_itself or isinstance(request, WAY_IN):
            self.end(Ending(Trouble.TOO_MUCH, for_good=True))
        else:
            self._refuse(request, Reason.TOO_FAST)

    def _too_fast(self, said: Message, pending: Pending | None) -> bool:
        """What the client asks by itself, and the way in, wait until the table will hear them."""
        if not isinstance(said, door.Refused) or said.reason is not Reason.TOO_FAST:
            return False
        if pending is None:
            return False
        way_in = isinstance(pending.request, WAY_IN)
        if not (pending.by_itself or pending.again or way_in):
            return False
        self._waiting[pending.request.number] = self._now + max(said.figure, 50) / 1000
        return True

    def _send_again(self, now: float) -> None:
        """What came too fast, and has waited."""
        for number in [number for number, at in self._waiting.items() if now >= at]:
            del self._waiting[number]
            pending = self.state.pending.get(number)
            if pending is not None:
                self.send(pending.request)
