"""What a power cut can leave of a folder, rebuilt from the log of all writes and syncs in it.

The model is strict: what was not synced may be there or not, each write for itself, in any order,
torn at sectors, or as zeros where the file had grown; a name is sure only when its folder was
synced. What was synced is there.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("=BBBBIQQ")


class Op(NamedTuple):
    """One line of the log."""

    kind: str
    """W write, T truncate, S sync, C create, U unlink, R rename."""
    name: str
    at: int
    data: bytes
    to: str


def read_log(path: Path) -> Iterator[Op]:
    """The log that the shim wrote."""
    log = path.read_bytes()
    at = 0
    while at < len(log):
        kind, name, to, _, data, where, _ = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        parts = []
        for size in (name, to, data):
            parts.append(log[at : at + size])
            at += size
        yield Op(chr(kind), parts[0].decode(), where, parts[2], parts[1].decode())


@dataclass
class Inode:
    """A file, whatever its name: what is sure of it, and what may have reached the disk."""

    sure: bytearray = field(default_factory=bytearray)
    unsure: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.unsure:
            apply(self.sure, op)
        self.unsure.clear()


def apply(content: bytearray, op: Op) -> None:
    """Do to a file's bytes what this did."""
    if op.kind == "T":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
        return
    if op.at > len(content):
        content.extend(bytes(op.at - len(content)))
    content[op.at : op.at + len(op.data)] = op.data


class Disk:
    """A folder, as the system sees it and as the disk has it."""

    def __init__(self) -> None:
        """Begin with an empty folder."""
        self.files: dict[str, Inode] = {}
        self.sure: dict[str, Inode] = {}
        self.unsure: list[tuple[Op, Inode | None]] = []
        """Names made, changed or taken away since the folder was synced."""

    def do(self, op: Op) -> None:
        """The next line of the log."""
        match op.kind:
            case "C":
                self.files[op.name] = Inode()
                self.unsure.append((op, self.files[op.name]))
            case "U":
                self.files.pop(op.name, None)
                self.unsure.append((op, None))
            case "R":
                self.files[op.to] = self.files.pop(op.name)
                self.unsure.append((op, self.files[op.to]))
            case "S" if op.name == ".":
                for each in self.unsure:
                    rename(self.sure, *each)
                self.unsure.clear()
            case "S" if op.name not in self.files:
                pass  # A folder in it: what is there is not followed.
            case "S":
                self.files[op.name].sync()
            case _:
                self.files[op.name].unsure.append(op)

    def after_a_cut(self, dice: Random) -> dict[str, bytes]:
        """One of the folders that could be found after a power cut now."""
        names = dict(self.sure)
        way = dice.choice(("none", "all", "some"))
        for each in self.unsure:
            if way == "all" or (way == "some" and dice.random() < 0.5):
                rename(names, *each)
        return {name: bytes(content_after(inode, dice)) for name, inode in names.items()}


def rename(names: dict[str, Inode], op: Op, inode: Inode | None) -> None:
    """Do to a folder's names what this did."""
    if op.kind in ("U", "R"):
        names.pop(op.name, None)
    if inode is not None:
        names[op.to or op.name] = inode


def content_after(inode: Inode, dice: Random) -> bytearray:
    """What could be in the file: sure is only what was synced."""
    content = bytearray(inode.sure)
    way = dice.choice(("none", "all", "first", "some", "torn"))
    if way == "none":
        return content
    ops = inode.unsure
    if way == "first":
        ops = ops[: dice.randint(0, len(ops))]
    for number, op in enumerate(ops):
        if way in ("some", "torn") and dice.random() < 0.4:
            continue
        last_of_first = way == "first" and number == len(ops) - 1
        if op.kind == "W" and (last_of_first or (way == "torn" and dice.random() < 0.5)):
            tear(content, op, dice)
        else:
            apply(content, op)
    return content


def tear(content: bytearray, op: Op, dice: Random) -> None:
    """Only some sectors of a write arrived; where the file grew, the others are zeros."""
    cuts = dice.random() < 0.5
    end = op.at + len(op.data)
    at = op.at
    while at < end:
        upto = min(end, (at // SECTOR + 1) * SECTOR)
        if dice.random() < 0.5:
            part = Op("W", op.name, at, op.data[at - op.at : upto - op.at], "")
            apply(content, part)
        elif cuts:
            return
        elif upto > len(content):
            apply(content, Op("T", op.name, upto, b"", ""))
        at = upto
