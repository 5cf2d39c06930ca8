"""Rushes of strangers, guessed passwords, and one address that takes every place that it gets."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic

from client.requests import digest
from protocol.house.door import Refused, SeatTaken, SignIn, TakeSeat
from protocol.house.lists import Reason, Seat
from protocol.wire import encode
from server.limits import Limits
from tests.server.guests import HungUpError, Modern
from torture.crowd import Crowd
from torture.program import Program
from torture.punter import PASSWORD, Punter
from torture.report import Row, Run, scratch
from torture.rush import GREETS, SILENT, Rush

RATE = 890
"""Strangers a second."""
HONEST = 20
COME_IN = 15
TRIES = 10
APART = 0.1
"""Seconds from one honest player to the next."""
PLACES, AN_ADDRESS = 150, 100
BATCH = 50
"""Guesses in one write; the right one is among them."""


def do(run: Run) -> None:
    with scratch() as folder:
        for at in run.each("nights"):
            room = folder / str(at)
            # The silent are few here: who has greeted must not be counted as one of them.
            with house(run, room / "silent", strangers=100) as program:
                rush(run, program.port, SILENT)
            with house(run, room / "greets") as program:
                rush(run, program.port, GREETS)
                guess(run, program.port)
            limits = {"sessions": PLACES, "sessions_here": AN_ADDRESS, "strangers": 40}
            with house(run, room / "full", **limits) as program:
                fill(run, program.port)


@contextmanager
def house(run: Run, data: Path, **limits: int) -> Iterator[Program]:
    data.parent.mkdir(exist_ok=True)
    settings = data.with_suffix(".toml")
    settings.write_text("\n".join(["[limits]", *(f"{k} = {v}" for k, v in limits.items())]))
    with Program(data, "--config", str(settings)) as program:
        yield program
        run.check(program.stop() == 0, "the house did not close as it should")


def rush(run: Run, port: int, says: bytes) -> None:
    """Honest players come from far away while strangers from an address each rush past them. It is
    the clock that lets them in or not, and the machine may be busy: of a few tries the best counts.
    """
    came = 0
    for attempt in range(TRIES):
        came = max(came, come_past(run, port, says, attempt))
        if came >= COME_IN:
            break
    run.check(came >= COME_IN, f"of {HONEST} honest players from far away {came} came in")


def come_past(run: Run, port: int, says: bytes, attempt: int) -> int:
    """One try: how many came in."""
    strangers = Rush(port)
    strangers.run(RATE, 1.0, says)
    honest = [Punter(f"Far {attempt}.{number}", run.seed) for number in range(HONEST)]
    for number, punter in enumerate(honest):
        strangers.come(punter, f"127.0.9.{number + 1}")
        strangers.run(RATE, APART, says)
    strangers.run(RATE, 1.0, says)
    strangers.close()
    came = sum(punter.seated for punter in honest)
    run.tried["strangers who rushed past"] += strangers.strangers
    run.tried["honest players from far away who came in"] += came
    return came


def guess(run: Run, port: int) -> None:
    """The croupier's password is guessed in batches, on lines from one address; one is right."""
    began, looked_at = monotonic(), 0
    for line in range(2):
        guesses = [TakeSeat(9 + at, Seat.CROUPIER, digest(f"guess {at}")) for at in range(BATCH)]
        guesses[-10] = TakeSeat(9 + BATCH - 10, Seat.CROUPIER, digest(PASSWORD))
        with Modern(port, "127.0.8.1") as thief:
            thief.sign_in(f"Thief {line}")
            with suppress(OSError):  # It may be thrown out before it has said all of it.
                thief.send(b"".join(encode(each, 1) for each in guesses))
            answers = thief.wait_end()
        refused = [said.reason for said in answers if isinstance(said, Refused)]
        looked_at += refused.count(Reason.WRONG_CROUPIER_PASSWORD)
        run.check(not any(isinstance(said, SeatTaken) for said in answers), "a guess got the seat")
        run.tried["guesses"] += BATCH
    limits = Limits()
    most = limits.guesses + (monotonic() - began) / limits.guess_pause_seconds
    run.check(looked_at <= most, f"{looked_at} guesses were looked at")
    with Modern(port, "127.0.9.1") as boss:
        boss.sign_in("Boss")
        answer = boss.ask(TakeSeat(boss.next(), Seat.CROUPIER, digest(PASSWORD)))
        run.check(isinstance(answer, SeatTaken), f"the croupier elsewhere had to wait: {answer}")


def fill(run: Run, port: int) -> None:
    """Guests of one address take every place that they get, then those of another; who plays keeps
    the seat, and somebody new comes in.
    """
    with ExitStack() as stack:
        crowd = Crowd(port)
        stack.callback(crowd.close)
        regular, new = Punter("Regular", run.seed), Punter("New", run.seed)
        crowd.come(regular, "127.0.9.1")
        run.check(crowd.until(lambda: regular.seated), "nobody could sit down")
        guests: dict[str, list[Modern]] = {"127.0.7.1": [], "127.0.7.2": []}
        for address, there in guests.items():
            for _ in range(AN_ADDRESS + 20):
                with suppress(HungUpError, OSError):
                    there.append(stack.enter_context(Modern(port, address)))
                    there[-1].say(SignIn(1, "", b"", b""))
                run.tried["guests who came to stay"] += 1
            stay = crowd.until(lambda: sum(map(stays, there)) <= AN_ADDRESS, 5.0)  # noqa: B023
            run.check(stay, f"one address has {sum(map(stays, there))} places, not {AN_ADDRESS}")
        crowd.come(new, "127.0.9.2")
        run.check(crowd.until(lambda: new.seated, 5.0), "nobody new comes into a house of guests")
        run.check(regular not in crowd.lost, "somebody who plays lost the place to a guest")


def stays(guest: Modern) -> bool:
    """Whether the house has not closed this line."""
    guest.sock.setblocking(False)
    try:
        while data := guest.sock.recv(65536):
            del data
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


ROW = Row("door", "rushes, guesses, one address that takes every place", do, 1, 1, 100)
