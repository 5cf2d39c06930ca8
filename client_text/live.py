"""A terminal: the line is edited below, everything that happens appears above it.

prompt_toolkit keeps the line whole whatever is written, in every terminal, on Windows too. One
prompt lasts the whole visit, so that the terminal never echoes a key by itself in between.
"""

import asyncio
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial

from prompt_toolkit import Application, PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.renderer import print_formatted_text
from prompt_toolkit.styles import Style

from client.ending import ends_by
from client_text.lines import Line, Mood, folded, shown
from client_text.visit import Visit

STATUS_SECONDS = 0.5
"""How often the line below is drawn anew, so that its seconds run."""
LINES_AT_ONCE = 500
"""Between so many, keys are looked at."""

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
assert {name for name, _ in STYLE.style_rules} >= {mood.name.lower() for mood in Mood}


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
        self._news.set()

    def run(self, visit: Visit) -> int:
        """From the door to the goodbye; the exit code."""
        return asyncio.run(self._run(visit))

    async def _run(self, visit: Visit) -> int:
        self._loop = asyncio.get_running_loop()
        session = PromptSession[str](
            message=lambda: shown(visit.prompt, turned=True),
            bottom_toolbar=lambda: " " + shown(visit.status(time.monotonic())),
            is_password=Condition(lambda: visit.hidden),
            completer=Suggestions(visit),
            complete_while_typing=False,
            key_bindings=self._keys(visit),
            style=STYLE,
            refresh_interval=STATUS_SECONDS,
            erase_when_done=True,
        )
        follow = asyncio.create_task(self._follow(visit, session))
        ends_by(signal.SIGTERM, 128 + signal.SIGTERM, partial(self._end, session.app))
        try:
            await session.prompt_async(pre_run=visit.begin)
        finally:
            follow.cancel()
        assert visit.over is not None
        return visit.over

    def _end(self, app: Application[str], code: int) -> None:
        """Come to an end between two steps of the loop: what is cut off in the middle of one
        complains on the screen that is left.
        """
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._leave, app, SystemExit(code))

    @staticmethod
    def _leave(app: Application[str], how: Exception | SystemExit | None = None) -> None:
        if app.future is None or app.future.done():  # Before it began, or as it ends.
            if isinstance(how, SystemExit):
                raise how
        elif how is None:
            app.exit(result="")
        else:
            app.exit(exception=how)

    def _keys(self, visit: Visit) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def enter(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            typed = buffer.text
            # An answer to a question is not offered again: a password is among them.
            buffer.reset(append_to_history=visit.question is None)
            for line in typed.splitlines() or [typed]:  # What is pasted may have several.
                said = "*" * len(line) if visit.hidden else line
                self.put([Line(visit.prompt + said)])
                visit.typed(line)
            self._news.set()

        @keys.add("c-c")
        def cancel(event: KeyPressEvent) -> None:
            if event.current_buffer.text:
                event.current_buffer.reset()
            else:
                leave(event)

        @keys.add("c-d", filter=Condition(lambda: not get_app().current_buffer.text))
        def leave(_: KeyPressEvent) -> None:
            visit.leave()
            self._news.set()

        return keys

    async def _follow(self, visit: Visit, session: PromptSession[str]) -> None:
        """Show what the table says, as it comes."""
        try:
            while visit.over is None:
                with suppress(asyncio.TimeoutError):
                    pause = STATUS_SECONDS if visit.holds else None
                    await asyncio.wait_for(self._news.wait(), pause)
                self._news.clear()
                visit.news()
                visit.tick(time.monotonic())
                if visit.behind:
                    self._news.set()
                await self._print(session)
        except Exception as error:  # Else the prompt would stand there, deaf.
            self._leave(session.app, error)
        else:
            self._leave(session.app)

    async def _print(self, session: PromptSession[str]) -> None:
        """Lift the line that is typed, write above it, and put it back."""
        renderer = session.app.renderer
        while self._waiting:
            await renderer.wait_for_cpr_responses()
            lines = self._waiting[:LINES_AT_ONCE]
            del self._waiting[:LINES_AT_ONCE]
            columns = session.output.get_size().columns
            renderer.erase()
            for line in lines:
                text = folded(shown(line.text, turned=True), columns) + "\n"
                styled = FormattedText([(f"class:{line.mood.name.lower()}", text)])
                print_formatted_text(session.output, styled, STYLE)
            renderer.request_absolute_cursor_position()
            session.app.invalidate()
            await asyncio.sleep(0)  # Keys are read, however much there is to print.


class Suggestions(Completer):
    """Words and names that a line can go on with."""

    def __init__(self, visit: Visit) -> None:
        """The names are those of whoever is at the visit's table."""
        self._visit = visit

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        for text, begun in self._visit.completions(document.text_before_cursor):
            yield Completion(text, start_position=-begun)
