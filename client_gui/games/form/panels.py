"""What is drawn at a small game's table: its form in the middle, the house around it."""

from collections.abc import Hashable

from client_gui.games.form import panel
from client_gui.games.form.hand import Hand
from client_gui.games.form.layout import fitting
from client_gui.games.form.view import form_of
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.panels.backdrop import cloth, top_bar
from client_gui.games.roulette.panels.backdrop import panel as plate
from client_gui.games.roulette.panels.calls import Calls
from client_gui.games.roulette.panels.lists import Lists
from client_gui.games.roulette.panels.overlays import LineBanner, NoteBubble
from client_gui.games.roulette.view import Line, Role
from client_gui.kit import theme
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, Panel
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number
from client_gui.shell.frame import Frame, TableUi
from client_gui.shell.panels import help as keys
from client_gui.shell.panels.commands import Commands
from client_gui.shell.panels.settings import Settings
from client_gui.shell.panels.status_bar import Clock, Corner, Money
from client_gui.shell.panels.tables import Tables, TablesButton
from client_gui.shell.panels.talk import Talk
from protocol.text import as_name

FIELD = "field:"


def typed_in(ui: TableUi) -> Hand:
    """What the hands do with the form, of all that they do in the window."""
    fields = {name.removeprefix(FIELD): ui.line(name) for name in ui.lines}
    typed = {int(number): line for number, line in fields.items() if number.isdigit()}
    return Hand(ui.focus or "", ui.over, ui.pressed, typed)


def place(f: Frame) -> Box:
    """In the middle of what the lists leave, and as high as it must be."""
    layout, px, form = f.layout, f.layout.px, form_of(f.view)
    top = layout.lists.y
    area = Box(px(14), top, layout.lists.x - 2 * px(14), layout.lists.h)
    area = Box(area.x, area.y, area.w, layout.messages.bottom - top)
    language = f.words.language
    wide = [f.wide(line, Style.BODY) for line in form.lines(language)]
    return fitting(form.offered(language), area, layout.scale, wide)


class Form:
    """The form itself."""

    def box(self, f: Frame) -> Box:
        return place(f)

    def face(self, f: Frame) -> Hashable:
        form = form_of(f.view)
        if form.shown is None:
            return None
        seconds, names = form.seconds_left(f.now), {f.ui.over, f.ui.pressed, f.ui.focus}
        touched = frozenset(names & set(self.hits(f)))
        hand = typed_in(f.ui)
        typed = tuple(hand.typed.items())
        return f.at, form.introduced, form.shown, seconds, touched, f.ui.pressed, typed

    def draw(self, c: Canvas, f: Frame) -> None:
        where = (f.words.language, self.box(f))
        panel.draw(c, form_of(f.view), *where, typed_in(f.ui), f.now)

    def hits(self, f: Frame) -> Hits:
        return panel.controls_of(form_of(f.view), f.words.language, self.box(f), f.layout.scale)


class Title:
    """The name of the house's program, of the table, and of the game."""

    def box(self, f: Frame) -> Box:
        clock = Clock.WIDE if f.ui.own_limits.seen else 0
        return Box(0, 0, Clock().box(f).x if clock else f.layout.size[0] // 2, f.layout.top.h)

    def face(self, f: Frame) -> Hashable:
        game = form_of(f.view).title(f.words.language)
        return f.at, f.view.table, game, f.view.line, bool(f.ui.own_limits.seen), bool(f.view.hall)

    def draw(self, c: Canvas, f: Frame) -> None:
        y, x = f.layout.top.middle[1], c.px(20)
        x += c.text("CROUPIER", Style.BRAND, theme.GOLD, (x, y), tracking=c.px(3)) + c.px(20)
        if f.view.line is not Line.UP:
            return  # Its place is needed for what is the matter.
        if f.view.hall:
            x = TablesButton().box(f).right + c.px(14)
        room, name = self.box(f).right - x, as_name(f.view.table)
        c.text(name, Style.SMALL, theme.MUTED, (x, y), room=room, foreign=True)

    def hits(self, f: Frame) -> Hits:
        del f
        return {}


class Chips(Money):
    """One's own: whoever has a name here has some, also the one who leads the game."""

    def _columns(self, f: Frame) -> list[tuple[str, str, Rgb]]:
        if f.view.balance is None:
            return []
        balance, stake = number(f.view.balance), number(f.view.at_stake)
        return [("top.balance", balance, theme.GOLD), ("top.at_stake", stake, theme.TEXT)]


class People(Lists):
    """Whoever is at the table."""

    tabs = ("players",)


class Help(keys.Help):
    @staticmethod
    def columns(f: Frame) -> keys.Columns:
        window = tuple(line for line in keys.WINDOW if line.key != "record")
        if f.view.hall:
            window = (keys.TABLES, *window)
        desk = (keys.TALK,) if f.view.role is Role.CROUPIER else ()
        return ("form", (keys.Line("form_digit", cap="0 – 9"), *desk)), ("window", window)


def all_panels() -> tuple[Panel[Frame], ...]:
    return (
        *(Title(), TablesButton(), Clock(), Chips(), Corner(), Form(), People(), Talk()),
        *(NoteBubble(), LineBanner(), Calls(), Commands(), Settings(), Tables(), Help()),
    )


def ground(c: Canvas, size: Size, layout: Layout) -> None:
    """What never changes while the window keeps its size."""
    c.surface.blit(cloth(size), (0, 0))
    top_bar(c, layout)
    plate(c, layout.lists)
    plate(c, layout.messages)
