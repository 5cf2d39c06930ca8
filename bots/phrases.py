"""What company says at any table, by occasion and language. A game has more to say."""

from collections.abc import Mapping
from enum import Enum


class Occasion(Enum):
    """What makes somebody open his mouth."""

    CAME = "he sat down"
    BACK = "he sat down again"
    LEAVES = "he gets up for a while"
    NAMED = "somebody spoke his name"
    ASKED = "somebody speaks to him alone"


ENGLISH: Mapping[Enum, tuple[str, ...]] = {
    Occasion.CAME: ("Good evening, everybody.", "Hello all!", "Evening. Is this seat free?", "Hi!"),
    Occasion.BACK: ("Back again.", "Here I am again. What did I miss?", "That was a good coffee."),
    Occasion.LEAVES: (
        "I need some air. Keep my seat warm.",
        "A short break for me.",
        "Back in a minute.",
    ),
    Occasion.NAMED: ("Thank you!", "Ha, yes.", "Luck, nothing but luck.", "Cheers!", "I try."),
    Occasion.ASKED: (
        "One moment, then we talk.",
        "I only play for the company, to be honest.",
        "Between us: I have no system at all.",
        "Could be. What do you play next?",
        "Ha! Good one.",
    ),
}

RUSSIAN: Mapping[Enum, tuple[str, ...]] = {
    Occasion.CAME: ("Добрый вечер!", "Всем привет!", "Вечер добрый. Здесь свободно?", "Привет!"),
    Occasion.BACK: ("Я вернулся к столу.", "Снова здесь. Что я пропустил?", "Хороший был кофе."),
    Occasion.LEAVES: (
        "Пойду подышу. Место не занимайте.",
        "Мне нужен перерыв.",
        "Скоро вернусь.",
    ),
    Occasion.NAMED: ("Спасибо!", "Да уж.", "Везение, и только.", "Ваше здоровье!", "Стараюсь."),
    Occasion.ASKED: (
        "Минутку, потом поговорим.",
        "Честно говоря, я здесь ради компании.",
        "Между нами: системы у меня нет.",
        "Может быть. А вы как сыграете?",
        "Ха, хорошо сказано.",
    ),
}


def speaks_russian(name: str) -> bool:
    """A name in Cyrillic letters does."""
    return any("а" <= letter <= "я" for letter in name.casefold())
