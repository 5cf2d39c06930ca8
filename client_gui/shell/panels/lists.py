"""At the right: the lists of a table, one of them open. Every table has that of its people."""

from collections.abc import Hashable, Sequence
from typing import Generic, Protocol

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.shell.frame import F, Frame
from client_gui.shell.view import Person, Role
from protocol.text import as_name

ICON = {Role.PLAYER: "person", Role.CROUPIER: "diamond", Role.WATCHER: "eye"}
Rows = Sequence[tuple[int, Box]]
"""The rows to be seen: which entry, where."""


class Listing(Protocol[F]):
    """What is under one of the tabs."""

    name: str
    """Of its tab; its words are `lists.` and this, and `lists.no_` and this while it is empty."""
    row: str
    """What a row that can be pressed is called before the colon; empty: none can."""

    def face(self, f: F) -> Hashable: ...

    def length(self, f: F) -> int:
        """How many entries it has."""

    def coming(self, f: F) -> bool:
        """Whether it is only empty because it is still on its way."""

    def foot(self, f: F) -> int:
        """How much room is needed below the rows."""

    def hits(self, f: F, rows: Rows, foot: Box) -> Hits: ...

    def draw(self, c: Canvas, f: F, box: Box, at: int) -> None:
        """One of the rows."""

    def draw_foot(self, c: Canvas, f: F, foot: Box) -> None: ...


class Lists(Generic[F]):
    """A tab for each, with what is said below the list."""

    def __init__(self, *lists: Listing[F]) -> None:
        self._lists = {each.name: each for each in lists}
        self.tabs = tuple(self._lists)
        self.rows = tuple(f"{each.row}:" for each in lists if each.row)

    def _open(self, f: F) -> Listing[F]:
        return self._lists[f.ui.tab]

    def box(self, f: F) -> Box:
        return f.layout.lists

    def face(self, f: F) -> Hashable:
        ui = f.ui
        touched = {ui.over, ui.pressed, ui.focus} & set(self.hits(f))
        scrolled = ui.scroll.get(ui.tab, 0)
        return f.at, ui.tab, scrolled, frozenset(touched), ui.focus, self._open(f).face(f)

    # Places

    @staticmethod
    def _row(f: F) -> int:
        return max(19, f.layout.px(30))

    def _tabs(self, f: F) -> list[Box]:
        box, px = f.layout.lists, f.layout.px
        return Box(box.x + px(8), box.y + px(4), box.w - px(16), px(38)).columns(
            (1,) * len(self.tabs), 0
        )

    def _foot(self, f: F) -> Box:
        box, px = f.layout.lists, f.layout.px
        high = self._open(f).foot(f)
        return Box(box.x + px(16), box.bottom - high, box.w - px(32), high)

    def _area(self, f: F) -> Box:
        box, px = f.layout.lists, f.layout.px
        top = box.y + px(48)
        return Box(box.x + px(8), top, box.w - px(16), self._foot(f).y - top - px(4))

    def most_scroll(self, f: F) -> int:
        """The first row that may be at the top."""
        return max(0, self._open(f).length(f) - self._area(f).h // self._row(f))

    def _first(self, f: F) -> int:
        return min(f.ui.scroll.get(f.ui.tab, 0), self.most_scroll(f))

    def _rows(self, f: F) -> Rows:
        area, row = self._area(f), self._row(f)
        first = self._first(f)
        fits = area.h // row
        return [
            (first + at, Box(area.x, area.y + at * row, area.w, row))
            for at in range(min(fits, self._open(f).length(f) - first))
        ]

    def hits(self, f: F) -> Hits:
        hits = {f"tab:{name}": box for name, box in zip(self.tabs, self._tabs(f), strict=True)}
        hits["list"] = self._area(f)
        return hits | self._open(f).hits(f, self._rows(f), self._foot(f))

    # Pictures

    def draw(self, c: Canvas, f: F) -> None:
        for name, tab in zip(self.tabs, self._tabs(f), strict=True):
            chosen = name == f.ui.tab
            lit = chosen or f.ui.over == f"tab:{name}"
            style = Style.STRONG if chosen else Style.BODY
            ink = theme.TEXT if lit else theme.MUTED
            c.text(f.words(f"lists.{name}"), style, ink, tab.middle, "center", room=tab.w - c.px(4))
            if chosen:
                bar = Box(tab.x + c.px(8), tab.bottom - c.px(3), tab.w - c.px(16), c.px(3))
                c.plate(bar, 1.5, theme.GOLD)
            if f.ui.focus == f"tab:{name}":
                c.frame(tab, theme.FOCUS, 2, 8)
        c.rule(f.layout.lists.x + c.px(8), self._tabs(f)[0].bottom, f.layout.lists.w - c.px(16))
        open_ = self._open(f)
        if not open_.length(f):
            area = self._area(f)
            at = (area.x + c.px(8), area.y + c.px(14))
            text = "…" if open_.coming(f) else f.words(f"lists.no_{open_.name}")
            c.text(text, Style.SMALL, theme.MUTED, at, room=area.w - c.px(16))
        for entry, box in self._rows(f):
            open_.draw(c, f, box, entry)
        self._scrollbar(c, f)
        open_.draw_foot(c, f, self._foot(f))

    def _scrollbar(self, c: Canvas, f: F) -> None:
        most, area = self.most_scroll(f), self._area(f)
        if not most:
            return
        high = max(c.px(18), round(area.h * (1 - most / self._open(f).length(f))))
        y = area.y + round((area.h - high) * self._first(f) / most)
        c.plate(Box(area.right + c.px(2), y, c.px(4), high), 2, theme.EDGE_LIT)


class People:
    """Who is at the table, and below, what one may do about who was picked."""

    name, row = "players", "person"

    def face(self, f: Frame) -> Hashable:
        return f.view.people, f.ui.person, f.ui.armed, f.view.line

    def length(self, f: Frame) -> int:
        return len(f.view.people)

    def coming(self, f: Frame) -> bool:
        del f
        return False

    def foot(self, f: Frame) -> int:
        px = f.layout.px
        if not self._picked(f):
            return px(8)
        return px(8) + len(self._orders(f)) * (max(24, px(34)) + px(6))

    def hits(self, f: Frame, rows: Rows, foot: Box) -> Hits:
        hits: Hits = {}
        for at, box in rows:
            if self._has_row(f, f.view.people[at]):
                hits[f"person:{f.view.people[at].seat}"] = box
        return hits | self._order_hits(f, foot)

    def _order_hits(self, f: Frame, foot: Box) -> Hits:
        hits: Hits = {}
        if picked := self._picked(f):
            px = f.layout.px
            high = max(24, px(34))
            for row, names in enumerate(self._orders(f)):
                y = foot.y + px(4) + row * (high + px(6))
                labels = (f.words(_label(name, picked)) for name in names)
                wide = tuple(f.wide(label, Style.SMALL_STRONG) + px(20) for label in labels)
                places = Box(foot.x, y, foot.w, high).columns(wide, px(6))
                hits |= dict(zip(names, places, strict=True))
        return hits

    def _picked(self, f: Frame) -> Person | None:
        return next(
            (p for p in f.view.people if p.seat == f.ui.person and self._has_row(f, p)), None
        )

    @staticmethod
    def _has_row(f: Frame, person: Person) -> bool:
        """Whether there is anything that one may do about him."""
        return bool(f.view.account and not f.view.classic and person.seat and not person.me)

    @staticmethod
    def _orders(f: Frame) -> tuple[tuple[str, ...], ...]:
        """The buttons below the list, row by row."""
        talk = ("button:write", "button:session", "button:ignore")
        if not f.croupier:
            return (talk,)
        return (talk, ("button:warn", "button:mute"), ("button:hand_over", "button:kick"))

    def draw(self, c: Canvas, f: Frame, box: Box, at: int) -> None:
        person: Person = f.view.people[at]
        name = f"person:{person.seat}"
        if f.ui.over == name or f.ui.person == person.seat:
            edge = theme.GOLD if f.ui.person == person.seat and self._picked(f) else None
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.RAISED, edge)
        elif person.me:
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.MINE)
        if f.ui.focus == name:
            c.frame(box, theme.FOCUS, 2, 6)
        y = box.middle[1]
        left, right = box.x + c.px(9), box.right - c.px(11)
        gone = not person.online
        tint = theme.FAINT if gone else theme.GOLD if person.role is Role.CROUPIER else theme.MUTED
        if person.role is Role.PLAYER and not gone and not person.me:
            c.dot(c.px(18), f.colour_of(person.name), (left + c.px(7), y))
            tint = theme.TEXT
        size = c.px(11 if tint == theme.TEXT else 14)
        letter = f.letter_of(person.name) if tint == theme.TEXT else ""
        if letter:
            middle = (left + c.px(7), y)
            c.text(letter, Style.TINY, tint, middle, "center", room=c.px(16))
        else:
            c.icon(ICON[person.role], size, tint, (left + c.px(7), y))
        left += c.px(22)
        used = 0
        word = self._mark(person)
        if person.role is Role.PLAYER and person.balance is not None and not gone:
            balance = f.sum(person.balance, Style.STRONG, box.w * 2 // 5)
            used = c.text(balance, Style.STRONG, theme.TEXT, (right, y), "right")
            used += c.px(8) if word else 0
        elif not word and person.role is not Role.PLAYER:
            word = f"role.{person.role}"
        if word:
            end, most = (right - used, y), max(c.px(20), box.w * 11 // 20 - used)
            used += c.text(f.words(word), Style.SMALL, theme.MUTED, end, "right", room=most)
        ink = theme.MUTED if gone else theme.GOLD if person.me else theme.TEXT
        room = right - used - c.px(8) - left
        text = f.words("lists.you_named", name=person.name) if person.me else as_name(person.name)
        c.text(text, Style.BODY, ink, (left, y), room=room, foreign=True)

    @staticmethod
    def _mark(person: Person) -> str:
        """The key of what there is to know of him first."""
        marks = (
            (not person.online, "lists.gone"),
            (person.ignored, "lists.ignored"),
            (person.muted, "lists.muted"),
            (person.away, "lists.away"),
        )
        return next((key for holds, key in marks if holds), "")

    def draw_foot(self, c: Canvas, f: Frame, foot: Box) -> None:
        picked, ui = self._picked(f), f.ui
        if picked is None:
            return
        for name, box in self._order_hits(f, foot).items():
            armed = ui.armed == name
            label = f.words("desk.sure" if armed else _label(name, picked))
            state = touch(name, ui.over, ui.pressed, ui.focus)
            allowed = picked.online or name in ("button:ignore", "button:warn", "button:mute")
            button(c, box, label, state, danger=armed, enabled=allowed, small=True)


def _label(name: str, person: Person) -> str:
    """The key of what stands on a button below the list."""
    return {
        "button:write": "talk.write",
        "button:session": "talk.session",
        "button:ignore": "talk.hear" if person.ignored else "talk.ignore",
        "button:warn": "desk.warn",
        "button:mute": "desk.unmute" if person.muted else "desk.mute",
        "button:hand_over": "desk.hand_over",
        "button:kick": "desk.kick",
    }[name]
