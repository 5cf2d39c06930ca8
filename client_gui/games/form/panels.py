"""What is drawn at a small game's table: its form in the middle, the house around it."""

from collections.abc import Hashable

from client_gui.games.form import panel
from client_gui.games.form.hand import Hand
from client_gui.games.form.layout import fitting
from client_gui.games.form.verdict import Verdict, above
from client_gui.games.form.view import form_of, found_in
from client_gui.kit.box import Box, Size
from client_gui.kit.canvas import Canvas, Hits, Panel
from client_gui.kit.theme import Style
from client_gui.shell.frame import Frame, TableUi
from client_gui.shell.layout import Layout
from client_gui.shell.panels.backdrop import cloth, top_bar
from client_gui.shell.panels.backdrop import panel as plate
from client_gui.shell.panels.calls import Calls
from client_gui.shell.panels.commands import Commands
from client_gui.shell.panels.help import TALK, Columns, Help, Line, window
from client_gui.shell.panels.lists import Lists, People
from client_gui.shell.panels.notes import LineBanner, NoteBubble
from client_gui.shell.panels.settings import Settings
from client_gui.shell.panels.status_bar import Clock, Corner, Money, Title, own_money
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
    form, language = form_of(f.view), f.words.language
    area = above(f.layout.room, found_in(f.view), f.layout.scale)
    wide = [f.wide(line, Style.BODY) for line in form.lines(language)]
    return fitting(form.offered(language), area, f.layout.scale, wide)


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


def put(f: Frame, size: Size, where: int | None) -> Box:
    """A note hangs below the form, inside the window."""
    del where
    form = place(f)
    x = form.middle[0] - size[0] // 2
    return Box(x, form.bottom + f.layout.px(10), *size).within(f.layout.room)


def title(f: Frame) -> list[str]:
    return [as_name(f.view.table)]


def columns(f: Frame) -> Columns:
    desk = (TALK,) if f.croupier else ()
    return ("form", (Line("form_digit", cap="0 – 9"), *desk)), window(f)


def all_panels() -> tuple[Panel[Frame], ...]:
    return (
        *(Title(title), TablesButton(), Clock(), Money(own_money), Corner()),
        *(Form(), Verdict(), Lists(People()), Talk(), NoteBubble(put), LineBanner()),
        *(Calls(), Commands(), Settings(), Tables(), Help(columns)),
    )


def ground(c: Canvas, size: Size, layout: Layout) -> None:
    """What never changes while the window keeps its size."""
    c.surface.blit(cloth(size), (0, 0))
    top_bar(c, layout)
    plate(c, layout.lists)
    plate(c, layout.messages)
