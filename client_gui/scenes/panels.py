"""What is drawn at the table, from the felt up: the last lies on top, and is hit first."""

from collections.abc import Callable

from client_gui.frame import Frame
from client_gui.widgets.base import Panel
from client_gui.widgets.calls import Calls
from client_gui.widgets.commands import Commands
from client_gui.widgets.desk import Desk, Exposure
from client_gui.widgets.favourites import FavouriteList
from client_gui.widgets.felt import Dragged, Table
from client_gui.widgets.gear import Gear
from client_gui.widgets.hand import Hand, Keys
from client_gui.widgets.help import Help
from client_gui.widgets.left import Results, Stats
from client_gui.widgets.lists import Lists
from client_gui.widgets.marquee import Marquee, result_words
from client_gui.widgets.night import Night
from client_gui.widgets.over import (
    Alarm,
    HoverBubble,
    LineBanner,
    NoteBubble,
    alarm_words,
    line_words,
    note_words,
)
from client_gui.widgets.record import Record
from client_gui.widgets.talk import Talk
from client_gui.widgets.top import Clock, Corner, Money, Pill, Title
from client_gui.widgets.track import Track
from client_gui.widgets.wheel import Wheel


def all_panels() -> tuple[Panel[Frame], ...]:
    """Each scene has its own."""
    return (
        Title(),
        Clock(),
        Pill(),
        Money(),
        Corner(),
        Wheel(),
        Results(),
        Stats(),
        Marquee(),
        Track(),
        Alarm(),
        Table(),
        Hand(),
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
        Gear(),
        Help(),
    )


BESIDE_RECORD = (
    *(Title, Clock, Pill, Money, Corner, Wheel, Results, Stats),
    *(Record, NoteBubble, LineBanner, Gear, Help),
)
"""What is drawn and hit while the record is open; everything else lies under it."""


def beside_record(panels: tuple[Panel[Frame], ...]) -> tuple[Panel[Frame], ...]:
    return tuple(panel for panel in panels if isinstance(panel, BESIDE_RECORD))


BANNERS: tuple[Callable[[Frame], str], ...] = (line_words, alarm_words, note_words, result_words)
"""The words that stand out; the first of them that there are go to who follows from outside."""
