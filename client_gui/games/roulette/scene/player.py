"""What a player's hands do on layout and racetrack: lay, take back, undo, draw to another spot."""

from typing import ClassVar

import pygame

from client_gui.games.roulette.deeds import Deed, Deeds, deed
from client_gui.games.roulette.favourites import MOST, Favourites, among, drop, keep
from client_gui.games.roulette.panels.favourites import FIELD
from client_gui.games.roulette.panels.track import FINALS, on_track, track_of
from client_gui.games.roulette.racetrack import MOST_REACH, Aim, Kind, pattern
from client_gui.games.roulette.scene import bets
from client_gui.games.roulette.scene.part import RoulettePart
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.walk import FIRST, Arrow, Goal, cloth, onward, spots
from client_gui.kit.box import Point
from client_gui.kit.theme import CHIPS
from client_gui.kit.words import number
from client_gui.shell.parts.part import Choose, Press
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role
from protocol.games.roulette.rules import Spot

LONGEST_SUM = 9
ARROWS = {
    pygame.KSCAN_LEFT: Arrow.LEFT,
    pygame.KSCAN_RIGHT: Arrow.RIGHT,
    pygame.KSCAN_UP: Arrow.UP,
    pygame.KSCAN_DOWN: Arrow.DOWN,
}


class PlayerPart(RoulettePart):
    """The part of the table scene that bets."""

    # The mouse

    def moved(self, at: Point, now: float) -> None:
        over = self.ui.over
        over_something = over not in (None, "wheel")
        self.ui.hover = None if over_something else self._layout.spot_at(at)
        self.ui.aim = self._aim_at(over, at, now)
        self.ui.pointer = at
        self.ui.walking = False

    def _aim_at(self, over: str | None, at: Point, now: float) -> Aim | None:
        """What of the racetrack lies under the pointer."""
        if over in FINALS:
            return Aim(Kind.FINAL, FINALS.index(over))
        frame = self.frame(now)
        return track_of(frame)[0].aim_at(at) if over is None and on_track(frame) else None

    def touched(self, name: str | None, at: Point, button: int, now: float) -> Intents:
        if name and name.startswith("chip:"):
            return self.activate(name, now)
        aim = self._aim_at(name, at, now) if name is None else None
        if aim is not None:
            return self.announced(aim, now) if button == 1 else []
        spot = self._layout.spot_at(at) if name is None else None
        if spot is None:
            return super().touched(name, at, button, now)
        if self.show.stage(now)[0] > Stage.SPIN:
            self.show = self.show.skip(now)
        if button == 1 and self.known.may_bet and self.known.my_bets.get(spot):
            self.ui.drag = spot  # A click, or the beginning of a way: the release will tell.
            return []
        if button == 1:
            return self._place(spot, now)
        if button == 3:
            return self._do(bets.take_back(self.frame(now), spot), now)
        return []

    def released(self, at: Point, now: float) -> Intents:
        """The end of a click on my stack, or of its way; away from the layout it stays."""
        start, self.ui.drag = self.ui.drag, None
        end = self._layout.spot_at(at) if start is not None and self.ui.over is None else None
        if start is None or end is None:
            return []
        if start == end:
            return self._place(start, now)
        return self._do(bets.move(self.frame(now), start, end), now)

    # The keyboard

    def walk(self, arrow: Arrow, now: float) -> Intents:
        """The arrows move what the pointer would be on, from where it is."""
        frame = self.frame(now)
        places = spots(self._layout.felt)
        if on_track(frame):
            places = cloth(self._layout.felt, track_of(frame)[0])
        here: Goal | None = self.ui.hover if self.ui.aim is None else self.ui.aim
        goal = onward(places, here, arrow) if here is not None and here in places else FIRST
        self.ui.aim = goal if isinstance(goal, Aim) else None
        self.ui.hover = None if isinstance(goal, Aim) else goal
        self.ui.over = self.ui.focus = None
        self.ui.walking = True
        return []

    def press_spot(self, now: float) -> Intents:
        """Return lays where the arrows are; without a place it begins to talk."""
        if self.ui.walking and self.ui.aim is not None and on_track(self.frame(now)):
            return self.announced(self.ui.aim, now)
        if self.ui.hover is None or not self.ui.walking:
            return self.activate("button:talk", now)
        return self._place(self.ui.hover, now)

    def lift_spot(self, now: float) -> Intents:
        """Delete takes back from it."""
        if self.ui.hover is None:
            return []
        return self._do(bets.take_back(self.frame(now), self.ui.hover), now)

    # Deeds

    def _place(self, spot: Spot, now: float) -> Intents:
        lay = bets.place(self.frame(now), spot)
        if self.ui.all_in and not isinstance(lay, bets.No):
            if self.ui.sure != spot:
                self.ui.sure = spot
                self.note(self.words("note.all_in", n=number(self.ui.amount())), spot, now)
                return []
            self.forget_all_in()
        return self._do(lay, now)

    def forget_all_in(self) -> None:
        """The hand holds a chip again."""
        if self.ui.all_in:
            self.ui.all_in, self.ui.sure, self.ui.sum = False, None, ""

    def announced(self, aim: Aim, now: float) -> Intents:
        """Lay a bet of the racetrack: what is in the hand is its unit."""
        lay = deed(*((s, n * self.ui.amount()) for s, n in pattern(aim, self.ui.reach)))
        return self._do(bets.place_all(self.frame(now), lay), now)

    def _do(self, wanted: Deed | bets.No | None, now: float) -> Intents:
        """Ask for what can be done, and remember it; say in words what cannot."""
        if not isinstance(wanted, tuple):
            return self._refuse(wanted, now)
        if self.show.stage(now)[0] > Stage.SPIN:
            self.skip(now)  # Who bets has seen enough of the last round.
        return self._remember(self.ui.deeds.then(wanted), wanted)

    def _remember(self, deeds: Deeds, wanted: Deed) -> Intents:
        self.ui.deeds = deeds
        self.ui.bubble = None
        return list(bets.wishes(wanted))

    def _refuse(self, no: bets.No | None, now: float) -> Intents:
        if no is not None:
            self.note(self.words(no.key, **no.values), no.spot, now)
        return []

    # Buttons

    def undo(self, now: float) -> Intents:
        step = bets.undo(self.frame(now))
        return self._remember(*step) if isinstance(step, tuple) else self._refuse(step, now)

    def redo(self, now: float) -> Intents:
        step = bets.redo(self.frame(now))
        return self._remember(*step) if isinstance(step, tuple) else self._refuse(step, now)

    def clear(self, now: float) -> Intents:
        return self._do(bets.clear(self.frame(now)), now)

    def double(self, now: float) -> Intents:
        return self._do(bets.double(self.frame(now)), now)

    def rebet(self, now: float) -> Intents:
        return self._do(bets.place_all(self.frame(now), deed(*self.ui.last)), now)

    def all_in(self, now: float) -> Intents:
        """Take all that one has in the hand, or put it away again."""
        have = bets.in_hand(self.frame(now))
        if self.ui.all_in:
            self.forget_all_in()
        elif have and self.known.may_bet:
            self.ui.all_in, self.ui.sure, self.ui.sum = True, None, str(have)
        return []

    # Favourites

    def choose(self, now: float) -> Intents:
        """Open the list of favourites, or close it."""
        del now
        self.ui.choosing = not self.ui.choosing and not self.known.classic
        self.ui.focus = None
        return []

    def _lay_favourite(self, which: str, now: float) -> Intents:
        kept = self.ui.favourites
        if int(which) >= len(kept):
            return []
        return self._do(bets.place_all(self.frame(now), kept[int(which)].lay), now)

    def _drop_favourite(self, which: str, now: float) -> Intents:
        del now
        return self._kept(drop(self.ui.favourites, int(which)))

    def keep_favourite(self, now: float) -> Intents:
        """Keep what lies on the table under the name that was typed."""
        name = self.ui.lines.get(FIELD, "").strip()
        lay = deed(*self.known.free.items())
        if not name or not lay:
            self.note(self.words("note.favourite_empty" if name else "note.unnamed"), None, now)
            return []
        kept = keep(self.ui.favourites, name, lay)
        if len(kept) > MOST:
            self.note(self.words("note.favourites_full", n=MOST), None, now)
            return []
        self.ui.lines[FIELD] = ""
        return self._kept(kept)

    def _kept(self, favourites: Favourites) -> Intents:
        return self.prefer(games=among(self.ui.preferences.games, favourites))

    def reach(self, by: int) -> None:
        """More or fewer neighbours."""
        self.ui.reach = max(0, min(MOST_REACH, self.ui.reach + by))

    def fewer(self, now: float) -> Intents:
        del now
        self.reach(-1)
        return []

    def more(self, now: float) -> Intents:
        del now
        self.reach(1)
        return []

    def around(self, now: float) -> Intents:
        """One neighbour more, and after the most none."""
        del now
        self.ui.reach = (self.ui.reach + 1) % (MOST_REACH + 1)
        return []

    def _turn(self, now: float) -> Intents:
        """The plate above the layout has two sides."""
        self.ui.track = not on_track(self.frame(now))
        self.ui.aim = None
        return []

    # The hand

    def _next_chip(self, now: float) -> Intents:
        worths = list(CHIPS)
        return self._take_chip(str(worths[(worths.index(self.ui.chip) + 1) % len(worths)]), now)

    def _take_chip(self, worth: str, now: float) -> Intents:
        del now
        self.forget_all_in()
        self.ui.chip, self.ui.sum = int(worth), ""
        return []

    def typed(self, text: str, now: float) -> Intents:
        del now
        digits = "".join(c for c in text if c in "0123456789")
        if digits and self.known.role is Role.PLAYER:  # (A shortcut comes as its letter, too.)
            self.forget_all_in()
            self.ui.sum = (self.ui.sum + digits).lstrip("0")[:LONGEST_SUM]
        return []

    def number_fields(self) -> frozenset[str]:
        return frozenset(("field:sum",))

    def rub_out_number(self) -> None:
        self.forget_all_in()
        self.ui.sum = self.ui.sum[:-1]

    def _typed_sum(self, now: float) -> Intents:
        del now
        self.ui.focus = None
        return []

    def _final(self, digit: str, now: float) -> Intents:
        return self.announced(Aim(Kind.FINAL, int(digit)), now)

    def scrolled(self, name: str | None, by: int, now: float) -> None:
        if on_track(self.frame(now)) and self._layout.round_banner.holds(self.pointer):
            self.reach(-by)
        super().scrolled(name, by, now)

    def shortcut(self, scancode: int, now: float) -> Intents:
        if scancode in ARROWS and not self.ui.menu:
            return self.walk(ARROWS[scancode], now)
        return super().shortcut(scancode, now)

    def walked(self, now: float) -> list[str]:
        """While the favourites are open, the keyboard stays in them."""
        hits = self.hits(now)
        if FIELD not in hits:
            return super().walked(now)
        kept = ("favourite:", "drop:", FIELD, "button:keep")
        return [name for name in hits if name.startswith(kept)]

    def escaped(self, now: float) -> Intents:
        self.ui.drag = None
        self.ui.choosing = self.ui.walking = False
        self.forget_all_in()
        self.ui.sum = ""
        return super().escaped(now)

    BUTTONS: ClassVar[dict[str, Press]] = {
        "button:undo": undo,
        "button:redo": redo,
        "spot:lay": press_spot,
        "spot:lift": lift_spot,
        "button:favourites": choose,
        "button:keep": keep_favourite,
        "button:all": all_in,
        "button:chip": _next_chip,
        "button:clear": clear,
        "button:double": double,
        "button:rebet": rebet,
        "button:fewer": fewer,
        "button:more": more,
        "button:around": around,
        "button:track": _turn,
        "button:skip": RoulettePart.skip,
    }
    KINDS: ClassVar[dict[str, Choose]] = {
        "chip": _take_chip,
        "favourite": _lay_favourite,
        "drop": _drop_favourite,
        "final": _final,
    }
    FIELDS: ClassVar[dict[str, Press]] = {FIELD: keep_favourite, "field:sum": _typed_sum}
    KEYS: ClassVar[dict[str, dict[int, str]]] = {
        "player": {
            pygame.KSCAN_Z: "button:undo",
            pygame.KSCAN_Y: "button:redo",
            pygame.KSCAN_RETURN: "spot:lay",
            pygame.KSCAN_KP_ENTER: "spot:lay",
            pygame.KSCAN_DELETE: "spot:lift",
            pygame.KSCAN_F: "button:favourites",
            **{pygame.KSCAN_F1 + at: f"favourite:{at}" for at in range(MOST)},
            pygame.KSCAN_A: "button:all",
            pygame.KSCAN_C: "button:chip",
            pygame.KSCAN_D: "button:double",
            pygame.KSCAN_R: "button:rebet",
            pygame.KSCAN_X: "button:clear",
            pygame.KSCAN_L: "button:list",
            pygame.KSCAN_N: "button:around",
            pygame.KSCAN_MINUS: "button:fewer",
            pygame.KSCAN_KP_MINUS: "button:fewer",
            pygame.KSCAN_EQUALS: "button:more",
            pygame.KSCAN_KP_PLUS: "button:more",
            pygame.KSCAN_T: "button:track",
            pygame.KSCAN_SPACE: "button:skip",
        },
    }
