#!/usr/bin/env python3
"""A bare server to measure ours by: the standard library's `ThreadingTCPServer`, a thread a client.

It does what `yardstick.c` does: greets, signs in, seats, answers every bet with yes, and sends
everybody the results when the croupier starts the wheel; both dialects. No rules, no books, no
limits, no proofs.

It prints its port, serves 127.0.0.1 until its standard input ends, and then prints its counts.
"""

import contextlib
import json
import os
import socket
import socketserver
import sys
import threading
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from bench import frames
from bench.meter import raise_file_limit
from protocol import classic
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.desk import StartSpin
from protocol.house.door import Greeting, SignIn, TakeSeat
from protocol.wire import Request

RECEIVE_BYTES = 4096


class Yardstick(socketserver.ThreadingTCPServer):
    """The table: who sits there, and the round."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 4096

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Client)
        self.lock = threading.Lock()
        self.seated: dict[str, Client] = {}
        """By name: who comes back takes his seat, though the thread of his old line sleeps yet."""
        self.clients: list[Client] = []
        self.round_number = 1
        self.results = 0

    def counts(self) -> dict[str, int]:
        """Each client counts in its own thread; nobody waits for a lock in order to count."""
        return {
            "sign_ins": sum(each.sign_ins for each in self.clients),
            "bets": sum(each.bets for each in self.clients),
            "spins": self.round_number - 1,
            "results": self.results,
        }

    def spin(self) -> None:
        with self.lock:
            with_bet = frames.with_round(frames.RESULTS, self.round_number)
            without = frames.with_round(frames.RESULTS_WITHOUT_BET, self.round_number)
            seated = self.seated.values()
            rows = tuple(classic.Result(each.name, 35) for each in seated if each.bet)
            in_classic = classic.ResultsShown(frames.SPOT, rows).encode()
            self.round_number += 1
            self.results += len(seated)
            for each in seated:
                modern = with_bet if each.bet else without
                each.bet = False
                each.say(modern if each.dialect is Dialect.MODERN else in_classic)

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever breaks the wire or the line is gone; there is nothing more to say."""


class Client(socketserver.BaseRequestHandler):
    """One connection and its thread."""

    server: Yardstick
    request: socket.socket

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.dialect: Dialect | None = None
        self.name = ""
        self.bet = False
        self.sign_ins = self.bets = 0
        with self.server.lock:
            self.server.clients.append(self)

    def handle(self) -> None:
        decoder = Decoder()
        while data := self.request.recv(RECEIVE_BYTES):
            for said in decoder.feed(data):
                self.dialect = decoder.dialect
                self.hear(said)

    def hear(self, said: Spoken) -> None:
        match said:
            case Greeting():
                self.say(frames.WELCOME)
            case SignIn():
                self.name = said.name
                self.sign_ins += 1
                self.answer(frames.SIGNED_IN, said, id(self))
            case TakeSeat():
                self.sit()
                self.answer(frames.SEATED, said)
            case PlaceBets():
                self.bets += 1
                self.bet = True
                self.answer(frames.PLACED, said, self.server.round_number)
            case StartSpin():
                self.answer(frames.DONE, said)
                self.server.spin()
            case classic.RegisterPlayer() | classic.RegisterCroupier():
                if isinstance(said, classic.RegisterPlayer):
                    self.name = said.name.decode()
                self.sign_ins += 1
                self.sit()
                self.say(classic.RegistrationAnswered(classic.Code.OK).encode())
            case classic.PlaceBet():
                self.bets += 1
                self.bet = True
                self.say(classic.OrderAnswered(classic.Code.OK).encode())
            case classic.StartSpin():
                self.say(classic.OrderAnswered(classic.Code.OK).encode())
                self.server.spin()
            case _:
                pass  # The results are confirmed, or it is nothing that is measured.

    def finish(self) -> None:
        with self.server.lock:
            if self.server.seated.get(self.name) is self:
                del self.server.seated[self.name]

    def say(self, frame: bytes) -> None:
        # Who is gone needs no answer; the client's own thread hears of it.
        with contextlib.suppress(OSError):
            self.request.sendall(frame)

    def sit(self) -> None:
        with self.server.lock:
            self.server.seated[self.name] = self

    def answer(self, frame: bytes, request: Request, second: int | None = None) -> None:
        patched = bytearray(frame)
        frames.NUMBER.pack_into(patched, frames.NUMBER_AT, request.number)
        if second is not None:
            frames.NUMBER.pack_into(patched, frames.ROUND_AT, second)
        self.say(bytes(patched))


def main() -> int:
    raise_file_limit()
    with Yardstick() as yardstick:
        thread = threading.Thread(target=yardstick.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        sys.stdout.write(f"{yardstick.server_address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()
        yardstick.shutdown()
        thread.join()
        sys.stdout.write(json.dumps(yardstick.counts()) + "\n")
        sys.stdout.flush()
    # Thousands of threads may still wait for their clients, and nothing is kept here.
    os._exit(0)


if __name__ == "__main__":
    main()
