"""Bytes made smaller, for the disk. Pure.

Level 1: whoever changes his mind all evening lays the same chips again and again, and of that it
leaves a fiftieth in a millisecond for half a megabyte. Chips by dice it halves at any level, and
the higher ones take ten times as long, while bets wait.
"""

import zlib

LEVEL = 1


def compress(plain: bytes) -> bytes:
    return zlib.compress(plain, LEVEL)


def expand(packed: bytes, size: int) -> bytes:
    """What was compressed, which is exactly `size` bytes; else a `ValueError`.

    A byte more is never made: a few kilobytes can be written to expand to gigabytes.
    """
    expander = zlib.decompressobj()
    try:
        plain = expander.decompress(packed, size + 1)
    except zlib.error as error:
        raise ValueError(f"compressed bytes are damaged: {error}") from error
    if len(plain) != size or not expander.eof or expander.unused_data:
        raise ValueError(f"compressed bytes are not the {size} that they should be")
    return plain
