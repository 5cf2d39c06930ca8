"""The tables of the house: the way to them in the bar at the top, and the list itself."""

from collections.abc import Hashable, Iterator

from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Style
from client_gui.shell.frame import Frame
from client_gui.shell.view import Role, TableRow

TABLES = "button:tables"
KEY = "O"
PASSWORD = "field:table_password"
DIGITS = 9
"""So many of the rows have a key."""
BRAND = 160
"""So far the name of the program reaches."""


class TablesButton:
    """Only where there is more than one table; a dot says that something awaits one elsewhere."""

    WIDE = 106

    def box(self, f: Frame) -> Box:
        px, top = f.layout.px, f.layout.top
        return Box(px(BRAND), top.middle[1] - px(17), px(self.WIDE), px(34))

    def _dot(self, f: Frame) -> theme.Rgb | None:
        others = [row for row in f.view.hall if not row.here]
        if any(row.fails for row in others):
            return theme.BAD
        return theme.GOLD if any(row.awaits for row in others) else None

    def face(self, f: Frame) -> Hashable:
        if not f.view.hall:
            return None
        return f.at, self._dot(f), touch(TABLES, f.ui.over, f.ui.pressed, f.ui.focus), f.ui.hall

    def hits(self, f: Frame) -> Hits:
        return {TABLES: self.box(f)} if f.view.hall else {}

    def draw(self, c: Canvas, f: Frame) -> None:
        box = self.box(f)
        state = touch(TABLES, f.ui.over, f.ui.pressed, f.ui.focus)
        button(c, box, f.words("top.tables"), state, KEY, chosen=f.ui.hall, small=True)
        dot = self._dot(f)
        if dot is not None:
            c.dot(c.px(8), dot, (box.x + c.px(12), box.middle[1]))


class Tables:
    """A row for each table, with what one can do there at its end."""

    ROW, HEAD, FOOT = 58, 64, 44

    def box(self, f: Frame) -> Box:
        px, window = f.layout.px, f.layout.window
        rows = min(len(f.view.hall), self.fits(f))
        size = (px(820), px(self.HEAD + self.FOOT) + rows * px(self.ROW))
        return fitted(size, window.middle).within(window)

    def fits(self, f: Frame) -> int:
        """How many rows there is room for."""
        px = f.layout.px
        return max(1, (f.layout.size[1] - px(self.HEAD + self.FOOT + 40)) // px(self.ROW))

    def first(self, f: Frame) -> int:
        return max(0, min(f.ui.scroll.get("hall", 0), len(f.view.hall) - self.fits(f)))

    def rows(self, f: Frame) -> Iterator[tuple[int, TableRow, Box]]:
        """Those that are to be seen: the place in the list, the table, where it is drawn."""
        box, px, first = self.box(f), f.layout.px, self.first(f)
        for at, row in enumerate(f.view.hall[first : first + self.fits(f)]):
            y = box.y + px(self.HEAD) + at * px(self.ROW)
            yield first + at, row, Box(box.x + px(14), y, box.w - px(28), px(self.ROW - 6))

    def buttons(self, f: Frame, row: TableRow, place: Box) -> Hits:
        """What can be pressed of a row, from the right."""
        px = f.layout.px
        several = sum(each.role is not None for each in f.view.hall) > 1
        may_play = row.role is Role.WATCHER and bool(f.view.account)
        can = {
            "look": row.role is not None and not row.here,
            "sit": bool(row.game) and (row.role is None or may_play),
            "watch": bool(row.game) and row.role is None and row.watchable,
            "rise": row.role is not None and several,
        }
        names = [f"{kind}:{row.number}" for kind, offered in can.items() if offered]
        wide, gap = px(112), px(8)
        y, high = place.y + px(8), place.h - px(16)
        return {
            name: Box(place.right - px(8) - (at + 1) * wide - at * gap, y, wide, high)
            for at, name in enumerate(names)
        }

    def face(self, f: Frame) -> Hashable:
        if not f.ui.hall:
            return None
        ui = f.ui
        touched = frozenset({ui.over, ui.pressed, ui.focus} & set(self.hits(f)))
        typed = ui.hall_asks, ui.line(PASSWORD), ui.hall_note
        return f.at, f.view.hall, self.first(f), touched, ui.pressed, ui.focus, typed

    def hits(self, f: Frame) -> Hits:
        if not f.ui.hall:
            return {}
        box, px = self.box(f), f.layout.px
        wide = px(116)
        hits: Hits = {"hall": box}
        for _, row, place in self.rows(f):
            hits |= self.buttons(f, row, place)
            if self._asks(f, row):
                hits[PASSWORD] = self._field(f, row, place)
        hits["button:hall"] = Box(box.right - wide - px(20), box.y + px(14), wide, px(36))
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        box, words, ui = self.box(f), f.words, f.ui
        c.plate(box, 14, theme.PANEL, theme.EDGE_LIT)
        shut = self.hits(f)["button:hall"]
        button(
            c, shut, words("hall.shut"), touch("button:hall", ui.over, ui.pressed, ui.focus), KEY
        )
        left = box.x + c.px(26)
        room = shut.x - left - c.px(10)
        c.text(words("hall.title"), Style.TITLE, theme.TEXT, (left, box.y + c.px(32)), room=room)
        for at, row, place in self.rows(f):
            self._row(c, f, at, row, place)
        hidden = len(f.view.hall) - self.fits(f)
        foot = words("hall.scroll", n=hidden) if hidden > 0 else words("hall.foot")
        at_foot, room = (left, box.bottom - c.px(22)), box.w - c.px(52)
        if ui.hall_note:
            style, ink = Style.SMALL_STRONG, theme.BAD_TEXT
            c.text(ui.hall_note, style, ink, at_foot, room=room, foreign=True)
        else:
            c.text(foot, Style.SMALL, theme.MUTED, at_foot, room=room)

    @staticmethod
    def _asks(f: Frame, row: TableRow) -> bool:
        """Whether the password of this one is asked for."""
        return f.ui.hall_asks is not None and f.ui.hall_asks[0] == row.number

    def _field(self, f: Frame, row: TableRow, place: Box) -> Box:
        """Where it is typed: in the place of what is said of the table."""
        px, x = f.layout.px, place.x + f.layout.px(32)
        right = min((box.x for box in self.buttons(f, row, place).values()), default=place.right)
        return Box(x, place.y + px(7), right - px(12) - x, place.h - px(14))

    def _row(self, c: Canvas, f: Frame, at: int, row: TableRow, place: Box) -> None:
        edge = theme.GOLD if row.here else theme.EDGE
        c.plate(place, 10, theme.PANEL_2, edge, 1.3 if row.here else 1)
        x, top, bottom = place.x + c.px(38), place.y + c.px(17), place.bottom - c.px(16)
        buttons = self.buttons(f, row, place)
        right = min((box.x for box in buttons.values()), default=place.right) - c.px(12)
        if at < DIGITS and (buttons or row.here):
            cap = (place.x + c.px(19), place.middle[1])
            c.text(str(at + 1), Style.SMALL_STRONG, theme.MUTED, cap, "center")
        self._buttons(c, f, buttons)
        if self._asks(f, row):
            typed, hint = f.ui.line(PASSWORD), f.words("hall.ask_password")
            state = touch(PASSWORD, f.ui.over, f.ui.pressed, f.ui.focus)
            where = self._field(f, row, place)
            field(c, where, typed.text, state, hint=hint, secret=True, line=typed)
            return
        ink = theme.TEXT if row.game else theme.MUTED
        said = self._said(f, row)
        room = right - x
        if said is not None:
            wide = c.text(
                said[0], Style.SMALL_STRONG, said[1], (right, top), "right", room=room // 2
            )
            room -= wide + c.px(12)
        c.text(row.name, Style.STRONG, ink, (x, top), room=room, foreign=True)
        about = self._about(f, row)
        c.text(about, Style.SMALL, theme.MUTED, (x, bottom), room=right - x)

    @staticmethod
    def _buttons(c: Canvas, f: Frame, buttons: Hits) -> None:
        for name, box in buttons.items():
            kind = name.partition(":")[0]
            state = touch(name, f.ui.over, f.ui.pressed, f.ui.focus)
            gold = kind in ("look", "sit")
            button(c, box, f.words(f"hall.{kind}"), state, chosen=gold, small=True)

    @staticmethod
    def _said(f: Frame, row: TableRow) -> tuple[str, theme.Rgb] | None:
        """What matters of it now."""
        if row.fails:
            return f.words("hall.fails"), theme.BAD_TEXT
        if row.awaits and not row.here:
            return f.words("hall.awaits"), theme.GOLD
        if row.here:
            return f.words("hall.here"), theme.GOLD
        if row.role is not None:
            return f.words(f"hall.as_{row.role}"), theme.OK
        return None

    @staticmethod
    def _about(f: Frame, row: TableRow) -> str:
        if not row.game:
            return f.words("hall.unknown")
        parts = [f.words(f"game.{row.game}")]
        run = "croupier" if row.croupier else "automatic" if row.automatic else "no_croupier"
        parts.append(f.words(f"hall.{run}"))
        if row.seats:
            parts.append(f.words("hall.seated_of", n=row.seated, seats=row.seats))
        else:
            parts.append(f.words.count("hall.seated", row.seated))
        if not row.watchable:
            parts.append(f.words("hall.no_watching"))
        elif row.watching:
            parts.append(f.words.count("hall.watching", row.watching))
        if row.password:
            parts.append(f.words("hall.password"))
        return " · ".join(parts)
