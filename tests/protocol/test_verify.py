import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from protocol import fairness, verify
from protocol.games.roulette.rules import returned

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "fairness.json").read_text("utf-8")
)
TABLE = bytes.fromhex(VECTORS["table"])
ANCHOR = f"at the table whose anchor is {VECTORS['seed_0']}:"
UNPAID = "holds, but what was paid was not checked: the file has no payouts"


def steps(document: dict[str, Any]) -> list[str]:
    """What does not hold in the first round of a document."""
    shared, rounds = verify.read_document(json.dumps(document))
    return list(verify.broken_steps(shared.table, rounds[0], shared.seed_0))


def first_round(**changes: Any) -> dict[str, Any]:
    document = deepcopy(VECTORS)
    document["vectors"] = [document["vectors"][0] | changes]
    return document


def voided_round(**changes: Any) -> dict[str, Any]:
    """The same, called off before the wheel turned."""
    document = first_round()
    played = document["vectors"][0]
    kept = {key: played[key] for key in ("round", "seed_prev", "seed", "bets")}
    return document | {"vectors": [kept | {"void": "spilt wine"} | changes]}


def test_the_vectors_hold() -> None:
    document, rounds = verify.read_document(json.dumps(VECTORS))
    assert len(rounds) == len(VECTORS["vectors"])
    for played in rounds:
        assert list(verify.broken_steps(document.table, played, document.seed_0)) == []
        assert list(verify.broken_steps(document.table, played)) == []


ZEROS = "00" * 32


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"seed": ZEROS}, ["seed", "block0", "pocket"]),
        ({"seed_prev": ZEROS}, ["seed", "chain", "freeze"]),
        ({"round": 2}, ["chain", "commitment", "commitment", "commitment", "freeze"]),
        ({"round": 0}, ["chain", "commitment", "commitment", "commitment", "freeze"]),
        ({"reveals": {"1001": ZEROS}}, ["commitment", "reveals_hash"]),
        ({"reveals": {}}, ["reveals_hash"]),
        ({"bets": []}, ["bets_root"]),
        ({"bets_root": ZEROS}, ["bets_root", "freeze"]),
        ({"commitments": {}, "reveals": {}}, ["freeze", "reveals_hash"]),
        ({"freeze": ZEROS}, ["freeze", "reveals_hash", "block0", "pocket"]),
        ({"reveals_hash": ZEROS}, ["reveals_hash", "block0", "pocket"]),
        ({"block0": ZEROS}, ["block0"]),
        ({"pocket": 12}, ["pocket"]),
        ({"payouts": []}, ["payouts"]),
    ],
)
def test_a_step_that_does_not_hold_is_named(changes: dict[str, Any], broken: list[str]) -> None:
    assert [step.split(":")[0] for step in steps(first_round(**changes))] == broken


def test_the_first_block_is_checked_where_it_is_there() -> None:
    document = first_round()
    del document["vectors"][0]["block0"]
    assert steps(document) == []


def test_the_payouts_are_checked_where_they_are_there() -> None:
    played = VECTORS["vectors"][0]
    owed = {account: [account, 0, 0] for account, _, _ in played["bets"]}
    for account, spot, chips in played["bets"]:
        owed[account][1] += chips
        owed[account][2] += returned(spot, chips, played["pocket"])
    right = list(owed.values())
    assert steps(first_round(payouts=right)) == []
    assert steps(first_round(payouts=right[::-1])) == []
    one, *others = right
    account, staked, back = one
    for wrong in (
        [[account, staked, back + 1], *others],
        [[account, staked - 1, back], *others],
        [[7, staked, back], *others],
        [[account, others[0][1], others[0][2]], [others[0][0], staked, back], *others[1:]],
        right[1:],
        [*right, one],
        [*right, [7, 0, 0]],
    ):
        assert [step.split(":")[0] for step in steps(first_round(payouts=wrong))] == ["payouts"]


def test_two_bets_of_an_account_on_one_number_are_paid_together() -> None:
    pocket = VECTORS["vectors"][0]["pocket"]
    played = verify.read_round(
        first_round(bets=[[7, pocket, 5], [7, 156, 0], [7, pocket, 1]])["vectors"][0]
    )
    assert verify._owed(played) == [(7, 6, 6 * 36)]
    played = verify.read_round(first_round(bets=[[3, 3, 2], [3, pocket, 5]])["vectors"][0])
    assert verify._owed(played) == [(3, 7, 5 * 36 + returned(3, 2, pocket))]


def test_a_round_has_any_number_and_rows_are_lists() -> None:
    assert verify.read_round(first_round(round=2**64 - 1)["vectors"][0]).number == 2**64 - 1
    for rows in (["abc"], [{"a": 1, "b": 2, "c": 3}], [[1, 2]], "abc"):
        with pytest.raises(verify.NotADocument, match='"bets" is not a list of triples'):
            verify.read_round(first_round(bets=rows)["vectors"][0])


@pytest.mark.parametrize("number", [1, 2, 3, 40])
def test_the_anchor_counts_however_far_it_is_from_the_round(number: int) -> None:
    seeds = [bytes(range(32))]
    for _ in range(number):
        seeds.append(fairness.previous_seed(TABLE, seeds[-1]))
    voided = {"round": number, "seed_prev": seeds[1].hex(), "seed": seeds[0].hex(), "bets": []}
    document = {"table": VECTORS["table"], "vectors": [voided | {"void": "wine"}]}
    for anchor, broken in ((seeds[-1].hex(), []), (ZEROS, ["chain"])):
        said = steps(document | {"seed_0": anchor})
        assert [step.split(":")[0] for step in said] == broken


def test_every_round_is_followed_back_to_the_anchor_link_by_link() -> None:
    seeds = [b"\x07" * 32]
    while len(seeds) < 8:
        seeds.insert(0, fairness.previous_seed(TABLE, seeds[0]))
    for number in range(1, len(seeds)):
        void = {"round": number, "bets": [], "void": "", "seed": seeds[number].hex()}
        played = verify.read_round({**void, "seed_prev": seeds[number - 1].hex()})
        for anchor in (*seeds, b"x" * 32):
            broken = list(verify.broken_steps(TABLE, played, anchor))
            assert [step.split(":")[0] for step in broken] == ["chain"] * (anchor != seeds[0])


def test_a_voided_round_shows_its_seed() -> None:
    seed = bytes(range(32))
    voided = {
        "table": VECTORS["table"],
        "seed_0": fairness.previous_seed(TABLE, seed).hex(),
        "vectors": [
            {
                "round": 1,
                "seed_prev": fairness.previous_seed(TABLE, seed).hex(),
                "seed": seed.hex(),
                "bets": [[7, 17, 5]],
                "void": "the wheel stood still",
            }
        ],
    }
    assert steps(voided) == []
    voided["vectors"][0]["seed"] = ZEROS
    assert [step.split(":")[0] for step in steps(voided)] == ["seed"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "the document is not an object"),
        (VECTORS | {"table": "zz"}, '"table" is not 16 bytes'),
        (VECTORS | {"table": None}, '"table" is not 16 bytes'),
        (VECTORS | {"seed_0": "00"}, '"seed_0" is not 32 bytes'),
        (VECTORS | {"vectors": []}, '"vectors" is not a list'),
        (VECTORS | {"vectors": 1}, '"vectors" is not a list'),
        (VECTORS | {"vectors": [1]}, "a round is not an object"),
        (first_round(round=-1), "round: -1 is not a whole number"),
        (first_round(round=True), "round: True is not a whole number"),
        (first_round(bets=[[1, 2]]), '"bets" is not a list of triples'),
        (first_round(bets=None), '"bets" is not a list of triples'),
        (first_round(bets=[[1, 157, 2]]), "a spot: 157"),
        (first_round(pocket=37), "pocket: 37"),
        (first_round(reveals={"x": ZEROS}), '"reveals" names something'),
        (first_round(payouts=[[1, 2, -3]]), "chips: -3"),
        (first_round(payouts=[[1, -2, 3]]), "chips: -2"),
        (first_round(payouts=[[-1, 2, 3]]), "an account: -1"),
        (first_round(commitments=[]), '"commitments" is not an object'),
        (first_round(reveals={"1" * 5000: ZEROS}), '"reveals" names something'),
        (first_round(pocket="\x1b[2J" * 99), "pocket: '\\x1b[2J"),
        (
            first_round(commitments={"18446744073709551616": ZEROS}),
            "an account: 184467440737095516",
        ),
        (first_round(commitments={"01": ZEROS}), '"commitments" names something'),
        (first_round(reveals={"\uff11": ZEROS}), '"reveals" names something'),
        (first_round(commitments=dict.fromkeys(map(str, range(2**16)), ZEROS)), "more than 65535"),
        (first_round(pocket=float("nan")), "NaN and Infinity"),
    ],
)
def test_what_is_no_document_is_told_in_words(document: Any, words: str) -> None:
    with pytest.raises(verify.NotADocument) as caught:
        verify.read_document(json.dumps(document))
    assert words in str(caught.value)


def test_the_command_says_what_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(VECTORS), "utf-8")
    assert verify.main([str(file)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [ANCHOR, f"round 1 ‹three players, all reveal›: number 11: {UNPAID}"]
    assert len(said) == 1 + len(VECTORS["vectors"])
    file.write_text(json.dumps(first_round(pocket=12)), "utf-8")
    assert verify.main([str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        ANCHOR,
        "round 1 ‹three players, all reveal›: number 12: does NOT hold",
        "  pocket: the spin gives 11, not 12",
    ]


def test_one_round_that_does_not_hold_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    played = VECTORS["vectors"][0] | {"name": "round 1"}
    rounds = [*voided_round()["vectors"], played | {"payouts": []}, played]
    file.write_text(json.dumps(VECTORS | {"vectors": rounds}), "utf-8")
    assert verify.main([str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"at the table whose anchor is {VECTORS['seed_0']}:",
        "round 1: void: holds",
        "round 1: number 11: does NOT hold",
        "  payouts: they are not what the bets pay on this number",
        "round 1: number 11: holds, but what was paid was not checked: the file has no payouts",
    ]


def test_the_stakes_of_a_voided_round_go_back() -> None:
    bets = [[8, 17, 1], [7, 0, 5], [8, 0, 2]]
    assert steps(voided_round(bets=bets, payouts=[[8, 3, 3], [7, 5, 5]])) == []
    for paid in ([], [[8, 3, 36], [7, 5, 5]], [[8, 3, 3], [7, 5, 0]], [[8, 3, 3]]):
        wrong = steps(voided_round(bets=bets, payouts=paid))
        assert wrong == ["payouts: they are not the stakes of a voided round"]


def test_more_than_the_memory_holds_is_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(verify, "read_json", full)
    file = tmp_path / "rounds.json"
    file.write_text("{}", "utf-8")
    assert verify.main([str(file)]) == 2
    assert capsys.readouterr().out == f"{file}: it is more than the memory holds\n"


@pytest.mark.parametrize(
    ("document", "paid", "verdict"),
    [
        (first_round(name="round 1"), False, f"number 11: {UNPAID}"),
        (first_round(name="round 1"), True, "number 11: holds"),
        (voided_round(), False, "void: holds"),
    ],
)
def test_a_verdict_says_that_what_was_paid_was_not_checked(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    document: dict[str, Any],
    paid: bool,
    verdict: str,
) -> None:
    if paid:
        _, (played,) = verify.read_document(json.dumps(first_round()))
        document["vectors"][0]["payouts"] = verify._owed(played)
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(document), "utf-8")
    assert verify.main([str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"round 1: {verdict}"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "this is not JSON"),
        (b"\xff", "codec can't decode"),
        (b"[" * 200_000, "too many brackets in brackets"),
        (b'{"table": 1, "table": 2}', "said twice"),
        (b"1" * 5000, "this is not JSON"),
        (None, "No such file"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    file = tmp_path / "rounds.json"
    if content is not None:
        file.write_bytes(content)
    assert verify.main([str(file)]) == 2
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("round 1", "round 1"),
        (7, "round 1"),
        ("first", "round 1 first"),
        ("round 1: number 12: holds", "round 1 ‹round 1: number 12: holds›"),
        ("\x1b[2J\ud800\u202e›", "round 1 ‹�[2J���›"),
    ],
)
def test_a_name_in_the_file_is_shown_as_a_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: object, shown: str
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(name=name)), "utf-8")
    assert verify.main([str(file)]) == 0
    assert capsys.readouterr().out == f"{ANCHOR}\n{shown}: number 11: {UNPAID}\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_file_is_read_as_other_shells_write_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(VECTORS), encoding)
    assert verify.main([str(file)]) == 0
    assert "holds" in capsys.readouterr().out


def test_a_file_without_an_end_is_not_read_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    for size, words in ((64 << 20, "this is not JSON"), ((64 << 20) + 1, "more than 64 MB")):
        with file.open("wb") as sparse:
            sparse.truncate(size)
        assert verify.main([str(file)]) == 2
        assert capsys.readouterr().out.startswith(f"{file}: {words}")


ABOUT = """
Checks that the spins in FILE were not steered, without network and without a table. FILE is
what a window or the server exported. Of each round it says that it holds, or which step does
not. Exit code 0: all hold; 1: something does not; 2: there is nothing to check.
"""


@pytest.mark.parametrize(
    ("arguments", "status", "about"),
    [
        ([], 2, ""),
        (["--no"], 2, ""),
        (["a", "b"], 2, ""),
        (["-h"], 0, ABOUT),
        (["--help"], 0, ABOUT),
    ],
)
def test_the_command_says_how_it_is_used(
    arguments: list[str], status: int, about: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(arguments) == status
    assert capsys.readouterr().out == f"usage: python run.py verify FILE\n{about}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_a_pipe_with_a_name_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert verify.main([str(pipe)]) == 2
    words = "this is a pipe, whose other end may never come: give a file"
    assert capsys.readouterr().out == f"{pipe}: {words}\n"


@pytest.mark.skipif(not Path("/dev/stdin").is_symlink(), reason="no such link on this system")
def test_what_a_shell_hands_over_is_read() -> None:
    command = [sys.executable, verify.__file__, "/dev/stdin"]
    ran = subprocess.run(
        command, input=json.dumps(VECTORS), capture_output=True, text=True, check=False
    )
    assert len(ran.stdout.splitlines()) == 1 + len(VECTORS["vectors"])
    assert ran.returncode == 0


def test_an_empty_file_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").touch()
    assert verify.main([str(tmp_path / "empty")]) == 2
    assert capsys.readouterr().out == f"{tmp_path / 'empty'}: there is nothing in it\n"


def test_a_terminal_that_has_not_the_letters_is_told_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(name="Анна")), "utf-8")
    command = [sys.executable, str(Path(verify.__file__)), str(file)]
    plain = os.environ | {"PYTHONIOENCODING": "ascii"}
    ran = subprocess.run(command, env=plain, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    name = "\\u0410\\u043d\\u043d\\u0430"
    assert ran.stdout == f"{ANCHOR}\nround 1 {name}: number 11: {UNPAID}\n"


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(VECTORS), "utf-8")
    command = [sys.executable, str(Path(verify.__file__)), str(file)]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing) as gone:
        ran = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_the_script_runs_by_itself_from_anywhere(tmp_path: Path) -> None:
    script = Path(verify.__file__)
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(VECTORS), "utf-8")
    command = [sys.executable, str(script), str(file)]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


# --- the rules of the table -----------------------------------------------------------------------


def at_zero(rules: str, bets: list[list[int]], **changes: Any) -> verify.Round:
    """A round in which zero fell, by these rules."""
    document = first_round(rules=rules, bets=bets, pocket=0, **changes)
    return verify.read_round(document["vectors"][0])


@pytest.mark.parametrize(
    ("rules", "bets", "owed", "due"),
    [
        ("", [[7, 153, 5]], [], (7, 5, 0)),
        ("partage", [[7, 153, 5]], [], (7, 5, 2)),
        ("partage", [[7, 153, 5]], [7], (7, 5, 3)),
        ("partage", [[7, 153, 5]], [8], (7, 5, 2)),
        ("partage", [[7, 153, 5], [7, 151, 3]], [], (7, 8, 4)),
        ("partage", [[7, 0, 2], [7, 166, 9]], [], (7, 11, 72)),
        ("prison", [[7, 153, 5], [7, 17, 1]], [], (7, 1, 0)),
        ("prison", [[7, 166, 5]], [], (7, 5, 0)),
        ("prison2", [[7, 166, 5], [7, 172, 2]], [], (7, 0, 0)),
        ("surrender", [[7, 153, 6]], [], (7, 6, 3)),
    ],
)
def test_payouts_are_judged_by_the_rules_of_the_table(
    rules: str, bets: list[list[int]], owed: list[int], due: tuple[int, int, int]
) -> None:
    played = at_zero(rules, bets, owed=owed)
    assert verify._owed(played) == [due]
    right = played._replace(payouts=[due])
    wrong = played._replace(payouts=[(due[0], due[1], due[2] + 1)])
    for each, broken in ((right, []), (wrong, ["payouts"])):
        told = [step.split(":")[0] for step in verify.broken_steps(TABLE, each)]
        assert [step for step in told if step == "payouts"] == broken


def test_a_voided_round_leaves_locked_stakes_where_they_are() -> None:
    played = verify.read_round(voided_round(bets=[[7, 153, 5], [7, 166, 9]])["vectors"][0])
    assert verify._owed(played) == [(7, 5, 5)]


def test_rules_that_are_not_known_are_not_judged_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(rules="half a goat", payouts=[[1, 2, 3]])), "utf-8")
    assert verify.main([str(file)]) == 0
    verdict = capsys.readouterr().out.splitlines()[1]
    assert verdict.endswith(
        "holds, but what was paid was not checked: the table has rules that are not known here"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"game": "boules"}, '"game" is no game that is known here'),
        ({"game": ["roulette"]}, '"game" is no game that is known here'),
        ({"rules": 7}, '"rules" is no text'),
        ({"owed": 7}, '"owed" is not a list of accounts'),
        ({"owed": [-1]}, "an account: -1"),
        ({"pocket": 37}, "pocket: 37"),
        ({"game": "roulette00", "pocket": 38}, "pocket: 38"),
        ({"bets": [[1, 163, 1]]}, "a spot: 163 is not on the layout of this wheel"),
        ({"game": "roulette00", "bets": [[1, 39, 1]]}, "a spot: 39 is not on the layout"),
    ],
)
def test_what_another_wheel_has_is_no_document(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(verify.NotADocument, match=re.escape(words)):
        verify.read_round(first_round(**changes)["vectors"][0])


def test_the_double_zero_is_drawn_from_38(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = first_round(game="roulette00")
    played = verify.read_round(document["vectors"][0])
    drawn = fairness.draw(played.seed, played.freeze, played.reveals_hash, 38)
    assert drawn != played.pocket
    right = first_round(game="roulette00", pocket=drawn)
    assert steps(right) == []
    assert any("pocket" in step for step in steps(document))
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(first_round(game="roulette00", pocket=37)), "utf-8")
    assert verify.main([str(file)]) == 1
    assert "number 00" in capsys.readouterr().out
