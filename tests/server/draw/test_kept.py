"""The draw of a round as it is kept: read again, it is what was told."""

import json

from protocol.fair.document import Document
from protocol.fair.hashes import What, u64
from protocol.fair.judge import judge
from protocol.games.kinds import KINDS
from protocol.house.draw import LinkRow, RoundProved
from protocol.limits import STEP_BYTES, STEPS_A_ROUND
from server.draw.kept import frozen_of, keep, proved, read, rows_after, told
from tests.server.draw.test_draw import ANNA, BERT, BETS, CLEO, Table
from tests.server.pure import SEEDS


def played() -> tuple[Table, dict[str, object]]:
    """A round of three, of whom one leaves, one withholds and one shows a link."""
    table = Table(ANNA, BERT, CLEO)
    table.freeze()
    table.draw.leave(CLEO)
    list(table.draw.notes())
    table.ask()
    table.show(ANNA)
    table.close()
    return table, json.loads(json.dumps(keep(table.draw)))


def test_a_round_is_read_as_it_was() -> None:
    table, kept = played()
    frozen = table.draw.state.frozen
    assert frozen is not None
    again = frozen_of(kept)
    again.missing = frozen.missing
    assert again == frozen


def test_the_last_links_are_read_page_by_page() -> None:
    table, kept = played()
    rows = [
        LinkRow(ANNA, 1, table.says[ANNA].head),
        LinkRow(BERT, 0, table.says[BERT].first),
        LinkRow(CLEO, 0, table.says[CLEO].first),
    ]
    known = read(json.dumps({"draw": kept}))
    assert known is not None
    assert known.kept == kept
    assert rows_after(known.rows, 0, 9) == rows
    assert rows_after(known.rows, 0, 2) == rows[:2]
    assert rows_after(known.rows, ANNA, 9) == rows_after(known.rows, BERT - 1, 9) == rows[1:]
    assert rows_after(known.rows, CLEO, 9) == []
    assert read(json.dumps({"void": "wine"})) is None


def test_a_round_is_proved_by_every_step_in_its_order() -> None:
    table, kept = played()
    proof = proved(kept, 7)
    frozen = table.draw.frozen_again()
    assert proof.number == 7
    for name in (each.name for each in frozen.LAYOUT.fields):
        assert getattr(proof, name) == getattr(frozen, name), name
    note, spin = proof.steps
    assert (note.what, note.event, note.detail) == (What.OUT, 0, u64(CLEO))
    assert (note.links_root, note.seed, note.done) == (bytes(32),) * 3
    assert (spin.what, spin.event, spin.seed) == (What.SPIN, 1, SEEDS.seed(1))
    assert spin.done == table.draw.state.history


def test_what_is_too_much_for_an_answer_is_left_out() -> None:
    def steps(*sizes: int) -> int:
        table = Table()
        table.freeze()
        for size in sizes:
            table.draw.note(What.NOTE, bytes(size))
        answer = proved(keep(table.draw), 1)
        assert isinstance(answer, RoundProved)
        return len(answer.steps)

    assert steps(STEP_BYTES, 0) == 2
    assert steps(0, STEP_BYTES + 1, 0) == 1
    assert steps(*[0] * (STEPS_A_ROUND + 1)) == STEPS_A_ROUND


def test_a_round_is_told_as_a_file_has_it() -> None:
    table, kept = played()
    number = table.draw.draw().words.below(37) if table.draw.state.asked else 0
    more = {"stakes": {who: list(bets) for who, bets in BETS.items()}, "payouts": None}
    round_ = told(kept, SEEDS.table, "roulette", {"pocket": number}, **more)
    assert round_.says == {who: table.says[who].first for who in (ANNA, BERT, CLEO)}
    note, spin = round_.events
    assert (note.is_note, note.links, note.result) == (True, None, None)
    assert spin.links == {ANNA: table.says[ANNA].head, BERT: None, CLEO: None}
    ((_, verdict),) = judge(Document(SEEDS.table, SEEDS.seed(0), [round_]), KINDS)
    assert verdict.reds.keys() <= {"draw"}  # The number was made up.
    assert verdict.greys == {"withheld": f"account {BERT}", "watcher": ""}
