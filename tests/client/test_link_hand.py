"""A line that is held, by hand: what goes out, what wakes it, and what is heard."""

import select
import selectors
import socket
from collections.abc import Callable, Iterator

import pytest

from client.dialogue import Ending, News, Wish
from client.house.events import LinkUp, Measured, Trouble
from client.inbox import AHEAD
from client.link import UNSENT, _watch
from client.requests import Look
from protocol.wire import encode
from tests.client.hands import ENDING, PING, WISH, WORD, Ends, Hand, a_line, in_hand, nothing, turns

FOREVER = float("inf")


@pytest.fixture
def link() -> Iterator[Hand]:
    with in_hand() as made:
        yield made


@pytest.fixture
def ends() -> Iterator[Ends]:
    with a_line() as made:
        yield made


def test_what_is_said_goes_out_at_once_and_what_comes_is_heard(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(encode(WORD) + encode(PING))
    turns(link, nothing, lambda: link.dialogue.frames.extend((b"one", b"two")))
    assert link._hold(ours) is ENDING
    assert theirs.recv(100) == b"helloonetwo"
    assert link.dialogue.frames == []
    assert link.dialogue.heard == [WORD, PING]
    assert link.known == [LinkUp()]
    assert link.told == 1


def test_what_a_dialogue_says_last_still_goes_out(link: Hand, ends: Ends) -> None:
    link.dialogue.ending = Ending(Trouble.CUT)  # Of the line before.
    assert link._hold(ends[0]) is ENDING
    assert ends[1].recv(100) == b"hello"


def test_a_line_on_which_nothing_can_be_said_has_ended(link: Hand, ends: Ends) -> None:
    ends[0].shutdown(socket.SHUT_WR)
    turns(link, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.CUT)
    turns(link)
    assert link._hold(ends[0]) is ENDING, "the dialogue knows better why"


def test_a_table_that_hangs_up_or_cannot_be_read_has_ended_the_line(link: Hand, ends: Ends) -> None:
    ends[1].shutdown(socket.SHUT_WR)
    turns(link, nothing, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.NOT_MODERN)
    link.dialogue.hear = lambda *_: link.dialogue.end(ENDING)  # type: ignore[method-assign]
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.sendall(encode(WORD) + b"\xff" * 100)
        turns(link, nothing, nothing)
        assert link._hold(one) is ENDING, "the dialogue knows better why"


def test_who_leaves_says_goodbye_behind_all_that_he_said(link: Hand, ends: Ends) -> None:
    link.part()
    ends[1].shutdown(socket.SHUT_WR)
    turns(link, nothing)
    assert link._hold(ends[0]) == Ending(Trouble.LEFT)
    assert ends[1].recv(100) == b"hellobye"
    assert ends[1].recv(100) == b""


def test_who_leaves_a_line_that_has_ended_says_nothing_more(link: Hand, ends: Ends) -> None:
    link.part()
    assert link._hold(ends[0]) is ENDING
    ends[0].shutdown(socket.SHUT_WR)
    assert ends[1].recv(100) == b"hello"
    assert ends[1].recv(100) == b""


def test_wishes_are_heard_on_a_line_and_remembered_without_one(link: Hand, ends: Ends) -> None:
    turns(link, lambda: link.want(WISH), nothing)
    link._hold(ends[0])
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [])
    link.want(WISH)
    link._listen_to_wishes(connected=True)  # The dialogue has ended this line.
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [WISH])
    link.dialogue.ending = None
    link.want(WISH)
    link._listen_to_wishes(connected=False)
    assert (link.dialogue.wanted, link.dialogue.remembered) == ([WISH], [WISH] * 2)
    link._listen_to_wishes(connected=True)
    assert link.dialogue.wanted == [WISH]


def test_it_is_woken_behind_what_it_is_told(link: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, bool, bool]] = []

    def poke() -> None:
        seen.append((len(link._wishes), link._hurried, link._closing.is_set()))

    with monkeypatch.context() as patch:
        patch.setattr(link, "_poke", poke)
        link.want(WISH)
        link.hurry()
        link.part()
    assert seen == [(1, False, False), (1, True, False), (1, True, True)]


def test_wishes_are_heard_in_their_order(link: Hand) -> None:
    wishes: list[Wish] = [Look(number) for number in (3, 1, 2)]
    for each in wishes:
        link.want(each)
    link._listen_to_wishes(connected=True)
    assert link.dialogue.wanted == wishes
    assert not select.select([link._ear], [], [], 0)[0], "it is woken once for all of them"


def test_it_sleeps_until_something_is_due(
    link: Hand, ends: Ends, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float | None] = []

    class Selector(selectors.DefaultSelector):
        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            waits.append(timeout)
            return []

    monkeypatch.setattr(selectors, "DefaultSelector", Selector)

    def due(moment: float) -> Callable[[], None]:
        return lambda: setattr(link.dialogue, "due", moment)

    turns(link, due(107.5), due(99.0), due(FOREVER))
    link._hold(ends[0])
    assert waits == [7.5, 0, None]


def test_who_takes_nothing_hears_nothing(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    news = [News(0.0, Measured(0.1))]

    def take() -> None:
        assert link.dialogue.heard == []
        link.skip()

    def fill() -> None:
        link._inbox.put(news, AHEAD, link.dialogue.state)

    turns(link, fill, nothing, nothing, take)
    link._hold(ends[0])
    assert link.dialogue.unheeded_at == [100.0] * 3
    assert link.dialogue.heard == [WORD]


@pytest.mark.parametrize(("unsent", "heard"), [(UNSENT - 1, 1), (UNSENT, 0)])
def test_a_table_that_does_not_read_is_not_listened_to(
    link: Hand, ends: Ends, unsent: int, heard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(_: object, rest: bytearray) -> None:
        rest[:] = bytes(unsent)

    monkeypatch.setattr(link, "_send", send)
    ends[1].sendall(encode(WORD))
    turns(link, nothing, nothing)
    link._hold(ends[0])
    assert len(link.dialogue.heard) == heard


def test_what_the_line_does_not_take_waits_for_the_next_time(link: Hand, ends: Ends) -> None:
    ours, theirs = ends
    unsent = bytearray()
    link.dialogue.frames += [b"a" * 4_000_000, b"b"]
    link._send(ours, unsent)
    assert link.dialogue.frames == []
    left = len(unsent)
    assert 0 < left < 4_000_000
    link._send(ours, unsent)
    assert len(unsent) == left, "there is no room, and that is no fault"
    got = bytearray()
    while len(got) < 4_000_001:
        got += theirs.recv(1 << 20)
        link._send(ours, unsent)
    assert got.endswith(b"ab")
    assert not unsent


def test_nothing_there_is_nothing_heard(link: Hand, ends: Ends) -> None:
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link._heard == 0


@pytest.mark.parametrize(
    ("unread", "trouble"),
    [(Trouble.NOT_MODERN, Trouble.NOT_MODERN), (Trouble.BROKEN, Trouble.CUT)],
)
@pytest.mark.parametrize("how", ["hung up", "broken"])
def test_a_line_that_ends_is_one_that_was_cut_or_no_table(
    link: Hand, ends: Ends, unread: Trouble, trouble: Trouble, how: str
) -> None:
    link.dialogue.trouble = unread
    if how == "hung up":
        ends[1].close()
    else:
        ends[0].close()  # A line that fails to be read.
    assert link._hear(ends[0], link.dialogue.decoder()) == Ending(trouble)


def test_what_cannot_be_read_is_told_in_words(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD) + b"\xff" * 100)
    ending = link._hear(ends[0], link.dialogue.decoder())
    assert ending
    assert ending.trouble is Trouble.NOT_MODERN
    assert ending.words
    assert not ending.for_good
    assert link.dialogue.heard == [WORD]


def test_behind_the_end_of_a_dialogue_nothing_is_heard(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    link.dialogue.end(ENDING)
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link.dialogue.heard == []
    assert link._heard == len(encode(WORD))


def test_who_leaves_does_not_even_read_on(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD) + b"\xff" * 100)
    link.part()
    assert link._hear(ends[0], link.dialogue.decoder()) is None
    assert link.dialogue.heard == []


def test_what_was_heard_is_told_with_its_size_and_rings_once(link: Hand, ends: Ends) -> None:
    ends[1].sendall(encode(WORD))
    link._hear(ends[0], link.dialogue.decoder())
    link._tell()
    assert link.told == 0, "there is no news"
    for _ in range(2):
        link.dialogue.note(Measured(0.1), 1.0)
    link._heard = 5
    link._tell()
    assert (link.told, link._heard, link._inbox._ahead) == (1, 0, 5)
    assert link.state is link.dialogue.state
    assert link.known == [Measured(0.1)] * 2
    link._on_news = None
    link.dialogue.note(Measured(0.2), 1.0)
    link._tell()
    assert link.known == [Measured(0.2)]


def test_a_line_is_watched_for_what_is_wanted_of_it_and_for_nothing_else(ends: Ends) -> None:
    read, write = selectors.EVENT_READ, selectors.EVENT_WRITE
    with selectors.DefaultSelector() as selector:
        for wanted in (0, read, read | write, write, 0, write, 0, 0, read):
            _watch(selector, ends[0], reads=bool(wanted & read), writes=bool(wanted & write))
            key = selector.get_map().get(ends[0])
            assert (key.events if key else 0) == wanted
            assert bool(key) == bool(wanted)
