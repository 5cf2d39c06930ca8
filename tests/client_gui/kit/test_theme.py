"""What is written can be read."""

import pytest

from client_gui.games.roulette import looks
from client_gui.kit import theme
from client_gui.kit.theme import CHIPS, Rgb, chip_for


def luminance(colour: Rgb) -> float:
    parts = [c / 255 for c in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: Rgb, ground: Rgb) -> float:
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


PANELS = (theme.PANEL, theme.PANEL_2, theme.MINE, theme.TOP, theme.BUBBLE)
INKS = (theme.TEXT, theme.MUTED, theme.GOLD, theme.OK, theme.BAD_TEXT, looks.RED_TEXT)
PAIRS = [
    *((ink, ground) for ink in INKS for ground in PANELS),
    *((looks.ON_POCKET, ground) for ground in (looks.GREEN, looks.RED, looks.BLACK)),
    *((theme.TEXT, ground) for ground in (theme.CLOTH_LIT, theme.CLOTH_DIM, theme.RAISED)),
    *((ink, theme.CLOTH_LIT) for ink in (theme.ON_CLOTH, theme.GOLD_LIT)),
    (theme.MUTED, theme.RAISED),
    (theme.TEXT, looks.PILL_OPEN),
    (theme.TEXT, looks.PILL_CALL),
    (theme.TEXT, theme.BAD_SHADE),
    (theme.OK, looks.OK_SHADE),
    (theme.ON_GOLD, theme.GOLD_TOP),
    (theme.ON_GOLD, theme.GOLD_BOTTOM),
    (theme.ON_GOLD_DIM, theme.GOLD_TOP),
]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_ink_stands_out_from_what_it_is_written_on(ink: Rgb, ground: Rgb) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("value", sorted(CHIPS))
def test_a_chip_tells_its_worth(value: int) -> None:
    assert contrast(CHIPS[value].text, CHIPS[value].face) >= 4.5


def test_a_stack_looks_like_its_largest_chip() -> None:
    assert [chip_for(n) for n in (0, 1, 4, 5, 24, 25, 60, 100, 250, 999, 5000)] == [
        1, 1, 1, 5, 5, 25, 25, 100, 100, 500, 1000,
    ]  # fmt: skip
