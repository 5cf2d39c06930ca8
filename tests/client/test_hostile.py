"""A table may say anything: a client follows it or hangs up, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from client.dialogue import Ending, Wish
from client.events import Trouble
from client.modern import ModernDialogue
from client.requests import Enter, Examine, place, take_back
from protocol.messages import FROM_SERVER, door
from protocol.messages.lists import Seat
from protocol.wire import Message
from tests.client.fakes import Things
from tests.client.test_door import GREETING, at_the_door, at_the_table
from tests.client.test_model import SAID, SEATED
from tests.protocol.strategies import strategy

ANYTHING = st.one_of(SAID, *(strategy(each.LAYOUT) for each in FROM_SERVER.values()))
WISHES = st.sampled_from(
    (
        Enter("Ann"),
        Enter("", Seat.WATCHER),
        Enter("Zoe", Seat.CROUPIER, "x"),
        Examine(1),
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
        dialogue.steps.clear()


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


def test_a_round_beyond_the_chain_is_not_walked_back() -> None:
    alone = at_the_table(number=2**63)
    assert alone.dialogue.tick(0.0) > 0.0
