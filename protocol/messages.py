"""Every modern message: those of the house, and those of each game.

`house/door` coming in and going, `people` who is there and the croupier's hand over them, `talk`
the conversation, `draw` what proves what is drawn. A game's are in its own folder (`games`).
"""

from protocol.games import GAMES
from protocol.house import door, draw, people, talk
from protocol.wire import HOUSE, Message, Side

SUBJECTS = {HOUSE: (door, people, talk, draw), **GAMES}
"""By the number of the game."""

MESSAGES: dict[int, type[Message]] = {
    found.KIND: found
    for subjects in SUBJECTS.values()
    for subject in subjects
    for found in vars(subject).values()
    if isinstance(found, type) and issubclass(found, Message) and hasattr(found, "KIND")
}
"""Every message by its game and number."""

FROM_CLIENT = {number: each for number, each in MESSAGES.items() if each.SENDER is not Side.SERVER}
FROM_SERVER = {number: each for number, each in MESSAGES.items() if each.SENDER is not Side.CLIENT}
