"""What the hands are doing in the record: which page is open, which round, since when. Pure."""

from dataclasses import dataclass, field

from client.games.roulette.fair.steps import Proof, laid_open
from client.games.roulette.night.night import Played
from client_gui.games.roulette.view import RouletteView

PAGES = ("numbers", "night", "proof")
SPANS = (37, 100, 500)
"""Of so many spins the numbers are counted."""
STEP_SECONDS = 0.5
"""So long a step of a proof is looked at before the next."""


@dataclass(slots=True)
class RecordUi:
    """Nothing of this is known to the server."""

    open: bool = False
    page: str = PAGES[0]
    span: int = SPANS[-1]
    round: int = 0
    """The round that is looked at; 0: always the latest."""
    scroll: dict[str, int] = field(default_factory=dict)
    made: tuple[object, Proof | None] | None = None
    """The proof that was made last, and what of."""
    began: float = 0.0
    """When the proof was begun that is done step by step."""
    said: str = ""
    """What came of a save."""
    good: bool = True
    file: str = ""
    """What was saved last and can be opened."""

    def say(self, text: str, file: str = "", *, good: bool = True) -> None:
        self.said, self.file, self.good = text, file, good


def chosen(view: RouletteView, ui: RecordUi) -> Played | None:
    """The round of the night that is looked at; the latest, where that one is not known."""
    rounds = view.night.rounds
    found = (each for each in reversed(rounds) if each.round == ui.round)
    return next(found, rounds[-1] if rounds else None)


def numbers_on(view: RouletteView, page: str) -> tuple[int, ...]:
    """The rounds that a page has, the newest first."""
    if page == "night":
        return tuple(each.round for each in reversed(view.night.rounds))
    rounds = (each.round for each in view.night.counted)
    return tuple(sorted({*rounds, *view.verdicts}, reverse=True))


def looked_at(view: RouletteView, ui: RecordUi) -> int:
    """Whose proof is shown: the chosen round's, or that of the latest checked; 0: there is none."""
    numbers = numbers_on(view, "proof")
    if ui.round in numbers:
        return ui.round
    return next((number for number in numbers if number in view.verdicts), max(numbers, default=0))


def proof_of(view: RouletteView, number: int) -> Proof | None:
    """What can be shown of a round."""
    judged = view.verdicts.get(number)
    return laid_open(judged) if judged is not None else None


def step(view: RouletteView, ui: RecordUi, by: int) -> None:
    """Look at a newer round; with a negative step at an older one."""
    numbers = numbers_on(view, ui.page)
    if ui.page == "proof":
        here = looked_at(view, ui)
    else:
        played = chosen(view, ui)
        here = played.round if played is not None else 0
    if here in numbers:
        at = max(0, min(len(numbers) - 1, numbers.index(here) - by))
        latest = at == 0 and ui.page == "night"
        ui.round = 0 if latest else numbers[at]


def steps_done(proof: Proof, ui: RecordUi, now: float) -> int:
    """How many steps of a proof are to be seen."""
    return max(0, min(len(proof.workings), int(min(99.0, (now - ui.began) / STEP_SECONDS)) + 1))
