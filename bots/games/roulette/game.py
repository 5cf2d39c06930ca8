"""The roulette, as company knows a game."""

from collections.abc import Mapping
from enum import Enum
from random import Random

from bots.games.game import Game
from bots.games.roulette.phrases import ENGLISH, RUSSIAN, Event
from bots.games.roulette.player import Player
from bots.games.roulette.tempers import TEMPERS
from client.games.roulette.state import roulette
from client.house.state import HouseState
from protocol.games.roulette.rules import POCKETS, written

MUCH = 8
"""A net of so many hundredths of the purse is a great deal."""


def _event(state: HouseState) -> Event | None:
    before = roulette(state).previous
    if before is None or before.settled is None:
        return None
    purse = max(state.balance, 100)
    top = before.settled.top[0] if before.settled.top else None
    net = before.net or 0
    if abs(net) * 100 >= purse * MUCH:
        return Event.WON_MUCH if net > 0 else Event.LOST_MUCH
    if before.settled.pocket == 0:
        return Event.ZERO
    if top is not None and top.account != state.account and top.net * 100 >= purse * MUCH:
        return Event.ADMIRES
    if net:
        return Event.WON if net > 0 else Event.LOST
    return Event.MUSES


def _gaps(state: HouseState, occasion: Enum, chance: Random) -> Mapping[str, str]:
    """Somebody else who won, and a number: the one that fell, or whichever one muses about."""
    before = roulette(state).previous
    settled = before.settled if before else None
    lucky = chance.choice(POCKETS)
    return {
        "name": settled.top[0].name if settled and settled.top else "",
        "number": written(lucky if settled is None or occasion is Event.MUSES else settled.pocket),
    }


GAME = Game(
    styles={style: temper.talkative for style, temper in TEMPERS.items()},
    player=lambda style, seed, hurry: Player(TEMPERS[style], seed, hurry),
    round=lambda state: roulette(state).round.number,
    at_stake=lambda state: bool(roulette(state).round.own),
    event=_event,
    gaps=_gaps,
    english=ENGLISH,
    russian=RUSSIAN,
)
