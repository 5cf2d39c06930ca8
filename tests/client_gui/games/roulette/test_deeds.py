"""Undo and redo: over any sequence of deeds they give the exact table back."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from client_gui.games.roulette.deeds import Deed, Deeds, deed, inverse, possible
from client_gui.games.roulette.intents import PlaceBets, TakeBack
from client_gui.games.roulette.scene.bets import wishes
from protocol.games.roulette.rules import Spot
from protocol.house.fields import Chips

CHANGES = st.lists(
    st.lists(st.tuples(st.integers(0, 156), st.integers(-300, 300)), min_size=1, max_size=6),
    max_size=30,
)


def after(lies: Mapping[Spot, Chips], done: Deed) -> dict[Spot, Chips]:
    """The table as the server has it when it did what was asked for."""
    table = dict(lies)
    for wish in wishes(done):
        for spot, chips in wish.bets:
            assert chips > 0
            table[spot] = table.get(spot, 0) + (chips if isinstance(wish, PlaceBets) else -chips)
            assert table[spot] >= 0, "more was taken back than lay there"
    return {spot: chips for spot, chips in table.items() if chips}


@given(st.dictionaries(st.integers(0, 156), st.integers(1, 500), max_size=8), CHANGES)
def test_undoing_all_gives_back_every_table_and_redoing_all_the_way_forth(
    start: dict[Spot, Chips], changes: list[list[tuple[Spot, int]]]
) -> None:
    deeds, tables = Deeds(), [start]
    for change in changes:
        if done := possible(deed(*change), tables[-1]):
            deeds = deeds.then(done)
            tables.append(after(tables[-1], done))
    table = tables[-1]
    for expected in reversed(tables[:-1]):
        deeds, back = deeds.undo(table)
        table = after(table, back)
        assert table == expected
    assert deeds.undo(table)[1] == ()
    for expected in tables[1:]:
        deeds, again = deeds.redo(table)
        table = after(table, again)
        assert table == expected
    assert deeds.redo(table)[1] == ()


@given(CHANGES, st.lists(st.booleans(), max_size=60))
def test_wandering_between_undo_and_redo_stays_on_the_way(
    changes: list[list[tuple[Spot, int]]], steps: list[bool]
) -> None:
    deeds, tables = Deeds(), [dict[Spot, Chips]()]
    for change in changes:
        if done := possible(deed(*change), tables[-1]):
            deeds = deeds.then(done)
            tables.append(after(tables[-1], done))
    at, table = len(tables) - 1, tables[-1]
    for back in steps:
        deeds, done = deeds.undo(table) if back else deeds.redo(table)
        at = max(0, at - 1) if back else min(len(tables) - 1, at + 1)
        table = after(table, done)
        assert table == tables[at]


def test_a_new_deed_ends_what_could_be_redone() -> None:
    deeds, _ = Deeds().then(((17, 5),)).undo({17: 5})
    assert deeds.redo({})[1] == ((17, 5),)
    assert deeds.then(((8, 1),)).redo({8: 1})[1] == ()


def test_what_lies_there_no_more_is_not_taken_back() -> None:
    deeds = Deeds().then(((17, 25),)).then(((8, 25),))
    deeds, back = deeds.undo({17: 10})
    assert back == ((17, -10),)


def test_a_refused_bet_never_was() -> None:
    deeds = Deeds().then(((17, 25),)).then(((17, 500),))
    assert deeds.refused(17).undo({17: 25})[1] == ((17, -25),)
    assert deeds.refused(3) == deeds


def test_a_deed_asks_to_take_back_before_it_lays() -> None:
    moved = deed((17, -25), (20, 25))
    assert wishes(moved) == (TakeBack(((17, 25),)), PlaceBets(((20, 25),)))
    assert inverse(moved) == ((17, 25), (20, -25))
    assert deed((17, 5), (17, -5)) == ()
