"""What can be wrong with a name: another of the same kind that is in reach."""

import ast
from collections.abc import Iterator, Sequence

from mutation.source import Edit, Function, Source, pieces


def variable(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Another parameter of the same type, or another that was unpacked beside it."""
    if isinstance(node, Function):
        others = _ring(_variables(node, source))
        for each in _within(node):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in others:
                yield source.instead(each, others[each.id])


def attribute(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Another attribute that a class of this file declares with the same type."""
    if isinstance(node, ast.Module):
        others = _ring(_attributes(node, source))
        for each in pieces(node):
            match each:
                case ast.Attribute(attr=name, ctx=ast.Load()) if name in others:
                    yield _ending(each, others[name], source)


def member(node: ast.AST, source: Source) -> Iterator[Edit]:
    """Another member of an enumeration that this file uses: `Reason.THIS` for `Reason.THAT`."""
    if isinstance(node, ast.Module):
        used = [
            (owner.id, each)
            for each in pieces(node)
            if isinstance(each, ast.Attribute) and isinstance(owner := each.value, ast.Name)
            if each.attr.isupper() and owner.id[0].isupper() and not owner.id.isupper()
        ]
        for name in sorted({owner for owner, _ in used}):
            mine = [each for owner, each in used if owner == name]
            others = _ring([sorted({each.attr for each in mine})])
            for each in mine:
                if each.attr in others:
                    yield _ending(each, others[each.attr], source)


def _ending(node: ast.Attribute, name: str, source: Source) -> Edit:
    end = source.end(node)
    return Edit(end - len(node.attr.encode()), end, name)


def _ring(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each name the next of its group. Who is in two groups has no kind."""
    known = [name for group in groups for name in group]
    return {
        name: group[(place + 1) % len(group)]
        for group in groups
        if len(group) > 1
        for place, name in enumerate(group)
        if known.count(name) == 1
    }


def _variables(node: Function, source: Source) -> list[list[str]]:
    typed: dict[str, list[str]] = {}
    for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if each.annotation is not None:
            typed.setdefault(source.code(each.annotation), []).append(each.arg)
    unpacked = []
    for inner in _within(node):
        match inner:
            case (
                ast.For(target=ast.Tuple(elts=names))
                | ast.comprehension(target=ast.Tuple(elts=names))
            ):
                pass
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=value) if not isinstance(
                value, ast.Tuple
            ):
                pass
            case _:
                continue
        group = [each.id for each in names if isinstance(each, ast.Name) and each.id != "_"]
        if group not in unpacked:
            unpacked.append(group)
    return [*typed.values(), *unpacked]


def _attributes(module: ast.Module, source: Source) -> list[list[str]]:
    groups = []
    for owner in ast.walk(module):
        if isinstance(owner, ast.ClassDef):
            typed: dict[str, list[str]] = {}
            for each in ast.walk(owner):
                match each:
                    case ast.AnnAssign(target=ast.Name(id=name)) if each in owner.body:
                        pass
                    case ast.AnnAssign(target=ast.Attribute(attr=name)):
                        pass
                    case _:
                        continue
                typed.setdefault(source.code(each.annotation), []).append(name)
            groups += [sorted(set(names)) for names in typed.values()]
    return groups


def _within(node: Function) -> Iterator[ast.AST]:
    """All of a function but the functions in it, which have names of their own."""
    for child in node.body:
        yield from _down(child)


def _down(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, Function | ast.ClassDef | ast.Lambda | ast.JoinedStr):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _down(child)
