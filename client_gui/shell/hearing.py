"""What was said and what happened, as the talk shows it."""

from collections.abc import Collection

from client.house.state import Heard, HouseState, Kind
from client.house.state import Talk as Stage
from client.local_time import local_time
from client.talk.commands import HOUSE_WORDS, Cannot
from client.talk.conversations import conversations, room_of
from client_gui.kit.words import Words
from client_gui.shell.view import Message, Room, Tie
from protocol.house.lists import Notice, Phrase
from protocol.text import as_name

TIES = {Stage.ASKED: Tie.ASKED, Stage.ASKS: Tie.ASKS, Stage.OPEN: Tie.OPEN}


HIDDEN = (Kind.SAID, Kind.WHISPERED, Kind.IN_SESSION)
"""Kinds of line that whom one ignores says in vain."""


class Hearing:
    """Puts lines into words, each once: there are hundreds, and one more comes at a time."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._told: dict[int, tuple[Heard, Message]] = {}

    def messages(self, state: HouseState, ignored: Collection[int] = ()) -> tuple[Message, ...]:
        """Every line that is to be heard, in order, each with the conversation that it is of."""
        self._told = {line.serial: self._tell(line, state.account) for line in state.heard}
        return tuple(
            message
            for line, message in self._told.values()
            if line.account not in ignored or line.kind not in HIDDEN or line.ended is not None
        )

    def _tell(self, line: Heard, me: int) -> tuple[Heard, Message]:
        known = self._told.get(line.serial)
        if known is not None and known[0] is line:
            return known
        return line, _message(line, me, self._words)


def rooms(state: HouseState, ignored: Collection[int] = ()) -> tuple[Room, ...]:
    """The private conversations."""
    _, *private = conversations(state, ignored)
    return tuple(
        Room(
            each.account,
            each.name,
            TIES[each.session.talk] if each.session else None,
            each.lines[-1].serial if each.lines else 0,
        )
        for each in private
    )


def reason(cannot: Cannot, words: Words) -> str:
    """Why something could not be said, in words."""
    return words(f"why.{cannot.why}", name=cannot.name, n=cannot.seconds)


def _message(line: Heard, me: int, words: Words) -> Message:
    clock = local_time(line.at) if line.at else ""
    room = room_of(line, me)
    mine = line.account == me and line.account != 0
    who, text, house, call = line.name, line.text, False, False
    if line.begun:
        text, house, mine = words("ended_session.begun", name=line.name), True, False
    elif line.ended is not None:
        text = words(f"ended_session.{line.ended.name.lower()}", name=line.name)
        house, mine = True, False
    elif line.kind is Kind.ANNOUNCED:
        who, call = line.name or words("messages.house"), True
        if line.phrase is not Phrase.OTHER:
            text = words(f"phrase.{line.phrase.name.lower()}")
    elif line.kind is Kind.NOTICED:
        text, house = _notice(line, words), True
    return Message(clock, "" if house else as_name(who), text, house, room, line.serial, mine, call)


def _notice(line: Heard, words: Words) -> str:
    key = f"notice.{line.notice.name.lower()}"
    if line.notice is Notice.OTHER or not words.has(key):
        return line.text or as_name(line.name)
    said = words(key, name=line.name or words("messages.house"))
    known = HOUSE_WORDS.get(line.text)
    why = words(f"house.{known}") if known else line.text
    return f"{said}: {why}" if why else said
