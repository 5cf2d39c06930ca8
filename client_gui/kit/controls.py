"""Buttons and text fields: drawn here, pressed in the scenes."""

from collections.abc import Collection
from typing import NamedTuple

from client_gui.kit import theme, writing
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas
from client_gui.kit.resources import sanitize
from client_gui.kit.theme import Rgb, Style
from client_gui.kit.writing import Writing

FIELD_PAD = 12


class Touch(NamedTuple):
    """What mouse and keyboard are doing with a control."""

    over: bool = False
    pressed: bool = False
    focused: bool = False


IDLE = Touch()


def touch(name: str, over: str | None, pressed: str | None, focus: str | None) -> Touch:
    return Touch(over == name, pressed == name and over == name, focus == name)


def button(
    canvas: Canvas, box: Box, label: str, state: Touch = IDLE, key: str = "",
    gold: bool = False, enabled: bool = True, danger: bool = False, chosen: bool = False,
    small: bool = False, among: Collection[str] = (),
) -> None:  # fmt: skip
    """A button with its key in the corner; `small`: one of several in little room; `among` those
    whose labels stand in its row.
    """
    radius = 10
    ink: Rgb = theme.TEXT
    key_ink: Rgb = theme.MUTED
    if not enabled:
        canvas.plate(box, radius, theme.PANEL, theme.EDGE_DIM)
        ink, key_ink = theme.FAINT, theme.FAINT
    elif gold:
        canvas.gold_plate(box, radius, state.over, state.pressed)
        ink, key_ink = theme.ON_GOLD, theme.ON_GOLD_DIM
    else:
        fill = theme.PRESSED if state.pressed else theme.RAISED if state.over else theme.PANEL_2
        edge = theme.BAD if danger else theme.GOLD if chosen else theme.EDGE
        canvas.plate(box, radius, fill, edge, 1.3 if danger or chosen else 1)
    style = Style.TITLE if gold and box.h >= canvas.px(52) else Style.MEDIUM
    style = Style.SMALL_STRONG if small else style
    room = box.w - canvas.px(14)
    x, y = box.middle
    hint = canvas.width(key, Style.TINY) if key else 0
    if key:
        corner = (box.right - canvas.px(9), box.y + canvas.px(11))
        canvas.text(key, Style.TINY, key_ink, corner, align="right")
        if box.h < canvas.px(40):
            room = box.w - 2 * (hint + canvas.px(14))
        else:
            y += canvas.px(2)
    canvas.text(label, style, ink, (x, y), align="center", room=room, among=among)
    if state.focused:
        canvas.frame(box.grown(canvas.px(3)), theme.FOCUS, 2, radius + 3)


def field(
    canvas: Canvas, box: Box, text: str, state: Touch = IDLE, label: str = "", hint: str = "",
    secret: bool = False, bad: bool = False, big: bool = False, ghost: bool = False,
    line: Writing | None = None,
) -> None:  # fmt: skip
    """A place to type. With a label it holds a number at its right, as `SUM` does."""
    edge = theme.BAD if bad else theme.FOCUS if state.focused else theme.EDGE
    fill = theme.RAISED if state.over and not state.focused else theme.PANEL_2
    canvas.plate(box, 10, fill, edge, 1.6 if state.focused or bad else 1)
    pad = canvas.px(FIELD_PAD)
    x, y = box.x + pad, box.middle[1]
    line = line or Writing.end_of(text)
    shown = "•" * len(text) if secret else text
    style = Style.SUM if big else Style.BODY
    ink = theme.MUTED if ghost else theme.TEXT
    if label:
        room = box.w - 2 * pad
        # Where both do not fit, the number matters more than its name.
        if canvas.width(shown, style) + pad + canvas.label_width(label) <= room:
            canvas.label(label, (x, y))
        wide = canvas.text(shown, style, ink, (box.right - pad, y), "right", room, foreign=True)
        end = box.right - pad + canvas.px(3)
        wide = min(wide, room)
    else:
        if not text and hint:
            left = canvas.px(6) if state.focused else 0  # The caret stands before it.
            room = box.w - 2 * pad - left
            canvas.text(hint, style, theme.MUTED, (x + left, y), room=room)
        end = _letters(canvas, box.inset(pad, 0), shown, style, ink, line, state.focused)
    if state.focused:
        high = canvas.line_height(style, 1.1)
        canvas.fill(Box(end, y - high // 2, max(1, canvas.px(1.5)), high), theme.FOCUS)


def _letters(
    canvas: Canvas, box: Box, text: str, style: theme.Type, ink: Rgb, line: Writing, focused: bool
) -> int:  # fmt: skip
    """What of the line fits, the caret in it, over what is chosen. Returns where the caret is."""

    def width(part: str) -> int:
        return canvas.width(sanitize(part), style)

    start, stop = writing.shown(width, text, line.at, box.w - canvas.px(2))
    y = box.middle[1]
    low, at, high = (
        box.x + width(text[start : max(start, min(stop, to))])
        for to in (line.span[0], line.at, line.span[1])
    )
    if focused and low != high:
        tall = canvas.line_height(style, 1.25)
        canvas.fill(Box(low, y - tall // 2, high - low, tall), theme.CHOSEN)
    canvas.text(text[start:stop], style, ink, (box.x, y), foreign=True)
    return at + canvas.px(2) if line.at == len(text) else at
