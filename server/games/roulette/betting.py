"""Chips on the layout, judged and laid: `verify_bets` refuses, `place` does. Pure."""

from collections.abc import Sequence

from protocol.fair.hashes import Account
from protocol.games.roulette.bets import BetsPlaced, BetsTakenBack
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rules import LOCKED, Spot
from protocol.games.roulette.zero import WHEELS
from protocol.house.fields import Chips
from protocol.house.lists import Reason
from protocol.limits import REQUEST_NUMBERS
from server.books.till import digest_of
from server.games.roulette.play import Roulette
from server.games.roulette.state import State
from server.refusal import Refusal


def verify_bets(table: Roulette, account: Account, number: int, bets: Sequence[Bet]) -> Chips:
    """Refuse what cannot be laid; else how many chips it is."""
    play = table.state.round
    table.verify_round(number)
    if play.state is not State.OPEN:
        raise Refusal(Reason.BETTING_CLOSED, "no more bets")
    table.means.disk.verify_room()
    if not bets:
        raise Refusal(Reason.UNDER_LEAST, "there is no chip in this bet")
    mine, there_are = play.bets.get(account, {}), WHEELS[play.law.wheel].spots
    total = 0
    seen: set[Spot] = set()
    for bet in bets:
        spot, chips = bet.spot, bet.chips
        if spot not in there_are:
            raise Refusal(Reason.NO_SUCH_SPOT, "this table has no such spot", spot=spot)
        stakes = table.stakes[spot]
        there = mine.get(spot, 0) + chips
        if chips <= 0 or there < stakes.least:
            raise Refusal(
                Reason.UNDER_LEAST,
                f"at least {stakes.least} on this spot",
                figure=stakes.least,
                spot=spot,
            )
        if there > stakes.most or spot in seen:
            raise Refusal(
                Reason.OVER_MOST,
                f"at most {stakes.most} on this spot",
                figure=stakes.most,
                spot=spot,
            )
        seen.add(spot)
        total += chips
    most = table.rules.table_most
    if table.till.stakes.get(account, 0) + total > most:
        raise Refusal(Reason.OVER_TABLE_MOST, f"at most {most} on the table", figure=most)
    wallet = table.wallets.get(account, 0)
    if total > wallet:
        raise Refusal(Reason.NOT_ENOUGH_CHIPS, f"you have {wallet} left", figure=wallet)
    return total


def place(
    table: Roulette, account: Account, request: int, number: int, bets: Sequence[Bet]
) -> BetsPlaced:
    """Lay chips, all or none."""
    total = verify_bets(table, account, number, bets)
    chips = [[bet.spot, bet.chips] for bet in bets]
    table.deeds.stake(number, account, request, chips, total)
    table.layout.add(account, chips)
    table.ready.discard(account)
    return BetsPlaced(request, number, *_standing(table, account))


def take_back(
    table: Roulette, account: Account, request: int, number: int, bets: Sequence[Bet]
) -> BetsTakenBack:
    """Take chips back, all of these or none; none named means everything."""
    table.verify_round(number)
    if table.round.state is not State.OPEN:
        raise Refusal(Reason.BETTING_CLOSED, "no more bets: what lies stays")
    table.means.disk.verify_room()
    mine = table.round.bets.get(account, {})
    chips = [[bet.spot, bet.chips] for bet in bets]
    seen: set[Spot] = set()
    for spot, taken in chips:
        if spot >= LOCKED:
            raise Refusal(Reason.STAKE_LOCKED, "zero has locked this stake", spot=spot)
        there = mine.get(spot, 0)
        rest = there - taken
        if taken <= 0 or rest < 0 or spot in seen:
            raise Refusal(Reason.NOTHING_THERE, f"{there} lie there", figure=there, spot=spot)
        if 0 < rest < (least := table.stakes[spot].least):
            raise Refusal(
                Reason.UNDER_LEAST, f"at least {least} must stay", figure=least, spot=spot
            )
        seen.add(spot)
    gone = chips or [[spot, there] for spot, there in mine.items() if spot < LOCKED]
    if not gone:
        words = "what lies there is locked" if mine else "you have no chips on the table"
        raise Refusal(Reason.NOTHING_THERE, words)
    total = sum([amount for _, amount in gone])
    table.deeds.refund(number, account, request, chips, total)
    table.layout.remove(account, gone)
    table.ready.discard(account)
    return BetsTakenBack(request, number, *_standing(table, account))


def _standing(table: Roulette, account: Account) -> tuple[Chips, Chips]:
    return table.wallets.get(account, 0), table.till.stakes.get(account, 0)


def answer_again(
    table: Roulette, request: int, account: Account, deed: str, number: int, bets: Sequence[Bet]
) -> BetsPlaced | BetsTakenBack | None:
    """The answer of a request that was done before; None if it was not."""
    if request >= REQUEST_NUMBERS:
        raise Refusal(Reason.NUMBER_REUSED, "no number could follow this one")
    if request > table.books.holders[account].last_request:
        return None
    answer = table.till.answered(account, request)
    if answer:
        what = [number, [[bet.spot, bet.chips] for bet in bets]]
        if answer.asked == digest_of(deed, what):
            kind = BetsPlaced if deed == "stake" else BetsTakenBack
            return kind(request, number, answer.balance, answer.at_stake)
    words = "this number was used for another request, or for one that was done long ago"
    raise Refusal(Reason.NUMBER_REUSED, words)
