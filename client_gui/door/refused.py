"""Why one was not let in, in words."""

from client.house.events import Trouble
from client.house.state import Status
from client_gui.kit.words import Words, clock
from client_gui.shell.intents import Connect
from protocol.house.door import Refused
from protocol.house.lists import Farewell, Reason

REFUSALS: dict[Reason, tuple[str, str]] = {
    Reason.NAME_TAKEN: ("name_taken", "field:name"),
    Reason.WRONG_TOKEN: ("name_taken", "field:name"),
    Reason.NAME_UNFIT: ("name_bad", "field:name"),
    Reason.SEAT_TAKEN: ("croupier_taken", ""),
    Reason.WRONG_CROUPIER_PASSWORD: ("password", "field:password"),
    Reason.WRONG_TABLE_PASSWORD: ("table_password", "field:table_password"),
    Reason.FULL: ("table_full", ""),
    Reason.VERSION: ("version", ""),
    Reason.NOT_FOR_GUESTS: ("needs_name", "field:name"),
    Reason.STOPPING: ("stopping", ""),
    Reason.NOT_SERVED: ("not_served", ""),
}
TROUBLES: dict[Trouble, str] = {
    Trouble.NO_HOST: "unknown_host",
    Trouble.NOT_MODERN: "not_modern",
    Trouble.NOT_CLASSIC: "not_classic",
    Trouble.VERSION: "version",
    Trouble.TIMED_OUT: "timed_out",
    Trouble.BROKEN: "not_ours",
    Trouble.TOO_MUCH: "too_much",
}


def refused(words: Words, said: Refused, wish: Connect) -> tuple[str, str]:
    """What to say to who came like that, and which field it is about."""
    key, field = REFUSALS.get(said.reason, ("", ""))
    if said.reason is Reason.WRONG_TABLE_PASSWORD and wish.table_password:
        key = "table_password_wrong"
    if said.reason is Reason.SHUT_OUT:
        key = "shut_out" if said.figure else "banned"
        return words(f"refused.{key}", left=clock(said.figure / 1000)), ""
    if said.reason is Reason.NO_SUCH_TABLE:
        key = "no_table" if wish.table else "no_game"
    if said.reason is Reason.NOT_SERVED and wish.table:
        key = "no_game"
    if not key:
        return words("refused.other", words=said.words or said.reason.name.lower()), ""
    return words(f"refused.{key}", table=wish.table), field


def trouble(words: Words, status: Status, wish: Connect) -> str:
    """Why there is no line."""
    if status.farewell is Farewell.FULL:
        return words("refused.table_full")
    key = TROUBLES.get(status.trouble, "") if status.trouble else ""
    return words(f"refused.{key or 'unreachable'}", host=wish.host, port=wish.port)
