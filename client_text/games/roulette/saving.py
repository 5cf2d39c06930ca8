"""The night written out, by the words of a terminal: the window's own pages and tables."""

from functools import partial

from client.games.roulette.night import export
from client.house.state import HouseState
from client_text.games.roulette.speech import spot_in_words
from client_text.lines import Line, Mood
from client_text.orders import CannotError
from client_text.speech import Speech


def saved(state: HouseState, ending: str, speech: Speech) -> Line:
    """Put it where people look for what they saved, and say where that is."""
    paper = export.on_paper(state, speech.language, partial(spot_in_words, speech))
    if not paper.night.rounds:
        raise CannotError("show.no_rounds" if paper.night.house else "show.no_history")
    try:
        path = export.save(paper, ending, export.documents())
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise CannotError("cannot.not_saved", why=why) from None
    return Line(speech("show.saved", path=path), Mood.GOOD)
