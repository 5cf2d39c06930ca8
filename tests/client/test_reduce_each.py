"""What each message changes of what is known, and that it changes nothing else."""

from dataclasses import replace

import pytest

from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.state import Statistics, roulette
from client.house import bounds, events
from client.house.events import Trouble
from client.house.state import HouseState, Line, Pending, Refusal, Session, Status, TableState, Talk
from client.reduce import SHOWN_WHEN_LOST, reduce
from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.rules import SPOTS
from protocol.house import door, talk
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Farewell, Presence, Reason, Seat
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
from protocol.wire import Message
from tests.client.known import (
    EARLIER,
    HOUSE,
    KNOWN,
    LAID,
    LIST,
    ME,
    NOW,
    SAID,
    SIT,
    SPIN,
    TABLE,
    TAKEN,
    A,
    asked,
    changes,
    entry,
    past,
)
from tests.client.states import changed, listed

# --- the line -------------------------------------------------------------------------------------


def test_a_line_that_is_made_keeps_what_was_measured() -> None:
    said = events.Connecting("here", 1)
    assert changes(KNOWN, said) == {"status": Status(Line.CONNECTING, latency=0.02)}
    assert changes(KNOWN, events.Measured(0.5)) == {"status": Status(Line.LIVE, latency=0.5)}
    lost = Status(Line.LOST, Trouble.CUT, Farewell.KICKED, "words", 9.0, 0.1)
    measured = changes(replace(KNOWN, status=lost), events.Measured(0.5))
    assert measured == {"status": replace(lost, latency=0.5)}


def test_a_line_that_is_gone_says_why() -> None:
    lost = events.LinkLost(Trouble.CUT, 9.0, Farewell.KICKED, "words")
    status = Status(Line.LOST, Trouble.CUT, Farewell.KICKED, "words", 9.0)
    assert changes(KNOWN, lost) == {"status": status, "live": False}
    gone = events.LinkGone(Trouble.CUT, Farewell.KICKED, "words")
    assert changes(KNOWN, gone) == {
        "status": Status(Line.GONE, Trouble.CUT, Farewell.KICKED, "words"),
        "live": False,
    }


def test_of_what_nobody_answered_bets_wait_and_what_a_person_did_is_told() -> None:
    before = asked(LAID, TAKEN, SAID, SPIN, LIST, SIT)
    again = {number: replace(each, again=True) for number, each in before.pending.items()}
    lost = changes(replace(before, pending=again), events.LinkLost(Trouble.CUT, 9.0))
    del lost["status"], lost["live"]
    assert lost == {
        "pending": {1: Pending(LAID, 1.0, 2), 2: Pending(TAKEN, 1.0, 2)},
        "refusals": (Refusal(SAID, None, serial=11), Refusal(SPIN, None, serial=12)),
        "serial": 12,
    }
    gone = changes(before, events.LinkGone(Trouble.CUT))
    assert gone["pending"] == {}
    assert [each.request for each in gone["refusals"]] == [LAID, TAKEN, SAID, SPIN]
    assert all(each.reason is None for each in gone["refusals"])


def test_all_that_is_done_at_the_desk_or_said_is_told_if_it_was_lost() -> None:
    told = set(SHOWN_WHEN_LOST)
    assert told >= {desk.StartSpin, desk.CloseBetting, desk.VoidRound, desk.SetAuto}
    assert told >= {Announce, HandOver, MutePlayer, WarnPlayer}
    assert told >= {bets.PlaceBets, bets.TakeBackBets, talk.Say, talk.SayPrivately}
    assert told >= {talk.AskSession, talk.AnswerSession, talk.EndSession, KickPlayer}
    assert told.isdisjoint({ListPlayers, door.SignIn, bets.ListBets, rounds.CommitSecret})
    assert all(isinstance(each, type) and issubclass(each, Message) for each in told)


def test_a_request_is_pending_from_now_on() -> None:
    assert changes(KNOWN, events.Sent(SAID, 77, by_itself=True)) == {
        "pending": {3: Pending(SAID, NOW, 77, by_itself=True)}
    }
    two = changes(asked(LIST), events.Sent(SIT, 77))
    assert two == {
        "pending": {5: Pending(LIST, 1.0, 2), 6: Pending(SIT, NOW, 77)},
        "wished": Seat.PLAYER,
    }


def test_what_is_asked_again_makes_ones_own_chips_uncertain() -> None:
    before = asked(LAID, TAKEN)
    assert changes(before, events.AskedAgain(99)) == {}
    assert changes(before, events.AskedAgain(2)) == {
        "pending": {1: Pending(LAID, 1.0, 2), 2: Pending(TAKEN, 1.0, 2, again=True)},
        "round": replace(roulette(KNOWN).round, own_known=False),
    }


def test_what_could_not_be_sent_is_refused() -> None:
    assert changes(KNOWN, events.Unsent(SPIN)) == {
        "refusals": (Refusal(SPIN, None, serial=11),),
        "serial": 11,
    }


def test_what_was_remembered_gives_way_to_what_was_heard() -> None:
    said = events.Remembered((past(4), past(3), past(2)))
    assert changes(KNOWN, said) == {"own_rounds": (past(4), EARLIER, past(2))}


def test_so_many_rounds_are_kept_and_the_newest_of_them() -> None:
    many = tuple(past(number) for number in range(10, bounds.ROUNDS_KEPT + 20))
    kept = changes(KNOWN, events.Remembered(many))["own_rounds"]
    assert [each.round_number for each in kept] == [*range(bounds.ROUNDS_KEPT + 19, 19, -1)]


def test_so_many_verdicts_are_kept_and_their_evidence_with_them() -> None:
    state = KNOWN
    numbers = [*range(2, bounds.VERDICTS_KEPT + 2), 1]  # The oldest may be asked for at the end.
    for number in numbers[:-1]:
        saved = "there" if number in (2, 3) else ""
        state = reduce(state, events.Judged(Verdict(number, None), saved), NOW)
    assert list(state.table.verdicts) == numbers[:-1]
    assert state.table.saved == {2: "there", 3: "there"}
    assert reduce(state, events.Judged(Verdict(1, None), "one"), NOW) == state
    newer = changes(state, events.Judged(Verdict(90, None), "new"))
    assert list(newer["verdicts"]) == [*numbers[1:-1], 90]
    assert newer["saved"] == {3: "there", 90: "new"}
    assert newer.keys() == {"verdicts", "saved"}
    unsaved = changes(state, events.Judged(Verdict(3, None)))
    assert unsaved == {}


# --- the door -------------------------------------------------------------------------------------


def test_a_house_that_introduces_itself_is_the_one_that_is_known() -> None:
    met = {"status": Status(Line.DOOR, latency=0.02), "house": HOUSE}
    assert changes(KNOWN, HOUSE) == met
    again = replace(KNOWN, house=replace(HOUSE, name="Once"))
    assert changes(again, HOUSE) == met
    another = replace(KNOWN, house=replace(HOUSE, house=b"u" * 16), classic=True)
    assert reduce(another, HOUSE, NOW) == HouseState(
        status=Status(Line.DOOR, latency=0.02), classic=True, serial=10, house=HOUSE
    )


def test_a_table_that_introduces_itself_is_the_one_that_is_known() -> None:
    met = {"introduced": TABLE, "auto": 45}
    assert changes(KNOWN, TABLE) == met
    again = changed(KNOWN, introduced=replace(TABLE, name="Once"))
    assert changes(again, TABLE) == met
    another = changed(KNOWN, introduced=replace(TABLE, draw=b"u" * 16), classic=True)
    there = another.table
    anew = TableState(seat=there.seat, wished=there.wished, lines=there.lines)
    emptied = replace(another, tables={0: anew})
    assert reduce(another, TABLE, NOW) == changed(emptied, introduced=TABLE, auto=45)


def test_who_is_let_in_keeps_what_is_his() -> None:
    sign = door.SignIn(8, "Ann", b"", b"")
    same = changes(asked(sign, LAID), door.SignedIn(8, ME, "Anna", b"t", 700, 9))
    assert same == {
        "pending": {1: Pending(LAID, 1.0, 2)},
        "name": "Anna",
        "balance": 700,
        "names": {ME: "Anna", 9: "Zoe"},
    }
    other = reduce(asked(sign, LAID), door.SignedIn(8, 6, "Bob", b"t", 700, 9), NOW)
    assert (other.account, other.name, other.balance) == (6, "Bob", 700)
    assert (other.pending, other.tables) == ({}, {})
    assert other.names == {ME: "Ann", 9: "Zoe", 6: "Bob"}
    guest = changes(KNOWN, door.SignedIn(8, 0, "", b"", 0, 9))
    assert "names" not in guest
    assert guest["account"] == 0


def test_a_seat_is_what_the_table_says() -> None:
    assert changes(asked(SIT), door.SeatTaken(6, Seat.WATCHER)) == {
        "pending": {},
        "seat": Seat.WATCHER,
    }


def test_private_sessions_last_as_long_as_one_sits_anywhere() -> None:
    leaving = replace(asked(door.LeaveSeat(6)), sessions={8: Session("Bob", Talk.OPEN)})
    elsewhere = leaving.at(2).with_table(seat=Seat.WATCHER).at(0)
    assert changes(elsewhere, door.Done(6)) == {"pending": {}, "seat": Seat.NONE, "live": False}
    assert reduce(elsewhere.at(2), door.Done(6), NOW).tables.keys() == {2}


def test_who_signs_in_at_last_keeps_the_table_that_was_introduced() -> None:
    stranger = reduce(replace(KNOWN, account=0), TABLE, NOW)
    let_in = reduce(stranger, door.SignedIn(8, ME, "Ann", b"t", 700, 9), NOW)
    assert let_in.tables == stranger.tables


def test_a_page_of_tables_says_which_are_gone() -> None:
    known = {n: listed(n, str(n)) for n in (1, 2, 5, 9)}
    listing = door.ListTables(6, 1)
    before = replace(asked(listing), lobby=known)
    new = replace(known[5], name="five")
    page = door.TablesListed(6, (new,), more=True)
    assert changes(before, page) == {"pending": {}, "lobby": {1: known[1], 5: new, 9: known[9]}}
    last = door.TablesListed(6, (new,), more=False)
    assert changes(before, last) == {"pending": {}, "lobby": {1: known[1], 5: new}}
    first = replace(before, pending={6: Pending(door.ListTables(6, 0), 1.0, 2)})
    assert changes(first, last) == {"pending": {}, "lobby": {5: new}}
    assert changes(KNOWN, page) == {}


def test_who_looks_elsewhere_keeps_nothing_of_a_table_that_was_only_left_standing() -> None:
    left = KNOWN.with_table(seat=Seat.NONE, live=False)
    assert changes(left, events.Looked(0)) == {}
    assert reduce(left, events.Looked(3), NOW).tables == {}
    for still in (KNOWN, KNOWN.with_table(live=False), KNOWN.with_table(seat=Seat.NONE)):
        looked = reduce(still, events.Looked(3), NOW)
        assert (looked.here, looked.tables) == (3, still.tables)


def test_what_is_done_was_asked_for() -> None:
    talking = replace(KNOWN, sessions={8: Session("Bob", Talk.OPEN)})
    assert changes(talking, door.Done(3)) == {}
    leaving = replace(asked(door.LeaveSeat(6), SAID), sessions=talking.sessions)
    assert changes(leaving, door.Done(3)) == {"pending": {6: leaving.pending[6]}}
    assert changes(leaving, door.Done(6)) == {
        "pending": {3: leaving.pending[3]},
        "seat": Seat.NONE,
        "live": False,
        "sessions": {},
    }


@pytest.mark.parametrize(
    ("spot", "named"),
    [(0, 0), (len(SPOTS) - 1, len(SPOTS) - 1), (NO_SPOT, None)],
)
def test_a_refusal_names_a_spot_that_is_one(spot: int, named: int | None) -> None:
    refused = changes(asked(LAID), door.Refused(1, Reason.OVER_MOST, spot, 50, "too much"))
    assert refused == {
        "pending": {},
        "refusals": (Refusal(LAID, Reason.OVER_MOST, named, 50, "too much", serial=11),),
        "serial": 11,
    }


def test_a_refusal_of_what_nobody_asked_is_told_and_of_what_the_client_asked_is_not() -> None:
    refused = door.Refused(1, Reason.TOO_FAST, NO_SPOT, 0, "")
    assert changes(KNOWN, refused)["refusals"] == (Refusal(None, Reason.TOO_FAST, serial=11),)
    assert changes(asked(LAID, by_itself=True), refused) == {"pending": {}}
    before = asked(LAID)
    again = replace(before, pending={1: replace(before.pending[1], again=True)})
    assert changes(again, refused)["refusals"] == (Refusal(LAID, Reason.TOO_FAST, serial=11),)


def test_so_many_refusals_are_kept_and_the_latest_of_them() -> None:
    refused = [events.Unsent(SPIN)] * (bounds.REFUSALS_KEPT + 2)
    told = changes(KNOWN, *refused)
    assert [each.serial for each in told["refusals"]] == [*range(13, 13 + bounds.REFUSALS_KEPT)]


# --- records --------------------------------------------------------------------------------------


def test_a_page_of_the_roster_holds_for_what_it_covers() -> None:
    here = {account: entry(account) for account in (1, 2, 3, 4)}
    before = changed(asked(ListPlayers(5, 1)), roster=here, roster_known=False)
    page = (entry(2, "Bob"), entry(3, "Gus", Presence.GONE))
    told = changes(before, PlayersListed(5, page, more=True))
    assert told == {
        "pending": {},
        "roster": {1: here[1], 4: here[4], 2: page[0]},
        "names": {**KNOWN.names, 2: "Bob", 3: "Gus"},
    }
    last = changes(before, PlayersListed(5, page, more=False))
    assert (last["roster"], last["roster_known"]) == ({1: here[1], 2: page[0]}, True)
    assert changes(before, PlayersListed(6, page, more=False)) == {}
    spoken = changed(asked(SAID), roster=here)
    assert changes(spoken, PlayersListed(3, page, more=False)) == {"pending": {}}
    whole = replace(before, pending=asked(ListPlayers(5, 0)).pending)
    whole = changed(whole, roster={**here, 0: entry(0)})
    nobody = changes(whole, PlayersListed(5, (), more=False))
    assert (nobody["roster"], nobody["roster_known"]) == ({}, True)


def test_who_is_there_changes_and_is_counted() -> None:
    before = changed(KNOWN, roster={1: entry(1), 2: entry(2)})
    change = RosterChanged(3, 4, (entry(1, "Al", Presence.GONE), entry(6)), complete=True)
    assert changes(before, change) == {
        "roster": {2: entry(2), 6: entry(6)},
        "names": {**KNOWN.names, 1: "Al", 6: "Eve"},
        "seated": 3,
        "watching": 4,
    }
    assert changes(before, replace(change, complete=False))["roster_known"] is False
    unknown = changed(before, roster_known=False)
    assert "roster_known" not in changes(unknown, change)


def test_too_many_people_are_not_all_of_them() -> None:
    full = {account: entry(account) for account in range(1, bounds.PEOPLE_KEPT + 1)}
    before = changed(KNOWN, roster=full)
    one_more = RosterChanged(1, 0, (entry(bounds.PEOPLE_KEPT + 1),), complete=True)
    told = changes(before, one_more)
    assert told["roster_known"] is False
    assert len(told["roster"]) == bounds.PEOPLE_KEPT * 3 // 4
    listing = replace(before, pending=asked(ListPlayers(5, bounds.PEOPLE_KEPT)).pending)
    page = PlayersListed(5, (entry(bounds.PEOPLE_KEPT + 1),), more=False)
    assert changes(listing, page)["roster_known"] is False
    same = RosterChanged(0, 0, (entry(7, "Bob"),), complete=True)
    assert "roster_known" not in changes(before, same)


def test_lists_of_rounds_are_added_to_what_is_known() -> None:
    row = records.RoundEntry(4, RoundState.VOID, 0, 1, 2, 3, 4)
    before = changed(asked(records.ListRounds(5, 0), records.ListOwnRounds(6, 0)), rounds=(row,))
    newer = replace(row, players=9)
    assert changes(before, records.RoundsListed(5, (newer,), more=True)) == {
        "pending": {6: before.pending[6]},
        "rounds": (newer,),
        "rounds_more": True,
    }
    assert changes(before, records.OwnRoundsListed(6, (past(3, 55), past(2)), more=True)) == {
        "pending": {5: before.pending[5]},
        "own_rounds": (past(3, 55), past(2)),
        "own_rounds_more": True,
    }


def test_results_are_what_the_table_says_unless_one_knows_more() -> None:
    before = asked(records.ListResults(5))
    listed = records.ResultsListed(5, 5, 30, 400, 300, (1, 2))
    same_round = {"pending": {}, "statistics": Statistics((1, 2), 5, 30, 400, 300)}
    assert changes(before, listed) == same_round
    assert changes(before, replace(listed, last_round=4)) == {"pending": {}}


def test_a_proof_is_the_answer_to_a_question() -> None:
    shown = records.ProofShown(5, 6, RoundState.SETTLED, b"t" * 16, 1, A, A, A, A, A, (), ())
    before = asked(records.AskProof(5, 6), SAID)
    assert changes(before, shown) == {"pending": {3: before.pending[3]}}


def test_what_means_nothing_to_the_table_changes_nothing() -> None:
    assert reduce(KNOWN, events.LinkUp(), NOW) is KNOWN
    assert reduce(KNOWN, door.Pong(1), NOW) is KNOWN
