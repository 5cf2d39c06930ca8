"""One moment of the table scene: how its sums are written."""

from client_gui.games.roulette.scene.table import TableScene
from client_gui.kit.resources import Cache, Typesetter
from client_gui.kit.theme import Style
from client_gui.kit.words import Words, number, signed
from tests.client_gui.states import NOW, PLAYER


def test_a_sum_stands_in_full_where_it_just_fits_and_is_short_with_its_sign_elsewhere() -> None:
    scene = TableScene(Words("en"), Typesetter(), Cache(2000))
    scene.resize((1280, 800))
    scene.show_table(PLAYER, NOW)
    frame = scene.frame(NOW)
    wide = frame.wide(number(-1284), Style.BODY)
    assert frame.sum(-1284, Style.BODY, wide) == number(-1284)
    assert frame.sum(-1284, Style.BODY, wide - 1) == "−1.2k"
    assert frame.sum(1284, Style.BODY, 0, signed) == "+1.2k"
    assert frame.sum(1284, Style.BODY, 9999, signed) == signed(1284)
