"""What can be wrong in an expression: each function makes the edits of one kind of mistake."""

import ast
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import TypeAlias

from mutation.source import Edit, Source, bracketed, same

Maker: TypeAlias = Callable[[ast.AST, Source], Iterator[Edit]]
"""The edits that this kind of mistake allows at this node itself, not further down."""

OTHERS: Mapping[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
"""Each operator, and the one that is written for it by mistake."""

TWINS = {"popleft": "pop"} | {
    one: other
    for pair in (
        *("min max", "any all", "startswith endswith", "add discard", "lstrip rstrip"),
        *("append appendleft", "find rfind", "split rsplit", "ljust rjust"),
        *("partition rpartition", "nsmallest nlargest", "bisect_left bisect_right"),
    )
    for one, other in (pair.split(), pair.split()[::-1])
}
"""Names that are taken for each other."""

THROUGH = {
    "sorted",
    "list",
    "tuple",
    "set",
    "frozenset",
    "abs",
    "int",
    "round",
    "bytes",
    "reversed",
}
"""What is called with one thing and gives something like it."""


def compare(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Compare):
        values = [node.left, *node.comparators]
        for left, operator, right in zip(values, node.ops, values[1:], strict=False):
            edit = source.word(left, right, *OTHERS[type(operator)])
            if edit:
                yield edit


def logic(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.BoolOp):
        for left, right in pairwise(node.values):
            edit = source.word(left, right, *OTHERS[type(node.op)])
            if edit:
                yield edit


def operand(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            yield source.instead(value, str(isinstance(node.op, ast.And)))


def arithmetic(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if not any(map(_is_text, (left, right))):
            edit = source.word(left, right, *OTHERS[type(op)]) if type(op) in OTHERS else None
            if edit:
                yield edit
        case ast.UnaryOp(op=ast.USub() | ast.Invert(), operand=value):
            yield source.instead(node, source.code(value))


def negation(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.UnaryOp(op=ast.Not()):
            yield source.instead(node, f"({source.code(node).removeprefix('not').strip()})")


def condition(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Where `compare` and `negation` do not do the same already."""
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            tests = [test]
        case ast.comprehension(ifs=tests):
            pass
        case _:
            return
    for test in tests:
        match test:
            case ast.UnaryOp(op=ast.Not()):
                pass
            case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot()]):
                pass
            case ast.Compare(ops=[ast.In() | ast.NotIn()]) | ast.Constant():
                pass
            case _:
                yield source.instead(test, f"not ({source.code(test)})")


def constant(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.Constant(value=bool()):
            yield source.instead(node, str(not node.value))
        case ast.Constant(value=int() | float() as value):
            yield source.instead(node, repr(value + 1))
            yield source.instead(node, bracketed(repr(value - 1)))


def text(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.Constant(value=str(value)) if value:
            yield source.instead(node, '""')
        case ast.Constant(value=bytes(value)) if value:
            yield source.instead(node, 'b""')
        case ast.JoinedStr(values=[_, *_]):
            yield source.instead(node, '""')


def nothing(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.List(elts=[_, *_], ctx=ast.Load()) | ast.ListComp():
            yield source.instead(node, "[]")
        case ast.Tuple(elts=[_, *_], ctx=ast.Load()):
            yield source.instead(node, "()")
        case ast.Dict(keys=[_, *_]) | ast.DictComp():
            yield source.instead(node, "{}")
        case ast.Set() | ast.SetComp():
            yield source.instead(node, "set()")
        case ast.GeneratorExp():
            yield source.instead(node, "(_ for _ in ())")
        case ast.For(iter=each):
            yield source.instead(each, "()")


def swap(node: ast.AST, source: Source) -> Iterator[Edit]:
    if node in source.in_any_order:
        return
    match node:
        case ast.Call(args=values) | ast.Tuple(elts=[_, _] as values, ctx=ast.Load()):
            for one, other in pairwise(values):
                if not isinstance(one, ast.Starred) and not isinstance(other, ast.Starred):
                    start, end = source.end(one), source.start(other)
                    new = source.code(other) + source.piece(start, end) + source.code(one)
                    if not same(one, other):
                        yield Edit(source.start(one), source.end(other), new)
        case ast.IfExp(body=one, orelse=other) if not same(one, other):
            yield source.instead(one, source.code(other))
            yield source.instead(other, source.code(one))


def keyword(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Call):
        for each in node.keywords:
            start, end = source.start(each), source.end(each)
            if each.arg is None:
                continue
            before = source.piece(0, start).rstrip()
            after = source.piece(end, source.end(node))
            if before.endswith(","):
                yield Edit(len(before.encode()) - 1, end, "")
            elif after.lstrip().startswith(","):
                yield Edit(start, end + after.index(",") + 1, "")
            else:
                yield Edit(start, end, "")


def twin(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in TWINS:
            yield source.instead(node.func, TWINS[name])
        case ast.Call(func=ast.Attribute(attr="split" | "rsplit"), args=[] | [_], keywords=[]):
            return  # Without an end to how often, from the left and from the right are the same.
        case ast.Call(func=ast.Attribute(attr=name)) if name in TWINS:
            end = source.end(node.func)
            yield Edit(end - len(name.encode()), end, TWINS[name])
        case ast.Call(func=ast.Attribute(attr="pop"), args=[]):
            yield Edit(source.end(node) - 1, source.end(node), "0)")


def through(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[value]) if name in THROUGH:
            if not isinstance(value, ast.Starred | ast.GeneratorExp):
                yield source.instead(node, bracketed(source.code(value)))


def cut(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.Slice):
        for bound in (node.lower, node.upper):
            if bound is not None:
                yield source.instead(bound, "None")


def _is_text(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr() | ast.Constant(value=str() | bytes()):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_text(left) or _is_text(right)
    return False
