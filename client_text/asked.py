"""The line of a visit, and what was asked for on it until it is known what came of it."""

from collections.abc import Callable, Iterable
from typing import Protocol

from client.dialogue import Step, Wish
from client.house import events
from client.house.state import HouseState, Line, Pending
from client.requests import UNNUMBERED, Enter, Look
from protocol.house.door import Refused
from protocol.wire import Request


class Link(Protocol):
    """What a visit needs of `client.link.Link`."""

    def want(self, wish: Wish) -> None: ...

    def take(self) -> Iterable[Step]: ...

    @property
    def behind(self) -> bool: ...

    def close(self) -> None: ...


class Asked:
    """The link, wishes that it has not taken up yet, and what is done when the house has told."""

    def __init__(self, dial: Callable[[Enter], Link], entering: type[Request]) -> None:
        """Come in by `dial`; `entering` is the last request on the way in."""
        self._dial = dial
        self._entering = entering
        self._link: Link | None = None
        self._wishes: list[type] = []
        self._awaited: tuple[type[Request], Callable[[], None]] | None = None

    def enter(self, enter: Enter, state: HouseState) -> None:
        """Come in, on the line that there is or on a new one."""
        if self._link is None or state.status.line is Line.GONE:
            self.close()
            self._link = self._dial(enter)
        else:
            self.want(enter)

    def want(self, wish: Wish, *, looks: bool = False, by_itself: bool = False) -> None:
        """Ask for this; `looks`: then one looks at another table. What is done by itself is waited
        for by nobody.
        """
        assert self._link is not None
        if looks:
            self._wishes.append(events.Looked)
        if not (by_itself or isinstance(wish, Look)):
            self._wishes.append(type(wish) if isinstance(wish, Request) else self._entering)
        self._link.want(wish)

    def take(self) -> Iterable[Step]:
        """What has happened since."""
        return self._link.take() if self._link is not None else ()

    @property
    def behind(self) -> bool:
        """Whether the link has more news than were taken at once."""
        return self._link is not None and self._link.behind

    def close(self) -> None:
        if self._link is not None:
            self._link.close()

    @property
    def waits(self) -> bool:
        """Whether the link has something still to take up."""
        return bool(self._wishes)

    def await_answer(self, request: type[Request], do: Callable[[], None]) -> None:
        """Do this when a request of this type is answered, unless it is refused."""
        self._awaited = request, do

    def hear(self, said: object, before: HouseState) -> None:
        """Something has happened, at whichever table."""
        match said:
            case events.Sent(request=request) | events.Unsent(request=request):
                self._taken_up(type(request))
            case events.Looked():
                self._taken_up(events.Looked)
            case Refused(number=number):
                pending = before.pending.get(number)
                if pending is not None and not pending.by_itself and self._is_awaited(pending):
                    self._awaited = None

    def answer(self, said: object, before: HouseState) -> None:
        """Something was said that may answer it: do what waits for this, if something does."""
        pending = before.pending.get(getattr(said, "number", UNNUMBERED))
        if pending is None or isinstance(said, Refused) or not self._is_awaited(pending):
            return
        assert self._awaited is not None
        (_, do), self._awaited = self._awaited, None
        do()

    def forget(self) -> None:
        """Nobody takes up any more what was wished."""
        self._wishes.clear()

    def _taken_up(self, wish: type) -> None:
        if wish in self._wishes:
            self._wishes.remove(wish)

    def _is_awaited(self, pending: Pending) -> bool:
        return self._awaited is not None and isinstance(pending.request, self._awaited[0])
