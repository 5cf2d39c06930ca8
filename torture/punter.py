"""A player who bets at random, says things twice, and keeps his own log of all he was told.

He holds no socket: bytes in, bytes out. So the same player sits at a simulated table and at a
running one, and the same check (`books_check.py`) holds his log against the books.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from random import Random
from typing import ClassVar

from client.requests import digest
from protocol.errors import ProtocolError
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack, PlaceBets, TakeBackBets
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    TableShown,
)
from protocol.games.roulette.rules import SINGLE
from protocol.house.door import (
    Goodbye,
    Greeting,
    HouseIntroduced,
    Ping,
    Pong,
    Refused,
    SeatTaken,
    SignedIn,
    SignIn,
    TakeSeat,
)
from protocol.house.draw import EventAsked, RegisterChain, RoundFrozen, SendLink, YourDraw
from protocol.house.lists import Reason, Seat
from protocol.house.people import ChipsGranted
from protocol.limits import ANSWERS_KEPT
from protocol.wire import Message, Request, encode
from tests.says import LINKS, Say
from torture.onlooker import Answer, Chips, Fact, answer_fact, facts_in

PASSWORD = "rien ne va plus"
DIGEST = digest(PASSWORD)
SMALL_TALK = 2**40
"""From here on he numbers what has nothing to do with chips."""
OTHER_BETS = (Bet(0, 1), Bet(1, 2), Bet(2, 1), Bet(3, 9))
ANSWERED_FOR = 2
"""The rounds for which a repeat is answered as the first time."""


@dataclass
class Log:
    """What one account asked with its own numbers, and what it was told."""

    asked: dict[int, Chips] = field(default_factory=dict)
    told: dict[int, Answer] = field(default_factory=dict)
    refused: dict[int, Reason] = field(default_factory=dict)
    pockets: dict[int, int] = field(default_factory=dict)
    freezes: dict[int, bytes] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    """All of it that the books must hold, in the order in which it was told."""
    wrong: list[str] = field(default_factory=list)

    def forget(self, before: int) -> None:
        """Everything was held against the books; of rounds before this one nothing need be kept."""
        self.facts.clear()
        for number in self.refused:
            self.asked.pop(number, None)
        self.refused.clear()
        for kept in (self.pockets, self.freezes):
            for number in [each for each in kept if each < before]:
                del kept[number]
        for number in [n for n, answer in self.told.items() if answer.round_number < before]:
            del self.told[number], self.asked[number]


class Punter:
    """One player, over any number of lines."""

    def __init__(self, name: str, seed: int, *, copies: int = 1, most: int = 3) -> None:
        """Play as `name`; send each request up to `copies` times, `most` requests in a go."""
        self.name = name
        self.dice = Random(f"{name}/{seed}")
        self.copies = copies
        self.most = most
        self.token = self.dice.randbytes(32)
        self.account = 0
        self.draw = b""
        self.log = Log()
        self.open: dict[int, Chips] = {}
        """Requests without an answer yet."""
        self.number = 0
        self.bets = 0
        """How often he asked to lay chips."""
        self.round = 0
        self.phase = Phase.SETTLED
        self.seated = False
        self.granted = 0
        self.chain: Say | None = None
        """His chain; a new one on each line, from the next round on."""
        self._anew = True
        self.out: list[bytes] = []
        self._flying: dict[int, deque[bool]] = {}
        """For each number under way on this line: whether it says what it said the first time."""
        self._small = SMALL_TALK
        self._decoder = Decoder(Dialect.MODERN, from_server=True)
        self.gone = ""
        """Why the house ended the line, if it said so."""

    # --- the line ---------------------------------------------------------------------------

    def come(self) -> None:
        """On a new line: say the first word."""
        self._decoder = Decoder(Dialect.MODERN, from_server=True)
        self.out.clear()
        self._flying.clear()
        self.seated = False
        self.gone = ""
        self.say(Greeting(1, 1, "torture"))

    def hear(self, data: bytes) -> None:
        """What came over the line."""
        try:
            for said in self._decoder.feed(data):
                self._hear(said)
        except ProtocolError as error:
            self.log.wrong.append(f"{self.name} cannot read the house: {error}")

    def say(self, message: Message) -> None:
        self.out.append(encode(message, 1))

    def take(self) -> bytes:
        """What is to be sent."""
        data = b"".join(self.out)
        self.out.clear()
        return data

    # --- what he does -----------------------------------------------------------------------

    def bet(self) -> None:
        """Ask for something with chips: lay some, now and then take some back."""
        for _ in range(self.dice.randint(1, self.most)):
            self.number += 1
            if self.dice.random() < 0.2:
                self.ask(TakeBackBets(self.number, self.round, ()))
            else:
                spots = self.dice.sample(sorted(SINGLE.spots), 3)
                bets = tuple(Bet(spot, self.dice.randrange(1, 4)) for spot in spots)
                self.bets += 1
                self.ask(PlaceBets(self.number, self.round, bets))

    def ask(self, request: Chips) -> None:
        """Send it, perhaps more than once."""
        self.log.asked[request.number] = self.open[request.number] = request
        for _ in range(self.dice.randint(1, self.copies)):
            self._say_chips(request)

    def _say_chips(self, request: Chips, *, same: bool = True) -> None:
        self._flying.setdefault(request.number, deque()).append(same)
        self.say(request)

    def ask_again(self) -> None:
        """Ask once more for what was answered already; the answer has to be the same."""
        known = list(takewhile(self._still_answered, reversed(self.log.told)))
        if known:
            self._say_chips(self.log.asked[self.dice.choice(known)])

    def use_number_again(self) -> None:
        """A number that was used, with other contents: to be refused."""
        if self.log.told:
            number = next(reversed(self.log.told))
            self._say_chips(PlaceBets(number, self.round, OTHER_BETS), same=False)

    def small(self) -> int:
        self._small += 1
        return self._small

    # --- what he hears ----------------------------------------------------------------------

    def _hear(self, said: Spoken) -> None:
        self.log.facts.extend(facts_in(said, self.account))
        hear = self._HEARS.get(type(said))
        if hear:
            hear(self, said)

    def _introduced(self, said: HouseIntroduced) -> None:
        self.draw = said.house
        self.say(SignIn(self.small(), self.name, self.token, b""))

    def _signed_in(self, said: SignedIn) -> None:
        self.account = said.account
        self.log.facts.append(["name", 0, said.account, self.name])
        self.number = max(self.number, said.next_number)
        self.say(self.seat())

    def seat(self) -> Request:
        return TakeSeat(self.small(), Seat.PLAYER, b"")

    def _sat(self, _: SeatTaken) -> None:
        self.seated = True

    def _shown(self, said: TableShown) -> None:
        self.round, self.phase = said.round_number, said.phase
        self._adds_up(said.staked, (total.chips for total in said.totals), "on the table")
        self._adds_up(said.at_stake, (bet.chips for bet in said.own_bets), "of his own")
        for request in self.open.values():
            self._say_chips(request)
        self._anew = True
        if self.phase is Phase.BETTING:
            self._register()

    def _answered(self, said: Answer) -> None:
        if not self._landed(said.number):
            words = f"{self.name}: {said.number} with other contents was answered {said}"
            self.log.wrong.append(words)
        before = self.log.told.get(said.number)
        if before is not None and before != said:
            self.log.wrong.append(f"{self.name} was answered {said}, and before {before}")
        self.open.pop(said.number, None)
        if before is None:
            self.log.told[said.number] = said
            asked = self.log.asked[said.number]
            if isinstance(said, BetsPlaced) != isinstance(asked, PlaceBets):
                self.log.wrong.append(f"{self.name} asked for {asked} and was answered {said}")
            self.log.facts.append(answer_fact(asked, said, self.account))

    def _refused(self, said: Refused) -> None:
        same = self._landed(said.number)
        request = self.open.pop(said.number, None)
        if request is not None:
            self.log.refused[said.number] = said.reason
        elif said.number in self.log.told:
            long_past = not self._still_answered(said.number)
            if said.reason is not Reason.NUMBER_REUSED or (same and not long_past):
                words = f"{self.name}: {said.number} was carried out, then refused: {said.words}"
                self.log.wrong.append(words)

    def _landed(self, number: int) -> bool:
        """An answer came: whether it is to what was said the first time."""
        flying = self._flying.get(number)
        return flying.popleft() if flying else True

    def _still_answered(self, number: int) -> bool:
        last = number > self.number - ANSWERS_KEPT
        return last and self.log.told[number].round_number > self.round - ANSWERED_FOR

    def _opened(self, said: RoundOpened) -> None:
        self.round, self.phase = said.round_number, Phase.BETTING
        if self._anew or (self.chain and self.chain.shown == LINKS):
            self._register()

    def _closed(self, _: BettingClosed) -> None:
        self.phase = Phase.CLOSED

    def _frozen(self, said: RoundFrozen) -> None:
        before = self.log.freezes.setdefault(said.round_number, said.freeze)
        if before != said.freeze:
            self.log.wrong.append(f"{self.name} saw two freezes of round {said.round_number}")

    def _asked(self, said: EventAsked) -> None:
        if self.chain is not None:
            self.say(SendLink(self.small(), said.event, self.chain.next))

    def _drawn(self, _: YourDraw) -> None:
        if self.chain is not None:
            self.chain.show()

    def _settled(self, said: RoundSettled) -> None:
        self.phase = Phase.SETTLED
        before = self.log.pockets.setdefault(said.round_number, said.pocket)
        if before != said.pocket:
            self.log.wrong.append(f"round {said.round_number} fell twice")

    def _voided(self, _: RoundVoided) -> None:
        self.phase = Phase.SETTLED

    def _own(self, said: PlayerSettled) -> None:
        gains = (each.returned - each.stake for each in said.payouts)
        self._adds_up(said.net, gains, "won or lost")

    def _adds_up(self, total: int, parts: Iterable[int], of: str) -> None:
        if total != (own := sum(parts)):
            self.log.wrong.append(f"{self.name} was told of {total} chips {of}; it is {own}")

    def _granted(self, said: ChipsGranted) -> None:
        self.granted += said.amount

    def _ping(self, said: Ping) -> None:
        self.say(Pong(said.nonce))

    def _goodbye(self, said: Goodbye) -> None:
        self.gone = said.words

    def _register(self) -> None:
        """Have a say, with a new chain."""
        self._anew = False
        self.chain = Say(self.draw, self.account, str(self.dice.random()))
        self.say(RegisterChain(self.small(), self.chain.first))

    _HEARS: ClassVar[dict[type, Callable[..., None]]] = {
        HouseIntroduced: _introduced,
        SignedIn: _signed_in,
        SeatTaken: _sat,
        TableShown: _shown,
        BetsPlaced: _answered,
        BetsTakenBack: _answered,
        Refused: _refused,
        RoundOpened: _opened,
        BettingClosed: _closed,
        RoundFrozen: _frozen,
        EventAsked: _asked,
        YourDraw: _drawn,
        RoundSettled: _settled,
        RoundVoided: _voided,
        PlayerSettled: _own,
        ChipsGranted: _granted,
        Ping: _ping,
        Goodbye: _goodbye,
    }


class Boss(Punter):
    """The croupier: closes, spins and voids as it comes."""

    def seat(self) -> Request:
        return TakeSeat(self.small(), Seat.CROUPIER, DIGEST)

    def lead(self) -> None:
        """One order."""
        some = self.dice.random()
        if self.phase is Phase.BETTING and some < 0.15:
            self.say(VoidRound(self.small(), self.round, "the ball fell off"))
        elif self.phase is Phase.BETTING and some < 0.5:
            self.say(CloseBetting(self.small(), self.round))
        else:
            self.say(StartSpin(self.small(), self.round))

    def spin(self) -> None:
        self.say(StartSpin(self.small(), self.round))

    def auto(self, seconds: int) -> None:
        self.say(SetAuto(self.small(), seconds))

    def _register(self) -> None:
        """This one has no say."""
