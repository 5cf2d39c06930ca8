"""What comes into people's heads at a table: random requests for the evenings beside the model.

They know how things stand from the model, and often want what brings a limit to its edge.
"""

import random
from itertools import pairwise

from protocol import classic
from protocol.games.roulette import bets, desk, records
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.lists import Phase
from protocol.house import door, draw, lists, talk
from protocol.house.lists import Seat
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    WarnPlayer,
)
from protocol.wire import Request
from tests.says import Say
from tests.server.model import Person, TableModel
from tests.server.model.layout import LAYOUT, ONCE

NAMES = ("Ann", "Bob", "Cid", "Dot", "Eve")
PLAIN_NAMES = ("Fay", "Gus")
PLAQUE = {
    "straight": (2, 30),
    "split": (1, 40),
    "street": (3, 50),
    "corner": (1, 50),
    "line": (5, 60),
    "column": (1, 60),
    "dozen": (2, 60),
    "chance": (4, 70),
}
SPOTS = (0, 1, 17, 36, 37, 44, 96, 97, 99, 110, 111, 133, 134, 144, *range(145, 157))
SPOTS += (39, *range(157, 164), 166, 172)
"""Some of them not every layout has."""


class Whims:
    """Whose turn it is, and what he asks. The two digests are the right passwords."""

    def __init__(
        self, dice: random.Random, model: TableModel, croupier: bytes, table: bytes
    ) -> None:
        self.dice, self.model = dice, model
        self.croupier, self.table = croupier, table
        self.asked = 0
        self.hour = self.hero = ""
        self.tardy = dice.random() < 0.4
        """Whether links are often shown too late this evening."""
        self.after: dict[bytes, bytes] = {}
        """Of each link of a chain the next one."""

    def pass_time(self) -> None:
        """Every hour has its own: some bet, some talk, some lead the table, some come and go."""
        if self.asked % 40 == 0:
            self.hour = self.dice.choice(("bets", "desk", "desk", "talk", "talk", "door"))
            self.hero = self.dice.choice(NAMES)
        self.asked += 1

    def line(self) -> str:
        """Whose turn it is: often somebody's who matters at this hour."""
        dice, house = self.dice, self.model
        seated = [who for who in house.at_table() if who.present]
        often = [who for who in seated if who.name == self.hero]
        if house.phase is Phase.SPINNING:
            often = [who for who in seated if who.account in house.contributing]
        elif self.hour == "desk":
            often = [who for who in seated if who is house.croupier]
        for some, share in ((often, 0.5), (seated, 0.4 if self.hour == "door" else 0.7)):
            if some and dice.random() < share:
                return dice.choice(some).line or ""
        return dice.choice(list(house.lines))

    def request(self, line: str) -> Request:
        dice, number = self.dice, 10**6 + self.asked
        who = self.model.lines[line]
        if who is None or dice.random() < 0.01:
            return self._sign_in(number)
        here = bool(who.seat) and who.present
        if self.hour == "door" and who.name == self.hero and here and dice.random() < 0.4:
            return door.LeaveSeat(number)
        if dice.random() < (0.02 if here else 0.85):
            return self._take_seat(number)
        if dice.random() < 0.1:
            return self._question(number)
        if who.seat is Seat.CROUPIER and dice.random() < (0.3 if self.hour == "talk" else 0.8):
            return self._order(number)
        if dice.random() < (0.8 if self.hour == "talk" else 0.1):
            return self._talk(who, number)
        return self._play(who, number)

    def classic_request(self, line: str) -> classic.Request:
        dice, who = self.dice, self.model.lines[line]
        name = dice.choice((*NAMES, *PLAIN_NAMES, *PLAIN_NAMES, *PLAIN_NAMES)).encode()
        if who is None and dice.random() < 0.9:
            name = dice.choice((*[name] * 10, b"\xff", b""))
            asked = (classic.RegisterPlayer(name), classic.RegisterCroupier(self.croupier))
            return dice.choice((*asked, asked[0], classic.RegisterCroupier(bytes(64))))
        spot = dice.choice((*SPOTS[:4], 37, 38, 38, 39, 255))
        stakes = (5, 20, who.wallet if who else 9, 30, 31, 1, 0, 40000)
        digest = dice.choice((self.croupier, self.croupier, self.croupier, bytes(64)))
        requests: tuple[classic.Request, ...] = (
            *[classic.PlaceBet(spot, chips) for chips in stakes],
            *[classic.StartSpin(digest)] * (8 if who and who.seat is Seat.CROUPIER else 1),
            *(classic.ListBets(), classic.ListBets(as_croupier=True)),
            *[classic.ConfirmResults()] * 3,
            classic.RegisterPlayer(name),
            classic.RegisterCroupier(digest),
        )
        return dice.choice(requests)

    def _sign_in(self, number: int) -> Request:
        dice, house = self.dice, self.model
        names = list(NAMES)
        away = [name for name in names if not (who := house.named(name)) or not who.line]
        if away and dice.random() < 0.8:
            names = away
        name = dice.choice((*names, *names, *PLAIN_NAMES[:1], "", "", "\x07"))
        known = house.named(name)
        token = known.token if known else name.encode().ljust(32, b".") if name else b""
        token = dice.choice((*[token] * 8, b"", bytes(32)))
        return door.SignIn(number, name, token, dice.choice((*[self.table] * 9, b"x")))

    def _take_seat(self, number: int) -> Request:
        seats = [Seat.PLAYER] * 6 + [Seat.WATCHER, Seat.NONE]
        seats += [Seat.CROUPIER] * (1 if self.model.croupier else 5)
        return door.TakeSeat(
            number, self.dice.choice(seats), self.dice.choice((self.croupier, self.croupier, b""))
        )

    def _question(self, number: int) -> Request:
        dice, now = self.dice, self.model.round
        some = max(0, now + dice.choice((0, 0, -1, -2, -3, 1)))
        return dice.choice(
            (
                ListPlayers(number, dice.choice((0, 0, 2))),
                door.ListTables(number, dice.choice((0, 0, 1))),
                records.ListRounds(number, dice.choice((0, some))),
                records.ListOwnRounds(number, dice.choice((0, some))),
                records.ListResults(number),
                draw.AskRound(number, some),
                draw.ListLinks(number, some, dice.choice((0, 3))),
                bets.ListBets(number, some, *dice.choice(((0, 0), (3, 40)))),
                talk.ListTalk(number),
            )
        )

    def _round(self) -> int:
        return max(1, self.model.round + self.dice.choice((0,) * 14 + (1, -1)))

    def _other(self) -> int:
        there = [who.account for who in self.model.at_table()]
        there += [who.account for who in self.model.bettors]
        return self.dice.choice([*there, *there, *self.model.people, 0, 99])

    def _words(self) -> str:
        return self.dice.choice(("a word", "", "\x1b[2J", "why not"))

    def _order(self, number: int) -> Request:
        dice = self.dice
        held = any(spot >= ONCE[0] for who in self.model.bettors for spot in who.chips)
        if held and self.model.phase is Phase.BETTING and dice.random() < 0.3:
            return desk.VoidRound(number, self._round(), self._words())
        if self.model.enough and dice.random() < (
            0.5 if self.model.phase is Phase.BETTING else 0.2
        ):
            kind = dice.choice((desk.StartSpin, desk.CloseBetting, desk.CloseBetting))
            return kind(number, self._round())
        return dice.choice(
            (
                *[desk.StartSpin(number, self._round())] * 3,
                desk.CloseBetting(number, self._round()),
                *[desk.VoidRound(number, self._round(), self._words())] * 2,
                KickPlayer(number, self._other(), self._words()),
                Announce(
                    number, dice.choice((lists.Phrase.OTHER, lists.Phrase.LAST_CALL)), self._words()
                ),
                *[HandOver(number, self._other())] * 2,
                desk.SetAuto(number, dice.choice((0, 0, 4, 8))),
                MutePlayer(number, self._other(), dice.choice((0, 5, 20)), self._words()),
                WarnPlayer(number, self._other(), self._words()),
            )
        )

    def _talk(self, who: Person, number: int) -> Request:
        dice, house, me, other = self.dice, self.model, who.account, self._other()
        asks = [asker for asker, asked in house.asked if asked == me]
        mine = [asked for asker, asked in house.asked if asker == me]
        mine += [each for pair in house.sessions if me in pair for each in pair - {me}]
        no = [asked for asker, asked in house.declined if asker == me]
        if (asks or mine or no) and dice.random() < 0.7:
            other = dice.choice(asks + mine + no)
        if asks and dice.random() < 0.4:
            return talk.AnswerSession(number, dice.choice(asks), dice.random() < 0.7)
        text = dice.choice(("hello", "good luck", "wine?", "", "\x07"))
        ask = talk.AskSession(number, other)
        return dice.choice(
            (
                talk.Say(number, text),
                talk.Say(number, text),
                talk.SayPrivately(number, other, dice.random() < 0.5, text),
                *(ask, ask, ask),
                talk.AnswerSession(number, other, dice.random() < 0.7),
                talk.AnswerSession(number, other, dice.random() < 0.7),
                talk.EndSession(number, other),
            )
        )

    def _play(self, who: Person, number: int) -> Request:
        dice, now = self.dice, self._round()
        link = self._link(who)
        in_time = self.model.now < self.model.reveal_until
        spinning = self.model.phase is Phase.SPINNING
        if spinning and dice.random() < (0.1 if self.tardy and in_time else 0.7):
            return draw.SendLink(number, *link)
        roll = dice.random()
        if roll < 0.55:
            return self._chips(who)
        return dice.choice(
            (
                draw.RegisterChain(number, self._chain(who)),
                draw.RegisterChain(number, self._chain(who)),
                draw.SendLink(number, *link),
                bets.SayReady(number, now),
                bets.SayReady(number, now),
                dice.choice((door.LeaveSeat(number), self._order(number))),
            )
        )

    def _chain(self, who: Person) -> bytes:
        """The public end of a new one."""
        links = Say(self.model.table, who.account, str(self.dice.random())).links
        self.after.update(pairwise(links))
        return links[0]

    def _link(self, who: Person) -> tuple[int, bytes]:
        """The event that is asked for and one's next link, as a rule."""
        event = max(0, self.model.event + self.dice.choice((*[1] * 12, 0, 2)))
        mine = self.model.links.get(who.account) or self.model.chains.get(who.account, b"")
        known = self.model.chains.get(who.account, b"") if self.dice.random() < 0.9 else mine
        link = self.after.get(known, bytes(32))
        return event, link if self.dice.random() < 0.95 else bytes(32)

    def _chips(self, who: Person) -> Request:
        dice = self.dice
        if who.done and dice.random() < 0.12:
            before = dice.choice(list(who.done.values())).request
            assert isinstance(before, (bets.PlaceBets, bets.TakeBackBets))
            if dice.random() < 0.6:
                return before
            kind = dice.choice((bets.PlaceBets, bets.TakeBackBets))
            return kind(before.number, before.round_number, before.bets[:1])
        number = who.last + dice.choice((1,) * 12 + (2, 7, 0, -1))
        number = dice.choice((max(0, number),) * 40 + (2**62, 2**62 - 1 if False else 0))
        if who.chips and dice.random() < 0.4:
            locked = [spot for spot in who.chips if spot >= ONCE[0]]
            there = locked if locked and dice.random() < 0.3 else list(who.chips)
            some = dice.sample(there, min(len(there), dice.choice((0, 1, 1, 2))))
            take = [Bet(s, max(1, who.chips[s] + dice.choice((0, 0, 1, -1, -5)))) for s in some]
            if dice.random() < 0.1:
                take.append(Bet(dice.choice(SPOTS), 1))
            return bets.TakeBackBets(number, self._round(), tuple(take))
        spots = dice.sample(SPOTS, dice.choice((*[1] * 9, *[2] * 4, *[3] * 3, 0)))
        if (
            spots
            and who.chips
            and dice.random() < 0.4
            and (old := dice.choice(list(who.chips))) not in spots
        ):
            spots[0] = old
        spots += spots[:1] if dice.random() < 0.05 else []
        return bets.PlaceBets(
            number, self._round(), tuple(Bet(s, self._stake(who, s)) for s in spots)
        )

    def _stake(self, who: Person, spot: int) -> int:
        """Often a small one, often what brings a limit to its edge, or over it by one."""
        least, most = PLAQUE[LAYOUT[spot][0]]
        lies, dice, rules = who.chips.get(spot, 0), self.dice, self.model.rules
        edges = (most - lies, rules.table_most - who.at_stake, who.wallet)
        if dice.random() < 0.5:
            return max(1, min(dice.randrange(least, least + 20), *edges))
        edge = dice.choice((least, min(edges), min(edges), *edges))
        return max(0, edge + dice.choice((0, 0, 0, 1, -1)))
