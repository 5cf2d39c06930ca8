"""A verdict laid open: what of a round was checked, in what order, and by what. Pure.

Nothing is judged here: a step holds where the verdict names nothing of it that is red.
"""

from dataclasses import dataclass
from enum import StrEnum

from client.fair.witness import Judged
from protocol.fair.document import Event
from protocol.fair.verdict import RED, Colour


class Part(StrEnum):
    """The steps, in this order."""

    SEED = "seed"
    """The house's seed leads back to what was published before the bets."""
    FREEZE = "freeze"
    """Everything that was fixed when betting closed, and that nothing of it is another later."""
    SAYS = "says"
    """The links of everybody who had a say."""
    NUMBER = "number"
    """What was drawn follows from the seed, the links and the freeze."""
    OWN = "own"
    """One's own say, bets and payout are as one was told."""
    CLOCK = "clock"
    """Everything came, and in its time."""


COMPARED = 8
"""So much of D: two people who have the same were told the same of every round before, too."""

CHECKS: dict[Part, tuple[str, ...]] = {
    Part.SEED: ("anchor", "chain"),
    Part.FREEZE: (
        *("order", "history", "freeze", "two_freezes", "stakes", "transcript", "two_transcripts"),
        "done",
    ),
    Part.SAYS: ("says", "links", "reveals"),
    Part.NUMBER: ("draw", "payouts"),
    Part.OWN: ("own_say", "own_link", "own_stake", "own_act", "own_out", "own_payout"),
    Part.CLOCK: ("void", "window", "late", "refused"),
}
"""What of a verdict each of them shows."""
assert {step for steps in CHECKS.values() for step in steps} == RED.keys()


@dataclass(frozen=True, slots=True)
class Working:
    """One step."""

    part: Part
    failed: tuple[str, ...] = ()
    """What of it does not hold."""
    inputs: tuple[tuple[str, str], ...] = ()
    """By what it was checked: its sign, and its value in hexadecimal or as a number."""

    @property
    def holds(self) -> bool:
        return not self.failed


@dataclass(frozen=True, slots=True)
class Proof:
    """A round laid open."""

    number: int
    colour: Colour
    greys: tuple[str, ...]
    """Why it is not green."""
    pocket: int | None
    workings: tuple[Working, ...]
    anchor: str
    """The public end of the table's chain: whoever wrote it down can check every round by it."""


def pocket_of(judged: Judged) -> int | None:
    """The number that fell, where it was told."""
    event = _last(judged)
    pocket = (event.result or {}).get("pocket") if event is not None else None
    return pocket if isinstance(pocket, int) else None


def laid_open(judged: Judged) -> Proof:
    """Of one round."""
    verdict, told, event = judged.verdict, judged.round, _last(judged)
    seed = event.seed if event is not None else b""
    pocket, own = pocket_of(judged), told.own
    inputs: dict[Part, tuple[tuple[str, str], ...]] = {
        Part.SEED: (("S−1", told.seed_before.hex()), ("S", seed.hex())),
        Part.FREEZE: (("F", told.freeze.hex()), ("players", str(told.players))),
        Part.SAYS: (
            ("says", str(told.contributors)),
            *((("shown", str(_shown(event))), ("R", event.shown.hex())) if event else ()),
        ),
        Part.NUMBER: (("number", str(pocket)),) if pocket is not None else (),
        Part.OWN: (
            *((("P", own.head.hex()),) if own is not None and own.head is not None else ()),
            *((("paid", str(own.payout)),) if own is not None and own.payout is not None else ()),
        ),
        Part.CLOCK: (("D", event.done.hex()[:COMPARED]), ("night", "")) if event else (),
    }  # fmt: skip
    workings = (
        Working(part, tuple(each for each in CHECKS[part] if each in verdict.reds), known)
        for part, known in ((part, inputs.get(part, ())) for part in Part)
    )
    anchor = judged.document.anchor.hex()
    greys = tuple(verdict.greys)
    return Proof(told.number, judged.colour, greys, pocket, tuple(workings), anchor)


def _shown(event: Event) -> int:
    """How many showed their links."""
    return sum(link is not None for link in (event.links or {}).values())


def _last(judged: Judged) -> Event | None:
    drawn = [each for each in judged.round.events if each.is_drawn]
    return drawn[-1] if drawn else None
