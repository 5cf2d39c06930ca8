"""Chips and secrets: what a player asks for."""

from protocol.messages.bets import PlaceBets, SayReady, TakeBackBets
from protocol.messages.door import Done
from protocol.messages.lists import Presence, Seat
from protocol.messages.rounds import CommitSecret, RevealSecret
from protocol.wire import Message
from server.house import House
from server.people import Client


def answer_again(house: House, client: Client, request: PlaceBets | TakeBackBets) -> Message | None:
    """The answer of a request with chips that was carried out before: then it is not done again."""
    deed = "stake" if isinstance(request, PlaceBets) else "refund"
    return house.table.answer_again(
        request.number, client.account, deed, request.round_number, request.bets
    )


def place_bets(house: House, client: Client, request: PlaceBets) -> Message:
    return house.table.place(client.account, request.number, request.round_number, request.bets)


def take_back_bets(house: House, client: Client, request: TakeBackBets) -> Message:
    return house.table.take_back(client.account, request.number, request.round_number, request.bets)


def commit_secret(house: House, client: Client, request: CommitSecret) -> Message:
    house.table.commit_secret(client.account, request.round_number, request.commitment)
    return Done(request.number)


def reveal_secret(house: House, client: Client, request: RevealSecret) -> Message:
    house.table.reveal_secret(client.account, request.round_number, request.secret)
    return Done(request.number)


def say_ready(house: House, client: Client, request: SayReady) -> Message:
    players = {
        person.account
        for person in house.people.seated.values()
        if person.seat is Seat.PLAYER and person.presence is Presence.HERE
    }
    house.table.say_ready(house.now, client.account, request.round_number, players)
    return Done(request.number)
