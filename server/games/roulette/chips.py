"""Chips: what a player asks for."""

from collections.abc import Callable, Sequence

from protocol.fair.hashes import Account
from protocol.games.roulette.bets import PlaceBets, SayReady, TakeBackBets
from protocol.games.roulette.fields import Bet
from protocol.house.door import Done
from protocol.wire import Message
from server.games.roulette import betting
from server.games.roulette.play import Roulette


def answer_again(
    play: Roulette, account: Account, request: PlaceBets | TakeBackBets
) -> Message | None:
    """The answer of a request with chips that was carried out before: then it is not done again."""
    deed = "stake" if isinstance(request, PlaceBets) else "refund"
    return betting.answer_again(
        play, request.number, account, deed, request.round_number, request.bets
    )


def place_bets(play: Roulette, account: Account, request: PlaceBets) -> Message:
    return _written(betting.place, play, account, request)


def take_back_bets(play: Roulette, account: Account, request: TakeBackBets) -> Message:
    return _written(betting.take_back, play, account, request)


def _written(
    do: Callable[[Roulette, Account, int, int, Sequence[Bet]], Message],
    play: Roulette,
    account: Account,
    request: PlaceBets | TakeBackBets,
) -> Message:
    """Do it, for what its writing costs; what is refused costs nothing."""
    allowance, bets = play.means.allowance, request.bets
    used = allowance.verify(account, len(bets), play.means.now)
    answer = do(play, account, request.number, request.round_number, bets)
    allowance.used[account] = used
    return answer


def say_ready(play: Roulette, account: Account, request: SayReady) -> Message:
    play.say_ready(account, request.round_number)
    return Done(request.number)
