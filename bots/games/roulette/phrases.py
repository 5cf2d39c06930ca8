"""What company says of a roulette. `{name}` is somebody else, `{number}` the pocket."""

from collections.abc import Mapping
from enum import Enum


class Event(Enum):
    """What of a round makes somebody open his mouth."""

    MUSES = "he looks at the layout"
    WON = "he won something"
    WON_MUCH = "he won a great deal"
    LOST = "he lost something"
    LOST_MUCH = "he lost a great deal"
    ZERO = "zero fell"
    ADMIRES = "somebody else won a great deal"


ENGLISH: Mapping[Enum, tuple[str, ...]] = {
    Event.MUSES: (
        "I have a feeling about {number} tonight.",
        "The wheel has no memory. I have, sadly.",
        "Should I go for the dozens? No. Yes. No.",
        "It is the neighbours of {number} for me from now on.",
        "Lovely table.",
        "One day a split will come when I look at it.",
        "Somebody count to ten for me.",
    ),
    Event.WON: ("There we go!", "{number}, thank you.", "That pays for the next one.", "Nice."),
    Event.WON_MUCH: (
        "Yes! {number}!",
        "Did you all see that? {number}!",
        "I should stop now. I will not.",
        "Now that is what I call a spin.",
    ),
    Event.LOST: ("Ah well.", "So close on the wheel.", "Next time.", "{number}. Of course."),
    Event.LOST_MUCH: (
        "Ouch. {number} has something against me.",
        "Well, that was a stack.",
        "Smaller chips from now on, I promise.",
    ),
    Event.ZERO: ("Zero! Who had it?", "The house says thank you.", "Green, of all things."),
    Event.ADMIRES: ("Well played, {name}!", "{name}, teach me that.", "Bravo, {name}."),
}

RUSSIAN: Mapping[Enum, tuple[str, ...]] = {
    Event.MUSES: (
        "Чувствую, сегодня выйдет {number}.",
        "У колеса нет памяти. А у меня, увы, есть.",
        "Поставить на дюжину? Нет. Да. Нет.",
        "Теперь только соседи {number}.",
        "Хороший стол.",
        "Когда-нибудь сплит сыграет и при мне.",
        "Посчитайте за меня до десяти.",
    ),
    Event.WON: ("Вот так!", "{number}, спасибо.", "На следующую ставку хватит.", "Приятно."),
    Event.WON_MUCH: (
        "Да! {number}!",
        "Все видели? {number}!",
        "Пора остановиться. Но не сейчас.",
        "Вот это бросок!",
    ),
    Event.LOST: (
        "Ну что ж.",
        "На колесе было совсем рядом.",
        "В другой раз.",
        "{number}, опять.",
    ),
    Event.LOST_MUCH: (
        "Ой. {number} меня не любит.",
        "Была стопка, и нет стопки.",
        "Дальше ставлю поменьше, обещаю.",
    ),
    Event.ZERO: ("Зеро! У кого стояло?", "Казино говорит спасибо.", "Зелёное, надо же."),
    Event.ADMIRES: ("Браво, {name}!", "{name}, научите и меня.", "Здорово, {name}!"),
}
