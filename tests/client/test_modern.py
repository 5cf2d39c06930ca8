"""A client at a modern table, without a socket between them."""

from client.games.roulette.requests import list_rounds, place, take_back
from client.games.roulette.state import pending_chips, roulette
from protocol.fair.verdict import Colour
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import RED
from protocol.house.lists import Reason, Seat
from tests.client.fake_table import TABLE, FakeTable
from tests.client.states import over
from tests.client.things import Things
from tests.client.wire import play, seated, wants


def test_a_player_signs_in_sits_down_and_sees_the_table() -> None:
    things = Things()
    wire, _ = seated(FakeTable(), "Ann", things)
    state = wire.state
    assert (state.account, state.name, state.table.seat) == (1001, "Ann", Seat.PLAYER)
    assert (state.balance, roulette(state).round.number, roulette(state).round.phase) == (
        500,
        1,
        Phase.BETTING,
    )
    assert things.keyring.token(TABLE, "Ann")
    assert not state.pending
    assert state.table.roster_known
    assert state.status.latency is not None


def test_a_bet_is_pending_until_it_is_answered() -> None:
    wire, dialogue = seated(FakeTable())
    dialogue.want(place(wire.state, {17: 25, RED: 5}), wire.now)
    assert pending_chips(wire.state) == {17: 25, RED: 5}
    assert roulette(wire.state).round.own == {}
    wire.run()
    assert pending_chips(wire.state) == {}
    assert roulette(wire.state).round.own == {17: 25, RED: 5}
    assert roulette(wire.state).round.bets == {(1001, 17): 25, (1001, RED): 5}
    assert roulette(wire.state).round.totals[17].chips == 25
    assert (wire.state.balance, roulette(wire.state).round.at_stake) == (470, 30)


def test_chips_can_be_taken_back_one_by_one_and_all_together() -> None:
    wire, _ = seated(FakeTable())
    wants(wire, place(wire.state, {17: 25, 18: 5}))
    wants(wire, take_back(wire.state, {17: 10}))
    assert roulette(wire.state).round.own == {17: 15, 18: 5}
    wants(wire, take_back(wire.state, {}))
    assert roulette(wire.state).round.own == {}
    assert wire.state.balance == 500


def test_the_tables_rounds_are_read_to_their_end() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    for _ in range(5):
        wants(ann, place(ann.state, {17: 25}))
        table.close()
        ann.run()
        table.settle()
        ann.run()
    late, _ = seated(table, "Bob")
    assert not roulette(late.state).rounds
    wants(late, list_rounds())
    assert [each.round_number for each in roulette(late.state).rounds] == [5, 4, 3, 2, 1]
    assert not roulette(late.state).rounds_more
    assert [each.pocket for each in roulette(late.state).rounds] == table.pockets


def test_a_refused_bet_says_why_and_where_it_lay() -> None:
    wire, _ = seated(FakeTable())
    wants(wire, place(wire.state, {17: 900}))
    (refusal,) = wire.state.refusals
    assert (refusal.reason, refusal.spot) == (Reason.NOT_ENOUGH_CHIPS, 17)
    assert not wire.state.pending
    assert wire.state.balance == 500


def test_everybodys_bets_are_known_by_name() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    bob, _ = seated(table, "Bob")
    wants(bob, place(bob.state, {0: 10}))
    ann.dialogue.want(place(ann.state, {0: 5}), ann.now)
    for wire in (ann, bob, ann):
        wire.run()
    for state in (ann.state, bob.state):
        assert roulette(state).round.bets == {(1001, 0): 5, (1002, 0): 10}
        assert [state.name_of(account) for account, _ in roulette(state).round.bets] == [
            "Bob",
            "Ann",
        ]
        assert (roulette(state).round.totals[0].chips, roulette(state).round.totals[0].players) == (
            15,
            2,
        )


def test_who_comes_in_the_middle_sees_all_the_bets() -> None:
    table = FakeTable()
    ann, _ = seated(table, "Ann")
    wants(ann, place(ann.state, dict.fromkeys(range(100), 1)))
    bob, _ = seated(table, "Bob")
    assert roulette(bob.state).round.bets_known
    assert len(roulette(bob.state).round.bets) == len(roulette(bob.state).round.totals) == 100


def test_a_round_is_shown_to_its_end_and_found_right() -> None:
    table, things = FakeTable(), Things()
    wire, _ = seated(table, things=things)
    wants(wire, place(wire.state, {RED: 100}))
    pocket = play(table, wire)
    state = wire.state
    assert roulette(state).round.number == 2
    assert (over(state).pocket, over(state).own) == (pocket, {RED: 100})
    net = over(state).net
    assert net in (100, -100)
    assert state.balance == 500 + net
    assert roulette(state).statistics.pockets == (pocket,)
    assert [entry.round_number for entry in roulette(state).own_rounds] == [1]
    verdict = state.table.verdicts[1]
    assert verdict.holds
    assert verdict.over
    assert things.saved == []


def test_every_link_is_fresh_and_shown_once_the_bets_are_frozen() -> None:
    table, things = FakeTable(), Things()
    wire, _ = seated(table, things=things)
    shown = []
    for number in (1, 2, 3):
        table.close()
        wire.run()
        table.settle()
        wire.run()
        verdict = wire.state.table.verdicts[number]
        assert verdict.colour is Colour.GREEN, verdict.verdict
        shown += verdict.round.own.links.values()
    assert len({each.link for each in shown}) == 3
