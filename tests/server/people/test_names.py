"""Names that nobody may come in with: said of the house, or taken for somebody else's."""

import pytest

from protocol import classic
from protocol.house.door import SignedIn, SignIn
from protocol.house.lists import Reason
from server.people.people import Client
from tests.server.pure import PureHouse, refusal

STAFF = ("croupier", "dealer", "host", "admin", "house", "casino", "table", "server", "system")
STAFF_IN_RUSSIAN = (
    *("крупье", "дилер", "хозяин", "админ", "заведение", "дом", "казино", "стол", "сервер"),
    "система",
)
ARTICLED = ("croupier", "dealer", "house", "casino", "table", "server", "host")
ONESELF = ("you", "вы")


@pytest.mark.parametrize(
    "name",
    [
        *(*STAFF, *STAFF_IN_RUSSIAN, *ONESELF),
        *(f"the{joint}{name}" for name in ARTICLED for joint in (" ", "-", "")),
    ],
)
def test_nobody_can_be_taken_for_the_house_or_for_oneself(name: str) -> None:
    names = PureHouse().house.names
    for written in (name, name.upper(), name.capitalize(), f"{name}."):
        assert names.is_spoken_for(written), written


@pytest.mark.parametrize(
    "name",
    [
        *("Croupier (house)", "★Croupier★", "♛ Croupier", "-Croupier-", "The house calls: x"),
        *(
            "House (dealer)",
            "Croupier★Anna",
            "Croupier 2",
            "Anna, croupier",
            "★ Крупье",
            "The_House says",
            "Croupierˌ",
        ),
        *(
            "The house",
            "[The house]",
            "~dealer~",
            "Админ!",
            "!House!",
            "CROUPIER (House)",
            "Дилер ★",
        ),
    ],
)
def test_no_decoration_and_no_words_behind_make_a_name_of_the_house_another(name: str) -> None:
    assert PureHouse().house.names.is_spoken_for(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Housemaid", "Tabletop", "Thea", "Domino", "Youssef", "Hostess", "Youyou", "Theodor"),
        *(
            "Gregory House",
            "Dom",
            "Домна",
            "Столяров",
            "In the house",
            "Adminah",
            "Вы-вы",
            "Хозяинова",
        ),
    ],
)
def test_a_name_that_only_begins_so_is_free(name: str) -> None:
    assert not PureHouse().house.names.is_spoken_for(name)


@pytest.mark.parametrize(
    "name",
    [
        "аnna",
        "Anna.",
        "An\u0323na",
        "Croupiеr",
        "Крупье",
        "You",
        "The house",
        "thе-hоuse",
        "TheCroupier",
        "стол",
    ],
)
def test_a_name_that_looks_like_somebody_is_taken(name: str) -> None:
    pure = PureHouse()
    pure.seated("Anna")
    answer = pure.ask(pure.stranger(), SignIn(1, name, b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN


def register(pure: PureHouse, name: str) -> classic.Code:
    client = Client("10.0.0.7", classic=True)
    answer = pure.ask(client, classic.RegisterPlayer(name.encode()))
    assert isinstance(answer, classic.RegistrationAnswered)
    return answer.code


def test_a_classic_name_may_differ_from_a_classic_one_by_case_but_not_by_alphabet() -> None:
    pure = PureHouse()
    pure.classic_player("Anna")
    assert register(pure, "anna") is classic.Code.OK
    assert register(pure, "Аnna") is classic.Code.NAME_TAKEN


@pytest.mark.parametrize("still_here", [True, False])
@pytest.mark.parametrize("name", ["anna", "AnnA", "Аnna", "Anna."])
def test_no_classic_name_looks_like_one_that_is_proved(name: str, *, still_here: bool) -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    if not still_here:
        pure.house.leave(anna, cut_off=False)
    assert register(pure, name) is classic.Code.NAME_TAKEN


@pytest.mark.parametrize(
    "name", ["House", "The house", "Dealer", "Крупье", "Host", "you", "dеaler", "croupier"]
)
def test_no_classic_name_means_the_house(name: str) -> None:
    pure = PureHouse()
    assert register(pure, name) is classic.Code.NAME_TAKEN
    assert name not in pure.books.named


def test_of_two_classic_names_that_differ_by_case_one_can_be_proved() -> None:
    pure = PureHouse()
    for name in ("Anna", "anna"):
        pure.house.leave(pure.classic_player(name), cut_off=True)
    assert isinstance(pure.ask(pure.stranger(), SignIn(1, "anna", b"", b"")), SignedIn)
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN


def test_a_name_of_the_house_that_an_older_one_let_in_is_proved_by_nobody() -> None:
    pure = PureHouse()
    pure.house.enroll("House", "", "")
    answer = pure.ask(pure.stranger(), SignIn(1, "House", b"", b""))
    assert refusal(answer) is Reason.NAME_TAKEN
