"""What both dialects have in common: what happened is told once, in its order."""

from client.dialogue import Dialogue, Ending, News
from client.house.events import Connecting, LinkGone, LinkLost, LinkUp, Trouble, Unsent
from client.house.state import Line, Status
from client.modern import ModernDialogue
from client.requests import Enter, Look
from protocol.framing import Decoder, Dialect
from protocol.games.roulette import desk
from protocol.house import door
from protocol.house.lists import Farewell
from protocol.wire import encode
from tests.client.things import Things

ENDED = Ending(Trouble.FAREWELL, Farewell.KICKED, "out")
GREETING = encode(door.Greeting(1, 1, "croupier"))


def dialogue() -> Dialogue:
    return ModernDialogue(Things().means())


def test_an_ending_may_be_tried_again_unless_it_says_so() -> None:
    assert Ending(Trouble.CUT) == Ending(Trouble.CUT, None, "", for_good=False)


def test_a_line_is_told_from_its_beginning_to_its_end() -> None:
    said = dialogue()
    assert (said.news, said.frames, said.ending) == ([], [], None)
    said.connecting("here", 1234, 1.0)
    assert said.state.status.line is Line.CONNECTING
    said.end(ENDED)
    endings = [said.ending]
    said.up(2.0)
    endings.append(said.ending)
    assert endings == [ENDED, None]  # It was that of the line before.
    assert said.frames == [GREETING]
    said.end(ENDED)
    said.end(Ending(Trouble.CUT))
    assert said.ending is ENDED
    said.cut(ENDED, 9.0, 3.0)
    assert said.frames == []
    assert said.state.status == Status(Line.LOST, Trouble.FAREWELL, Farewell.KICKED, "out", 9.0)
    said.cut(ENDED, None, 4.0)
    assert said.state.status == Status(Line.GONE, Trouble.FAREWELL, Farewell.KICKED, "out")
    assert said.news == [
        News(1.0, Connecting("here", 1234)),
        News(2.0, LinkUp()),
        News(3.0, LinkLost(Trouble.FAREWELL, 9.0, Farewell.KICKED, "out")),
        News(4.0, LinkGone(Trouble.FAREWELL, Farewell.KICKED, "out")),
    ]


def test_a_request_without_a_line_is_refused_and_a_wish_to_come_in_is_not() -> None:
    said = dialogue()
    said.remember(desk.StartSpin(0, 1), 5.0)
    said.remember(Enter("Ann"), 6.0)
    said.remember(Look(7), 7.0)
    assert said.news == [News(5.0, Unsent(desk.StartSpin(0, 1)))]
    assert [each.request for each in said.state.refusals] == [desk.StartSpin(0, 1)]


def test_a_table_is_read_as_a_table_speaks() -> None:
    decoder = dialogue().decoder()
    pong = door.Pong(77)  # Clients say it too, but not before they have greeted.
    whole = encode(door.Greeting(1, 1, "table")) + encode(pong)
    assert list(decoder.feed(whole)) == [door.Greeting(1, 1, "table"), pong]
    assert isinstance(decoder, Decoder)
    (goodbye,) = list(Decoder(Dialect.MODERN).feed(GREETING + dialogue().goodbye()))[1:]
    assert goodbye == door.Goodbye(Farewell.LEAVING, "")
