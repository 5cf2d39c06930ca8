"""A finished round as it is kept, to the letter; and what is read from it again."""

import json

from protocol.games.roulette.fields import Payout
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import OwnRoundEntry, RoundEntry
from protocol.games.roulette.rules import RED
from server.books.finished import Finished, round_digest
from server.books.till import Till
from server.games.roulette.packed_bets import pack, unpack
from server.games.roulette.records import export_round, finish, own_entry, round_entries, vector
from server.games.roulette.rules import settle
from server.games.roulette.state import RouletteState, Round

BEFORE, SEED = b"\x01" * 32, b"\x02" * 32
BETS = [(2, 17, 10), (2, RED, 4), (9, 17, 5), (11, RED, 6)]
"""Of three players, at 19: it is red."""
AT = 1_234_568
PLAY = Round(
    7,
    commitments={9: "c9", 2: "c2"},
    reveals={9: "r9", 2: "r2"},
    freeze="f7",
    bets_root="b7",
    reveals_hash="h7",
)


def played(pocket: int | None = 19) -> Finished:
    outcome = settle(BETS, pocket)
    return finish(
        4, PLAY, pack(BETS), outcome, BEFORE, SEED, AT, pocket=pocket, reason="spilt wine"
    )


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
        "name": "round 7",
        "round": 7,
        "seed_prev": BEFORE.hex(),
        "seed": SEED.hex(),
        "game": "roulette",
        "rules": "",
        "commitments": {"2": "c2", "9": "c9"},
        "reveals": {"2": "r2", "9": "r9"},
        "bets_root": "b7",
        "freeze": "f7",
        "reveals_hash": "h7",
        "pocket": 19,
        "returned": [8, 0, 12],
    }
    for name in ("commitments", "reveals"):
        assert list(json.loads(done.record)[name]) == ["2", "9"]
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
    assert json.loads(done.record) == {
        "name": "round 7",
        "round": 7,
        "seed_prev": BEFORE.hex(),
        "seed": SEED.hex(),
        "game": "roulette",
        "rules": "",
        "void": "spilt wine",
    }
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


def test_the_vector_of_a_round_shows_bets_and_payouts_row_by_row() -> None:
    shown = vector(played())
    assert shown["bets"] == [list(bet) for bet in BETS]
    assert shown["payouts"] == [[2, 14, 8], [9, 5, 0], [11, 6, 12]]
    assert "returned" not in shown
    kept = json.loads(played().record)
    del kept["returned"]
    assert {name: shown[name] for name in kept} == kept
    void = vector(played(None))
    assert void == {**json.loads(played(None).record), "bets": [list(bet) for bet in BETS]}


def test_an_exported_round_says_of_which_table_it_is() -> None:
    till = Till("roulette", "", 0, "00ff", "aa55", RouletteState())
    text = export_round(till, played())
    assert json.loads(text) == {
        "table": "00ff",
        "chain_length": 1024 * 1024,
        "seed_0": "aa55",
        "vectors": [vector(played())],
    }
    assert text.startswith('{\n "table": "00ff",\n')
    assert text.endswith("}\n")
    void = finish(4, PLAY, pack([]), settle([], None), BEFORE, SEED, AT, reason="вино")
    assert '"void": "вино"' in export_round(till, void)
