"""A hostile house that says without end whatever the protocol has words for.

It is honest until somebody sits at its table; from then on every line gets a torrent of messages,
with numbers, names and rounds that fit, so that they are taken for something. What a client asks
for its proof is answered with lies, so that there is evidence to write.
"""

import itertools
import socket
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import fields
from functools import cache
from random import Random
from typing import Any, cast

from protocol import classic, limits
from protocol.framing import Decoder, Spoken
from protocol.games.roulette.bets import BetsListed, ListBets
from protocol.games.roulette.fields import PlacedBet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import RoundOpened, TableIntroduced, TableShown
from protocol.games.roulette.rules import ROULETTE, SPOTS
from protocol.house.door import (
    Done,
    Goodbye,
    Greeting,
    HouseIntroduced,
    Ping,
    Pong,
    SeatTaken,
    SignedIn,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.house.draw import AskRound, RoundProved
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Seat
from protocol.messages import FROM_SERVER
from protocol.wire import HOUSE, Message, Request, encode
from tests.protocol.making import make

TABLE = bytes(range(16))
ANCHOR = bytes(32)
LONG_LIST, LONGEST = 24, 600
"""Every so manieth message has lists as long as they may be; the others short ones, that come
faster.
"""
AT_ONCE = 65536
"""So many bytes are written at a time."""
UNHEARD = 10.0
"""A client that reads nothing for so long is given up."""
ASKED_KEPT = 50
SAMPLES = 40

KINDS = tuple(each.__name__ for each in FROM_SERVER.values())
ENDS = (Greeting, HouseIntroduced, TableIntroduced, SignedIn, Goodbye)
LATER = tuple(each.__name__ for each in FROM_SERVER.values() if each not in ENDS)
"""What does not end a line at once where it makes no sense."""
EVERYTHING = "everything"
LIES = "rounds that do not hold"
"""One after the other, so that each is looked at and found wrong."""
A_ROUND = 8
UNANSWERED = "rounds without an answer"
"""Rounds that open, each of which makes a client ask, and nothing that it asks is answered."""
CLASSIC = "classic"


class Torrent:
    """Listens on a port of this machine, and drowns whoever comes."""

    def __init__(self, dice: Random, anchor: bytes = ANCHOR) -> None:
        """Choose with these dice what to say; another `anchor` is another table."""
        self.dice = dice
        self.anchor = anchor
        self.asked: list[str] = []
        """What it was asked before it drowned anybody: what may be sent to a stranger."""
        self.said = 0
        """So many messages went out since the beginning."""
        self.lines = 0
        """So many lines were held."""
        self._kind = EVERYTHING
        self._left = 0
        self._flowing = threading.Condition()
        self._serial = itertools.count(1)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._closing = False
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    # --- for who directs it -----------------------------------------------------------------------

    def begin(self, kind: str, count: int) -> None:
        """From now on say so many messages of this kind."""
        with self._flowing:
            self._kind, self._left, self._read = kind, count, False
            self._flowing.notify_all()

    def over(self, patience: float) -> bool:
        """Wait until all of them are said, and read; whether they are."""
        with self._flowing:
            return self._flowing.wait_for(lambda: self._left <= 0 and self._read, patience)

    def seated(self, patience: float) -> bool:
        """Wait until somebody is drowned; whether there is one."""
        with self._flowing:
            return self._flowing.wait_for(lambda: self._sitting > 0, patience)

    def left(self, patience: float) -> bool:
        """Wait until somebody who came has gone, or has asked for a seat; whether he has."""
        with self._flowing:
            return self._flowing.wait_for(lambda: self._gone > 0 or self._sitting > 0, patience)

    @property
    def sitting(self) -> int:
        """So many are being drowned."""
        return self._sitting

    def close(self) -> None:
        self._closing = True
        with self._flowing:
            self._flowing.notify_all()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(UNHEARD)

    # --- its threads ------------------------------------------------------------------------------

    _sitting = 0
    _gone = 0
    _read = True
    """Whether the last message has been read by who is drowned."""

    def _accept(self) -> None:
        while not self._closing:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(line)
            self.lines += 1
            thread = threading.Thread(target=self._serve, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        talk = _Talk(self.dice, self.anchor)
        line.settimeout(UNHEARD)
        reader = threading.Thread(target=self._hear, args=(line, talk))
        with line, suppress(OSError):
            reader.start()
            if not talk.seated.wait(UNHEARD):
                return
            with self._flowing:
                self._sitting += 1
                self._flowing.notify_all()
            try:
                self._drown(line, talk)
            finally:
                with self._flowing:
                    self._sitting -= 1
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        reader.join(UNHEARD)

    def _hear(self, line: socket.socket, talk: "_Talk") -> None:
        decoder = Decoder()
        decoder.frame_limit = limits.CLIENT_FRAME_BYTES
        with suppress(OSError):
            while data := line.recv(AT_ONCE):
                for said in decoder.feed(data):
                    talk.hear(said)
                    if not talk.drowning:
                        self.asked.append(type(said).__name__)
                if talk.read:
                    with self._flowing:
                        self._read = self._left <= 0
                        self._flowing.notify_all()
                if not talk.drowning:
                    line.sendall(talk.answers())
        talk.gone = True
        talk.seated.set()
        with self._flowing:
            self._gone += 1
            self._flowing.notify_all()

    def _drown(self, line: socket.socket, talk: "_Talk") -> None:
        while not (self._closing or talk.gone):
            with self._flowing:
                self._flowing.wait_for(
                    lambda: self._left > 0 or self._closing or talk.gone or talk.owed, UNHEARD
                )
                kind, wanted = self._kind, self._left
                if kind == LIES:
                    self._flowing.wait_for(lambda: talk.read or talk.gone, UNHEARD)
            talk.answers_all = kind != UNANSWERED
            data = bytearray(talk.answers())
            if kind == LIES:  # Not the next round before all that the last one made it ask.
                wanted = 0 if data else min(wanted, A_ROUND)
            made = 0
            while made < wanted and len(data) < AT_ONCE:
                data += talk.frame(kind, next(self._serial))
                made += 1
            if made == wanted and data:
                data += talk.are_you_there(kind)
            with self._flowing:
                self._left -= made
                self.said += made
            line.sendall(data)


class _Talk:
    """What is said on one line."""

    def __init__(self, dice: Random, anchor: bytes) -> None:
        self.dice = dice
        self.anchor = anchor
        self.seated = threading.Event()
        self.gone = False
        self.drowning = False
        self.answers_all = False
        self._owed: deque[bytes] = deque()
        self._asked: deque[int] = deque(maxlen=ASKED_KEPT)
        self._round = 1
        self._pinged = False
        self._unconfirmed = 0

    @property
    def owed(self) -> bool:
        return bool(self._owed)

    def answers(self) -> bytes:
        """What was asked for, so far."""
        some = []
        while self._owed:
            some.append(self._owed.popleft())
        return b"".join(some)

    @property
    def read(self) -> bool:
        """Whether everything has been read that was said before one asked that."""
        return not self._pinged and self._unconfirmed <= 0

    def are_you_there(self, kind: str) -> bytes:
        self._pinged = kind != CLASSIC
        return encode(Ping(0)) if self._pinged else b""

    # --- what a client asks -----------------------------------------------------------------------

    def hear(self, said: Spoken) -> None:
        if isinstance(said, Request):
            self._asked.append(said.number)
        self._pinged &= not isinstance(said, Pong)
        self._unconfirmed -= isinstance(said, classic.ConfirmResults)
        answer = self._ANSWERS.get(type(said))
        if answer is not None:
            self._owed.extend(encode(each) for each in answer(self, said))
        elif isinstance(said, Request) and self.answers_all:
            self._owed.append(encode(Done(said.number)))
        elif isinstance(said, classic.RegisterPlayer | classic.RegisterCroupier):
            self._owed.append(classic.RegistrationAnswered(classic.Code.OK).encode())
            self.drowning = True
            self.seated.set()
        if isinstance(said, TakeSeat):
            self.drowning = True
            self.seated.set()

    def _greet(self, _: Greeting) -> Iterator[Message]:
        yield Greeting(1, 1, "torrent")
        table = TableEntry(HOUSE, ROULETTE, "torrent", False, False, True, 0, False, 0, 0)
        yield HouseIntroduced(TABLE, self.anchor, "torrent", False, True, 500, (table,), False)

    def _sign(self, said: SignIn) -> Iterator[Message]:
        yield SignedIn(said.number, 7, said.name, said.token, 500, 1)

    def _seat(self, said: TakeSeat) -> Iterator[Message]:
        if self.drowning:
            return
        yield SeatTaken(said.number, Seat.PLAYER)
        yield TableIntroduced(TABLE, self.anchor, "torrent", 0, 20_000, ())
        here = self._round, Phase.BETTING, NO_DEADLINE, 0, 0, ""
        yield TableShown(*here, 0, 0, 0, 0, 500, 0, (), ())

    def _ponged(self, said: Ping) -> Iterator[Message]:
        yield Pong(said.nonce)

    def _prove(self, said: AskRound) -> Iterator[Message]:
        lie = self.dice.randbytes(32)
        fixed = 1, 1, lie, lie, "", b"", 1, lie, 1, lie, lie
        yield RoundProved(said.number, said.round_number, *fixed, ())

    def _list(self, said: ListBets) -> Iterator[Message]:
        rows = tuple(
            PlacedBet(1000 + at, self.dice.randrange(len(SPOTS)), 2**62)
            for at in range(limits.BETS_A_PAGE)
        )
        yield BetsListed(said.number, said.round_number, 0, rows, more=False)

    _ANSWERS: dict[type, Callable[["_Talk", Any], Iterator[Message]]] = {  # noqa: RUF012
        Greeting: _greet,
        SignIn: _sign,
        TakeSeat: _seat,
        Ping: _ponged,
        AskRound: _prove,
        ListBets: _list,
    }

    # --- what nobody asked for --------------------------------------------------------------------

    def frame(self, kind: str, serial: int) -> bytes:
        if kind == CLASSIC:
            return self._old(serial)
        name = self.dice.choice(LATER) if kind == EVERYTHING else _NAMES.get(kind, kind)
        made = self._samples(name, serial % LONG_LIST == 0)
        return encode(self._fitting(self.dice.choice(made), serial))

    @cache  # noqa: B019 - a line's samples go with it
    def _samples(self, kind: str, long: bool) -> list[Message]:
        """Some of a kind, to be filled in: to make one anew takes ten times as long."""
        layout = _LAYOUTS[kind]
        return [make(layout, self.dice, LONGEST if long else 2) for _ in range(SAMPLES)]

    def _old(self, serial: int) -> bytes:
        """What the assignment's server can say unasked."""
        rows = LONG_LIST if serial % LONG_LIST else LONG_LIST**2
        results = [
            classic.Result(f"guest {serial} {row}", self.dice.randrange(-500, 500))
            for row in range(rows)
        ]
        self._unconfirmed += 1
        return classic.ResultsShown(self.dice.randrange(37), results).encode()

    def _fitting(self, said: Message, serial: int) -> Message:
        """With numbers that are asked for, people who are new, and rounds that go on."""
        if serial % A_ROUND == 0:
            self._round += 1
        known: dict[str, Any] = {
            "number": self.dice.choice(self._asked) if self._asked and serial % 4 == 0 else 0,
            "round_number": self._round,
            "account": 1000 + serial,
            "name": f"guest {serial}",
            "revision": serial,
            "seed_before": ANCHOR,
            "event": self._round,
            "more": serial % 2 == 0,
        }
        fitting: Message = _with(said, known, serial)
        return fitting


def _with(said: Any, known: dict[str, Any], serial: int) -> Any:
    """The same with these values, in its lists as well, each row of them another person."""
    values = []
    kind: Any = type(said)
    for name in _fields(kind):
        value = known[name] if name in known else getattr(said, name)
        if type(value) is tuple and value and hasattr(value[0], "LAYOUT"):
            rows = []
            for at, row in enumerate(value):
                known["account"] = 10**6 + serial * LONGEST + at
                rows.append(_with(row, known, serial))
            value = tuple(rows)
        values.append(value)
    return kind(*values)


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    return tuple(each.name for each in fields(cast(Any, kind)) if not each.kw_only)


_NAMES = {UNANSWERED: RoundOpened.__name__, LIES: RoundOpened.__name__}
_LAYOUTS = {each.__name__: each.LAYOUT for each in FROM_SERVER.values()}
