"""A table poll: whoever has the croupier's seat asks, everybody there has one vote.

One may change it until the poll closes, by its clock or by the croupier. Who has not voted does not
see how the others did; how one voted is shown to nobody else, the host included. Votes are in the
books, so that they survive whatever happens to the house: who can read that file can read them.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

from protocol.fair.hashes import Account
from protocol.house.form import Act, FormLine
from protocol.house.lists import ActionKind, Reason, Seat
from protocol.limits import CHOICES, PART_BYTES
from protocol.text import UnfitTextError, fit_line
from server.books.purse import BooksError
from server.books.till import numbered
from server.games.forms import Action, Form, Offer, SmallGame, small_game
from server.games.kept import NothingKept
from server.games.poll_words import WORDS
from server.refusal import Refusal
from server.tables.means import Means


@dataclass(frozen=True, slots=True)
class Rules:
    """What a table may set. Without a croupier nobody could ask."""

    automatic: ClassVar[bool] = False
    minutes: float = 10.0
    """So long a poll is open; 0: until the croupier closes it."""

    def faults(self) -> Iterator[str]:
        if not 0 <= self.minutes <= 10_080:
            yield "minutes takes 0 to 10080"


@dataclass(slots=True)
class Asked:
    """The poll that is open, or the last that was."""

    number: int = 0
    question: str = ""
    options: list[str] = field(default_factory=list)
    until: int = 0
    """In milliseconds since 1970; 0: no clock."""
    votes: dict[Account, int] = field(default_factory=dict)
    open: bool = False


class PollState(NothingKept):
    """What the books have of it."""

    OWN: ClassVar[frozenset[str]] = frozenset(("ask", "vote", "close"))

    def __init__(self) -> None:
        self.asked = Asked()
        self.counts: Counter[int] = Counter()
        """How many have voted for each: there may be thousands, and all are shown it."""

    def ask(self, number: int, question: str, options: list[str], until: int) -> None:
        if self.asked.open or number != self.asked.number + 1:
            raise BooksError(f"poll {number} does not follow {self.asked.number}")
        self.asked = Asked(number, question, options, until, open=True)
        self.counts.clear()

    def vote(self, number: int, account: Account, option: int) -> None:
        self._verify(number)
        if account in self.asked.votes:
            self.counts[self.asked.votes[account]] -= 1
        self.asked.votes[account] = option
        self.counts[option] += 1

    def close(self, number: int) -> None:
        self._verify(number)
        self.asked.open = False

    def _verify(self, number: int) -> None:
        if not self.asked.open or number != self.asked.number:
            raise BooksError(f"poll {number} is not open")

    def snapshot(self) -> dict[str, Any]:
        return asdict(self.asked)

    @classmethod
    def of_snapshot(cls, kept: dict[str, Any]) -> Self:
        state = cls()
        state.asked = Asked(**{**kept, "votes": numbered(kept["votes"])})
        state.counts.update(state.asked.votes.values())
        return state


class Poll(SmallGame):
    """One table: one poll after another."""

    service = "poll"
    words = WORDS

    def __init__(self, means: Means, rules: Rules, now: float) -> None:
        super().__init__(means, rules, now)
        assert isinstance(self.till.state, PollState)
        self.state = self.till.state

    @property
    def asked(self) -> Asked:
        return self.state.asked

    def due(self) -> float | None:
        return self.asked.until / 1000 if self.asked.open and self.asked.until else None

    def step(self, now: float) -> None:
        due = self.due()
        if due is not None and now >= due:
            self.abandon()

    def abandon(self) -> None:
        """No more votes; those that there are count."""
        if self.asked.open:
            self._write("close")

    def view(self, account: Account) -> Hashable:
        return self._asks(account), self.asked.votes.get(account)

    def form(self, account: Account) -> Form:
        asked = self.asked
        offers = []
        if asked.open:
            options = [WORDS.line("option", option) for option in asked.options]
            offers.append(Offer("vote", choices=options))
        if self._asks(account):
            offers.append(Offer("close" if asked.open else "ask"))
        return Form("title", [*self._lines(account)], offers, asked.number, self.due())

    def _asks(self, account: Account) -> bool:
        person = self.means.seats.seated.get(account)
        return person is not None and person.seat is Seat.CROUPIER

    def _lines(self, account: Account) -> Iterator[FormLine]:
        asked, vote = self.asked, self.asked.votes.get(account)
        if not asked.number:
            yield WORDS.line("idle")
            return
        yield WORDS.line("question", asked.question)
        yield WORDS.line("voted" if asked.open else "closed", len(asked.votes))
        if asked.open and vote is None:
            yield WORDS.line("hidden")
            return
        if asked.open and vote is not None:
            yield WORDS.line("yours", asked.options[vote])
        for place, option in enumerate(asked.options):
            count, all_votes = self.state.counts[place], max(1, len(asked.votes))
            yield WORDS.line("result", option, count, round(100 * count / all_votes))

    def ask(self, _: Account, request: Act) -> None:
        try:
            question, *options = [fit_line(each) for each in request.words.split("|")]
        except UnfitTextError as error:
            raise Refusal(Reason.TEXT_UNFIT, str(error)) from None
        if not 2 <= len(options) <= CHOICES or len(set(options)) < len(options):
            words = f"a question and 2 to {CHOICES} answers, with | between them, none twice"
            raise Refusal(Reason.TEXT_UNFIT, words)
        if max(len(each.encode()) for each in (question, *options)) > PART_BYTES:
            raise Refusal(Reason.TEXT_UNFIT, f"at most {PART_BYTES} bytes each")
        minutes = self.rules.minutes
        until = round((self.means.now + 60 * minutes) * 1000) if minutes else 0
        self._write("ask", question, options, until, number=self.asked.number + 1)

    def vote(self, account: Account, request: Act) -> None:
        if self.asked.votes.get(account) != request.value:
            self._write("vote", account, request.value)

    def close_poll(self, _: Account, __: Act) -> None:
        self._write("close")

    def _write(self, deed: str, *what: Any, number: int = 0) -> None:
        self.means.books.play(self.means.table, deed, [number or self.asked.number, *what])
        self.touch_all()

    actions: ClassVar[Mapping[str, Action]] = {
        "ask": Action("POLL NEW", ActionKind.TEXT, ask, kept=True),
        "vote": Action("VOTE", ActionKind.CHOICE, vote, kept=True),
        "close": Action("POLL CLOSE", ActionKind.PRESS, close_poll),
    }


POLL = small_game(Poll, Rules, PollState)
