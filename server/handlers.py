"""What each request does, and when it is lawful: a table of the house's own, and one of each game.

Who may ask, and in which phases, is declared with the message itself (`PARTY`, `PHASES`): the
protocol page and every client read it there. Here stands the function, and what is said outside
those phases. A request that is in neither table is not served.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from protocol import classic
from protocol.framing import Spoken
from protocol.messages import desk as orders
from protocol.messages import door as entrance
from protocol.messages import records, rounds, talk
from protocol.messages.door import Refused
from protocol.messages.lists import Farewell, Reason
from protocol.wire import Message, Party, Request
from server.dialects import classic as classic_desk
from server.house import House
from server.net.cost import QUESTIONS
from server.people.people import Client
from server.refusal import Refusal
from server.requests import conversation, desk, door, questions
from server.tables.game import Rule

Handler: TypeAlias = Callable[[House, Client, Any], Message | classic.Reply | None]


RULES: dict[type[Message], Rule] = {
    entrance.SignIn: Rule(door.sign_in),
    entrance.TakeSeat: Rule(door.take_seat),
    entrance.LeaveSeat: Rule(door.leave_seat),
    orders.KickPlayer: Rule(desk.kick_player),
    orders.Announce: Rule(desk.announce),
    orders.HandOver: Rule(desk.hand_over),
    orders.MutePlayer: Rule(desk.mute_player),
    orders.WarnPlayer: Rule(desk.warn_player),
    talk.Say: Rule(conversation.say),
    talk.SayPrivately: Rule(conversation.say_privately),
    talk.AskSession: Rule(conversation.ask_session),
    talk.AnswerSession: Rule(conversation.answer_session),
    talk.EndSession: Rule(conversation.end_session),
    talk.ListTalk: Rule(conversation.list_talk),
    records.ListPlayers: Rule(questions.list_players),
    entrance.ListTables: Rule(questions.list_tables),
}

BY_ITSELF = frozenset(
    (
        *(QUESTIONS.keys() - {entrance.TakeSeat}),
        *(rounds.CommitSecret, rounds.RevealSecret, classic.ConfirmResults, entrance.Ping),
    )
)
"""What a client asks without anybody touching it: it does not show that somebody is there."""

CLASSIC_RULES: dict[type, Handler] = {
    classic.RegisterPlayer: classic_desk.register_player,
    classic.RegisterCroupier: classic_desk.register_croupier,
    classic.PlaceBet: classic_desk.place_bet,
    classic.StartSpin: classic_desk.start_spin,
    classic.ListBets: classic_desk.list_bets,
    classic.ConfirmResults: classic_desk.confirm_results,
}
"""The classic requests judge by themselves: who may not ask has a result code."""


def handle(house: House, client: Client, said: Spoken, now: float) -> None:
    """Carry out one request, or refuse it in words. What it brought about is said after it.

    What is due by `now` was done already.
    """
    if not house.hears(client, said):
        return
    if isinstance(said, entrance.Greeting):
        if client.greeted:
            house.drop(client, Farewell.BROKEN, "there is one greeting")
        else:
            door.greet(house, client, said)
    elif isinstance(said, entrance.Ping):
        house.tell(client, entrance.Pong(said.nonce))
    elif isinstance(said, Message):
        _handle_modern(house, client, said)
    else:
        answer = CLASSIC_RULES[type(said)](house, client, said)
        if answer is not None:
            house.tell(client, answer)
    if client.wrong_guesses >= house.limits.wrong_passwords:
        house.drop(client, Farewell.FLOOD, "too many wrong passwords")
    if type(said) not in BY_ITSELF:
        house.acted(client)
    house.advance(now)


def _handle_modern(house: House, client: Client, said: Message) -> None:
    number = said.number if isinstance(said, Request) else 0
    try:
        answer = _answer(house, client, said)
    except Refusal as refusal:
        answer = Refused(number, refusal.reason, refusal.spot, refusal.figure, refusal.words)
    if answer is not None:
        house.tell(client, answer)


def _answer(house: House, client: Client, said: Message) -> Any:
    table = house.table
    party = client.party
    if party not in said.PARTY:
        raise Refusal(Reason.NOT_YOURS, _whose(said.PARTY, party))
    ours, theirs = RULES.get(type(said)), table.game.requests.get(type(said))
    rule = ours or theirs
    if rule is None:
        raise Refusal(Reason.NOT_SERVED, "this house does not serve that yet")
    if rule.again and (answer := rule.again(table.play, client.account, said)):
        return answer
    if said.PHASES and table.play.phase not in said.PHASES:
        raise Refusal(rule.otherwise, rule.words)
    if ours:
        return ours.do(house, client, said)
    return rule.do(table.play, client.account, said)


def _whose(lawful: Party, asking: Party) -> str:
    if asking is Party.STRANGER:
        return "sign in first"
    if lawful is Party.STRANGER:
        return "you have signed in already"
    if lawful is Party.CROUPIER:
        return "that is the croupier's to order"
    if lawful is Party.PLAYER:
        return "that is for players"
    return "take a seat first"
