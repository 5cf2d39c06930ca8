"""The modern messages, one frozen dataclass each, by subject.

`door` coming in and going, `bets` chips on the layout, `rounds` from open to settled, `records` who
is there and what has been, `desk` the croupier's orders, `talk` the conversation. `lists` are the
closed lists that they choose from, `fields` the quantities that they share.
"""

from protocol.messages import bets, desk, door, records, rounds, talk
from protocol.wire import Message, Side

SUBJECTS = (door, bets, rounds, records, desk, talk)

MESSAGES: dict[int, type[Message]] = {
    found.KIND: found
    for subject in SUBJECTS
    for found in vars(subject).values()
    if isinstance(found, type) and issubclass(found, Message) and hasattr(found, "KIND")
}
"""Every message by its game and number."""

FROM_CLIENT = {number: each for number, each in MESSAGES.items() if each.SENDER is not Side.SERVER}
FROM_SERVER = {number: each for number, each in MESSAGES.items() if each.SENDER is not Side.CLIENT}
