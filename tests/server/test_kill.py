"""Kill the house at random instants: nothing that anybody was told is lost, and nothing is done
twice.
"""

import json
import random
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from protocol.framing import Spoken
from protocol.games.roulette.bets import (
    BetsChanged,
    BetsPlaced,
    BetsTakenBack,
    PlaceBets,
    TakeBackBets,
)
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import BettingClosed, PlayerSettled, RoundOpened, RoundSettled
from protocol.house.door import Refused, SignedIn
from protocol.house.draw import EventAsked, RegisterChain, SendLink, YourDraw
from protocol.house.lists import Seat
from protocol.wire import Message
from server.games.roulette.records import payouts
from server.host.audit import audit, reading
from tests.says import LINKS, Say
from tests.server.guests import PATIENCE, HungUpError, Modern
from tests.server.houses import PASSWORD, RunningHouse

PUNTERS = 3
SETTLED = 5


class Tally:
    """Counts what was heard: the instant of a kill is a matter of chance, not of time."""

    def __init__(self) -> None:
        self._heard = 0
        self._changed = threading.Condition()

    def note(self) -> None:
        with self._changed:
            self._heard += 1
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._heard >= count, PATIENCE)


class Punter:
    """Bets at random and keeps his own log of what he was told, over any number of cuts."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.token = b""
        self.account = 0
        self.dice = random.Random(seed)
        self.open: dict[int, PlaceBets | TakeBackBets] = {}
        """Requests without an answer yet."""
        self.told: dict[int, tuple[PlaceBets | TakeBackBets, BetsPlaced | BetsTakenBack]] = {}
        self.pockets: dict[int, int] = {}
        self.nets: dict[int, int] = {}
        self.number = 0
        self.round = 0
        self.say: Say | None = None
        self.tally = Tally()

    def play(self, port: int) -> None:
        """Until the connection ends."""
        try:
            with Modern(port) as guest:
                self._play(guest)
        except (HungUpError, OSError):
            pass

    def _play(self, guest: Modern) -> None:
        answer = guest.sign_in(self.name, self.token)
        assert isinstance(answer, SignedIn), answer
        self.token, self.account = answer.token, answer.account
        self.number = max(self.number, answer.next_number)
        shown = guest.sit()
        self.round = shown.round_number
        guest.number = 2**40
        for request in self.open.values():
            guest.say(request)
        if shown.phase is Phase.BETTING:
            guest.say(self._chain(guest))
        while True:
            if not self.open:
                for _ in range(self.dice.randrange(1, 4)):
                    asked = self._request(self.round)
                    self.open[asked.number] = asked
                    guest.say(asked)
            guest.receive()
            while guest.came:
                self._hear(guest, guest.came.popleft())
                self.tally.note()

    def _hear(self, guest: Modern, said: Spoken) -> None:
        match said:
            case BetsPlaced(number) | BetsTakenBack(number):
                self.told[number] = (self.open.pop(number), said)
            case Refused(number):
                self.open.pop(number, None)
            case RoundOpened(number):
                self.round = number
                if not self.say:
                    guest.say(self._chain(guest))
            case EventAsked(event) if self.say:
                guest.say(SendLink(guest.next(), event, self.say.next))
            case YourDraw() if self.say:
                self.say.show()
                if self.say.shown == LINKS:
                    guest.say(self._chain(guest))
            case RoundSettled(number, pocket):
                self.pockets[number] = pocket
            case PlayerSettled(number, net):
                self.nets[number] = net

    def _chain(self, guest: Modern) -> RegisterChain:
        """A new one for each line."""
        self.say = Say(guest.house.house, self.account, str(self.dice.random()))
        return RegisterChain(guest.next(), self.say.first)

    def _request(self, round_number: int) -> PlaceBets | TakeBackBets:
        self.number += 1
        if self.dice.random() < 0.2:
            return TakeBackBets(self.number, round_number, ())
        spots = self.dice.sample(range(157), 3)
        bets = tuple(Bet(spot, self.dice.randrange(1, 4)) for spot in spots)
        return PlaceBets(self.number, round_number, bets)


def lead(port: int, dice: random.Random) -> None:
    """The croupier: spins, closes and voids as it comes."""
    try:
        with Modern(port) as guest:
            guest.sign_in("Boss", b"b" * 32)
            number = guest.sit(Seat.CROUPIER, PASSWORD).round_number
            while True:
                changes = 0
                while not changes:
                    said = guest.wait(Message)
                    changes += isinstance(said, BetsChanged | BettingClosed)
                    if isinstance(said, RoundOpened):
                        number = said.round_number
                if dice.random() < 0.2:
                    guest.say(VoidRound(guest.next(), number, "the ball fell off"))
                if dice.random() < 0.5:
                    guest.say(CloseBetting(guest.next(), number))
                guest.say(StartSpin(guest.next(), number))
    except (HungUpError, OSError):
        pass


@pytest.mark.count(12, 55)
def test_what_was_acknowledged_survives_a_kill_at_any_instant(tmp_path: Path, count: int) -> None:
    data = tmp_path / "data"
    dice = random.Random(20260)
    punters = [Punter(f"Punter {number}", number) for number in range(PUNTERS)]
    for kill in range(4 * count):
        if kill >= count and len(deeds_in(data)["settle"]) >= SETTLED:
            break  # On a machine that has much to do, few rounds come to their end.
        tally = Tally()
        for punter in punters:
            punter.tally = tally
        with RunningHouse(data, "--stack", "1000000") as house:
            threads = [threading.Thread(target=each.play, args=(house.port,)) for each in punters]
            threads.append(threading.Thread(target=lead, args=(house.port, random.Random(kill))))
            for thread in threads:
                thread.start()
            tally.wait_for(dice.randrange(250))
            house.kill()
            for thread in threads:
                thread.join()
    found = audit(data)
    assert not found.wrong
    done = deeds_in(data)
    told = sum(len(each.told) for each in punters)
    assert told > count
    assert len(done["settle"]) >= SETTLED
    check(punters, done)


def deeds_in(data: Path) -> dict[str, list[list[Any]]]:
    done: dict[str, list[list[Any]]] = {name: [] for name in ("stake", "refund", "settle", "pay")}
    with reading(data) as reader:
        for _, body in reader.entries():
            for name, *arguments in json.loads(body):
                done.setdefault(name, []).append(arguments)
        for table, number, *_ in done["settle"]:
            kept = reader.finished_round(table, number)
            done["pay"] += [[number, *row] for row in payouts(kept, json.loads(kept.record))]
    return done


def check(punters: list[Punter], done: dict[str, list[list[Any]]]) -> None:
    chips = {
        (account, request): (number, bets)
        for _, account, request, _, (number, bets) in done["stake"] + done["refund"]
    }
    twice = Counter(row[1:3] for row in map(tuple, done["stake"] + done["refund"]))
    assert max(twice.values()) == 1
    pockets = {number: what[0] for _, number, *_, what in done["settle"]}
    nets = {(number, account): back - staked for number, account, staked, back in done["pay"]}
    for punter in punters:
        for number, (request, answer) in punter.told.items():
            kept = [[bet.spot, bet.chips] for bet in request.bets]
            assert chips[punter.account, number] == (answer.round_number, kept)
        for number, pocket in punter.pockets.items():
            assert pockets[number] == pocket
        for number, net in punter.nets.items():
            assert nets.get((number, punter.account), 0) == net
