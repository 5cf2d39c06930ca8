"""One line after the other, by hand: the pauses between them, and who does not come back."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from client.dialogue import Ending
from client.house.events import LinkGone, LinkLost, Local, Measured, Trouble
from client.house.state import HouseState, Line, Status
from protocol.wire import Message
from tests.client.hands import WISH, Hand, Told, in_hand


@pytest.fixture
def link() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


class Run(Hand):
    """Each line has its end from the test, and each pause is only noted."""

    def __init__(self, *endings: Callable[["Run"], Ending] | Ending) -> None:
        super().__init__(Told())
        self.endings = deque(endings)
        self.paused: list[float] = []

    def _converse(self) -> Ending:
        ending = self.endings.popleft()
        return ending if isinstance(ending, Ending) else ending(self)

    def _pause(self, until: float) -> None:
        assert isinstance(self.dialogue.said[-1], LinkLost), "it is told before, not after"
        self.paused.append(until)
        if not self.endings:
            self.part()


def run(*endings: Callable[[Run], Ending] | Ending) -> tuple[Run, list[Message | Local]]:
    link = Run(*endings)
    try:
        link._run()
        return link, link.known
    finally:
        link.close()


def lives(link: Run) -> Ending:
    link.dialogue.state = replace(HouseState(), status=Status(line=Line.LIVE))
    return Ending(Trouble.CUT)


def test_pauses_grow_until_a_line_has_lived() -> None:
    cut = Ending(Trouble.CUT, words="so")
    link, known = run(cut, cut, lives, cut)
    assert link.paused == [101.0, 102.0, 101.0, 102.0]
    assert known == [
        LinkLost(Trouble.CUT, 101.0, None, "so"),
        LinkLost(Trouble.CUT, 102.0, None, "so"),
        LinkLost(Trouble.CUT, 101.0),
        LinkLost(Trouble.CUT, 102.0, None, "so"),
        LinkGone(Trouble.LEFT),
    ]


def test_an_end_for_good_is_one() -> None:
    ending = Ending(Trouble.VERSION, words="so", for_good=True)
    link, known = run(ending, ending)
    assert (link.paused, known) == ([], [LinkGone(Trouble.VERSION, None, "so")])


def test_whom_no_table_has_let_in_does_not_come_back() -> None:
    def refused(link: Run) -> Ending:
        link.dialogue.goes_on = False
        return Ending(Trouble.REFUSED)

    link, known = run(refused, refused)
    assert (link.paused, known) == ([], [LinkGone(Trouble.REFUSED)])


def test_who_left_during_a_line_has_left_whatever_ended_it() -> None:
    def leave(link: Run) -> Ending:
        link.part()
        return Ending(Trouble.CUT)

    link, known = run(leave, leave)
    assert (link.paused, known) == ([], [LinkGone(Trouble.LEFT)])


def test_a_mistake_of_ours_is_told_to_who_watches() -> None:
    link = Run()
    with pytest.raises(IndexError):
        link._run()
    assert link.known == [LinkGone(Trouble.BROKEN)]
    link.close()


def test_a_pause_ends_at_its_time_and_earlier_for_who_is_in_a_hurry_or_leaves(link: Hand) -> None:
    link.want(WISH)
    link.step = 0.25
    link._hurried = True  # Of the pause before.
    link.dialogue.note(Measured(0.1), 1.0)
    link._pause(101.0)
    assert link.now == 101.0
    assert link.dialogue.remembered == [WISH]
    assert link.known == [Measured(0.1)]
    link.step = 0.0
    waiter = threading.Thread(target=link._pause, args=(1000.0,), daemon=True)
    waiter.start()
    while waiter.is_alive():
        link.hurry()
        waiter.join(0.01)
    link.part()
    link._pause(1000.0)
