"""The commands that every table knows, and how what follows one is read. A game has more."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from client_text import intents
from client_text.intents import Intent
from client_text.reading import Rest, longest, misread
from client_text.vocabulary import PHRASES, SEATS, Said, said
from protocol.house.lists import Phrase, Seat

END = "end"
"""What a script can wait for at any table: the end of the line."""


class Command(NamedTuple):
    """A row of the table of commands."""

    said: Said
    read: Callable[[Rest], Intent]
    offers: Iterable[Said] = ()
    """What can follow it, as it is offered."""
    people: bool = False
    """A name can follow it."""


def alone(intent: Intent) -> Callable[[Rest], Intent]:
    """Nothing may follow."""

    def read(rest: Rest) -> Intent:
        rest.nothing()
        return intent

    return read


def shows(topic: str, way: Said) -> Command:
    """The command that shows this, and takes nothing."""
    return Command(way, alone(intents.Show(topic)))


def waits(untils: Mapping[str, Said]) -> Command:
    """The command to wait, for one of these or for the end."""
    rows = {**untils, END: Said("end", "конца")}
    known = said(rows)
    return Command(
        Said("wait", "ждать|жди"),
        lambda rest: intents.Wait(rest.one_of(known, "which_until")),
        rows.values(),
    )


def _seat(rest: Rest) -> Intent:
    return intents.Sit(rest.one_of(_SEATS, "which_seat"))


def _table(seat: Seat, rest: Rest) -> Intent:
    if not rest.words:
        raise misread("which_table", ())
    return intents.GoTo(rest.text(), seat)


def _call(rest: Rest) -> Intent:
    if not rest.words:
        raise misread("what_call", ())
    phrase, length = longest(rest.words, _PHRASES)
    if phrase is None or length < len(rest.words):
        return intents.Announce(Phrase.OTHER, rest.text())
    return intents.Announce(phrase, "")


def _person(rest: Rest) -> Intent:
    if not rest.words:
        raise misread("who", ())
    return intents.HandOver(rest.text())


def _talk(command: str, en: str, ru: str) -> Command:
    """Whom it is about and what is said, `client.talk.commands` finds out."""
    return Command(
        Said(en, ru), lambda rest: intents.Talk(f"/{command} {rest.text()}"), people=True
    )


_SEATS = said(SEATS)
_PHRASES = said(PHRASES)

COMMANDS: Mapping[str, Command] = {
    "list": shows("list", Said("list|bets", "список|ставки")),
    "players": shows("players", Said("players|who|people|users", "игроки|кто|люди")),
    "sit": Command(Said("sit|seat", "сесть|место"), _seat, SEATS.values()),
    "tables": shows("tables", Said("tables|hall", "столы|зал")),
    "table": Command(Said("table|go to", "стол|за стол"), partial(_table, Seat.PLAYER)),
    "watch": Command(
        Said("watch|watch table", "смотреть|смотреть стол"), partial(_table, Seat.WATCHER)
    ),
    "leave": Command(
        Said("leave|leave table", "встать|встать из-за стола"), alone(intents.LeaveTable())
    ),
    "wait": waits({}),
    "help": Command(Said("help|?|h", "помощь|справка"), lambda rest: intents.Help(rest.text())),
    "quit": Command(Said("quit|bye", "выход|уйти|выйти|пока"), alone(intents.Quit())),
    "announce": Command(Said("announce|call", "объявить|объявление"), _call, PHRASES.values()),
    "hand over": Command(
        Said("hand over|handover|give to", "передать|передать место"), _person, people=True
    ),
    "kick": _talk("kick", "kick|throw out|remove", "выгнать|удалить|кик"),
    "warn": _talk("warn", "warn", "предупредить"),
    "mute": _talk("mute", "mute|silence", "заглушить|молчать"),
    "unmute": _talk("unmute", "unmute", "вернуть голос|голос"),
    "say": _talk("all", "say|s|all", "сказать|скажи|всем"),
    "private": _talk("private", "private|tell|msg|w", "лично|шепнуть"),
    "session": _talk("session", "session", "беседа|сессия"),
    "ignore": _talk("ignore", "ignore", "игнор|не слышать"),
    "hear": _talk("hear", "hear|unignore", "слышать"),
    "accept": Command(Said("y|yes|accept", "д|да|принять"), alone(intents.Talk("/y"))),
    "decline": Command(Said("n|no|decline", "н|нет|отклонить"), alone(intents.Talk("/n"))),
    "exit": Command(Said("exit|end session", "конец|закончить"), alone(intents.Talk("/exit"))),
    "talk": shows("talk", Said("talk|chat", "разговор|чат")),
}
