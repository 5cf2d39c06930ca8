"""Bets by words, as people say them: `17 25`, `red 10`, `split 17-20 5`, `10 on black`.

A wager is a place and, usually, a sum. The place is a pattern: units on spots. A sum is shared by
the units (`voisins 9` lays one on each), unless `each` stands before it: then it is one unit.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from client_text.games.roulette.vocabulary import (
    AND,
    ANNOUNCED,
    EACH,
    FINALS,
    GROUPS,
    NEIGHBOURS,
    ON,
    PADDING,
    PLACES,
)
from client_text.reading import Word, longest, misread
from client_text.vocabulary import said
from protocol.games.roulette import rules as roulette
from protocol.games.roulette.rules import POCKETS, SPOT_OF, SPOTS, Group, Pattern, Pocket, Spot
from protocol.house.fields import Chips

USUAL_REACH = 2
"""How far neighbours go when it is not said."""

_NAMED = {info.name: info.spot for info in SPOTS}
_FROM_TO: dict[tuple[Group, Pocket, Pocket], Spot] = {
    (info.group, info.covers[0], info.covers[-1]): info.spot for info in reversed(SPOTS)
}
_RUNS = (Group.SPLIT, Group.STREET, Group.CORNER, Group.LINE, Group.DOZEN)
"""What `4-6` can stand for, in this order."""
_HALVES = {(1, 18): roulette.LOW, (19, 36): roulette.HIGH}
_FIRST: dict[tuple[Group, Pocket], Spot] = {
    (info.group, info.covers[0]): info.spot
    for info in SPOTS
    if info.group in (Group.STREET, Group.LINE) and info.covers[0]
}
"""Streets and lines by their first number alone."""


@dataclass(frozen=True, slots=True)
class Wager:
    """A place, and what is to go there."""

    pattern: Pattern
    sum: Chips | None
    each: bool
    words: tuple[Word, ...]

    def chips(self, usual: Chips = 0) -> dict[Spot, Chips]:
        """The chips for each spot; without a sum, the usual chip is a unit."""
        units = sum(count for _, count in self.pattern)
        unit = usual if self.sum is None else self.sum
        if not unit:
            raise misread("how_many", self.words)
        if self.sum is not None and not self.each:
            unit, rest = divmod(self.sum, units)
            if rest or not unit:
                more = (unit + 1) * units
                raise misread("not_shared", self.words, sum=self.sum, n=units, more=more)
        chips: dict[Spot, Chips] = {}
        for spot, count in self.pattern:
            chips[spot] = chips.get(spot, 0) + unit * count
        return chips


def wagers(words: Sequence[Word]) -> list[Wager]:
    """The wagers of a line, parted by commas or `and`."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.text in (",", ";") or word.text in AND:
            parts.append([])
        elif word.text not in PADDING:
            parts[-1].append(word)
    found = [_wager(part) for part in parts if part]
    if not found:
        raise misread("no_bet", words)
    return found


def laid(found: Sequence[Wager], usual: Chips = 0) -> dict[Spot, Chips]:
    """All chips of these wagers together."""
    chips: dict[Spot, Chips] = {}
    for wager in found:
        for spot, amount in wager.chips(usual).items():
            chips[spot] = chips.get(spot, 0) + amount
    return chips


def _wager(words: list[Word]) -> Wager:
    whole = tuple(words)
    amount, each, words = _sum_aside(words)
    if not words:
        raise misread("no_bet", whole)
    pattern, rest = _place(words, amount is None)
    if rest and amount is None:
        amount, rest = _sum(rest[0]), rest[1:]
    if rest:
        raise misread("too_much", rest)
    if len(pattern) > 1 and not each and words[0].text not in HEADWORDS:
        raise misread("say_each", whole, sum="" if amount is None else amount)
    return Wager(pattern, amount, each, whole)


def _sum_aside(words: list[Word]) -> tuple[Chips | None, bool, list[Word]]:
    """A sum that stands before `on` or after `each`, and the words without it."""
    texts = [word.text for word in words]
    on = next((at for at, text in enumerate(texts[:3]) if text in ON), -1)
    if on == 0:
        words, texts = words[1:], texts[1:]
    elif on > 0:
        if on == 2 and texts[1] not in EACH:
            raise misread("too_much", words[1:2])
        return _sum(words[0]), on == 2, words[on + 1 :]
    each = next((at for at, text in enumerate(texts) if text in EACH), None)
    if each is None:
        return None, False, words
    if len(words) != each + 2:
        raise misread("how_many", words[each + 2 :])
    return _sum(words[-1]), True, words[:each]


def _sum(word: Word) -> Chips:
    if word.number is None:
        raise misread("no_sum", (word,), word=word.text)
    if word.number == 0:
        raise misread("zero_sum", (word,))
    return word.number


# --- places ---------------------------------------------------------------------------------------

Place: TypeAlias = tuple[Pattern, list[Word]]
"""What the words bet on, and what is left of them for the sum."""
Reader: TypeAlias = Callable[[list[Word], bool], Place]
"""Reads what follows a head; told whether a sum may follow it."""


def _place(words: list[Word], takes_sum: bool) -> Place:
    read, length = longest(words, _READERS)
    if read is None:
        return _numbers(words, takes_sum)
    return read(words[length:], takes_sum)


def _named(spot: Spot, rest: list[Word], _: bool) -> Place:
    return ((spot, 1),), rest


def _announced(pattern: Pattern, rest: list[Word], _: bool) -> Place:
    return pattern, rest


def _numbers(words: list[Word], takes_sum: bool) -> Place:
    """Numbers without a word before them: `17`, `17-20`, `4-6`; several where `each` follows."""
    rest = words[-1:] if takes_sum and len(words) > 1 else []
    places = words[: len(words) - len(rest)]
    return tuple((_spot_of(word), 1) for word in places), rest


def _spot_of(word: Word) -> Spot:
    numbers = _pockets(word)
    if len(numbers) == 1:
        return SPOT_OF[numbers[0],]
    spot = SPOT_OF.get(tuple(sorted(numbers)))
    if spot is None and len(numbers) == 2:
        first, last = numbers
        runs = (_FROM_TO.get((group, first, last)) for group in _RUNS)
        spot = next((run for run in runs if run is not None), _HALVES.get((first, last)))
    if spot is None:
        raise misread("no_spot", (word,), numbers=word.text)
    return spot


def _grouped(group: Group, rest: list[Word], takes_sum: bool) -> Place:
    """The numbers of a spot of this group: all that follow, or all but the last, which is a sum."""
    if not rest:
        raise misread(f"which_{group.name.lower()}", ())
    whole = len(rest) if rest[0].number is not None else 1
    for length in (whole, whole - 1 if takes_sum else whole):
        numbers = [number for word in rest[:length] for number in _pockets(word)]
        spot = _find(group, numbers) if numbers else None
        if spot is not None:
            return ((spot, 1),), rest[length:]
    raise misread(f"which_{group.name.lower()}", rest)


def _find(group: Group, numbers: list[Pocket]) -> Spot | None:
    spot = SPOT_OF.get(tuple(sorted(numbers)))
    if spot is not None and SPOTS[spot].group is group:
        return spot
    if len(numbers) == 2:
        return _FROM_TO.get((group, numbers[0], numbers[1]))
    return _FIRST.get((group, numbers[0])) if len(numbers) == 1 else None


def _straights(rest: list[Word], takes_sum: bool) -> Place:
    if not rest:
        raise misread("which_straight", ())
    return _numbers(rest, takes_sum)


def _third(group: Group, rest: list[Word], _: bool) -> Place:
    """A dozen or a column: 1, 2 or 3; a dozen also by its numbers."""
    if rest and rest[0].number in (1, 2, 3):
        return ((_NAMED[f"{group.name.lower()} {rest[0].number}"], 1),), rest[1:]
    if rest and "-" in rest[0].text and (spot := _find(group, _pockets(rest[0]))) is not None:
        return ((spot, 1),), rest[1:]
    raise misread(f"which_{group.name.lower()}", rest[:1])


def _neighbours(rest: list[Word], takes_sum: bool) -> Place:
    """A number, how far its neighbours go, and a sum; with one figure after it, that is the sum."""
    if not rest:
        raise misread("which_neighbours", ())
    pocket = 0 if rest[0].text in _ZERO else _pocket(rest[0])
    if len(rest) <= (2 if takes_sum else 1):
        return roulette.neighbour_bet(pocket, USUAL_REACH), rest[1:]
    reach = rest[1].number
    if reach is None or not 1 <= reach <= 18:
        raise misread("which_reach", rest[1:2])
    return roulette.neighbour_bet(pocket, reach), rest[2:]


def _finals(rest: list[Word], _: bool) -> Place:
    if not rest or rest[0].number not in range(10):
        raise misread("which_final", rest[:1])
    return roulette.finals(int(rest[0].text)), rest[1:]


def _pockets(word: Word) -> list[Pocket]:
    """The numbers in `17-20`, `17/20` or `17`."""
    if not re.fullmatch(r"[0-9]{1,2}([-/][0-9]{1,2})*", word.text):
        if word.number is not None:
            raise misread("no_number", (word,), word=word.text)
        raise misread("not_understood", (word,), word=word.text)
    numbers = [_POCKETS.get(number.lstrip("0") or number) for number in re.split("[-/]", word.text)]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        raise misread("no_number", (word,), word=word.text)
    return known


def _pocket(word: Word) -> Pocket:
    numbers = _pockets(word)
    if len(numbers) > 1 or numbers[0] not in roulette.WHEEL:
        raise misread("which_neighbours", (word,))
    return numbers[0]


_POCKETS = {roulette.written(number): number for number in (*POCKETS, roulette.DOUBLE_ZERO)}
"""Each number as it is written: `00` is another than `0`."""
_ZERO = {words[0] for words, name in said(PLACES).items() if name == "0"}
_TABLES: tuple[Mapping[tuple[str, ...], Reader], ...] = (
    {words: partial(_named, _NAMED[name]) for words, name in said(PLACES).items()},
    {words: partial(_grouped, group) for words, group in said(GROUPS).items()},
    {words: partial(_announced, roulette.ANNOUNCED[k]) for words, k in said(ANNOUNCED).items()},
    {
        words: partial(_third, group)
        for words, group in said(GROUPS).items()
        if group in (Group.DOZEN, Group.COLUMN)
    },
    {words: _straights for words, group in said(GROUPS).items() if group is Group.STRAIGHT},
    dict.fromkeys(said({0: NEIGHBOURS}), _neighbours),
    dict.fromkeys(said({0: FINALS}), _finals),
)
_READERS: dict[tuple[str, ...], Reader] = {
    words: read for table in _TABLES for words, read in table.items()
}
HEADS = dict.fromkeys(_READERS, True)
"""Whatever a bet can begin with, beside a number."""
HEADWORDS = {words[0] for words in HEADS}
