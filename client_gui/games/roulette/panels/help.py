"""The keys of a roulette."""

from client_gui.games.roulette.frame import Frame
from client_gui.shell.panels.help import TALK, Columns, Line, window
from client_gui.shell.view import Role

BETS = (
    Line("arrows", cap="↑ ↓ ← →"),
    Line("lay", ("spot:lay",)),
    Line("lift", ("spot:lift",)),
    Line("sum", cap="0 – 9"),
    Line("chip", ("button:chip",)),
    Line("all", ("button:all",)),
    Line("undo", ("button:undo", "button:redo")),
    Line("double", ("button:double",)),
    Line("rebet", ("button:rebet",)),
    Line("clear", ("button:clear",)),
    Line("favourites", ("button:favourites",)),
    Line("favourite", ("favourite:0", "favourite:7"), "F1 – F8"),
)
CLASSIC = tuple(line for line in BETS[:5] if line.key != "lift")
"""Nothing can be taken back there."""
TRACK = (
    Line("track", ("button:track",)),
    Line("around", ("button:around", "button:fewer", "button:more")),
)
SKIP = Line("skip", ("button:skip",))
LIST = Line("list", ("button:list",))
DESK = (
    Line("spin", ("button:spin",)),
    Line("close", ("button:close",)),
    Line("auto", ("button:auto",)),
    Line("void", ("button:void",)),
    TALK,
)
RECORD = (Line("record", ("button:record",)),)


def columns(f: Frame) -> Columns:
    """What this seat can do, and what everybody can."""
    view = f.view
    if view.role is Role.CROUPIER:
        desk = (DESK[0], LIST) if view.classic else DESK
        return ("desk", desk), window(f, opens=RECORD)
    if view.role is Role.WATCHER:
        return window(f, opens=RECORD), ("table", (SKIP,))
    if view.classic:
        return ("bets", (*CLASSIC, LIST)), window(f, first=(SKIP,), opens=RECORD)
    return ("bets", BETS), window(f, first=(*TRACK, SKIP), opens=RECORD)
