"""Silent sockets, slow senders, storms, wrong passwords: honest people come in, and play."""

import socket
from contextlib import suppress
from random import Random
from time import monotonic

from protocol.house.door import Greeting, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.wire import encode
from torture.books_check import wrong_evening
from torture.crowd import Crowd
from torture.onlooker import Onlooker
from torture.program import Program
from torture.punter import Boss, Punter
from torture.report import Row, Run, scratch

COME_WITHIN = 3.0
"""Seconds in which an honest player has a seat, whatever is going on at the door."""
ROUND_WITHIN = 5.0
HOLD = 400
"""So many hostile sockets are held at a time; the oldest is given up for a new one."""
EVERY = 50
"""After so many, an honest player comes anew and a round is played."""
STORM = 20
"""Connections at once, from one address."""
GREETED = encode(Greeting(1, 1, "flood"))
WRONG = encode(TakeSeat(2, Seat.CROUPIER, b"x" * 64), 1)


def do(run: Run) -> None:
    dice = Random(run.seed)
    with scratch() as folder:
        data, settings = folder / "data", folder / "quick.toml"
        settings.write_text("[[table]]\nreveal_seconds = 1.5\n")  # Who left shows no link.
        options = ("--config", str(settings), "--stack", "1000000")
        with Program(data, *options) as house:
            regular, boss = Punter("Regular", run.seed), Boss("Boss", run.seed)
            crowd = Crowd(house.port)
            run.check(crowd.gather([regular, boss]), "nobody could sit down")
            everybody = [regular, boss]
            onlooker = Onlooker(data)
            hostile: list[socket.socket] = []
            slowest = 0.0
            for at in run.each("hostile connections"):
                hostile.append(attack(house.port, dice, at))
                if len(hostile) > HOLD:
                    hostile.pop(0).close()
                crowd.step(0)
                if at % 7 == 0:
                    dribble(hostile, dice)
                if at % EVERY == EVERY - 1:
                    new = Punter(f"New {at}", run.seed)
                    everybody.append(new)
                    slowest = max(slowest, honest_round(run, crowd, [regular, new], boss))
                    crowd.leave(new)
                    onlooker.look()
            run.notes.append(f"an honest player had a seat after {slowest:.2f} s at the most")
            for line in hostile:
                line.close()
            crowd.close()
            run.check(house.stop() == 0, "the house did not close as it should")
        run.wrong += wrong_evening(data, everybody, onlooker)


def attack(port: int, dice: Random, at: int) -> socket.socket:
    """One hostile connection, from one of many addresses."""
    line = socket.socket()
    line_address = f"127.0.{dice.randrange(4)}.{dice.randrange(1, 255)}"
    line.bind((line_address, 0))
    line.settimeout(5)
    with suppress(OSError):
        line.connect(("127.0.0.1", port))
        line.setblocking(False)
        kind = at % 5
        if kind == 1:  # A slow sender.
            line.send(GREETED[:1])
        elif kind == 2:  # A wrong password for the croupier's chair.
            line.send(GREETED + encode(SignIn(1, f"Guess {at % 40}", b"g" * 32, b"")) + WRONG)
        elif kind == 3:  # Somebody else's name.
            line.send(GREETED + encode(SignIn(1, "Regular", b"w" * 32, b"")) * 3)
        elif kind == 4:  # Many at once, here and away.
            line.close()
            storm(port, line_address)
    return line


def storm(port: int, address: str) -> None:
    """Connect from there again and again without waiting for any of it."""
    lines = [socket.socket() for _ in range(STORM)]
    for line in lines:
        line.bind((address, 0))
        line.setblocking(False)
        line.connect_ex(("127.0.0.1", port))
    for line in lines:
        line.close()


def dribble(hostile: list[socket.socket], dice: Random) -> None:
    """The slow senders send their next byte."""
    for line in dice.sample(hostile, min(10, len(hostile))):
        with suppress(OSError):
            line.send(b"\0")


def honest_round(run: Run, crowd: Crowd, players: list[Punter], boss: Boss) -> float:
    """A newcomer sits down, two bet, and the ball falls; how long the newcomer waited."""
    new = players[-1]
    began = monotonic()
    come = 0
    while not new.seated and monotonic() < began + COME_WITHIN:
        if new not in crowd.lines:
            come += 1
            crowd.come(new, "127.0.9.1")
        crowd.until(lambda: new.seated or new in crowd.lost, COME_WITHIN)
    waited = monotonic() - began
    if not run.check(new.seated, f"an honest player could not sit down in {waited:.1f} s"):
        return waited
    run.tried["honest players who came"] += 1
    for player in players:
        if not player.open:
            player.bet()
        crowd.send(player)
    told = crowd.until(lambda: not any(each.open for each in players), ROUND_WITHIN)
    run.check(told, "honest bets were not answered")
    number = boss.round
    boss.spin()
    crowd.send(boss)
    done = crowd.until(lambda: number in boss.log.pockets or boss.round > number, ROUND_WITHIN)
    if players[0].log.told:
        run.check(done or not placed(players, number), f"round {number} was not settled in time")
    run.tried["rounds meanwhile"] += done
    return waited


def placed(players: list[Punter], number: int) -> bool:
    """Whether any of them still has a bet in this round, as far as they know."""
    return any(
        answer.round_number == number and answer.at_stake
        for each in players
        for answer in list(each.log.told.values())[-1:]
    )


ROW = Row("flood", "silent sockets, storms, wrong passwords", do, 200, 1_000, 150_000)
