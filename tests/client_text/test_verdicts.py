"""What came of checking a number that was drawn for one, in the words of a small game."""

import pytest

from client.house.events import Judged
from tests.client.states import judged
from tests.client_text.games.form.test_game import ATTIC, at_the_attic

FAIR = {
    "en": "✓ The number is checked: nobody could steer it, and your own say is in it.",
    "ru": "✓ Число проверено: им никто не мог управлять, и ваш голос в нём есть.",
}


@pytest.mark.parametrize("language", FAIR)
def test_a_number_that_nobody_could_steer_has_a_tick(language: str) -> None:
    anna = at_the_attic(language)
    (line,) = anna.hear(Judged(judged(5), table=ATTIC))
    assert line.endswith(FAIR[language])


def test_what_is_not_green_has_no_tick_and_says_why() -> None:
    anna = at_the_attic()
    (line,) = anna.hear(Judged(judged(6, greys=("missed",)), table=ATTIC))
    assert line.endswith(
        "The number is checked as far as it can be: your link was not sent in time, or your line"
        " broke within the window."
    )


def test_what_is_red_names_its_evidence() -> None:
    anna = at_the_attic()
    line, evidence = anna.hear(Judged(judged(7, "draw", "late"), "/x.json", ATTIC))
    assert line.endswith(
        "✗ The number does not add up: the result does not follow; what was due did not come."
        " Ask the host before you play on."
    )
    assert "/x.json" in evidence
