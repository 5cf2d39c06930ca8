"""Frames that nobody should send, to a house with honest people in it, and to a window."""

import traceback
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import Any

from protocol.framing import Dialect, Spoken
from protocol.games.roulette.fields import Bet
from protocol.house.door import Goodbye, Greeting, Ping, Pong, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.messages import FROM_CLIENT
from protocol.wire import Message, encode
from tests.protocol.fuzz import GREETING, Sort, classic_request, modern
from tests.protocol.making import make
from torture.books_check import wrong_evening
from torture.crowd import Crowd
from torture.hostile import Victim, painter, sorts
from torture.onlooker import Onlooker
from torture.program import Program
from torture.punter import DIGEST, Boss, Punter
from torture.report import Row, Run, scratch
from torture.stage import Line, Stage

ATTACKERS = 12
IN_GLASS = "frames to a house in a glass"
AT_ONCE = 4
CHECKED_EVERY = 50
PAINTED_EVERY = 1000
LIVE_AT_ONCE = 40
CLASSIC_EVERY = 4
READ_WITHIN = 10.0
ENDS = (Greeting, Goodbye)
"""What ends a line, so that nothing behind it is read."""


class Liar:
    """Makes frames: spoilt ones, and lawful ones that make no sense."""

    def __init__(self, dice: Random) -> None:
        """Draw from these dice."""
        self.dice = dice
        clients = tuple(FROM_CLIENT.values())
        self.spoilt = Sort(dice, Dialect.MODERN, False, modern(clients))
        self.old = Sort(dice, Dialect.CLASSIC, False, classic_request)
        self.clients = clients

    def lawful(self, known: dict[str, int]) -> Message:
        """Well formed, with the round, the people and the numbers that there are, or nearly."""
        said: Message = make(self.dice.choice(self.clients).LAYOUT, self.dice)
        some: dict[str, Any] = {}
        for each in fields(said):
            if each.name in known and self.dice.random() < 0.8:
                some[each.name] = max(0, known[each.name] + self.dice.choice((0, 0, 0, 1, -1)))
            elif each.name == "bets":
                chips = self.dice.choice((1, 2, 5, 0, 2**63, 2**64 - 1))
                count = self.dice.choice((0, 1, 2, 157))
                some["bets"] = tuple(Bet(self.dice.randrange(157), chips) for _ in range(count))
            elif each.name == "seconds":
                some["seconds"] = self.dice.choice((0, 1, 20, 65535))
        return replace(said, **some)


def do(run: Run) -> None:
    window(run, run.count)
    live(run, run.count)
    glass(run, run.count)


def glass(run: Run, count: int) -> None:
    """The house in a glass: what goes wrong in it is raised."""
    dice = Random(run.seed)
    liar = Liar(dice)
    with scratch() as folder:
        stage = Stage(folder, run.seed)
        honest = [Punter(f"P{n}", run.seed) for n in range(2)]
        boss = Boss("Boss", run.seed)
        stage.seat([*honest, boss])
        stage.settle_down()
        attackers = [(Line(stage), False) for _ in range(ATTACKERS)]
        for at in run.part(count, 1).each(IN_GLASS):
            mine = at % ATTACKERS
            line, ready = attackers[mine]
            if not line.open:
                attackers[mine] = line, ready = Line(stage), False
            if not ready:
                attackers[mine] = line, enter(line, dice, mine)
            line.say(frame(liar, line, stage, at))
            line.drain() if dice.random() < 0.9 else None
            if at % AT_ONCE == 0:
                try:
                    turn(stage, honest, boss, dice)
                except Exception as error:
                    run.check(False, f"frame {at}: the house fell over: {error!r}")
                    return
            if at % CHECKED_EVERY == 0:
                stage.house.books.check()
                stage.onlooker.look()
        rounds = stage.table.state.history.rounds
        run.tried["rounds of honest people"] += rounds
        run.check(rounds >= run.tried[IN_GLASS] / 5000, "no round was played meanwhile")
        stage.close()
        run.wrong += wrong_evening(folder, [*honest, boss], stage.onlooker)


def enter(line: Line, dice: Random, mine: int) -> bool:
    """Come in, some further than others; always True."""
    how = dice.randrange(6)
    if how == 0:
        return True
    if how == 1:  # A classic player.
        name = b"old %d" % mine
        line.say(b"\0" + len(name).to_bytes(5, "big") + name)
        return True
    line.say(GREETING)
    if how > 2:
        token = bytes([mine]) * 32
        line.say(encode(SignIn(1, f"Liar {mine}", token, b"")))
        seat = Seat.CROUPIER if how == 5 and dice.random() < 0.2 else Seat.PLAYER
        line.say(encode(TakeSeat(2, seat, DIGEST), 1))
    return True


def frame(liar: Liar, line: Line, stage: Stage, number: int) -> bytes:
    dialect = line.session.decoder.dialect
    if dialect is Dialect.CLASSIC or (dialect is None and liar.dice.random() < 0.3):
        return liar.old.frame() if liar.dice.random() < 0.3 else liar.old.pick()
    if liar.dice.random() < 0.4:
        return liar.spoilt.frame()
    accounts = len(stage.house.books.holders)
    known = {
        "round_number": stage.table.round.number,
        "number": number,
        "account": liar.dice.randint(1, accounts),
    }
    return encode(liar.lawful(known), 1)


def turn(stage: Stage, honest: list[Punter], boss: Boss, dice: Random) -> None:
    """Honest people go on playing; who was thrown out comes back."""
    stage.clock += dice.choice((0.001, 0.02, 0.3))
    stage.exchange()
    for punter in (*honest, boss):
        if not stage.lines[punter].open:
            stage.lines[punter] = Line(stage)
            punter.come()
        elif punter.seated and dice.random() < 0.2:
            boss.spin() if punter is boss else (punter.bet() if not punter.open else None)
    stage.exchange()
    stage.turn()


def live(run: Run, count: int) -> None:
    """The running program: it goes on, writes no traceback, and closes as it should."""
    dice = Random(run.seed)
    liar = Liar(dice)
    with scratch() as folder:
        data, settings = folder / "data", folder / "fast.toml"
        settings.write_text("[limits]\nrequests_a_second = 1e9\nrequest_burst = 1e9\n")
        with Program(data, "--config", str(settings), "--stack", "1000000") as house:
            honest = [Punter(f"P{n}", run.seed) for n in range(2)]
            boss = Boss("Boss", run.seed)
            crowd = Crowd(house.port, [*honest, boss])
            onlooker = Onlooker(data)
            run.check(crowd.until(lambda: all(p.seated for p in honest)), "nobody could sit down")
            for at in run.part(count // LIVE_AT_ONCE, 1 / 3).each(
                f"times {LIVE_AT_ONCE} frames to a running house"
            ):
                storm(run, crowd, liar, at, honest, boss)
                onlooker.look()
            told = len(honest[0].log.told)
            while not honest[0].open:
                honest[0].bet()
            crowd.send(honest[0])
            answered = crowd.until(lambda: not honest[0].open, 10)
            run.check(answered, f"an honest bet is not answered any more ({told} were)")
            crowd.close()
            run.check(house.stop() == 0, "the house did not close as it should")
        run.check("Traceback" not in logged(data), f"the log: {logged(data)[-1500:]}")
        run.wrong += wrong_evening(data, [*honest, boss], onlooker)


class Mute(Punter):
    """Says only what it is given."""

    answered = False
    """Whether the house has read everything up to the last ping."""

    def say(self, message: Message) -> None:
        """Nothing."""

    def _hear(self, said: Spoken) -> None:
        self.answered |= isinstance(said, Pong)


def storm(run: Run, crowd: Crowd, liar: Liar, at: int, honest: list[Punter], boss: Boss) -> None:
    """One connection with many frames, and a step of the honest."""
    mute = Mute("liar", at)
    crowd.come(mute)
    if at % CLASSIC_EVERY:
        modern_storm(run, crowd, liar, at, mute, honest[0].round)
    else:
        mute.out = [liar.old.frame() for _ in range(LIVE_AT_ONCE)]
        crowd.send(mute)
    for punter in honest:
        if punter.seated and not punter.open:
            punter.bet()
            crowd.send(punter)
    if at % 5 == 0:
        boss.spin()
        crowd.send(boss)
    crowd.step(0.002)
    for punter in (*honest, boss):
        if punter in crowd.lost:
            crowd.come(punter)
    crowd.leave(mute)
    crowd.lost.discard(mute)


def modern_storm(
    run: Run, crowd: Crowd, liar: Liar, at: int, mute: Mute, round_number: int
) -> None:
    """Come in, be read to the end, and then say something spoilt."""
    seat = Seat.CROUPIER if at % 7 == 0 else Seat.PLAYER
    way_in = (
        Greeting(1, 1, "x"),
        SignIn(1, f"L{at % 50}", bytes([at % 50]) * 32, b""),
        TakeSeat(2, seat, DIGEST),
    )
    known = {"round_number": round_number, "account": at % 5, "number": at}
    lies = [liar.lawful(known) for _ in range(LIVE_AT_ONCE)]
    for part in (way_in, [each for each in lies if not isinstance(each, ENDS)]):
        mute.answered = False
        mute.out = [*(encode(each, 1) for each in part), encode(Ping(at))]
        crowd.send(mute)
        read = crowd.until(lambda: mute.answered or mute in crowd.lost, READ_WITHIN)
        run.check(read, "a liar was neither read nor thrown out")
    run.tried["of them read to their end"] += mute.answered
    if mute.answered:
        mute.out = [liar.spoilt.frame()]
        crowd.send(mute)


def logged(data: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((data / "log").glob("*.log*")))


# --- the window -----------------------------------------------------------------------------


def window(run: Run, count: int) -> None:
    """What a hostile house sends: a window follows it, or hangs up, and paints what it knows."""
    dice = Random(run.seed)
    paint = painter("en")
    if paint is None:
        run.notes.append("nothing was painted: there is no pygame here")
    victims = [Victim(dice, sort) for sort in sorts(dice)]
    for at in run.part(count, 1 / 3).each("frames to a window"):
        which = at % len(victims)
        victim = victims[which]
        data = b"its first"
        try:
            data = victim.step()
            if paint and at % PAINTED_EVERY < len(victims):
                paint(victim.state, victim.now)
                run.tried["times it was painted"] += 1
        except Exception as error:
            where = "".join(traceback.format_exception(error)[-4:])
            run.check(False, f"a window falls over at frame {at}: {data[:80].hex()}: {where}")
            victims[which] = Victim(dice, victim.spoilt)
    run.tried["lines of a window"] += sum(each.lines for each in victims)


ROW = Row(
    "garbage", "send spoilt and senseless frames to house and window", do, 2_500, 200_000, 10**8
)
