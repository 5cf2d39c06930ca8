"""A table may say anything: a client follows it or hangs up, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from client.classic import ClassicDialogue
from client.dialogue import Ending, Wish
from client.games.roulette.requests import list_bets, place, start_spin, take_back
from client.house.events import Trouble
from client.modern import ModernDialogue
from client.requests import Enter, Look, announce
from protocol import classic
from protocol.house import door
from protocol.house.lists import Reason, Seat
from protocol.messages import FROM_SERVER
from protocol.wire import Message
from tests.client.alone import GREETING, at_the_door, at_the_table
from tests.client.test_reduce import SAID, SEATED
from tests.client.things import Things
from tests.protocol.strategies import strategy

ANYTHING = st.one_of(SAID, *(strategy(each.LAYOUT) for each in FROM_SERVER.values()))
WISHES = st.sampled_from(
    (
        Enter("Ann"),
        Enter("", Seat.WATCHER),
        Enter("Zoe", Seat.CROUPIER, "x"),
        Look(1),
        place(SEATED, {1: 5}),
        take_back(SEATED, {}),
        door.LeaveSeat(0),
    )
)
STEPS = st.lists(st.one_of(ANYTHING, WISHES, st.floats(0, 20), st.just("cut")), max_size=25)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(("line", "door", "table")), STEPS)
def test_whatever_a_table_says_a_client_never_falls(
    where: str, steps: list[Message | Wish | float | str]
) -> None:
    dialogue = {
        "line": lambda: _connected(),
        "door": lambda: at_the_door(Enter("Ann")).dialogue,
        "table": lambda: at_the_table().dialogue,
    }[where]()
    now = 0.0
    for step in steps:
        if dialogue.ending is not None or step == "cut":
            dialogue.cut(Ending(Trouble.CUT), now, now)
            dialogue.up(now)
        elif isinstance(step, float):
            now += step
        elif type(step) in FROM_SERVER.values():
            dialogue.hear(step, now)  # type: ignore[arg-type]  # a message, as its type says
        elif not isinstance(step, str):
            dialogue.want(step, now)  # type: ignore[arg-type]  # a wish is all that is left
        dialogue.tick(now)
        dialogue.frames.clear()
        dialogue.news.clear()


def _connected() -> ModernDialogue:
    dialogue = ModernDialogue(Things().means(), Enter("Ann"))
    dialogue.connecting("there", 1, 0.0)
    dialogue.up(0.0)
    return dialogue


def test_who_speaks_of_a_table_before_introducing_it_is_left() -> None:
    dialogue = _connected()
    dialogue.hear(GREETING, 0.0)
    dialogue.hear(door.SignedIn(1, 5, "Ann", b"", 500, 1), 0.0)
    assert dialogue.ending == Ending(Trouble.BROKEN, words="it spoke before it introduced itself")


def test_numbers_that_leave_no_room_are_refused() -> None:
    alone = at_the_door(Enter("Ann"))
    number = alone.answer(door.SignIn)
    alone.hear(door.SignedIn(number, 5, "Ann", b"", 500, 2**64 - 1))
    assert alone.dialogue.ending is not None
    assert alone.dialogue.ending.trouble is Trouble.BROKEN


@pytest.mark.parametrize(
    "wish",
    [
        announce(words="x" * 401),
        announce(words="\ud800"),
        place(SEATED, {1: 2**64}),
        take_back(SEATED, {1: 2**64}),
    ],
)
def test_what_the_wire_cannot_say_is_refused_here(wish: Wish) -> None:
    alone = at_the_table()
    assert alone.sent
    alone.dialogue.want(wish, 0.0)
    assert alone.sent == []
    assert alone.dialogue.state.refusals[-1].request is not None
    assert alone.dialogue.state.refusals[-1].reason is not None


@pytest.mark.parametrize("name", ["x" * 65, "\ud800"])
def test_a_name_that_the_wire_cannot_say_is_refused_at_the_door(name: str) -> None:
    alone = at_the_door(Enter(name, table_password="\ud800"))
    assert not [each for each in alone.sent if isinstance(each, door.SignIn)]
    assert alone.dialogue.state.refusals[-1].reason is Reason.NAME_UNFIT
    alone.dialogue.want(Enter("Ann"), 0.0)
    assert alone.answer(door.SignIn)


REPLIES = st.one_of(
    st.builds(classic.RegistrationAnswered, st.sampled_from(classic.Code)),
    st.builds(classic.OrderAnswered, st.sampled_from(classic.Code)),
    st.just(classic.RegistrationAnswered(classic.Code.OK)),
    st.just(classic.OrderAnswered(classic.Code.OK)),
    st.builds(
        classic.BetsListed,
        st.lists(
            st.builds(
                classic.ListedBet,
                st.sampled_from(("Ann", "Bob", "")),
                st.integers(0, 65535),
                st.integers(0, 38),
            ),
            max_size=4,
        ),
    ),
    st.builds(
        classic.ResultsShown,
        st.integers(0, 36),
        st.lists(
            st.builds(classic.Result, st.sampled_from(("Ann", "Bob")), st.integers(-32768, 32767)),
            max_size=4,
        ),
    ),
)
CLASSIC_WISHES = st.one_of(
    WISHES,
    st.builds(lambda spot, chips: place(SEATED, {spot: chips}), st.integers(0, 156), st.just(9)),
    st.just(list_bets(SEATED)),
    st.just(start_spin(SEATED)),
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from((Seat.PLAYER, Seat.CROUPIER)),
    st.lists(st.one_of(REPLIES, CLASSIC_WISHES, st.just("cut")), max_size=25),
)
def test_whatever_a_classic_server_says_a_client_never_falls(
    seat: Seat, steps: list[classic.Reply | Wish | str]
) -> None:
    dialogue = ClassicDialogue(Things().means(), Enter("Ann", seat))
    dialogue.connecting("there", 1, 0.0)
    dialogue.up(0.0)
    for now, step in enumerate(steps):
        if dialogue.ending is not None or isinstance(step, str):
            dialogue.cut(Ending(Trouble.CUT), now, now)
            dialogue.up(now)
        elif isinstance(step, Wish):
            dialogue.want(step, now)
        else:
            dialogue.hear(step, now)
        dialogue.tick(now)
        assert dialogue.state.balance >= 0


def test_a_round_beyond_the_chain_is_not_walked_back() -> None:
    alone = at_the_table(number=2**63)
    assert alone.dialogue.tick(0.0) > 0.0
