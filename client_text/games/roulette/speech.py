"""What a spot, a number and a line of bets are called. Pure.

Whatever names a spot here can be typed back as a bet, but for what zero has locked.
"""

from collections.abc import Iterable

from client_text.games.roulette.vocabulary import GROUPS, PLACES
from client_text.speech import Speech
from protocol.games.roulette.rules import SPOT_OF, SPOTS, ZEROS, Group, Pocket, Spot, colour
from protocol.house.fields import Chips

SPOTS_SHOWN = 8
"""A line names so many places; the rest are counted."""


def spot_in_words(speech: Speech, spot: Spot) -> str:
    info = SPOTS[spot]
    if info.locked:
        words = "bets.locked" if info.locked == 1 else "bets.locked_again"
        return speech(words, spot=spot_in_words(speech, SPOT_OF[info.covers]))
    first, last = info.covers[0], info.covers[-1]
    if info.group is Group.STRAIGHT:
        return info.name
    if info.group in (Group.COLUMN, Group.DOZEN):
        return f"{GROUPS[info.group].ways(speech.language)[0]} {info.name.split()[1]}"
    if info.name in ("low", "high"):
        return f"{first}-{last}"
    if info.name in PLACES:
        return PLACES[info.name].ways(speech.language)[0]
    beside_zero = not ZEROS.isdisjoint(info.covers)
    return info.name if beside_zero else f"{first}-{last}"


def bets_in_words(speech: Speech, chips: Iterable[tuple[Spot, Chips]]) -> str:
    """`25 on 17, 10 on red`."""
    each = [speech("bets.on", chips=n, spot=spot_in_words(speech, spot)) for spot, n in chips]
    if len(each) > SPOTS_SHOWN:
        left = len(each) - SPOTS_SHOWN + 1
        each[SPOTS_SHOWN - 1 :] = [speech.count("bets.more", left)]
    return ", ".join(each)


def pocket_in_words(speech: Speech, pocket: Pocket) -> str:
    """`17 black, odd, low`."""
    if pocket in ZEROS:
        return speech("pocket.double_zero" if pocket else "pocket.zero")
    return speech(
        "pocket.number",
        n=pocket,
        colour=speech.choice("pocket", colour(pocket)),
        parity=speech("pocket.odd" if pocket % 2 else "pocket.even"),
        half=speech("pocket.low" if pocket < 19 else "pocket.high"),
    )
