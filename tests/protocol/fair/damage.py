"""Documents of the draw that somebody damaged, somewhere."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

Way: TypeAlias = tuple[str | int, ...]
Document: TypeAlias = dict[str, Any]

FAIR: Document = json.loads(
    (Path(__file__).parents[2] / "vectors" / "fair.json").read_text("utf-8")
)
TEXTS = (
    "",
    "x",
    "00",
    "zz" * 32,
    "10c",
    "Ac",
    "locked",
    "partage",
    "prison2",
    "odd=carry",
    "\ud800",
)
NUMBERS = (0, 1, -1, 2, 37, 255, 256, 2**32, 2**64, -(2**70), 10**400, 0.0, 1.5, -0.0, True, False)
ROWS: Sequence[Any] = (
    None,
    [],
    {},
    [[]],
    [1, 2, 3],
    {"a": 1},
    [[0, 0, 0]],
    {"1/0": []},
    {"1001": None},
)


def documents() -> list[Document]:
    """The rounds of the vectors, alone and with the one before."""
    shared = {key: FAIR[key] for key in ("scheme", "table", "anchor")}
    rounds = FAIR["rounds"]
    return [{**shared, "rounds": rounds[at : at + n]} for n in (1, 2) for at in range(len(rounds))]


def ways(within: Any, way: Way = ()) -> Iterator[Way]:
    """To everything in it."""
    if way:
        yield way
    if isinstance(within, dict):
        for key, each in within.items():
            yield from ways(each, (*way, key))
    elif isinstance(within, list):
        for spot, each in enumerate(within):
            yield from ways(each, (*way, spot))


def at(document: Document, way: Way) -> Any:
    here: Any = document
    for key in way:
        here = here[key]
    return here


class Damage:
    """Damages one document after the other."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._whole = documents()
        self._ways = [[*ways(document)] for document in self._whole]

    def document(self) -> Document:
        """With one to three damages in it."""
        number = self._chance.randrange(len(self._whole))
        document = deepcopy(self._whole[number])
        for _ in range(self._chance.choice((1, 1, 1, 2, 3))):
            *way, last = self._chance.choice(self._ways[number])
            with suppress(KeyError, IndexError, TypeError):  # What was damaged first may be gone.
                self._chance.choice(DAMAGES)(self, document, at(document, tuple(way)), last)
        return document

    def _drop(self, _: Document, inside: Any, key: Any) -> None:
        del inside[key]

    def _put(self, _: Document, inside: Any, key: Any) -> None:
        values: Sequence[Any] = self._chance.choice((TEXTS, NUMBERS, ROWS))
        inside[key] = deepcopy(self._chance.choice(values))

    def _nearly(self, _: Document, inside: Any, key: Any) -> None:
        """Another value of the same kind, so that it is read and does not hold."""
        was = inside[key]
        if isinstance(was, str) and was:
            spot = self._chance.randrange(len(was))
            inside[key] = was[:spot] + self._chance.choice("0123456789abcdef") + was[spot + 1 :]
        elif type(was) is int:
            inside[key] = max(0, was + self._chance.choice((-1, 1, 100)))
        elif isinstance(was, list):
            self._chance.shuffle(was)

    def _copy(self, document: Document, inside: Any, key: Any) -> None:
        """What stands somewhere else."""
        other = self._chance.choice([*ways(document)])
        inside[key] = deepcopy(at(document, other))

    def _repeat(self, _: Document, inside: Any, key: Any) -> None:
        """A step, a bet or a round twice, or moved."""
        if isinstance(inside, list):
            inside.insert(self._chance.randrange(len(inside) + 1), deepcopy(inside[key]))

    def _rename(self, _: Document, inside: Any, key: Any) -> None:
        if isinstance(inside, dict):
            inside[self._chance.choice(("1001", "1003", "1", "01", "x", *inside))] = inside.pop(key)


DAMAGES: Sequence[Callable[[Damage, Document, Any, Any], None]] = (
    Damage._drop,
    Damage._put,
    Damage._nearly,
    Damage._nearly,
    Damage._copy,
    Damage._repeat,
    Damage._rename,
)
