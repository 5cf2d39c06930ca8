"""What a client does by itself at a small game.

It is shown a form, asks again what was cut, and has a say in what is drawn for it alone.
"""

from client.games.drawn import DrawnSitting
from client.house.state import HouseState
from protocol.house.draw import OwnDrawIntroduced
from protocol.house.form import FORM, Act, FormShown, NumberDrawn
from protocol.wire import Message


class FormSitting(DrawnSitting):
    """At one small game."""

    GAME = FORM
    KINDS = ("guess",)
    REPEATED = (Act,)
    """The house knows by its number one that moved chips, and by its turn any other."""

    @property
    def idle(self) -> bool:
        return not self.part.watches

    def hear(self, said: Message, before: HouseState) -> None:
        super().hear(said, before)
        match said:
            case FormShown() if self.came():
                self.read_lists()
            case OwnDrawIntroduced():
                self.judged(self.part.meet(said.draw, said.anchor, self.state.account))
            case NumberDrawn():
                result = {"number": said.drawn, "hints": []}
                self.judged(self.part.resulted(said.round_number, result, self.voice.now))
                self.judged(self.part.opened())
