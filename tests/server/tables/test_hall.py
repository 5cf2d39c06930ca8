"""The house with a game that it has never seen, at two tables: it knows one by `game.py` alone."""

from dataclasses import replace

from protocol.fair.hashes import Account
from protocol.games.roulette.bets import BetsPlaced, ListBets, PlaceBets
from protocol.games.roulette.desk import SetAuto, StartSpin
from protocol.games.roulette.fields import Bet
from protocol.house.door import (
    Done,
    Greeting,
    HouseIntroduced,
    LeaveSeat,
    ListTables,
    Refused,
    SeatTaken,
    SignIn,
    TableEntry,
    TablesListed,
    TakeSeat,
)
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import ChipsGranted, HandOver, ListPlayers, PlayersListed, RosterChanged
from protocol.house.talk import Announced, Noticed
from protocol.limits import TABLES_A_PAGE
from protocol.wire import Message, encode
from server.books.books import Books
from server.books.finished import Finished
from server.games import STATES
from server.handlers import handle
from server.house import FEW, Manner
from server.people.people import Client, People
from server.sayings import Drop, To, ToAll, ToEach
from server.tables.game import Rule
from server.tables.hall import Hall
from server.tables.means import Means
from server.tables.pace import Turns
from server.tables.roster import Roster
from server.tables.terms import Terms
from server.talk.talk import Talk
from tests.server.pure import SEEDS, at, means, refusal
from tests.server.tables.dice import (
    DICE,
    HEARD,
    PART,
    RULES,
    Dice,
    DiceHouse,
    Phase,
    Rolled,
    Throwing,
    throw,
)


def test_a_play_is_opened_with_its_rules_its_moment_and_the_parts_of_the_house(
    dice: DiceHouse,
) -> None:
    house = dice.house
    for table, play in zip(house.hall.tables.values(), dice.plays, strict=True):
        assert (play.rules, play.opened) == (RULES, 40.0)
        means = play.means
        assert means.books is house.books
        assert means.archive is house.archive
        assert (means.disk, means.allowance, means.seats) == (
            house.disk,
            house.allowance,
            table.seats,
        )
        assert (means.limits, means.draw.seeds) == (house.limits, SEEDS)
    assert dice.plays[0].means is not dice.plays[1].means
    assert dice.plays[0].means.seats is not dice.plays[1].means.seats
    for number in (1, 2):
        till = house.books.tills[number]
        assert (till.game, till.purse, till.draw) == ("dice", 0, SEEDS.table.hex())
        assert till.anchor == SEEDS.seed(0).hex()
    written = [deed[:3] for deed in house.books.journal]
    assert written.count(("open_till", 1, "dice")) == written.count(("open_till", 2, "dice")) == 1
    assert {number: table.game for number, table in house.hall.tables.items()} == {1: DICE, 2: DICE}


def test_a_game_answers_its_own_requests_in_its_phases_and_the_house_the_rest(
    dice: DiceHouse,
) -> None:
    anna = dice.seated("Anna")
    first, second = dice.plays
    bet = PlaceBets(3, 1, (Bet(1, 1),))
    answer = dice.ask(anna, bet)
    assert answer == BetsPlaced(3, 9, 8, 7)
    assert (first.thrown, second.thrown) == ([(anna.account, at(bet))], [])
    first.phase = Phase.ROLLING
    assert dice.ask(anna, PlaceBets(4, 1, ())) == Refused(4, Reason.TOO_LATE, 255, 0, "they roll")
    assert dice.ask(anna, PlaceBets(5, 1, ())) == Done(5)  # Though it is too late for another one.
    assert len(first.thrown) == 1
    refused = dice.ask(anna, ListBets(6, 1, 0, 0))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NO_SUCH_TABLE  # It is of roulette.
    assert isinstance(dice.ask(anna, ListPlayers(7, 0)), PlayersListed)
    boss = dice.seated("Boss", Seat.CROUPIER)
    refused = dice.ask(boss, SetAuto(3, 20))
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NO_SUCH_TABLE


def test_who_comes_in_is_told_the_house_and_who_sits_down_is_shown_the_table(
    dice: DiceHouse,
) -> None:
    client = Client("10.0.0.1")
    handle(dice.house, client, Greeting(1, 1, "a test"), 50.0)
    till = dice.house.books.tills[1]
    known = bytes.fromhex(till.draw), bytes.fromhex(till.anchor)

    def tables(name: str, *, croupier: bool = False) -> tuple[TableEntry, ...]:
        first = TableEntry(1, 9, name, False, False, True, 0, croupier, int(croupier), 0)
        return first, TableEntry(2, 9, name, False, False, True, 0, False, 0, 0)

    introduced = HouseIntroduced(*known, "Salon", False, True, 70, tables("Salon"), False)
    assert To(client, introduced) in dice.house.said
    boss = dice.seated("Boss", Seat.CROUPIER)
    dice.house.manner = Manner("Bar", table_digest=b"t", chips_shown=False, stack=8)
    listed = tables("Salon", croupier=True)
    assert dice.house.introduced() == HouseIntroduced(*known, "Bar", True, False, 8, listed, False)
    assert dice.ask(boss, ListTables(3, 0)) == TablesListed(3, listed, False)
    assert dice.ask(boss, ListTables(4, 1)) == TablesListed(4, listed[1:], False)
    dice.house.manner = Manner("Bar")
    handle(dice.house, client, SignIn(2, "Anna", b"", b""), 50.0)
    assert client.account > 1
    handle(dice.house, client, TakeSeat(3, Seat.PLAYER, b"", table=2), 50.0)
    met, shown = (
        Announced(at, who, Phrase.OTHER, words)
        for at, who, words in ((0, 1, "Salon"), (1, client.account, "the table"))
    )
    order = [each.message for each in dice.house.said if isinstance(each, To) and each.table == 2]
    assert order == [SeatTaken(3, Seat.PLAYER), met, shown]


def test_a_page_of_tables_ends_and_the_next_goes_on(dice: DiceHouse) -> None:
    for _ in range(TABLES_A_PAGE - 1):
        dice.house.open_table(DICE, SEEDS, RULES, 50.0)
    told = dice.house.introduced()
    assert ([each.table for each in told.tables], told.more) == (
        [*range(1, TABLES_A_PAGE + 1)],
        True,
    )
    rest, more = dice.house.lobby.page_after(TABLES_A_PAGE)
    assert ([each.table for each in rest], more) == ([TABLES_A_PAGE + 1], False)
    assert dice.house.lobby.page_after(1)[1] is False


def test_a_table_that_is_not_there_and_one_of_another_game_are_told_so(dice: DiceHouse) -> None:
    stranger = Client("10.0.0.1")
    handle(dice.house, stranger, Greeting(1, 1, "a test"), 50.0)
    assert refusal(dice.ask(stranger, TakeSeat(2, Seat.WATCHER, b""), 3)) is Reason.NOT_YOURS
    boss = dice.seated("Boss", Seat.CROUPIER)
    for table in (0, 3, 2**32 - 1):
        said = replace(TakeSeat(2, Seat.WATCHER, b""), table=table)
        handle(dice.house, boss, said, 50.0)
        words = f"there is no table {table}"
        assert dice.house.said[-1] == To(boss, Refused(2, Reason.NO_SUCH_TABLE, 255, 0, words))
    assert refusal(dice.ask(boss, StartSpin(3, 1))) is Reason.NO_SUCH_TABLE


def rest(dice: DiceHouse) -> None:
    """Let everything that is due be done, and wait."""
    dice.house.tick(dice.house.now)
    dice.house.next_moment()
    for play in dice.plays:
        play.beats.clear()


def test_time_comes_to_a_table_when_its_moment_has_come_and_to_no_other(dice: DiceHouse) -> None:
    first, second = dice.plays
    rest(dice)
    second.due = 55.0
    dice.house.advance(51.0)
    assert first.beats + second.beats == []  # Nothing happened there, so it was not asked.
    dice.house.hall.touch_all()
    assert dice.house.next_moment() == 55.0
    rest(dice)
    dice.house.advance(54.9)
    assert first.beats + second.beats == []
    second.due = 80.0
    dice.house.advance(55.0)
    dice.house.tick(56.0)
    assert (first.beats, second.beats) == ([], [("advance", 55.0), ("tick", 56.0)])
    assert (first.means.now, second.means.now) == (50.0, 55.0)
    assert dice.house.next_moment() == 80.0
    second.beats.clear()
    dice.house.advance(79.0)
    dice.house.tick(79.0)
    assert second.beats == []


def test_a_table_is_looked_at_until_its_moment_is_noted(dice: DiceHouse) -> None:
    first, second = dice.plays
    rest(dice)
    dice.house.hall.reach(2, 51.0)
    assert (first.means.now, second.means.now) == (50.0, 51.0)
    dice.house.advance(51.0)
    dice.house.next_moment()  # Though somebody asked for it in between.
    dice.house.tick(51.0)
    dice.house.tick(52.0)
    assert second.beats == [("advance", 51.0), ("tick", 51.0), ("tick", 52.0)]
    dice.house.next_moment()
    dice.house.tick(53.0)
    assert len(second.beats) == 3
    assert first.beats == []
    assert dice.house.hall.reach(3, 53.0) is None


def test_the_earliest_moment_is_the_house_s(dice: DiceHouse) -> None:
    first, second = dice.plays
    for one, other, expected in (
        (None, None, None),
        (None, 80.0, 80.0),
        (90.0, 80.0, 80.0),
        (70.0, 80.0, 70.0),
        (0.0, 80.0, 0.0),
        (None, None, None),
    ):
        first.due, second.due = one, other
        dice.house.hall.touch_all()
        assert dice.house.next_moment() == expected


def test_the_roster_of_a_table_is_due_as_its_play_is(dice: DiceHouse) -> None:
    play = dice.plays[1]
    dice.seated("Anna", Seat.PLAYER, 2)
    dice.house.tick(60.0)
    dice.seated("Bert", Seat.PLAYER, 2)
    dice.house.tick(60.0)
    roster = dice.house.hall.tables[2].roster.next_moment()
    assert roster == 60.0 + 5 / dice.house.limits.broadcasts_a_second
    for due, expected in ((None, roster), (roster - 0.1, roster - 0.1), (roster + 1, roster)):
        play.due = due
        dice.house.hall.touch_all()
        assert dice.house.next_moment() == expected
    rest(dice)
    dice.house.said.clear()
    dice.house.tick(roster)
    assert [type(each.message) for each in dice.house.said if isinstance(each, ToAll)] == [
        RosterChanged
    ]


def test_whoever_comes_goes_or_is_cut_off_touches_the_table(dice: DiceHouse) -> None:
    hall, anna, guest = dice.house.hall, dice.visitor("Anna"), dice.visitor("")
    seats = hall.tables[2].seats
    for do in (
        lambda: seats.sit(anna, Seat.PLAYER),
        lambda: seats.cut(anna, 50.0),
        lambda: seats.forget_before(50.0),
        lambda: seats.sit(anna, Seat.PLAYER),
        lambda: seats.act(anna.account, 50.0),
        lambda: seats.idle_before(50.0),
        lambda: seats.act(anna.account, 51.0),
        lambda: seats.stand(anna),
        lambda: seats.sit(guest, Seat.WATCHER),
        lambda: seats.stand(guest),
    ):
        hall.touched.clear()
        do()
        assert hall.touched == {2} or not seats.news
        seats.news = False


def test_for_seats_that_are_kept_nobody_wakes_up_but_they_end_in_time(dice: DiceHouse) -> None:
    house, anna = dice.house, dice.seated("Anna", Seat.PLAYER, 2)
    bert = dice.seated("Bert", Seat.PLAYER, 2)
    house.leave(anna, cut_off=True)
    for _ in range(2):
        house.tick(house.now + 1)
    assert house.next_moment() is None
    end, away = 50.0 + house.limits.keep_seat_seconds, 50.0 + house.limits.away_seconds
    seats = house.hall.tables[2].seats
    for moment, seated, here in ((end - 0.5, 2, 1), (end, 1, 1), (away - 0.5, 1, 1), (away, 1, 0)):
        house.tick(moment)
        assert (len(seats.seated), len(seats.active)) == (seated, here)
        house.tick(moment)
        house.next_moment()
    assert seats.seated[bert.account].presence is Presence.AWAY


def test_what_a_play_tells_is_said_once_by_time_or_by_the_tick(dice: DiceHouse) -> None:
    dice.plays[1].means.tell(HEARD, HEARD)
    assert dice.publish() == [ToAll(2, HEARD), ToAll(2, HEARD)]
    assert dice.publish() == []
    for number, play in enumerate(dice.plays, 1):
        dice.house.said.clear()
        play.tells = True
        dice.house.hall.touch_all()
        dice.house.tick(61.0)
        assert dice.house.said == [ToAll(number, HEARD)]
        play.tells = False
    dice.house.said.clear()
    dice.house.hall.touch_all()
    dice.house.tick(62.0)
    assert dice.house.said == []


def test_a_round_that_is_over_is_told_to_each_and_who_stayed_for_it_goes(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert")
    first, second = dice.plays
    dice.sit(bert, Seat.PLAYER, 2)
    heard: list[object] = []
    dice.house.listeners[lambda *said: heard.append(said)] = None
    second.says.add(bert.account)
    dice.house.throw_out(bert.account, "out")
    assert bert in dice.house.leaving
    first.means.seats.changed.clear()
    dice.house.people.moved.clear()
    over = Rolled([anna.account, 99], [bert.account])
    second.means.tell(Rolled([], []))
    dice.publish()
    assert bert in dice.house.leaving  # What he has a say in is not over yet.
    second.says.clear()
    heard.clear()
    first.means.tell(over)
    said = dice.publish()
    assert said[0] == ToEach(1, {anna: PART}, "a throw")
    noticed = [e.message for e in said if isinstance(e, ToAll) and isinstance(e.message, Noticed)]
    assert [(each.account, each.notice) for each in noticed] == [(bert.account, Notice.WITHHELD)]
    assert Drop(bert, Farewell.KICKED, "out") in said
    assert heard == [(dice.house, dice.house.hall.tables[1], over)]
    assert anna.account in first.means.seats.changed
    assert bert in dice.house.people.moved
    first.means.seats.changed.clear()
    first.means.note_chips([anna.account, 99])
    dice.publish()
    assert list(first.means.seats.changed) == [anna.account]
    dice.house.tick(99.0)
    assert any(
        isinstance(e, ToAll) and isinstance(e.message, RosterChanged) for e in dice.house.said
    )


def test_a_game_tells_each_their_own_a_few_at_once_and_a_crowd_in_turn(dice: DiceHouse) -> None:
    some = [dice.visitor(f"Player {number}") for number in range(FEW + 1)]
    means, other = dice.plays[1].means, replace(HEARD, account=7)
    means.tell(HEARD)
    own_ones: dict[Client | int, Message] = {some[0]: HEARD, some[1].account: other, 4711: HEARD}
    means.tell_each(own_ones)
    means.tell_each(dict.fromkeys(some[:FEW], HEARD))
    means.tell_each({**dict.fromkeys(some, HEARD), some[3]: other})
    said = dice.publish()
    shared, own = encode(HEARD, 2), encode(other, 2)
    assert said == [
        ToAll(2, HEARD),
        *(To(some[0], HEARD, 2), To(some[1], other, 2)),
        *(To(client, HEARD, 2) for client in some[:FEW]),
        ToEach(2, {**dict.fromkeys(some, shared), some[3]: own}),
    ]
    assert means.told == []


def test_the_last_word_of_who_is_thrown_out_is_for_the_table_where_they_have_a_say(
    dice: DiceHouse,
) -> None:
    anna, (first, _) = dice.seated("Anna"), dice.plays
    dice.sit(anna, Seat.PLAYER, 2)
    game = DICE._replace(requests={PlaceBets: Rule(throw, last_word=True)})
    tables = dice.house.hall.tables
    tables.update({number: table._replace(game=game) for number, table in tables.items()})
    first.says.add(anna.account)
    dice.house.throw_out(anna.account, "out")
    bet = PlaceBets(9, 1, ())
    assert dice.ask(anna, bet, 2) is None
    assert isinstance(dice.ask(anna, bet, 1), BetsPlaced)


def test_finished_rounds_are_handed_over_once_in_order(dice: DiceHouse) -> None:
    rounds = [Finished(1, number, "", "", b"") for number in (1, 2, 3)]
    first, second = dice.plays
    first.means.finished += rounds[:2]
    second.means.finished.append(rounds[2])
    assert dice.house.take_finished() == rounds
    assert dice.house.take_finished() == []


def test_chips_and_says_count_at_whatever_table_they_are(dice: DiceHouse) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER), dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
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
    del first.stakes[who]
    dice.ask(boss, HandOver(3, who))  # Chips on another table are not in the way.
    assert To(boss, Done(3), 1) in dice.house.said
    dice.ask(anna, HandOver(4, boss.account))
    first.stakes[who] = 3
    dice.house.books.purses[0].wallets[who] = 0
    assert dice.house.grant_if_broke(dice.house.books.holders[who]) is None
    first.stakes.clear()
    second.stakes.clear()
    granted = dice.house.grant_if_broke(dice.house.books.holders[who])
    assert granted is not None
    assert granted == ChipsGranted(70, 70)


def listed(dice: DiceHouse) -> list[Account]:
    table = dice.house.hall.tables[1]
    return list(table.roster.after(0, table.play.playing))


def test_whose_chips_lie_there_is_listed_though_they_stood_up(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert")
    dice.plays[0].playing.add(anna.account)
    dice.ask(anna, LeaveSeat(3))
    assert list(listed(dice)) == [
        anna.account,
        bert.account,
    ]
    dice.plays[0].playing.discard(anna.account)
    assert list(listed(dice)) == [bert.account]


def test_chips_and_says_that_somebody_left_count_until_they_are_gone(dice: DiceHouse) -> None:
    anna, (first, second) = dice.seated("Anna", Seat.PLAYER, 2), dice.plays
    hall, people, who = dice.house.hall, dice.house.people, anna.account
    second.stakes[who], second.parts, second.says = 4, {who}, {who}
    for _ in range(2):
        dice.ask(anna, LeaveSeat(3), 2)
        assert people.left == {who: (2,)}
        dice.sit(anna, Seat.PLAYER, 2)
    dice.ask(anna, LeaveSeat(3), 2)
    dice.sit(anna)
    first.stakes[who] = 3
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (7, True, True)
    assert people.left == {who: (2,)}
    dice.sit(anna, Seat.PLAYER, 2)
    assert hall.at_stake(who) == 7  # Though they sit there again.
    dice.ask(anna, LeaveSeat(4), 1)
    assert people.left == {who: (2, 1)}
    second.stakes.clear()
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (3, True, True)
    second.parts.clear()
    second.says.clear()
    first.stakes.clear()
    dice.ask(anna, LeaveSeat(5), 2)
    assert (hall.at_stake(who), hall.has_say(who), hall.contributes(who)) == (0, False, False)
    assert people.left == {}


def test_chips_and_says_in_the_books_count_when_a_table_is_opened(dice: DiceHouse) -> None:
    class Old(Dice):
        """One that goes on."""

        def __init__(self, means: Means, rules: Throwing, now: float) -> None:
            super().__init__(means, rules, now)
            self.playing.add(5)
            self.stakes, self.parts = {5: 9}, {6}

    dice.house.open_table(DICE._replace(open=Old), SEEDS, RULES, 50.0)
    hall = dice.house.hall
    assert [hall.at_stake(who) for who in (5, 6, 7)] == [9, 0, 0]
    assert [hall.contributes(who) for who in (5, 6, 7)] == [False, True, False]


def test_a_hall_without_a_table_waits_for_nothing() -> None:
    hall = Hall(People())
    assert (hall.due(1.0), hall.look()) == ([], [])
    assert (hall.next_moment(), hall.at_stake(2), hall.has_say(2)) == (None, 0, False)
    made = means(Books(STATES))
    roster = Roster(
        made.seats, made.books, Talk(made.limits), made.limits, Turns(), chips_shown=True
    )
    table = hall.open(DICE, Terms("A"), made, roster, RULES, 2.0)
    assert (table.number, hall.tables, table.means.now) == (1, {1: table}, 2.0)
    assert hall.due(2.0) == hall.look() == [table]
