"""The kinds of draw, by the name that a file has for each."""

from collections.abc import Mapping

from protocol.fair.drawing import Kind
from protocol.games.bingo.drawing import BINGO_75, BINGO_90
from protocol.games.blackjack.drawing import BLACKJACK
from protocol.games.guess import GUESS, SAMPLE
from protocol.games.roulette.drawing import ROULETTE, ROULETTE_00

KINDS: Mapping[str, Kind] = {
    "roulette": ROULETTE,
    "roulette00": ROULETTE_00,
    "blackjack": BLACKJACK,
    "bingo75": BINGO_75,
    "bingo90": BINGO_90,
    "guess": GUESS,
    "sample": SAMPLE,
}
