from typing import Any

import pytest

from protocol.fair.drawing import Drawing, Misread, Unlawful
from protocol.fair.hashes import What
from protocol.games.roulette.drawing import (
    ROULETTE,
    ROULETTE_00,
    known,
    rules_of,
    stake_of,
)
from protocol.games.roulette.lists import Zero
from protocol.games.roulette.rules import CHANCES, HIGH, LOCK, SPOT_OF
from tests.protocol.games.chance import Chosen

RED, LOW = 153, 151


def spin(stakes: Any = None, *rules: str, double: bool = False) -> Drawing:
    kind = ROULETTE_00 if double else ROULETTE
    return kind.start(rules, b"", {1: stakes or []}, True)


def returned(bet: tuple[int, int, int], pocket: int, *rules: str, double: bool = False) -> int:
    """In half chips."""
    made = spin([bet], *rules, double=double)
    made.keep(What.SPIN, b"", {"pocket": pocket})
    halves = made.payouts()
    assert halves is not None
    return halves[1][0]


def test_a_pocket_is_drawn_from_all_of_the_wheel() -> None:
    for double, pockets in ((False, 37), (True, 38)):
        for pocket in (0, pockets - 1):
            made = spin(double=double)
            assert made.draw(What.SPIN, b"", Chosen(pocket)) == {"pocket": pocket}
            assert made.fits(What.SPIN, b"", Chosen(pocket), {"pocket": pocket})
            assert not made.fits(What.SPIN, b"", Chosen(pocket), {"pocket": 5})
        with pytest.raises(AssertionError):
            spin(double=double).draw(What.SPIN, b"", Chosen(pockets))


def test_a_round_has_one_spin() -> None:
    made = spin()
    made.keep(What.SPIN, b"", {"pocket": 3})
    with pytest.raises(Unlawful, match="one spin"):
        made.draw(What.SPIN, b"", Chosen(1))
    for what in (0, What.DEAL, What.BALL, 12):
        with pytest.raises(Unlawful, match="one spin"):
            spin().draw(what, b"", Chosen(1))
    for what in (What.SPIN, What.DEAL):
        with pytest.raises(Misread, match="no detail"):
            spin().draw(what, b"x", Chosen(1))
    with pytest.raises(Misread, match="no state"):
        ROULETTE.start((), b"x", {}, True)
    with pytest.raises(Unlawful, match="nothing is decided"):
        spin().note(b"")
    with pytest.raises(Unlawful, match="not fallen"):
        spin().payouts()


@pytest.mark.parametrize("pocket", [-1, 37, 38, True, 5.0, "5", None, [5]])
def test_there_is_no_such_pocket(pocket: Any) -> None:
    made = spin()
    with pytest.raises(Unlawful, match="no such pocket"):
        made.keep(What.SPIN, b"", {"pocket": pocket})


def test_double_zero_is_a_pocket_of_its_wheel() -> None:
    made = spin(double=True)
    made.keep(What.SPIN, b"", {"pocket": 37})
    assert made.payouts() == {1: []}
    with pytest.raises(Unlawful, match="no such pocket"):
        spin(double=True).keep(What.SPIN, b"", {"pocket": 38})


@pytest.mark.parametrize(
    ("covers", "times"),
    [((17,), 36), ((17, 20), 18), ((16, 17, 18), 12), ((14, 15, 17, 18), 9)],
)
def test_each_bet_shares_36_by_what_it_covers(covers: tuple[int, ...], times: int) -> None:
    assert returned((SPOT_OF[covers], 0, 5), 17) == 2 * 5 * times
    assert returned((SPOT_OF[covers], 0, 5), 36) == 0


def test_every_spot_pays_36_by_what_it_covers_at_every_pocket() -> None:
    for covers, spot in SPOT_OF.items():
        if 37 not in covers:
            for pocket in range(37):
                won = 2 * (36 // len(covers)) if pocket in covers else 0
                assert returned((spot, 0, 1), pocket) == won


def test_the_spots_beside_a_double_zero() -> None:
    there = {157: (37,), 158: (0, 37), 159: (2, 37), 160: (3, 37), 161: (0, 2, 37), 162: (2, 3, 37)}
    there[163] = (0, 1, 2, 3, 37)
    for spot, covers in there.items():
        assert returned((spot, 0, 1), 37, double=True) == 2 * (36 // len(covers))
        for pocket in range(37):
            won = 2 * (36 // len(covers)) if pocket in covers else 0
            assert returned((spot, 0, 1), pocket, double=True) == won
        with pytest.raises(Unlawful, match="no spot"):
            spin([(spot, 0, 1)])
    for covers in ((0, 3), (0, 2, 3), (0, 1, 2, 3)):
        returned((SPOT_OF[covers], 0, 1), 3)
        with pytest.raises(Unlawful, match="no spot"):
            spin([(SPOT_OF[covers], 0, 1)], double=True)


@pytest.mark.parametrize("rule", ["partage", "surrender"])
def test_zero_gives_half_of_an_even_chance_back(rule: str) -> None:
    for double, zeros in ((False, (0,)), (True, (0, 37))):
        for spot in CHANCES:
            for zero in zeros:
                assert returned((spot, 0, 25), zero, rule, double=double) == 25
                assert returned((spot, 0, 25), zero, double=double) == 0
    assert returned((RED, 0, 25), 1, rule) == 100
    assert returned((RED, 0, 25), 2, rule) == 0
    assert returned((0, 0, 25), 0, rule) == 2 * 36 * 25
    assert returned((17, 0, 25), 0, rule) == 0


def test_a_locked_stake_comes_back_without_winning() -> None:
    assert returned((RED, 1, 25), 1, "prison") == 50
    assert returned((RED, 1, 25), 2, "prison") == 0
    assert returned((RED, 1, 25), 0, "prison") == 0
    assert returned((RED, 0, 25), 0, "prison") == 0
    assert returned((RED, 0, 25), 1, "prison") == 100
    assert returned((LOW, 2, 25), 1, "prison2") == 50
    assert returned((LOW, 1, 25), 0, "prison2", "partage") == 0


@pytest.mark.parametrize("rules", [(), ("partage",), ("prison",), ("prison2",)])
def test_a_stake_stays_locked_whatever_the_rules_are_later(rules: tuple[str, ...]) -> None:
    for kind in (1, 2):
        assert returned((RED, kind, 25), 1, *rules) == 50
        assert returned((RED, kind, 25), 0, *rules) == 0
    for kind in (3, 255):
        with pytest.raises(Unlawful, match="no spot"):
            spin([(RED, kind, 1)], *rules)


def test_only_even_chances_are_locked() -> None:
    with pytest.raises(Unlawful, match="only even chances"):
        spin([(17, 1, 1)], "prison")


@pytest.mark.parametrize("spot", [164, 175, 176, 255])
def test_no_chips_lie_elsewhere(spot: int) -> None:
    for double in (False, True):
        with pytest.raises(Unlawful, match="account 1 has chips where there is no spot"):
            spin([(spot, 0, 1)], double=double)


def test_everybody_gets_their_own_bets_back() -> None:
    made = ROULETTE.start((), b"", {1: [(17, 0, 1), (RED, 0, 2)], 4: [(17, 0, 3)], 5: []}, True)
    made.keep(What.SPIN, b"", {"pocket": 17})
    assert made.payouts() == {1: [72, 0], 4: [216], 5: []}


@pytest.mark.parametrize(
    ("spot", "stake"),
    [
        (17, (17, 0, 5)),
        (RED, (RED, 0, 5)),
        (LOCK[RED], (RED, 1, 5)),
        (175, (HIGH, 2, 5)),
        (163, (163, 0, 5)),
    ],
)
def test_a_locked_stake_is_frozen_as_one_on_its_chance(
    spot: int, stake: tuple[int, int, int]
) -> None:
    assert stake_of(spot, 5) == stake


def test_where_half_a_chip_can_come_back_the_rules_say_that_it_is_carried() -> None:
    assert [rules_of(zero) for zero in Zero] == [
        "",
        *("partage;odd=carry", "prison;odd=carry", "prison2;odd=carry", "surrender;odd=carry"),
    ]


def test_words_of_the_rules() -> None:
    assert all(map(known, ("partage", "prison", "prison2", "surrender")))
    assert not any(map(known, ("", "odd=down", "prison3", "Partage")))
    assert (ROULETTE.number, ROULETTE_00.number) == (1, 2)
    assert ROULETTE.known is ROULETTE_00.known is known
