"""What the players of the load say and hear, in either dialect: bytes in and out, and counts.

Nothing is decoded that is not measured. A frame is told by its head and passed over by its length,
so that hearing a thousand players costs less than serving them.
"""

import struct
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, TypeAlias

from bench import frames
from protocol import messages
from protocol.classic import Code
from protocol.games.roulette.bets import BetsPlaced
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened, RoundSettled, TableShown
from protocol.house.door import Done, Goodbye, HouseIntroduced, Ping, Refused, SignedIn
from protocol.wire import HEADER, HOUSE, Message, decode

Frame: TypeAlias = bytes | bytearray
"""Sent before the next one is asked for, so that one buffer may serve for many."""


class Trouble(Exception):
    """The measurement cannot go on: the server refused, hung up, or fell silent."""


class Fact(IntEnum):
    """What is counted."""

    OTHER = 0
    GREETED = 1
    SIGNED_IN = 2
    SEATED = 3
    ANSWERED = 4
    """A bet lies."""
    STARTED = 5
    RESULT = 6
    """The number of a round, to one player."""
    OWN_RESULT = 7
    """What one player made of it, where the dialect says that apart."""
    OPENED = 8
    PINGED = 9
    REFUSED = 10
    GOODBYE = 11


class Tongue(ABC):
    """The players' ends of their conversations. Players are numbers; the last is the croupier."""

    greeting: bytes
    """What a client says first, if it is answered."""
    confirmation: bytes
    """What a client says when it has the results, if that is to be said."""

    def __init__(self, names: list[str], write: Callable[[int, Frame], None]) -> None:
        """Speak for so many players; `write` sends what one of them says."""
        self.names = names
        self.croupier = len(names) - 1
        self.write = write
        self.heard = [0] * len(Fact)
        self.last = [0.0] * len(Fact)
        """When each fact was heard last."""
        self.asked: list[deque[float]] = [deque() for _ in names]
        """The moments from which each player's unanswered bets are counted."""
        self.trips: list[float] = []
        """Seconds from each bet to its answer."""
        self.told: deque[int] = deque()
        """Who has heard the results, in that order."""

    @abstractmethod
    def sign_in(self, who: int) -> bytes: ...

    @abstractmethod
    def sit(self, who: int) -> bytes:
        """Nothing, where signing in is sitting down."""

    @abstractmethod
    def bet(self, who: int) -> Frame: ...

    @abstractmethod
    def start(self) -> bytes: ...

    @abstractmethod
    def results(self, seated: int, bettors: int) -> Mapping[Fact, int]:
        """What has to be heard until everybody knows what became of the round."""

    @abstractmethod
    def hear(self, who: int, data: bytes, now: float) -> bytes:
        """Count what this says; give back the bytes of an unfinished frame."""

    def note(self, fact: Fact, now: float) -> None:
        self.heard[fact] += 1
        self.last[fact] = now

    def note_answer(self, who: int, now: float) -> None:
        self.note(Fact.ANSWERED, now)
        if not self.asked[who]:
            raise Trouble(f"{self.names[who]} was answered a bet that was not made")
        self.trips.append(now - self.asked[who].popleft())


class Modern(Tongue):
    """The dialect of our own clients."""

    greeting = frames.GREETING
    confirmation = b""

    FACTS: Mapping[type[Message], Fact] = {
        HouseIntroduced: Fact.GREETED,
        SignedIn: Fact.SIGNED_IN,
        TableShown: Fact.SEATED,
        BetsPlaced: Fact.ANSWERED,
        Done: Fact.STARTED,
        RoundSettled: Fact.RESULT,
        PlayerSettled: Fact.OWN_RESULT,
        RoundOpened: Fact.OPENED,
        Ping: Fact.PINGED,
        Refused: Fact.REFUSED,
        Goodbye: Fact.GOODBYE,
    }
    HEAD = struct.Struct(">xHxxxxI")

    def __init__(self, names: list[str], write: Callable[[int, Frame], None]) -> None:
        super().__init__(names, write)
        self.facts = [Fact.OTHER] * 512
        for kind, fact in self.FACTS.items():
            self.facts[kind.KIND] = fact
        self.rounds = [0] * len(names)
        self.tokens = [b""] * len(names)
        self.number = 0
        self._bet = bytearray(frames.PLACE_BETS)
        self._pong = bytearray(frames.PONG)

    def sign_in(self, who: int) -> bytes:
        return frames.sign_in(self._next(), self.names[who], self.tokens[who])

    def sit(self, who: int) -> bytes:
        return self._numbered(frames.PRESIDE if who == self.croupier else frames.SIT)

    def bet(self, who: int) -> Frame:
        self.number += 1
        frame = self._bet
        frames.NUMBER_AND_ROUND.pack_into(frame, frames.NUMBER_AT, self.number, self.rounds[who])
        return frame

    def start(self) -> bytes:
        frame = bytearray(self._numbered(frames.START))
        frames.NUMBER.pack_into(frame, frames.ROUND_AT, self.rounds[self.croupier])
        return bytes(frame)

    def results(self, seated: int, bettors: int) -> Mapping[Fact, int]:
        return {Fact.RESULT: seated, Fact.OWN_RESULT: bettors, Fact.OPENED: seated}

    def hear(self, who: int, data: bytes, now: float) -> bytes:
        at, end = 0, len(data)
        facts, heard, last = self.facts, self.heard, self.last
        while end - at >= HEADER.size:
            kind, length = self.HEAD.unpack_from(data, at)
            after = at + HEADER.size + length
            if after > end:
                break
            fact = facts[kind]
            if fact is Fact.ANSWERED:
                self.note_answer(who, now)
            else:
                heard[fact] += 1
                last[fact] = now
                if fact is Fact.OPENED or fact is Fact.SEATED:
                    self._hear_round(who, kind, data, at)
                elif fact >= Fact.PINGED or fact is Fact.SIGNED_IN:
                    self._hear_rare(who, fact, kind, data[at + HEADER.size : after])
            at = after
        return data[at:] if at < end else b""

    def _hear_round(self, who: int, kind: int, data: bytes, at: int) -> None:
        (self.rounds[who],) = frames.NUMBER.unpack_from(data, at + HEADER.size)
        if kind == RoundOpened.KIND:
            self.told.append(who)

    def _hear_rare(self, who: int, fact: Fact, kind: int, body: bytes) -> None:
        if fact is Fact.PINGED:
            self._pong[HEADER.size :] = body
            self.write(who, self._pong)
            return
        said: Any = decode(messages.FROM_SERVER, kind, HOUSE, body)
        if fact is Fact.SIGNED_IN:
            self.tokens[who] = said.token
        else:
            raise Trouble(f"{self.names[who]}: {said.reason.name}: {said.words}")

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _numbered(self, frame: bytes) -> bytes:
        patched = bytearray(frame)
        frames.NUMBER.pack_into(patched, frames.NUMBER_AT, self._next())
        return bytes(patched)


class Classic(Tongue):
    """The assignment's dialect. Who has the results confirms them after what is measured."""

    greeting = b""
    confirmation = frames.CLASSIC_CONFIRM

    HEAD = 7
    ROW = 5 + frames.NAME_SIZE + 2
    REGISTERED = 0x00
    TAKEN = Code.NAME_TAKEN << 3
    ORDERED = 0x40
    RESULTS = 0xC0
    RETRIES = 100_000

    def __init__(self, names: list[str], write: Callable[[int, Frame], None]) -> None:
        super().__init__(names, write)
        self.owed = [0] * len(names)
        """What is still to come of the results that a player is being sent."""
        self.retries = 0

    def sign_in(self, who: int) -> bytes:
        if who == self.croupier:
            return frames.CLASSIC_PRESIDE
        return frames.classic_register(self.names[who])

    def sit(self, who: int) -> bytes:  # noqa: ARG002  Everybody sits.
        return b""

    def bet(self, who: int) -> Frame:  # noqa: ARG002  It says the same for everybody.
        return frames.CLASSIC_BET

    def start(self) -> bytes:
        return frames.CLASSIC_START

    def results(self, seated: int, bettors: int) -> Mapping[Fact, int]:  # noqa: ARG002
        return {Fact.RESULT: seated}

    def hear(self, who: int, data: bytes, now: float) -> bytes:
        at, end = 0, len(data)
        while at < end:
            owed = self.owed[who]
            if owed:
                taken = min(owed, end - at)
                self.owed[who] = owed - taken
                at += taken
                if taken == owed:
                    self.note(Fact.RESULT, now)
                    self.told.append(who)
                continue
            head = data[at]
            if head == self.RESULTS:
                if end - at < self.HEAD:
                    break
                # All names are of one length, so the count says where the list ends.
                count = int.from_bytes(data[at + 2 : at + self.HEAD], "big")
                self.owed[who] = self.HEAD + count * self.ROW
                continue
            at += 1
            if head == self.ORDERED:
                if who == self.croupier:
                    self.note(Fact.STARTED, now)
                else:
                    self.note_answer(who, now)
            elif head == self.REGISTERED:
                self.note(Fact.SIGNED_IN, now)
                self.note(Fact.SEATED, now)
            elif head == self.TAKEN and self.retries < self.RETRIES:
                # The server has not seen yet that the connection before is gone.
                self.retries += 1
                self.write(who, self.sign_in(who))
            else:
                raise Trouble(f"{self.names[who]}: the server answered {head:#04x}")
        return data[at:] if at < end else b""


TONGUES: Mapping[str, type[Tongue]] = {"modern": Modern, "classic": Classic}
