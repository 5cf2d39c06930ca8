"""What is never made wrong: no test could or should notice it. A table, with the reason."""

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mutation.source import Function, Source

LOGGERS = {"log", "logger", "logging", "warnings"}
CACHES = {"cache", "lru_cache"}


class Row(NamedTuple):
    """A kind of place."""

    what: str
    why: str
    places: Callable[[ast.AST], Sequence[ast.AST | None]]
    """The parts of this node that are such places."""


def docstrings(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return [node]
    return []


def annotations(node: ast.AST) -> Sequence[ast.AST | None]:
    match node:
        case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation):
            return [annotation]
        case ast.FunctionDef(returns=annotation) | ast.AsyncFunctionDef(returns=annotation):
            return [annotation]
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar" | "ParamSpec" | "NewType"))):
            return [node]
        case ast.Call(func=ast.Name(id="cast"), args=[kind, _]):
            return [kind]
    return []


def types(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return [node]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return [node]
        case ast.Call(func=ast.Name(id="dataclass_transform")):
            return [node]
    return []


def listings(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.Assign(targets=[ast.Name(id="__slots__" | "__all__")]):
            return [node]
    return []


def classes(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.ClassDef():
            return [*node.bases, *node.keywords, *node.decorator_list]
    return []


def caches(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.FunctionDef(decorator_list=decorators):
            names = [each.func if isinstance(each, ast.Call) else each for each in decorators]
            return [
                each
                for each, name in zip(decorators, names, strict=True)
                if isinstance(name, ast.Name) and name.id in CACHES
            ]
    return []


def logs(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return [node] if name in LOGGERS else []
        case ast.Assign(value=ast.Call(func=ast.Attribute(attr="getLogger"))):
            return [node]
    return []


def assertions(node: ast.AST) -> Sequence[ast.AST]:
    return [node] if isinstance(node, ast.Assert) else []


def words(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.Raise(exc=ast.Call(args=args)):
            return [each for each in args if isinstance(each, ast.JoinedStr) or _is_text(each)]
    return []


def representations(node: ast.AST) -> Sequence[ast.AST]:
    return [node] if isinstance(node, Function) and node.name == "__repr__" else []


def imports(node: ast.AST) -> Sequence[ast.AST]:
    return [node] if isinstance(node, ast.Import | ast.ImportFrom) else []


def entrances(node: ast.AST) -> Sequence[ast.AST]:
    match node:
        case ast.If(test=test) if any(
            isinstance(each, ast.Name) and each.id in ("__name__", "__spec__")
            for each in ast.walk(test)
        ):
            return [node]
    return []


ROWS = (
    Row("docstrings", "they are for readers", docstrings),
    Row("annotations", "mypy reads them, and nothing that runs", annotations),
    Row("aliases and `if TYPE_CHECKING`", "the same", types),
    Row("bases and decorators of a class", "how it is made: mypy and the import notice", classes),
    Row("`__slots__` and `__all__`", "a wrong one fails when it is imported", listings),
    Row("`@cache` of a function", "the same answers, only later", caches),
    Row("lines of the log", "they may be reworded at any time", logs),
    Row("assertions", "weaker, they never speak; stronger, always", assertions),
    Row("words of a `raise`", "for a person; the class and the reason beside them count", words),
    Row("`__repr__`", "for who looks for a fault", representations),
    Row("imports", "without one nothing starts", imports),
    Row("`if __name__ …`", "only a script runs it, and its start is tried whole", entrances),
)


def left_out(source: Source) -> Iterator[tuple[int, int]]:
    """From where to where nothing is touched, in bytes."""
    for node in ast.walk(source.tree):
        for row in ROWS:
            for place in row.places(node):
                if isinstance(place, ast.expr | ast.stmt | ast.keyword):
                    yield source.start(place), source.end(place)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
