"""What is compressed for the disk comes back whole, or not at all."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.books.compressed import compress, expand


@given(st.binary(max_size=500))
def test_it_comes_back(plain: bytes) -> None:
    assert expand(compress(plain), len(plain)) == plain


def test_a_few_bytes_that_would_be_gigabytes_take_no_memory() -> None:
    bomb = compress(bytes(50_000_000))
    tracemalloc.start()
    try:
        for size in (0, 10_000):
            with pytest.raises(ValueError, match=f"not the {size} that"):
                expand(bomb, size)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_every_cut_and_every_flipped_bit_is_seen_or_without_effect() -> None:
    plain = bytes(range(200))
    packed = compress(plain)
    for at in range(8 * len(packed)):  # (Some say how it was compressed, and some are not used.)
        flipped = bytearray(packed)
        flipped[at // 8] ^= 1 << at % 8
        try:
            assert expand(bytes(flipped), len(plain)) == plain
        except ValueError as error:
            assert "compressed bytes" in str(error)  # noqa: PT017 - either will do
    for end in range(len(packed)):
        with pytest.raises(ValueError, match="compressed bytes"):
            expand(packed[:end], len(plain))
    for wrong in (packed + b"x", packed + packed):
        with pytest.raises(ValueError, match="compressed bytes"):
            expand(wrong, len(plain))
    for size in (0, 199, 201):
        with pytest.raises(ValueError, match="compressed bytes"):
            expand(packed, size)
