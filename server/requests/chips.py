"""Chips and secrets: what a player asks for."""

from protocol.messages.bets import PlaceBets, SayReady, TakeBackBets
from protocol.messages.door import Done
from protocol.messages.rounds import CommitSecret, RevealSecret
from protocol.wire import Message
from server.draw import draw
from server.games.roulette import betting
from server.house import House
from server.people.people import Client


def answer_again(house: House, client: Client, request: PlaceBets | TakeBackBets) -> Message | None:
    """The answer of a request with chips that was carried out before: then it is not done again."""
    deed = "stake" if isinstance(request, PlaceBets) else "refund"
    return betting.answer_again(
        house.table, request.number, client.account, deed, request.round_number, request.bets
    )


def place_bets(house: House, client: Client, request: PlaceBets) -> Message:
    account, bets = client.account, request.bets
    used = house.ink.verify(account, len(bets), house.now)
    placed = betting.place(house.table, account, request.number, request.round_number, bets)
    house.ink.used[account] = used
    return placed


def take_back_bets(house: House, client: Client, request: TakeBackBets) -> Message:
    account, bets = client.account, request.bets
    used = house.ink.verify(account, len(bets), house.now)
    taken = betting.take_back(house.table, account, request.number, request.round_number, bets)
    house.ink.used[account] = used
    return taken


def commit_secret(house: House, client: Client, request: CommitSecret) -> Message:
    draw.commit_secret(house.table, client.account, request.round_number, request.commitment)
    return Done(request.number)


def reveal_secret(house: House, client: Client, request: RevealSecret) -> Message:
    draw.reveal_secret(house.table, client.account, request.round_number, request.secret)
    return Done(request.number)


def say_ready(house: House, client: Client, request: SayReady) -> Message:
    house.table.say_ready(client.account, request.round_number)
    return Done(request.number)
