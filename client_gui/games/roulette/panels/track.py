"""The racetrack on the cloth: in the place of the result's plate, while a player may bet."""

from collections.abc import Hashable

import pygame

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.racetrack import (
    BORDERS,
    SECTIONS,
    Aim,
    Kind,
    Racetrack,
    divide,
    pattern,
)
from client_gui.games.roulette.show import Stage
from client_gui.games.roulette.view import Phase
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits, fitted
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import number
from client_gui.shell.view import Role
from protocol.games.roulette.rules import POCKETS

DIGITS = "0123456789"
FINALS = tuple(f"final:{digit}" for digit in range(10))


def may_turn(f: Frame) -> bool:
    """Whether the plate above the layout has the racetrack on its other side now."""
    view = f.view
    return (
        view.role is Role.PLAYER
        and not view.classic
        and bool(view.wheel.announced)
        and view.phase is Phase.BETTING
        and f.stage is Stage.REST
        and view.verified is not False
    )


def on_track(f: Frame) -> bool:
    """Whether the racetrack is to be seen: unless there is news, or a person turned the plate."""
    if not may_turn(f):
        return False
    if f.ui.track is not None:
        return f.ui.track
    greeted = f.view.outcome is not None or bool(f.view.laid)
    return greeted and f.show.marked(f.now) is None


def track_of(f: Frame) -> tuple[Racetrack, Box]:
    return divide(f.layout.round_banner)


def cost(f: Frame, aim: Aim) -> str:
    """5 × 25 = 125."""
    units = sum(units for _, units in pattern(aim, f.ui.reach))
    amount = f.ui.amount()
    return f.words("track.cost", units=units, sum=number(amount), all=number(units * amount))


def title(f: Frame, aim: Aim) -> str:
    match aim.kind:
        case Kind.SECTOR:
            return f.words(f"track.{aim.sector}")
        case Kind.FINAL:
            return f.words("track.final", n=aim.number)
        case Kind.NUMBER:
            return f.words("track.number", n=aim.number, reach=f.ui.reach)


class Track:
    """The oval, and below it finals, how many neighbours, and the way back to the plate."""

    def box(self, f: Frame) -> Box:
        return f.layout.round_banner.grown(f.layout.px(5))

    def face(self, f: Frame) -> Hashable:
        if not on_track(f):
            return None
        ui = f.ui
        mine = {ui.over, ui.focus, ui.pressed} & set(self.hits(f))
        return (
            f.at, ui.aim, ui.reach, ui.amount(), frozenset(f.lit), frozenset(mine), ui.focus,
            ui.pressed, f.show.marked(f.now),
        )  # fmt: skip

    def hits(self, f: Frame) -> Hits:
        """What is no part of the oval: that knows its true shapes itself."""
        if not may_turn(f):
            return {}
        if not on_track(f):
            return {"button:track": f.layout.round_banner}
        strip, px = track_of(f)[1], f.layout.px
        _, digits, _, reach, back = strip.columns((0.95, 4.6, 0.1, 3.3, 0.65), px(8))
        boxes = digits.columns((1.0,) * len(FINALS), px(3))
        hits: Hits = dict(zip(FINALS, boxes, strict=True))
        less, _, more = reach.columns((0.17, 0.66, 0.17), px(3))
        hits["button:fewer"], hits["button:more"], hits["button:track"] = less, more, back
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        oval, strip = track_of(f)
        size = (oval.box.w, oval.box.h)
        c.sprite(("track", size), lambda: _picture(oval), oval.box.middle)
        for pocket in POCKETS:
            x, y = oval.middle(pocket)
            at = (round(x), round(y))
            if pocket in f.lit:
                self._light(c, oval, pocket)
            pockets.number(c, pocket, Style.SMALL_STRONG, at)
        if f.ui.aim is not None and f.ui.aim.kind is not Kind.SECTOR:
            self._said(c, f, oval, f.ui.aim)
        else:
            for name in SECTIONS:
                self._section(c, f, oval, name)
        self._strip(c, f, strip)

    @staticmethod
    def _light(c: Canvas, oval: Racetrack, pocket: int) -> None:
        corners = oval.cell(pocket)
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
        sheet = pygame.Surface((round(right - left) + 2, round(bottom - top) + 2), pygame.SRCALPHA)
        shape = [(x - left, y - top) for x, y in corners]
        pygame.draw.polygon(sheet, (255, 255, 255, 62), shape)
        pygame.draw.aalines(sheet, (*theme.FOCUS, 255), True, shape)
        pygame.draw.lines(sheet, (*theme.FOCUS, 255), True, shape, max(1, round(1.6 * c.scale)))
        c.surface.blit(sheet, (round(left), round(top)))

    @staticmethod
    def _section(c: Canvas, f: Frame, oval: Racetrack, name: str) -> None:
        aim = Aim(Kind.SECTOR, sector=name)
        chosen = f.ui.aim == aim
        units = sum(units for _, units in pattern(aim, 0))
        each = f.words("track.each", units=units, sum=number(f.ui.amount()))
        lines = (
            (title(f, aim), Style.MEDIUM, theme.TEXT, -c.px(10)),
            (cost(f, aim) if chosen else each, Style.SMALL, theme.MUTED, c.px(10)),
        )
        spans = [oval.span(name, below) for *_, below in lines]
        left, right = max(left for left, _ in spans), min(right for _, right in spans)
        room = round(right - left) - c.px(8)
        for text, style, ink, below in lines:
            at = (round((left + right) / 2), round(oval.heart(name)[1]) + below)
            c.text(text, style, theme.GOLD if chosen else ink, at, "center", room, foreign=True)

    @staticmethod
    def _said(c: Canvas, f: Frame, oval: Racetrack, aim: Aim) -> None:
        """What a number or a final would lay, in the middle, where nothing is covered."""
        first, second = title(f, aim), cost(f, aim)
        wide = max(f.wide(first, Style.HEAD), f.wide(second, Style.BODY)) + c.px(40)
        box = fitted((wide, c.px(58)), oval.box.middle)
        x, y = box.middle
        c.plate(box, 9, theme.PANEL_2, theme.EDGE_LIT)
        c.text(first, Style.HEAD, theme.TEXT, (x, y - c.px(12)), "center")
        c.text(second, Style.BODY, theme.GOLD, (x, y + c.px(13)), "center")

    def _strip(self, c: Canvas, f: Frame, strip: Box) -> None:
        ui, hits = f.ui, self.hits(f)
        y = strip.middle[1]
        first = hits[FINALS[0]]
        room = first.x - strip.x - c.px(8)
        c.text(f.words("track.finals"), Style.SMALL, theme.ON_CLOTH, (strip.x, y), room=room)
        for digit, name in enumerate(FINALS):
            state = touch(name, ui.over, ui.pressed, ui.focus)
            button(c, hits[name], str(digit), state, among=DIGITS)
        for name, sign in (("button:fewer", "−"), ("button:more", "+")):
            button(c, hits[name], sign, touch(name, ui.over, ui.pressed, ui.focus))
        left, right = hits["button:fewer"].right, hits["button:more"].x
        text = f.words("track.neighbours", n=ui.reach)
        middle = (left + right) // 2
        c.text(text, Style.SMALL_STRONG, theme.TEXT, (middle, y), "center", right - left - c.px(6))
        state = touch("button:track", ui.over, ui.pressed, ui.focus)
        back = hits["button:track"]
        button(c, back, "", state)
        c.text("i", Style.STRONG, theme.GOLD, (back.middle[0] - c.px(4), y), "center")
        c.text("T", Style.TINY, theme.MUTED, (back.middle[0] + c.px(7), y), "center")


def _picture(oval: Racetrack) -> pygame.Surface:
    """Everything on the oval that never changes, drawn large and made small."""
    fine = sprites.FINE - 1
    box = oval.box
    big = Racetrack(Box(0, 0, box.w * fine, box.h * fine), oval.depth * fine)
    surface = sprites.clear((box.w * fine, box.h * fine), theme.LINE)
    line = max(fine, round(fine * oval.depth / 18))
    inner = Box(0, 0, *surface.get_size()).inset(big.depth)
    round_off = big.box.h // 2
    pygame.draw.rect(surface, theme.LINE, big.box, border_radius=round_off)
    for pocket in POCKETS:
        pygame.draw.polygon(surface, pockets.ground(pocket), big.cell(pocket))
    for pocket in POCKETS:
        corners = big.cell(pocket)
        pygame.draw.line(surface, theme.LINE, corners[0], corners[-1], line)
    pygame.draw.rect(surface, theme.LINE, big.box, line, border_radius=round_off)
    pygame.draw.rect(surface, (*theme.PANEL, 255), inner, border_radius=inner.h // 2)
    pygame.draw.rect(surface, theme.LINE, inner, line, border_radius=inner.h // 2)
    for at in range(len(BORDERS)):
        below, above = big.border(at)
        pygame.draw.line(surface, theme.LINE, below, above, line)
    return sprites.shrink(surface, (box.w, box.h))
