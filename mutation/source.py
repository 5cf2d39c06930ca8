"""The source of one file, and how a piece of it is put in another's place.

This is the one way in which the house is made wrong on purpose: a mutant is an `Edit` that
`expressions.py` and its neighbours think of, a planted fault (`torture/faults.toml`) is one that
somebody wrote down. A piece is found by what it *means*: code is compared as a tree, so neither
moving a function within its file nor laying its lines out anew changes what is found.
"""

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Named: TypeAlias = Function | ast.ClassDef
LOOSE = (ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr)
"""What another operator beside it would tear apart."""


class Edit(NamedTuple):
    """Put this text in the place of the bytes from `start` to `end`."""

    start: int
    end: int
    text: str


class NotThereError(Exception):
    """No such function, or not once the code that was to be changed in it."""


class Source:
    """One file. Positions are in bytes of its UTF-8, as Python's own trees have them."""

    def __init__(self, text: str, path: str = "") -> None:
        self.text = text
        self.path = path
        self.tree = ast.parse(text, path)
        self._bytes = text.encode()
        self._starts = [0]
        for line in self._bytes.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self.in_any_order = frozenset(in_any_order(self.tree))

    def start(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr | ast.stmt | ast.keyword) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._starts[node.end_lineno - 1] + node.end_col_offset

    def piece(self, start: int, end: int) -> str:
        return self._bytes[start:end].decode()

    def code(self, node: ast.expr | ast.stmt) -> str:
        return self.piece(self.start(node), self.end(node))

    def line(self, position: int) -> int:
        """The number of the line that this byte is on."""
        return self._bytes.count(b"\n", 0, position) + 1

    def instead(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        return Edit(self.start(node), self.end(node), text)

    def word(self, left: ast.expr, right: ast.expr, old: str, new: str) -> Edit | None:
        """Another word where `old` stands between two nodes; what else is there are brackets."""
        start = self.end(left)
        between = self.piece(start, self.start(right))
        found = re.search(re.escape(old).replace(r"\ ", r"\s+"), between)
        if found is None or "#" in between:
            return None
        at = start + len(between[: found.start()].encode())
        return Edit(at, at + len(found[0].encode()), new)

    def changed(self, *edits: Edit) -> str:
        """The text with these edits, which do not overlap."""
        done = self._bytes
        for edit in sorted(edits, reverse=True):
            done = done[: edit.start] + edit.text.encode() + done[edit.end :]
        return done.decode()

    # --- by name and meaning ----------------------------------------------------------------

    def named(self, name: str) -> ast.AST:
        """The function or class of this name, `Class.method` or `outer.inner`; "": the file."""
        found = [node for words, node in everything_named(self.tree) if words == name]
        if not name:
            return self.tree
        if len(found) != 1:
            raise NotThereError(f"{self.path} has {len(found)} times: {name}")
        return found[0]

    def replaced(self, name: str, old: str, new: str) -> Edit:
        """An edit that puts `new` in the place of the code `old` in the function of this name.

        Both are an expression or some statements; nothing in the place of statements is `pass`.
        """
        wanted = ast.parse(textwrap.dedent(old)).body
        within = self.named(name)
        match wanted:
            case [ast.Expr(value=value)]:
                places = [
                    (self.start(node), self.end(node))
                    for node in pieces(within)
                    if isinstance(node, ast.expr) and same(node, value)
                ]
            case _:
                places = [
                    (self.start(run[0]), self.end(run[-1]))
                    for body in bodies(within)
                    for run in runs(body, len(wanted))
                    if all(map(same, run, wanted))
                ]
        if len(places) != 1:
            raise NotThereError(f"{self.path} {name} has {len(places)} times: {old}")
        start, end = places[0]
        return Edit(start, end, self._fitted(start, new))

    def _fitted(self, start: int, code: str) -> str:
        """Code as it has to stand at this byte: lines indented as the first, brackets as needed."""
        line = self._starts[self.line(start) - 1]
        before = self.piece(line, start)
        code = textwrap.dedent(code).strip("\n")
        if not before.strip():
            return textwrap.indent(code or "pass", before).lstrip()
        return bracketed(code)


def bracketed(code: str) -> str:
    """An expression, so that it stays whole whatever stands beside it."""
    value = ast.parse(f"({code}\n)", mode="eval").body
    return f"({code})" if isinstance(value, LOOSE) else code


def same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two trees mean the same."""
    return type(one) is type(other) and ast.dump(one) == ast.dump(other)


def pieces(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes, but none within an f-string: Python 3.11 does not know where those stand."""
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        yield node
        if not isinstance(node, ast.JoinedStr):
            ahead += ast.iter_child_nodes(node)


def in_any_order(tree: ast.AST) -> Iterator[ast.AST]:
    """Calls and tuples that mean the same whatever comes first in them."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="min" | "max"), args=[_, _]):
                yield node
            case ast.Call(func=ast.Name(id="isinstance"), args=[_, ast.Tuple() as kinds]):
                yield kinds
            case ast.ExceptHandler(type=ast.Tuple() as kinds):
                yield kinds
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Tuple() as among]):
                yield among


def everything_named(tree: ast.AST, before: str = "") -> Iterator[tuple[str, Named]]:
    """Each function and class with its qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Named):
            yield before + node.name, node
            yield from everything_named(node, f"{before}{node.name}.")
        else:
            yield from everything_named(node, before)


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Each list of statements."""
    for node in ast.walk(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                yield value


def runs(body: Sequence[ast.stmt], length: int) -> Iterator[Sequence[ast.stmt]]:
    for first in range(len(body) - length + 1):
        yield body[first : first + length]
