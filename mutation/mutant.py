"""A mutant: the house with one small mistake in it, and how all of them are found.

A mutant is called by its file, the function that it is in, the kind of mistake, and the how manieth
of this kind it is in there: `server/books/books.py:Books.stake:compare:1`. No line is in the name,
so what was found about it holds when the function moves; what the name stands for is in `change`.
"""

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from mutation import expressions, names, statements
from mutation.expressions import Maker
from mutation.left_out import left_out
from mutation.source import Edit, Source, everything_named, pieces

T = TypeVar("T")


class Kind(NamedTuple):
    """A kind of mistake."""

    about: str
    make: Maker


KINDS: Mapping[str, Kind] = {
    "compare": Kind("`<` is `<=`, `==` is `!=`, `in` is `not in`", expressions.compare),
    "logic": Kind("`and` is `or`", expressions.logic),
    "operand": Kind("one side of `and` or `or` is left out", expressions.operand),
    "negation": Kind("a `not` is left out", expressions.negation),
    "condition": Kind("an `if`, a `while` or a filter means the opposite", expressions.condition),
    "arithmetic": Kind("`+` is `-`, `//` is `*`, a sign is left out", expressions.arithmetic),
    "constant": Kind("a number is one more or one less, `True` is `False`", expressions.constant),
    "text": Kind("a text is empty", expressions.text),
    "nothing": Kind("a collection is empty, a loop has nothing to do", expressions.nothing),
    "swap": Kind("two things beside each other are swapped", expressions.swap),
    "keyword": Kind("an argument with a name is left out", expressions.keyword),
    "twin": Kind("`min` is `max`, `append` is `appendleft`", expressions.twin),
    "through": Kind("`sorted(x)` and the like are only `x`", expressions.through),
    "cut": Kind("a slice has no such bound", expressions.cut),
    "drop": Kind("a call or an assignment is left out", statements.drop),
    "gives": Kind("a function gives back nothing", statements.gives),
    "turn": Kind("`break` is `continue`", statements.turn),
    "added": Kind("`+=` is `-=`", statements.added),
    "order": Kind("two steps, or two refusals, come the other way round", statements.order),
    "handler": Kind("an exception is not taken care of", statements.handler),
    "decorator": Kind("a function has lost its decorator", statements.decorator),
    "variable": Kind("another variable of the same kind", names.variable),
    "attribute": Kind("another attribute of the same type", names.attribute),
    "member": Kind("another member of an enumeration", names.member),
}


class Mutant(NamedTuple):
    """One mistake."""

    path: str
    function: str
    """By its qualified name; "" outside all functions."""
    kind: str
    nth: int
    edit: Edit
    first: int
    last: int
    """The lines that would have to run for it to be noticed."""

    @property
    def id(self) -> str:
        return f"{self.path}:{self.function}:{self.kind}:{self.nth}"

    def change(self, source: Source) -> str:
        """What it changes, on one line."""
        before = source.text.splitlines()
        after = source.changed(self.edit).splitlines()
        at = next(
            (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after)
        )
        tail = 0
        while tail < min(len(before), len(after)) - at and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        old, new = before[at : len(before) - tail], after[at : len(after) - tail]
        return f"{_line(old)} → {_line(new)}"


def mutants(source: Source) -> list[Mutant]:
    """Every mutant of a file that can be compiled, in the order of the file."""
    statement = _Spans(
        (source.start(node), source.end(node), node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.stmt)
    )
    function = _Spans(
        (source.start(node), source.end(node), name) for name, node in everything_named(source.tree)
    )
    closed = _Spans((start, end, True) for start, end in left_out(source))
    made: list[Mutant] = []
    counted: Counter[tuple[str, str]] = Counter()
    seen = set()
    found = sorted(
        (edit.start, edit.end, order, edit.text, kind)
        for order, (kind, row) in enumerate(KINDS.items())
        for node in pieces(source.tree)
        for edit in row.make(node, source)
    )
    for start, end, _, text, kind in found:
        edit = Edit(start, end, text)
        if closed.at(start) or edit in seen or source.piece(start, end) == text:
            continue
        seen.add(edit)
        name = function.at(start) or ""
        counted[name, kind] += 1
        first = statement.at(start) or source.line(start)
        last = max(source.line(end), first)
        made.append(Mutant(source.path, name, kind, counted[name, kind], edit, first, last))
    return made


def compiles(mutant: Mutant, source: Source) -> bool:
    """Some edits make no Python, like one name for two keywords."""
    try:
        compile(source.changed(mutant.edit), mutant.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


class _Spans(Generic[T]):
    """Which of many places, one within the other, is the smallest around a byte."""

    def __init__(self, spans: Iterable[tuple[int, int, T]]) -> None:
        self._spans = sorted(spans, key=lambda span: (span[0], -span[1]))
        self._starts = [start for start, _, _ in self._spans]

    def at(self, position: int) -> T | None:
        for start, end, value in reversed(self._spans[: bisect_right(self._starts, position)]):
            if start <= position < end:
                return value
        return None


def _line(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines) or "(nothing)"
