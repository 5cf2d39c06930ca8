"""What the window shows of a small game's table: what it shows of any, and the form."""

from dataclasses import dataclass

from client.games.form.state import UNKNOWN, FormState, form
from client.house.state import HouseState
from client.house.state import Refusal as Refused
from client_gui.shell.view import TableView
from client_gui.shell.view_of import ViewMaker
from protocol.house.fields import Chips
from protocol.house.form import Act
from protocol.house.lists import Reason, Seat


@dataclass(frozen=True, slots=True)
class FormView(TableView):
    form: FormState = UNKNOWN

    @property
    def at_stake(self) -> Chips:
        return self.form.at_stake


class FormViewMaker(ViewMaker):
    def see(self, state: HouseState) -> FormView:
        nowhere = state.table.seat is Seat.NONE  # The last table of the house has closed.
        now = UNKNOWN if nowhere else form(state)
        return FormView(
            **self.around(state),
            table=now.introduced.name if now.introduced else "",
            deadline=now.ends_at,
            balance=state.balance if state.account else None,
            form=now,
        )

    def note_of(self, last: Refused, state: HouseState) -> str:
        outdated = isinstance(last.request, Act) and last.reason is Reason.WRONG_ROUND
        return "another_form" if outdated else super().note_of(last, state)


def form_of(view: TableView) -> FormState:
    return view.form if isinstance(view, FormView) else UNKNOWN
