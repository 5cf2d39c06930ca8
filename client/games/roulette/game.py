"""The roulette, as this client knows a game."""

from client.games.game import Game
from client.games.roulette.reduce import STEPS
from client.games.roulette.sitting import LISTS, RouletteSitting
from client.games.roulette.state import awaits
from protocol.games.roulette import bets, rounds
from protocol.house.lists import Reason

GAME = Game(
    name="roulette",
    draws=True,
    steps=STEPS,
    sitting=RouletteSitting,
    lists=LISTS,
    awaits=awaits,
    introduced=rounds.TableIntroduced,
    shown=rounds.TableShown,
    unfit={bets.PlaceBets: Reason.NOT_ENOUGH_CHIPS, bets.TakeBackBets: Reason.NOTHING_THERE},
)
