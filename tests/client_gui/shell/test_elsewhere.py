"""What one has at other tables is summed up, whatever is played there."""

from client.house.state import HouseState
from client_gui.shell.elsewhere import Elsewhere, OwnChips
from protocol.house.lists import Seat

NETS = {1: (7, 5), 2: (-20, 30), 3: (1000, 1000)}


class Told:
    """Counts how often a net is asked for, and gives a new source when told so."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.source = object()
        self.chips = OwnChips(lambda _: self.source, self._net, lambda there: NETS[there.here][1])

    def _net(self, there: HouseState) -> int:
        self.asked.append(there.here)
        return NETS[there.here][0]


def at_three() -> HouseState:
    state = HouseState().at(1).with_table(seat=Seat.PLAYER)
    state = state.at(2).with_table(seat=Seat.PLAYER)
    return state.at(3).with_table(seat=Seat.WATCHER)


def test_what_one_plays_for_elsewhere_is_summed_up_and_what_one_watches_is_not() -> None:
    told = Told()
    elsewhere = Elsewhere(lambda _: told.chips)
    assert elsewhere(at_three().at(1)) == (-20, 30)
    assert elsewhere(at_three().at(2)) == (7, 5)
    assert elsewhere(at_three()) == (-13, 35)


def test_a_net_is_made_anew_only_from_something_new() -> None:
    told = Told()
    elsewhere = Elsewhere(lambda _: told.chips)
    for _ in range(3):
        elsewhere(at_three())
    assert sorted(told.asked) == [1, 2]
    told.source = object()
    elsewhere(at_three())
    assert sorted(told.asked) == [1, 1, 2, 2]


def test_who_gets_up_has_lost_there_what_they_lost() -> None:
    told = Told()
    elsewhere = Elsewhere(lambda _: told.chips)
    elsewhere(at_three())
    assert elsewhere(at_three().without_table(2)) == (-13, 5)


def test_a_game_that_tells_nothing_counts_nothing() -> None:
    told = Told()
    elsewhere = Elsewhere(lambda there: told.chips if there.here == 1 else None)
    assert elsewhere(at_three()) == (7, 5)
