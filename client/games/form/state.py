"""The form of a small game, as one frozen value, in the language of whoever looks at it. Pure."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from client.house.state import HouseState
from protocol.house.fields import Chips
from protocol.house.form import FormAction, FormIntroduced, FormLine, FormShown, Part, Sentence
from protocol.text import isolated, visible

_GAP = re.compile(r"\{(\d)\}")


class Offered(NamedTuple):
    """An action with its words."""

    action: FormAction
    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormState:
    """What is known of one."""

    introduced: FormIntroduced | None = None
    shown: FormShown | None = None
    ends_at: float | None = None
    """When its clock runs out, by the local clock."""
    at_stake: Chips = 0
    """One's own chips that lie there."""

    def title(self, language: str) -> str:
        return self._said(self.shown.title, (), language) if self.shown else ""

    def lines(self, language: str) -> tuple[str, ...]:
        """The lines of the form, from above."""
        lines = self.shown.lines if self.shown else ()
        return tuple(self._line(line, language) for line in lines)

    def offered(self, language: str) -> tuple[Offered, ...]:
        """What one may do now, as far as this client knows how."""
        actions = self.shown.actions if self.shown else ()
        return tuple(
            Offered(
                action,
                self._said(action.label, (), language),
                tuple(self._line(choice, language) for choice in action.choices),
            )
            for action in actions
            if action.kind
        )

    def seconds_left(self, now: float) -> int | None:
        """Whole seconds until the clock runs out; None: there is none."""
        return None if self.ends_at is None else max(0, -int(-(self.ends_at - now) // 1))

    def _line(self, line: FormLine, language: str) -> str:
        return self._said(line.sentence, line.parts, language)

    def _said(self, number: int, parts: tuple[Part, ...], language: str) -> str:
        """A sentence with its gaps filled. What a part says is never read as a sentence."""

        def part(gap: re.Match[str]) -> str:
            place = int(gap[1])
            return isolated(visible(parts[place].text)) if place < len(parts) else ""

        sentences = self._sentences(language)
        text = sentences[number].text if number < len(sentences) else ""
        return _GAP.sub(part, visible(text))

    def _sentences(self, language: str) -> tuple[Sentence, ...]:
        """In this language, or in the first that the game has."""
        wordings = self.introduced.wordings if self.introduced else ()
        mine = (each for each in wordings if each.language == language)
        chosen = next(mine, wordings[0] if wordings else None)
        return chosen.sentences if chosen else ()


UNKNOWN = FormState()


def form(state: HouseState) -> FormState:
    """The form at the table that is looked at."""
    game = state.table.game
    return game if isinstance(game, FormState) else UNKNOWN


def shows_form(state: HouseState) -> bool:
    """Whether a small game is played at the table that is looked at."""
    return isinstance(state.table.game, FormState)
