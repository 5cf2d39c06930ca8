"""The words of a small game, in every language: a table, with a row for each sentence. Pure."""

from collections.abc import Mapping, Sequence

from protocol import limits
from protocol.house.form import FormLine, Part, Sentence, Wording

LANGUAGES = "en", "ru"
"""The columns of the table."""


class Words:
    """What is on the wire a number, is a key in the code of a game and a sentence in its table."""

    def __init__(self, rows: Mapping[str, Sequence[str]]) -> None:
        """`rows`: for each key the sentence in each of `LANGUAGES`."""
        assert len(rows) <= limits.SENTENCES
        self._number = {key: number for number, key in enumerate(rows)}
        self.wordings = tuple(
            Wording(language, tuple(Sentence(row[column]) for row in rows.values()))
            for column, language in enumerate(LANGUAGES)
        )

    def number(self, key: str) -> int:
        """The number of a sentence on the wire."""
        return self._number[key]

    def line(self, key: str, *parts: object) -> FormLine:
        """A sentence, with this in its gaps."""
        return FormLine(self._number[key], tuple(Part(str(part)) for part in parts))
