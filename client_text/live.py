"""A terminal: the line is edited below, everything that happens appears above it.

prompt_toolkit keeps the line whole whatever is written, in every terminal, on Windows too.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app_session, in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.styles import Style

from client_text.completion import completions
from client_text.lines import Line, Mood, folded, visible
from client_text.visit import Visit

STATUS_SECONDS = 0.5
"""How often the line below is drawn anew, so that its seconds run."""

STYLE = Style.from_dict(
    {
        "plain": "",
        "quiet": "ansibrightblack",
        "call": "bold",
        "good": "ansigreen",
        "bad": "ansired",
        "talk": "ansicyan",
        "private": "ansimagenta",
        "bottom-toolbar": "noreverse bg:ansigreen fg:ansiblack",
    }
)


class Live:
    """The screen of a terminal."""

    def __init__(self) -> None:
        """Nothing is drawn before `run`."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._waiting: list[Line] = []

    def on_news(self) -> None:
        """The link has something; called on its thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    def put(self, lines: Sequence[Line]) -> None:
        self._waiting += lines

    def run(self, visit: Visit) -> int:
        """From the door to the goodbye; the exit code."""
        return asyncio.run(self._run(visit))

    async def _run(self, visit: Visit) -> int:
        self._loop = asyncio.get_running_loop()
        session = _session(visit)
        visit.begin()
        await self._print()
        follow = asyncio.create_task(self._follow(visit, session))
        try:
            while visit.over is None:
                try:
                    typed = await session.prompt_async()
                except EOFError:
                    visit.leave()
                except KeyboardInterrupt:
                    if not session.default_buffer.text:
                        visit.leave()
                else:
                    visit.typed(typed)
                await self._print()
        finally:
            follow.cancel()
        return visit.over

    async def _follow(self, visit: Visit, session: PromptSession[str]) -> None:
        """Show what the table says, as it comes."""
        while True:
            await self._news.wait()
            self._news.clear()
            visit.news()
            await self._print()
            if visit.over is not None and session.app.is_running:
                session.app.exit(result="")

    async def _print(self) -> None:
        lines, self._waiting = self._waiting, []
        if not lines:
            return
        async with in_terminal():
            columns = get_app_session().output.get_size().columns
            for line in lines:
                text = folded(visible(line.text), columns)
                shown = FormattedText([(f"class:{line.mood.name.lower()}", text)])
                print_formatted_text(shown, style=STYLE)


class Suggestions(Completer):
    """Words and names that a line can go on with."""

    def __init__(self, visit: Visit) -> None:
        """The names are those of whoever is at the visit's table."""
        self._visit = visit

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        if self._visit.question is not None:
            return
        language = self._visit.teller.speech.language
        names = [name for name in self._visit.names if visible(name) == name]
        for text, begun in completions(document.text_before_cursor, language, names):
            yield Completion(text, start_position=-begun)


class History(InMemoryHistory):
    """What was typed, but for answers to questions: a password is among them."""

    def __init__(self, visit: Visit) -> None:
        """Whether a question is open, the visit knows."""
        super().__init__()
        self._visit = visit

    def append_string(self, string: str) -> None:
        if self._visit.question is None:
            super().append_string(string)


def _session(visit: Visit) -> PromptSession[str]:
    return PromptSession(
        message=lambda: visible(visit.prompt),
        bottom_toolbar=lambda: " " + visible(visit.status(time.monotonic())),
        is_password=Condition(lambda: visit.hidden),
        completer=Suggestions(visit),
        complete_while_typing=False,
        history=History(visit),
        style=STYLE,
        refresh_interval=STATUS_SECONDS,
    )


assert {name for name, _ in STYLE.style_rules} >= {mood.name.lower() for mood in Mood}
