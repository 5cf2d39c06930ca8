"""The vectors in `tests/vectors/fairness.json` were made by other code than ours."""

import hmac
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from docs.tables import PAGE
from protocol import fairness
from protocol.games.roulette.rules import POCKETS

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "fairness.json").read_text())
TABLE = bytes.fromhex(VECTORS["table"])
FAIRNESS = " ".join(PAGE.read_text("utf-8").split("\n### Fairness\n")[1].split("\n### ")[0].split())


def opened(values: dict[str, str]) -> dict[int, bytes]:
    return {int(account): bytes.fromhex(value) for account, value in values.items()}


def test_the_chain_leads_from_its_last_seed_to_the_one_that_was_published() -> None:
    seed = bytes.fromhex(VECTORS["seed_last"])
    for _ in range(VECTORS["chain_length"]):
        seed = fairness.previous_seed(TABLE, seed)
    assert seed == bytes.fromhex(VECTORS["seed_0"])


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: str(vector["name"]))
def test_a_round_comes_out_as_in_the_vectors(vector: dict[str, Any]) -> None:
    seed, before = bytes.fromhex(vector["seed"]), bytes.fromhex(vector["seed_prev"])
    assert fairness.previous_seed(TABLE, seed) == before
    commitments, reveals = opened(vector["commitments"]), opened(vector["reveals"])
    for account, secret in reveals.items():
        sealed = fairness.commitment(TABLE, vector["round"], account, secret)
        assert sealed == commitments[account]
    root = fairness.bets_root(tuple(bet) for bet in vector["bets"])
    assert root.hex() == vector["bets_root"]
    frozen = fairness.freeze(TABLE, vector["round"], before, commitments, root)
    assert frozen.hex() == vector["freeze"]
    revealed = fairness.reveals_hash(frozen, commitments, reveals)
    assert revealed.hex() == vector["reveals_hash"]
    assert fairness.spin_block(seed, frozen, revealed, 0).hex() == vector["block0"]
    assert fairness.draw(seed, frozen, revealed) == vector["pocket"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (fairness.TABLE_ID_SIZE, r"`table` is the (\d+) bytes"),
        (fairness.SECRET_SIZE, r"a seed and a hash are (\d+) bytes"),
        (fairness.CHAIN_LENGTH, r"The chain has (\d+) seeds"),
        (fairness.ROUNDS_WITHOUT_SAY, r"has no say for (\d+) rounds"),
        (fairness.fair_bytes(37), r"The first byte below (\d+) gives the number"),
        (fairness.fair_bytes(38), r"the first byte below (\d+): `byte mod 38`"),
    ],
)
def test_a_number_of_the_scheme_is_the_one_of_the_page(number: int, words: str) -> None:
    assert re.findall(words, FAIRNESS) == [str(number)]


@pytest.mark.parametrize("index", [1, 2**32 - 1])
def test_each_further_block_is_numbered_in_four_bytes(index: int) -> None:
    seed, frozen, revealed = (bytes([each]) * 32 for each in b"abc")
    said = bytes([15]) + b"croupier/1/spin" + frozen + revealed + index.to_bytes(4, "big")
    block = fairness.spin_block(seed, frozen, revealed, index)
    assert block == hmac.digest(seed, said, "sha256")


def test_the_vectors_have_a_draw_that_throws_its_first_byte_away() -> None:
    assert any(int(vector["block0"][:2], 16) >= 222 for vector in VECTORS["vectors"])


def test_the_order_in_which_bets_are_given_does_not_matter() -> None:
    bets = [(2, 1, 10), (1, 5, 10), (1, 2, 30)]
    assert fairness.bets_root(bets) == fairness.bets_root(sorted(bets))


def test_the_order_in_which_secrets_are_given_does_not_matter() -> None:
    sealed = {account: bytes([account]) * 32 for account in (1, 2, 3)}
    turned = dict(reversed(sealed.items()))
    where = TABLE, 1, bytes(32)
    assert fairness.freeze(*where, turned, TABLE) == fairness.freeze(*where, sealed, TABLE)
    shown = fairness.reveals_hash(TABLE, sealed, sealed)
    assert fairness.reveals_hash(TABLE, turned, turned) == shown


def test_packed_bets_are_the_rows_of_the_page_and_can_be_unpacked() -> None:
    bets = [(1, 0, 2**64 - 1), (2**64 - 1, 156, 0)]
    packed = fairness.pack_bets(bets)
    rows = (who.to_bytes(8, "big") + bytes([at]) + n.to_bytes(8, "big") for who, at, n in bets)
    assert packed == b"".join(rows)
    assert len(packed) == 2 * fairness.BET_SIZE
    assert list(fairness.unpack_bets(packed)) == bets
    assert list(fairness.unpack_bets(fairness.pack_bets([]))) == []


def test_every_pocket_is_drawn_about_as_often() -> None:
    seed = bytes(32)
    drawn = Counter(
        fairness.draw(seed, number.to_bytes(32, "big"), seed) for number in range(37 * 400)
    )
    assert set(drawn) == set(POCKETS)
    # Chi-square with 36 degrees of freedom: over 80 has a chance of 3 in 100 000.
    assert sum((count - 400) ** 2 / 400 for count in drawn.values()) < 80


def test_a_draw_goes_on_in_the_next_block_when_one_has_no_fair_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    blocks = {0: b"\xff" * 32, 1: b"\xde" * 31 + b"\x26"}
    monkeypatch.setattr(fairness, "spin_block", lambda _s, _f, _r, index: blocks[index])
    assert fairness.draw(bytes(32), bytes(32), bytes(32)) == 1


@pytest.mark.parametrize(("byte", "pocket"), [(0, 0), (36, 36), (37, 0), (221, 36)])
def test_the_last_fair_byte_counts(monkeypatch: pytest.MonkeyPatch, byte: int, pocket: int) -> None:
    block = bytes([222, byte, 5])
    monkeypatch.setattr(fairness, "spin_block", lambda *_: block)
    assert fairness.draw(bytes(32), bytes(32), bytes(32)) == pocket
