"""A form as it is drawn: the same for every small game."""

from client.games.form.state import FormState
from client_gui.games.form.hand import Hand
from client_gui.games.form.layout import Placed, arrange, controls_in
from client_gui.kit import theme
from client_gui.kit.box import Box
from client_gui.kit.canvas import Canvas, Hits
from client_gui.kit.controls import button, field, touch
from client_gui.kit.theme import Style
from client_gui.kit.writing import Writing

SEND = "→"


def placed(canvas: Canvas, form: FormState, language: str, box: Box) -> Placed:
    """Where everything is, in the type of this canvas."""
    return arrange(
        *(form, language, box, canvas.scale),
        lambda text, room: canvas.wrapped(text, Style.BODY, room),
    )


def hits(canvas: Canvas, form: FormState, language: str, box: Box) -> Hits:
    """What can be clicked, by name."""
    return placed(canvas, form, language, box).controls


def controls_of(form: FormState, language: str, box: Box, scale: float) -> Hits:
    """The same, where there is nothing to draw on."""
    return controls_in(form.offered(language), box, scale)


def draw(
    canvas: Canvas, form: FormState, language: str, box: Box, hand: Hand, now: float
) -> None:  # fmt: skip
    """All of it."""
    places = placed(canvas, form, language, box)
    canvas.plate(box, 14, theme.PANEL, theme.EDGE)
    seconds, right = form.seconds_left(now), places.title.right
    if seconds is not None:
        clock = f"{seconds // 60}:{seconds % 60:02}"
        at = right, places.title.middle[1]
        right -= canvas.text(clock, Style.TITLE, theme.GOLD, at, "right") + canvas.px(12)
    x, y = places.title.x, places.title.middle[1]
    title = form.title(language)
    canvas.text(title, Style.TITLE, theme.TEXT, (x, y), room=right - x, foreign=True)
    for place, line in places.lines:
        at = place.x, place.middle[1]
        canvas.text(line, Style.BODY, theme.TEXT, at, room=place.w, foreign=True)
    for place, label in places.labels:
        at = place.x, place.middle[1]
        canvas.text(label, Style.SMALL, theme.MUTED, at, room=place.w, foreign=True)
    words = _words(form, language)
    for name, place in places.controls.items():
        state = touch(name, hand.over, hand.pressed, hand.focus)
        if name.startswith("field:"):
            typed = hand.typed.get(int(name.partition(":")[2]), Writing())
            field(canvas, place, typed.text, state, hint=words[name], line=typed)
            continue
        button(canvas, place, "", state, gold=name.startswith("send:"))
        ink = theme.ON_GOLD if name.startswith("send:") else theme.TEXT
        room = place.w - canvas.px(14)
        style, middle = Style.MEDIUM, place.middle
        canvas.text(words[name], style, ink, middle, "center", room=room, foreign=True)


def _words(form: FormState, language: str) -> dict[str, str]:
    """What stands on each control."""
    words: dict[str, str] = {}
    for action, label, choices in form.offered(language):
        number = action.action
        words[f"press:{number}"] = label
        words[f"send:{number}"] = SEND
        words[f"field:{number}"] = f"{action.least}–{action.most}" if action.most else ""
        words |= {f"choice:{number}:{place}": choice for place, choice in enumerate(choices)}
    return words
