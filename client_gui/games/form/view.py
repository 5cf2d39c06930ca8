"""What the window shows of a small game's table: what it shows of any, and the form."""

from dataclasses import dataclass, fields
from typing import Any

from client.games.form.state import UNKNOWN, FormState, form
from client.house.state import HouseState
from client_gui.games.roulette.scene.view_of import ViewMaker
from client_gui.games.roulette.view import TableView
from protocol.house.fields import Chips


@dataclass(frozen=True, slots=True)
class FormView(TableView):
    form: FormState = UNKNOWN

    @property
    def at_stake(self) -> Chips:
        return self.form.at_stake


class FormViewMaker(ViewMaker):
    def see(self, state: HouseState) -> FormView:
        seen, now = super().see(state), form(state)
        every: dict[str, Any] = {each.name: getattr(seen, each.name) for each in fields(seen)}
        every["table"] = now.introduced.name if now.introduced else ""
        every["balance"] = state.balance if state.account else None
        return FormView(**every, form=now)


def form_of(view: TableView) -> FormState:
    return view.form if isinstance(view, FormView) else UNKNOWN
