"""A finished round as it is kept, to the letter; and what is read from it again."""

import json

from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.reading import read_json
from protocol.games.kinds import KINDS
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import RED
from protocol.house.lists import Seat
from server.books.finished import Finished, round_digest
from server.books.till import Till
from server.games.roulette.packed_bets import pack, unpack
from server.games.roulette.records import (
    export_round,
    finish,
    own_entry,
    payouts,
    round_entries,
)
from server.games.roulette.rules import settle
from server.games.roulette.state import RouletteState, Round
from tests.server.pure import SEEDS, PureHouse

BETS = [(2, 17, 10), (2, RED, 4), (9, 17, 5), (11, RED, 6)]
"""Of three players, at 19: it is red."""
AT = 1_234_568
PLAY = Round(7)
DRAW = {"freeze": "and all that"}


def played(pocket: int | None = 19) -> Finished:
    outcome = settle(BETS, pocket)
    return finish(4, PLAY, pack(BETS), outcome, AT, DRAW, pocket=pocket, reason="spilt wine")


def test_a_settled_round_is_kept_with_all_that_it_takes_to_verify_it() -> None:
    done = played()
    assert (done.table, done.round) == (4, 7)
    assert json.loads(done.summary) == {
        "round": 7,
        "pocket": 19,
        "at": 1_234_568,
        "players": 3,
        "staked": 25,
        "returned": 20,
    }
    assert json.loads(done.record) == {
        "game": "roulette",
        "rules": "",
        "pocket": 19,
        "returned": [8, 0, 12],
        "draw": DRAW,
    }
    assert unpack(done.bets) == BETS
    digest = round_digest(done.summary.encode(), done.record.encode(), done.bets)
    assert done.digest == digest.hex()


def test_a_voided_round_is_kept_with_its_reason_and_no_number() -> None:
    done = played(None)
    assert json.loads(done.summary) == {
        "round": 7,
        "pocket": None,
        "at": 1_234_568,
        "players": 3,
        "staked": 25,
        "returned": 25,
    }
    assert json.loads(done.record) == {"game": "roulette", "rules": "", "void": "spilt wine"}
    assert unpack(done.bets) == BETS


def test_the_digest_tells_apart_what_stands_where() -> None:
    assert round_digest(b"12", b"3", b"4") != round_digest(b"1", b"23", b"4")
    assert round_digest(b"1", b"23", b"4") != round_digest(b"1", b"2", b"34")


def test_the_list_of_rounds_says_how_each_ended() -> None:
    done, zero, void = played(), played(0), played(None)
    assert round_entries([]) == []
    assert round_entries([done.summary, zero.summary, void.summary]) == [
        RoundEntry(7, RoundState.SETTLED, 19, 1_234_568, 3, 25, 20),
        RoundEntry(7, RoundState.SETTLED, 0, 1_234_568, 3, 25, 0),
        RoundEntry(7, RoundState.VOID, 0, 1_234_568, 3, 25, 25),
    ]


def test_ones_own_part_of_a_round_is_that_and_nobody_elses() -> None:
    at, settled, void = 1_234_568, RoundState.SETTLED, RoundState.VOID
    assert own_entry(played(), 2) == OwnRoundEntry(
        7, settled, 19, at, -6, (Payout(17, 10, 0), Payout(RED, 4, 8))
    )
    assert own_entry(played(), 9) == OwnRoundEntry(7, settled, 19, at, -5, (Payout(17, 5, 0),))
    assert own_entry(played(17), 9) == OwnRoundEntry(7, settled, 17, at, 175, (Payout(17, 5, 180),))
    assert own_entry(played(), 3) == OwnRoundEntry(7, settled, 19, at, 0, ())
    assert own_entry(played(None), 2) == OwnRoundEntry(
        7, void, 0, at, 0, (Payout(17, 10, 10), Payout(RED, 4, 4))
    )


def test_what_came_back_to_each_is_row_by_row() -> None:
    done = played()
    assert payouts(done, json.loads(done.record)) == [[2, 14, 8], [9, 5, 0], [11, 6, 12]]


def test_an_exported_round_holds() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    pure.register(anna)
    pure.bet(anna, (17, 10), (RED, 4))
    pure.hear(boss, StartSpin(9, 1))
    pure.show(anna)
    text = export_round(pure.table.till, pure.shelf.rounds[1, 1])
    assert text is not None
    document = read(read_json(text))
    assert (document.table, document.anchor) == (SEEDS.table, SEEDS.seed(0))
    ((told, verdict),) = judge(document, KINDS)
    assert (verdict.reds, verdict.greys) == ({}, {"watcher": ""})
    account = anna.account
    assert told.stakes == {account: [(17, 0, 10), (RED, 0, 4)]}
    assert told.says == {account: pure.says[account].first}
    (event,) = told.events
    assert event.links == {account: pure.says[account].head}
    assert text.startswith('{\n "scheme": "croupier/2",\n')
    assert text.endswith("}\n")


def test_of_a_round_that_was_called_off_nothing_is_exported() -> None:
    assert (
        export_round(Till("roulette", "", 0, "00ff", "aa55", RouletteState()), played(None)) is None
    )
