"""Rounds as a file has them, for `run.py verify`: what a house exported, or a client saw.

    {"scheme": "croupier/2", "table": hex, "anchor": hex, "rounds": [
      {"name", "game", "round", "first_event", "seed_before", "history", "rules", "state",
       "contributors", "says_root", "players", "stakes_root", "freeze", "says"?: {account: head},
       "stakes"?: {account: [[place, kind, chips], …]}, "payouts"?: {account: chips},
       "events": [{"event", "what", "detail", "T", "links_root", "R", "seed", "done", "result",
                   "links"?: {account: link or null}}, or {"what": 8 or 10, "detail", "T"}],
       "own"?: {"account", "why_not"?, "head"?, "say"?: {"index", "proof"},
                "stake"?: {"bets", "index", "proof"}, "left"?, "payout"?, "saw"?: {…},
                "links"?: {event: {"link", "in_time", "proof"}}}}]}

Whatever has a question mark may be missing. Other keys are passed over.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from protocol.fair.hashes import HASH_SIZE, NOTES, SCHEME, TABLE_SIZE, Account, Hash, Stake
from protocol.fair.reading import (
    NotADocument,
    as_account,
    as_bytes,
    as_list,
    as_number,
    as_object,
    as_text,
)
from protocol.fair.verdict import GREY

V = TypeVar("V")

U8, U16, U32, U64 = 2**8, 2**16, 2**32, 2**64
MOST_SIBLINGS = 32


class Place(NamedTuple):
    """Where a leaf stands in its tree."""

    at: int
    proof: Sequence[Hash]


class OwnLink(NamedTuple):
    """One's own link of an event."""

    link: Hash
    in_time: bool
    proof: Sequence[Hash]


class Saw(NamedTuple):
    """What only somebody saw who was there."""

    anchor: Hash | None
    freezes: Sequence[Hash]
    transcripts: Mapping[int, Sequence[Hash]]
    steps: Sequence[str]
    """Steps that were red at the time."""


@dataclass(frozen=True, slots=True)
class Own:
    """A round as one player saw it."""

    account: Account
    why_not: str
    """The grey word for having no say; empty with one."""
    head: Hash | None
    say: Place | None
    bets: Sequence[Stake] | None
    stake: Place | None
    links: Mapping[int, OwnLink]
    left: bool
    payout: int | None
    saw: Saw


class Event(NamedTuple):
    """A step of a round, with what was drawn; a note has none of it."""

    what: int
    detail: bytes
    step: Hash
    number: int
    links_root: Hash
    shown: Hash
    seed: Hash
    done: Hash
    links: Mapping[Account, Hash | None] | None
    result: Any

    @property
    def is_note(self) -> bool:
        return self.what in NOTES

    @property
    def is_drawn(self) -> bool:
        """Neither a note nor an event that is still open, which no file has."""
        return bool(self.seed)


@dataclass(frozen=True, slots=True)
class Round:
    """A round, as it was told."""

    name: str
    game: str
    number: int
    first_event: int
    seed_before: Hash
    history: Hash
    rules: str
    state: bytes
    contributors: int
    says_root: Hash
    players: int
    stakes_root: Hash
    freeze: Hash
    says: Mapping[Account, Hash] | None
    stakes: Mapping[Account, Sequence[Stake]] | None
    events: Sequence[Event]
    payouts: Mapping[Account, int] | None
    own: Own | None


class Document(NamedTuple):
    """All rounds of one table that are in a file."""

    table: bytes
    anchor: Hash
    rounds: Sequence[Round]


def read(what: Mapping[str, Any]) -> Document:
    """The document, or `NotADocument` in plain words."""
    if what.get("scheme") != SCHEME:
        raise NotADocument(f'"scheme" is not "{SCHEME}"')
    rounds = as_list(what.get("rounds"), '"rounds"')
    if not rounds:
        raise NotADocument('"rounds" is empty')
    table = as_bytes(what.get("table"), '"table"', TABLE_SIZE)
    return Document(table, _hash(what, "anchor"), [*map(_round, rounds)])


def _round(raw: Any) -> Round:
    what = as_object(raw, "a round")
    number = as_number(what.get("round"), '"round"', U64)
    name = what.get("name")
    return Round(
        name=name if isinstance(name, str) else "",
        game=as_text(what.get("game"), '"game"'),
        number=number,
        first_event=as_number(what.get("first_event"), '"first_event"', U64),
        seed_before=_hash(what, "seed_before"),
        history=_hash(what, "history"),
        rules=as_text(what.get("rules"), '"rules"'),
        state=as_bytes(what.get("state"), '"state"'),
        contributors=as_number(what.get("contributors"), '"contributors"', U32),
        says_root=_hash(what, "says_root"),
        players=as_number(what.get("players"), '"players"', U32),
        stakes_root=_hash(what, "stakes_root"),
        freeze=_hash(what, "freeze"),
        says=_by_account(what, "says", _as_hash),
        stakes=_by_account(what, "stakes", _bets),
        events=[*map(_event, as_list(what.get("events"), '"events"'))],
        payouts=_by_account(what, "payouts", _chips),
        own=_own(as_object(what["own"], '"own"')) if "own" in what else None,
    )


def _event(raw: Any) -> Event:
    what = as_object(raw, "an event")
    kind = as_number(what.get("what"), '"what"', U8)
    detail = as_bytes(what.get("detail"), '"detail"')
    step = _hash(what, "T")
    if kind in NOTES:
        return Event(kind, detail, step, 0, b"", b"", b"", b"", None, None)
    return Event(
        kind,
        detail,
        step,
        as_number(what.get("event"), '"event"', U64),
        _hash(what, "links_root"),
        _hash(what, "R"),
        _hash(what, "seed"),
        _hash(what, "done"),
        _by_account(what, "links", _as_link),
        what.get("result"),
    )


def _own(what: Mapping[str, Any]) -> Own:
    stake = as_object(what["stake"], '"stake"') if "stake" in what else None
    links = as_object(what.get("links", {}), '"links"')
    why_not = as_text(what.get("why_not", ""), '"why_not"')
    if why_not and why_not not in GREY:
        raise NotADocument('"why_not" is none of the reasons for having no say')
    return Own(
        account=as_number(what.get("account"), '"account"', U64),
        why_not=why_not,
        head=_hash(what, "head") if "head" in what else None,
        say=_place(what["say"], '"say"') if "say" in what else None,
        bets=_bets(stake.get("bets"), '"bets"') if stake is not None else None,
        stake=_place(stake, '"stake"') if stake is not None else None,
        links={_event_number(event): _own_link(each) for event, each in links.items()},
        left=bool(what.get("left")),
        payout=_chips(what["payout"], '"payout"') if "payout" in what else None,
        saw=_saw(as_object(what.get("saw", {}), '"saw"')),
    )


def _own_link(raw: Any) -> OwnLink:
    what = as_object(raw, "an own link")
    proof = _hashes(what.get("proof"), '"proof"', MOST_SIBLINGS)
    return OwnLink(_hash(what, "link"), what.get("in_time") is True, proof)


LIVE = ("void", "late", "refused", "window", "own_act")
"""Red steps that only who was there could see."""


def _saw(what: Mapping[str, Any]) -> Saw:
    transcripts = as_object(what.get("transcripts", {}), '"transcripts"')
    return Saw(
        _hash(what, "anchor") if "anchor" in what else None,
        _hashes(what.get("freezes", []), '"freezes"'),
        {
            _event_number(event): _hashes(each, '"transcripts"')
            for event, each in transcripts.items()
        },
        [step for step in LIVE if what.get(step)],
    )


# --- small parts --------------------------------------------------------------------------------


def _hash(what: Mapping[str, Any], key: str) -> Hash:
    return as_bytes(what.get(key), f'"{key}"', HASH_SIZE)


def _as_hash(raw: Any, what: str) -> Hash:
    return as_bytes(raw, what, HASH_SIZE)


def _as_link(raw: Any, what: str) -> Hash | None:
    return None if raw is None else as_bytes(raw, what, HASH_SIZE)


def _hashes(raw: Any, what: str, most: int = U16) -> list[Hash]:
    each = as_list(raw, what)
    if len(each) > most:
        raise NotADocument(f"{what} has more than {most} hashes")
    return [_as_hash(one, what) for one in each]


def _chips(raw: Any, what: str) -> int:
    return as_number(raw, what, U64)


def _bets(raw: Any, what: str) -> list[Stake]:
    rows = as_list(raw, what)
    if len(rows) >= U16 or not all(isinstance(row, list) and len(row) == 3 for row in rows):
        raise NotADocument(f"{what} is not a list of place, kind and chips")
    return [
        (as_number(a, "a place", U8), as_number(b, "a kind", U8), as_number(c, "chips", U64))
        for a, b, c in rows
    ]


def _place(raw: Any, what: str) -> Place:
    where = as_object(raw, what)
    proof = _hashes(where.get("proof"), '"proof"', MOST_SIBLINGS)
    return Place(as_number(where.get("index"), '"index"', U32), proof)


def _event_number(text: str) -> int:
    return as_account(text, "an event")


def _by_account(
    what: Mapping[str, Any], key: str, read: Callable[[Any, str], V]
) -> dict[Account, V] | None:
    if key not in what:
        return None
    table = as_object(what[key], f'"{key}"')
    return {as_account(name, f'"{key}"'): read(each, f'"{key}"') for name, each in table.items()}


# --- writing ------------------------------------------------------------------------------------


def write(document: Document) -> dict[str, Any]:
    """What `read` reads."""
    return {
        "scheme": SCHEME,
        "table": document.table.hex(),
        "anchor": document.anchor.hex(),
        "rounds": [*map(_round_of, document.rounds)],
    }


def _round_of(told: Round) -> dict[str, Any]:
    what: dict[str, Any] = {
        "name": told.name,
        "game": told.game,
        "round": told.number,
        "first_event": told.first_event,
        "seed_before": told.seed_before.hex(),
        "history": told.history.hex(),
        "rules": told.rules,
        "state": told.state.hex(),
        "contributors": told.contributors,
        "says_root": told.says_root.hex(),
        "players": told.players,
        "stakes_root": told.stakes_root.hex(),
        "freeze": told.freeze.hex(),
        "events": [_event_of(event) for event in told.events if event.is_note or event.is_drawn],
    }
    if told.says is not None:
        what["says"] = {str(account): head.hex() for account, head in told.says.items()}
    if told.stakes is not None:
        what["stakes"] = {str(who): [*map(list, bets)] for who, bets in told.stakes.items()}
    if told.payouts is not None:
        what["payouts"] = {str(account): chips for account, chips in told.payouts.items()}
    if told.own is not None:
        what["own"] = _own_of(told.own)
    return what


def _event_of(event: Event) -> dict[str, Any]:
    what: dict[str, Any] = {
        "what": event.what,
        "detail": event.detail.hex(),
        "T": event.step.hex(),
    }
    if event.is_drawn:
        what |= {
            "event": event.number,
            "links_root": event.links_root.hex(),
            "R": event.shown.hex(),
            "seed": event.seed.hex(),
            "done": event.done.hex(),
            "result": event.result,
        }
    if event.links is not None:
        what["links"] = {
            str(account): link.hex() if link is not None else None
            for account, link in event.links.items()
        }
    return what


def _own_of(own: Own) -> dict[str, Any]:
    what: dict[str, Any] = {
        "account": own.account,
        "links": {
            str(event): {
                "link": each.link.hex(),
                "in_time": each.in_time,
                "proof": _in_hex(each.proof),
            }
            for event, each in own.links.items()
        },
    }
    if own.why_not:
        what["why_not"] = own.why_not
    if own.head is not None:
        what["head"] = own.head.hex()
    if own.say is not None:
        what["say"] = {"index": own.say.at, "proof": _in_hex(own.say.proof)}
    if own.bets is not None and own.stake is not None:
        bets = [*map(list, own.bets)]
        what["stake"] = {"bets": bets, "index": own.stake.at, "proof": _in_hex(own.stake.proof)}
    if own.left:
        what["left"] = True
    if own.payout is not None:
        what["payout"] = own.payout
    saw = _saw_of(own.saw)
    return what | ({"saw": saw} if saw else {})


def _saw_of(saw: Saw) -> dict[str, Any]:
    what: dict[str, Any] = dict.fromkeys(saw.steps, True)
    if saw.anchor is not None:
        what["anchor"] = saw.anchor.hex()
    if saw.freezes:
        what["freezes"] = _in_hex(saw.freezes)
    if saw.transcripts:
        what["transcripts"] = {str(event): _in_hex(each) for event, each in saw.transcripts.items()}
    return what


def _in_hex(each: Sequence[Hash]) -> list[str]:
    return [one.hex() for one in each]
