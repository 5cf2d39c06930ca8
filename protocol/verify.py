"""Check for oneself that a spin was not steered: standard library only, no network, no table.

    python run.py verify FILE

reads a document that the server or a window exported (or the test vectors), recomputes every step
of every round in it, and says for each that it holds, or which step does not. First it names the
table's anchor, as the file has it: whoever was there compares it with his own. Exit status 0: all
hold; 1: something does not; 2: the file is not such a document.

    {"table": hex, "seed_0": hex, "vectors": [{"round": 1, "seed_prev": hex, "seed": hex,
     "bets": [[account, spot, chips], …], "commitments": {account: hex}, "reveals": {account: hex},
     "bets_root": hex, "freeze": hex, "reveals_hash": hex, "pocket": 17}, …]}

`game` is `roulette00` at a table with two zeros, and `rules` names what zero does to the even
chances there. A locked stake is a bet as well, on a spot of its own, and `staked` in `payouts`
(`[[account, staked, returned], …]`) are the stakes that ended. Who has half a chip in a round and
was owed one before stands in `owed`: the two are a chip of `returned`. `payouts` is checked where
it is there; where not, the verdict says so.

A voided round has `"void": "the reason"` and none of the fields after its bets.

A document of the scheme `croupier/2` has another shape: `protocol/fair/document.py` has it.

The file may come from anybody. Whatever its bytes are, they get a verdict or one plain line, and
nothing in them reaches the terminal as anything but text.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from protocol import fairness
from protocol.fair.hashes import SCHEME
from protocol.fair.reading import NotADocument, as_number, as_object, read_json
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import SINGLE, SPOTS, Wheel, written
from protocol.games.roulette.zero import WHEEL_OF, WHEELS, ZERO_OF, in_halves, locks
from protocol.report import report
from protocol.text import as_name, visible

MOST_BYTES = 64 * 1024 * 1024
"""Far over a round of ten thousand players; a file without end is not read to its end."""
MOST_COMMITMENTS = 2**16
"""They are counted in two bytes where they are hashed."""


SPUN = ("commitments", "reveals", "bets_root", "freeze", "reveals_hash", "block0", "pocket")
"""What only a round has whose wheel turned."""


class Document(NamedTuple):
    """What all rounds of a document share."""

    table: bytes
    seed_0: bytes


class Round(NamedTuple):
    """One round, as it was published."""

    title: str
    number: int
    seed_before: bytes
    seed: bytes
    bets: list[tuple[int, int, int]]
    void: bool
    commitments: dict[int, bytes]
    reveals: dict[int, bytes]
    bets_root: bytes
    freeze: bytes
    reveals_hash: bytes
    block: bytes | None
    pocket: int
    payouts: list[tuple[int, int, int]] | None
    wheel: Wheel = SINGLE
    zero: Zero | None = Zero.NOTHING
    """None: rules that this program does not know, so what was paid is not judged."""
    owed: frozenset[int] = frozenset()
    """To whom half a chip was owed before, as far as it counts."""


def read_document(content: str | bytes) -> tuple[Document, list[Round]]:
    """The rounds of a document, or `NotADocument` in plain words."""
    return _document(read_json(content))


def _document(what: dict[str, Any]) -> tuple[Document, list[Round]]:
    document = Document(_hex(what, "table", 16), _hex(what, "seed_0", 32))
    rounds = what.get("vectors")
    if not isinstance(rounds, list) or not rounds:
        raise NotADocument('"vectors" is not a list of rounds')
    return document, [read_round(each) for each in rounds]


def read_round(raw: Any) -> Round:
    """One round of a document."""
    what = as_object(raw, "a round")
    void = "void" in what
    game, rules = what.get("game", "roulette"), what.get("rules", "")
    if not isinstance(game, str) or game not in WHEEL_OF:
        raise NotADocument('"game" is no game that is known here')
    if not isinstance(rules, str):
        raise NotADocument('"rules" is no text')
    wheel = WHEELS[WHEEL_OF[game]]
    number = as_number(what.get("round"), "round", 2**64)
    for key in SPUN if void else ():
        if key in what:
            raise NotADocument(f'a round that is void has a "{key}" all the same')
    return Round(
        title=_title(what.get("name"), number),
        number=number,
        seed_before=_hex(what, "seed_prev", 32),
        seed=_hex(what, "seed", 32),
        bets=[
            (
                as_number(account, "an account", 2**64),
                _spot(spot, wheel),
                as_number(chips, "chips", 2**64),
            )
            for account, spot, chips in _rows(what.get("bets"), "bets")
        ],
        void=void,
        commitments={} if void else _by_account(what, "commitments"),
        reveals={} if void else _by_account(what, "reveals"),
        bets_root=b"" if void else _hex(what, "bets_root", 32),
        freeze=b"" if void else _hex(what, "freeze", 32),
        reveals_hash=b"" if void else _hex(what, "reveals_hash", 32),
        block=_hex(what, "block0", 32) if "block0" in what else None,
        pocket=0 if void else as_number(what.get("pocket"), "pocket", len(wheel.pockets)),
        payouts=_payouts(what) if "payouts" in what else None,
        wheel=wheel,
        zero=ZERO_OF.get(rules),
        owed=_accounts(what.get("owed", []), "owed"),
    )


def broken_steps(table: bytes, played: Round, anchor: bytes | None = None) -> Iterator[str]:
    """Each step that does not hold, in words; nothing if the round was honest.

    With the table's `anchor` (S_0) the house's seed is also followed back to it.
    """
    yield from _broken_seeds(table, played, anchor)
    if not played.void:
        yield from _broken_freeze(table, played)
        yield from _broken_spin(played)
    if played.payouts is None or played.zero is None:
        return
    if sorted(played.payouts) != _owed(played):
        paid = "the stakes of a voided round" if played.void else "what the bets pay on this number"
        yield f"payouts: they are not {paid}"


def _broken_seeds(table: bytes, played: Round, anchor: bytes | None) -> Iterator[str]:
    if fairness.previous_seed(table, played.seed) != played.seed_before:
        yield "seed: it is not the one that the house had committed to"
    if anchor is not None and not _leads_to(table, played, anchor):
        yield "chain: the seed before does not lead back to the table's anchor"


def _broken_freeze(table: bytes, played: Round) -> Iterator[str]:
    for account, secret in played.reveals.items():
        sealed = played.commitments.get(account)
        if fairness.commitment(table, played.number, account, secret) != sealed:
            yield f"commitment: account {account} revealed another secret than it committed to"
    if fairness.bets_root(played.bets) != played.bets_root:
        yield "bets_root: it is not the hash of these bets"
    where = (table, played.number, played.seed_before)
    if fairness.freeze(*where, played.commitments, played.bets_root) != played.freeze:
        yield "freeze: what was frozen is not these bets, commitments and seed"


def _broken_spin(played: Round) -> Iterator[str]:
    revealed = fairness.reveals_hash(played.freeze, played.commitments, played.reveals)
    if revealed != played.reveals_hash:
        yield "reveals_hash: it is not the hash of these secrets"
    spin = (played.seed, played.freeze, played.reveals_hash)
    if played.block is not None and fairness.spin_block(*spin, 0) != played.block:
        yield "block0: the first block of the spin is another"
    drawn = fairness.draw(*spin, len(played.wheel.pockets))
    if drawn != played.pocket:
        yield f"pocket: the spin gives {written(drawn)}, not {written(played.pocket)}"


def _leads_to(table: bytes, played: Round, anchor: bytes) -> bool:
    seed = played.seed_before
    if not 1 <= played.number <= fairness.CHAIN_LENGTH:
        return False
    for _ in range(played.number - 1):
        seed = fairness.previous_seed(table, seed)
    return seed == anchor


def _owed(played: Round) -> list[tuple[int, int, int]]:
    """What each has to be paid, counted in half chips."""
    zero, pocket = played.zero, played.pocket
    assert zero is not None
    staked: dict[int, int] = {}
    back: dict[int, int] = {}
    for account, spot, chips in played.bets:
        stays = SPOTS[spot].locked if played.void else spot in locks(zero, pocket)
        ended = 0 if stays else chips
        paid = 2 * ended if played.void else in_halves(zero, spot, chips, pocket)
        staked[account] = staked.get(account, 0) + ended
        back[account] = back.get(account, 0) + paid
    return [
        (account, staked[account], (back[account] + (account in played.owed)) // 2)
        for account in sorted(staked)
    ]


# --- reading --------------------------------------------------------------------------------


def _title(name: Any, number: int) -> str:
    title = f"round {number}"
    return f"{title} {as_name(name)}" if isinstance(name, str) and name != title else title


def _hex(what: dict[str, Any], key: str, size: int) -> bytes:
    return _bytes(what.get(key), f'"{key}"', size)


def _bytes(text: Any, what: str, size: int) -> bytes:
    try:
        value = bytes.fromhex(text)
    except (TypeError, ValueError):
        value = b""
    if len(value) != size:
        raise NotADocument(f"{what} is not {size} bytes in hexadecimal")
    return value


def _rows(raw: Any, what: str) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) and len(row) == 3 for row in raw):
        raise NotADocument(f'"{what}" is not a list of triples')
    return raw


def _payouts(what: dict[str, Any]) -> list[tuple[int, int, int]]:
    most = 2**80
    return [
        (as_number(a, "an account", most), as_number(b, "chips", most), as_number(c, "chips", most))
        for a, b, c in _rows(what["payouts"], "payouts")
    ]


def _spot(raw: Any, wheel: Wheel) -> int:
    spot = as_number(raw, "a spot", len(SPOTS))
    if spot not in wheel.spots and not SPOTS[spot].locked:
        raise NotADocument(f"a spot: {spot} is not on the layout of this wheel")
    return spot


def _accounts(raw: Any, what: str) -> frozenset[int]:
    if not isinstance(raw, list):
        raise NotADocument(f'"{what}" is not a list of accounts')
    return frozenset([as_number(account, "an account", 2**64) for account in raw])


def _by_account(what: dict[str, Any], key: str) -> dict[int, bytes]:
    table = as_object(what.get(key), f'"{key}"')
    if len(table) >= MOST_COMMITMENTS:
        raise NotADocument(f'"{key}" has more than {MOST_COMMITMENTS - 1} of them')
    return {_account(name, key): _bytes(value, f'"{key}"', 32) for name, value in table.items()}


def _account(name: str, key: str) -> int:
    # Written in one way only, so that no account is there twice.
    if not (name.isdecimal() and len(name) <= 20 and str(int(name)) == name):
        raise NotADocument(f'"{key}" names something that is no account')
    return as_number(int(name), "an account", 2**64)


# --- the command ----------------------------------------------------------------------------


NOT_PAID = ", but what was paid was not checked: the file has no payouts"
UNKNOWN_RULES = ", but what was paid was not checked: the table has rules that are not known here"
USAGE = "usage: python run.py verify FILE"
ABOUT = (
    "Checks that the spins in FILE were not steered, without network and without a table. FILE is",
    "what a window or the server exported. Of each round it says that it holds, or which step does",
    "not. Exit code 0: all hold; 1: something does not; 2: there is nothing to check.",
)


def main(arguments: list[str]) -> int:
    """Verify a file; the exit status."""
    if arguments in (["-h"], ["--help"]):
        for line in (USAGE, "", *ABOUT):
            _say(line)
        return 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        _say(USAGE)
        return 2
    # A terminal of another encoding shows what it can: that is no reason to say nothing.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a stream of text
    try:
        raw = read_json(_content(Path(arguments[0])))
        held, lines = report(raw) if raw.get("scheme") == SCHEME else _report(raw)
    except OSError as error:
        _say(f"{arguments[0]}: {error.strerror}")
        return 2
    except (NotADocument, MemoryError) as error:
        _say(f"{arguments[0]}: {str(error) or 'it is more than the memory holds'}")
        return 2
    for line in lines:
        _say(line)
    return 0 if held else 1


def _report(raw: dict[str, Any]) -> tuple[bool, list[str]]:
    document, rounds = _document(raw)
    held = True
    lines = [f"at the table whose anchor is {document.seed_0.hex()}:"]
    for played in rounds:
        broken = list(broken_steps(document.table, played, document.seed_0))
        held = held and not broken
        result = "void" if played.void else f"number {written(played.pocket)}"
        holds = f"holds{_not_paid(played)}"
        lines.append(f"{played.title}: {result}: {'does NOT hold' if broken else holds}")
        lines += [f"  {step}" for step in broken]
    return held, lines


def _not_paid(played: Round) -> str:
    """What of it could not be checked, in words."""
    if played.void or (played.payouts is not None and played.zero is not None):
        return ""
    return NOT_PAID if played.payouts is None else UNKNOWN_RULES


def _content(path: Path) -> bytes:
    if path.is_fifo() and not path.is_symlink():  # (What a shell hands over is a link to one.)
        raise NotADocument("this is a pipe, whose other end may never come: give a file")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotADocument("there is nothing in it")
    if len(content) > MOST_BYTES:
        raise NotADocument(f"more than {MOST_BYTES >> 20} MB are no round")
    return content


def _say(line: str) -> None:
    sys.stdout.write(visible(line) + "\n")


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        # A reader who has seen enough, or Ctrl-C. Python would flush it once more.
        sys.stdout, status = None, 1
    sys.exit(status)
