"""What the client knows of a table, as the window shows it."""

from dataclasses import replace

import pytest

from client.games.roulette.state import roulette
from client.house.events import Judged, LinkGone, LinkLost, Measured, Sent, Trouble, Unsent
from client.house.state import HouseState
from client.reduce import reduce
from client_gui.games import SCENES
from client_gui.games.roulette.scene.view_of import RouletteViewMaker
from client_gui.games.roulette.view import Past, Phase, RouletteView
from client_gui.kit.words import LANGUAGES, Words, messages
from client_gui.shell.elsewhere import Elsewhere
from client_gui.shell.view import Line, Refusal, Role, TableRow
from client_gui.shell.view_of import TROUBLES
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, Result, SpotLimit, SpotTotal
from protocol.games.roulette.lists import Phase as Wire
from protocol.games.roulette.lists import WheelKind, Zero
from protocol.games.roulette.rules import DOUBLE, RED, ROULETTE, Group
from protocol.games.roulette.zero import PLAIN, Law
from protocol.house import door, talk
from protocol.house.fields import NO_DEADLINE, NO_SPOT
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat
from protocol.house.people import PlayerEntry, RosterChanged
from protocol.wire import Message
from server.requests.conversation import STORM
from tests.client.states import judged, listed

SHA = bytes(range(32))
ME, ANNA, VERA = 7, 8, 1


def introduced(shown: bool = True) -> door.HouseIntroduced:
    return door.HouseIntroduced(bytes(16), SHA, "House", False, shown, 500, (), False)


MET = rounds.TableIntroduced(
    bytes(16), SHA, "Table 1", 0, 10_000, (SpotLimit(Group.STRAIGHT, 1, 100),)
)


def shown(**changes: object) -> rounds.TableShown:
    table = rounds.TableShown(
        round_number=12, phase=Wire.BETTING, ms_left=20_000, auto_seconds=30, croupier=VERA,
        croupier_name="Вера", players=2, bets=2, staked=75,
        revision=3, balance=475, at_stake=25, totals=(SpotTotal(17, 75, 2),),
        own_bets=(Bet(17, 25),),
    )  # fmt: skip
    return replace(table, **changes)  # type: ignore[arg-type]  # names of its own fields


def roster(*people: tuple[int, str, Seat, Presence, int]) -> RosterChanged:
    rows = tuple(
        PlayerEntry(account, name, seat, presence, False, chips)
        for account, name, seat, presence, chips in people
    )
    return RosterChanged(2, 1, rows, True)


def at_table(*more: Message, now: float = 100.0) -> HouseState:
    state = HouseState()
    signed = door.SignedIn(1, ME, "Fedor", b"token", 500, 5)
    seat = door.SeatTaken(2, Seat.PLAYER)
    for said in (introduced(), signed, seat, MET, shown(), *more):
        state = reduce(state, said, now)
    return state


def see(state: HouseState, language: str = "en") -> RouletteView:
    return maker(language).see(state)


def maker(language: str = "en") -> RouletteViewMaker:
    made = RouletteViewMaker(Words(language))
    made.elsewhere = Elsewhere(lambda _: SCENES[ROULETTE].own_chips)
    return made


def settle(state: HouseState) -> HouseState:
    top = (Result(ANNA, "Анна", 1750), Result(ME, "Fedor", 875))
    said: tuple[Message, ...] = (
        rounds.BettingClosed(12, 3000),
        rounds.RoundSettled(12, 17, 0, 2, 75, 2700, top),
        rounds.PlayerSettled(12, 875, 1375, (Payout(17, 25, 900),)),
    )
    for each in said:
        state = reduce(state, each, 120.0)
    return state


def test_a_table_that_one_has_just_come_to() -> None:
    view = see(at_table())
    assert (view.role, view.phase, view.round, view.table) == (
        Role.PLAYER, Phase.BETTING, 12, "Table 1",
    )  # fmt: skip
    assert (view.deadline, view.phase_length, view.auto) == (120.0, 20.0, 30)
    assert (view.balance, dict(view.my_bets), view.at_stake) == (475, {17: 25}, 25)
    assert dict(view.totals) == {17: 75}
    assert view.limits == ((Group.STRAIGHT, 1, 100),)
    assert view.line is Line.UP
    assert view.may_bet


def test_the_tables_of_the_house_are_listed_where_there_are_several() -> None:
    state = at_table()
    assert see(state).hall == ()
    entries = (
        listed(0, "Table 1", True, 3, 1),
        listed(2, "", False, 0, 2),
        listed(3, "Cards", True, 1, 0, game=250),
    )
    state = replace(state, lobby={each.table: each for each in entries[::-1]})
    row = TableRow(0, "Table 1", "roulette", True, 3, 1, Role.PLAYER, here=True)
    assert see(state).hall == (
        row,
        TableRow(2, "№ 2", "roulette", False, 0, 2),
        TableRow(3, "Cards", "", True, 1, 0),
    )
    assert see(replace(state, lobby={0: entries[0]})).hall == ()
    there = replace(entries[1], name="Corner")
    state = replace(state, lobby={**state.lobby, 2: there}).at(2)
    state = state.with_table(seat=Seat.PLAYER, live=True)
    state = reduce(state, Judged(judged(3, "draw"), table=2), 0.0)
    away, corner, _ = see(state).hall
    assert (away.here, away.awaits) == (False, False)  # Chips lie there already.
    assert corner == TableRow(
        2, "Corner", "roulette", False, 0, 2, Role.PLAYER, here=True, awaits=True, fails=True
    )
    held = reduce(state, Judged(judged(4), table=2), 0.0)
    assert not see(held).hall[1].fails


def test_a_round_that_has_no_number_is_red_as_well() -> None:
    """It was voided behind its freeze, or nothing more is said of it."""
    state = reduce(settle(at_table()), Judged(judged(12)), 0.0)
    assert see(state).verified is True
    late = reduce(state, Judged(judged(13, "late"), "/there"), 0.0)
    assert (see(late).verified, see(late).proof) == (False, "/there")
    past = reduce(state, Judged(judged(11, "late"), "/there"), 0.0)
    assert see(past).verified is True
    assert see(reduce(at_table(), Judged(judged(12, "void")), 0.0)).verified is False


def test_what_one_won_at_other_tables_is_known() -> None:
    state = settle(at_table())
    assert see(state).elsewhere == 0
    assert see(state.at(2)).elsewhere == see(state).night.net == 875
    watching = state.with_table(seat=Seat.WATCHER)
    assert see(watching.at(2)).elsewhere == 0
    made = maker()
    made.see(state)
    assert made.see(state.at(2).without_table(0)).elsewhere == 875, "one has got up there"


def test_what_lies_at_other_tables_is_known_too() -> None:
    state = at_table()
    assert see(state).staked_elsewhere == 0
    laid = reduce(state, Sent(bets.PlaceBets(9, 12, (Bet(17, 5),))), 0.0)
    back = reduce(laid, Sent(bets.TakeBackBets(10, 12, (Bet(17, 25),))), 0.0)
    assert [see(each.at(2)).staked_elsewhere for each in (state, laid, back)] == [25, 30, 25]
    watching = state.with_table(seat=Seat.WATCHER)
    assert see(watching.at(2)).staked_elsewhere == 0


def test_the_rules_of_the_table_are_those_of_the_view() -> None:
    assert see(at_table()).law == PLAIN
    law = Law(WheelKind.DOUBLE, Zero.SURRENDER)
    table = roulette(at_table()).introduced
    assert table is not None
    other = replace(table, wheel=law.wheel, zero=law.zero)
    view = see(settle(reduce(at_table(), other, 100.0)))
    assert (view.law, view.wheel, view.numbers.wheel) == (law, DOUBLE, DOUBLE)
    assert view.outcome is not None
    assert view.outcome.zero is Zero.SURRENDER


def test_before_the_table_was_shown_nothing_is_known() -> None:
    view = see(reduce(HouseState(), introduced(), 0.0))
    assert view.phase is Phase.WAITING
    assert view.line is Line.CONNECTING


def test_chips_under_way_are_pending_until_they_are_answered() -> None:
    request = bets.PlaceBets(9, 12, (Bet(17, 5), Bet(RED, 10)))
    state = reduce(at_table(), Sent(request), 101.0)
    view = see(state)
    assert (dict(view.my_bets), dict(view.pending)) == ({17: 25}, {17: 5, RED: 10})
    assert view.at_stake == 40
    state = reduce(state, bets.BetsPlaced(9, 12, 460, 40), 101.1)
    view = see(state)
    assert (dict(view.my_bets), dict(view.pending)) == ({17: 30, RED: 10}, {})


def test_chips_being_taken_back_are_under_way_too() -> None:
    state = reduce(at_table(), Sent(bets.TakeBackBets(9, 12, (Bet(17, 10),))), 101.0)
    view = see(state)
    assert (dict(view.my_bets), dict(view.pending)) == ({17: 15}, {17: 10})
    assert view.at_stake == 25


def test_a_settled_round_is_an_outcome() -> None:
    view = see(settle(at_table()))
    outcome = view.outcome
    assert outcome is not None
    assert (outcome.round, outcome.pocket, outcome.net, outcome.house) == (12, 17, 875, -2625)
    assert outcome.nets == (("Анна", 1750), ("Fedor", 875))
    assert outcome.won == {17: 900}
    assert view.balance == 1375
    assert view.results == (17,)
    assert view.numbers.counts[17] == 1
    assert view.night.nets == (875,)
    assert view.history == (Past(12, 17, 875),)


def test_the_outcome_stays_when_the_next_round_opens() -> None:
    state = settle(at_table())
    view = see(reduce(state, rounds.RoundOpened(13, NO_DEADLINE), 121.0))
    assert view.round == 13
    assert view.outcome is not None
    assert view.outcome.round == 12
    assert view.deadline is None
    assert view.phase_length == 0


def test_my_bets_come_first_and_everybody_else_by_size() -> None:
    rows = (PlacedBet(ANNA, 17, 50), PlacedBet(ANNA, 3, 90), PlacedBet(ME, 17, 25))
    totals = (SpotTotal(17, 75, 2), SpotTotal(3, 90, 1))
    named = roster((ANNA, "Анна", Seat.PLAYER, Presence.HERE, 400))
    changed = bets.BetsChanged(12, 4, 2, 3, 165, totals, rows, True)
    view = see(at_table(named, changed))
    assert [(bet.name, bet.spot, bet.amount, bet.mine) for bet in view.bets] == [
        ("Fedor", 17, 25, True), ("Анна", 3, 90, False), ("Анна", 17, 50, False),
    ]  # fmt: skip
    assert (view.bet_count, view.bettors) == (3, 2)


def test_the_croupier_is_first_and_who_lost_the_line_is_away() -> None:
    view = see(
        at_table(
            roster(
                (ME, "Fedor", Seat.PLAYER, Presence.HERE, 475),
                (ANNA, "Анна", Seat.PLAYER, Presence.CUT_OFF, 400),
                (VERA, "Вера", Seat.CROUPIER, Presence.HERE, 0),
                (9, "Оля", Seat.WATCHER, Presence.AWAY, 0),
            )
        )
    )
    assert [(p.name, p.role, p.online, p.me) for p in view.people] == [
        ("Вера", Role.CROUPIER, True, False),
        ("Fedor", Role.PLAYER, True, True),
        ("Анна", Role.PLAYER, False, False),
        ("Оля", Role.WATCHER, True, False),
    ]
    assert view.people[2].balance == 400
    assert view.online == 3


def test_where_the_house_hides_chips_only_ones_own_are_shown() -> None:
    state = reduce(at_table(), introduced(False), 100.0)
    people = (
        (ME, "Fedor", Seat.PLAYER, Presence.HERE, 0),
        (ANNA, "A", Seat.PLAYER, Presence.HERE, 0),
    )
    view = see(reduce(state, roster(*people), 100.0))
    assert [p.balance for p in view.people] == [475, None]


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(reason: Reason, language: str) -> None:
    request = bets.PlaceBets(9, 12, (Bet(17, 5),))
    state = reduce(at_table(), Sent(request), 101.0)
    state = reduce(state, door.Refused(9, reason, NO_SPOT, 40, "because"), 101.1)
    refusal = see(state).refusal
    assert refusal is not None
    values = dict(refusal.values)
    assert Words(language)(refusal.key, **values)
    assert refusal.place == 17


def refused(reason: Reason, *, classic: bool) -> Refusal:
    state = reduce(replace(at_table(), classic=classic), Sent(PLACED), 101.0)
    refusal = see(reduce(state, door.Refused(9, reason, NO_SPOT, 40, ""), 101.1)).refusal
    assert refusal is not None
    return refusal


PLACED = bets.PlaceBets(9, 12, (Bet(17, 5),))


def test_classic_says_in_its_own_way_what_it_refuses() -> None:
    once = Reason.OVER_TABLE_MOST
    assert refused(once, classic=True).key == "note.classic_once"
    assert refused(once, classic=False).key == "note.limit_table"
    few = Reason.NOT_ENOUGH_CHIPS
    assert refused(few, classic=True).values == (("n", at_table().balance),)
    assert refused(few, classic=False).values == (("n", 40),)


def test_a_wish_without_a_line_is_said_to_have_gone_nowhere() -> None:
    state = reduce(at_table(), Unsent(desk.StartSpin(9, 12)), 101.0)
    refusal = see(state).refusal
    assert refusal is not None
    assert refusal.key == "note.no_line"


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_and_notices_are_said_in_the_windows_language(language: str) -> None:
    calls = [talk.Announced(0, VERA, phrase, "own words") for phrase in Phrase]
    notices = [talk.Noticed(0, ANNA, "Анна", notice, "why") for notice in Notice]
    said = see(at_table(*calls, *notices), language).messages
    assert len(said) == len(Phrase) + len(Notice)
    assert said[0].text == "own words"
    assert said[1].text == messages(language)["phrase.place_your_bets"]
    assert all("Анна" in line.text or line.text == "why" for line in said[len(Phrase) :])
    assert all(line.house for line in said[len(Phrase) :])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_house_gives_its_reasons_in_the_windows_language(language: str) -> None:
    muted = talk.Noticed(0, ANNA, "Анна", Notice.MUTED, STORM)
    said = see(at_table(muted), language).messages[-1].text
    assert said.endswith(messages(language)["house.storm"])  # type: ignore[arg-type] # a plain one
    assert STORM not in said


def test_a_call_from_beyond_the_calendar_has_no_time() -> None:
    late = [talk.Announced(at, VERA, Phrase.OTHER, "words") for at in (2**63, 2**64 - 1)]
    assert [line.clock for line in see(at_table(*late)).messages] == ["", ""]


@pytest.mark.parametrize("farewell", [None, *Farewell])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_of_the_line_has_words(farewell: Farewell | None, language: str) -> None:
    state = reduce(at_table(), LinkGone(Trouble.FAREWELL, farewell), 130.0)
    view = see(state)
    assert view.line is Line.ENDED
    assert Words(language)(f"ended.{view.why_lost}")


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_words(trouble: Trouble, language: str) -> None:
    view = see(reduce(at_table(), LinkGone(trouble), 130.0))
    assert Words(language)(f"ended.{view.why_lost}")
    plain = trouble not in TROUBLES
    assert (view.why_lost == "gone") is plain


def test_a_lost_line_says_when_it_is_tried_again_and_keeps_the_chips() -> None:
    view = see(reduce(at_table(), LinkLost(Trouble.CUT, 108.0), 104.0))
    assert (view.line, view.retry_at) == (Line.LOST, 108.0)
    assert dict(view.my_bets) == {17: 25}
    assert not view.may_bet


def test_a_quiet_line_shows_a_latency_that_stands_still() -> None:
    view_maker = RouletteViewMaker(Words("en"))
    state = at_table()
    seen = {
        view_maker.see(reduce(state, Measured(ms / 1000), 1.0)).latency for ms in (0.2, 2.0, 9.0)
    }
    assert seen == {1}
    assert view_maker.see(reduce(state, Measured(0.140), 1.0)).latency == 140
    assert view_maker.see(reduce(state, Measured(0.100), 1.0)).latency == 140
    assert view_maker.see(reduce(state, Measured(0.030), 1.0)).latency == 30


def test_what_did_not_change_is_the_same_thing() -> None:
    view_maker = RouletteViewMaker(Words("en"))
    state = at_table(roster((ANNA, "Анна", Seat.PLAYER, Presence.HERE, 400)))
    one, other = view_maker.see(state), view_maker.see(reduce(state, Measured(0.5), 1.0))
    assert one.people is other.people
    assert one.bets is other.bets
    assert one.totals is other.totals
    assert one.messages is other.messages


def test_a_watcher_has_no_bets_and_no_balance() -> None:
    state = reduce(at_table(), door.SeatTaken(3, Seat.WATCHER), 100.0)
    view = see(state)
    assert (view.role, view.balance, dict(view.my_bets)) == (Role.WATCHER, None, {})
