"""Everything that is done to the house, in the order in which it is done."""

from torture.report import Row
from torture.rows import (
    cut,
    door,
    flip,
    flood,
    full,
    garbage,
    io,
    kill,
    late,
    lines,
    moods,
    power,
    seeds,
    slow,
    soak,
    spins,
    steer,
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
    late.ROW,
    lines.ROW,
    steer.ROW,
    slow.ROW,
    flood.ROW,
    door.ROW,
    spins.ROW,
    moods.ROW,
    soak.ROW,
)
