"""The house with a game that it has never seen, at two tables: it knows one by `game.py` alone."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any, ClassVar, Self

import pytest

from protocol.fairness import Account
from protocol.messages.bets import BetsPlaced, ListBets, PlaceBets
from protocol.messages.desk import HandOver, SetAuto
from protocol.messages.door import (
    Done,
    Greeting,
    HouseIntroduced,
    LeaveSeat,
    Refused,
    SignIn,
    TableEntry,
    TakeSeat,
)
from protocol.messages.fields import Bet
from protocol.messages.lists import Farewell, Notice, Phrase, Reason, Seat
from protocol.messages.records import ListPlayers, PlayersListed, RosterChanged
from protocol.messages.rounds import ChipsGranted
from protocol.messages.talk import Announced, Noticed
from protocol.wire import Message, encode
from server.books.books import Books, Deed
from server.books.finished import Finished
from server.books.till import Till
from server.games import STATES
from server.handlers import handle
from server.house import House, Manner
from server.limits import Limits
from server.people.ascending import Ascending
from server.people.digests import password_digest
from server.people.people import Client
from server.sayings import Drop, To, ToAll, ToEach
from server.tables.game import Game, Record, Rule
from server.tables.hall import Hall
from server.tables.means import Means
from tests.server.pure import PASSWORD, SEEDS, Shelf, means

HEARD = Announced(0, 0, Phrase.OTHER, "the dice roll")
PART = encode(Done(7))
RULES = {"sides": 6}


class Phase(IntEnum):
    WAITING = 0
    ROLLING = 2


class Rolled:
    """A throw that is over."""

    def __init__(self, accounts: list[Account], withheld: list[Account]) -> None:
        self.accounts, self.withheld = accounts, withheld
        self.contributors = [*withheld, 99]

    def frames(self) -> Iterator[tuple[Account, bytes]]:
        yield from ((account, PART) for account in self.accounts)


class Dice:
    """Somebody throws; nothing else happens."""

    def __init__(self, means: Means, rules: dict[str, int], now: float) -> None:
        self.means, self.rules, self.opened = means, rules, now
        self.phase = Phase.WAITING
        self.playing = Ascending(())
        self.title = "a throw"
        self.stakes: dict[Account, int] = {}
        self.says: set[Account] = set()
        self.parts: set[Account] = set()
        self.due: float | None = None
        self.beats: list[tuple[str, float]] = []
        self.thrown: list[tuple[Account, Message]] = []
        self.tells = False

    def advance(self, now: float) -> None:
        self.beats.append(("advance", now))

    def tick(self, now: float) -> None:
        self.beats.append(("tick", now))
        if self.tells:
            self.means.tell(HEARD)

    def next_moment(self) -> float | None:
        return self.due

    def introduced(self, name: str) -> Message:
        return Announced(0, 1, Phrase.OTHER, name)

    def shown(self, account: Account) -> Message:
        return Announced(1, account, Phrase.OTHER, "the table")

    def at_stake(self, account: Account) -> int:
        return self.stakes.get(account, 0)

    def has_say(self, account: Account) -> bool:
        return account in self.says

    def contributes(self, account: Account) -> bool:
        return account in self.parts


def throw(play: Dice, account: Account, request: PlaceBets) -> Message:
    play.thrown.append((account, request))
    return BetsPlaced(request.number, 9, 8, 7)


def thrown_again(play: Dice, account: Account, request: PlaceBets) -> Message | None:
    """Request 5 was done long ago."""
    assert account == play.means.people.seated[account].account
    return Done(5) if request.number == 5 else None


class DiceState:
    """What dice have in the books: nothing."""

    OWN: ClassVar[frozenset[str]] = frozenset()

    def stake(self, account: Account, chips: int) -> None: ...

    refund = settle = give_back = stake

    def check(self, stakes: Mapping[Account, int]) -> None: ...

    def snapshot(self) -> list[int]:
        return []

    @classmethod
    def of_snapshot(cls, _: Any) -> Self:
        return cls()


def nothing_to_check(_: Till, __: Record, ___: Deed) -> None: ...


def nothing_to_export(_: Till, __: Finished) -> str:
    return ""


DICE = Game(
    "dice",
    9,
    Dice,
    {PlaceBets: Rule(throw, Reason.TOO_LATE, "they roll", thrown_again)},
    DiceState,
    nothing_to_check,
    nothing_to_export,
)


class DiceHouse:
    """A house with two tables of dice."""

    def __init__(self) -> None:
        books = Books({"dice": DiceState})
        manner = Manner("Salon", password_digest(PASSWORD), b"t" * 64, stack=70)
        self.house = House(books, Shelf(), manner, Limits(), bytes)
        self.plays: list[Dice] = []
        for number in (1, 2):
            table = self.house.open_table(DICE, SEEDS, RULES, 40.0)
            assert table.number == number
            assert isinstance(table.play, Dice)
            assert table.play.means is table.means
            self.plays.append(table.play)
        self.house.manner = Manner("Salon", password_digest(PASSWORD), stack=70)
        self.house.advance(50.0)

    def seated(self, name: str, seat: Seat = Seat.PLAYER) -> Client:
        client = Client("10.0.0.1")
        digest = password_digest(PASSWORD)
        for said in (
            Greeting(1, 1, "a test"),
            SignIn(1, name, b"", b""),
            TakeSeat(2, seat, digest),
        ):
            handle(self.house, client, said, 50.0)
        assert client.seat is seat
        self.house.said.clear()
        return client

    def ask(self, client: Client, said: Message) -> Message | None:
        self.house.said.clear()
        handle(self.house, client, said, 50.0)
        for each in self.house.said:
            if isinstance(each, To) and each.client is client and isinstance(each.message, Message):
                return each.message
        return None

    def publish(self) -> list[object]:
        """What is said when time goes on."""
        self.house.said.clear()
        self.house.advance(60.0)
        return list(self.house.said)


@pytest.fixture
def dice() -> DiceHouse:
    return DiceHouse()


def test_a_play_is_opened_with_its_rules_its_moment_and_the_parts_of_the_house(
    dice: DiceHouse,
) -> None:
    house = dice.house
    for play in dice.plays:
        assert (play.rules, play.opened) == (RULES, 40.0)
        means = play.means
        assert means.books is house.books
        assert means.archive is house.archive
        assert (means.disk, means.ink, means.people) == (house.disk, house.ink, house.people)
        assert (means.limits, means.draw) == (house.limits, SEEDS)
    assert dice.plays[0].means is not dice.plays[1].means
    assert house.table is house.hall.tables[0]
    for number in (1, 2):
        till = house.books.tills[number]
        assert (till.game, till.purse, till.draw) == ("dice", 0, SEEDS.table.hex())
        assert till.anchor == SEEDS.seed(0).hex()
    written = [deed[:3] for deed in house.books.journal]
    assert written.count(("open_till", 1, "dice")) == written.count(("open_till", 2, "dice")) == 1
    assert [table.game for table in house.hall.tables] == [DICE, DICE]


def test_a_game_answers_its_own_requests_in_its_phases_and_the_house_the_rest(
    dice: DiceHouse,
) -> None:
    anna = dice.seated("Anna")
    first, second = dice.plays
    bet = PlaceBets(3, 1, (Bet(1, 1),))
    answer = dice.ask(anna, bet)
    assert answer == BetsPlaced(3, 9, 8, 7)
    assert (first.thrown, second.thrown) == ([(anna.account, bet)], [])
    first.phase = Phase.ROLLING
    assert dice.ask(anna, PlaceBets(4, 1, ())) == Refused(4, Reason.TOO_LATE, 255, 0, "they roll")
    assert dice.ask(anna, PlaceBets(5, 1, ())) == Done(5)  # Though it is too late for another one.
    assert len(first.thrown) == 1
    refused = dice.ask(anna, ListBets(6, 1, 0, 0))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_SERVED
    assert isinstance(dice.ask(anna, ListPlayers(7, 0)), PlayersListed)
    boss = dice.seated("Boss", Seat.CROUPIER)
    refused = dice.ask(boss, SetAuto(3, 20))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_SERVED


def test_who_comes_in_is_told_the_house_and_who_sits_down_is_shown_the_table(
    dice: DiceHouse,
) -> None:
    client = Client("10.0.0.1")
    handle(dice.house, client, Greeting(1, 1, "a test"), 50.0)
    till = dice.house.books.tills[1]
    known = bytes.fromhex(till.draw), bytes.fromhex(till.anchor)

    def table(number: int, name: str = "Salon", *, croupier: bool = False) -> TableEntry:
        return TableEntry(number, 9, name, croupier, int(croupier), 0)

    here = tuple(table(each.number) for each in dice.house.hall.tables)
    introduced = HouseIntroduced(*known, "Salon", False, True, 70, here, False)
    assert To(client, introduced) in dice.house.said
    dice.seated("Boss", Seat.CROUPIER)
    assert dice.house.introduced().tables[0] == table(1, croupier=True)
    dice.house.manner = Manner("Bar", table_digest=b"t", chips_shown=False, stack=8)
    told = dice.house.introduced()
    assert (told.name, told.password_needed, told.chips_shown, told.stack) == (
        "Bar",
        True,
        False,
        8,
    )
    handle(dice.house, client, SignIn(1, "", b"", b""), 50.0)
    dice.house.manner = Manner("Bar")
    handle(dice.house, client, SignIn(2, "Anna", b"", b""), 50.0)
    assert client.account > 1
    handle(dice.house, client, TakeSeat(3, Seat.PLAYER, b""), 50.0)
    assert To(client, Announced(1, client.account, Phrase.OTHER, "the table")) in dice.house.said


def test_time_comes_to_every_table_and_the_earliest_moment_is_the_house_s(dice: DiceHouse) -> None:
    first, second = dice.plays
    for play in dice.plays:
        play.beats.clear()
    dice.house.advance(51.0)
    dice.house.tick(52.0)
    for play in dice.plays:
        assert play.beats == [("advance", 51.0), ("tick", 52.0)]
        assert play.means.now == 51.0
    assert dice.house.next_moment() is None
    second.due = 80.0
    assert dice.house.next_moment() == 80.0
    first.due = 90.0
    assert dice.house.next_moment() == 80.0
    first.due = 70.0
    assert dice.house.next_moment() == 70.0
    first.due = 0.0
    assert dice.house.next_moment() == 0.0


def test_what_a_play_tells_is_said_once_by_time_or_by_the_tick(dice: DiceHouse) -> None:
    dice.plays[1].means.tell(HEARD, HEARD)
    assert dice.publish() == [ToAll(HEARD), ToAll(HEARD)]
    assert dice.publish() == []
    for play in dice.plays:
        dice.house.said.clear()
        play.tells = True
        dice.house.tick(61.0)
        assert dice.house.said == [ToAll(HEARD)]
        play.tells = False
    dice.house.said.clear()
    dice.house.tick(62.0)
    assert dice.house.said == []


def test_a_round_that_is_over_is_told_to_each_and_who_stayed_for_it_goes(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert")
    first, second = dice.plays
    heard: list[object] = []
    dice.house.listeners[lambda house, over: heard.append((house, over))] = None
    second.says.add(bert.account)
    dice.house.throw_out(bert.account, "out")
    assert bert in dice.house.leaving
    dice.house.people.changed.clear()
    dice.house.people.moved.clear()
    over = Rolled([anna.account, 99], [bert.account])
    first.means.tell(over)
    said = dice.publish()
    assert said[0] == ToEach({anna: PART})
    noticed = [e.message for e in said if isinstance(e, ToAll) and isinstance(e.message, Noticed)]
    assert [(each.account, each.notice) for each in noticed] == [(bert.account, Notice.WITHHELD)]
    assert Drop(bert, Farewell.KICKED, "out") in said
    assert heard == [(dice.house, over)]
    assert anna.account in dice.house.people.changed
    assert bert in dice.house.people.moved
    dice.house.people.changed.clear()
    first.means.note_chips([anna.account, 99])
    dice.publish()
    assert list(dice.house.people.changed) == [anna.account]
    dice.house.tick(99.0)
    assert any(
        isinstance(e, ToAll) and isinstance(e.message, RosterChanged) for e in dice.house.said
    )


def test_finished_rounds_are_handed_over_once_in_order(dice: DiceHouse) -> None:
    rounds = [Finished(1, number, "", "", b"") for number in (1, 2, 3)]
    first, second = dice.plays
    second.means.finished.append(rounds[2])
    first.means.finished += rounds[:2]
    assert dice.house.take_finished() == rounds
    assert dice.house.take_finished() == []


def test_chips_and_says_count_at_whatever_table_they_are(dice: DiceHouse) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER), dice.seated("Anna")
    first, second = dice.plays
    hall, who = dice.house.hall, anna.account
    assert (hall.at_stake(who), hall.has_say(who)) == (0, False)
    first.stakes[who] = 3
    second.stakes[who] = 4
    second.says.add(who)
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (7, True, False)
    second.parts.add(who)
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (7, True, True)
    who += 1
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (0, False, False)
    who -= 1
    refused = dice.ask(boss, HandOver(3, who))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_NOW
    dice.house.books.purses[0].wallets[who] = 0
    assert dice.house.grant_if_broke(dice.house.books.holders[who]) is None
    first.stakes.clear()
    second.stakes.clear()
    granted = dice.house.grant_if_broke(dice.house.books.holders[who])
    assert granted is not None
    assert granted == ChipsGranted(70, 70)


def test_whose_chips_lie_there_is_listed_though_they_stood_up(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert")
    dice.plays[0].playing.add(anna.account)
    dice.ask(anna, LeaveSeat(3))
    assert list(dice.house.listed_after(0)) == [anna.account, bert.account]
    dice.plays[0].playing.discard(anna.account)
    assert list(dice.house.listed_after(0)) == [bert.account]


def test_a_hall_without_a_table_waits_for_nothing() -> None:
    hall = Hall()
    hall.advance(1.0)
    assert not hall.tick(1.0)
    assert (hall.next_moment(), hall.at_stake(2), hall.has_say(2)) == (None, 0, False)
    table = hall.open(DICE, means(Books(STATES)), RULES, 2.0)
    assert (table.number, hall.tables) == (1, [table])
