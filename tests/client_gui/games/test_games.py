"""The table of the games that the window can draw."""

from client.games import GAMES
from client_gui.games import CLASSIC, SCENES
from client_gui.kit.words import LANGUAGES, Words


def test_the_window_draws_every_game_that_the_client_knows() -> None:
    assert SCENES.keys() == GAMES.keys()
    assert CLASSIC in SCENES.values()


def test_every_game_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert all(Words(language).has(f"game.{game.name}") for game in GAMES.values())
