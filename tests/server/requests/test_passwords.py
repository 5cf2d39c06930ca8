"""Who knows a secret of the house, and what the host hears of who guesses."""

from server.limits import Limits
from server.people.digests import password_digest
from server.people.guesses import CROUPIERS, TABLES, Wrong, wrong_words
from server.people.people import Client
from server.requests.passwords import knows
from server.sayings import ToHost
from tests.server.pure import PureHouse


def test_a_secret_is_known_or_not_and_the_wrong_guesses_are_counted() -> None:
    pure = PureHouse(limits=Limits(guesses=2))
    anna = pure.stranger("10.0.0.5")
    right, wrong = password_digest("a"), password_digest("b")
    house = pure.house
    assert knows(house, anna, TABLES, right, right)
    assert anna.wrong_guesses == 0
    assert not knows(house, anna, TABLES, wrong, right)
    pure.advance(0)
    assert (anna.wrong_guesses, [each for each in pure.said if isinstance(each, ToHost)]) == (1, [])
    assert not knows(house, anna, TABLES, wrong, right)
    pure.advance(0)
    assert anna.wrong_guesses == 2
    assert [each.words for each in pure.said if isinstance(each, ToHost)] == [
        "10.0.0.5: wrong about the table's password, 2 times, waits 2 s"
    ]


def test_whoever_knows_the_croupiers_password_after_guesses_is_told_of() -> None:
    pure = PureHouse()
    anna, right = Client("10.0.0.5", name="Anna"), password_digest("a")

    def told() -> list[str]:
        pure.said.clear()
        assert knows(pure.house, anna, CROUPIERS, right, right)
        assert knows(pure.house, anna, TABLES, right, right)
        pure.advance(0)
        return [each.words for each in pure.said if isinstance(each, ToHost)]

    assert told() == []
    pure.house.guesses.wrong(TABLES, "10.0.9.9", pure.now)
    assert told() == []
    begin = "Anna from 10.0.0.5 knows the croupier's password after"
    for number, times in ((1, 3), (2, 2), (3, 1)):
        for _ in range(times):
            pure.house.guesses.wrong(CROUPIERS, f"10.0.{number}.1", pure.now)
    places = "10.0.1.1, 10.0.2.1, 10.0.3.1"
    assert told() == [f"{begin} 6 wrong guesses at it, from {places}"]
    for number in (4, 5):
        pure.house.guesses.wrong(CROUPIERS, f"10.0.{number}.1", pure.now)
    assert told() == [f"{begin} 8 wrong guesses at it, from {places} and 2 more"]


def test_what_the_host_is_told_of_a_guesser() -> None:
    wrong = Wrong(CROUPIERS, "10.0.0.5", 4, 102.6)
    start = "10.0.0.5: wrong about the croupier's password, 4 times"
    assert wrong_words(wrong, 100.0) == f"{start}, waits 3 s"
    assert wrong_words(wrong, 102.6) == start
