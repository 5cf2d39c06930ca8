"""Random evenings at the house, and beside it a model that knows only its pages.

After every request and every while: the same answer, the same words to everybody else, the same
chips in the same places, the same phase with the same time left, the same people.
"""

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

from protocol import classic, fairness
from protocol.layout import Value
from protocol.messages import bets, desk, door, lists, records, rounds, talk
from protocol.messages.fields import Bet
from protocol.messages.lists import Phase, Presence, Reason, Seat
from protocol.wire import Message, Request
from server.house import Drop, Manner, Saying, To, ToAll, ToClassic, ToEach, password_digest
from server.limits import Limits, Rules
from server.people import Client
from tests.server.model import Expected, Person, Settings, TableModel
from tests.server.model.layout import LAYOUT
from tests.server.pure import PASSWORD, SEEDS, PureHouse, messages_of

EVENINGS = int(os.environ.get("EVENINGS", "12"))
STEPS = 400

RIGHT = password_digest(PASSWORD)
NAMES = ("Ann", "Bob", "Cid", "Dot", "Eve")
PLAIN_NAMES = ("Fay", "Gus")
ADDRESSES = ("10.0.0.1", "10.0.0.2")
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
IN_ORDER = tuple(kind for kind in vars(rounds).values() if isinstance(kind, type))
IN_MILLIS = (Reason.TOO_FAST, Reason.MUTED, Reason.SHUT_OUT)
CADENCE = (bets.BetsChanged, records.RosterChanged)


def plain(value: Any) -> Any:
    """A message's value without the types of its records."""
    if isinstance(value, Value):
        return tuple(plain(each) for each in value.LAYOUT.values(value))
    if isinstance(value, classic.Result):
        return (value.name, value.net)
    return tuple(plain(each) for each in value) if isinstance(value, (tuple, list)) else value


def shown(roster: Iterable[Any]) -> set[Any]:
    """Who is at the table, as the roster says it. Of who is cut off not the chips: if he signs in
    with nothing left, the others hear what he was given only when he takes a seat.
    """
    there = [row for row in roster if row[3] is not Presence.GONE]
    return {row[:5] if row[3] is Presence.CUT_OFF else row for row in there}


def fits(expected: Expected, said: Any) -> bool:
    """Whether this is the message, as far as it is known."""
    if type(said) is not expected.kind:
        return False
    for name, value in expected.fields.items():
        found = plain(getattr(said, name))
        if name == "ms_left" or (name == "figure" and expected.fields["reason"] in IN_MILLIS):
            if abs(found - value) > 1:
                return False
        elif found != value:
            return False
    return True


class Evening:
    """A house and a model, and everybody's lines to both."""

    def __init__(self, seed: int) -> None:
        self.dice = dice = random.Random(seed)
        self.password = dice.choice((b"", password_digest("open")))
        settings = {
            "stack": 100,
            "table_most": dice.choice((60, 90, 150)),
            "min_players": dice.choice((1, 1, 2)),
            "auto_seconds": dice.choice((0, 0, 8)),
            "spin_seconds": 2.0,
            "reveal_seconds": dice.choice((1.0, 3.0)),
            "start_seconds": 10.0,
        }
        limits = {
            "ack_timeout": 11.0,
            "keep_seat_seconds": 20.0,
            "away_seconds": 40.0,
            "talk_burst": 3.0,
            "wrong_passwords": 4,
            "storm_warn": 2,
            "storm_mute": 4,
            "storm_kick": 8,
            "storm_mute_seconds": 12.0,
            "storm_forgotten_seconds": 15.0,
            "shut_out_seconds": 15.0,
            "private_sessions": dice.choice((1, 2)),
            "ask_again_seconds": 9.0,
        }
        plaque = {group: PLAQUE[group.name.lower()] for group in Rules().plaque}
        house_rules: Any = {
            **settings,
            "plaque": {g: type(Rules().plaque[g])(*s) for g, s in plaque.items()},
        }
        house_limits: Any = limits
        self.pure = PureHouse(
            Rules(**house_rules),
            limits=Limits(**house_limits),
            manner=Manner(croupier_digest=RIGHT, table_digest=self.password),
        )
        model_rules: Any = {**settings, **limits, "plaque": PLAQUE}
        self.model = TableModel(
            Settings(**model_rules),
            SEEDS.table,
            SEEDS.seed(0),
            SEEDS.seed,
            RIGHT,
            self.password,
            now=self.pure.now,
        )
        self.clients: dict[str, Client] = {}
        self.at = len(self.pure.said)
        self.lines = 0
        self.asked = 0
        self.hour = self.hero = ""
        self.last: list[tuple[str, Request]] = []
        self.trace: list[str] = []
        self.seated: set[Client] = set()
        self.came: dict[str, list[Any]] = defaultdict(list)
        self.layout: dict[int, tuple[int, ...]] = {}
        self.sums = (0, 0, 0, 0)
        self.roster: dict[int, Any] = {}
        self.moved_at = self.pure.now
        self.seen: Counter[str] = Counter()

    # The lines

    def connect(self) -> str:
        self.lines += 1
        line, address = f"line {self.lines}", self.dice.choice(ADDRESSES)
        plain_one = self.dice.random() < 0.25
        self.clients[line] = (
            Client(address, classic=True) if plain_one else self.pure.stranger(address)
        )
        self.pure.said[self.at :] = [s for s in self.pure.said[self.at :] if not isinstance(s, To)]
        self.model.connect(line, address, classic=plain_one)
        return line

    def hang_up(self, line: str) -> None:
        self.trace.append(f"{line} is cut")
        self.pure.house.leave(self.clients.pop(line), cut_off=True)
        self.model.cut(line)
        self.moved_at = self.pure.now
        self.pure.advance(0)
        self.compare()

    def ask(self, line: str, request: Request) -> None:
        who = self.model.lines[line]
        self.trace.append(f"{line} {who.name if who else '?'} < {request}")
        client = self.clients[line]
        self.moved_at = self.pure.now
        self.pure.hear(client, request)
        said = self.pure.said[self.at :]
        answers = [
            each
            for each in said
            if isinstance(each, To)
            and each.client is client
            and getattr(each.message, "number", None) == request.number
        ]
        assert len(answers) < 2, self.story(f"{answers}")
        answer = answers[0].message if answers else None
        self.trace.append(f"    > {answer}")
        if answers:
            before = said[: said.index(answers[0])]
            early = [each for each in before if isinstance(each, ToAll)]
            early = [each for each in early if type(each.message) in IN_ORDER]
            assert not early, self.story(f"{early} before its cause, {answer}")
            self.pure.said.remove(answers[0])
        expected = self.model.ask(line, request, answer)
        assert (answer is None) is (expected is None), self.story(f"answer {expected}")
        if expected:
            reason = expected.fields.get("reason")
            why = "" if reason is None else f" {Reason(reason).name}"
            self.seen[type(request).__name__ + why] += 1
            assert fits(expected, answer), self.story(f"answer {expected}")
        self.compare()

    def ask_classic(self, line: str, request: classic.Request) -> None:
        self.trace.append(f"{line} classic < {request}")
        client = self.clients[line]
        self.moved_at = self.pure.now
        self.pure.hear(client, request)
        said = self.pure.said[self.at :]
        answers = [each for each in said if isinstance(each, To) and each.client is client]
        assert len(answers) < 2, self.story(f"{answers}")
        answer = answers[0].message if answers else None
        self.trace.append(f"    > {answer}")
        if answers:
            self.pure.said.remove(answers[0])
        assert not isinstance(answer, Message)
        code = getattr(answer, "code", None)
        self.seen[f"{type(request).__name__} {'' if code is None else code.name}"] += 1
        lawful = self.model.ask_classic(line, request, answer, client.account)
        assert lawful, self.story("is no lawful reply")
        self.compare()

    def wait(self, seconds: float) -> None:
        """Every clock ends when it should."""
        until = self.model.now + seconds
        while self.model.now < until:
            due = self.model.next_due()
            then = min(until, max(self.model.now, due))
            self.trace.append(f"-- {then - self.model.now} s, round {self.model.round}")
            self.pure.advance(then - self.pure.now)
            self.model.advance(then)
            if then >= due:
                self.moved_at = then
            self.compare()
        if until - self.moved_at > 0.5:
            self._compare_told()

    # The comparison

    def story(self, what: str) -> str:
        return "\n".join([*self.trace[-25:], what])

    def compare(self) -> None:
        """What everybody heard since the last time, and what is so now."""
        while dropped := self._listen():
            for line in dropped:
                gone = self.clients.pop(line)
                for behind in (door.LeaveSeat(1), door.TakeSeat(1, Seat.PLAYER, b"")):
                    self.pure.hear(gone, behind)  # Asked in the same breath: nobody hears it.
                self.pure.house.leave(gone, cut_off=True)
            self.pure.advance(0)
        assert set(self.clients) == set(self.model.lines), self.story("other lines are open")
        for line, came in self.came.items():
            self._compare_heard(line, came)
        self.came.clear()
        self.seated = {client for client in self.clients.values() if client.seat}
        self.model.heard.clear()
        self._compare_state()

    def _listen(self) -> list[str]:
        """Who heard what; returns whose line the house ended."""
        said, self.at = self.pure.said[self.at :], len(self.pure.said)
        dropped = []
        for each in said:
            self._note(each)
            for line, client in self.clients.items():
                if line not in dropped:
                    self.came[line] += self._to(client, each)
                    if isinstance(each, Drop) and each.client is client:
                        dropped.append(line)
        return dropped

    def _note(self, each: Saying) -> None:
        """What is told so many times a second has to be true once nothing more happens."""
        if not isinstance(each, ToAll):
            return
        said = each.message
        if isinstance(said, rounds.RoundOpened):
            self.layout = {}
        elif isinstance(said, bets.BetsChanged):
            self.layout |= {row.spot: plain(row) for row in said.totals}
            self.sums = (said.round_number, said.players, said.bets, said.staked)
        elif isinstance(said, records.RosterChanged):
            self.roster |= {row.account: plain(row) for row in said.changes}

    def _compare_told(self) -> None:
        """After a quiet while."""
        there, house = self.model.bettors, self.model
        layout = tuple(row for _, row in sorted(self.layout.items()) if row[1])
        assert layout == house.totals(), self.story(f"layout {layout}, not {house.totals()}")
        if self.sums[0] == house.round:
            count = sum(len(who.chips) for who in there)
            sums = (house.round, len(there), count, house.escrow)
            assert self.sums == sums, self.story(f"sums {self.sums}, not {sums}")
        told, roster = shown(self.roster.values()), shown(house.roster())
        assert told == roster, self.story(f"roster {told - roster}, not {roster - told}")

    def _to(self, client: Client, each: Saying) -> list[Any]:
        """What this client hears of it. Who was dropped heard what was said before."""
        seated = client.seat or (client.gone and client in self.seated)
        match each:
            case ToAll(message) if seated and not client.classic:
                return [] if isinstance(message, CADENCE) else [message]
            case ToClassic(message) if seated and client.classic:
                return [message]
            case ToEach(frames) if seated and not client.classic and client in frames:
                return list(messages_of(ToEach({client: frames[client]})))
            case To(to, message) if to is client:
                return [message]
            case Drop(to, reason, words) if to is client:
                return [door.Goodbye(reason, words)]
        return []

    def _compare_heard(self, line: str, came: list[Any]) -> None:
        expected = list(self.model.heard[line])
        order = [type(said) for said in came if type(said) in IN_ORDER]
        lawful = [each.kind for each in expected if each.kind in IN_ORDER]
        assert order == lawful, self.story(f"{line} heard {order}, not {lawful}")
        for said in came:
            found = next((each for each in expected if fits(each, said)), None)
            assert found, self.story(f"{line} heard {said}\nof {expected}")
            expected.remove(found)
        missed = [each for each in expected if each.sure]
        assert not missed, self.story(f"{line} did not hear {missed}")

    def _compare_state(self) -> None:
        books, table, house = self.pure.books, self.pure.house.table, self.model
        state = {
            "round": (books.round.number, house.round),
            "phase": (table.phase, house.phase),
            "mint": (books.mint, house.mint),
            "bank": (books.bank, house.bank),
            "escrow": (books.escrow, house.escrow),
            "wallets": (
                {a: h.wallet for a, h in books.holders.items() if h.wallet or a in house.people},
                {a: p.wallet for a, p in house.people.items()},
            ),
            "chips": (
                {a: b for a, b in books.round.bets.items() if b},
                {p.account: p.chips for p in house.bettors},
            ),
            "roster": (
                sorted(
                    (p.account, p.name, p.seat, p.presence)
                    for p in self.pure.house.people.seated.values()
                ),
                sorted((p.account, p.name, p.seat, p.presence) for p in house.at_table()),
            ),
        }
        for name, (theirs, ours) in state.items():
            assert theirs == ours, self.story(f"{name}: {theirs}, not {ours}")
        ms = table.ms_left(self.pure.now)
        assert abs(ms - house.ms_left()) <= 1, self.story(f"ms_left {ms}, not {house.ms_left()}")

    # What they do

    def step(self) -> None:
        """One thing that somebody does, as the hour has it: bet, talk, lead the table, come, go."""
        dice, house = self.dice, self.model
        if self.asked % 40 == 0:
            self.hour = dice.choice(("bets", "desk", "desk", "talk", "talk", "door"))
            self.hero = dice.choice(NAMES)
        self.asked += 1
        if len(self.clients) < 6 or (dice.random() < 0.03 and len(self.clients) < 9):
            self.connect()
        line = self._line()
        roll = dice.random()
        if roll < (0.06 if self.hour == "door" else 0.01):
            self.hang_up(line)
        elif roll < (0.04 if self.hour == "talk" else 0.15):
            self.wait(dice.choice((0.125, 0.5, 1, 1, 3, 7, dice.choice((12, 30)))))
        elif line in house.classic:
            self.ask_classic(line, self._classic(line))
        else:
            request = self._request(line)
            if isinstance(request, desk.VoidRound):
                # A void forgets what changed since the last broadcast, and the roster then keeps
                # the old chips of who had taken his back.
                self.wait(0.125)
            if line in self.clients:
                self.ask(line, request)

    def _line(self) -> str:
        """Whose turn it is: often somebody's who matters at this hour."""
        dice, house = self.dice, self.model
        seated = [who for who in house.at_table() if who.present]
        often = [who for who in seated if who.name == self.hero]
        if house.phase in (Phase.CLOSED, Phase.SPINNING):
            often = [who for who in seated if who.account in house.commitments]
        elif self.hour == "desk":
            often = [who for who in seated if who is house.croupier]
        for some, share in ((often, 0.5), (seated, 0.4 if self.hour == "door" else 0.7)):
            if some and dice.random() < share:
                return dice.choice(some).line or ""
        return dice.choice(list(self.clients))

    def _request(self, line: str) -> Request:
        dice, number = self.dice, 10**6 + self.asked
        who = self.model.lines[line]
        if who is None or dice.random() < 0.01:
            return self._sign_in(number)
        if dice.random() < (0.02 if who.seat and who.present else 0.85):
            return self._take_seat(number)
        if dice.random() < 0.1:
            return self._question(number)
        if who.seat is Seat.CROUPIER and dice.random() < (0.3 if self.hour == "talk" else 0.8):
            return self._order(who, number)
        if dice.random() < (0.8 if self.hour == "talk" else 0.1):
            return self._talk(who, number)
        return self._play(who, number)

    def _classic(self, line: str) -> classic.Request:
        dice, who = self.dice, self.model.lines[line]
        name = dice.choice((*NAMES, *PLAIN_NAMES, *PLAIN_NAMES, *PLAIN_NAMES)).encode()
        if who is None and dice.random() < 0.9:
            name = dice.choice((*[name] * 10, b"\xff", b""))
            asked = (classic.RegisterPlayer(name), classic.RegisterCroupier(RIGHT))
            return dice.choice((*asked, asked[0], classic.RegisterCroupier(bytes(64))))
        spot = dice.choice((*SPOTS[:4], 37, 38, 38, 39, 255))
        stakes = (5, 20, who.wallet if who else 9, 30, 31, 1, 0, 40000)
        digest = dice.choice((RIGHT, RIGHT, RIGHT, bytes(64)))
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
        name = dice.choice((*names, *names, *PLAIN_NAMES[:1], "", "\x07"))
        known = house.named(name)
        token = known.token if known else name.encode().ljust(32, b".") if name else b""
        token = dice.choice((*[token] * 8, b"", bytes(32)))
        return door.SignIn(number, name, token, dice.choice((*[self.password] * 9, b"x")))

    def _take_seat(self, number: int) -> Request:
        seats = [Seat.PLAYER] * 6 + [Seat.WATCHER, Seat.NONE]
        seats += [Seat.CROUPIER] * (1 if self.model.croupier else 5)
        return door.TakeSeat(number, self.dice.choice(seats), self.dice.choice((RIGHT, RIGHT, b"")))

    def _question(self, number: int) -> Request:
        dice, now = self.dice, self.model.round
        some = max(0, now + dice.choice((0, 0, -1, -2, -3, 1)))
        return dice.choice(
            (
                records.ListPlayers(number, dice.choice((0, 0, 2))),
                records.ListRounds(number, dice.choice((0, some))),
                records.ListOwnRounds(number, dice.choice((0, some))),
                records.ListResults(number),
                records.AskProof(number, some),
                bets.ListBets(number, some, *dice.choice(((0, 0), (3, 40)))),
                talk.ListTalk(number),
            )
        )

    def _round(self) -> int:
        return max(1, self.model.round + self.dice.choice((0,) * 14 + (1, -1)))

    def _other(self) -> int:
        there = [who.account for who in self.model.at_table()]
        return self.dice.choice([*there, *there, *self.model.people, 0, 99])

    def _words(self) -> str:
        return self.dice.choice(("a word", "", "\x1b[2J", "why not"))

    def _order(self, who: Person, number: int) -> Request:
        dice = self.dice
        # The page refuses these to oneself (nobody *else* has this account); the house does not.
        somebody = dice.choice([*set(self.model.people) - {who.account}, 0, 99])
        if self.model.enough and dice.random() < (
            0.5 if self.model.phase is Phase.BETTING else 0.2
        ):
            kind = dice.choice((desk.StartSpin, desk.CloseBetting, desk.CloseBetting))
            return kind(number, self._round())
        return dice.choice(
            (
                *[desk.StartSpin(number, self._round())] * 3,
                desk.CloseBetting(number, self._round()),
                desk.VoidRound(number, self._round(), self._words()),
                desk.KickPlayer(number, self._other(), self._words()),
                desk.Announce(
                    number, dice.choice((lists.Phrase.OTHER, lists.Phrase.LAST_CALL)), self._words()
                ),
                desk.HandOver(number, self._other()),
                desk.SetAuto(number, dice.choice((0, 0, 4, 8))),
                desk.MutePlayer(number, somebody, dice.choice((0, 5, 20)), self._words()),
                desk.WarnPlayer(number, somebody, self._words()),
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
        ask: Request = talk.AskSession(number, other)
        if (other, me) in house.asked and house.private(me) >= house.rules.private_sessions:
            # Who asks back agrees, and the house then counts no sessions: `AnswerSession` does.
            ask = talk.AnswerSession(number, other, accepted=True)
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
        secret = fairness.tagged_hash("a secret", f"{who.account} {now}".encode())
        if dice.random() < 0.1:
            secret = bytes(32)
        sealed = fairness.commitment(SEEDS.table, now, who.account, secret)
        if self.model.phase in (Phase.CLOSED, Phase.SPINNING) and dice.random() < 0.7:
            return rounds.RevealSecret(number, now, secret)
        roll = dice.random()
        if roll < 0.55:
            return self._chips(who)
        return dice.choice(
            (
                rounds.CommitSecret(number, now, sealed),
                rounds.CommitSecret(number, now, sealed),
                rounds.RevealSecret(number, now, secret),
                bets.SayReady(number, now),
                bets.SayReady(number, now),
                dice.choice((door.LeaveSeat(number), self._order(who, number))),
            )
        )

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
        if who.chips and dice.random() < 0.3:
            some = dice.sample(list(who.chips), min(len(who.chips), dice.choice((0, 1, 1, 2))))
            take = [Bet(s, max(1, who.chips[s] + dice.choice((0, 0, 1, -1, -5)))) for s in some]
            if dice.random() < 0.1:
                take.append(Bet(dice.choice(SPOTS), 1))
            return bets.TakeBackBets(number, self._round(), tuple(take))
        spots = dice.sample(SPOTS, dice.choice((1, 1, 1, 2, 3)))
        if who.chips and dice.random() < 0.4 and (old := dice.choice(list(who.chips))) not in spots:
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


@pytest.mark.parametrize("seed", range(EVENINGS))
def test_the_house_does_what_its_pages_say(seed: int) -> None:
    evening = Evening(seed)
    for _ in range(STEPS):
        evening.step()
