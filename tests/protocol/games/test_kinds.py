from protocol.games.kinds import KINDS


def test_each_kind_of_draw_has_its_number_in_the_freeze() -> None:
    assert {name: kind.number for name, kind in KINDS.items()} == {
        "roulette": 1,
        "roulette00": 2,
        "blackjack": 3,
        "bingo75": 4,
        "bingo90": 5,
        "guess": 6,
        "sample": 7,
    }
