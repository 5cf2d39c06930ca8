import hmac
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from struct import unpack

import pytest

from protocol.fair.hashes import Hash
from protocol.fair.words import WORDS, Words

SEED, STEP, SHOWN = (bytes((each,)) * 32 for each in (1, 2, 3))


def stream(tag: bytes, context: bytes = b"") -> Iterator[int]:
    """As the page has it: HMAC blocks of 16 words."""
    name = b"croupier/2/" + tag
    index = 0
    while True:
        message = bytes((len(name),)) + name + STEP + SHOWN + context + index.to_bytes(4, "big")
        yield from unpack(">16H", hmac.digest(SEED, message, "sha256"))
        index += 1


def of(words: Iterator[int]) -> Words:
    """Numbers from these words."""
    made = Words(SEED, STEP, SHOWN)
    made._words = words
    return made


@pytest.mark.parametrize("n", [1, 2, 3, 7, 37, 38, 52, 90, 312, 1000, 32768, 32769, 65535, 65536])
def test_a_number_below_n_is_exactly_uniform(n: int) -> None:
    """All words once: each number comes equally often, and the fewest words are thrown away."""
    words = iter(range(WORDS))
    numbers = of(words)
    drawn: Counter[int] = Counter()
    kept = WORDS // n * n
    for _ in range(kept):
        drawn[numbers.below(n)] += 1
    assert drawn == dict.fromkeys(range(n), WORDS // n)
    assert [*words] == [*range(kept, WORDS)]


def test_a_word_that_would_favour_some_is_thrown_away() -> None:
    least = WORDS - WORDS % 37
    assert of(iter((least, WORDS - 1, least - 1))).below(37) == 36
    assert of(iter((least - 37, 5))).below(37) == 0


@pytest.mark.parametrize("n", [0, -1, WORDS + 1])
def test_nothing_else_can_be_drawn(n: int) -> None:
    with pytest.raises(ValueError, match="below"):
        Words(SEED, STEP, SHOWN).below(n)


def test_the_words_are_those_of_the_page_over_many_blocks() -> None:
    words = Words(SEED, STEP, SHOWN)
    assert [words.below(WORDS) for _ in range(100)] == [*islice(stream(b"draw"), 100)]


def test_a_stream_apart_has_its_own_tag_and_context_and_moves_no_other() -> None:
    words = Words(SEED, STEP, SHOWN)
    apart = words.apart("bingo75", b"context")
    wanted = [*islice(stream(b"bingo75", b"context"), 20)]
    assert [apart.below(WORDS) for _ in range(20)] == wanted
    again = apart.apart("bingo90", b"other")
    assert [again.below(WORDS) for _ in range(5)] == [*islice(stream(b"bingo90", b"other"), 5)]
    assert [words.below(WORDS) for _ in range(20)] == [*islice(stream(b"draw"), 20)]


@pytest.mark.parametrize("at", range(3))
def test_seed_step_and_links_each_change_every_word(at: int) -> None:
    other: list[Hash] = [SEED, STEP, SHOWN]
    other[at] = bytes(32)
    first, then = Words(SEED, STEP, SHOWN), Words(*other)
    assert [first.below(WORDS) for _ in range(4)] != [then.below(WORDS) for _ in range(4)]


def test_what_is_taken_is_gone() -> None:
    pool = ["a", "b", "c", "d"]
    words = of(iter((2, 2, 0, 7)))
    assert [words.take(pool) for _ in range(4)] == ["c", "d", "a", "b"]
    assert pool == []
