import pytest

from protocol.fair.drawing import same
from protocol.fair.verdict import GREY, RED, Colour, Verdict

ALIKE = [None, True, False, 0, 1, -1, 1.0, "", "1", [], {}, [1], [1, 2], {"a": 1}, {"a": [1]}]


def test_two_results_say_the_same_when_they_are_written_the_same() -> None:
    for at, ours in enumerate(ALIKE):
        assert [same(ours, theirs) for theirs in ALIKE] == [other == at for other in range(15)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([1, 2], [2, 1]),
        ([1, 2], [1]),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 1, "b": 1}),
        ({"a": {"b": [1, True]}}, {"a": {"b": [1, 1]}}),
    ],
)
def test_two_results_that_differ_within(ours: object, theirs: object) -> None:
    assert not same(ours, theirs)
    assert not same(theirs, ours)
    assert same(ours, ours)


def test_the_order_of_keys_says_nothing() -> None:
    assert same({"a": 1, "b": 2}, {"b": 2, "a": 1})


def test_the_worst_colour_counts() -> None:
    verdict = Verdict()
    colours = [verdict.colour]
    verdict.grey("nobody")
    colours.append(verdict.colour)
    verdict.red("chain")
    colours.append(verdict.colour)
    verdict.grey("left")
    colours.append(verdict.colour)
    assert colours == [Colour.GREEN, Colour.GREY, Colour.RED, Colour.RED]
    assert sorted({*colours}) == [Colour.GREEN, Colour.GREY, Colour.RED]
    assert [*map(int, Colour)] == [0, 1, 2]


def test_the_first_word_on_a_step_stays() -> None:
    verdict = Verdict()
    verdict.red("chain", "event 1")
    verdict.red("chain", "event 2")
    verdict.grey("withheld", "account 1")
    verdict.grey("withheld", "account 2")
    assert verdict == Verdict({"chain": "event 1"}, {"withheld": "account 1"})


def test_no_step_and_no_reason_is_made_up() -> None:
    with pytest.raises(AssertionError):
        Verdict().red("withheld")
    with pytest.raises(AssertionError):
        Verdict().grey("chain")


def test_every_word_has_a_meaning_of_its_own() -> None:
    meanings = [*GREY.values(), *RED.values()]
    assert all(meanings)
    assert len({*meanings}) == len(meanings) == len(GREY) + len(RED) == 39
    assert not GREY.keys() & RED.keys()
