"""Table talk on this side: what a typed line asks for.

Pure, and the same for a window and a terminal. What cannot be done says why as a key and a name,
for which each client has words in its user's language.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from client.house.state import HouseState, Kind, Refusal
from client.house.state import Talk as Stage
from client.requests import UNNUMBERED
from client.talk.conversations import TABLE, asking
from protocol.fair.hashes import Account
from protocol.house import talk
from protocol.house.lists import Notice, Presence, Reason
from protocol.house.people import KickPlayer, MutePlayer, WarnPlayer
from protocol.limits import LINE_BYTES
from protocol.text import NAME_MARKS, UnfitTextError, fit_line
from protocol.wire import Request

HOUSE_WORDS = {"too many lines in too short a time": "storm"}
"""What the house itself gives as a reason, and the key under which each client has it."""
MUTE_SECONDS = 300
"""For how long `/mute NAME` takes somebody's word."""

REQUESTS = (
    *(talk.Say, talk.SayPrivately, talk.AskSession, talk.AnswerSession, talk.EndSession),
    *(WarnPlayer, MutePlayer),
)
"""What is asked for from the talk, so that a refusal of it is shown there."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the table for this, and show this conversation."""

    request: Request
    room: Account


@dataclass(frozen=True, slots=True)
class Go:
    """Show this conversation."""

    room: Account


@dataclass(frozen=True, slots=True)
class ShowPeople:
    """Show who is there."""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Show the commands."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the table."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """Hear this person no more, or again."""

    account: Account
    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why not."""

    why: str
    name: str = ""
    seconds: int = 0


Deed: TypeAlias = Ask | Go | ShowPeople | ShowHelp | Quit | Ignore | Cannot


class _No(Exception):
    def __init__(self, why: str, name: str = "") -> None:
        self.cannot = Cannot(why, name)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line is typed."""

    state: HouseState
    room: Account
    ignored: Mapping[Account, str]


YES = frozenset(("y", "yes", "д", "да"))
NO = frozenset(("n", "no", "н", "нет"))


def read(
    text: str,
    state: HouseState,
    room: Account = TABLE,
    ignored: Mapping[Account, str] | None = None,
) -> Deed | None:
    """What a line asks for that was typed into this conversation; None for an empty one.

    `//` at the beginning says a line that begins with a slash.
    """
    place = _Place(state, room, ignored or {})
    text = text.strip()
    try:
        if text.startswith("/") and not text.startswith("//"):
            return _command(text[1:], place)
        if text.casefold() in YES | NO and asking(state, place.ignored):
            return _answer(text, place)
        return say(text.removeprefix("/"), state, room, place.ignored) if text else None
    except _No as no:
        return no.cannot


def say(
    text: str, state: HouseState, room: Account, ignored: Mapping[Account, str] | None = None
) -> Deed:
    """Say this where one is: to everybody, to one, or in the private session with him."""
    try:
        line = _fit(text)
        if room == TABLE:
            return Ask(talk.Say(UNNUMBERED, line), TABLE)
        _reachable(_Place(state, room, ignored or {}), room)
    except _No as no:
        return no.cannot
    session = state.sessions.get(room)
    in_session = session is not None and session.talk is Stage.OPEN
    return Ask(talk.SayPrivately(UNNUMBERED, room, in_session, line), room)


def _fit(text: str) -> str:
    try:
        return fit_line(text)
    except UnfitTextError:
        long = len(text.encode("utf-8", "surrogatepass")) > LINE_BYTES
        raise _No("too_long" if long else "unfit" if text.strip() else "nothing") from None


def _command(text: str, place: _Place) -> Deed:
    word, _, rest = text.partition(" ")
    command = _COMMANDS.get(word.casefold())
    if command is None:
        raise _No("no_command", word)
    return command(rest.strip(), place)


_QUOTES = {'"': '"', NAME_MARKS[0]: NAME_MARKS[1]}


def find(state: HouseState, text: str) -> tuple[Account, str] | None:
    """Whose name this begins with, and what follows it; names may have spaces, the longest wins.

    A name in double quotes, or in the marks that it is shown in, ends with them.
    """
    if text[:1] in _QUOTES and (end := text.find(_QUOTES[text[0]], 1)) > 1:
        found = find(state, text[1:end])
        return (found[0], text[end + 1 :].strip()) if found and not found[1] else None
    seated = [(entry.name, account) for account, entry in state.table.roster.items()]
    for known in (seated, [(name, account) for account, name in state.names.items()]):
        fits = [
            (len(name), text.startswith(name), account)
            for name, account in known
            if f"{text} ".casefold().startswith(f"{name} ".casefold())
        ]
        if fits:
            length, _, account = max(fits)
            return account, text[length:].strip()
    return None


def _person(text: str, place: _Place) -> tuple[Account, str]:
    if not text:
        raise _No("whom")
    found = find(place.state, text)
    if found is None:
        raise _No("nobody", text.partition(" ")[0])
    if found[0] == place.state.account:
        raise _No("oneself")
    return found


def _reachable(place: _Place, account: Account) -> None:
    """Whether somebody can hear what one says to him, and one may hear the answer."""
    state, name = place.state, place.state.name_of(account)
    if account in place.ignored:
        raise _No("ignored", name)
    entry = state.table.roster.get(account)
    if entry is None and state.table.roster_known and not _has_come(state, account):
        raise _No("gone", name)
    if entry is not None and entry.presence is Presence.CUT_OFF:
        raise _No("cut_off", name)


def _has_come(state: HouseState, account: Account) -> bool:
    """Whether that was the last that was told of somebody: the roster follows some moments later,
    with all who came in the meantime.
    """
    told = (
        line.notice
        for line in reversed(state.table.lines)
        if line.kind is Kind.NOTICED and line.account == account
    )
    return next(told, Notice.LEFT) in (Notice.JOINED, Notice.RESUMED)


def _private(rest: str, place: _Place) -> Deed:
    account, line = _person(rest, place)
    _reachable(place, account)
    if not line:
        return Go(account)
    return Ask(talk.SayPrivately(UNNUMBERED, account, False, _fit(line)), account)


def _session(rest: str, place: _Place) -> Deed:
    account = _person(rest, place)[0] if rest or place.room == TABLE else place.room
    _reachable(place, account)
    session = place.state.sessions.get(account)
    if session is not None and session.talk is Stage.ASKS:
        return Ask(talk.AnswerSession(UNNUMBERED, account, True), account)
    if session is not None and session.talk is Stage.ASKED:
        raise _No("asked", session.name)
    if session is not None:
        return Go(account)
    return Ask(talk.AskSession(UNNUMBERED, account), account)


def _answer(text: str, place: _Place) -> Deed:
    waiting = asking(place.state, place.ignored)
    if not waiting:
        raise _No("nobody_asks")
    account = place.room if place.room in waiting else waiting[0]
    accepted = text.casefold() in YES
    room = account if accepted else place.room
    return Ask(talk.AnswerSession(UNNUMBERED, account, accepted), room)


def _exit(_: str, place: _Place) -> Deed:
    """End the session that one is looking at, or leave its place; else the only one there is."""
    mine = [
        account
        for account, session in place.state.sessions.items()
        if session.talk is not Stage.ASKS
    ]
    if place.room in mine:
        mine = [place.room]
    elif place.room != TABLE:
        return Go(TABLE)
    if not mine:
        raise _No("no_session")
    if len(mine) > 1:
        raise _No("which_session")
    (account,) = mine
    return Ask(talk.EndSession(UNNUMBERED, account), place.room)


def _ignore(rest: str, place: _Place, *, on: bool = True) -> Deed:
    account = _person(rest, place)[0] if rest or place.room == TABLE else place.room
    if on == (account in place.ignored):
        raise _No("ignored" if on else "not_ignored", place.state.name_of(account))
    return Ignore(account, place.state.name_of(account), on)


def _warn(rest: str, place: _Place) -> Deed:
    account, words = _person(rest, place)
    return Ask(WarnPlayer(UNNUMBERED, account, words and _fit(words)), place.room)


def _mute(rest: str, place: _Place) -> Deed:
    account, words = _person(rest, place)
    number, _, after = words.partition(" ")
    seconds = MUTE_SECONDS
    if number.isascii() and number.isdigit():
        seconds, words = min(int(number[:6]), 2**16 - 1), after.strip()
    return Ask(MutePlayer(UNNUMBERED, account, seconds, words and _fit(words)), place.room)


def _unmute(rest: str, place: _Place) -> Deed:
    account, _ = _person(rest, place)
    return Ask(MutePlayer(UNNUMBERED, account, 0, ""), place.room)


def _kick(rest: str, place: _Place) -> Deed:
    account, words = _person(rest, place)
    return Ask(KickPlayer(UNNUMBERED, account, words and _fit(words)), place.room)


_MEANINGS: dict[str, Callable[[str, _Place], Deed]] = {
    "users люди": lambda _, __: ShowPeople(),
    "session беседа": _session,
    "y yes д да": lambda _, place: _answer("y", place),
    "n no н нет": lambda _, place: _answer("n", place),
    "exit конец": _exit,
    "private лично": _private,
    "all всем": lambda rest, place: (
        say(rest, place.state, TABLE, place.ignored) if rest else Go(TABLE)
    ),
    "ignore игнор": _ignore,
    "hear слышать": lambda rest, place: _ignore(rest, place, on=False),
    "warn предупредить": _warn,
    "mute заглушить": _mute,
    "unmute голос": _unmute,
    "kick выгнать": _kick,
    "help помощь": lambda _, __: ShowHelp(),
    "quit выход": lambda _, __: Quit(),
}
"""The commands after a slash, in both languages."""
_COMMANDS = {word: deed for words, deed in _MEANINGS.items() for word in words.split()}
_OFFERED = {"en": 0, "ru": -1}


def completions(text: str, names: Collection[str], language: str = "en") -> list[str]:
    """How the line may go on: its commands, then the names that fit its last words."""
    if text.startswith("/") and " " not in text:
        begun = text[1:].casefold()
        words = [row.split()[_OFFERED[language]] for row in _MEANINGS]
        words += [word for word in _COMMANDS if word not in words]
        return [f"/{word} " for word in words if len(word) > 1 and word.startswith(begun)]
    fitting = names_fitting(text, names)
    return list(dict.fromkeys(f"{text[: len(text) - begun]}{name} " for name, begun in fitting))


def names_fitting(text: str, names: Collection[str]) -> Iterator[tuple[str, int]]:
    """The names that the last words of a line begin, and of how many characters these are."""
    words = text.split(" ")
    for at in range(len(words)):
        tail = " ".join(words[at:])
        if not tail and not (at == 1 and text.startswith("/")):
            return
        for name in sorted(names):
            if name.casefold().startswith(tail.casefold()):
                yield name, len(tail)


# --- what the table refused -----------------------------------------------------------------------

_WHY: dict[Reason | None, str] = {
    None: "no_line",
    Reason.TOO_FAST: "wait",
    Reason.MUTED: "muted",
    Reason.NOT_FOR_GUESTS: "guest",
    Reason.NO_SUCH_SESSION: "no_session_with",
    Reason.TEXT_UNFIT: "unfit",
    Reason.NOT_YOURS: "not_yours",
    Reason.NOT_SERVED: "not_served",
    Reason.NOT_NOW: "asked",
}


def refused(refusal: Refusal, state: HouseState) -> Cannot | None:
    """Why the table did not do what was asked for from the talk; None if it was something else."""
    request: Any = refusal.request
    if not isinstance(request, REQUESTS):
        return None
    account = getattr(request, "account", TABLE)
    name = state.name_of(account) if account else ""
    if refusal.reason is Reason.NO_SUCH_PLAYER:
        entry = state.table.roster.get(account)
        here = entry is not None and entry.presence is not Presence.CUT_OFF
        return Cannot("cannot_hear" if here else "cut_off" if entry else "gone", name)
    if refusal.reason is Reason.TOO_FAST and isinstance(request, talk.AskSession):
        return Cannot("ask_later", name, -(-refusal.figure // 1000))
    return Cannot(_WHY.get(refusal.reason, "refused"), name, -(-refusal.figure // 1000))
