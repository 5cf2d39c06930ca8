"""What guess the number says: English, Russian."""

from server.games.words import Words

WORDS = Words(
    {
        "title": ("Guess the number", "Угадай число"),
        "idle": (
            "A number is drawn, and sealed before your first try.",
            "Число выбирает жребий, и его запечатывают до первой попытки.",
        ),
        "range": ("It is from 1 to {0}.", "Оно от 1 до {0}."),
        "drawn": ("The number is being drawn.", "Жребий бросают."),
        "sealed": (
            "SHA-256 of the number and, right behind it, a salt of {0} characters: {1}",
            "SHA-256 числа и, вплотную за ним, соли из {0} знаков: {1}",
        ),
        "higher": ("{0} is too low: go higher.", "{0} мало: берите больше."),
        "lower": ("{0} is too high: go lower.", "{0} много: берите меньше."),
        "tries": ("Tries so far: {0}", "Попыток: {0}"),
        "found": ("{0} is right! Tries: {1}", "{0} – верно! Попыток: {1}"),
        "given up": ("It was {0}. Tries: {1}", "Это было {0}. Попыток: {1}"),
        "salt": (
            "To check it: printf {0}{1} | sha256sum. The last {2} characters are the salt.",
            "Проверить: printf {0}{1} | sha256sum. Последние {2} знака – соль.",
        ),
        "best": ("Fewest tries, from 1 to {0}:", "Меньше всего попыток, от 1 до {0}:"),
        "place": ("{0}. {1}: {2}", "{0}. {1}: {2}"),
        "new": ("A new number", "Новое число"),
        "guess": ("Guess", "Назвать число"),
        "give up": ("Show me the number", "Показать число"),
        "to": ("from 1 to {0}", "от 1 до {0}"),
    }
)
