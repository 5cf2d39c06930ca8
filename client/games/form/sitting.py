"""What a client does by itself at a small game: it is shown a form, and asks again what was cut."""

from client.house.state import HouseState
from client.sitting import Sitting
from protocol.house.form import FORM, Act, FormShown
from protocol.wire import Message


class FormSitting(Sitting):
    """At one small game."""

    GAME = FORM
    REPEATED = (Act,)
    """The house knows by its number one that moved chips, and by its turn any other."""

    def hear(self, said: Message, before: HouseState) -> None:
        super().hear(said, before)
        if isinstance(said, FormShown) and self.came():
            self.read_lists()
