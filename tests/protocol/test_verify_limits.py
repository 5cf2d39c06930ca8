"""What a document for `verify` may hold: every field to its limit, and not beyond."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from protocol import fairness, verify
from tests.protocol.test_verify import TABLE, VECTORS, ZEROS, first_round, steps

PLAYED: dict[str, Any] = VECTORS["vectors"][0]
ONES = "11" * 32


def read(**changes: Any) -> verify.Round:
    return verify.read_round(PLAYED | changes)


def refusal(**changes: Any) -> str:
    with pytest.raises(verify.NotADocument) as caught:
        read(**changes)
    return str(caught.value)


def test_a_round_is_read_field_by_field() -> None:
    played = read(block0=ONES, payouts=[[7, 5, 0], [8, 1, 36]], bets=[[8, 17, 1], [7, 0, 5]])
    assert played == verify.Round(
        title="round 1 ‹three players, all reveal›",
        number=1,
        seed_before=bytes.fromhex(PLAYED["seed_prev"]),
        seed=bytes.fromhex(PLAYED["seed"]),
        bets=[(8, 17, 1), (7, 0, 5)],
        void=False,
        commitments={int(who): bytes.fromhex(c) for who, c in PLAYED["commitments"].items()},
        reveals={int(who): bytes.fromhex(r) for who, r in PLAYED["reveals"].items()},
        bets_root=bytes.fromhex(PLAYED["bets_root"]),
        freeze=bytes.fromhex(PLAYED["freeze"]),
        reveals_hash=bytes.fromhex(PLAYED["reveals_hash"]),
        block=bytes.fromhex(ONES),
        pocket=11,
        payouts=[(7, 5, 0), (8, 1, 36)],
    )


VOIDED = {key: PLAYED[key] for key in ("name", "round", "seed_prev", "seed", "bets")} | {"void": ""}


def test_a_voided_round_has_only_what_was_before_it() -> None:
    assert verify.read_round(VOIDED) == verify.Round(
        title="round 1 ‹three players, all reveal›",
        number=1,
        seed_before=bytes.fromhex(PLAYED["seed_prev"]),
        seed=bytes.fromhex(PLAYED["seed"]),
        bets=[(account, spot, chips) for account, spot, chips in PLAYED["bets"]],
        void=True,
        commitments={},
        reveals={},
        bets_root=b"",
        freeze=b"",
        reveals_hash=b"",
        block=None,
        pocket=0,
        payouts=None,
    )


@pytest.mark.parametrize("key", sorted(set(PLAYED) - set(VOIDED)))
def test_a_round_is_not_void_and_played(key: str) -> None:
    words = f'a round that is void has a "{key}" all the same'
    for value in (PLAYED[key], None):
        with pytest.raises(verify.NotADocument, match=words):
            verify.read_round(VOIDED | {key: value})


@pytest.mark.parametrize(
    ("what", "most", "changes"),
    [
        ("round", 2**64 - 1, lambda n: {"round": n}),
        ("an account", 2**64 - 1, lambda n: {"bets": [[n, 0, 0]]}),
        ("a spot", 175, lambda n: {"bets": [[0, n, 0]]}),
        ("chips", 2**64 - 1, lambda n: {"bets": [[0, 0, n]]}),
        ("an account", 2**64 - 1, lambda n: {"commitments": {str(n): ZEROS}}),
        ("an account", 2**64 - 1, lambda n: {"reveals": {str(n): ZEROS}}),
        ("pocket", 36, lambda n: {"pocket": n}),
        ("an account", 2**80 - 1, lambda n: {"payouts": [[n, 0, 0]]}),
        ("chips", 2**80 - 1, lambda n: {"payouts": [[0, n, 0]]}),
        ("chips", 2**80 - 1, lambda n: {"payouts": [[0, 0, n]]}),
    ],
)
def test_a_number_may_reach_its_limit(
    what: str, most: int, changes: Callable[[int], dict[str, Any]]
) -> None:
    for number in (0, most):
        read(**changes(number))
    words = f"{what}: {most + 1} is not a whole number from 0 to {most}"
    assert refusal(**changes(most + 1)) == words


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None, [1]])
def test_what_is_no_whole_number_is_none(number: Any) -> None:
    for changes in ({"round": number}, {"bets": [[1, 2, number]]}, {"pocket": number}):
        assert f": {number!r} is not a whole number from 0" in refusal(**changes)


HEX = ("seed_prev", "seed", "bets_root", "freeze", "reveals_hash", "block0")


@pytest.mark.parametrize("value", [None, 7, "", "00" * 31, "00" * 33, "0g" * 32, ["00"] * 32])
def test_a_hash_has_its_size(value: Any) -> None:
    for key in HEX:
        assert refusal(**{key: value}) == f'"{key}" is not 32 bytes in hexadecimal'
    for key in ("commitments", "reveals"):
        words = f'"{key}" is not 32 bytes in hexadecimal'
        assert refusal(**{key: {"1": ZEROS, "2": value}}) == words
    for key, size in (("table", 16), ("seed_0", 32)):
        with pytest.raises(verify.NotADocument, match=f'"{key}" is not {size} bytes in hex'):
            verify.read_document(json.dumps(VECTORS | {key: value}))


@pytest.mark.parametrize(
    "rows", [None, 7, "abc", {}, [7], [None], ["abc"], [[1, 2]], [[1, 2, 3, 4]], [[1, 2, 3], {}]]
)
def test_a_row_has_three_columns(rows: Any) -> None:
    for key in ("bets", "payouts"):
        assert refusal(**{key: rows}) == f'"{key}" is not a list of triples'


@pytest.mark.parametrize("key", ["commitments", "reveals"])
def test_as_many_may_commit_as_two_bytes_can_count(key: str) -> None:
    most = {str(account): ZEROS for account in range(65_535)}
    assert len(getattr(read(**{key: most}), key)) == 65_535
    words = f'"{key}" has more than 65535 of them'
    assert refusal(**{key: most | {"65535": ZEROS}}) == words


@pytest.mark.parametrize(
    "name", ["", "-1", "+1", " 1", "1_0", "1.0", "x", "²", "１", "00", "1" * 21]
)
def test_an_account_is_written_in_one_way(name: str) -> None:
    for key in ("commitments", "reveals"):
        assert refusal(**{key: {name: ZEROS}}) == f'"{key}" names something that is no account'


def test_a_round_is_within_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "CHAIN_LENGTH", 3)
    for number in range(6):
        seeds = [bytes(32)]
        for _ in range(max(1, number)):
            seeds.insert(0, fairness.previous_seed(TABLE, seeds[0]))
        voided = {"round": number, "bets": [], "void": "", "seed": seeds[-1].hex()}
        played = verify.read_round(voided | {"seed_prev": seeds[-2].hex()})
        broken = [step.split(":")[0] for step in verify.broken_steps(TABLE, played, seeds[0])]
        assert broken == ([] if 1 <= number <= 3 else ["chain"])


def test_what_an_account_is_owed_is_all_that_it_laid_and_got_back() -> None:
    """Accounts that have the numbers of spots and pockets are accounts all the same."""
    bets = [[11, 11, 5], [12, 11, 1], [11, 12, 2], [0, 0, 4], [11, 155, 3]]
    right = [[0, 4, 0], [11, 10, 186], [12, 1, 36]]

    def told(payouts: list[list[int]]) -> bool:
        document = first_round(bets=bets, payouts=payouts)
        return any(step.startswith("payouts:") for step in steps(document))

    assert not told(right)
    for row in range(3):
        for column in range(3):
            wrong = [list(each) for each in right]
            wrong[row][column] += 1
            assert told(wrong)
