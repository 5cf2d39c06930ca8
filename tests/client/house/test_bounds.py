"""Whatever a house says, what is kept of it has an end, and what is missing is said to be."""

from client.games.roulette.fair.verdicts import Verdict
from client.games.roulette.state import roulette
from client.house import events
from client.house.bounds import (
    BETS_KEPT,
    NAMES_KEPT,
    PEOPLE_KEPT,
    SESSIONS_KEPT,
    VERDICTS_KEPT,
    newest,
)
from client.house.state import Talk
from protocol.games.roulette import bets
from protocol.games.roulette.fields import PlacedBet
from protocol.house import talk
from protocol.house.lists import Presence
from protocol.house.people import ListPlayers, PlayerEntry, PlayersListed, RosterChanged
from tests.client.test_reduce import SEATED, after, changed, entry


def test_the_oldest_make_way_and_a_quarter_at_once() -> None:
    rows = {key: key for key in range(9)}
    assert newest(rows, 9) is rows
    assert list(newest(rows, 8)) == [3, 4, 5, 6, 7, 8]


def test_of_people_the_newest_are_kept_and_nobody_claims_to_know_all() -> None:
    state = after(SEATED, PlayersListed(0, (), more=False))
    for at in range(0, PEOPLE_KEPT + 64, 32):
        rows = tuple(entry(1000 + each, str(each)) for each in range(at, at + 32))
        state = after(state, RosterChanged(1, 1, rows, complete=True))
        assert len(state.table.roster) <= PEOPLE_KEPT
    assert 1000 + PEOPLE_KEPT + 63 in state.table.roster
    assert 1000 not in state.table.roster
    assert not state.table.roster_known


def test_a_long_list_of_people_is_cut_as_well() -> None:
    state = SEATED
    for number, at in enumerate(range(0, PEOPLE_KEPT + 256, 128), 50):
        rows = tuple(entry(1000 + each, str(each)) for each in range(at, at + 128))
        asked = events.Sent(ListPlayers(number, 999 + at))
        state = after(state, asked, PlayersListed(number, rows, more=True))
        assert len(state.table.roster) <= PEOPLE_KEPT
    assert not state.table.roster_known


def test_who_leaves_a_full_table_is_gone() -> None:
    state = after(SEATED, RosterChanged(1, 1, (entry(7, "Bob"),), complete=True))
    gone = PlayerEntry(7, "Bob", entry(7, "Bob").seat, Presence.GONE, False, 0)
    assert 7 not in after(state, RosterChanged(1, 1, (gone,), complete=True)).table.roster


def test_of_names_the_newest_are_kept() -> None:
    state = SEATED
    for at in range(0, NAMES_KEPT + 64, 32):
        rows = tuple(entry(1000 + each, str(each)) for each in range(at, at + 32))
        state = after(state, RosterChanged(1, 1, rows, complete=True))
        assert len(state.names) <= NAMES_KEPT
    assert state.name_of(1000 + NAMES_KEPT + 63) == str(NAMES_KEPT + 63)


def test_of_bets_the_newest_are_kept_and_nobody_claims_to_know_all() -> None:
    state = SEATED
    for revision, at in enumerate(range(0, BETS_KEPT + 64, 32), 1):
        rows = tuple(PlacedBet(1000 + each, 5, 1) for each in range(at, at + 32))
        state = after(state, changed(revision, *rows))
        assert len(roulette(state).round.bets) <= BETS_KEPT
    assert (1000 + BETS_KEPT + 63, 5) in roulette(state).round.bets
    assert not roulette(state).round.bets_known


def test_a_long_list_of_bets_is_cut_as_well() -> None:
    state = SEATED
    for number, at in enumerate(range(0, BETS_KEPT + 1024, 512), 50):
        rows = tuple(PlacedBet(1000 + each, 5, 1) for each in range(at, at + 512))
        asked = events.Sent(bets.ListBets(number, 1, 999 + at if at else 0, 5 if at else 0))
        last = at >= BETS_KEPT + 512
        state = after(state, asked, bets.BetsListed(number, 1, 0, rows, more=not last))
        assert len(roulette(state).round.bets) <= BETS_KEPT
    assert not roulette(state).round.bets_known


def test_who_only_asks_for_a_session_gives_way_before_one_that_is_open() -> None:
    state = after(SEATED, talk.SessionStarted(7, "Bob"))
    asked = (talk.SessionAsked(1000 + at, "x") for at in range(SESSIONS_KEPT + 5))
    state = after(state, *asked)
    assert len(state.sessions) == SESSIONS_KEPT
    assert state.sessions[7].talk is Talk.OPEN
    assert 1000 not in state.sessions
    assert 1000 + SESSIONS_KEPT + 4 in state.sessions


def test_where_all_sessions_are_open_the_oldest_gives_way() -> None:
    opened = (talk.SessionStarted(1000 + at, "x") for at in range(SESSIONS_KEPT + 1))
    state = after(SEATED, *opened)
    assert list(state.sessions) == [1001 + at for at in range(SESSIONS_KEPT)]


def test_where_evidence_is_is_forgotten_with_its_verdict() -> None:
    many = (events.Judged(Verdict(number, None), "there") for number in range(VERDICTS_KEPT + 9))
    state = after(SEATED, *many)
    assert state.table.saved.keys() == state.table.verdicts.keys()
    assert len(state.table.saved) == VERDICTS_KEPT
