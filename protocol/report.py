"""What a file of rounds comes to, line by line, for whoever verifies it.

Of each round: whether it holds, and every step that does not and every reason why it could not be
checked to the end, by the names that `protocol/fair/verdict.py` explains.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from protocol.fair.document import Round, read
from protocol.fair.judge import judge
from protocol.fair.verdict import GREY, RED, Colour, Verdict
from protocol.games.kinds import KINDS
from protocol.games.roulette.rules import written
from protocol.text import as_name

WORDS: Mapping[Colour, str] = {
    Colour.GREEN: "holds",
    Colour.GREY: "holds as far as it could be checked",
    Colour.RED: "does NOT hold",
}
POCKETS = range(38)


def report(raw: Mapping[str, Any]) -> tuple[bool, list[str]]:
    """Whether nothing is red, and the lines that say so; or `NotADocument`."""
    document = read(raw)
    lines = [f"at the table whose anchor is {document.anchor.hex()}:"]
    held = True
    for told, verdict in judge(document, KINDS):
        held = held and verdict.colour is not Colour.RED
        lines.append(f"{_title(told)}: {_result(told)}{WORDS[verdict.colour]}")
        lines += _why(verdict)
    return held, lines


def _why(verdict: Verdict) -> Iterator[str]:
    for found, meaning in ((verdict.reds, RED), (verdict.greys, GREY)):
        for step, more in found.items():
            yield f"  {step}: {meaning[step]}{f' ({more})' if more else ''}"


def _title(told: Round) -> str:
    title = f"round {told.number}"
    return f"{title} {as_name(told.name)}" if told.name and told.name != title else title


def _result(told: Round) -> str:
    """The number that fell, where it is one of a wheel."""
    last = told.events[-1].result if told.events else None
    pocket = last.get("pocket") if isinstance(last, dict) else None
    return f"number {written(pocket)}: " if type(pocket) is int and pocket in POCKETS else ""
