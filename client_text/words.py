"""A typed line becomes an intent, or raises the `MisreadError` that says why not.

Words of both languages are understood at any time. A line that begins with a slash is a command
in any case; inside a private session every other line is said there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from client_text import intents
from client_text.intents import Intent
from client_text.reading import Word, longest, misread, split
from client_text.vocabulary import (
    COMMANDS,
    FILES,
    IN_TALK,
    OFF,
    PHRASES,
    SEATS,
    TOPICS,
    UNTILS,
    said,
)
from client_text.wagers import HEADS, laid, wagers
from protocol.house.lists import Phrase, Seat

T = TypeVar("T")

MOST_SECONDS = 65535


@dataclass(frozen=True, slots=True)
class Setting:
    """What a line is read against."""

    in_private: bool = False
    """Whether what is typed goes to one person."""
    usual_chip: int = 0


def read(line: str, setting: Setting = Setting()) -> Intent | None:
    """What a line asks for; nothing, if it is empty."""
    start = len(line) - len(line.lstrip())
    slash = line.startswith("/", start)
    if not line.strip():
        return None
    if line.startswith("//", start) or (setting.in_private and not slash):
        return intents.Talk(line.strip())
    words = split(line)
    if slash:
        words = _without_slash(words)
    key, length = longest(words, _COMMANDS)
    _, wager = longest(words, _HEADS)
    if key is None or wager > length:
        return _bet(words, setting)
    rest = Rest(line, words[length:], words[:length])
    return _TAKES[COMMANDS[key].takes](key, rest)


def _without_slash(words: list[Word]) -> list[Word]:
    first = words[0]
    bare = Word(first.text[1:], first.start + 1, first.end)
    if not bare.text:
        raise misread("lone_slash", (first,))
    return [bare, *words[1:]]


def _bet(words: list[Word], setting: Setting) -> Intent:
    if not any(character.isdigit() for word in words for character in word.text):
        _, head = longest(words, _HEADS)
        if not head and not any(word.text in _HEADWORDS for word in words):
            raise misread("no_command", words[:1], word=words[0].text)
    return intents.Lay(laid(wagers(words), setting.usual_chip))


# --- what follows a command -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rest:
    """What follows the command."""

    line: str
    words: list[Word]
    head: list[Word]

    def text(self, skipped: int = 0) -> str:
        """All of it as it was written, after so many words."""
        if skipped >= len(self.words):
            return ""
        return self.line[self.words[skipped].start :].strip()

    def number(self, most: int, key: str, at: int = 0) -> int:
        found = self.words[at : at + 1]
        number = found[0].number if found else None
        if number is None or number > most:
            raise misread(key, found, most=most)
        return number

    def nothing(self, after: int = 0) -> None:
        if self.words[after:]:
            raise misread("too_much", self.words[after:])


Taker: TypeAlias = Callable[[str, Rest], Intent]

_PLAIN: dict[str, Intent] = {
    "back all": intents.TakeBackAll(),
    "undo": intents.Undo(),
    "rebet": intents.Rebet(),
    "double": intents.Double(),
    "ready": intents.Ready(),
    "quit": intents.Quit(),
    "leave": intents.LeaveTable(),
    "start": intents.Start(),
    "close": intents.CloseBetting(),
    "accept": intents.Talk("/y"),
    "decline": intents.Talk("/n"),
    "exit": intents.Talk("/exit"),
    **{key: intents.Show(topic) for key, topic in TOPICS.items()},
}


def _alone(key: str, rest: Rest) -> Intent:
    rest.nothing()
    return _PLAIN[key]


def _back(_: str, rest: Rest) -> Intent:
    if not rest.words:
        return intents.Undo()
    found = wagers(rest.words)
    chips: dict[int, int | None] = {}
    for wager in found:
        spots = dict.fromkeys((spot for spot, _ in wager.pattern), None)
        chips.update(spots if wager.sum is None else wager.chips())
    return intents.TakeBack(chips)


def _chip(_: str, rest: Rest) -> Intent:
    if rest.words and (rest.words[0].text,) in _OFF:
        rest.nothing(1)
        return intents.SetChip(0)
    chips = rest.number(2**32, "which_chip")
    rest.nothing(1)
    return intents.SetChip(chips)


def _round(_: str, rest: Rest) -> Intent:
    number = rest.number(2**63, "which_round") if rest.words else 0
    rest.nothing(1)
    return intents.Verify(number)


def _file(_: str, rest: Rest) -> Intent:
    return intents.Save(_one_of(_FILES, rest, "which_file") if rest.words else next(iter(FILES)))


def _seat(_: str, rest: Rest) -> Intent:
    return intents.Sit(_one_of(_SEATS, rest, "which_seat"))


def _table(key: str, rest: Rest) -> Intent:
    if not rest.words:
        raise misread("which_table", ())
    return intents.GoTo(rest.text(), Seat.WATCHER if key == "watch" else Seat.PLAYER)


def _until(_: str, rest: Rest) -> Intent:
    return intents.Wait(_one_of(_UNTILS, rest, "which_until"))


def _one_of(known: dict[tuple[str, ...], T], rest: Rest, key: str) -> T:
    meaning, length = longest(rest.words, known)
    if meaning is None:
        raise misread(key, rest.words)
    rest.nothing(length)
    return meaning


def _reason(_: str, rest: Rest) -> Intent:
    if not rest.words:
        raise misread("why_void", ())
    return intents.Void(rest.text())


def _call(_: str, rest: Rest) -> Intent:
    if not rest.words:
        raise misread("what_call", ())
    phrase, length = longest(rest.words, _PHRASES)
    if phrase is None or length < len(rest.words):
        return intents.Announce(Phrase.OTHER, rest.text())
    return intents.Announce(phrase, "")


def _seconds(_: str, rest: Rest) -> Intent:
    if rest.words and (rest.words[0].text,) in _OFF:
        rest.nothing(1)
        return intents.SetAuto(0)
    seconds = rest.number(MOST_SECONDS, "which_seconds")
    rest.nothing(1)
    return intents.SetAuto(seconds)


def _person(_: str, rest: Rest) -> Intent:
    if not rest.words:
        raise misread("who", ())
    return intents.HandOver(rest.text())


def _talk(key: str, rest: Rest) -> Intent:
    """Whom it is about and what is said, `client.talk.commands` finds out."""
    return intents.Talk(f"/{IN_TALK.get(key, key)} {rest.text()}")


def _help(_: str, rest: Rest) -> Intent:
    return intents.Help(rest.text())


_TAKES: dict[str, Taker] = {
    "": _alone,
    "wagers or nothing": _back,
    "chips": _chip,
    "round": _round,
    "file or nothing": _file,
    "seat": _seat,
    "table": _table,
    "until": _until,
    "text or nothing": _help,
    "reason": _reason,
    "call": _call,
    "seconds": _seconds,
    "person": _person,
    "talk": _talk,
}

_COMMANDS = said({key: command.said for key, command in COMMANDS.items()})
_FILES = said(FILES)
_SEATS = said(SEATS)
_UNTILS = said(UNTILS)
_PHRASES = said(PHRASES)
_OFF = said({0: OFF})
_HEADS = dict.fromkeys(HEADS, True)
_HEADWORDS = {words[0] for words in HEADS}


def command_of(text: str) -> tuple[str | None, str]:
    """The command that a text begins with, and what follows it after a space."""
    bare = text.removeprefix("/")
    words = split(bare)
    key, length = longest(words, _COMMANDS)
    return key, bare[words[length - 1].end + 1 :] if length else bare
