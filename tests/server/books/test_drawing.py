"""What the draw of a table has in the books: each deed, in its order and in no other."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from protocol.fair.hashes import NOTHING, What
from protocol.limits import CHAIN_LINKS
from server.books.drawing import ROUNDS_WITHOUT_SAY, Chain, DrawState, pack, unpack
from server.books.finished import as_json
from server.books.purse import BooksError

ANNA, BERT, CLEO = 2, 9, 11
HEX = "00" * 32


def some(label: str) -> bytes:
    return label.encode().ljust(32, b".")


def registered(*accounts: int) -> DrawState:
    state = DrawState()
    for account in accounts:
        state.register(account, some(f"head {account}").hex())
    state.admit()
    return state


def freeze(state: DrawState, number: int = 1, seed: bytes = b"") -> None:
    says = len(state.chains), some("says").hex()
    bets = 3, some("bets").hex()
    where = (seed or state.seed or some("anchor")).hex()
    state.freeze(number, 1, where, "partage", "aa", *says, *bets, some(f"freeze {number}").hex())


def asked(*accounts: int) -> DrawState:
    state = registered(*accounts)
    freeze(state)
    state.step(What.SPIN, "", some("step").hex())
    return state


def drawn(state: DrawState, *shown: int, pardoned: bool = False) -> None:
    event = state.event + 1
    seed, links, says, done = (
        some(f"{each} {event}").hex() for each in ("seed", "links", "shown", "done")
    )
    packed = pack({account: some(f"link {account} {event}") for account in shown})
    state.drawn(seed, links, says, done, packed, pardoned)


def refused(state: DrawState, do: Callable[..., None], *what: Any) -> bool:
    """Whether this is refused, and leaves all as it was."""
    before = as_json(state.snapshot())
    with pytest.raises(BooksError):
        do(*what)
    return as_json(state.snapshot()) == before


def again(state: DrawState) -> DrawState:
    kept = DrawState.of_snapshot(json.loads(as_json(state.snapshot())))
    assert vars(kept) == vars(state)
    return kept


def test_a_chain_counts_from_the_next_freeze() -> None:
    state = DrawState()
    state.register(ANNA, some("head").hex())
    assert (state.chains, state.coming) == ({}, {ANNA: some("head")})
    again(state).admit()
    state.admit()
    assert (state.chains, state.coming) == ({ANNA: Chain(some("head"), CHAIN_LINKS, 0)}, {})


def test_a_newer_chain_takes_the_place_of_the_one_before() -> None:
    state = registered(ANNA)
    state.register(ANNA, some("newer").hex())
    assert state.chains[ANNA].head == some(f"head {ANNA}")
    state.admit()
    assert state.chains[ANNA] == Chain(some("newer"))


def test_who_withdraws_is_out_and_has_no_chain_from_the_next_freeze_on() -> None:
    state = registered(ANNA, BERT)
    state.register(CLEO, HEX)
    state.withdraw(BERT)
    state.withdraw(CLEO)
    assert (state.coming, state.out) == ({}, {BERT, CLEO})
    again(state)
    state.admit()
    assert [*state.chains] == [ANNA]
    assert not state.out


def test_a_freeze_is_of_those_who_have_a_say() -> None:
    state = registered(ANNA, BERT)
    wrong = 1, 1, HEX, "", "", 3, HEX, 0, HEX, HEX
    assert refused(state, state.freeze, *wrong)
    freeze(state)
    frozen = again(state).frozen
    assert frozen is not None
    assert (frozen.number, frozen.event, frozen.draw) == (1, 1, 1)
    assert (frozen.seed_before, frozen.history) == (some("anchor"), NOTHING)
    assert (frozen.rules, frozen.state) == ("partage", b"\xaa")
    assert (frozen.contributors, frozen.says_root) == (2, some("says"))
    assert (frozen.players, frozen.stakes_root) == (3, some("bets"))
    assert (frozen.freeze, frozen.steps, frozen.missing) == (some("freeze 1"), [], set())
    assert state.before == some("freeze 1")
    assert state.asked is None


def test_one_event_is_open_at_a_time() -> None:
    state = registered(ANNA)
    assert refused(state, state.step, What.SPIN, "", HEX)
    assert refused(state, drawn, state)
    freeze(state)
    assert refused(state, drawn, state)
    state.step(What.SPIN, "", some("step").hex())
    assert again(state).asked is not None
    for do, what in ((state.step, (What.SPIN, "", HEX)), (freeze, (state, 2))):
        assert refused(state, do, *what)
    drawn(state, ANNA)
    assert (state.asked, state.event) == (None, 1)
    freeze(state, 2)


def test_an_event_that_is_over_shows_its_links_and_ends_the_history() -> None:
    state = asked(ANNA, BERT)
    drawn(state, ANNA, BERT)
    state = again(state)
    assert state.chains[ANNA] == Chain(some(f"link {ANNA} 1"), CHAIN_LINKS - 1, 1)
    assert (state.seed, state.history) == (some("seed 1"), some("done 1"))
    assert state.before == some("done 1")
    assert state.frozen is not None
    (step,) = state.frozen.steps
    assert (step.event, step.what, step.step) == (1, What.SPIN, some("step"))
    assert (step.links_root, step.shown) == (some("links 1"), some("shown 1"))
    assert (step.seed, step.done) == (some("seed 1"), some("done 1"))
    state.admit()
    assert state.chains[ANNA] == Chain(some(f"link {ANNA} 1"), CHAIN_LINKS - 1, 0)


def test_the_seed_before_is_the_last_one_that_was_shown() -> None:
    state = asked()
    drawn(state)
    assert refused(state, freeze, state, 2, some("another"))
    freeze(state, 2, some("seed 1"))
    assert state.frozen is not None
    assert (state.frozen.event, state.frozen.history) == (2, some("done 1"))


def test_who_was_asked_and_showed_nothing_is_out_and_has_no_say_for_a_while() -> None:
    state = asked(ANNA, BERT, CLEO)
    drawn(state, BERT)
    state = again(state)
    assert state.frozen is not None
    assert (state.out, state.frozen.missing) == ({ANNA, CLEO}, {ANNA, CLEO})
    until = 1 + ROUNDS_WITHOUT_SAY
    assert state.locked == {ANNA: until, CLEO: until}
    assert state.chains[ANNA].head == some(f"head {ANNA}")
    state.step(What.SPIN, "", HEX)
    drawn(state, BERT)
    assert state.frozen.missing == {ANNA, CLEO}
    state.admit()
    assert state.chains.keys() == {BERT}


def test_whom_the_house_kept_from_answering_is_not_blamed() -> None:
    state = asked(ANNA)
    drawn(state, pardoned=True)
    assert state.frozen is not None
    assert (state.frozen.missing, state.locked, state.out) == ({ANNA}, {}, {ANNA})


def test_who_is_noted_as_out_is_not_missing() -> None:
    state = registered(ANNA, BERT)
    freeze(state)
    state.step(What.OUT, ANNA.to_bytes(8, "big").hex(), some("note").hex())
    assert (state.before, state.asked, state.out) == (some("note"), None, {ANNA})
    state.step(What.SPIN, "", HEX)
    drawn(state, BERT)
    assert state.frozen is not None
    assert (state.frozen.missing, state.locked) == (set(), {})


def test_a_note_is_no_event() -> None:
    state = asked(ANNA)
    drawn(state, ANNA)
    state.step(What.NOTE, "aa", some("note").hex())
    assert (state.asked, state.before, state.event) == (None, some("note"), 1)


def test_a_chain_at_its_end_is_gone() -> None:
    state = registered(ANNA, BERT)
    state.chains[ANNA].left = 1
    freeze(state)
    state.step(What.SPIN, "", HEX)
    drawn(state, ANNA, BERT)
    state.admit()
    assert state.chains.keys() == {BERT}


def test_links_are_packed_in_one_order() -> None:
    links = {BERT: some("b"), ANNA: some("a")}
    assert unpack(pack(links)) == links
    assert pack(links) == pack(dict(reversed(links.items())))
    assert unpack(pack({})) == {}
