"""One moment of a roulette's scene: what is known, what the person is doing, what time it is."""

from dataclasses import dataclass, field

from client.games.roulette.fair.steps import Proof
from client_gui.games.roulette import favourites
from client_gui.games.roulette.deeds import Deeds
from client_gui.games.roulette.favourites import Favourites
from client_gui.games.roulette.layout import Layout
from client_gui.games.roulette.racetrack import Aim, pattern
from client_gui.games.roulette.record import RecordUi, proof_of
from client_gui.games.roulette.show import Show, Stage
from client_gui.games.roulette.view import RouletteView
from client_gui.games.roulette.whose_chips import Holding, others
from client_gui.kit.box import Point
from client_gui.shell import frame as shell
from protocol.games.roulette.rules import SPOTS, Pocket, Spot, sector
from protocol.house.fields import Chips


@dataclass(slots=True)
class RouletteUi(shell.TableUi):
    """What the hands are doing at the table, and in the record."""

    tab: str = "bets"
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
    sum: str = ""
    """What was typed; empty means the chosen chip."""
    last: tuple[tuple[Spot, Chips], ...] = ()
    """My bets of the round before, to lay them again."""
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
    record: RecordUi = field(default_factory=RecordUi)

    @property
    def favourites(self) -> Favourites:
        return favourites.of(self.preferences)

    def amount(self) -> Chips:
        """What a click on the layout lays."""
        return int(self.sum) if self.sum else self.chip

    def let_go(self) -> None:
        shell.TableUi.let_go(self)
        self.hover = self.aim = self.drag = None


@dataclass(slots=True)
class Frame(shell.Frame):
    view: RouletteView
    """As it may be seen now: see `Show.shown`."""
    ui: RouletteUi
    layout: Layout
    known: RouletteView
    """As the server last told it."""
    show: Show
    stage: Stage
    part: float
    """How far through the stage we are."""
    _holders: dict[Spot, list[Holding]] | None = None

    def after(self, last: "Frame | None") -> "Frame":
        """What was found out for the frame before is still true where nothing changed."""
        if last is not None and last.view.bets is self.view.bets:
            self._holders = last._holders
        if last is not None and last.view.people is self.view.people:
            self._colours = last._colours
        return self

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
        """A round laid open, once for each verdict."""
        key = number, id(self.view.verdicts.get(number))
        if self.ui.record.made is None or self.ui.record.made[0] != key:
            self.ui.record.made = key, proof_of(self.view, number)
        return self.ui.record.made[1]

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
