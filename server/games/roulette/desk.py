"""What the croupier orders of the round. No order carries an outcome."""

from protocol.fair.hashes import Account
from protocol.games.roulette.desk import CloseBetting, SetAuto, StartSpin, VoidRound
from protocol.house.door import Done
from protocol.wire import Message
from server.games.roulette.play import Roulette
from server.refusal import fit


def start_spin(play: Roulette, _: Account, request: StartSpin) -> Message:
    play.start_spin(play.means.now, request.round_number)
    return Done(request.number)


def close_betting(play: Roulette, _: Account, request: CloseBetting) -> Message:
    play.close_by_croupier(play.means.now, request.round_number)
    return Done(request.number)


def void_round(play: Roulette, _: Account, request: VoidRound) -> Message:
    # What is not said, every client leaves out in its own language.
    words = fit(request.words) if request.words else ""
    play.void(play.means.now, request.round_number, words)
    return Done(request.number)


def set_auto(play: Roulette, _: Account, request: SetAuto) -> Message:
    play.set_auto(play.means.now, request.seconds)
    return Done(request.number)
