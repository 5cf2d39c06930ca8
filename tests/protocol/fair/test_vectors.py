"""The vectors of the draw: values made once, by an implementation that shares nothing with ours."""

import json
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from protocol.fair import hashes, tree
from protocol.fair.reading import read_json
from protocol.fair.words import Words
from tests.protocol.fair.night import Document, said, verdicts

THERE = Path(__file__).parents[2] / "vectors"
FAIR: Document = read_json((THERE / "fair.json").read_bytes())
TAMPERED = json.loads((THERE / "fair_tampered.json").read_text("utf-8"))["tamperings"]

GREYS: Mapping[int, dict[str, str]] = {
    1: {"withheld": "account 1002"},
    3: {"nobody": "", "classic": ""},
    4: {"nobody": "", "watcher": ""},
    8: {"withheld": "account 1005"},
    11: {"withheld": "account 1007"},
    16: {"unlisted": ""},
}
"""Of the rounds that are not green."""


def tampered(tampering: Mapping[str, Any]) -> Document:
    document = deepcopy(FAIR)
    *way, last = tampering["path"]
    at: Any = document
    for key in way:
        at = at[key]
    if "drop" in tampering:
        del at[last]
    else:
        at[last] = tampering["value"]
    return document


def test_every_round_has_its_colour_and_its_reasons() -> None:
    judged = verdicts(FAIR)
    assert [verdict.reds for verdict in judged] == [{}] * 16
    assert [verdict.greys for verdict in judged] == [GREYS.get(at, {}) for at in range(1, 17)]


@pytest.mark.parametrize("tampering", TAMPERED, ids=lambda each: str(each["name"]))
def test_every_tampering_is_named(tampering: Mapping[str, Any]) -> None:
    document, at = tampered(tampering), tampering["round"]
    assert verdicts(document)[at].colour.name.lower() == tampering["colour"]
    reds, greys = said(document, at)
    if tampering["colour"] == "red":
        assert tampering["step"] in reds
    else:
        assert tampering["grey"] in greys


def test_numbers_below_each_n() -> None:
    for row in FAIR["below"]:
        words = Words(*(bytes.fromhex(row[key]) for key in ("seed", "T", "R")))
        assert [words.below(row["n"]) for _ in row["values"]] == row["values"], row["n"]
    assert sum(row["rejected"] for row in FAIR["below"]) > 0


def test_trees_and_all_their_proofs() -> None:
    for row in FAIR["trees"]:
        label, first = row["label"], row["first_account"]
        leaves = [
            hashes.say_leaf(first + i, sha256(f"{label}{i}".encode()).digest())
            for i in range(row["leaves"])
        ]
        assert tree.root(leaves).hex() == row["root"]
        proofs = {int(index): proof for index, proof in row["proofs"].items()}
        assert bool(proofs) == bool(leaves)
        for index, proof in proofs.items():
            assert [each.hex() for each in tree.proof(leaves, index)] == proof
            assert tree.proves(
                tree.root(leaves), len(leaves), index, leaves[index], [*map(bytes.fromhex, proof)]
            )


def test_chains() -> None:
    table = bytes.fromhex(FAIR["table"])
    house, player = FAIR["chains"]["house"], FAIR["chains"]["player"]
    links = {house["length"]: bytes.fromhex(house["last"])}
    for at in range(house["length"], 0, -1):
        links[at - 1] = hashes.seed_before(table, links[at])
    wanted = {int(key[2:]): each for key, each in house.items() if key.startswith("S_")}
    assert {at: links[at].hex() for at in wanted} == wanted
    links = {player["length"]: bytes.fromhex(player["last"])}
    for at in range(player["length"], 0, -1):
        links[at - 1] = hashes.link_before(table, player["account"], links[at])
    wanted = {int(key[2:]): each for key, each in player.items() if key.startswith("P_")}
    assert {at: links[at].hex() for at in wanted} == wanted
    assert len(wanted) > 1
