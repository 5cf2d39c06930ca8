"""What came of checking something that was drawn, in lines for a person. Pure."""

from collections.abc import Iterable, Mapping

from client.fair.witness import Judged
from client.house.state import HouseState
from client_text.lines import Mood
from client_text.speech import Speech
from client_text.telling import Teller, Told
from protocol.fair.verdict import Colour


def verdict_told(
    teller: Teller, judged: Judged, now: HouseState, words: Mapping[Colour, str]
) -> Told:
    """A tick only where nothing is left to believe, in the words that the game has for each."""
    number, verdict = judged.round_number, judged.verdict
    if judged.colour is Colour.RED:
        why = _whys(teller.speech, "red", verdict.reds)
        yield teller.line(words[Colour.RED], Mood.BAD, n=number, why=why)
        if saved := now.table.saved.get(number):
            yield teller.line("tell.evidence", Mood.BAD, path=saved)
    elif judged.colour is Colour.GREY:
        why = _whys(teller.speech, "grey", verdict.greys)
        yield teller.line(words[Colour.GREY], Mood.QUIET, n=number, why=why)
    else:
        yield teller.line(words[Colour.GREEN], Mood.QUIET, n=number)


def _whys(speech: Speech, section: str, found: Iterable[str]) -> str:
    return "; ".join(speech(f"{section}.{each.replace(' ', '_')}") for each in found)
