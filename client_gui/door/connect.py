"""The door: where to, as whom; and in words why not."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import pygame

from client_gui.door.stranger import ANEW, BACK, Stranger
from client_gui.kit import controls, theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, Painter
from client_gui.kit.controls import touch
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.theme import Style
from client_gui.kit.words import Words
from client_gui.options import is_port
from client_gui.shell import intents as ask
from client_gui.shell.frame import Ui
from client_gui.shell.layout import Layout
from client_gui.shell.preferences import Preferences, zoom
from client_gui.shell.scene import SECRETS, Intents, Scene

ROLES = ("player", "croupier", "watcher")
DIALECTS = ("modern", "classic")
PLACES = 3
HEAD, ROW, FOOT = 94, 74, 160
"""Heights of the card's parts."""
NAME_BYTES = 64


Ground: TypeAlias = Callable[[Canvas, Size], None]
"""Draws what one comes to, under the card."""


@dataclass(slots=True)
class ConnectUi(Ui):
    role: str = "player"
    classic: bool = False
    places: tuple[tuple[str, int], ...] = ()
    """Where one has been."""
    asks_table_password: bool = False
    trouble: str = ""
    """In words, why it did not work."""
    wrong: str = ""
    """The field that it is about."""
    busy: str = ""
    """The host that is being called; empty when nothing is under way."""
    stranger: str = ""
    """The address at which another table answers than the one that is known there."""
    table: str = ""
    """The table that was named on the command line."""


@dataclass(slots=True)
class Frame:
    ui: ConnectUi
    words: Words
    layout: Layout
    large: bool = False


class ConnectScene(Scene):
    """Asks for an address and a name, checks what was typed, and hands on a `Connect`."""

    name = "connect"

    def __init__(self, words: Words, type_: Typesetter, made: Cache, ground: Ground) -> None:
        super().__init__(words, type_, made)
        self._draw_ground = ground
        self.ui: ConnectUi = ConnectUi()
        self.preferences = Preferences()
        self._layout = Layout.around((1280, 800))
        self._ground: pygame.Surface | None = None
        self._painter: Painter[Frame] = Painter((_Card(), _Corner(), Stranger()))

    def restyle(self) -> None:
        """Draw everything anew, as the preferences say now."""
        self.type.zoom = zoom(self.preferences)
        if self.size != (0, 0):
            self.resize(self.size)

    def know(self, croupier_password: str, table_password: str) -> None:
        """Passwords that need not be typed."""
        self.ui.lines["field:password"] = croupier_password
        if table_password:
            self.ui.asks_table_password = True
            self.ui.lines["field:table_password"] = table_password

    def fill(self, host: str, port: int, name: str) -> None:
        """What was typed the last time, or on the command line."""
        self.ui.lines |= {"field:host": host, "field:port": str(port), "field:name": name}
        missing = check(self.ui.lines, self.ui.role, self.ui.classic)
        self.ui.focus = missing[0] if missing else None

    def ready(self) -> bool:
        """Whether nothing is missing any more."""
        return check(self.ui.lines, self.ui.role, self.ui.classic) is None

    def failed(self, words: str, about: str = "") -> None:
        """It did not work, and why."""
        self.ui.busy = ""
        self.ui.trouble = words
        self.ui.wrong = about
        if about:
            self.ui.focus = about
        if about in SECRETS:  # Nobody can mend what he does not see.
            self.ui.lines[about] = ""

    def meet_stranger(self, address: str) -> None:
        """Another table answers there; where one is safe has the focus."""
        self.ui.busy = ""
        self.ui.stranger, self.ui.focus, self.ui.armed = address, BACK, None

    # For the window

    def resize(self, size: Size) -> None:
        self.size = size
        self._layout = Layout.around(size)
        self._ground = None
        self.made.clear(size)
        self.type.clear(size)
        self._painter.forget()

    def paint(self, surface: pygame.Surface, now: float) -> list[Box]:
        del now
        canvas = self.canvas(surface, self._layout.scale)
        if self._ground is None:
            self._ground = surface.copy()
            self._draw_ground(self.canvas(self._ground, self._layout.scale), self.size)
            self._painter.forget()
        damage = self._painter.paint(canvas, self._ground, self._frame())
        self.cut = canvas.cut
        return damage

    def _frame(self) -> Frame:
        return Frame(self.ui, self.words, self._layout, self.preferences.large)

    def tell(self, now: float) -> dict[str, Any]:
        del now
        lines = self.ui.lines.items()
        typed = {name: line for name, line in lines if "password" not in name}
        return {"typed": typed, "busy": bool(self.ui.busy)}

    def moves(self, now: float) -> bool:
        del now
        return False

    def due(self, now: float) -> float:
        del now
        return float("inf")

    def hits(self, now: float) -> Hits:
        del now
        return Stranger().hits(self._frame()) or places(self._frame())

    def banner(self, now: float) -> str:
        del now
        return self.words("stranger.title") if self.ui.stranger else self.ui.trouble

    # Hands

    def activate(self, name: str, now: float) -> Intents:
        del now
        kind, _, what = name.partition(":")
        if name == "button:sit":
            return self._sit()
        if name in (BACK, ANEW):
            return self._judged(name)
        if name == "button:cancel":
            self.ui.busy = ""
            return [ask.Cancel()]
        if name == "button:language":
            return [ask.SetLanguage("ru" if self.words.language == "en" else "en")]
        if name == "button:large":
            self.preferences = replace(self.preferences, large=not self.preferences.large)
            self.restyle()
            return [ask.Prefer(self.preferences)]
        if kind == "pick" and what in ROLES:
            self.ui.role = what
        elif kind == "pick" and what in DIALECTS:
            self.ui.classic = what == "classic"
        elif kind == "place":
            host, port = self.ui.places[int(what)]
            self.ui.lines |= {"field:host": host, "field:port": str(port)}
        if self.ui.classic and self.ui.role == "watcher":
            self.ui.role = "player"
        self.ui.trouble = self.ui.wrong = ""
        return []

    def entered(self, field: str, now: float) -> Intents:
        del field, now
        return self._sit()

    def escaped(self, now: float) -> Intents:
        del now
        self.ui.stranger = ""
        return []

    def _judged(self, name: str) -> Intents:
        """What to think of a stranger; to take it for the table takes two presses."""
        if name == ANEW and self.ui.armed != ANEW:
            self.ui.armed = ANEW
            return []
        self.ui.stranger, self.ui.armed, self.ui.focus = "", None, None
        return self._sit(new_table=True) if name == ANEW else []

    def _sit(self, new_table: bool = False) -> Intents:
        """Hand on what was typed, if it can be meant."""
        if self.ui.busy:
            return []
        lines = {key: text.strip() for key, text in self.ui.lines.items()}
        wrong = check(lines, self.ui.role, self.ui.classic)
        if wrong:
            self.failed(self.words(f"check.{wrong[1]}"), wrong[0])
            return []
        self.ui.trouble = self.ui.wrong = ""
        self.ui.busy = lines["field:host"]
        return [
            ask.Connect(
                lines["field:host"],
                int(lines["field:port"]),
                lines.get("field:name", ""),
                self.ui.role,
                self.ui.lines.get("field:password", ""),
                self.ui.lines.get("field:table_password", ""),
                self.ui.classic,
                new_table,
                self.ui.table,
            )
        ]


def check(lines: dict[str, str], role: str, classic: bool) -> tuple[str, str] | None:
    """What cannot be meant as it was typed: the field, and the key of the reason."""
    host, port = lines.get("field:host", ""), lines.get("field:port", "")
    name = lines.get("field:name", "")
    nameless = role == "watcher" or (classic and role == "croupier")
    rules = (
        (not host, "field:host", "host"),
        (any(c.isspace() for c in host), "field:host", "host_wrong"),
        (not is_port(port), "field:port", "port"),
        (not name and not nameless, "field:name", "name"),
        (len(name.encode("utf-8", "replace")) > NAME_BYTES, "field:name", "name_long"),
        (role == "croupier" and not lines.get("field:password"), "field:password", "password"),
    )
    return next(((at, key) for bad, at, key in rules if bad), None)


def card_box(f: Frame) -> Box:
    """As high as what is asked needs."""
    px = f.layout.px
    width, height = f.layout.size
    wide, high = px(520), px(HEAD + ROW * len(_rows(f)) + FOOT)
    return Box(min(width - wide - px(60), round(width * 0.53)), (height - high) // 2, wide, high)


def _rows(f: Frame) -> list[str]:
    rows = ["field:host", "pick:role"]
    if not (f.ui.classic and f.ui.role == "croupier"):
        rows.append("field:name")
    if f.ui.role == "croupier":
        rows.append("field:password")
    if f.ui.asks_table_password:
        rows.append("field:table_password")
    rows.append("pick:dialect")
    return rows


def places(f: Frame) -> Hits:
    """Where everything on the card is."""
    card, px = card_box(f), f.layout.px
    inner = card.inset(px(34), px(28))
    y = card.y + px(HEAD)
    hits: Hits = {}
    for row in _rows(f):
        box = Box(inner.x, y + px(22), inner.w, px(42))
        if row == "field:host":
            hits["field:host"], hits["field:port"] = box.columns((3.4, 1), px(12))
        elif row == "pick:role":
            roles = ROLES[:2] if f.ui.classic else ROLES
            for name, part in zip(roles, box.columns((1,) * len(roles), px(8)), strict=True):
                hits[f"pick:{name}"] = part
        elif row == "pick:dialect":
            for name, part in zip(DIALECTS, box.columns((1, 1), px(8)), strict=True):
                hits[f"pick:{name}"] = part
        else:
            hits[row] = box
        y += px(ROW)
    hits["button:sit"] = Box(inner.x, inner.bottom - px(80), inner.w, px(52))
    if f.ui.busy:
        sit, cancel = hits["button:sit"].columns((2.4, 1), px(12))
        hits["button:sit"], hits["button:cancel"] = sit, cancel
    w = f.layout.size[0]
    hits["button:large"] = Box(w - px(116), px(14), px(44), px(36))
    hits["button:language"] = Box(w - px(64), px(14), px(44), px(36))
    if f.ui.places and not f.ui.trouble:
        box = Box(inner.x, y + px(2), inner.w, px(32))
        count = min(PLACES, len(f.ui.places))
        for at, part in enumerate(box.columns((1,) * PLACES, px(8))[:count]):
            hits[f"place:{at}"] = part
    return hits


class _Card:
    """All that is written and typed on the card."""

    def box(self, f: Frame) -> Box:
        return card_box(f)

    def face(self, f: Frame) -> Hashable:
        ui = f.ui
        return (
            f.words.language, f.layout.size, tuple(ui.lines.items()), ui.over, ui.pressed, ui.focus,
            ui.role, ui.classic, ui.trouble, ui.wrong, ui.busy, ui.asks_table_password, ui.places,
            ui.writing,
        )  # fmt: skip

    def hits(self, f: Frame) -> Hits:
        return places(f)

    def draw(self, c: Canvas, f: Frame) -> None:
        card = card_box(f)
        c.plate(card, 18, theme.PANEL, theme.EDGE_LIT)
        inner = card.inset(c.px(34), c.px(28))
        c.text("CROUPIER", Style.BRAND, theme.GOLD, (inner.x, inner.y + c.px(8)), tracking=c.px(3))
        title = (inner.x, inner.y + c.px(44))
        c.text(f.words("connect.title"), Style.TITLE, theme.TEXT, title, room=inner.w)
        hits = places(f)
        for name, box in hits.items():
            self._control(c, f, name, box)
        self._labels(c, f, hits)
        self._foot(c, f, inner, hits)

    def _control(self, c: Canvas, f: Frame, name: str, box: Box) -> None:
        ui, words = f.ui, f.words
        state = touch(name, ui.over, ui.pressed, ui.focus)
        kind, _, what = name.partition(":")
        if kind == "field":
            key = f"connect.{what}_hint"
            controls.field(
                c, box, ui.lines.get(name, ""), state, hint=words(key) if words.has(key) else "",
                secret=name in SECRETS, bad=ui.wrong == name, line=ui.line(name),
            )  # fmt: skip
        elif kind == "pick":
            chosen = what in (ui.role, "classic" if ui.classic else "modern")
            row = [words(f"connect.{each}") for each in (ROLES if what in ROLES else DIALECTS)]
            controls.button(c, box, words(f"connect.{what}"), state, chosen=chosen, among=row)
        elif kind == "place":
            host, port = ui.places[int(what)]
            c.plate(box, 8, theme.RAISED if state.over else theme.PANEL_2, theme.EDGE)
            c.text(
                f"{host}:{port}", Style.SMALL, theme.MUTED, box.middle, "center",
                room=box.w - c.px(12), foreign=True,
            )  # fmt: skip
            if state.focused:
                c.frame(box.grown(c.px(2)), theme.FOCUS, 2, 9)
        elif name == "button:sit":
            label = {"player": "sit", "croupier": "take", "watcher": "watch"}[ui.role]
            text = words("connect.calling") if ui.busy else words(f"connect.{label}")
            controls.button(c, box, text, state, gold=not ui.busy, enabled=not ui.busy)
        elif name == "button:cancel":
            controls.button(c, box, words("connect.cancel"), state)

    @staticmethod
    def _labels(c: Canvas, f: Frame, hits: Hits) -> None:
        """What each row asks for."""
        above = {
            "field:host": "host", "field:port": "port", "pick:player": "role",
            "field:name": "name", "field:password": "password",
            "field:table_password": "table_password", "pick:modern": "dialect",
        }  # fmt: skip
        for name, key in above.items():
            if name in hits:
                box = hits[name]
                room = card_box(f).right - c.px(34) - box.x
                text = f.words(f"connect.{key}")
                at = (box.x + c.px(2), box.y - c.px(11))
                c.text(text, Style.SMALL, theme.MUTED, at, room=room)

    @staticmethod
    def _foot(c: Canvas, f: Frame, inner: Box, hits: Hits) -> None:
        sit = hits["button:sit"]
        if f.ui.trouble:
            y = sit.y - c.px(22)
            c.icon("alert", c.px(18), theme.BAD, (inner.x + c.px(10), y))
            at = (inner.x + c.px(28), y)
            room = inner.w - c.px(28)
            c.text(f.ui.trouble, Style.SMALL_STRONG, theme.BAD_TEXT, at, room=room, foreign=True)
        at = (inner.middle[0], inner.bottom - c.px(8))
        c.text(f.words("connect.foot"), Style.SMALL, theme.MUTED, at, "center", room=inner.w)


class _Corner:
    """The switches in the corner: who cannot read the door has them before anything else."""

    NAMES = ("button:large", "button:language")

    def box(self, f: Frame) -> Box:
        first, last = (places(f)[name] for name in self.NAMES)
        return Box(first.x, first.y, last.right - first.x, first.h).grown(f.layout.px(4))

    def face(self, f: Frame) -> Hashable:
        ui = f.ui
        hands = {ui.over, ui.pressed, ui.focus} & set(self.NAMES)
        return f.words.language, f.layout.size, frozenset(hands), ui.focus, ui.pressed, f.large

    def hits(self, f: Frame) -> Hits:
        del f
        return {}

    def draw(self, c: Canvas, f: Frame) -> None:
        labels = ("A", "RU" if f.words.language == "en" else "EN")
        for name, label in zip(self.NAMES, labels, strict=True):
            state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
            chosen = name == "button:large" and f.large
            box = places(f)[name]
            controls.button(c, box, "" if label == "A" else label, state, chosen=chosen)
            if label == "A":
                x, y = box.middle
                c.text("A", Style.SMALL, theme.TEXT, (x - c.px(8), y + c.px(2)), "center")
                c.text("A", Style.TITLE, theme.TEXT, (x + c.px(6), y), "center")
