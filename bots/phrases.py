"""What company says, by occasion and language. `{name}` is somebody else, `{number}` the pocket."""

from collections.abc import Mapping
from enum import Enum


class Occasion(Enum):
    """What makes somebody open his mouth."""

    CAME = "he sat down"
    BACK = "he sat down again"
    LEAVES = "he gets up for a while"
    MUSES = "he looks at the layout"
    WON = "he won something"
    WON_MUCH = "he won a great deal"
    LOST = "he lost something"
    LOST_MUCH = "he lost a great deal"
    ZERO = "zero fell"
    ADMIRES = "somebody else won a great deal"
    NAMED = "somebody spoke his name"
    ASKED = "somebody speaks to him alone"


ENGLISH: Mapping[Occasion, tuple[str, ...]] = {
    Occasion.CAME: ("Good evening, everybody.", "Hello all!", "Evening. Is this seat free?", "Hi!"),
    Occasion.BACK: ("Back again.", "Here I am again. What did I miss?", "That was a good coffee."),
    Occasion.LEAVES: (
        "I need some air. Keep my seat warm.",
        "A short break for me.",
        "Back in a minute.",
    ),
    Occasion.MUSES: (
        "I have a feeling about {number} tonight.",
        "The wheel has no memory. I have, sadly.",
        "Should I go for the dozens? No. Yes. No.",
        "It is the neighbours of {number} for me from now on.",
        "Lovely table.",
        "One day a split will come when I look at it.",
        "Somebody count to ten for me.",
    ),
    Occasion.WON: ("There we go!", "{number}, thank you.", "That pays for the next one.", "Nice."),
    Occasion.WON_MUCH: (
        "Yes! {number}!",
        "Did you all see that? {number}!",
        "I should stop now. I will not.",
        "Now that is what I call a spin.",
    ),
    Occasion.LOST: ("Ah well.", "So close on the wheel.", "Next time.", "{number}. Of course."),
    Occasion.LOST_MUCH: (
        "Ouch. {number} has something against me.",
        "Well, that was a stack.",
        "Smaller chips from now on, I promise.",
    ),
    Occasion.ZERO: ("Zero! Who had it?", "The house says thank you.", "Green, of all things."),
    Occasion.ADMIRES: ("Well played, {name}!", "{name}, teach me that.", "Bravo, {name}."),
    Occasion.NAMED: ("Thank you!", "Ha, yes.", "Luck, nothing but luck.", "Cheers!", "I try."),
    Occasion.ASKED: (
        "Let me look at the wheel first, then we talk.",
        "I only play for the company, to be honest.",
        "Between us: I have no system at all.",
        "Could be. What do you lay next?",
        "Ha! Good one.",
    ),
}

RUSSIAN: Mapping[Occasion, tuple[str, ...]] = {
    Occasion.CAME: ("Добрый вечер!", "Всем привет!", "Вечер добрый. Здесь свободно?", "Привет!"),
    Occasion.BACK: ("Я вернулся к столу.", "Снова здесь. Что я пропустил?", "Хороший был кофе."),
    Occasion.LEAVES: (
        "Пойду подышу. Место не занимайте.",
        "Мне нужен перерыв.",
        "Скоро вернусь.",
    ),
    Occasion.MUSES: (
        "Чувствую, сегодня выйдет {number}.",
        "У колеса нет памяти. А у меня, увы, есть.",
        "Поставить на дюжину? Нет. Да. Нет.",
        "Теперь только соседи {number}.",
        "Хороший стол.",
        "Когда-нибудь сплит сыграет и при мне.",
        "Посчитайте за меня до десяти.",
    ),
    Occasion.WON: ("Вот так!", "{number}, спасибо.", "На следующую ставку хватит.", "Приятно."),
    Occasion.WON_MUCH: (
        "Да! {number}!",
        "Все видели? {number}!",
        "Пора остановиться. Но не сейчас.",
        "Вот это бросок!",
    ),
    Occasion.LOST: (
        "Ну что ж.",
        "На колесе было совсем рядом.",
        "В другой раз.",
        "{number}, опять.",
    ),
    Occasion.LOST_MUCH: (
        "Ой. {number} меня не любит.",
        "Была стопка, и нет стопки.",
        "Дальше ставлю поменьше, обещаю.",
    ),
    Occasion.ZERO: ("Зеро! У кого стояло?", "Казино говорит спасибо.", "Зелёное, надо же."),
    Occasion.ADMIRES: ("Браво, {name}!", "{name}, научите и меня.", "Здорово, {name}!"),
    Occasion.NAMED: ("Спасибо!", "Да уж.", "Везение, и только.", "Ваше здоровье!", "Стараюсь."),
    Occasion.ASKED: (
        "Дайте взглянуть на колесо, потом поговорим.",
        "Честно говоря, я здесь ради компании.",
        "Между нами: системы у меня нет.",
        "Может быть. А вы на что ставите?",
        "Ха, хорошо сказано.",
    ),
}


def phrases_for(name: str) -> Mapping[Occasion, tuple[str, ...]]:
    """A name in Cyrillic letters speaks Russian."""
    return RUSSIAN if any("а" <= letter <= "я" for letter in name.casefold()) else ENGLISH
