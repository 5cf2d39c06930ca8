"""What a table poll says: English, Russian."""

from server.games.words import Words

WORDS = Words(
    {
        "title": ("A poll", "Опрос"),
        "idle": ("Nothing is asked. The croupier can ask.", "Вопроса нет. Спросить может крупье."),
        "question": ("“{0}”", "«{0}»"),
        "voted": ("Votes so far: {0}", "Голосов: {0}"),
        "yours": ("Your vote: {0}. You can change it.", "Ваш голос: {0}. Его можно изменить."),
        "hidden": (
            "Who has voted sees the result. Nobody is shown who voted for what.",
            "Итог видит тот, кто проголосовал. Кто за что – не показывают никому.",
        ),
        "result": ("“{0}”: {1} ({2} %)", "«{0}»: {1} ({2} %)"),
        "closed": ("The poll is closed. Votes: {0}", "Опрос закрыт. Голосов: {0}"),
        "option": ("{0}", "{0}"),
        "ask": (
            "Ask: question | answer | answer",
            "Спросить: вопрос | ответ | ответ",
        ),
        "vote": ("Vote", "Голосовать"),
        "close": ("Close the poll", "Закрыть опрос"),
    }
)
