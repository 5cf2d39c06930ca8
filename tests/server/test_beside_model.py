"""Random evenings at the house, and beside it a model that knows only its pages.

After every request and every while: the same answer, the same words to everybody else, the same
chips in the same places, the same phase with the same time left, the same people.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from protocol import classic
from protocol.fair.words import Words
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.lists import End, Phase
from protocol.games.roulette.rules import Group
from protocol.house import door
from protocol.house.lists import Presence, Reason, Seat
from protocol.house.people import RosterChanged
from protocol.layout import Value
from protocol.wire import Message, Request
from server.games.roulette.settings import Rules, Stakes
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import Drop, Saying, To, ToAll, ToClassic, ToEach
from tests.server.model import Expected, Settings, TableModel
from tests.server.model.table import TABLE
from tests.server.pure import PASSWORD, SEEDS, PureHouse, messages_of, seat_of
from tests.server.whims import PLAQUE, Whims

STEPS = 400
LAWS = (
    *[("single", "")] * 3,
    *(("single", zero) for zero in ("partage", "prison", "prison2")),
    *(("double", zero) for zero in ("", "surrender")),
)
NEVER_SEEN = {
    "PlaceBets DISK_FULL",
    "TakeBackBets DISK_FULL",
    "SignIn DISK_FULL",
    "VoidRound DISK_FULL",
    "SignIn TOO_FAST",
    "TakeSeat TOO_FAST",
    "PlaceBets TOO_FAST",
    "TakeBackBets TOO_FAST",
    "TakeSeat NO_SUCH_SEAT",
    "TakeSeat FULL",
    "HandOver FULL",
    "TakeSeat WRONG_TABLE_PASSWORD",
    "TakeBackBets STAKE_LOCKED",
    "AnswerSession OTHER",
}
"""What would take a disk, more people than a short evening has, a table with terms, or luck."""

RIGHT = password_digest(PASSWORD)
STACK = 100
ADDRESSES = ("10.0.0.1", "10.0.0.2")
IN_ORDER = tuple(kind for kind in vars(rounds).values() if isinstance(kind, type))
IN_MILLIS = (Reason.TOO_FAST, Reason.MUTED, Reason.SHUT_OUT)
CADENCE = (bets.BetsChanged, RosterChanged, door.TablesChanged)


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


def settings(
    dice: random.Random, laws: Sequence[tuple[str, str]]
) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """A table at which every limit is near."""
    play = {
        "table_most": dice.choice((60, 90, 150)),
        "min_players": dice.choice((1, 1, 2)),
        "auto_seconds": dice.choice((0, 0, 8)),
        "spin_seconds": 2.0,
        "reveal_seconds": dice.choice((1.5, 3.0)),
        "start_seconds": 10.0,
        "least_seconds": dice.choice((0.0, 1.0, 3.0)),
        **dict(zip(("wheel", "zero"), dice.choice(laws), strict=True)),
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
        "private_sessions": dice.choice((1, 1, 2)),
        "ask_again_seconds": 9.0,
    }
    return play, limits, PLAQUE


class Evening:
    """A house and a model, and everybody's lines to both."""

    def __init__(self, seed: int, laws: Sequence[tuple[str, str]] = LAWS) -> None:
        self.seed, self.dice = seed, random.Random(seed)
        dice = self.dice
        self.password = dice.choice((b"", b"", b"", password_digest("open")))
        play, limits, plaque = settings(dice, laws)
        of_house: Any = {group: Stakes(*plaque[group.name.lower()]) for group in Group}
        self.pure = PureHouse(
            Rules(plaque=of_house, **play),
            stack=STACK,
            limits=Limits(guesses=10**6, **limits),  # (Pauses for wrong guesses are not modelled.)
            manner=Manner(croupier_digest=RIGHT, table_digest=self.password),
        )
        self.model = TableModel(
            Settings(plaque=plaque, stack=STACK, **play, **limits),
            SEEDS.table,
            SEEDS.seed(0),
            SEEDS.seed,
            RIGHT,
            self.password,
            now=self.pure.now,
        )
        self.whims = Whims(dice, self.model, RIGHT, self.password)
        self.pure.said.clear()
        self.clients: dict[str, Client] = {}
        self.lines = 0
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
        self.pure.said = [each for each in self.pure.said if not isinstance(each, To)]
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
        said = self.pure.said
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
        said = self.pure.said
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
        return "\n".join([f"evening {self.seed}", *self.trace[-25:], what])

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
        self.seated = {client for client in self.clients.values() if seat_of(client)}
        self.model.heard.clear()
        self._compare_state()

    def _listen(self) -> list[str]:
        """Who heard what; returns whose line the house ended."""
        said, self.pure.said = self.pure.said, []
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
        elif isinstance(said, RosterChanged):
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
        seated = seat_of(client) or (client.gone and client in self.seated)
        match each:
            case ToAll(_, message) if seated and not client.classic:
                return [] if isinstance(message, CADENCE) else [message]
            case ToClassic(_, message) if seated and client.classic:
                return [message]
            case ToEach(_, frames) if seated and not client.classic and client in frames:
                return list(messages_of(ToEach(1, {client: frames[client]})))
            case To(to, message, _) if to is client:
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
        table, house = self.pure.table, self.model
        books = self.pure.books
        purse = books.purses[0]
        state = {
            "round": (table.round.number, house.round),
            "phase": (table.phase, house.phase),
            "mint": (purse.mint, house.mint),
            "bank": (purse.bank, house.bank),
            "escrow": (purse.in_pots, house.escrow),
            "wallets": (
                {a: books.wallet(a) for a in books.holders if books.wallet(a) or a in house.people},
                {a: p.wallet for a, p in house.people.items()},
            ),
            "halves": (purse.halves, {a for a, p in house.people.items() if p.half}),
            "chips": (
                {a: b for a, b in table.round.bets.items() if b},
                {p.account: p.chips for p in house.bettors},
            ),
            "roster": (
                sorted(
                    (p.account, p.name, p.seat, p.presence) for p in self.pure.seats.seated.values()
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
        """One thing that happens."""
        dice, house = self.dice, self.model
        self.whims.pass_time()
        hour = self.whims.hour
        if len(self.clients) < 6 or (dice.random() < 0.03 and len(self.clients) < 9):
            self.connect()
        line = self.whims.line()
        roll = dice.random()
        if roll < (0.06 if hour == "door" else 0.01):
            self.hang_up(line)
        elif roll < (0.3 if house.phase is Phase.CLOSED else 0.04 if hour == "talk" else 0.15):
            self.wait(dice.choice((0.125, 0.5, 1, 1, 3, 7, dice.choice((12, 30)))))
        elif line in house.classic:
            self.ask_classic(line, self.whims.classic_request(line))
        else:
            self.ask(line, self.whims.request(line))


@pytest.mark.count(48, 600)
def test_the_house_does_what_its_pages_say(count: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(count):
        evening = Evening(seed)
        for _ in range(STEPS):
            evening.step()
        seen += evening.seen
    wanted = {
        name
        for kind in TABLE
        for name in (kind.__name__, *(f"{kind.__name__} {why.name}" for why in kind.REFUSALS))
    }
    assert wanted - set(seen) <= NEVER_SEEN


@pytest.mark.count(24, 300)
def test_it_does_so_too_where_zero_falls_often(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each table with a rule for zero, on a wheel of which every other number is one."""
    honest = Words.below

    def below(words: Words, pockets: int) -> int:
        number = honest(words, pockets)
        return number if number % 2 else (0, pockets - 1)[pockets == 38 and number % 4 == 0]

    monkeypatch.setattr(Words, "below", below)
    fates: Counter[int] = Counter()
    for seed in range(count):
        evening = Evening(seed, [law for law in LAWS if law[1]])
        for _ in range(STEPS):
            evening.step()
        fates += evening.model.fates
    assert all(fates[end] >= count / 8 for end in End), fates
