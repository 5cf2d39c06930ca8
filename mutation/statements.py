"""What can be wrong with a statement: left out, turned round, in the wrong order."""

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mutation.source import Edit, Source, same

KEPT_DECORATORS = {"overload", "property", "setter", "fixture", "abstractmethod", "override"}
"""Without these nothing works at all, or nothing changes."""


def drop(node: ast.AST, source: Source) -> Iterator[Edit]:
    """A call, a note to an object, a sum: whatever leaves no name unbound."""
    match node:
        case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Delete() | ast.AugAssign():
            yield source.instead(node, "pass")
        case ast.Return(value=None):
            yield source.instead(node, "pass")
        case ast.Assign(targets=targets) if all(map(_is_place, targets)):
            yield source.instead(node, "pass")


def gives(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Another thing given back."""
    match node:
        case ast.Return(value=ast.expr() as value):
            if not isinstance(value, ast.Constant):
                yield source.instead(value, "None")


def turn(node: ast.AST, source: Source) -> Iterator[Edit]:
    match node:
        case ast.Break():
            yield source.instead(node, "continue")
        case ast.Continue():
            yield source.instead(node, "break")


def added(node: ast.AST, source: Source) -> Iterator[Edit]:
    """`+=` for `-=`."""
    others = {ast.Add: "-=", ast.Sub: "+=", ast.BitOr: "&=", ast.BitAnd: "|=", ast.Mult: "+="}
    if isinstance(node, ast.AugAssign) and type(node.op) in others:
        start, end = source.end(node.target), source.start(node.value)
        between = source.piece(start, end)
        at = between.index("=")
        word = between[: at - 1] + others[type(node.op)] + between[at + 1 :]
        yield Edit(start, end, word)


def order(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Two things done, or two refusals, the other way round."""
    if isinstance(node, ast.FunctionDef) and node.name == "__init__":
        return
    for name in ("body", "orelse", "finalbody"):
        body = getattr(node, name, None)
        if isinstance(body, list):
            for one, other in pairwise(body):
                if _in_order(one, other) and not same(one, other):
                    between = source.piece(source.end(one), source.start(other))
                    new = source.code(other) + between + source.code(one)
                    yield Edit(source.start(one), source.end(other), new)


def handler(node: ast.AST, source: Source) -> Iterator[Edit]:
    """A fault that nobody takes care of."""
    if isinstance(node, ast.ExceptHandler) and not isinstance(node.body[-1], ast.Raise):
        yield Edit(source.start(node.body[0]), source.end(node.body[-1]), "raise")


def decorator(node: ast.AST, source: Source) -> Iterator[Edit]:
    if isinstance(node, ast.FunctionDef):
        for each in node.decorator_list:
            if not set(source.code(each).replace("(", ".").split(".")) & KEPT_DECORATORS:
                yield source.instead(each, "(lambda kept: kept)")


def _is_place(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return all(map(_is_place, target.elts))
    return isinstance(target, ast.Attribute | ast.Subscript)


def _in_order(one: ast.stmt, other: ast.stmt) -> bool:
    match one, other:
        case ast.If(orelse=[]), ast.If(orelse=[]):
            return _leaves(one.body) and _leaves(other.body)
        case ast.Expr(value=ast.Call()), _:
            return _does(other)
        case _, ast.Expr(value=ast.Call()):
            return _does(one)
    return False


def _leaves(body: Sequence[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Raise | ast.Return | ast.Continue | ast.Break)


def _does(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            return True
        case ast.Assign(targets=targets):
            return all(map(_is_place, targets))
    return False
