"""What rock-paper-scissors says: English, Russian."""

from server.games.words import Words

WORDS = Words(
    {
        "title": ("Rock-paper-scissors", "Камень, ножницы, бумага"),
        "idle": (
            "For two, up to {0} wins. Nobody sees a throw before both are in.",
            "Для двоих, до {0} побед. Броска не видно, пока не брошены оба.",
        ),
        "honour": ("{0} waits for somebody to play against.", "{0} ждёт соперника."),
        "stakes": (
            "{0} waits for somebody to play against, for {1} chips each.",
            "{0} ждёт соперника, по {1} фишек с каждого.",
        ),
        "score": ("{0} {1} : {2} {3}", "{0} {1} : {2} {3}"),
        "pot": ("The winner takes {0} chips.", "Победитель забирает {0} фишек."),
        "throw now": ("Throw now! Who does not, loses.", "Бросайте! Кто не бросит, проиграет."),
        "rock": ("{0}: rock", "{0}: камень"),
        "paper": ("{0}: paper", "{0}: бумага"),
        "scissors": ("{0}: scissors", "{0}: ножницы"),
        "won": ("{0} wins against {1}.", "{0} побеждает {1}."),
        "left": ("{0} wins: {1} left.", "{0} побеждает: {1} уходит."),
        "late": ("{0} wins: {1} did not throw.", "{0} побеждает: {1} не бросает."),
        "stuck": ("Nobody wins: {0} draws in a row.", "Никто не выиграл: {0} ничьих подряд."),
        "void": ("Nobody wins.", "Никто не выиграл."),
        "challenge": ("Play, for so many chips each", "Играть, по столько фишек с каждого"),
        "accept": ("Play against them", "Принять вызов"),
        "withdraw": ("Do not wait any longer", "Больше не ждать"),
        "throw": ("Throw", "Бросить"),
        "a rock": ("Rock", "Камень"),
        "a paper": ("Paper", "Бумага"),
        "a scissors": ("Scissors", "Ножницы"),
    }
)
