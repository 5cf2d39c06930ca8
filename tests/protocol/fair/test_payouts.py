"""Who was paid what, against what each bet returned; and which rules can be judged."""

from collections.abc import Mapping

import pytest

from protocol.fair.hashes import u16
from protocol.games.blackjack.cards import CARDS
from tests.protocol.fair.night import SPIN, Bets, Document, Night, Step, said, verdicts

RED = 153
STAKES: Mapping[int, Bets] = {1: [(17, 0, 10), (RED, 0, 5)], 7: [(RED, 0, 3), (RED, 0, 4)]}
ZERO = SPIN._replace(told={"pocket": 0})
SHOE = b"".join(u16(6) for _ in CARDS)


def spun(rules: str = "", step: Step = SPIN, **paid: int) -> Document:
    """A round in which these were paid; by default what follows."""
    night = Night()
    payouts = {int(name[1:]): chips for name, chips in paid.items()} or None
    night.play("roulette", step, stakes=STAKES, rules=rules, payouts=payouts)
    return night.document()


def steps(document: Document) -> set[str]:
    return said(document)[0] - {"draw"}


def test_what_follows_was_paid() -> None:
    document = spun(step=SPIN._replace(told={"pocket": 17}))
    assert document["rounds"][0]["payouts"] == {"1": 360, "7": 0}
    assert said(document) == ({"draw"}, set())


def test_another_was_paid_something_else() -> None:
    document = spun(step=ZERO, a1=0, a7=1)
    assert verdicts(document)[0].reds["payouts"] == "account 7"


def test_oneself_was_paid_something_else() -> None:
    document = spun(step=ZERO, a1=1, a7=0)
    assert steps(document) == {"payouts", "own_payout"}
    document["rounds"][0]["own"]["payout"] = 0
    assert steps(document) == {"payouts"}
    document = spun(step=ZERO, a1=0, a7=0)
    document["rounds"][0]["own"]["payout"] = 1
    assert steps(document) == {"own_payout"}


def test_somebody_was_not_paid_at_all() -> None:
    """Nothing is a payout as well, and has to be told."""
    assert steps(spun(step=ZERO, a1=0)) == {"payouts"}
    assert steps(spun(step=ZERO, a1=0, a7=0)) == set()


def test_somebody_was_paid_who_had_no_bet() -> None:
    assert steps(spun(step=ZERO, a1=0, a7=0, a9=1)) == {"payouts"}
    assert steps(spun(step=ZERO, a1=0, a7=0, a9=0)) == set()


def test_the_first_who_is_wrong_is_named() -> None:
    document = spun(step=ZERO, a1=0, a7=5, a9=1, a3=1)
    assert verdicts(document)[0].reds["payouts"] == "account 3"


def test_without_lists_only_the_own_payout_is_judged() -> None:
    for key in ("stakes", "payouts"):
        document = spun(step=ZERO, a1=0, a7=5)
        del document["rounds"][0][key]
        assert steps(document) == set()
        document["rounds"][0]["own"]["payout"] = 5
        assert steps(document) == {"own_payout"}
        del document["rounds"][0]["own"]["payout"]
        assert steps(document) == set()


def test_without_lists_and_eyes_nothing_is_judged() -> None:
    document = spun(step=ZERO, a1=9, a7=9)
    del document["rounds"][0]["stakes"], document["rounds"][0]["own"]
    assert said(document) == (set(), {"watcher"})


def test_who_had_no_bet_gets_nothing_back() -> None:
    night = Night()
    night.play(stakes=STAKES, own=2)
    own = night.rounds[0]["own"]
    own["payout"] = 0
    assert said(night.document()) == (set(), set())
    own["payout"] = 1
    assert said(night.document()) == ({"own_payout"}, set())


# --- halves -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", ["partage", "partage;odd=down", "odd=down;;partage"])
def test_each_half_is_rounded_down(rules: str) -> None:
    """Account 7 has 3 and 4 on red: halves of 3 and 4, which are 1 and 2."""
    assert said(spun(rules, ZERO, a1=2, a7=3)) == ({"draw"}, set())
    for paid in (2, 4):
        assert steps(spun(rules, ZERO, a1=2, a7=paid)) == {"payouts"}


def test_halves_are_summed_with_one_that_was_owed() -> None:
    for paid in (3, 4):
        assert said(spun("partage;odd=carry", ZERO, a1=2, a7=paid)) == ({"draw"}, set())
    for paid in (2, 5):
        assert steps(spun("partage;odd=carry", ZERO, a1=2, a7=paid)) == {"payouts"}
    for paid, red in ((1, True), (2, False), (3, False), (4, True)):
        document = spun("partage;odd=carry", ZERO, a1=paid, a7=3)
        assert steps(document) == ({"payouts", "own_payout"} if red else set())


def test_carried_halves_of_several_bets_make_a_whole_chip() -> None:
    night = Night()
    stakes = {1: [(RED, 0, 3), (151, 0, 5)]}
    night.play("roulette", ZERO, stakes=stakes, rules="partage;odd=carry", payouts={1: 4})
    assert steps(night.document()) == set()
    night.play("roulette", ZERO, stakes=stakes, rules="partage", payouts={1: 4})
    assert steps(night.document()) == {"payouts", "own_payout"}


def test_who_had_no_half_is_not_owed_one() -> None:
    assert steps(spun("odd=carry", ZERO, a1=0, a7=0, a9=1)) == {"payouts"}


def test_the_first_word_on_halves_counts() -> None:
    assert steps(spun("partage;odd=down;odd=carry", ZERO, a1=2, a7=4)) == {"payouts"}
    assert steps(spun("partage;odd=carry;odd=down", ZERO, a1=2, a7=4)) == set()


# --- rules --------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["jackpot", "odd=up", "Partage", "partage=1"])
def test_payouts_under_a_word_that_is_not_known_are_not_judged(word: str) -> None:
    night = Night()
    rules = f"partage;{word}"
    night.play("roulette", ZERO, stakes=STAKES, rules=rules, payouts={1: 99, 7: 99})
    assert said(night.document()) == ({"draw"}, {"rules"})


def test_where_a_game_pays_by_another_page_nothing_is_judged() -> None:
    night = Night()
    hall = {1: [(1, 0, 5)]}
    ball = Step(7, u16(1))
    night.play("bingo75", Step(6), ball, stakes=hall, state=u16(75), rules="pot=9", payouts={1: 9})
    assert said(night.document()) == (set(), set())


# --- the end ------------------------------------------------------------------------------------


def test_nothing_is_paid_before_the_ball_has_fallen() -> None:
    night = Night()
    night.play("roulette", Step(10, bytes(8)), stakes=STAKES, payouts={1: 0, 7: 0})
    document = night.document()
    assert said(document) == ({"payouts", "own_payout"}, {"open"})
    del document["rounds"][0]["payouts"]
    assert said(document) == ({"own_payout"}, {"open"})
    del document["rounds"][0]["own"]["payout"]
    assert said(document) == (set(), {"open"})
    document["rounds"][0]["payouts"] = {}
    assert said(document) == (set(), {"open"})
    del document["rounds"][0]["own"]
    assert said(document) == (set(), {"open", "watcher"})


DEAL = Step(2, bytes((1, 1)), told={"boxes": {"1": ["Tc", "9c"]}, "up": "9c"})
STAND = Step(8, bytes((1, 0, 5, 0, 0)))
DEALER = Step(5, told={"dealer": ["9c", "8d"]})
BOX: Mapping[int, Bets] = {1: [(1, 0, 10)]}


def test_nothing_is_paid_before_the_hands_are_played_out() -> None:
    for played in ((DEAL,), (DEAL, STAND)):
        night = Night()
        night.play("blackjack", *played, stakes=BOX, state=SHOE, payouts={1: 0})
        assert said(night.document()) == ({"draw", "payouts", "own_payout"}, set())
    night = Night()
    night.play("blackjack", DEAL, STAND, DEALER, stakes=BOX, state=SHOE, payouts={1: 20})
    assert said(night.document()) == ({"draw"}, set())


def test_who_has_a_side_bet_is_paid_by_another_page() -> None:
    night = Night()
    stakes: Mapping[int, Bets] = {1: [(1, 0, 10), (1, 2, 5)], 2: [(1, 1, 10)]}
    night.play("blackjack", DEAL, STAND, DEALER, stakes=stakes, state=SHOE, payouts={1: 99, 2: 20})
    night.rounds[0]["own"]["payout"] = 99
    assert said(night.document()) == ({"draw"}, set())
    night.rounds[0]["payouts"]["2"] = 21
    assert said(night.document()) == ({"draw", "payouts"}, set())


# --- a game that cannot go on -------------------------------------------------------------------


def test_a_detail_of_another_layout_is_named_once() -> None:
    """And not as a result that does not follow; from there the game is not judged any more."""
    card = Step(4, b"x", told={"card": "2c"})
    night = Night()
    honest = DEAL._replace(told=None)
    night.play("blackjack", honest, card, card, stakes=BOX, state=SHOE, payouts={1: 77})
    assert verdicts(night.document())[0].reds == {
        "transcript": "event 2: a decision is box, hand, act, and the chips added",
    }


def test_a_note_of_another_layout_and_one_that_is_not_allowed() -> None:
    night = Night()
    night.play("blackjack", DEAL, Step(8, b"x"), STAND, DEALER, stakes=BOX, state=SHOE)
    assert said(night.document()) == ({"draw", "transcript"}, set())
    night = Night()
    honest = DEAL._replace(told=None)
    night.play("blackjack", honest, Step(8, bytes((7, 0, 5, 0, 0))), stakes=BOX, state=SHOE)
    assert verdicts(night.document())[0].reds == {"draw": "box 7 has no hand 0"}


@pytest.mark.parametrize("card", [{"card": "xx"}, {}, None, {"card": 5}])
def test_from_a_card_that_there_is_not_no_game_goes_on(card: object) -> None:
    night = Night()
    hit = Step(4, bytes((1, 0, 1, 0, 0)), told=card or {"no": "card"})
    night.play("blackjack", DEAL, hit, Step(8, b"x"), hit, stakes=BOX, state=SHOE)
    assert said(night.document()) == ({"draw"}, set())


def test_a_shoe_of_another_layout() -> None:
    night = Night()
    night.play("blackjack", DEAL, STAND, DEALER, stakes=BOX, state=SHOE)
    night.rounds[0]["state"] = "0000"
    assert said(night.document())[0] == {"draw", "freeze"}
    assert "52 cards" in verdicts(night.document())[0].reds["draw"]


def test_who_sees_only_their_own_bets_judges_their_own_hand() -> None:
    night = Night()
    stakes: Mapping[int, Bets] = {1: [(1, 0, 10)], 2: [(1, 1, 10)]}
    night.play("blackjack", DEAL, STAND, DEALER, stakes=stakes, state=SHOE)
    document = night.document()
    del document["rounds"][0]["stakes"], document["rounds"][0]["payouts"]
    assert said(document) == ({"draw"}, set())
    document["rounds"][0]["own"]["payout"] = 21
    assert said(document) == ({"draw", "own_payout"}, set())
    del document["rounds"][0]["own"]["stake"], document["rounds"][0]["own"]["payout"]
    assert said(document) == ({"draw"}, set())
