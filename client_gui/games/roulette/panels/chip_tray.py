"""Below the layout: the player's chips, the sum, and the buttons for what was laid."""

from collections.abc import Hashable
from functools import partial
from typing import NamedTuple

from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels.favourites import may_keep
from client_gui.kit import sprites, theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Style
from client_gui.kit.words import number
from client_gui.shell.view import Role


def _plays(f: Frame) -> bool:
    return f.view.role is Role.PLAYER


class ChipTray:
    """The chips to choose from, the field `SUM`, the total."""

    def box(self, f: Frame) -> Box:
        return f.layout.chip_tray.grown(f.layout.px(6))

    def face(self, f: Frame) -> Hashable:
        if not _plays(f):
            return None
        ui = f.ui
        mine = {ui.over, ui.focus, ui.pressed} & set(self.hits(f))
        stake = f.view.at_stake, f.view.balance
        return f.at, ui.chip, ui.sum, frozenset(mine), ui.focus, stake, ui.choosing

    def hits(self, f: Frame) -> Hits:
        if not _plays(f):
            return {}
        box, px = f.layout.chip_tray, f.layout.px
        chips_w = round(box.w * (0.52 if f.view.classic else 0.49))
        step = chips_w / len(theme.CHIPS)
        size = min(px(50), round(step * 0.96))
        hits = {
            f"chip:{value}": Box(
                box.x + round(step * at + (step - size) / 2), box.middle[1] - size // 2, size, size
            )
            for at, value in enumerate(theme.CHIPS)
        }
        hits["field:sum"] = Box(
            box.x + chips_w + px(10), box.y + px(6), round(box.w * 0.205), box.h - px(12)
        )
        if may_keep(f):
            side = box.h - px(16)
            hits["button:favourites"] = Box(box.right - side, box.y + px(8), side, side)
        return hits

    def draw(self, c: Canvas, f: Frame) -> None:
        hits, ui = self.hits(f), f.ui
        for value in theme.CHIPS:
            name = f"chip:{value}"
            spot = hits[name]
            chosen = value == ui.chip and not ui.sum
            size = spot.w if chosen or ui.over == name else round(spot.w * 0.88)
            c.chip(value, size // 2 * 2, spot.middle)
            if chosen:
                ring = spot.w + c.px(9)
                made = ("chosen", ring)
                c.sprite(made, partial(sprites.ring, ring, 2.4 * c.scale, theme.GOLD), spot.middle)
            if ui.focus == name:
                c.frame(spot.grown(c.px(5)), theme.FOCUS, 2, 8)
        state = touch("field:sum", ui.over, ui.pressed, ui.focus)
        shown = number(ui.amount()) if not ui.sum else number(int(ui.sum))
        field(
            c, hits["field:sum"], shown, state, label=f.words("chip_tray.sum"), big=True,
            ghost=not ui.sum,
        )  # fmt: skip
        x = hits["field:sum"].right + c.px(18)
        room = f.layout.chip_tray.right - x
        if star := hits.get("button:favourites"):
            room = star.x - c.px(6) - x
            state = touch("button:favourites", ui.over, ui.pressed, ui.focus)
            button(c, star, "", state, "F", chosen=ui.choosing)
            at = (star.middle[0] - c.px(3), star.middle[1] + c.px(2))
            c.icon("star", c.px(18), theme.GOLD, at)
        y = f.layout.chip_tray.middle[1]
        c.text(
            f.words("chip_tray.total"), Style.SMALL, theme.ON_CLOTH, (x, y - c.px(13)), room=room
        )
        total = number(f.view.at_stake)
        c.text(total, Style.SUM, theme.GOLD_LIT, (x, y + c.px(10)), room=room)


class Key(NamedTuple):
    name: str
    label: str
    hint: str
    weight: float = 1.0


MODERN = (
    Key("button:undo", "chip_tray.undo", "Z"),
    Key("button:redo", "chip_tray.redo", "Y"),
    Key("button:double", "chip_tray.double", "D"),
    Key("button:rebet", "chip_tray.rebet", "R"),
    Key("button:clear", "chip_tray.clear", "X"),
    Key("button:all", "chip_tray.all", "A"),
)
CLASSIC = (Key("button:list", "chip_tray.list", "L"),)


class Keys:
    """Undo, double, rebet, clear; in classic only the list, because nothing can be taken back."""

    def box(self, f: Frame) -> Box:
        keys, hand = f.layout.keys, f.layout.chip_tray
        top = hand.y if f.view.role is Role.WATCHER else keys.y
        return Box(keys.x, top, keys.w, keys.bottom - top).grown(f.layout.px(4))

    def face(self, f: Frame) -> Hashable:
        ui = f.ui
        if f.view.role is Role.WATCHER:
            return f.at
        if not _plays(f):
            return None
        return (
            f.at,
            ui.over,
            ui.pressed,
            ui.focus,
            self._enabled(f),
            ui.all_in,
            bool(f.known.free),
        )

    @staticmethod
    def _keys(f: Frame) -> tuple[Key, ...]:
        return CLASSIC if f.view.classic else MODERN

    @staticmethod
    def _enabled(f: Frame) -> frozenset[str]:
        able = {"button:list"}
        if f.known.may_bet:
            if f.known.free:
                able |= {"button:undo", "button:clear"}
            if f.ui.deeds.done:
                able.add("button:undo")
            if f.ui.deeds.undone:
                able.add("button:redo")
            if f.ui.last:
                able.add("button:rebet")
            if f.known.free or f.ui.last:
                able.add("button:double")
            if f.known.balance:
                able.add("button:all")
        return frozenset(able)

    def hits(self, f: Frame) -> Hits:
        if not _plays(f):
            return {}
        keys = self._keys(f)
        boxes = f.layout.keys.columns(tuple(k.weight for k in keys), f.layout.px(10))
        return {key.name: box for key, box in zip(keys, boxes, strict=True)}

    def draw(self, c: Canvas, f: Frame) -> None:
        if f.view.role is Role.WATCHER:
            x, y = f.layout.keys.middle[0], (f.layout.chip_tray.y + f.layout.keys.bottom) // 2
            text = f.words("chip_tray.watching")
            wide = c.text(text, Style.BODY, theme.ON_CLOTH, (x, y), "center", room=f.layout.keys.w)
            c.icon("eye", c.px(20), theme.ON_CLOTH, (x - wide // 2 - c.px(20), y))
            return
        able = self._enabled(f)
        hits = self.hits(f)
        labels = {key.name: f.words(key.label) for key in self._keys(f)}
        if "button:double" in able and not f.known.free:
            labels["button:double"] = f.words("chip_tray.rebet_double")
        for key in self._keys(f):
            state = touch(key.name, f.ui.over, f.ui.pressed, f.ui.focus)
            chosen = key.name == "button:all" and f.ui.all_in
            button(
                c, hits[key.name], labels[key.name], state, key.hint,
                enabled=key.name in able, chosen=chosen, among=labels.values(),
            )  # fmt: skip
