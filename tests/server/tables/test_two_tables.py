"""Two tables: what is of one is not of the other, and what is of the house is of both."""

from dataclasses import replace
from random import Random

import pytest

from protocol.games.roulette.bets import BetsChanged, PlaceBets
from protocol.games.roulette.desk import SetAuto
from protocol.games.roulette.fields import Bet
from protocol.house.door import Done, LeaveSeat, Refused, SeatTaken, TakeSeat
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    PlayersListed,
    RosterChanged,
    WarnPlayer,
)
from protocol.house.talk import (
    Announced,
    AskSession,
    ListTalk,
    Noticed,
    Said,
    SaidPrivately,
    Say,
    SayPrivately,
    SessionEnded,
    TalkListed,
)
from protocol.wire import Message
from server import handlers
from server.games import GAMES
from server.games.roulette.play import roulette_at
from server.host.commands import ORDERS, obey
from server.limits import Limits
from server.people.people import Client
from server.people.places import Standing
from server.requests.door import TABLES_A_LINE
from server.sayings import Drop, To, ToAll, ToEach, Unseated
from tests.server.pure import PureHouse, refusal
from tests.server.tables.dice import DICE, HEARD, PART, RULES, DiceHouse, Rolled
from torture.invariants import of_people


def at(dice: DiceHouse, table: int) -> dict[str, tuple[Seat, Presence]]:
    """Who sits there."""
    seated = dice.house.hall.tables[table].seats.seated.values()
    return {person.name: (person.seat, person.presence) for person in seated}


def told(dice: DiceHouse, kind: type[Message]) -> list[tuple[int, Message]]:
    """What of this kind everybody at a table was told since the last request, and at which."""
    all_ = [each for each in dice.house.said if isinstance(each, ToAll)]
    return [(each.table, each.message) for each in all_ if isinstance(each.message, kind)]


def noticed(dice: DiceHouse) -> list[tuple[int, str, Notice]]:
    notices = [(table, said) for table, said in told(dice, Noticed) if isinstance(said, Noticed)]
    return [(table, said.name, said.notice) for table, said in notices]


HERE, CUT_OFF = Presence.HERE, Presence.CUT_OFF


# --- seats ----------------------------------------------------------------------------------------


def test_one_plays_at_a_table_and_watches_another_and_leaves_either(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    assert dice.sit(anna, Seat.WATCHER, 2) == SeatTaken(2, Seat.WATCHER)
    shown = Announced(1, anna.account, Phrase.OTHER, "the table")
    assert To(anna, shown, 2) in dice.house.said
    assert noticed(dice) == [(2, "Anna", Notice.JOINED)]
    assert (at(dice, 1), at(dice, 2)) == (
        {"Anna": (Seat.PLAYER, HERE)},
        {"Anna": (Seat.WATCHER, HERE)},
    )
    assert dice.ask(anna, PlaceBets(3, 1, ()), 1) is not None
    assert refusal(dice.ask(anna, PlaceBets(4, 1, ()), 2)) is Reason.NOT_YOURS
    assert [len(play.thrown) for play in dice.plays] == [1, 0]
    assert dice.ask(anna, LeaveSeat(5), 1) == Done(5)
    assert dice.house.said[0] == Unseated(1, anna)
    assert noticed(dice) == [(1, "Anna", Notice.LEFT)]
    assert anna.seats == {2: Seat.WATCHER}
    assert (at(dice, 1), list(at(dice, 2))) == ({}, ["Anna"])
    assert refusal(dice.ask(anna, LeaveSeat(6), 1)) is Reason.NOT_YOURS


def test_a_guest_watches_both(dice: DiceHouse) -> None:
    guest = dice.visitor("")
    for table in (1, 2):
        assert dice.sit(guest, Seat.WATCHER, table) == SeatTaken(2, Seat.WATCHER)
    tables = dice.house.hall.tables
    assert [table.seats.count() for table in tables.values()] == [(0, 1), (0, 1)]
    dice.house.leave(guest, cut_off=True)
    assert [table.seats.count() for table in tables.values()] == [(0, 0), (0, 0)]


def test_a_croupier_at_one_is_a_player_at_the_other_with_a_player_s_rights(
    dice: DiceHouse,
) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER, 1), dice.seated("Anna", Seat.PLAYER, 2)
    dice.sit(boss, Seat.PLAYER, 2)
    orders: tuple[Message, ...] = (
        KickPlayer(3, anna.account, "go"),
        MutePlayer(3, anna.account, 5, "hush"),
        WarnPlayer(3, anna.account, "mind"),
        Announce(3, Phrase.LAST_CALL, ""),
        HandOver(3, anna.account),
        SetAuto(3, 20),
    )
    for order in orders:
        assert refusal(dice.ask(boss, order, 2)) is Reason.NOT_YOURS
    for order in orders[:3]:  # Anna does not sit where he is the croupier.
        assert refusal(dice.ask(boss, order, 1)) is Reason.NO_SUCH_PLAYER
    assert dice.sit(anna, Seat.CROUPIER, 2) == SeatTaken(2, Seat.CROUPIER)
    croupiers = [table.seats.croupier for table in dice.house.hall.tables.values()]
    assert croupiers == [boss.account, anna.account]
    assert refusal(dice.sit(anna, Seat.CROUPIER, 1)) is Reason.SEAT_TAKEN


def test_chips_on_a_table_keep_one_from_its_desk_and_from_no_other(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    dice.plays[1].stakes[anna.account] = 5
    assert refusal(dice.sit(anna, Seat.CROUPIER, 2)) is Reason.NOT_NOW
    assert dice.sit(anna, Seat.CROUPIER, 1) == SeatTaken(2, Seat.CROUPIER)


def test_so_many_tables_are_on_one_line_and_to_change_a_seat_is_none_more(
    dice: DiceHouse,
) -> None:
    for _ in range(2, TABLES_A_LINE + 1):
        dice.house.open_table(DICE, dice.plays[0].means.draw.seeds, RULES, 50.0)
    anna, last = dice.visitor("Anna"), TABLES_A_LINE + 1
    for table in range(1, TABLES_A_LINE + 1):
        assert dice.sit(anna, Seat.PLAYER, table) == SeatTaken(2, Seat.PLAYER)
    refused = dice.sit(anna, Seat.WATCHER, last)
    assert refused == Refused(2, Reason.OTHER, 255, 0, "8 tables are the most: leave one first")
    assert dice.sit(anna, Seat.WATCHER, 1) == SeatTaken(2, Seat.WATCHER)
    dice.ask(anna, LeaveSeat(3), 4)
    assert dice.sit(anna, Seat.WATCHER, last) == SeatTaken(2, Seat.WATCHER)
    assert len(anna.seats) == TABLES_A_LINE


# --- lines that end -------------------------------------------------------------------------------


def test_a_cut_keeps_every_seat_and_each_is_there_when_the_line_is_back(dice: DiceHouse) -> None:
    house, anna = dice.house, dice.seated("Anna", Seat.CROUPIER, 1)
    dice.sit(anna, Seat.PLAYER, 2)
    house.said.clear()
    house.leave(anna, cut_off=True)
    assert noticed(dice) == [(1, "Anna", Notice.CUT_OFF), (2, "Anna", Notice.CUT_OFF)]
    assert anna.seats == {}
    assert (at(dice, 1), at(dice, 2)) == (
        {"Anna": (Seat.CROUPIER, CUT_OFF)},
        {"Anna": (Seat.PLAYER, CUT_OFF)},
    )
    again = dice.visitor("Anna", dice.tokens["Anna"])
    dice.sit(again, Seat.PLAYER, 2)
    assert noticed(dice) == [(2, "Anna", Notice.RESUMED)]
    dice.sit(again, Seat.CROUPIER, 1)
    assert house.hall.tables[1].seats.seated[again.account].client is again
    assert again.seats == {2: Seat.PLAYER, 1: Seat.CROUPIER}


def test_a_seat_that_is_not_taken_again_is_kept_for_a_while_and_the_others_longer(
    dice: DiceHouse,
) -> None:
    house, anna = dice.house, dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    house.leave(anna, cut_off=True)
    again = dice.visitor("Anna", dice.tokens["Anna"])
    dice.sit(again, Seat.PLAYER, 2)
    house.said.clear()
    house.tick(house.now + house.limits.keep_seat_seconds - 0.5)
    assert [list(at(dice, table)) for table in (1, 2)] == [["Anna"], ["Anna"]]
    house.tick(house.now + 0.5)
    assert [list(at(dice, table)) for table in (1, 2)] == [[], ["Anna"]]
    assert noticed(dice) == [(1, "Anna", Notice.LEFT)]


def test_who_means_to_go_leaves_every_table_also_a_seat_that_was_kept(dice: DiceHouse) -> None:
    house, anna = dice.house, dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    house.leave(anna, cut_off=True)
    again = dice.visitor("Anna", dice.tokens["Anna"])
    dice.sit(again, Seat.PLAYER, 2)
    house.said.clear()
    house.leave(again, cut_off=False)
    assert (at(dice, 1), at(dice, 2), again.seats) == ({}, {}, {})
    assert noticed(dice) == [(2, "Anna", Notice.LEFT)]  # To the first table they were gone.


def test_a_name_that_signs_in_again_takes_over_at_every_table(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    again = dice.visitor("Anna", dice.tokens["Anna"])
    assert (anna.gone, anna.seats, again.seats) == (True, {}, {})
    for table in (1, 2):
        dice.sit(again, Seat.PLAYER, table)
        assert at(dice, table) == {"Anna": (Seat.PLAYER, HERE)}
        assert noticed(dice) == [(table, "Anna", Notice.RESUMED)]


def test_who_is_thrown_out_loses_every_seat_kept_ones_too(dice: DiceHouse) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER), dice.seated("Anna")
    bert = dice.seated("Bert")
    dice.sit(bert, Seat.PLAYER, 2)
    dice.house.leave(bert, cut_off=True)
    dice.sit(anna, Seat.PLAYER, 2)
    assert dice.ask(boss, KickPlayer(3, anna.account, "go")) == Done(3)
    assert [table for table, _, what in noticed(dice) if what is Notice.KICKED] == [1, 2]
    assert anna.seats == {}
    assert (list(at(dice, 1)), list(at(dice, 2))) == (["Boss", "Bert"], ["Bert"])
    dice.house.throw_out(bert.account, "go")
    assert (list(at(dice, 1)), at(dice, 2)) == (["Boss"], {})


def test_who_has_a_say_at_one_table_is_heard_until_that_is_over(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    dice.plays[1].says.add(anna.account)
    dice.house.throw_out(anna.account, "go")
    assert (anna.gone, list(anna.seats)) == (False, [1, 2])
    dice.plays[0].means.tell(Rolled([], []))
    dice.publish()
    assert not anna.gone
    dice.plays[1].says.clear()
    dice.plays[1].means.tell(Rolled([], []))
    assert Drop(anna, Farewell.KICKED, "go") in dice.publish()


# --- who is there ---------------------------------------------------------------------------------


def test_who_does_something_at_one_table_is_away_at_none(dice: DiceHouse) -> None:
    house, anna = dice.house, dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    away = house.limits.away_seconds
    house.tick(house.now + away - 1)
    dice.ask(anna, Say(3, "here"), 2)
    house.said.clear()
    house.tick(house.now + away - 1)
    assert noticed(dice) == []
    house.tick(house.now + 1)
    assert noticed(dice) == [(1, "Anna", Notice.AWAY), (2, "Anna", Notice.AWAY)]
    assert house.people.moved == [anna, anna]
    assert house.standing(anna) is Standing.SPARE
    dice.ask(anna, Say(4, "back"), 2)
    assert noticed(dice) == [(1, "Anna", Notice.BACK), (2, "Anna", Notice.BACK)]
    assert house.standing(anna) is Standing.KEPT


def test_a_seat_at_any_table_keeps_the_place(dice: DiceHouse) -> None:
    anna = dice.seated("Anna", Seat.PLAYER, 2)
    assert dice.house.standing(anna) is Standing.KEPT
    dice.ask(anna, LeaveSeat(3), 2)
    assert dice.house.standing(anna) is Standing.SPARE


def test_a_roster_is_of_its_table(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert", Seat.WATCHER, 2)
    dice.house.tick(70.0)
    assert [(table, said.changes[0].name) for table, said in rosters(dice)] == [
        (1, "Anna"),
        (2, "Bert"),
    ]
    for client, table in ((anna, 1), (bert, 2)):
        listed = dice.ask(client, ListPlayers(3, 0), table)
        assert isinstance(listed, PlayersListed)
        assert [each.name for each in listed.players] == [client.name]
    dice.house.tick(80.0)
    assert rosters(dice) == []
    dice.ask(anna, LeaveSeat(4), 1)
    dice.house.said.clear()
    dice.house.tick(90.0)
    assert [(table, said.seated, said.watching) for table, said in rosters(dice)] == [(1, 0, 0)]


def rosters(dice: DiceHouse) -> list[tuple[int, RosterChanged]]:
    said = told(dice, RosterChanged)
    return [(table, each) for table, each in said if isinstance(each, RosterChanged)]


def test_chips_that_move_at_one_table_are_on_the_roster_of_both(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert", Seat.PLAYER, 2)
    dice.sit(anna, Seat.WATCHER, 2)
    seats = [table.seats for table in dice.house.hall.tables.values()]
    for each in seats:
        each.changed.clear()
    dice.plays[1].means.note_chips([bert.account])
    dice.publish()
    assert [list(each.changed) for each in seats] == [[], [bert.account]]
    dice.plays[0].means.note_chips([anna.account])
    dice.publish()
    assert [list(each.changed) for each in seats] == [[anna.account], [bert.account, anna.account]]


def test_who_is_broke_at_every_table_is_given_the_stack_and_all_rosters_say_so(
    dice: DiceHouse,
) -> None:
    anna = dice.seated("Anna")
    dice.sit(anna, Seat.WATCHER, 2)
    holder = dice.house.books.holders[anna.account]
    dice.house.books.purses[0].wallets[anna.account] = 0
    seats = [table.seats for table in dice.house.hall.tables.values()]
    for each in seats:
        each.changed.clear()
    dice.plays[1].stakes[anna.account] = 1
    assert dice.house.grant_if_broke(holder) is None
    dice.plays[1].stakes.clear()
    assert dice.house.grant_if_broke(holder) is not None
    assert [list(each.changed) for each in seats] == [[anna.account]] * 2


# --- what is said ---------------------------------------------------------------------------------


def test_a_request_brings_its_own_table_to_its_moment(dice: DiceHouse) -> None:
    anna = dice.seated("Anna", Seat.PLAYER, 2)
    for play in dice.plays:
        play.beats.clear()
    handlers.handle(dice.house, anna, Say(3, "one", table=2), 55.0)
    assert [play.beats for play in dice.plays] == [[], [("advance", 55.0)]]
    assert [play.means.now for play in dice.plays] == [50.0, 55.0]


def test_a_play_speaks_to_its_own_table(dice: DiceHouse) -> None:
    anna = dice.seated("Anna")
    dice.sit(anna, Seat.WATCHER, 2)
    dice.plays[1].means.tell(HEARD, Rolled([anna.account], []))
    assert dice.publish() == [ToAll(2, HEARD), ToEach(2, {anna: PART}, "a throw")]


def test_table_talk_is_of_its_table(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert", Seat.PLAYER, 2)
    assert dice.ask(anna, Say(3, "one"), 1) == Done(3)
    assert [table for table, _ in told(dice, Said)] == [1]
    dice.ask(bert, Say(3, "two"), 2)
    assert refusal(dice.ask(bert, Say(3, "two"), 1)) is Reason.NOT_YOURS
    for client, table, line in ((anna, 1, "one"), (bert, 2, "two")):
        listed = dice.ask(client, ListTalk(4), table)
        assert isinstance(listed, TalkListed)
        assert [each.line for each in listed.lines] == [line]
    boss = dice.seated("Boss", Seat.CROUPIER, 2)
    dice.ask(boss, Announce(3, Phrase.LAST_CALL, ""), 2)
    assert [table for table, _ in told(dice, Announced)] == [2]


def test_private_lines_go_from_any_table_to_any_and_are_of_none(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert", Seat.WATCHER, 2)
    for who, other in ((anna, bert), (bert, anna)):
        line = SayPrivately(3, other.account, False, "psst")
        assert dice.ask(who, line, 1) == Done(3)
        (heard,) = [s for s in dice.house.said if isinstance(s, To) and s.client is other]
        assert isinstance(heard.message, SaidPrivately)
        assert heard.table == 0
        assert To(who, Done(3), 0) in dice.house.said
    dice.house.leave(bert, cut_off=True)
    again = dice.visitor("Bert", dice.tokens["Bert"])  # With a seat that is kept.
    line = SayPrivately(4, again.account, False, "psst")
    assert refusal(dice.ask(anna, line)) is Reason.NO_SUCH_PLAYER
    visitor = dice.visitor("Vera")
    line = SayPrivately(4, visitor.account, False, "psst")
    assert refusal(dice.ask(anna, line)) is Reason.NO_SUCH_PLAYER
    assert refusal(dice.ask(visitor, SayPrivately(4, anna.account, False, "psst"))) is (
        Reason.NOT_YOURS
    )


def test_a_session_ends_when_somebody_has_left_the_last_table(dice: DiceHouse) -> None:
    anna, bert = dice.seated("Anna"), dice.seated("Bert", Seat.PLAYER, 2)
    dice.sit(anna, Seat.PLAYER, 2)
    dice.ask(anna, AskSession(3, bert.account))
    dice.ask(bert, AskSession(3, anna.account))

    def ended() -> list[Client]:
        to = [each for each in dice.house.said if isinstance(each, To)]
        return [each.client for each in to if isinstance(each.message, SessionEnded)]

    dice.ask(anna, LeaveSeat(4), 1)
    assert ended() == []
    dice.ask(anna, LeaveSeat(5), 2)
    assert ended() == [bert]


def test_who_is_muted_is_muted_everywhere_and_every_table_hears_of_it(dice: DiceHouse) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER), dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    dice.seated("Bert", Seat.PLAYER, 2)
    dice.ask(boss, MutePlayer(3, anna.account, 9, "hush"))
    assert noticed(dice) == [(1, "Anna", Notice.MUTED), (2, "Anna", Notice.MUTED)]
    for table in (1, 2):
        assert refusal(dice.ask(anna, Say(4, "la"), table)) is Reason.MUTED
    dice.house.said.clear()
    dice.house.tick(dice.house.now + 9)
    assert noticed(dice) == [(1, "Anna", Notice.UNMUTED), (2, "Anna", Notice.UNMUTED)]


def test_a_storm_is_the_house_s_affair_and_throws_out_whoever_is_no_croupier_anywhere(
    dice: DiceHouse,
) -> None:
    anna, boss = dice.seated("Anna"), dice.seated("Boss")
    dice.sit(anna, Seat.PLAYER, 2)
    dice.sit(boss, Seat.CROUPIER, 2)
    heard: dict[Client, list[tuple[int, Notice]]] = {anna: [], boss: []}
    for client, said in heard.items():
        for number in range(2 * dice.house.limits.storm_kick):
            if not client.gone:
                dice.ask(client, Say(3, "la"), 1 + number % 2)
                said += [(table, what) for table, _, what in noticed(dice)]
    measures = [Notice.WARNED, Notice.MUTED, Notice.KICKED]
    everywhere = [(table, what) for what in measures for table in (1, 2)]
    assert (heard[anna], anna.gone) == (everywhere, True)
    assert (heard[boss], boss.gone) == (everywhere[:-2], False)


def test_a_croupier_s_warning_is_told_at_his_table(dice: DiceHouse) -> None:
    boss, anna = dice.seated("Boss", Seat.CROUPIER), dice.seated("Anna")
    dice.sit(anna, Seat.PLAYER, 2)
    dice.ask(boss, WarnPlayer(3, anna.account, "mind"))
    assert noticed(dice) == [(1, "Anna", Notice.WARNED)]


def test_the_host_sees_and_calls_every_table(dice: DiceHouse) -> None:
    anna = dice.seated("Anna", Seat.CROUPIER)
    dice.sit(anna, Seat.WATCHER, 2)
    dice.seated("Bert", Seat.PLAYER, 2)
    assert list(obey(dice.house, ORDERS["who"], "")) == [
        "table 1: Anna: croupier, 70 chips",
        "table 2: Anna: watcher, 70 chips",
        "table 2: Bert: player, 70 chips",
        "table 1: 1 seated, 0 watching, a throw",
        "table 2: 1 seated, 1 watching, a throw",
    ]
    dice.house.said.clear()
    list(obey(dice.house, ORDERS["say"], "last round"))
    assert [table for table, _ in told(dice, Announced)] == [1, 2]
    list(obey(dice.house, ORDERS["warn"], "Bert mind"))
    list(obey(dice.house, ORDERS["kick"], "Anna go"))
    kinds = [(table, name, what) for table, name, what in noticed(dice)]
    assert kinds[0] == (2, "Bert", Notice.WARNED)
    assert kinds[1:3] == [(1, "Anna", Notice.KICKED), (2, "Anna", Notice.KICKED)]
    assert (at(dice, 1), list(at(dice, 2))) == ({}, ["Bert"])


# --- in any order ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_people_and_seats_agree_whatever_people_do_at_two_tables(
    dice: DiceHouse, seed: int
) -> None:
    dice_ = Random(seed)
    names, here = ("Anna", "Bert", "Cleo", ""), dict[str, Client]()
    house = dice.house
    for _ in range(400):
        name, table = dice_.choice(names), dice_.choice((1, 2))
        client = here.get(name)
        if client is None or client.gone or dice_.random() < 0.05:
            here[name] = dice.visitor(name, dice.tokens.get(name, b""))
        elif dice_.random() < 0.6:
            dice.sit(client, dice_.choice([Seat.PLAYER, Seat.CROUPIER, Seat.WATCHER]), table)
        elif dice_.random() < 0.4:
            dice.ask(client, LeaveSeat(9), table)
        elif dice_.random() < 0.5:
            house.leave(client, cut_off=dice_.random() < 0.7)
        else:
            house.advance(house.now + dice_.choice((1.0, 40.0, 130.0, 301.0)))
            house.tick(house.now)
        assert list(of_people(house)) == []


def test_two_roulettes_each_have_a_round_players_and_bets_of_their_own() -> None:
    pure = PureHouse()
    second = pure.house.open_table(
        GAMES["roulette"], pure.first.means.draw.seeds, pure.table.rules, pure.now
    )
    pure.advance(0)
    anna = pure.seated("Anna")
    second.seats.sit(anna, Seat.WATCHER)
    pure.bet(anna, (17, 5))
    assert (pure.table.layout.staked, pure.table.means.seats.players) == (5, {anna.account})
    assert (second.play.at_stake(anna.account), second.seats.players) == (0, set())
    assert pure.house.hall.at_stake(anna.account) == 5
    assert list(of_people(pure.house)) == []


def test_two_tables_take_turns_to_tell_what_has_changed_and_so_do_their_rosters() -> None:
    """Each alone is told as often as may be: with one at each, 20 and 4 times a second."""
    pure = PureHouse(limits=Limits(change_deliveries_a_second=20))
    seeds, rules = pure.first.means.draw.seeds, pure.table.rules
    second = pure.house.open_table(GAMES["roulette"], seeds, rules, pure.now)
    pure.advance(0)
    anna, bert = pure.seated("Anna"), pure.visitor("Bert")
    pure.hear(bert, replace(TakeSeat(2, Seat.PLAYER, b""), table=second.number))
    pure.advance(60)
    pure.advance(60)
    pure.said.clear()
    pure.bet(anna, (17, 5))
    number = roulette_at(second).round.number
    pure.hear(bert, replace(PlaceBets(1, number, (Bet(17, 5),)), table=second.number))

    def told(kind: type[Message]) -> list[int]:
        return [
            each.table
            for each in pure.said
            if isinstance(each, ToAll) and type(each.message) is kind
        ]

    pure.advance(0)
    assert (told(BetsChanged), told(RosterChanged)) == ([1], [1])
    pure.advance(0.03)
    assert (told(BetsChanged), told(RosterChanged)) == ([1], [1])
    pure.advance(0.03)
    assert (told(BetsChanged), told(RosterChanged)) == ([1, 2], [1])
    pure.advance(0.18)
    assert told(RosterChanged) == [1]
    pure.advance(0.03)
    assert told(RosterChanged) == [1, 2]
