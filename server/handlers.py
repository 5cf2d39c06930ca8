"""What each request does, and when it is lawful: two tables of the house, and one of each game.

Who may ask, and in which phases, is declared with the message itself (`PARTY`, `PHASES`): the
protocol page and every client read it there. Here stands the function; with a game's, what is said
outside those phases. A request that is in none of them is not served.
"""

from collections.abc import Callable, Mapping
from typing import Any

from protocol import classic
from protocol.framing import Spoken
from protocol.house import door as entrance
from protocol.house import draw as drawing
from protocol.house import talk
from protocol.house.door import Refused
from protocol.house.lists import Farewell, Reason
from protocol.house.people import (
    Announce,
    HandOver,
    KickPlayer,
    ListPlayers,
    MutePlayer,
    WarnPlayer,
)
from protocol.messages import FROM_CLIENT
from protocol.wire import Message, Party, Request
from server.dialects import classic as classic_desk
from server.house import House
from server.people.people import Client
from server.refusal import Refusal
from server.requests import conversation, desk, door, draw, questions
from server.sayings import NO_TABLE
from server.tables.hall import Table

OF_THE_HOUSE: Mapping[type[Message], Callable[[House, Client, Any], Message | None]] = {
    entrance.SignIn: door.sign_in,
    entrance.ListTables: questions.list_tables,
    talk.SayPrivately: conversation.say_privately,
    talk.AskSession: conversation.ask_session,
    talk.AnswerSession: conversation.answer_session,
    talk.EndSession: conversation.end_session,
}
"""These mean no table: they are lawful for whoever has the seat at any."""

AT_A_TABLE: Mapping[type[Message], Callable[[House, Table, Client, Any], Message | None]] = {
    entrance.TakeSeat: door.take_seat,
    entrance.LeaveSeat: door.leave_seat,
    KickPlayer: desk.kick_player,
    Announce: desk.announce,
    HandOver: desk.hand_over,
    MutePlayer: desk.mute_player,
    WarnPlayer: desk.warn_player,
    talk.Say: conversation.say,
    talk.ListTalk: conversation.list_talk,
    ListPlayers: questions.list_players,
    drawing.RegisterChain: draw.register_chain,
    drawing.SendLink: draw.send_link,
    drawing.ListLinks: draw.list_links,
    drawing.AskRound: draw.ask_round,
}
"""These mean one, whatever is played at it, in whatever phase."""

QUESTIONS = frozenset(kind for kind in FROM_CLIENT.values() if kind.QUESTION)
BY_ITSELF = frozenset(
    (
        *(QUESTIONS - {entrance.TakeSeat}),
        *(classic.ListBets, classic.ConfirmResults, entrance.Ping),
        *(drawing.RegisterChain, drawing.SendLink),
    )
)
"""What a client asks without anybody touching it: it does not show that somebody is there."""

CLASSIC_RULES: Mapping[type, Callable[[House, Table, Client, Any], classic.Reply | None]] = {
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
    if isinstance(said, Message):
        number = said.table if said.AT_TABLE else NO_TABLE
    else:  # The classic dialect names no table: it means the first roulette.
        number = classic_desk.door(house)
    table = house.hall.reach(number, house.now)
    if isinstance(said, entrance.Greeting):
        if client.greeted:
            house.drop(client, Farewell.BROKEN, "there is one greeting")
        else:
            door.greet(house, client, said)
    elif isinstance(said, entrance.Ping):
        house.tell(client, entrance.Pong(said.nonce))
    elif isinstance(said, Message):
        _handle_modern(house, table, client, said)
    else:
        _handle_classic(house, table, client, said)
    if client.wrong_guesses >= house.limits.wrong_passwords:
        house.drop(client, Farewell.FLOOD, "too many wrong passwords")
    if type(said) not in BY_ITSELF:
        house.acted(client)
    if table:
        house.advance_one(table, now)
    else:
        house.advance_none(now)


def _handle_classic(house: House, table: Table | None, client: Client, said: Any) -> None:
    if table is None:
        house.drop(client, Farewell.FULL, "no roulette is open")
        return
    answer = CLASSIC_RULES[type(said)](house, table, client, said)
    if isinstance(answer, classic.RegistrationAnswered | classic.OrderAnswered):
        _note(client, said, done=answer.code is classic.Code.OK)
    if answer is not None:
        house.tell(client, answer, table)


def _handle_modern(house: House, table: Table | None, client: Client, said: Message) -> None:
    number = said.number if isinstance(said, Request) else 0
    try:
        answer = _answer(house, table, client, said)
        if client.refused:
            _note(client, said, done=True)
    except Refusal as refusal:
        _note(client, said, done=False)
        answer = Refused(number, refusal.reason, refusal.spot, refusal.figure, refusal.words)
    if answer is not None:
        house.tell(client, answer, table if said.AT_TABLE else None)


def _note(client: Client, said: Spoken, *, done: bool) -> None:
    """What is refused again and again waits, until one of its kind is carried out."""
    kind, refused = type(said), client.refused
    if done:
        refused.pop(kind, None)
    else:
        refused[kind] = refused.get(kind, 0) + 1


def _answer(house: House, table: Table | None, client: Client, said: Message) -> Message | None:
    kind = type(said)
    if not said.AT_TABLE:
        if (party := client.party) not in said.PARTY:
            raise Refusal(Reason.NOT_YOURS, _whose(said.PARTY, party))
        return OF_THE_HOUSE[kind](house, client, said)
    if table is None and client.signed_in:
        raise Refusal(Reason.NO_SUCH_TABLE, f"there is no table {said.table}")
    if (party := client.party_at(said.table)) not in said.PARTY:
        raise Refusal(Reason.NOT_YOURS, _whose(said.PARTY, party))
    assert table, "nobody who has not signed in may ask anything at a table"
    if kind in AT_A_TABLE:
        return AT_A_TABLE[kind](house, table, client, said)
    rule = table.game.requests.get(kind)
    if rule is None:
        if table.game.number != said.GAME:
            raise Refusal(Reason.NO_SUCH_TABLE, f"another game is played at table {table.number}")
        raise Refusal(Reason.NOT_SERVED, "this house does not serve that yet")
    if rule.again and (answer := rule.again(table.play, client.account, said)):
        return answer
    if said.PHASES and table.play.phase not in said.PHASES:
        raise Refusal(rule.otherwise, rule.words)
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
