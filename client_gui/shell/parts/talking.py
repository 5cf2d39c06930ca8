"""What the hands do in the talk: tabs, buttons, the line to type and its completion.

Every button stands for a line that could be typed; what it comes to, `client.talk.commands` says.
"""

from client.talk.commands import completions
from client_gui.kit.theme import Time
from client_gui.kit.words import Words
from client_gui.shell import intents as ask
from client_gui.shell.frame import TableUi
from client_gui.shell.intents import Intent
from client_gui.shell.panels.talk import FIELD
from client_gui.shell.tabs import TABLE, open_room, who_asks
from client_gui.shell.view import TableView, Tie
from protocol.house.lists import Phrase

MUTE_SECONDS = 300


def press(ui: TableUi, view: TableView, words: Words, name: str) -> list[Intent]:
    """A tab or a button of the talk."""
    kind, _, what = name.partition(":")
    if kind == "room":
        ui.scroll.pop("messages", None)
        ui.talk.go(view, int(what))
        return []
    if kind == "call":
        return _call(ui, Phrase[what])
    if kind == "command":
        return begin(ui, words(f"command.{what}"))
    match what:
        case "calls":
            ui.talk.calls, ui.talk.help = not ui.talk.calls, False
        case "help":
            ui.talk.help, ui.talk.calls = not ui.talk.help, False
        case "close":
            ui.talk.close(view)
        case "yes" | "no":
            asks = who_asks(view, ui.talk)
            return [ask.Talk("/y" if what == "yes" else "/n", asks.account)] if asks else []
        case "session":
            session = open_room(view, ui.talk)
            ends = session.tie in (Tie.OPEN, Tie.ASKED)
            return [ask.Talk("/exit" if ends else "/session", session.account)]
        case "ignore":
            return [ignore(view, ui.talk.room)]
    return []


def begin(ui: TableUi, usage: str) -> list[Intent]:
    """Begin the line with a command, as far as it is the same for everybody."""
    word, _, takes = usage.partition(" ")
    ui.lines[FIELD] = f"{word} " if takes else word
    ui.focus = FIELD
    ui.talk.help = False
    return []


def ignore(view: TableView, account: int) -> ask.Talk:
    """Hear somebody no more, or again."""
    ignored = any(each.seat == account and each.ignored for each in view.people)
    return ask.Talk("/hear" if ignored else "/ignore", account)


def _call(ui: TableUi, phrase: Phrase) -> list[Intent]:
    ui.talk.calls = False
    if phrase is not Phrase.OTHER:
        return [ask.Announce("", phrase)]
    text = ui.lines.pop(FIELD, "").strip()
    return [ask.Announce(text)] if text else []


def entered(ui: TableUi) -> list[Intent]:
    """Return was pressed in the line."""
    text = ui.lines.pop(FIELD, "").strip()
    ui.talk.offered, ui.talk.help = (), False
    ui.scroll.pop("messages", None)
    return [ask.Talk(text, ui.talk.room)] if text else []


def complete(ui: TableUi, view: TableView, words: Words, step: int) -> bool:
    """Let the line go on with a command or a name; again: with the next one."""
    line, offered = ui.lines.get(FIELD, ""), ui.talk.offered
    if line not in offered:
        names = [each.name for each in view.people if not each.me]
        offered = ui.talk.offered = tuple(completions(line, names, words.language))
        at = 0 if step > 0 else -1
    else:
        at = (offered.index(line) + step) % len(offered)
    if offered:
        ui.lines[FIELD] = offered[at]
    return bool(offered)


def note(ui: TableUi, text: str, now: float) -> None:
    """Say next to the line why something could not be said."""
    ui.talk.note = text
    ui.talk.note_until = now + Time.NOTE * ui.preferences.reading


def stay(ui: TableUi, view: TableView, text: str, room: int) -> None:
    """Put a line back that could not be said, unless another was begun."""
    if room in (ui.talk.room, TABLE) and not text.startswith("/") and not ui.lines.get(FIELD):
        ui.lines[FIELD] = text
    ui.talk.look(view)
