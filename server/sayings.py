"""What the house says, and to whom. The streams carry it there (`streams.py`)."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from protocol import classic
from protocol.messages.lists import Farewell
from protocol.wire import Message
from server.people.people import Client


class ToAll(NamedTuple):
    """For every modern client with a seat."""

    message: Message


class ToClassic(NamedTuple):
    """For every classic client with a seat."""

    message: classic.Reply


class ToEach(NamedTuple):
    """For each of these something of his own, but nothing that he waits for."""

    frames: Mapping[Client, bytes]


class To(NamedTuple):
    """For one client, who waits for it."""

    client: Client
    message: Message | classic.Reply


class Drop(NamedTuple):
    """A client must go."""

    client: Client
    reason: Farewell
    words: str


class ToHost(NamedTuple):
    """For whoever runs the house."""

    words: str


Saying: TypeAlias = ToAll | ToClassic | ToEach | To | Drop | ToHost
