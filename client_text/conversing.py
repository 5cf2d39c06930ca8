"""Which conversation is typed into, and what a line of the talk comes to on this side."""

from collections.abc import Callable, Mapping
from typing import Protocol

from client.house.state import HouseState, Talk
from client.talk import commands
from client.talk.conversations import TABLE
from client.talk.ignored import Ignored
from client_text.orders import CannotError, asked
from protocol.fair.hashes import Account
from protocol.wire import Request


class Say(Protocol):
    """Show a message to the person."""

    def __call__(self, key: str, **values: object) -> None: ...


class Conversing:
    """One person among the conversations of a table."""

    def __init__(self, say: Say, find_ignored: Callable[[bytes], Ignored] | None) -> None:
        """`find_ignored` finds whom one does not want to hear at a table."""
        self.room = TABLE
        """The conversation that is typed into; at the table's, lines are bets and commands."""
        self._say = say
        self._find_ignored = find_ignored
        self._ignored: Ignored | None = None

    @property
    def private(self) -> bool:
        """Whether what is typed goes to one person."""
        return self.room != TABLE

    @property
    def ignored(self) -> Mapping[Account, str]:
        return self._ignored.people if self._ignored is not None else {}

    def follow(self, before: HouseState, after: HouseState) -> None:
        """A session that begins leads into it, one that ends leads back to the table."""
        if self._ignored is None and after.house is not None and self._find_ignored is not None:
            self._ignored = self._find_ignored(after.house.house)
        was, now = _in_session(before), _in_session(after)
        for account in now - was:
            if self.room in (TABLE, account):
                self.room = account
                self._say("talk.session_here", name=after.name_of(account))
            else:
                self._say("talk.session_elsewhere", name=after.name_of(account))
        if self.room in was - now:
            self.room = TABLE

    def obey(self, line: str, state: HouseState) -> Request | None:
        """What a line asks the table for; what can be done here is done."""
        if self._ignored is None or not state.live:
            raise CannotError("cannot.not_at_table")
        match commands.read(line, state, self.room, self.ignored):
            case commands.Ask(request=request):
                return asked(request, state)
            case commands.Go(room=room):
                self.room = room
                key = "talk.to_table" if room == TABLE else "talk.to_one"
                self._say(key, name=state.name_of(room))
            case commands.Ignore(account=account, name=called, on=on):
                self._ignored.set(account, called, on=on)
                self._say("talk.ignored" if on else "talk.heard", name=called)
            case commands.Cannot(why=why, name=called, seconds=seconds):
                raise CannotError(f"why.{why}", name=called, seconds=seconds)
        return None


def _in_session(state: HouseState) -> set[Account]:
    return {account for account, each in state.sessions.items() if each.talk is Talk.OPEN}
