"""Which of our languages a computer speaks."""

import locale

import pytest

from client.language import system_language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "RU"}, "ru"),
        ({"LC_MESSAGES": "ru_RU", "LANG": "en_US"}, "ru"),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "ru_RU", "LANG": "ru_RU"}, "en"),
        ({"LC_ALL": "", "LANG": "ru_RU"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "be_ru"}, "en"),
    ],
)
def test_the_environment_says_it_and_the_first_of_it(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: ("ru_RU", "UTF-8"))
    assert system_language(environment) == language


@pytest.mark.parametrize(
    ("spoken", "language"),
    [("ru_RU", "ru"), ("Russian_Russia", "ru"), ("en_US", "en"), (None, "en")],
)
def test_where_it_says_nothing_the_system_is_asked(
    spoken: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (spoken, "UTF-8"))
    assert system_language({}) == language
