"""The record's page of fairness: a round recomputed step by step, before one's eyes."""

from collections.abc import Hashable
from typing import NamedTuple

from client.games.roulette.fair.steps import Part, Proof, Working, pocket_of
from client_gui.games.roulette.frame import Frame
from client_gui.games.roulette.panels import pockets
from client_gui.games.roulette.record import looked_at, numbers_on, steps_done
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, touch
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.words import number
from protocol.fair.verdict import Colour

COPY, AGAIN = "button:evidence", "button:again"
SIGNS = {"S": "S(e)", "S−1": "S(e−1)", "F": "F", "R": "R", "P": "P", "D": "D"}
STEPS = len(Part)


def brief(value: str) -> str:
    """Enough of a hash to compare it by eye."""
    return f"{value[:6]}…{value[-4:]}" if len(value) > 14 else value


class _Mark(NamedTuple):
    icon: str
    ink: Rgb


MARKS = {
    True: _Mark("tick", theme.OK),
    False: _Mark("cross", theme.BAD_TEXT),
}
ROUNDS = {Colour.GREEN: _Mark("tick", theme.OK), Colour.GREY: _Mark("tick", theme.MUTED)}
"""What a round has that holds; where nobody checked it has nothing."""


class ProofPage:
    def face(self, f: Frame) -> Hashable:
        ui = f.ui.record
        here = looked_at(f.view, ui)
        verdict = f.view.verdicts.get(here)
        proof = self._proof(f)
        done = steps_done(proof, ui, f.now) if proof is not None else 0
        return (
            here, id(verdict), done,
            numbers_on(f.view, "proof"), ui.scroll.get("proof", 0), ui.said, ui.file,
        )  # fmt: skip

    @staticmethod
    def _proof(f: Frame) -> Proof | None:
        return f.proof(looked_at(f.view, f.ui.record))

    # Places

    @staticmethod
    def _parts(f: Frame, box: Box) -> tuple[Box, Box, Box, Box]:
        """The rounds, the head of one, its steps, the foot."""
        px = f.layout.px
        foot = Box(box.x, box.bottom - px(42), box.w, px(42))
        wide = px(166)
        rounds = Box(box.x, box.y, wide, foot.y - px(8) - box.y)
        x = rounds.right + px(18)
        head = Box(x, box.y, box.right - x, px(48))
        steps = Box(x, head.bottom + px(6), head.w, foot.y - px(6) - head.bottom - px(6))
        return rounds, head, steps, foot

    @staticmethod
    def _row(f: Frame) -> int:
        return max(19, f.layout.px(28))

    def fits(self, f: Frame, box: Box) -> int:
        return max(1, self._parts(f, box)[0].h // self._row(f))

    def first(self, f: Frame, box: Box) -> int:
        most = max(0, len(numbers_on(f.view, "proof")) - self.fits(f, box))
        return max(0, min(most, f.ui.record.scroll.get("proof", 0)))

    def _rows(self, f: Frame, box: Box) -> list[tuple[int, Box]]:
        area, high, first = self._parts(f, box)[0], self._row(f), self.first(f, box)
        rows = numbers_on(f.view, "proof")[first : first + self.fits(f, box)]
        return [
            (each, Box(area.x, area.y + at * high, area.w, high)) for at, each in enumerate(rows)
        ]

    def hits(self, f: Frame, box: Box) -> Hits:
        rounds, head, _, foot = self._parts(f, box)
        px = f.layout.px
        hits: Hits = {"proofs": rounds}
        hits |= {f"round:{each}": place for each, place in self._rows(f, box)}
        proof = self._proof(f)
        if proof is not None:
            hits[AGAIN] = self._again(f, head)
        hits[COPY] = Box(foot.x, foot.y + px(4), px(210), foot.h - px(8))
        return hits

    @staticmethod
    def _again(f: Frame, head: Box) -> Box:
        px = f.layout.px
        return Box(head.right - px(150), head.y + px(5), px(150), px(38))

    # Pictures

    def draw(self, c: Canvas, f: Frame, box: Box) -> None:
        rounds, head, steps, foot = self._parts(f, box)
        if f.view.classic or not numbers_on(f.view, "proof"):
            text = f.words("proof.classic" if f.view.classic else "record.no_proofs")
            c.paragraph(text, Style.BODY, theme.MUTED, box.inset(box.w // 6, 0), "center")
            return
        here = looked_at(f.view, f.ui.record)
        for each, place in self._rows(f, box):
            self._round(c, f, place, each, each == here)
        c.rule(rounds.right + c.px(8), rounds.y, 1)
        proof = self._proof(f)
        self._head(c, f, head, here, proof)
        if proof is None:
            text = f.words("record.unchecked")
            self._lines(c, text, steps, theme.MUTED)
        else:
            self._steps(c, f, steps, proof)
        self._foot(c, f, box, foot, proof)

    def _round(self, c: Canvas, f: Frame, box: Box, each: int, here: bool) -> None:
        name = f"round:{each}"
        if here or f.ui.over == name:
            edge = theme.GOLD_DIM if here else None
            c.plate(Box(box.x, box.y + 1, box.w, box.h - 2), 6, theme.RAISED, edge)
        if f.ui.focus == name:
            c.frame(box, theme.FOCUS, 2, 6)
        y = box.middle[1]
        verdict = f.view.verdicts.get(each)
        room = round(box.w * 0.42)
        c.text(str(each), Style.SMALL, theme.TEXT, (box.x + c.px(8), y), room=room, foreign=True)
        right = box.right - c.px(10)
        pocket = self._pocket(f, each)
        if pocket is not None:
            wide, high = c.px(30), min(box.h - c.px(5), c.px(24))
            tile = Box(right - c.px(26) - wide, y - high // 2, wide, high)
            pockets.tile(c, tile, pocket, False, Style.SMALL_STRONG)
        if verdict is not None:
            icon, ink = ROUNDS.get(verdict.colour, MARKS[False])
            c.icon(icon, c.px(13), ink, (right - c.px(7), y))

    @staticmethod
    def _pocket(f: Frame, each: int) -> int | None:
        verdict = f.view.verdicts.get(each)
        if verdict is not None:
            return pocket_of(verdict)
        return next((past.pocket for past in f.view.night.rounds if past.round == each), None)

    def _head(self, c: Canvas, f: Frame, box: Box, here: int, proof: Proof | None) -> None:
        x, y = box.x, box.middle[1]
        pocket = proof.pocket if proof is not None else self._pocket(f, here)
        done = proof is not None and steps_done(proof, f.ui.record, f.now) >= len(proof.workings)
        side = c.px(40)
        if pocket is not None:
            tile = Box(x, y - side // 2, side, side)
            pockets.tile(c, tile, pocket, done, Style.SUM)
            x += side + c.px(12)
        again = self._again(f, box)
        room = again.x - x - c.px(10)
        first, second = box.inset(0, c.px(3)).rows((1, 1), 0)
        title = f.words("round_banner.round", n=number(here))
        c.text(title, Style.STRONG, theme.TEXT, (x, first.middle[1]), room=room)
        text, ink = self._outcome(f, proof, done)
        c.text(text, Style.SMALL, ink, (x, second.middle[1]), room=room)
        if proof is not None:
            state = touch(AGAIN, f.ui.over, f.ui.pressed, f.ui.focus)
            button(c, again, f.words("fair.again"), state, enabled=True)

    @staticmethod
    def _outcome(f: Frame, proof: Proof | None, done: bool) -> tuple[str, Rgb]:
        if proof is None:
            return f.words("record.unchecked"), theme.MUTED
        if proof.colour is Colour.RED:
            return f.words("record.bad"), theme.BAD_TEXT
        if not done:
            return f.words("fair.working"), theme.MUTED
        if proof.colour is Colour.GREY:
            return f.words("fair.partly"), theme.MUTED
        return f.words("fair.holds"), theme.OK

    def _steps(self, c: Canvas, f: Frame, box: Box, proof: Proof) -> None:
        done = steps_done(proof, f.ui.record, f.now)
        rows = box.rows((1.0,) * STEPS, c.px(3))
        for at, working in enumerate(proof.workings[:done]):
            self._step(c, f, rows[at], working)

    def _step(self, c: Canvas, f: Frame, box: Box, working: Working) -> None:
        looks = MARKS[working.holds]
        c.plate(box, 8, *((theme.PANEL_2, None) if working.holds else (theme.BAD_SHADE, theme.BAD)))
        side = c.px(34)
        c.icon(looks.icon, c.px(18), looks.ink, (box.x + side // 2 + c.px(3), box.middle[1]))
        inner = Box(box.x + side + c.px(6), box.y, box.w - side - c.px(16), box.h)
        first, second = inner.inset(0, c.px(4)).rows((1.15, 1), 0)
        words = [f"red.{each}" for each in working.failed] or [f"fair.{working.part}"]
        title = sentence("; ".join(map(f.words, words)))
        c.text(title, Style.SMALL_STRONG, theme.TEXT, (inner.x, first.middle[1]), room=inner.w)
        text = " · ".join(_input(f, sign, value) for sign, value in working.inputs)
        at = inner.x, second.middle[1]
        c.text(text, Style.TINY, theme.MUTED, at, room=inner.w, foreign=True)

    @staticmethod
    def _lines(c: Canvas, text: str, box: Box, ink: Rgb) -> None:
        for at, line in enumerate(c.wrapped(text, Style.SMALL, box.w)):
            y = box.y + c.px(16) + at * c.line_height(Style.SMALL)
            c.text(line, Style.SMALL, ink, (box.x, y), room=box.w)

    def _foot(self, c: Canvas, f: Frame, box: Box, foot: Box, proof: Proof | None) -> None:
        hits, ui = self.hits(f, box), f.ui
        state = touch(COPY, ui.over, ui.pressed, ui.focus)
        ready = proof is not None
        button(c, hits[COPY], f.words("fair.copy"), state, enabled=ready)
        x = hits[COPY].right + c.px(12)
        text, ink = ui.record.said, theme.OK if ui.record.good else theme.BAD_TEXT
        room = foot.right - x
        lines = c.wrapped(text, Style.TINY, room)[:3]
        if not text:
            ink = theme.MUTED
            whys = proof.greys if proof is not None else ()
            greys = sentence("; ".join(f.words(f"grey.{why.replace(' ', '_')}") for why in whys))
            lines = c.wrapped(greys or f.words("fair.how"), Style.TINY, room)[:2]
            if proof is not None and proof.anchor:
                lines = [*lines, f.words("fair.anchor", value=proof.anchor)]
        for at, line in enumerate(lines):
            y = foot.middle[1] + round((at - (len(lines) - 1) / 2) * c.line_height(Style.TINY))
            c.text(line, Style.TINY, ink, (x, y), room=room, foreign=True)


def sentence(words: str) -> str:
    """A reason as it stands alone."""
    return words[:1].upper() + words[1:]


def _input(f: Frame, sign: str, value: str) -> str:
    return f"{SIGNS.get(sign) or f.words(f'fair.in_{sign}')} {brief(value)}"
