"""The reducer, sentence by sentence."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.state import pending_chips, roulette, spot_of
from client.house import events
from client.house.bounds import LINES_KEPT, REFUSALS_KEPT, VERDICTS_KEPT
from client.house.events import Local, Trouble
from client.house.state import HouseState, Kind, Line, Session, Talk
from client.reduce import reduce
from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, SpotTotal
from protocol.games.roulette.lists import Phase, RoundState
from protocol.house import door, talk
from protocol.house.fields import NO_DEADLINE, NO_SPOT
from protocol.house.lists import Farewell, Notice, Phrase, Presence, Reason, Seat, SessionEnd
from protocol.house.people import (
    ChipsGranted,
    ListPlayers,
    PlayerEntry,
    PlayersListed,
    RosterChanged,
)
from protocol.messages import FROM_SERVER
from protocol.wire import Message
from tests.client.states import flat, over
from tests.protocol.strategies import strategy

ME = 5
HASH = bytes(32)


def after(state: HouseState, *said: Message | Local, now: float = 100.0) -> HouseState:
    for each in said:
        state = reduce(state, each, now)
    return state


def shown(number: int = 1, own: tuple[Bet, ...] = (), count: int = 0) -> rounds.TableShown:
    return rounds.TableShown(
        number,
        Phase.BETTING,
        NO_DEADLINE,
        auto_seconds=0,
        croupier=9,
        croupier_name="Zoe",
        seed_before=HASH,
        freeze=HASH,
        players=0,
        bets=count,
        staked=0,
        revision=0,
        balance=500,
        at_stake=0,
        totals=(),
        own_bets=own,
    )


SEATED = after(
    HouseState(),
    events.Connecting("here", 1234),
    door.SignedIn(1, ME, "Ann", b"t", 500, 1),
    door.SeatTaken(2, Seat.PLAYER),
    shown(),
)


def lay(number: int, *row: Bet, round_number: int = 1) -> events.Sent:
    return events.Sent(bets.PlaceBets(number, round_number, row))


def changed(revision: int, *latest: PlacedBet, complete: bool = True) -> bets.BetsChanged:
    return bets.BetsChanged(1, revision, 1, len(latest), 1, (), latest, complete)


def settled(number: int = 1, pocket: int = 7) -> rounds.RoundSettled:
    return rounds.RoundSettled(number, pocket, 1000, HASH, 1, 10, 0, (), ())


def paid(number: int = 1, net: int = -10, balance: int = 490) -> rounds.PlayerSettled:
    return rounds.PlayerSettled(number, net, balance, (Payout(3, 10, 0),))


def entry(account: int, name: str, presence: Presence = Presence.HERE) -> PlayerEntry:
    return PlayerEntry(account, name, Seat.PLAYER, presence, muted=False, balance=1)


def test_sitting_down_shows_the_table() -> None:
    assert SEATED.live
    assert (SEATED.account, SEATED.table.seat, SEATED.balance) == (ME, Seat.PLAYER, 500)
    assert SEATED.name_of(9) == "Zoe"
    assert SEATED.name_of(77) == "№ 77"


def test_deadlines_are_told_on_ones_own_clock() -> None:
    state = after(SEATED, rounds.RoundOpened(2, 1500, HASH), now=10.0)
    assert (roulette(state).deadline, roulette(state).phase_since) == (11.5, 10.0)
    state = after(state, rounds.DeadlineMoved(2, 500), now=10.5)
    assert (roulette(state).deadline, roulette(state).phase_since) == (11.0, 10.0)
    state = after(state, rounds.DeadlineMoved(1, 5))
    assert roulette(state).deadline == 11.0
    assert roulette(after(SEATED, rounds.RoundOpened(2, NO_DEADLINE, HASH))).deadline is None


def test_the_phases_follow_each_other() -> None:
    state, phases = SEATED, []
    for said in (
        rounds.BettingClosed(1, 3000, HASH, HASH, ()),
        rounds.WheelStarted(1, 3000),
        settled(),
        rounds.RoundOpened(2, 1000, HASH),
    ):
        state = after(state, said)
        phases.append(roulette(state).round.phase)
    assert phases == [Phase.CLOSED, Phase.SPINNING, Phase.SETTLED, Phase.BETTING]


def test_what_is_said_of_a_round_that_is_gone_changes_nothing_of_this_one() -> None:
    state = after(SEATED, rounds.RoundOpened(2, 1000, HASH), rounds.RoundOpened(3, 1000, HASH))
    for said in (
        rounds.BettingClosed(1, 1, HASH, HASH, ()),
        rounds.WheelStarted(1, 1),
        changed(9, PlacedBet(1, 1, 1)),
    ):
        assert after(state, said) == state


def test_own_result_and_the_rounds_may_come_in_either_order() -> None:
    placed = after(SEATED, lay(3, Bet(3, 10)), bets.BetsPlaced(3, 1, 490, 10))
    one = after(placed, settled(), paid(), rounds.RoundOpened(2, 0, HASH))
    other = after(placed, paid(), settled(), rounds.RoundOpened(2, 0, HASH))
    late = after(placed, settled(), rounds.RoundOpened(2, 0, HASH), paid())
    assert one == other == late
    assert [each.round_number for each in roulette(one).own_rounds] == [1]
    assert (over(one).net, over(one).pocket, one.balance) == (-10, 7, 490)


def test_the_strip_counts_every_number_once() -> None:
    state = after(SEATED, settled(1, 7), settled(1, 7), settled(2, 8))
    assert roulette(state).statistics.pockets == (8, 7)
    listed = records.ResultsListed(1, 1, 1, 0, 0, (7,))
    assert roulette(after(state, listed)).statistics.pockets == (8, 7)
    listed = records.ResultsListed(1, 5, 5, 0, 0, (5, 4, 3, 2, 1))
    assert roulette(after(state, listed)).statistics.pockets == (5, 4, 3, 2, 1)


def test_a_bet_asked_again_counts_once() -> None:
    sent = after(SEATED, lay(3, Bet(17, 25)))
    lost = after(sent, events.LinkLost(Trouble.CUT, 101.0))
    assert pending_chips(lost) == {17: 25}
    back = after(lost, shown(own=(Bet(17, 25),), count=1), events.AskedAgain(3))
    assert not roulette(back).round.own_known
    answered = after(back, bets.BetsPlaced(3, 1, 475, 25))
    assert roulette(answered).round.own == {17: 25}
    assert roulette(after(answered, shown(own=(Bet(17, 25),), count=1))).round.own_known


def test_only_bets_outlive_a_lost_line() -> None:
    sent = after(
        SEATED,
        lay(3, Bet(17, 25)),
        events.Sent(talk.Say(4, "hello")),
        events.Sent(ListPlayers(5, 0), by_itself=True),
    )
    lost = after(sent, events.LinkLost(Trouble.CUT, 101.0))
    assert lost.pending.keys() == {3}
    assert [type(each.request) for each in lost.refusals] == [talk.Say]
    assert lost.refusals[0].reason is None
    assert (lost.status.line, lost.status.retry_at) == (Line.LOST, 101.0)
    gone = after(sent, events.LinkGone(Trouble.FAREWELL, Farewell.KICKED, "bye"))
    assert gone.pending == {}
    assert (gone.status.farewell, gone.status.words) == (Farewell.KICKED, "bye")


def test_what_the_client_asked_for_by_itself_is_refused_in_silence() -> None:
    sent = after(SEATED, events.Sent(ListPlayers(5, 0), by_itself=True))
    state = after(sent, door.Refused(5, Reason.NOT_SERVED, NO_SPOT, 0, ""))
    assert (state.refusals, state.pending) == ((), {})


def test_refusals_tell_where_and_are_told_apart() -> None:
    refused = door.Refused(3, Reason.OVER_MOST, 17, 50, "too much")
    state = after(SEATED, lay(3, Bet(17, 99)), refused, lay(4, Bet(17, 99)))
    state = after(state, replace(refused, number=4))
    first, second = state.refusals
    assert (first.spot, first.figure, first.reason) == (17, 50, Reason.OVER_MOST)
    assert first.serial != second.serial
    many = after(state, *(refused for _ in range(50)))
    assert len(many.refusals) == REFUSALS_KEPT


def test_a_bet_that_was_asked_again_and_is_refused_is_told_as_well() -> None:
    refused = door.Refused(3, Reason.BETTING_CLOSED, NO_SPOT, 0, "no more bets")
    sent = after(SEATED, lay(3, Bet(17, 25)))
    for state in (sent, after(sent, events.AskedAgain(3))):
        told = after(state, refused)
        assert told.pending == {}
        assert [(each.reason, each.request) for each in told.refusals] == [
            (Reason.BETTING_CLOSED, bets.PlaceBets(3, 1, (Bet(17, 25),)))
        ]


def test_a_refusal_about_a_spot_that_is_none_names_no_spot() -> None:
    state = reduce(SEATED, door.Refused(0, Reason.OVER_MOST, 200, 5, "no"), 5.0)
    assert spot_of(state.refusals[-1]) is None


def test_taking_back_everything_is_pending_as_everything() -> None:
    state = after(SEATED, lay(3, Bet(17, 25), Bet(0, 5)), bets.BetsPlaced(3, 1, 470, 30))
    state = after(state, events.Sent(bets.TakeBackBets(4, 1, ())))
    assert pending_chips(state) == {17: -25, 0: -5}
    laid = after(state, events.Sent(bets.PlaceBets(9, roulette(state).round.number, ())))
    assert pending_chips(laid) == {17: -25, 0: -5}, "no chips are none, and not all"
    state = after(state, bets.BetsTakenBack(4, 1, 500, 0))
    assert (roulette(state).round.own, roulette(state).round.bets, state.balance) == ({}, {}, 500)


def test_a_broadcast_that_left_some_out_is_known_to_be_incomplete() -> None:
    state = after(SEATED, changed(1, PlacedBet(7, 3, 5)))
    assert roulette(state).round.bets_known
    state = after(state, changed(2, PlacedBet(8, 3, 5), complete=False))
    assert not roulette(state).round.bets_known
    assert roulette(state).round.bets == {(7, 3): 5, (8, 3): 5}
    assert (
        roulette(after(state, changed(1, PlacedBet(7, 3, 999)))).round.bets
        == roulette(state).round.bets
    )


def test_pages_of_bets_replace_what_they_cover() -> None:
    state = after(SEATED, changed(1, *(PlacedBet(who, 1, 5) for who in (1, 2, 3, 4))))
    asked = after(state, events.Sent(bets.ListBets(8, 1, 0, 0)))
    first = bets.BetsListed(8, 1, 1, (PlacedBet(1, 1, 6), PlacedBet(3, 1, 7)), more=True)
    state = after(asked, first)
    assert roulette(state).round.bets == {(1, 1): 6, (3, 1): 7, (4, 1): 5}
    state = after(state, events.Sent(bets.ListBets(9, 1, 3, 1)))
    state = after(state, bets.BetsListed(9, 1, 1, (PlacedBet(5, 2, 1),), more=False))
    assert roulette(state).round.bets == {(1, 1): 6, (3, 1): 7, (5, 2): 1}


def test_totals_are_what_the_table_says() -> None:
    said = replace(changed(1), totals=(SpotTotal(3, 40, 2), SpotTotal(4, 1, 1)))
    state = after(SEATED, said)
    state = after(state, replace(changed(2), totals=(SpotTotal(3, 0, 0),)))
    assert {spot: total.chips for spot, total in roulette(state).round.totals.items()} == {4: 1}


def test_a_voided_round_leaves_no_chips() -> None:
    state = after(SEATED, lay(3, Bet(17, 25)), bets.BetsPlaced(3, 1, 475, 25))
    state = after(state, rounds.RoundVoided(1, HASH, "a fly on the wheel"))
    assert (
        roulette(state).round.own,
        roulette(state).round.bets,
        roulette(state).round.totals,
    ) == ({}, {}, {})
    assert roulette(state).round.voided == "a fly on the wheel"


def test_a_notice_of_a_lost_line_is_believed_before_the_roster_says_so() -> None:
    there = after(SEATED, RosterChanged(2, 0, (entry(7, "Bob"),), complete=True))
    for notice, presence in (
        (Notice.CUT_OFF, Presence.CUT_OFF),
        (Notice.RESUMED, Presence.HERE),
        (Notice.MUTED, Presence.HERE),
        (Notice.AWAY, Presence.AWAY),
        (Notice.BACK, Presence.HERE),
    ):
        there = after(there, talk.Noticed(1, 7, "Bob", notice, ""))
        assert there.table.roster[7].presence is presence
    stranger = after(there, talk.Noticed(1, 8, "Eve", Notice.CUT_OFF, ""))
    assert stranger.table.roster == there.table.roster


def test_the_roster_follows_who_comes_and_goes() -> None:
    state = after(SEATED, events.Sent(ListPlayers(8, 0)))
    listed = (entry(1, "A"), entry(2, "B"), entry(3, "C", Presence.GONE))
    state = after(state, PlayersListed(8, listed, more=False))
    assert (list(state.table.roster), state.name_of(3)) == ([1, 2], "C")
    assert state.table.roster_known
    gone = RosterChanged(
        1, 3, (entry(1, "A", Presence.GONE), entry(3, "C", Presence.AWAY)), complete=True
    )
    state = after(state, gone)
    assert {account: each.name for account, each in state.table.roster.items()} == {2: "B", 3: "C"}
    assert (state.table.seated, state.table.watching, state.name_of(1)) == (1, 3, "A")
    assert not after(state, replace(gone, complete=False)).table.roster_known


def test_another_house_at_the_old_address_starts_anew() -> None:
    house = door.HouseIntroduced(b"a" * 16, HASH, "One", False, True, 500, (), False)
    state = after(SEATED, house)
    state = after(state, lay(3, Bet(17, 25)))
    assert roulette(after(state, house)).round == roulette(state).round
    other = after(state, replace(house, house=b"b" * 16))
    assert (roulette(other).round.number, other.pending, other.account) == (0, {}, 0)
    assert other.status.line is Line.DOOR


def test_of_another_table_nothing_is_known_but_who_one_is_and_what_one_asked() -> None:
    table = rounds.TableIntroduced(b"a" * 16, HASH, "One", 30, 10_000, ())
    state = after(SEATED, table, lay(3, Bet(17, 25)))
    assert after(state, table) == state
    other = after(state, replace(table, draw=b"b" * 16, auto_seconds=0))
    assert (roulette(other).round.number, other.table.roster, roulette(other).auto) == (0, {}, 0)
    kept = ("status", "account", "name", "seat", "balance", "pending", "lines", "names")
    assert [flat(other)[name] for name in kept] == [flat(state)[name] for name in kept]


def test_what_is_said_is_kept_in_order() -> None:
    state = after(
        SEATED,
        talk.Said(1000, 7, "Bob", "hi"),
        talk.SaidPrivately(2000, 7, "Bob", in_session=False, line="psst"),
        talk.Announced(3000, 9, Phrase.LAST_CALL, ""),
        talk.Noticed(4000, 7, "Bob", Notice.AWAY, ""),
        events.Sent(talk.SayPrivately(8, 7, in_session=True, line="what?"), at=5000),
        door.Done(8),
    )
    assert [(line.kind, line.name, line.text) for line in state.heard] == [
        (Kind.SAID, "Bob", "hi"),
        (Kind.WHISPERED, "Bob", "psst"),
        (Kind.ANNOUNCED, "Zoe", ""),
        (Kind.NOTICED, "Bob", ""),
        (Kind.IN_SESSION, "Ann", "what?"),
    ]
    assert state.heard[-1].to == 7
    assert state.heard[-1].at == 5000
    assert [line.serial for line in state.heard] == sorted({line.serial for line in state.heard})
    many = after(state, *(talk.Said(9, 7, "Bob", str(n)) for n in range(LINES_KEPT + 10)))
    assert [line.text for line in many.heard[:2]] == ["psst", "what?"]
    assert len(many.heard) == LINES_KEPT + 2


def test_what_was_said_before_is_added_once() -> None:
    listed = talk.TalkListed(8, (talk.TalkLine(1000, 7, "Bob", "hi"),))
    state = after(SEATED, talk.Said(1000, 7, "Bob", "hi"), listed, listed)
    assert len(state.heard) == 1
    assert len(after(SEATED, listed).heard) == 1


def test_private_sessions_begin_and_end() -> None:
    asked = after(SEATED, events.Sent(talk.AskSession(8, 7)), door.Done(8))
    assert asked.sessions == {7: Session("№ 7", Talk.ASKED)}
    opened = after(asked, talk.SessionStarted(7, "Bob"))
    assert opened.sessions == {7: Session("Bob", Talk.OPEN)}
    ended = after(opened, talk.SessionEnded(7, "Bob", SessionEnd.LEFT))
    assert ended.sessions == {}
    assert ended.heard[-1].ended is SessionEnd.LEFT
    asks = after(SEATED, talk.SessionAsked(7, "Bob"))
    assert asks.sessions == {7: Session("Bob", Talk.ASKS)}
    assert after(opened, events.LinkLost(Trouble.CUT, 1.0)).sessions == {}


def test_the_croupiers_seat_changes_hands() -> None:
    assert SEATED.table.croupier == 9
    left = after(SEATED, talk.Noticed(1, 9, "Zoe", Notice.CROUPIER_LEFT, ""))
    assert left.table.croupier == 0
    came = after(left, talk.Noticed(1, 7, "Bob", Notice.CROUPIER_CAME, ""))
    assert (came.table.croupier, came.table.croupier_name) == (7, "Bob")


def test_verdicts_and_orders_and_small_things_are_shown() -> None:
    state = after(
        SEATED,
        events.Judged(Verdict(1, None)),
        events.Judged(Verdict(2, None), saved="there"),
        events.Measured(0.02),
        rounds.AutoChanged(45),
        ChipsGranted(500, 900),
        events.Unsent(desk.StartSpin(0, 1)),
        events.Sent(door.LeaveSeat(9)),
        door.Done(9),
    )
    assert (list(state.table.verdicts), state.table.saved) == ([1, 2], {2: "there"})
    assert (state.status.latency, roulette(state).auto, state.balance) == (0.02, 45, 900)
    assert state.refusals[-1].reason is None
    assert state.table.seat is Seat.NONE
    many = after(state, *(events.Judged(Verdict(number, None)) for number in range(100)))
    assert len(many.table.verdicts) == VERDICTS_KEPT


def test_rounds_of_the_past_are_kept_newest_first_and_once() -> None:
    def past(number: int) -> records.OwnRoundEntry:
        return records.OwnRoundEntry(number, RoundState.SETTLED, 1, 2, 3, ())

    state = after(SEATED, records.OwnRoundsListed(1, (past(8), past(7)), more=True))
    state = after(state, records.OwnRoundsListed(2, (past(7), past(6)), more=False))
    assert [each.round_number for each in roulette(state).own_rounds] == [8, 7, 6]
    assert not roulette(state).own_rounds_more
    row = records.RoundEntry(4, RoundState.VOID, 0, 1, 2, 3, 4)
    state = after(state, records.RoundsListed(3, (row,), more=True))
    assert (roulette(state).rounds, roulette(state).rounds_more) == ((row,), True)


def test_another_account_asks_for_nothing_that_the_one_before_did() -> None:
    state = after(SEATED, lay(3, Bet(17, 25)))
    assert after(state, door.SignedIn(9, ME, "Ann", b"", 500, 1)).pending
    assert not after(state, door.SignedIn(9, ME + 1, "Bob", b"", 500, 1)).pending


SMALL = st.integers(0, 3)
REQUESTS = st.one_of(
    st.builds(
        bets.PlaceBets, SMALL, SMALL, st.lists(st.builds(Bet, SMALL, SMALL), max_size=3).map(tuple)
    ),
    st.builds(
        bets.TakeBackBets,
        SMALL,
        SMALL,
        st.lists(st.builds(Bet, SMALL, SMALL), max_size=3).map(tuple),
    ),
    st.builds(bets.ListBets, SMALL, SMALL, SMALL, SMALL),
    st.builds(ListPlayers, SMALL, SMALL),
    st.builds(talk.SayPrivately, SMALL, SMALL, st.booleans(), st.text(max_size=3)),
    st.builds(talk.AskSession, SMALL, SMALL),
    st.builds(door.LeaveSeat, SMALL),
)
LOCAL = st.one_of(
    st.builds(events.Sent, REQUESTS, SMALL, st.booleans()),
    st.builds(events.AskedAgain, SMALL),
    st.builds(events.Unsent, REQUESTS),
    st.builds(events.LinkLost, st.sampled_from(Trouble), st.floats(0, 1)),
    st.builds(events.LinkGone, st.sampled_from(Trouble)),
    st.builds(events.Connecting, st.just("here"), SMALL),
    st.builds(events.Judged, st.builds(Verdict, SMALL, st.none())),
    st.just(events.LinkUp()),
)


def _near(said: Message) -> st.SearchStrategy[Message]:
    """The same, about few rounds, requests and accounts, so that messages meet each other."""
    names = [
        name for name in ("number", "round_number", "account", "revision") if hasattr(said, name)
    ]
    return st.fixed_dictionaries(dict.fromkeys(names, SMALL)).map(
        lambda changes: replace(said, **changes)
    )


SAID = st.one_of(*(strategy(each.LAYOUT) for each in FROM_SERVER.values())).flatmap(_near)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(SAID, LOCAL), max_size=30))
def test_no_order_of_messages_raises_or_makes_chips_of_nothing(
    said: list[Message | Local],
) -> None:
    state = SEATED
    for now, each in enumerate(said):
        state = reduce(state, each, float(now))
        assert all(chips > 0 for chips in roulette(state).round.own.values())
        assert all(chips > 0 for chips in roulette(state).round.bets.values())
        assert isinstance(pending_chips(state), dict)
        assert len(state.heard) <= 2 * LINES_KEPT
