"""A table of blackjack, brought to where a test wants it."""

from collections.abc import Mapping, Sequence

from protocol.fair.drawing import Result
from protocol.fair.hashes import What, u16, u64
from protocol.games.blackjack.cards import CARDS, CODES, Card
from protocol.games.blackjack.drawing import Act, Table
from tests.protocol.games.chance import Chosen

Stakes = Mapping[int, Sequence[tuple[int, int, int]]]
FULL = b"".join(u16(6) for _ in CARDS)


def shoe(cards: str) -> bytes:
    """The state of a shoe in which only these are."""
    codes = [CODES[name] for name in cards.split()]
    return b"".join(u16(codes.count(card)) for card in CARDS)


def cards(names: str) -> list[Card]:
    return [CODES[name] for name in names.split()]


def boxes(*numbers: int) -> bytes:
    """The detail of a deal."""
    return bytes((len(numbers), *numbers))


def decision(box: int, hand: int, act: int, added: Mapping[int, int] | None = None) -> bytes:
    rows = sorted((added or {}).items())
    return bytes((box, hand, act)) + u16(len(rows)) + b"".join(u64(a) + u64(c) for a, c in rows)


def insurances(*rows: tuple[int, int, int]) -> bytes:
    return b"".join(u64(account) + bytes((box,)) + u64(chips) for account, box, chips in rows)


def table(rules: str = "peek", stakes: Stakes | None = None, state: bytes = FULL) -> Table:
    """With one bet of 10 on box 1, unless it is said otherwise."""
    laid = {1: [(1, 0, 10)]} if stakes is None else stakes
    return Table(rules.split(";") if rules else [], state, laid, True)


def dealt(
    hands: str, up: str, rules: str = "peek", stakes: Stakes | None = None, state: bytes = FULL
) -> Table:
    """Boxes 1, 2, … have these two cards each; commas between the boxes."""
    made = table(rules, stakes, state)
    pairs = [pair.split() for pair in hands.split(",")]
    told: Result = {"boxes": {str(at): pair for at, pair in enumerate(pairs, 1)}, "up": up}
    made.keep(What.DEAL, boxes(*range(1, len(pairs) + 1)), told)
    return made


def take(
    made: Table, box: int, hand: int, act: Act, card: str, added: Mapping[int, int] | None = None
) -> None:
    """A card that has to be lawful."""
    detail = decision(box, hand, act, added)
    made.draw(What.CARD, detail, Chosen(0, 0))
    made.keep(What.CARD, detail, {"card": card})


def peek(made: Table, natural: str | None = None, *insured: tuple[int, int, int]) -> None:
    detail = insurances(*insured)
    made.draw(What.PEEK, detail, Chosen(0))
    made.keep(What.PEEK, detail, {"natural": natural})


def dealer(made: Table, names: str) -> None:
    """The dealer's turn ends with these."""
    made.draw(What.DEALER, b"", Chosen(*[0] * 20))
    made.keep(What.DEALER, b"", {"dealer": names.split()})


def note(
    made: Table, box: int, hand: int, act: int, added: Mapping[int, int] | None = None
) -> None:
    made.note(decision(box, hand, act, added))
