"""The draw of a round as it is kept with the round, and read again. Pure.

The links are not kept one by one: a row has how many of them were shown in the round, and the last
one, from which the others follow.
"""

import json
from base64 import b64decode, b64encode
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from struct import Struct
from typing import Any, NamedTuple

from protocol.fair.document import Event, Round
from protocol.fair.hashes import NOTES, Account, Hash, link_before
from protocol.house.draw import LinkRow, RoundProved, StepRow
from protocol.limits import STEP_BYTES, STEPS_A_ROUND
from server.books.drawing import Frozen, Step, in_hex, of_hex
from server.draw.draw import Draw

ROW = Struct(">QH32s")
ROUNDS_READ = 4


class Read(NamedTuple):
    """A draw as it is kept, ..."""

    kept: Mapping[str, Any]
    rows: bytes
    """... and the last link of each who had a say, ascending."""


def keep(draw: Draw) -> dict[str, Any]:
    """The round in play, when its last event is over; as JSON can hold it."""
    frozen = draw.state.frozen
    assert frozen is not None
    rows = b"".join([ROW.pack(each.account, each.shown, each.link) for each in draw.links()])
    return {
        "freeze": in_hex(frozen, but=2),
        "steps": [in_hex(step) for step in frozen.steps],
        "links": b64encode(rows).decode(),
    }


def frozen_of(kept: Mapping[str, Any]) -> Frozen:
    """What was frozen, with the steps of the round."""
    frozen = Frozen(*of_hex(Frozen, kept["freeze"]))
    frozen.steps = [Step(*of_hex(Step, step)) for step in kept["steps"]]
    return frozen


@lru_cache(ROUNDS_READ)
def read(record: str) -> Read | None:
    """What a round keeps of its draw; nothing where nothing was drawn. Of a crowd each asks for
    all its pages: it is read once.
    """
    kept = json.loads(record).get("draw")
    return Read(kept, b64decode(kept["links"])) if kept is not None else None


def rows_after(rows: bytes, account: Account, most: int) -> list[LinkRow]:
    """So many of the last links, of who comes after this account."""
    places = range(0, len(rows), ROW.size)
    first = bisect_right(places, account, key=lambda at: ROW.unpack_from(rows, at)[0])
    return [LinkRow(*ROW.unpack_from(rows, at)) for at in places[first : first + most]]


def proved(kept: Mapping[str, Any], number: int) -> RoundProved:
    """The answer to who asks for this round."""
    f = frozen_of(kept)
    fixed = f.event, f.draw, f.seed_before, f.history, f.rules, f.state
    fit = takewhile(lambda step: len(step.detail) <= STEP_BYTES, f.steps[:STEPS_A_ROUND])
    steps = tuple(StepRow(*_step(each)) for each in fit)
    roots = f.contributors, f.says_root, f.players, f.stakes_root, f.freeze
    return RoundProved(number, f.number, *fixed, *roots, steps)


def _step(step: Step) -> tuple[Any, ...]:
    hashes = step.step, step.links_root, step.shown, step.seed, step.done
    return (step.what, step.event, *hashes, step.detail)


def told(
    kept: Mapping[str, Any], table: bytes, game: str, *results: Mapping[str, Any], **more: Any
) -> Round:
    """The round as a file has it: with the result of each event, and what else the game says."""
    f = frozen_of(kept)
    rows = list(ROW.iter_unpack(b64decode(kept["links"])))
    shown = {account: [*_back(table, account, *row)] for account, *row in rows}
    events, drawn = [], 0
    for step in f.steps:
        if step.what in NOTES:
            events.append(
                Event(step.what, step.detail, step.step, 0, b"", b"", b"", b"", None, None)
            )
            continue
        result, drawn = results[drawn], drawn + 1
        links = {who: mine[drawn] if drawn < len(mine) else None for who, mine in shown.items()}
        made = step.event, step.links_root, step.shown, step.seed, step.done
        events.append(Event(step.what, step.detail, step.step, *made, links, result))
    return Round(
        name="",
        game=game,
        number=f.number,
        first_event=f.event,
        seed_before=f.seed_before,
        history=f.history,
        rules=f.rules,
        state=f.state,
        contributors=f.contributors,
        says_root=f.says_root,
        players=f.players,
        stakes_root=f.stakes_root,
        freeze=f.freeze,
        says={account: mine[0] for account, mine in shown.items()},
        events=events,
        own=None,
        **more,
    )


def _back(table: bytes, account: Account, shown: int, link: Hash) -> Iterator[Hash]:
    """The head that was frozen, and the links that were shown behind it, in their order."""
    links = [link]
    for _ in range(shown):
        links.append(link_before(table, account, links[-1]))
    return reversed(links)
