"""The words that are understood, in both languages at once, and what each stands for.

Every row reads: what it means, then how it is said in English and in Russian, ways parted by `|`.
The first way of each is the one that is offered. Case, `ё` and kinds of dash do not count. The
words of a game are in its folder.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from client.wording import LANGUAGES
from protocol.house.lists import Phrase, Seat

T = TypeVar("T")


class Said(NamedTuple):
    """How something is said: in English, in Russian."""

    en: str
    ru: str

    def ways(self, language: str) -> tuple[str, ...]:
        return tuple(getattr(self, language).split("|"))


SEATS = {
    Seat.PLAYER: Said("player|play", "игрок|игроком"),
    Seat.CROUPIER: Said("croupier|dealer", "крупье|дилер"),
    Seat.WATCHER: Said("watcher|watch", "зритель|зрителем"),
}

OFF = Said("off|0|no", "выкл|нет|стоп")

PHRASES = {
    Phrase.PLACE_YOUR_BETS: Said("place your bets", "делайте ставки|делайте ваши ставки"),
    Phrase.LAST_CALL: Said("last call|last bets", "последние ставки"),
    Phrase.NO_MORE_BETS: Said("no more bets", "ставок больше нет|ставки сделаны"),
    Phrase.GOOD_LUCK: Said("good luck", "удачи"),
    Phrase.WELCOME: Said("welcome", "добро пожаловать"),
    Phrase.SHORT_BREAK: Said("short break|break", "короткий перерыв|перерыв"),
    Phrase.BACK_AGAIN: Said("back again", "мы снова здесь|продолжаем"),
    Phrase.LAST_ROUND: Said("last round", "последний раунд"),
    Phrase.GOOD_NIGHT: Said("good night", "доброй ночи|спокойной ночи"),
}


def normal(text: str) -> str:
    """How words are compared."""
    return text.casefold().replace("ё", "е")


def said(rows: Mapping[T, Said]) -> dict[tuple[str, ...], T]:
    """What each way of saying stands for, word by word."""
    found: dict[tuple[str, ...], T] = {}
    for meaning, row in rows.items():
        for way in ways(row):
            words = tuple(normal(way).split())
            assert words not in found, f"{way!r} would mean two things"
            found[words] = meaning
    return found


def ways(row: Said) -> Iterator[str]:
    for language in LANGUAGES:
        yield from row.ways(language)
