"""What a draw costs in which ten thousand have a say: `python -m bench.draw [PEOPLE]`.

A house with its books on the disk and no sockets, where everybody bets and the wheel turns: first
where nobody has a say, then where everybody has one and shows their link. Timed is the processor's
time of the owner, with the reading of what comes, from the croupier's word until all are told; and
the longest of the owner's batches, for which every other table waits.
"""

import gc
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from bench.tables import BATCH, SPINS, Room, say
from protocol.fair.hashes import Hash, link_before
from protocol.house.draw import RegisterChain, SendLink
from protocol.wire import encode
from server.games.roulette.play import roulette_at
from server.owner import Call, collect_seldom

PEOPLE = 10_000
LINKS = 2 * SPINS
"""Of each chain: enough for this, and made in seconds."""


class Spun(NamedTuple):
    """A spin, in milliseconds of the processor."""

    whole: float
    longest: float
    """Of the owner's batches."""
    to_number: float
    """Until the number is in the books."""


class Full(Room):
    """One table, where everybody who wants has a say."""

    def __init__(self, folder: Path, people: int) -> None:
        super().__init__(folder, 1, people)
        self._chains: dict[int, list[Hash]] = {}
        self._draw = self.table.draw

    def register(self, dice: Random) -> None:
        """Everybody."""
        for table, line in self.seats:
            account = line.session.who.account
            links = [dice.randbytes(32)]
            for _ in range(LINKS):
                links.append(link_before(self._draw.name, account, links[-1]))
            self._chains[account] = links[::-1]
            self.number += 1
            line.say(encode(RegisterChain(self.number, links[-1]), table))
            self.turn()
        assert len(self._draw.state.coming) == len(self.seats)

    def timed_spin(self, dice: Random) -> Spun:
        """Everybody has bet, and the wheel turns."""
        self.wait()
        self.bet_all(dice, len(self.seats))
        play = roulette_at(self.house.hall.tables[1])
        number = play.round.number
        self.owner._came.append(Call(lambda _: play.start_spin(self.clock, number)))
        links, self._read = self._links(), 0.0
        batches: list[float] = []
        to_number = 0.0
        while play.round.number == number or self.owner.streams.waiting:
            if self._draw.state.asked is not None:
                next(links, None)
            began = time.thread_time()
            self.owner.turn(self.items())
            batches.append(1e3 * (time.thread_time() - began))
            to_number = to_number or (play.round.number > number and sum(batches))
        return Spun(sum(batches) + self._read, max(batches), to_number + self._read)

    def _links(self) -> Iterator[None]:
        """They come as fast as the owner takes them."""
        event = self._draw.state.event + 1
        first = SPINS  # Events in which nobody had a say.
        for at in range(0, len(self.seats), BATCH):
            some = self.seats[at : at + BATCH]
            self.number += 1
            said = [
                (line, encode(SendLink(self.number, event, mine[event - first]), table))
                for table, line in some
                if (mine := self._chains.get(line.session.who.account))
            ]
            began = time.thread_time()
            for line, data in said:
                line.say(data)
            self._read += 1e3 * (time.thread_time() - began)
            yield


def main() -> None:
    logging.disable()
    collect_seldom()
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    dice = Random(1)
    with tempfile.TemporaryDirectory() as folder:
        room = Full(Path(folder), people)
        gc.collect()
        nobody = [room.timed_spin(dice) for _ in range(SPINS)]
        tell("nobody has a say", nobody, people)
        room.register(dice)
        everybody = [room.timed_spin(dice) for _ in range(SPINS)]
        assert not room.table.draw.missing
        tell("everybody has a say", everybody, people)
        more = 1e3 * (_median(everybody, 0) - _median(nobody, 0)) / people
        say(f"a say costs {more:.0f} microseconds a round")
        room.close()


def tell(what: str, spins: list[Spun], people: int) -> None:
    whole, longest, to_number = (_median(spins, at) for at in range(3))
    say(
        f"{people} people, {what}: the number after {to_number:.0f} ms, all told after {whole:.0f}"
        f" ms, the longest batch {longest:.1f} ms"
    )


def _median(spins: list[Spun], at: int) -> float:
    return median([each[at] for each in spins])


if __name__ == "__main__":
    main()
