"""Where a form's lines and controls are: a function of its box, the scale and the words. Pure."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from client.games.form.state import FormState, Offered
from client_gui.games.form.hand import WRITTEN
from client_gui.kit.box import Box
from protocol.house.lists import ActionKind

PAD, GAP = 18, 8
TITLE, LINE, LABEL, CONTROL = 40, 23, 22, 40
ACROSS = 5
"""So many choices stand side by side at the most."""

Wrap = Callable[[str, int], Sequence[str]]
"""A line as it is broken in so much room."""


class Placed(NamedTuple):
    """Where everything is."""

    title: Box
    lines: tuple[tuple[Box, str], ...]
    """What fits, each as it is broken."""
    labels: tuple[tuple[Box, str], ...]
    controls: dict[str, Box]


def arrange(form: FormState, language: str, box: Box, scale: float, wrap: Wrap) -> Placed:
    """The title at the top, the controls at the bottom, the lines between them."""

    def px(length: float) -> int:
        return max(1, round(length * scale))

    inner = box.inset(px(PAD), px(PAD))
    title = Box(inner.x, inner.y, inner.w, px(TITLE))
    rows = _rows(form.offered(language))
    labels, controls = _placed(rows, box, scale)
    room = inner.bottom - sum(px(high) + px(GAP) for high, _, __ in rows) - title.bottom
    broken = [piece for line in form.lines(language) for piece in wrap(line, inner.w)]
    most = max(0, room // px(LINE))
    if len(broken) > most:
        broken = [*broken[: most - 1], "…"][:most]
    lines = tuple(
        (Box(inner.x, title.bottom + place * px(LINE), inner.w, px(LINE)), piece)
        for place, piece in enumerate(broken)
    )
    return Placed(title, lines, tuple(labels), controls)


WIDEST = 860


def fitting(offered: Sequence[Offered], area: Box, scale: float, wide: Sequence[int]) -> Box:
    """In the middle of an area: as wide as one reads, as high as lines so `wide` and the controls
    need.
    """

    def px(length: float) -> int:
        return max(1, round(length * scale))

    w = min(area.w, px(WIDEST))
    room = w - 2 * px(PAD)
    broken = sum(1 + round(each * 1.06) // room for each in wide)
    rows = sum(px(high) + px(GAP) for high, _, __ in _rows(offered))
    high = min(area.h, 2 * px(PAD) + px(TITLE) + broken * px(LINE) + px(LINE) + rows)
    return Box(area.x + (area.w - w) // 2, area.y + (area.h - high) // 3, w, high)


def controls_in(offered: Sequence[Offered], box: Box, scale: float) -> dict[str, Box]:
    """Where what can be clicked is: from below, however many lines there are."""
    return _placed(_rows(offered), box, scale)[1]


Row = tuple[int, str, list[tuple[str, float]]]
"""How high it is; its words, or its controls and their shares of its width."""


def _placed(
    rows: Sequence[Row], box: Box, scale: float
) -> tuple[list[tuple[Box, str]], dict[str, Box]]:
    """The words and the controls of the rows, the last at the bottom."""

    def px(length: float) -> int:
        return max(1, round(length * scale))

    inner = box.inset(px(PAD), px(PAD))
    y = inner.bottom - sum(px(high) + px(GAP) for high, _, __ in rows)
    labels: list[tuple[Box, str]] = []
    controls: dict[str, Box] = {}
    for high, words, names in rows:
        row = Box(inner.x, y, inner.w, px(high))
        if words:
            labels.append((row, words))
        if names:
            places = row.columns(tuple(share for _, share in names), px(GAP))
            controls |= {name: place for (name, _), place in zip(names, places, strict=True)}
        y += px(high) + px(GAP)
    return labels, controls


def _rows(offered: Sequence[Offered]) -> list[Row]:
    rows: list[Row] = []
    pressed = [each.action for each in offered if each.action.kind is ActionKind.PRESS]
    for action, label, choices in offered:
        if action.kind in WRITTEN:
            rows.append((LABEL, label, []))
            names = [(f"field:{action.action}", 0.72), (f"send:{action.action}", 0.28)]
            rows.append((CONTROL, "", names))
        elif action.kind is ActionKind.CHOICE:
            rows.append((LABEL, label, []))
            for first in range(0, len(choices), ACROSS):
                places = range(first, min(first + ACROSS, len(choices)))
                rows.append((CONTROL, "", [(f"choice:{action.action}:{n}", 1.0) for n in places]))
    if pressed:
        rows.append((CONTROL, "", [(f"press:{action.action}", 1.0) for action in pressed]))
    return rows
