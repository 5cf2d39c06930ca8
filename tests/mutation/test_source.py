"""A piece of code is found by what it means, in the function that is named, and put back whole."""

import pytest

from mutation.source import NotThereError, Source

HOUSE = '''\
MOST = 10  # größer geht nicht


class Till:
    """Where the chips are."""

    def pay(self, price):
        if (
            price > self.chips  # not enough
        ):
            raise TooDear
        self.chips -= price
        self.note(price)

    def note(self, price):
        self.notes.append(price)


def price():
    return MOST - 1
'''


def replaced(where: str, old: str, new: str) -> str:
    source = Source(HOUSE, "till.py")
    return source.changed(source.replaced(where, old, new))


def test_an_expression_is_found_however_its_lines_are_laid_out() -> None:
    done = replaced("Till.pay", "price>self.chips", "price >= self.chips")
    assert done == HOUSE.replace("price > self.chips", "price >= self.chips")


def test_statements_are_replaced_and_stand_where_they_stood() -> None:
    old = "self.chips -= price\nself.note(price)"
    done = replaced("Till.pay", old, "self.note(price)\nself.chips -= price")
    assert done == HOUSE.replace(
        "        self.chips -= price\n        self.note(price)\n",
        "        self.note(price)\n        self.chips -= price\n",
    )


def test_a_statement_that_is_dropped_leaves_a_body_that_is_one() -> None:
    done = replaced("Till.note", "self.notes.append(price)", "")
    assert done == HOUSE.replace("self.notes.append(price)", "pass")
    assert "        pass\n" in replaced("Till.pay", "if price > self.chips:\n    raise TooDear", "")


def test_a_file_without_a_function_is_all_of_it() -> None:
    assert replaced("", "MOST = 10", "MOST = 20") == HOUSE.replace("= 10", "= 20")


def test_an_operator_beside_the_place_does_not_tear_it_apart() -> None:
    source = Source("x = 2 * rate\n")
    assert source.changed(source.replaced("", "rate", "a + b")) == "x = 2 * (a + b)\n"


@pytest.mark.parametrize(
    ("where", "old", "words"),
    [
        ("Till.note", "self.chips -= price", "0 times: self.chips -= price"),
        ("Till.pay", "price", "3 times: price"),
        ("Till.close", "x", "0 times: Till.close"),
    ],
)
def test_what_is_not_there_once_is_named(where: str, old: str, words: str) -> None:
    with pytest.raises(NotThereError, match=words):
        replaced(where, old, "y")
