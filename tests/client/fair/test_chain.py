"""The chain of seeds, walked back."""

import pytest

from client.fair.chain import AT_ONCE, Chain
from protocol.fairness import CHAIN_LENGTH, previous_seed

TABLE = bytes(16)
LENGTH = 3 * AT_ONCE + 7


def seeds() -> list[bytes]:
    found = [b"\x07" * 32]
    for _ in range(LENGTH):
        found.append(previous_seed(TABLE, found[-1]))
    return found[::-1]


SEEDS = seeds()


def walk(chain: Chain) -> list[bool]:
    steps = []
    while chain.walking:
        steps.append(chain.step())
    return steps


def test_so_many_are_walked_at_once() -> None:
    assert AT_ONCE == 2_000


def test_neighbours_are_compared_at_once() -> None:
    chain = Chain(TABLE, SEEDS[0])
    assert chain.reach(0, SEEDS[0])
    assert chain.reach(1, SEEDS[1])
    assert chain.reach(2, SEEDS[2])
    assert not chain.walking
    assert not chain.reach(3, b"x" * 32)
    assert not chain.reach(4, SEEDS[4])


def test_what_is_over_is_not_looked_at_again() -> None:
    chain = Chain(TABLE, SEEDS[0])
    assert chain.reach(5, SEEDS[5])
    assert chain.reach(3, b"x" * 32)


def test_a_wide_gap_is_walked_in_pieces_while_the_game_goes_on() -> None:
    chain = Chain(TABLE, SEEDS[0])
    assert chain.reach(LENGTH - 1, SEEDS[LENGTH - 1])
    assert chain.walking
    assert chain.reach(LENGTH, SEEDS[LENGTH])
    assert walk(chain) == [True] * 4
    assert chain.step()


def test_a_wide_gap_that_leads_elsewhere_is_found() -> None:
    chain = Chain(TABLE, b"x" * 32)
    assert chain.reach(LENGTH, SEEDS[LENGTH])
    assert walk(chain) == [True, True, True, False]


@pytest.mark.parametrize("gap", [1, 2, 300, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE, LENGTH])
def test_no_gap_is_too_narrow_or_too_wide_to_be_followed(gap: int) -> None:
    for known, leads in ((SEEDS[0], True), (b"x" * 32, False)):
        chain = Chain(TABLE, known)
        at_once = chain.reach(gap, SEEDS[gap])
        assert chain.walking is (gap > AT_ONCE)
        assert all((at_once, *walk(chain))) is leads


def test_a_second_wide_gap_does_not_hide_the_first() -> None:
    """Two rounds far apart may be shown in one breath, before any piece was walked."""
    first = AT_ONCE + 1
    for known, steps in ((SEEDS[0], [True] * 5), (b"x" * 32, [True, False, True, True, True])):
        chain = Chain(TABLE, known)
        assert chain.reach(first, SEEDS[first])
        assert chain.reach(LENGTH, SEEDS[LENGTH])
        assert walk(chain) == steps


def test_the_same_round_keeps_its_seed() -> None:
    chain = Chain(TABLE, SEEDS[0])
    assert chain.reach(5, SEEDS[5])
    assert chain.reach(5, SEEDS[5])
    assert not chain.reach(5, SEEDS[6])
    assert not Chain(TABLE, SEEDS[0]).reach(0, SEEDS[1])


def test_a_chain_has_an_end() -> None:
    chain = Chain(TABLE, SEEDS[0])
    assert not chain.reach(CHAIN_LENGTH + 1, SEEDS[1])
    assert chain.reach(1, SEEDS[1])
    assert chain.reach(CHAIN_LENGTH, SEEDS[2])
    assert chain.walking


@pytest.mark.parametrize("known", [0, 1, 5])
@pytest.mark.parametrize("gap", [1, 2, 3, 7, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1])
def test_a_gap_of_any_width_is_walked_to_its_end(known: int, gap: int) -> None:
    for seed, right in ((SEEDS[known + gap], True), (SEEDS[known + gap + 1], False)):
        chain = Chain(TABLE, SEEDS[0])
        assert chain.reach(known, SEEDS[known])
        linked = chain.reach(known + gap, seed)
        assert chain.walking is (gap > AT_ONCE)
        assert (walk(chain)[-1] if chain.walking else linked) is right
