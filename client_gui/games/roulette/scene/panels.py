"""What is drawn at the table, from the felt up: the last lies on top, and is hit first."""

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels.chip_tray import ChipTray, Keys
from client_gui.games.roulette.panels.desk import Desk, Exposure
from client_gui.games.roulette.panels.favourites import FavouriteList
from client_gui.games.roulette.panels.felt import Dragged, Table
from client_gui.games.roulette.panels.help import columns
from client_gui.games.roulette.panels.lists import Bets, History
from client_gui.games.roulette.panels.night import Night
from client_gui.games.roulette.panels.overlays import (
    Alarm,
    HoverBubble,
    bubble_box,
)
from client_gui.games.roulette.panels.record import Record
from client_gui.games.roulette.panels.round_banner import RoundBanner
from client_gui.games.roulette.panels.statistics import Results, Stats
from client_gui.games.roulette.panels.top_bar import Pill, money, title
from client_gui.games.roulette.panels.track import Track
from client_gui.games.roulette.panels.wheel import Wheel
from client_gui.kit.canvas import Panel
from client_gui.shell.panels.calls import Calls
from client_gui.shell.panels.commands import Commands
from client_gui.shell.panels.help import Help
from client_gui.shell.panels.lists import Lists, People
from client_gui.shell.panels.notes import LineBanner, NoteBubble
from client_gui.shell.panels.settings import Settings
from client_gui.shell.panels.status_bar import Clock, Corner, Money, Title
from client_gui.shell.panels.tables import Tables, TablesButton
from client_gui.shell.panels.talk import Talk


def all_panels() -> tuple[Panel[Frame], ...]:
    """Each scene has its own."""
    return (
        Title(title),
        TablesButton(),
        Clock(),
        Pill(),
        Money(money),
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
        Lists(Bets(), People(), History()),
        Talk(),
        Dragged(),
        FavouriteList(),
        HoverBubble(),
        Record(),
        NoteBubble(bubble_box),
        LineBanner(),
        Calls(),
        Commands(),
        Settings(),
        Tables(),
        Help(columns),
    )


BESIDE_RECORD = (
    *(Title, TablesButton, Clock, Pill, Money, Corner, Wheel, Results, Stats),
    *(Record, NoteBubble, LineBanner, Settings, Tables, Help),
)
"""What is drawn and hit while the record is open; everything else lies under it."""


def beside_record(panels: tuple[Panel[Frame], ...]) -> tuple[Panel[Frame], ...]:
    return tuple(panel for panel in panels if isinstance(panel, BESIDE_RECORD))
