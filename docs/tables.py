"""Write what can be read off the declarations: the tables of the protocol page, the dissector's.

    python docs/tables.py

It replaces what stands between a line `made by docs/tables.py: NAME` and the next `made: end`;
the rest of the files is written by hand.
"""

import ast
import dataclasses
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from itertools import chain, groupby
from pathlib import Path
from types import ModuleType

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from docs.dump import dump
from docs.session import classic_session, modern_session
from protocol import limits
from protocol.classic import Code
from protocol.games.roulette import lists as of_roulette
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import SPOTS, Group, written
from protocol.house import lists
from protocol.kinds import Blob, Choice, Kind, Number, Raw, Text, YesNo
from protocol.layout import Layout, Many, Record, Series
from protocol.messages import MESSAGES, SUBJECTS
from protocol.wire import Message, Party, Request, Side
from server import limits as house

CLONE = Path(__file__).resolve().parents[1]
PAGE = CLONE / "protocol" / "README.md"
DISSECTOR = CLONE / "docs" / "croupier.lua"
LIST = CLONE / "protocol" / "messages.txt"

WHO = {
    Party.ANYONE: "anybody",
    Party.STRANGER: "not signed in",
    Party.SIGNED_IN: "signed in",
    Party.SEATED: "seated",
    Party.PLAYER: "player",
    Party.CROUPIER: "croupier",
    Party.PLAYER | Party.CROUPIER: "player, croupier",
}
WHEN = {
    Phase.BETTING: "betting",
    Phase.CLOSED: "closed",
    Phase.SPINNING: "spinning",
    Phase.SETTLED: "settled",
}


def told(owner: object) -> str:
    """The docstring of a declaration, on one line."""
    return " ".join((owner.__doc__ or "").split())


def wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, 118, break_long_words=False, break_on_hyphens=False)


def meanings(module: ModuleType) -> dict[str, str]:
    """What stands below the members of enums and the constants of a module."""
    found: dict[str, str] = {}

    def walk(body: list[ast.stmt], prefix: str) -> None:
        name = ""
        for node in body:
            match node:
                case ast.ClassDef(name=inner, body=members):
                    walk(members, f"{inner}.")
                case (
                    ast.Assign(targets=[ast.Name(id=target)])
                    | ast.AnnAssign(target=ast.Name(id=target))
                ):
                    name = prefix + target
                case ast.Expr(value=ast.Constant(value=str(words))) if name:
                    found[name] = " ".join(words.split())
                    name = ""
                case _:
                    name = ""

    walk(ast.parse(inspect.getsource(module)).body, "")
    return found


def table(*rows: Iterable[object]) -> Iterator[str]:
    """A table; its first row is the heading."""
    head, *rest = [[str(cell) for cell in row] for row in rows]
    for row in (head, ["---"] * len(head), *rest):
        yield f"| {' | '.join(row)} |"


def byte_table(layout: Layout) -> Iterator[str]:
    rows = []
    at: int | None = 0
    for field in layout.fields:
        size, kind = field.kind.describe()
        rows.append(("…" if at is None else at, size, f"`{field.name}`", kind, field.meaning))
        fixed = field.kind.least_size == field.kind.most_size
        at = at + field.kind.most_size if at is not None and fixed else None
    return table(("at", "bytes", "field", "type", "meaning"), *rows)


# --- the protocol page ----------------------------------------------------------------------------


def records_of(owners: Iterable[type[Message] | type[Record]]) -> dict[str, type[Record]]:
    """The records inside these, by name; those that hold others come after them."""
    found: dict[str, type[Record]] = {}
    for owner in owners:
        for field in owner.LAYOUT.fields:
            if isinstance(field.kind, Many):
                found |= records_of([field.kind.item])
                found[field.kind.item.__name__] = field.kind.item
    return found


def said_at(owner: type[Message]) -> str:
    return ", at a table" if owner.AT_TABLE else ""


def made_messages() -> Iterator[str]:
    for subject in chain.from_iterable(SUBJECTS.values()):
        owners = [owner for owner in MESSAGES.values() if owner.__module__ == subject.__name__]
        *_, game, name = subject.__name__.split(".")
        yield f"### {game.capitalize()}: {name}"
        yield ""
        yield from wrapped(told(subject))
        for owner in owners:
            yield ""
            yield f"#### `{owner.GAME:02X} {owner.TYPE:02X}` {owner.__name__}"
            yield ""
            yield from wrapped(f"From the {owner.SENDER.value}{said_at(owner)}. {told(owner)}")
            yield ""
            yield from byte_table(owner.LAYOUT)
        yield ""


def made_records() -> Iterator[str]:
    for name, owner in records_of(MESSAGES.values()).items():
        layout = owner.LAYOUT
        size = f"{layout.most_size} bytes" if layout.run else "of varying size"
        yield f"#### *{name}*, {size}"
        yield ""
        yield told(owner)
        yield ""
        yield from byte_table(layout)
        yield ""


def closed_lists() -> list[type[IntEnum]]:
    found = [each for each in (vars(lists) | vars(of_roulette)).values() if isinstance(each, type)]
    return [each for each in found if issubclass(each, IntEnum) and each is not IntEnum] + [Group]


def made_lists() -> Iterator[str]:
    words = meanings(lists) | meanings(of_roulette)
    for options in closed_lists():
        yield f"#### *{options.__name__}*"
        yield ""
        yield told(options)
        yield ""
        more = [words.get(f"{options.__name__}.{option.name}", "") for option in options]
        rows = [(option.value, f"`{option.name}`") for option in options]
        if any(more):
            explained = ((*row, each) for row, each in zip(rows, more, strict=True))
            yield from table(("value", "name", "meaning"), *explained)
        else:
            yield from table(("value", "name"), *rows)
        yield ""


def answer_to(said: type[Message]) -> str:
    for owner in MESSAGES.values():
        if f"Answer to `{said.__name__}`" in told(owner):
            return owner.__name__
    return "Done" if issubclass(said, Request) else "—"


def made_requests() -> Iterator[str]:
    rows = []
    for owner in MESSAGES.values():
        if owner.SENDER is Side.SERVER:
            continue
        when = ", ".join(WHEN[Phase(phase)] for phase in owner.PHASES) or "always"
        refusals = ", ".join(f"`{reason.name}`" for reason in owner.REFUSALS)
        rows.append(
            (
                *(f"`{owner.GAME:02X} {owner.TYPE:02X}`", owner.__name__, WHO[owner.PARTY], when),
                *(answer_to(owner), refusals),
            )
        )
    return table(("game, type", "message", "who", "when", "answer", "or refused with"), *rows)


def made_limits() -> Iterator[str]:
    words = meanings(limits)
    rows = ((f"`{name}`", getattr(limits, name), words[name]) for name in words)
    return table(("name", "value", "meaning"), *rows)


def made_house_limits() -> Iterator[str]:
    """What a client may count on at a house whose host set nothing else."""
    words = meanings(house)
    rows = (
        (f"`{name}`", f"{value:.12g}", words[f"Limits.{name}"])
        for name, value in dataclasses.asdict(house.Limits()).items()
    )
    return table(("setting", "default", "meaning"), *rows)


def made_codes() -> Iterator[str]:
    rows = (
        (code.value, f"`{code << 3:02X}`", f"`{0x40 | code << 3:02X}`", code.name.lower())
        for code in Code
    )
    return table(("code", "registration", "bet or start", "meaning"), *rows)


def made_spots() -> Iterator[str]:
    rows = []
    for (group, _, pays), some in groupby(SPOTS, lambda info: (info.group, info.locked, info.pays)):
        spots = list(some)
        first, last = spots[0], spots[-1]
        ends = dict.fromkeys((first, last))
        numbers = "–".join(str(info.spot) for info in ends)
        example = ", ".join(f"{info.spot} is {info.name}" for info in ends)
        rows.append((numbers, group.name.lower(), len(spots), f"{pays}:1", example))
    return table(("spots", "group", "how many", "pays", "for example"), *rows)


def made_all_spots() -> Iterator[str]:
    """All spots with what they cover, for those who would rather copy than compute."""
    yield "```"
    for (group, _), spots in groupby(SPOTS, lambda info: (info.group, info.locked)):
        cells = [
            f"{info.spot}={info.name}".replace(", ", "-").replace(" again", "-again")
            if group in (Group.STRAIGHT, Group.CHANCE)
            else f"{info.spot}={'-'.join(map(written, info.covers))}"
            for info in spots
        ]
        line = ""
        for cell in cells:
            if len(line) + len(cell) > 98:
                yield line.rstrip()
                line = ""
            line += cell + "  "
        yield line.rstrip()
    yield "```"


# --- the dissector --------------------------------------------------------------------------------


def lua_kind(kind: Kind) -> str:
    match kind:
        case Number():
            return f'"{"i" if kind.signed else "u"}{8 * kind.most_size}"'
        case YesNo():
            return '"bool"'
        case Choice():
            return f'"choice", LISTS.{kind.options.__name__}'
        case Raw():
            return f'"raw", {kind.most_size}'
        case Text():
            return '"text"'
        case Blob():
            return '"blob"'
        case Many():
            return f'"list", RECORDS.{kind.item.__name__}'
        case Series():
            return f'"series", {lua_kind(kind.item)}'
    raise AssertionError(f"the dissector does not know {kind}")


def lua_fields(layout: Layout) -> str:
    fields = ", ".join(f'{{"{field.name}", {lua_kind(field.kind)}}}' for field in layout.fields)
    return f"{{{fields}}}"


def made_lua() -> Iterator[str]:
    for options in closed_lists():
        values = ", ".join(f'[{option.value}] = "{option.name}"' for option in options)
        yield f"LISTS.{options.__name__} = {{{values}}}"
    for name, owner in records_of(MESSAGES.values()).items():
        yield f'RECORDS.{name} = {{name = "{name}", fields = {lua_fields(owner.LAYOUT)}}}'
    for kind, message in MESSAGES.items():
        name = message.__name__
        fields = lua_fields(message.LAYOUT)
        yield f'MESSAGES[0x{kind:04X}] = {{name = "{name}", fields = {fields}}}'


# --- the list for programs ------------------------------------------------------------------------

LIST_HEAD = """\
# Every message of the modern dialect, for programs. Made by docs/tables.py.
# What they mean is in README.md.
#
#   list NAME value=MEMBER ...            a closed list: one byte (else OTHER, or a fault)
#   record NAME field:type ...            a row
#   GAME TYPE NAME sender field:type ...  a message; "@": it is said at a table
#
# u8 u16 u32 u64 i64   a number, big-endian        raw32      32 bytes
# bool                 a byte, 0 or 1              text64     u16 length of at most 64, UTF-8
# Seat                 a closed list               blob64     u16 length of at most 64, bytes
# u8<37                a number under 37           Bet[157]   u16 count of at most 157, rows
"""


def plain_kind(kind: Kind) -> str:
    match kind:
        case Number():
            name = f"{'i' if kind.signed else 'u'}{8 * kind.most_size}"
            return name if kind.trusted else f"{name}<{kind.most + 1}"
        case YesNo():
            return "bool"
        case Choice():
            return kind.options.__name__
        case Raw():
            return f"raw{kind.most_size}"
        case Text():
            return f"text{kind.most}"
        case Blob():
            return f"blob{kind.most}"
        case Many():
            return f"{kind.item.__name__}[{kind.most}]"
        case Series():
            return f"{plain_kind(kind.item)}[{kind.most}]"
    raise AssertionError(f"the list does not know {kind}")


def made_list() -> Iterator[str]:
    """The messages in a form that thirty lines of any language read."""
    yield LIST_HEAD
    for options in closed_lists():
        yield f"list {options.__name__} {' '.join(f'{each.value}={each.name}' for each in options)}"
    for name, owner in records_of(MESSAGES.values()).items():
        yield f"record {name} {plain_fields(owner.LAYOUT)}"
    for message in MESSAGES.values():
        sender = ("@" if message.AT_TABLE else "") + message.SENDER.name.lower()
        fields = plain_fields(message.LAYOUT)
        yield f"{message.GAME:02X} {message.TYPE:02X} {message.__name__} {sender} {fields}".rstrip()


def plain_fields(layout: Layout) -> str:
    return " ".join(f"{field.name}:{plain_kind(field.kind)}" for field in layout.fields)


# --- putting it in place --------------------------------------------------------------------------

SECTIONS: dict[str, Callable[[], Iterable[str]]] = {
    "codes": made_codes,
    "classic session": lambda: dump(classic_session()),
    "requests": made_requests,
    "limits": made_limits,
    "house limits": made_house_limits,
    "spots": made_spots,
    "all spots": made_all_spots,
    "messages": made_messages,
    "records": made_records,
    "lists": made_lists,
    "modern session": lambda: dump(modern_session()),
    "layouts": made_lua,
}
_MADE = re.compile(
    r"(?P<begin>^[^\n]*made by docs/tables\.py: (?P<name>[a-z ]+?)(?: -->)?\n)"
    r".*?"
    r"(?P<end>^[^\n]*made: end[^\n]*$)",
    re.MULTILINE | re.DOTALL,
)


def listed() -> str:
    """The whole of the list for programs."""
    return "\n".join(made_list()) + "\n"


def remade(text: str) -> str:
    """The text of a file with all its made sections as they should be."""

    def make(found: re.Match[str]) -> str:
        body = "\n".join(SECTIONS[found["name"]]()).rstrip("\n")
        return f"{found['begin']}{body}\n{found['end']}"

    return _MADE.sub(make, text)


def main() -> None:
    for path in (PAGE, DISSECTOR, LIST):
        before = path.read_text("utf-8") if path.exists() else ""
        after = remade(before) if path is not LIST else listed()
        path.write_text(after, "utf-8")
        said = "as it was" if after == before else "made anew"
        sys.stdout.write(f"{path.relative_to(CLONE)}: {said}\n")


if __name__ == "__main__":
    main()
