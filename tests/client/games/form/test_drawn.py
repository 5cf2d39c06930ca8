"""A client that hunts for a number: it has a say in it, and tells what it found when it is over."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from client.dialogue import Ending
from client.fair.witness import Judged
from client.games.drawn import LOOKED_SECONDS
from client.games.form.state import form
from client.house.events import Trouble
from client.modern import ModernDialogue
from client.requests import Enter
from protocol import limits
from protocol.fair.document import read
from protocol.fair.judge import judge
from protocol.fair.verdict import Colour
from protocol.framing import Decoder, Dialect
from protocol.games.kinds import KINDS
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksShown,
    OwnDrawIntroduced,
    RoundFrozen,
    SendLink,
    YourDraw,
    YourFreeze,
)
from protocol.house.form import Act, NumberDrawn
from protocol.wire import Message
from server.draw.own import EVENTS
from server.games import GAMES, guess
from server.people.people import Client
from server.sayings import To, ToAll, ToEach
from tests.client.things import Things
from tests.fair_table import unpacked
from tests.server.games.form_house import FormHouse

Lie = Callable[[Message], Iterable[Message]]


def honest(said: Message) -> Iterable[Message]:
    return (said,)


class Hunter:
    """A client at a table of guess, with no socket between it and the house."""

    def __init__(self, lie: Lie = honest, *, mute: bool = False) -> None:
        self.house = FormHouse(GAMES["guess"])
        self.things = Things()
        self.lie = lie
        self.mute = mute
        """Its links do not arrive."""
        self.dialogue = ModernDialogue(self.things.means(), Enter("Anna", table="2"))
        self.open()

    def open(self) -> None:
        self.client = Client("10.0.0.1")
        self.decoder = Decoder(Dialect.MODERN)
        self.decoder.frame_limit = limits.CLIENT_FRAME_BYTES
        self.heard = len(self.house.said)
        self.dialogue.connecting("house", 1234, self.house.now)
        self.dialogue.up(self.house.now)
        self.run()

    def cut(self) -> None:
        self.house.house.leave(self.client, cut_off=True)
        self.house.advance(0)
        self.dialogue.cut(Ending(Trouble.CUT), self.house.now, self.house.now)

    def run(self, seconds: float = 0.1) -> None:
        """Carry what both say until nobody says anything, and let some time pass."""
        for _ in range(200):
            self.dialogue.tick(self.house.now)
            frames, self.dialogue.frames = self.dialogue.frames, []
            for frame in frames:
                for said in self.decoder.feed(frame):
                    if not (self.mute and isinstance(said, SendLink)):
                        self.house.hear(self.client, said)
            if not frames and self.heard == len(self.house.said):
                break
            self._listen()
        self.house.advance(seconds)
        self._listen()
        self.dialogue.tick(self.house.now)

    def _listen(self) -> None:
        said, self.heard = self.house.said[self.heard :], len(self.house.said)
        for each in said:
            if isinstance(each, To) and each.client is self.client:
                self._hear(each.message, each.table)
            elif isinstance(each, ToEach) and self.client in each.frames:
                self._hear(unpacked(each.frames[self.client]), each.table)
            elif isinstance(each, ToAll) and each.table in (0, *self.client.seats):
                self._hear(each.message, each.table)

    def _hear(self, said: Any, table: int) -> None:
        if said.AT_TABLE and table:
            said = said.to(table)
        for each in self.lie(said):
            self.dialogue.hear(each, self.house.now)

    def act(self, action: int, value: int = 0) -> None:
        shown = form(self.dialogue.state).shown
        assert shown is not None
        self.dialogue.want(Act(0, shown.turn, action, value, ""), self.house.now)
        self.run()

    def hunt(self) -> Judged:
        """A number, given up when the window for the link is over."""
        self.act(NEW, 1)
        self.run(2)
        self.act(GIVE_UP)
        return self.verdict()

    def verdict(self) -> Judged:
        verdicts = self.dialogue.state.table.verdicts
        found: Judged = verdicts[max(verdicts)]
        return found

    @property
    def game(self) -> Any:
        return self.house.game

    @property
    def hunting(self) -> Any:
        return self.game.hunts[self.client.account]


NEW, GUESS, GIVE_UP = 1, 2, 3


def test_every_number_is_green_and_each_is_told_when_it_is_over() -> None:
    anna = Hunter()
    anna.run(2)
    anna.act(NEW, 2)
    assert anna.dialogue.state.table.verdicts == {}
    number = anna.hunting.number
    anna.act(GUESS, number)
    first = anna.verdict()
    assert (first.colour, first.over, first.verdict.greys) == (Colour.GREEN, True, {})
    (event,) = first.round.events
    assert event.result == {"number": number, "hints": []}
    second = anna.hunt()
    assert (second.colour, second.round_number) == (Colour.GREEN, first.round_number + 1)
    assert second.round.first_event == 2
    assert anna.things.saved == []


def test_the_link_is_there_and_the_seed_is_not_shown_before_the_end() -> None:
    told: list[Message] = []
    anna = Hunter(lambda said: told.append(said) or (said,))  # type: ignore[func-returns-value]
    anna.act(NEW, 1)
    draw = anna.game.draws[anna.client.account]
    assert list(draw._links) == [anna.client.account]
    anna.run(3600)
    seed = draw.seeds.seed(1)
    assert not [each for each in told if isinstance(each, EventDrawn | NumberDrawn)]
    assert anna.dialogue.state.table.verdicts == {}, "the player takes as long as they like"
    anna.act(GIVE_UP)
    assert [each.seed for each in told if isinstance(each, EventDrawn)] == [seed]
    assert anna.verdict().colour is Colour.GREEN


def test_when_the_seeds_are_used_up_another_draw_begins_with_ones_say_in_it() -> None:
    anna = Hunter()
    anna.run(2)
    found = [anna.hunt() for _ in range(EVENTS + 2)]
    assert {each.colour for each in found} == {Colour.GREEN}
    numbers = [each.round_number for each in found]
    assert numbers == sorted(set(numbers))
    assert len({each.document.table for each in found}) == 2


def test_a_hunt_over_a_cut_line_is_green_as_well() -> None:
    anna = Hunter()
    anna.run(2)
    anna.act(NEW, 1)
    anna.cut()
    anna.open()
    anna.act(GIVE_UP)
    assert anna.verdict().colour is Colour.GREEN
    anna.run(2)
    assert anna.hunt().colour is Colour.GREEN


def test_a_house_that_began_anew_leaves_a_hunt_open() -> None:
    anna = Hunter()
    anna.run(2)
    anna.act(NEW, 1)
    anna.cut()
    anna.game.draws.clear()
    anna.game.hunts.clear()
    anna.open()
    assert "open" in anna.verdict().verdict.greys
    assert anna.verdict().holds
    anna.run(2)
    assert anna.hunt().colour is Colour.GREEN


def test_who_showed_no_link_plays_on_without_a_say_and_sees_no_green() -> None:
    anna = Hunter(mute=True)
    anna.run(2)
    anna.act(NEW, 1)
    assert anna.hunting.number == 0, "the window is open"
    assert form(anna.dialogue.state).offered("en") == ()
    anna.run(2)
    anna.act(GIVE_UP)
    assert anna.hunting.over
    assert anna.verdict().verdict.reds.keys() == {"own_link"}, "it was sent, and is left out"
    found = anna.hunt()
    assert found.colour is Colour.GREY
    assert found.verdict.greys.keys() == {"nobody", "locked"}


def another(kind: type[Any], **changes: Any) -> Lie:
    return lambda said: (replace(said, **changes) if isinstance(said, kind) else said,)


def without(*kinds: type[Any]) -> Lie:
    return lambda said: () if isinstance(said, kinds) else (said,)


NOUGHT = bytes(32)
LIES: dict[str, tuple[str, Lie]] = {
    "another number": ("draw", another(NumberDrawn, drawn=7777)),
    "another seed": ("chain", another(EventDrawn, seed=NOUGHT)),
    "another freeze": ("freeze", another(RoundFrozen, freeze=NOUGHT)),
    "another kind of draw": ("freeze", another(RoundFrozen, draw=1)),
    "another range": ("transcript", another(EventAsked, detail=bytes((0, 1, 0, 5)))),
    "another step": ("transcript", another(EventAsked, step=NOUGHT)),
    "a say left out": ("own_say", another(YourFreeze, has_say=False)),
    "a link left out": ("own_link", another(YourDraw, proof=(NOUGHT,))),
    "other links": ("reveals", another(EventDrawn, links_root=NOUGHT)),
    "another anchor": ("anchor", another(OwnDrawIntroduced, anchor=NOUGHT)),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_red_and_the_evidence_can_be_verified(name: str) -> None:
    step, lie = LIES[name]
    anna = Hunter(lie)
    anna.run(2)
    assert step in anna.hunt().verdict.reds
    document = read(anna.things.saved[-1])
    ((_, verdict),) = judge(document, KINDS)
    assert step in verdict.reds


def test_only_numbers_are_drawn_at_a_small_game(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind whose clocks are others would be another promise."""
    monkeypatch.setattr(guess, "KIND", KINDS["roulette"])
    anna = Hunter()
    anna.run(2)
    assert "freeze" in anna.hunt().verdict.reds


def test_clocks_are_looked_at_while_something_is_open() -> None:
    anna = Hunter()
    anna.run(2)
    assert anna.dialogue.tick(anna.house.now) > anna.house.now + LOOKED_SECONDS
    anna.act(NEW, 1)
    assert anna.dialogue.tick(anna.house.now) <= anna.house.now + LOOKED_SECONDS


def test_what_is_owed_and_passed_over_is_red() -> None:
    anna = Hunter(without(EventDrawn, LinksShown, YourDraw, NumberDrawn))
    anna.run(2)
    anna.act(NEW, 1)
    anna.act(GIVE_UP)
    anna.act(NEW, 1)
    verdicts = anna.dialogue.state.table.verdicts
    assert verdicts[min(verdicts)].verdict.reds.keys() == {"late"}
    assert anna.things.saved


def test_a_seed_without_its_number_is_red() -> None:
    anna = Hunter(without(NumberDrawn))
    anna.run(2)
    anna.act(NEW, 1)
    anna.act(GIVE_UP)
    anna.run(11)
    assert "late" in anna.verdict().verdict.reds


def test_another_draw_in_the_place_of_one_that_is_owed_is_red() -> None:
    anna = Hunter()
    anna.run(2)
    anna.act(NEW, 1)
    anna._hear(OwnDrawIntroduced(bytes(16), NOUGHT), 2)
    assert anna.verdict().verdict.reds.keys() == {"late"}


def test_a_watcher_has_no_draw() -> None:
    told: list[Message] = []
    anna = Hunter(lambda said: told.append(said) or (said,))  # type: ignore[func-returns-value]
    assert [type(each) for each in told if isinstance(each, OwnDrawIntroduced | DrawShown)] == [
        OwnDrawIntroduced,
        DrawShown,
    ]
    assert [each for each in told if isinstance(each, ChainTaken)]
    zoe = anna.house.visitor("Zoe")
    assert anna.game.draw_of(zoe.account) is None


def test_a_table_that_closes_within_a_hunt_is_no_lie() -> None:
    anna = Hunter()
    anna.run(2)
    anna.act(NEW, 1)
    anna.house.house.close_table(anna.house.house.hall.tables[2], void=True)
    anna.run()
    assert anna.client.seats == {}
    assert anna.things.saved == []
