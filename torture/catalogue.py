"""Everything that is done to the house, in the order in which it is done."""

from torture.report import Row
from torture.rows import (
    cut,
    flip,
    flood,
    full,
    garbage,
    io,
    kill,
    late,
    power,
    seeds,
    slow,
    soak,
    spins,
    steer,
    torrent,
    twice,
)

ROWS: tuple[Row, ...] = (
    kill.ROW,
    power.ROW,
    io.ROW,
    full.ROW,
    flip.ROW,
    seeds.ROW,
    twice.ROW,
    cut.ROW,
    garbage.ROW,
    torrent.ROW,
    late.ROW,
    steer.ROW,
    slow.ROW,
    flood.ROW,
    spins.ROW,
    soak.ROW,
)
