"""Which lists a modern dialogue asks for by itself, when, and how far it reads them."""

from dataclasses import replace
from typing import Any

import pytest

from client import pages
from client.games.roulette.requests import list_bets, list_own_rounds, list_rounds
from client.games.roulette.sitting import LISTED_BETS, ROUND_PAGES
from client.house.bounds import ROUNDS_KEPT
from client.sitting import LISTED_PLAYERS
from protocol import limits
from protocol.games.roulette import bets, records
from protocol.games.roulette.fields import PlacedBet
from protocol.games.roulette.lists import RoundState
from protocol.house import door, talk
from protocol.house.draw import DrawShown, RegisterChain
from protocol.house.people import ListPlayers, PlayersListed, RosterChanged
from tests.client.alone import at_the_table, of, quiet
from tests.client.known import past
from tests.client.test_reduce import entry, shown


def test_lists_that_are_not_whole_are_asked_for_once_a_second() -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(RosterChanged(LISTED_PLAYERS, 0, (), complete=False))
    assert alone.dialogue.tick(10.0) == 11.0
    (asked,) = of(ListPlayers, alone)
    assert (asked.after_account, asked.number != 0) == (0, True)
    alone.dialogue.tick(12.0)
    assert of(ListPlayers, alone) == []  # It is on its way.
    alone.hear(PlayersListed(asked.number, (), more=False))
    alone.hear(RosterChanged(LISTED_PLAYERS, 0, (), complete=False))
    alone.dialogue.tick(12.5)
    assert of(ListPlayers, alone) == []
    alone.dialogue.tick(13.0)
    assert len(of(ListPlayers, alone)) == 1


@pytest.mark.parametrize(
    ("people", "asks"), [(1, True), (LISTED_PLAYERS, True), (LISTED_PLAYERS + 1, False)]
)
def test_a_crowd_is_not_listed_by_itself(people: int, asks: bool) -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(RosterChanged(people, 0, (), complete=False))
    alone.dialogue.tick(10.0)
    assert bool(of(ListPlayers, alone)) is asks


@pytest.mark.parametrize(
    ("count", "asks"), [(0, False), (1, True), (LISTED_BETS, True), (LISTED_BETS + 1, False)]
)
def test_bets_are_listed_by_themselves_up_to_a_page(count: int, asks: bool) -> None:
    alone = quiet()
    alone.now = 10.0
    alone.hear(shown(1, count=count))
    alone.dialogue.tick(10.0)
    listing = of(bets.ListBets, alone)
    assert [(each.round_number, each.after_account, each.after_spot) for each in listing] == (
        [(1, 0, 0)] if asks else []
    )
    alone.dialogue.tick(15.0)
    assert of(bets.ListBets, alone) == []  # It is on its way.
    for each in listing:
        alone.hear(bets.BetsListed(each.number, 1, 1, (PlacedBet(1, 1, 1),), more=False))
    alone.dialogue.tick(20.0)
    assert of(bets.ListBets, alone) == []


def test_who_stands_up_follows_no_lists() -> None:
    alone = quiet()
    alone.dialogue.want(door.LeaveSeat(0), 0.0)
    alone.hear(door.Done(alone.answer(door.LeaveSeat)))
    alone.now = 10.0
    alone.hear(RosterChanged(3, 0, (), complete=False))
    alone.dialogue.tick(10.0)
    assert of(ListPlayers, alone) == []


def played(*numbers: int) -> tuple[records.RoundEntry, ...]:
    return tuple(records.RoundEntry(n, RoundState.SETTLED, 1, 2, 3, 4, 5) for n in numbers)


PAGES: dict[str, tuple[Any, Any, Any]] = {
    "bets": (
        bets.ListBets(0, 1, 0, 0),
        bets.BetsListed(
            0, 1, 1, (PlacedBet(1, 1, 5), PlacedBet(2, 3, 5), PlacedBet(4, 9, 5)), True
        ),
        bets.ListBets(0, 1, 4, 9),
    ),
    "players": (
        ListPlayers(0, 0),
        PlayersListed(0, (entry(3, "A"), entry(6, "B"), entry(8, "C")), more=True),
        ListPlayers(0, 8),
    ),
    "rounds": (
        list_rounds(),
        records.RoundsListed(0, played(9, 8, 6), more=True),
        records.ListRounds(0, 6),
    ),
    "own rounds": (
        list_own_rounds(),
        records.OwnRoundsListed(0, (past(9), past(8), past(5)), more=True),
        records.ListOwnRounds(0, 5),
    ),
}


@pytest.mark.parametrize("what", PAGES)
def test_a_list_goes_on_where_the_page_ended(what: str) -> None:
    first, page, following = PAGES[what]
    for more, empty in ((True, False), (False, False), (True, True)):
        alone = quiet()
        alone.dialogue.want(first, 0.0)
        (asked,) = alone.sent
        assert replace(asked, number=0) == first  # type: ignore[call-arg]
        said = replace(page, number=asked.number, more=more)  # type: ignore[attr-defined]
        rows = "bets" if what == "bets" else "players" if what == "players" else "rounds"
        alone.hear(replace(said, **{rows: ()}) if empty else said)
        going_on = [replace(each, number=0) for each in alone.sent]  # type: ignore[call-arg]
        assert going_on == ([following] if more and not empty else [])


def test_a_list_without_an_end_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGES_READ", 3)
    for what, most in (("bets", 3), ("own rounds", 3), ("rounds", ROUND_PAGES)):
        first, page, _ = PAGES[what]
        alone = quiet()
        alone.dialogue.want(first, 0.0)
        read = 0
        while asked := alone.sent:
            read += 1
            alone.hear(replace(page, number=asked[0].number))  # type: ignore[attr-defined]
        assert read == most
    assert ROUND_PAGES * limits.ROUNDS_A_PAGE >= ROUNDS_KEPT
    assert (ROUND_PAGES - 1) * limits.ROUNDS_A_PAGE < ROUNDS_KEPT


def test_who_sits_down_reads_what_was() -> None:
    alone = at_the_table()
    kinds = [type(each) for each in alone.sent]
    assert kinds == [
        records.ListResults,
        records.ListOwnRounds,
        talk.ListTalk,
    ]
    alone.hear(shown())
    assert alone.sent == []
    alone.hear(DrawShown(0, bytes(32), bytes(32)))
    assert [type(each) for each in alone.sent] == [RegisterChain]


def test_lists_are_read_to_their_end() -> None:
    alone = at_the_table()
    assert alone.sent
    alone.dialogue.want(list_bets(alone.dialogue.state), 0.0)
    page = (PlacedBet(1, 1, 5), PlacedBet(2, 2, 5))
    alone.hear(bets.BetsListed(alone.answer(bets.ListBets), 1, 0, page, more=True))
    (following,) = alone.sent
    assert isinstance(following, bets.ListBets)
    assert (following.after_account, following.after_spot) == (2, 2)
    alone.hear(bets.BetsListed(following.number, 1, 0, (), more=False))
    assert alone.sent == []


def test_the_roster_is_read_to_its_end_and_kept_up() -> None:
    alone = at_the_table()
    alone.dialogue.tick(0.0)
    number = alone.answer(ListPlayers)
    alone.hear(PlayersListed(number, (entry(1, "A"),), more=True))
    number = alone.answer(ListPlayers)
    alone.hear(PlayersListed(number, (entry(2, "B"),), more=False))
    assert alone.dialogue.state.table.roster.keys() == {1, 2}
    alone.hear(RosterChanged(3, 0, (), complete=False))
    alone.dialogue.tick(0.5)
    assert not [each for each in alone.sent if isinstance(each, ListPlayers)]
    alone.dialogue.tick(1.5)
    assert alone.answer(ListPlayers)


def test_a_great_crowds_bets_are_not_followed_by_themselves() -> None:
    alone = at_the_table()
    alone.hear(replace(shown(), bets=100_000))
    alone.dialogue.tick(5.0)
    assert not [each for each in alone.sent if isinstance(each, bets.ListBets)]
