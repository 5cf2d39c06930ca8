"""What the window shows of a small game's table: what it shows of any, and the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from client.games.form.state import UNKNOWN, FormState, form
from client.house.state import HouseState
from client.house.state import Refusal as Refused
from client_gui.shell.view import TableView
from client_gui.shell.view_of import ViewMaker
from protocol.fair.verdict import Colour
from protocol.house.fields import Chips
from protocol.house.form import Act
from protocol.house.lists import Reason, Seat


class Found(NamedTuple):
    """Of the last number; of the last that was red, where one was."""

    colour: Colour
    why: Sequence[str] = ()
    """What is red, or why it is only grey."""
    saved: str = ""
    """Where the evidence is."""


def found_of(verdicts: Mapping[int, Any], saved: Mapping[int, str]) -> Found | None:
    """A red one stays, whatever comes after it."""
    red = [number for number, each in verdicts.items() if not each.holds]
    number = max(red or verdicts, default=None)
    if number is None:
        return None
    verdict = verdicts[number].verdict
    return Found(verdict.colour, (*(verdict.reds or verdict.greys),), saved.get(number, ""))


@dataclass(frozen=True, slots=True)
class FormView(TableView):
    form: FormState = UNKNOWN
    found: Found | None = None

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
            found=self.once(
                "found",
                (state.table.verdicts, state.table.saved, nowhere),
                lambda: None if nowhere else found_of(state.table.verdicts, state.table.saved),
            ),
        )

    def note_of(self, last: Refused, state: HouseState) -> str:
        outdated = isinstance(last.request, Act) and last.reason is Reason.WRONG_ROUND
        return "another_form" if outdated else super().note_of(last, state)


def form_of(view: TableView) -> FormState:
    return view.form if isinstance(view, FormView) else UNKNOWN


def found_in(view: TableView) -> Found | None:
    return view.found if isinstance(view, FormView) else None
