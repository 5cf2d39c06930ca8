"""What is drawn at the table, from the felt up: the last lies on top, and is hit first."""

from collections.abc import Callable

from client_gui.games.roulette.panels.calls import Calls
from client_gui.games.roulette.panels.chip_tray import ChipTray, Keys
from client_gui.games.roulette.panels.desk import Desk, Exposure
from client_gui.games.roulette.panels.favourites import FavouriteList
from client_gui.games.roulette.panels.felt import Dragged, Table
from client_gui.games.roulette.panels.lists import Lists
from client_gui.games.roulette.panels.night import Night
from client_gui.games.roulette.panels.overlays import (
    Alarm,
    HoverBubble,
    LineBanner,
    NoteBubble,
    alarm_words,
    line_words,
    note_words,
)
from client_gui.games.roulette.panels.record import Record
from client_gui.games.roulette.panels.round_banner import RoundBanner, result_words
from client_gui.games.roulette.panels.statistics import Results, Stats
from client_gui.games.roulette.panels.track import Track
from client_gui.games.roulette.panels.wheel import Wheel
from client_gui.kit.canvas import Panel
from client_gui.shell.frame import Frame
from client_gui.shell.panels.commands import Commands
from client_gui.shell.panels.help import Help
from client_gui.shell.panels.settings import Settings
from client_gui.shell.panels.status_bar import Clock, Corner, Money, Pill, Title
from client_gui.shell.panels.tables import Tables, TablesButton
from client_gui.shell.panels.talk import Talk


def all_panels() -> tuple[Panel[Frame], ...]:
    """Each scene has its own."""
    return (
        Title(),
        TablesButton(),
        Clock(),
        Pill(),
        Money(),
        Corner(),
        Wheel(),
        Results(),
        Stats(),
        RoundBanner(),
        Track(),
        Alarm(),
        Table(),
        ChipTray(),
        Keys(),
        Desk(),
        Night(),
        Exposure(),
        Lists(),
        Talk(),
        Dragged(),
        FavouriteList(),
        HoverBubble(),
        Record(),
        NoteBubble(),
        LineBanner(),
        Calls(),
        Commands(),
        Settings(),
        Tables(),
        Help(),
    )


BESIDE_RECORD = (
    *(Title, TablesButton, Clock, Pill, Money, Corner, Wheel, Results, Stats),
    *(Record, NoteBubble, LineBanner, Settings, Tables, Help),
)
"""What is drawn and hit while the record is open; everything else lies under it."""


def beside_record(panels: tuple[Panel[Frame], ...]) -> tuple[Panel[Frame], ...]:
    return tuple(panel for panel in panels if isinstance(panel, BESIDE_RECORD))


BANNERS: tuple[Callable[[Frame], str], ...] = (line_words, alarm_words, note_words, result_words)
"""The words that stand out; the first of them that there are go to who follows from outside."""
