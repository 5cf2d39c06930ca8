"""At which table something is said: a dialogue knows the number of its table from the header."""

from dataclasses import replace

from client.requests import Enter, start_spin
from protocol.games.roulette import bets, rounds
from protocol.games.roulette.fields import Bet
from protocol.house import door, talk
from protocol.house.lists import Seat
from protocol.wire import HOUSE
from tests.client.alone import GREETING, INTRODUCED, MET, Alone, signed
from tests.client.test_reduce import shown

HERE = 7


def at(table: int) -> door.HouseIntroduced:
    """A house whose first roulette this is, behind a game that is not known here."""
    (one,) = INTRODUCED.tables
    tables = replace(one, table=1, game=250), replace(one, table=table), replace(one, table=99)
    return replace(INTRODUCED, tables=tables)


def seated(seat: Seat = Seat.PLAYER) -> Alone:
    alone = Alone(Enter("Ann", seat))
    alone.hear(GREETING, at(HERE))
    alone.hear(signed(alone.answer(door.SignIn)))
    taken = door.SeatTaken(alone.answer(door.TakeSeat), seat, table=HERE)
    alone.hear(taken, replace(MET, table=HERE), replace(shown(1), table=HERE))
    return alone


def test_what_is_said_at_a_table_names_it_and_what_is_for_the_house_does_not() -> None:
    alone = Alone(Enter("Ann"))
    alone.hear(GREETING, at(HERE))
    (greeting, asked) = alone.sent
    assert (greeting.table, asked.table) == (HOUSE, HOUSE)
    alone.hear(signed(asked.number))  # type: ignore[attr-defined]  # a request
    (sits,) = alone.sent
    assert (type(sits), sits.table) == (door.TakeSeat, HERE)


def test_bets_orders_and_talk_are_said_at_the_table() -> None:
    alone = seated(Seat.CROUPIER)
    alone.sent.clear()
    state = alone.dialogue.state
    alone.dialogue.want(bets.PlaceBets(0, 1, (Bet(17, 5),)), 0.0)
    alone.dialogue.want(start_spin(state), 0.0)
    alone.dialogue.want(talk.Say(0, "hello"), 0.0)
    alone.dialogue.want(talk.SayPrivately(0, 9, False, "psst"), 0.0)
    said = {type(each): each.table for each in alone.sent}
    at_table = {kind: said[kind] for kind in (bets.PlaceBets, talk.Say, talk.SayPrivately)}
    assert at_table == {bets.PlaceBets: HERE, talk.Say: HERE, talk.SayPrivately: HOUSE}


def test_what_is_said_at_another_table_is_not_heard() -> None:
    alone = seated()
    before = alone.dialogue.state
    opened = rounds.RoundOpened(2, 0, bytes(32))
    alone.hear(replace(opened, table=HERE + 1), talk.Said(1, 9, "Eve", "hello", table=HERE + 1))
    assert alone.dialogue.state == before
    alone.hear(replace(opened, table=HERE))
    assert alone.dialogue.state.round.number == 2


def test_after_a_cut_the_number_is_learnt_anew() -> None:
    alone = seated()
    alone.cut()
    alone.open()
    alone.hear(GREETING, at(HERE + 1))
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
    (sits,) = [each for each in alone.sent if isinstance(each, door.TakeSeat)]
    assert sits.table == HERE + 1
