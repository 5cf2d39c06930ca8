"""What the house says, and to whom. The streams carry it there (`streams.py`)."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from protocol import classic
from protocol.house.lists import Farewell
from protocol.wire import Message
from server.people.people import Client

NO_TABLE = 0
"""The number of no table: what bears it is of the house itself, and told to all in it."""


class ToAll(NamedTuple):
    """For every modern client with a seat at a table; at none: for every one who has signed in."""

    table: int
    message: Message
    by: str = ""
    """The address of who can bring it about alone: in the log it takes of their share."""


class ToClassic(NamedTuple):
    """For every classic client with a seat at a table."""

    table: int
    message: classic.Reply


class ToEach(NamedTuple):
    """For each of these who has a seat at a table something of his own, but nothing that he waits
    for.
    """

    table: int
    frames: Mapping[Client, bytes]
    over: str = ""
    """What is over by it, for the log."""


class To(NamedTuple):
    """For one client, who waits for it."""

    client: Client
    message: Message | classic.Reply
    table: int = NO_TABLE


class Unseated(NamedTuple):
    """A client has no seat at a table any more: what is said there from now on is not for him."""

    table: int
    client: Client


class Drop(NamedTuple):
    """A client must go."""

    client: Client
    reason: Farewell
    words: str


class ToHost(NamedTuple):
    """For whoever runs the house."""

    words: str


class Shut(NamedTuple):
    """A table is there no more; nobody sits at it."""

    table: int


Saying: TypeAlias = ToAll | ToClassic | ToEach | To | Unseated | Drop | ToHost | Shut
