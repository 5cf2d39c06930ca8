"""The players' say in the number: sealed before the bets are frozen, opened after. Pure."""

from protocol import fairness
from protocol.fairness import Account, Hash
from protocol.house.lists import Reason
from protocol.limits import CONTRIBUTORS
from server.games.roulette.play import Roulette
from server.games.roulette.state import State
from server.refusal import Refusal


def commit_secret(table: Roulette, account: Account, commitment: Hash) -> None:
    """Take a sealed say in the draw."""
    play = table.round
    if play.state is not State.OPEN:
        raise Refusal(Reason.TOO_LATE, "the bets are frozen")
    before = play.commitments.get(account)
    if before == commitment.hex():
        return
    if before:
        raise Refusal(Reason.NOT_NOW, "you have committed to another secret in this round")
    silent = table.state.silent_until.get(account, 0) - play.number + 1
    if silent > 0:
        raise Refusal(
            Reason.NO_SAY, f"you withheld a secret: no say for {silent} rounds", figure=silent
        )
    if len(play.commitments) >= CONTRIBUTORS:
        raise Refusal(Reason.ENOUGH_SAY, f"{CONTRIBUTORS} have committed already")
    table.deeds.seal(play.number, account, commitment.hex())


def reveal_secret(table: Roulette, account: Account, secret: Hash) -> None:
    """Take the opened say."""
    play = table.round
    if play.state is State.OPEN:
        raise Refusal(Reason.NOT_NOW, "not before the bets are frozen")
    if account not in play.commitments:
        raise Refusal(Reason.WRONG_SECRET, "you have not committed in this round")
    made = fairness.commitment(bytes.fromhex(table.till.draw), play.number, account, secret)
    if made.hex() != play.commitments[account]:
        raise Refusal(Reason.WRONG_SECRET, "this is not the secret that you committed to")
    if account in play.reveals:
        return
    if play.state is not State.FROZEN:
        raise Refusal(Reason.TOO_LATE, "the time for secrets is over")
    table.deeds.show(play.number, account, secret.hex())
