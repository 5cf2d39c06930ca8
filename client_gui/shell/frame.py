"""One moment of the table scene: what is known, what the person is doing, what time it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from client.games.roulette.fair.steps import Proof
from client_gui.games.roulette.deeds import Deeds
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.racetrack import Aim, pattern
from client_gui.games.roulette.show import Show, Stage
from client_gui.games.roulette.view import Role, TableView
from client_gui.games.roulette.whose_chips import Holding, colours, letters, others
from client_gui.kit.box import Point
from client_gui.kit.resources import Typesetter, sanitize
from client_gui.kit.theme import PEOPLE, Rgb, Type
from client_gui.kit.words import Words, number, short
from client_gui.kit.writing import Writing
from client_gui.shell.own_limits import OwnLimits
from client_gui.shell.preferences import Preferences
from client_gui.shell.record import RecordUi, proof_of
from client_gui.shell.tabs import TalkUi
from protocol.games.roulette.rules import SPOTS, Pocket, Spot, sector
from protocol.house.fields import Chips

TABS = ("bets", "players", "history")


@dataclass(slots=True)
class Bubble:
    """Words next to where something happened."""

    text: str
    until: float
    spot: Spot | None = None
    """Without a spot it hangs over the buttons."""


@dataclass(slots=True)
class Ui:
    """What mouse and keyboard are doing, in any scene."""

    over: str | None = None
    """What the pointer is over."""
    pressed: str | None = None
    focus: str | None = None
    """What the keyboard is on."""
    armed: str | None = None
    """The button that asks for a second press, because it cannot be undone."""
    lines: dict[str, str] = field(default_factory=dict)
    """What stands in the text fields."""
    writing: Writing = field(default_factory=Writing)
    """The one that has the focus, with its caret."""

    def line(self, field: str) -> Writing:
        """A text field's line; one that was just come to, or was changed by others, at its end."""
        text = self.lines.get(field, "")
        ours = field == self.focus and self.writing.text == text
        return self.writing if ours else Writing.end_of(text)

    def write(self, line: Writing) -> None:
        """Into the field that has the focus."""
        if self.focus is not None:
            self.lines[self.focus], self.writing = line.text, line


@dataclass(slots=True)
class TableUi(Ui):
    """What the hands are doing at the table: nothing of this is known to the server."""

    chip: Chips = 25
    hover: Spot | None = None
    walking: bool = False
    """Whether the arrows brought us there, and not the mouse."""
    aim: Aim | None = None
    """What of the racetrack the pointer is on."""
    reach: int = 2
    """So many neighbours of a number the racetrack lays, on either side."""
    track: bool | None = None
    """Whether a person turned the plate to the racetrack, or away from it."""
    tab: str = "bets"
    scroll: dict[str, int] = field(default_factory=dict)
    menu: bool = False
    help: bool = False
    """Whether the list of keys lies over the table."""
    hall: bool = False
    """Whether the list of tables lies over this one."""
    hall_note: str = ""
    """Why one could not go where one wanted, or why one is nowhere."""
    hall_asks: tuple[int, bool] | None = None
    """The table of which the password is asked, and whether one would only watch."""
    caps: Mapping[str, str] = field(default_factory=dict)
    """What stands on the key that presses this."""
    sum: str = ""
    """What was typed; empty means the chosen chip."""
    last: tuple[tuple[Spot, Chips], ...] = ()
    """My bets of the round before, to lay them again."""
    person: int | None = None
    """Who was picked in the list, by account."""
    deeds: Deeds = field(default_factory=Deeds)
    """What was done in this round, to undo it."""
    drag: Spot | None = None
    """Where the mouse took hold of my stack."""
    pointer: Point = (-1, -1)
    choosing: bool = False
    """Whether the list of favourites is open."""
    all_in: bool = False
    """All that I have is in the hand: laid only by a second click on the same spot."""
    sure: Spot | None = None
    """Where the first of the two was."""
    bubble: Bubble | None = None
    talk: TalkUi = field(default_factory=TalkUi)
    record: RecordUi = field(default_factory=RecordUi)
    fullscreen: bool = False
    own_limits: OwnLimits = field(default_factory=OwnLimits)
    epoch: float = 0.0
    """The hour, in seconds since 1970, at second 0 of the clock that moves everything here."""
    preferences: Preferences = field(default_factory=Preferences)

    def amount(self) -> Chips:
        """What a click on the layout lays."""
        return int(self.sum) if self.sum else self.chip


@dataclass(slots=True)
class Frame:
    view: TableView
    """As it may be seen now: see `Show.shown`."""
    known: TableView
    """As the server last told it."""
    show: Show
    ui: TableUi
    words: Words
    layout: Layout
    now: float
    stage: Stage
    part: float
    """How far through the stage we are."""
    type: Typesetter
    _holders: dict[Spot, list[Holding]] | None = None
    _colours: dict[str, Rgb] | None = None
    _letters: dict[str, str] | None = None

    def after(self, last: "Frame | None") -> "Frame":
        """What was found out for the frame before is still true where nothing changed."""
        if last is not None and last.view.bets is self.view.bets:
            self._holders = last._holders
        if last is not None and last.view.people is self.view.people:
            self._colours = last._colours
        return self

    def wide(self, text: str, style: Type) -> int:
        """How wide a line would be."""
        px = self.type.pixels(style, self.layout.scale)
        return self.type.width(sanitize(text), style.face, px)

    def sum(
        self, chips: int, style: Type, room: int, written: Callable[[int], str] = number
    ) -> str:
        """In full where there is room for it, else as it fits on a chip."""
        text = written(chips)
        if self.wide(text, style) <= room:
            return text
        return text[: not text[0].isdigit()] + short(abs(chips))

    @property
    def lit(self) -> frozenset[Pocket]:
        """The numbers that the pointer's bet would cover, on track, layout and wheel."""
        if self.ui.aim is not None:
            return sector(pattern(self.ui.aim, self.ui.reach))
        if self.ui.hover is not None:
            return frozenset(SPOTS[self.ui.hover].covers)
        return frozenset()

    @property
    def holders(self) -> dict[Spot, list[Holding]]:
        """Of each spot who else has chips there."""
        if self._holders is None:
            self._holders = others(self.view.bets)
        return self._holders

    def proof(self, number: int) -> Proof | None:
        """A round laid open; recomputed only once, for it takes hundreds of hashes."""
        key = number, self.view.verdicts.get(number), self.view.on_table
        if self.ui.record.laid_open is None or self.ui.record.laid_open[0] != key:
            self.ui.record.laid_open = key, proof_of(self.view, number)
        return self.ui.record.laid_open[1]

    def colour_of(self, name: str) -> Rgb:
        """Of somebody's chips."""
        if self._colours is None:
            self._colours = colours(self.view.people)
        return self._colours.get(name, PEOPLE[0])

    def letter_of(self, name: str) -> str:
        """What tells somebody's chips from others', besides their colour; empty if nothing need."""
        if not self.ui.preferences.marks:
            return ""
        if self._letters is None:
            self._letters = letters(self.view.people)
        return self._letters.get(name, name[:1].upper())

    @property
    def followed(self) -> str:
        """Whose row the pointer or the keyboard is on: his chips are lit."""
        for name in (self.ui.over, self.ui.focus):
            kind, _, which = (name or "").partition(":")
            if kind == "person":
                people = self.view.people
                return next((p.name for p in people if p.seat == int(which)), "")
            if kind == "bet" and int(which) < len(self.view.bets):
                return self.view.bets[int(which)].name
        return ""

    @property
    def hour(self) -> float:
        """Seconds since 1970."""
        return self.ui.epoch + self.now

    @property
    def net(self) -> int:
        """What I have won or lost tonight, at whichever table."""
        here = 0 if self.view.night.house else self.view.night.net
        return here + self.view.elsewhere

    @property
    def croupier(self) -> bool:
        return self.view.role is Role.CROUPIER

    @property
    def at(self) -> tuple[str, Point, Role, bool]:
        """What every face depends on: the words, the place, who we are."""
        return self.words.language, self.layout.size, self.view.role, self.view.classic
