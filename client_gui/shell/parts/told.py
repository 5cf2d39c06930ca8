"""What of any table can be waited for, by who follows the window from outside."""

from typing import Any

from client_gui.shell.frame import TableUi
from client_gui.shell.panels.talk import FIELD
from client_gui.shell.tabs import open_room, shown, who_asks
from client_gui.shell.view import TableView


def table(view: TableView, ui: TableUi, now: float) -> dict[str, Any]:
    return {
        "role": str(view.role),
        "table": view.table,
        "balance": view.balance,
        "at_stake": view.at_stake,
        "line": str(view.line),
        "talk": talk(view, ui, now),
        "settings": ui.preferences.as_settings(),
        "open": [name for name in ("menu", "help", "hall") if getattr(ui, name)],
        "hall": ui.hall_note,
    }


def talk(view: TableView, ui: TableUi, now: float) -> dict[str, Any]:
    """Where one is in the talk, its last lines, and what is unread elsewhere."""
    talk = ui.talk
    asks = who_asks(view, talk)
    return {
        "room": open_room(view, talk).name,
        "tie": open_room(view, talk).tie,
        "lines": [each.text for each in talk.lines[-5:]],
        "unread": {room.name: talk.unread.get(room.account, 0) for room in shown(view, talk)},
        "asks": asks.name if asks else "",
        "note": talk.note if now < talk.note_until else "",
        "people": {each.name: each.seat for each in view.people},
        "typed": ui.lines.get(FIELD, ""),
    }
