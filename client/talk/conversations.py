"""Which conversation a line of the talk belongs to. Pure.

A conversation is named by the account of the other; `TABLE` is the one that everybody hears.
"""

from collections.abc import Collection
from dataclasses import dataclass

from client.house.state import Heard, HouseState, Kind, Session
from client.house.state import Talk as Stage
from client.talk.reduce import PRIVATE
from protocol.fair.hashes import Account

TABLE: Account = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said to everybody, or between oneself and one other."""

    account: Account
    name: str
    lines: tuple[Heard, ...] = ()
    session: Session | None = None


def room_of(line: Heard, me: Account) -> Account:
    """The conversation that a line belongs to."""
    if line.kind not in PRIVATE:
        return TABLE
    return line.to if line.account == me and line.ended is None else line.account


def conversations(
    state: HouseState, ignored: Collection[Account] = (), opened: Collection[Account] = ()
) -> tuple[Conversation, ...]:
    """The table's first, then every private one in the order in which it began."""
    rooms: dict[Account, list[Heard]] = {TABLE: []}
    for line in state.heard:
        if line.account in ignored and line.kind in (Kind.SAID, *PRIVATE) and not line.ended:
            continue
        rooms.setdefault(room_of(line, state.account), []).append(line)
    for account in (*state.sessions, *opened):
        rooms.setdefault(account, [])
    return tuple(
        Conversation(account, state.name_of(account), tuple(lines), state.sessions.get(account))
        for account, lines in rooms.items()
        if account == TABLE or account not in ignored or account in opened
    )


def asking(state: HouseState, ignored: Collection[Account] = ()) -> list[Account]:
    """Who waits for an answer to a request for a private session, the first in front."""
    return [
        account
        for account, session in state.sessions.items()
        if session.talk is Stage.ASKS and account not in ignored
    ]
