"""What the spots of the layout are called."""

from client_gui.kit.words import Words
from protocol.games.roulette.rules import SPOT_OF, SPOTS, ZEROS, Group, Spot, SpotInfo


def name_of(words: Words, spot: Spot) -> str:
    """The short name of a spot, as the list of bets has it."""
    info = SPOTS[spot]
    if info.locked:
        key = "spot.locked" if info.locked == 1 else "spot.locked_again"
        return words(key, spot=name_of(words, SPOT_OF[info.covers]))
    first, last = info.numbers[0], info.numbers[-1]
    match info.group:
        case Group.STRAIGHT:
            return first
        case Group.COLUMN:
            return words("spot.column", n=first)
        case Group.DOZEN:
            return words(f"spot.dozen{int(first) // 12 + 1}")
        case Group.CHANCE:
            return words(f"spot.{info.name}")
        case Group.SPLIT:
            return words("spot.split", a=first, b=last)
        case Group.STREET if beside_zero(info):
            return words("spot.trio", numbers="·".join(info.numbers))
        case Group.CORNER if beside_zero(info):
            return words(f"spot.{_OF_ZERO[len(info.covers)]}")
    return words(f"spot.{info.group.name.lower()}", a=first, b=last)


def kind_of(words: Words, spot: Spot) -> str:
    """What kind of bet it is, as the bubble has it."""
    info = SPOTS[spot]
    if info.group in (Group.STREET, Group.CORNER) and beside_zero(info):
        return words(f"kind.{_OF_ZERO[len(info.covers)]}")
    if info.locked:
        return words("kind.locked")
    return words(f"kind.{info.group.name.lower()}")


def title_of(words: Words, spot: Spot) -> str:
    """The line that says over which numbers the mouse is."""
    info = SPOTS[spot]
    if info.group is Group.STRAIGHT:
        return f"{info.name} · {kind_of(words, spot)}"
    if info.group in (Group.COLUMN, Group.DOZEN, Group.CHANCE):
        return f"{name_of(words, spot)} · {kind_of(words, spot)}"
    return f"{' · '.join(info.numbers)} · {kind_of(words, spot)}"


def beside_zero(info: SpotInfo) -> bool:
    return not ZEROS.isdisjoint(info.covers)


_OF_ZERO = {3: "trio", 4: "first_four", 5: "top_line"}
"""What streets and corners beside a zero are called, by how many numbers they cover."""
