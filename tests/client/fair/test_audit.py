"""Where too many have a say to be told all links, some look at all, and nobody knows who."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from client.fair import audit, part, witness
from client.fair.audit import WANTED, Audit, drawn_by_lot
from client.fair.witness import Judged
from client.games.roulette.requests import place
from protocol.fair.verdict import Colour
from protocol.games.roulette.rounds import PlayerSettled, RoundOpened
from protocol.house.door import Refused
from protocol.house.draw import LinkRow, LinksListed, ListLinks
from protocol.house.lists import Reason
from protocol.wire import Message
from server.draw import draw
from tests.client.fake_table import TABLE, FakeTable
from tests.client.things import Things
from tests.client.wire import seated
from tests.says import Say

PUPPETS = (11, 12, 13, 14)
Tamper = Callable[[Message], Message]


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (witness, draw):
        monkeypatch.setattr(module, "LINKS_A_PAGE", 4)


@pytest.fixture
def lots(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Everybody looks; and at how many."""
    seen: list[int] = []

    def drawn(_: Callable[[], bytes], contributors: int) -> bool:
        seen.append(contributors)
        return True

    monkeypatch.setattr(part, "drawn_by_lot", drawn)
    return seen


class Evening:
    """A table at which five have a say; Ann is one."""

    def __init__(self, tamper: Tamper = lambda said: said, missing: Sequence[int] = ()) -> None:
        self.table = FakeTable(tamper)
        self.things = Things()
        self.ann, _ = seated(self.table, "Ann", self.things)
        self.ann.now += 2.0
        self.puppets = {account: Say(TABLE, account) for account in PUPPETS}
        for account, say in self.puppets.items():
            self.table.draw.register(account, say.first)
        self.missing = missing

    def spin(self, held: tuple[type[Message], ...] = ()) -> None:
        """A round; what is `held` back comes when all else was heard."""
        self.ann.dialogue.want(place(self.ann.state, {17: 5}), self.ann.now)
        self.ann.run()
        self.table.close()
        event = self.table.draw.state.event + 1
        for account, say in self.puppets.items():
            if account not in self.missing:
                self.table.draw.take(account, event, say.show())
        self.ann.run()
        self.table.settle()
        inbox = self.ann.inbox
        later = [said for said in inbox if isinstance(said, held)]
        inbox[:] = [said for said in inbox if said not in later]
        self.ann.run()
        inbox += later
        self.ann.run()

    @property
    def verdicts(self) -> list[Judged]:
        return [*self.ann.state.table.verdicts.values()]

    def asked(self) -> list[ListLinks]:
        return [each for each in self.table.asked if isinstance(each, ListLinks)]


def test_who_looks_at_all_links_sees_green(lots: list[int]) -> None:
    evening = Evening()
    for number in (1, 2):
        evening.spin()
        last = evening.verdicts[-1]
        assert (last.round_number, last.over) == (number, True)
        assert (last.colour, last.verdict.greys) == (Colour.GREEN, {})
        assert last.round.says is not None
        assert last.round.says.keys() == {*PUPPETS, evening.ann.state.account}
    assert lots == [5, 5]
    assert [each.after_account for each in evening.asked()] == [0, 12, 14] * 2


def test_who_does_not_look_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "drawn_by_lot", lambda *_: False)
    evening = Evening()
    evening.spin()
    (seen,) = evening.verdicts
    assert (seen.colour, [*seen.verdict.greys]) == (Colour.GREY, ["unlisted"])
    assert evening.asked() == []


def test_where_all_links_come_unasked_there_is_no_lot(
    lots: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (witness, draw):
        monkeypatch.setattr(module, "LINKS_A_PAGE", 5)
    evening = Evening()
    evening.spin()
    assert evening.verdicts[0].colour is Colour.GREEN
    assert (lots, evening.asked()) == ([], [])


@pytest.mark.usefixtures("lots")
def test_who_withheld_is_found_in_the_pages() -> None:
    evening = Evening(missing=[13])
    evening.spin()
    (seen,) = evening.verdicts
    assert (seen.colour, [*seen.verdict.greys]) == (Colour.GREY, ["withheld"])


def listed(change: Callable[[tuple[LinkRow, ...], bool], tuple[Any, bool]]) -> Tamper:
    def tamper(said: Message) -> Message:
        if not isinstance(said, LinksListed):
            return said
        rows, more = change(said.rows, said.more)
        return replace(said, rows=rows, more=more)

    return tamper


def ground(rows: tuple[LinkRow, ...], more: bool) -> tuple[Any, bool]:
    """A puppet's link that leads nowhere."""
    change = {12: bytes(32)}
    return tuple(replace(row, link=change.get(row.account, row.link)) for row in rows), more


LIES: dict[str, Callable[[tuple[LinkRow, ...], bool], tuple[Any, bool]]] = {
    "a link that fits no chain": ground,
    "somebody left out": lambda rows, more: (rows[1:], more),
    "an early end": lambda rows, _: (rows, False),
    "the first page for ever": lambda _, __: ((LinkRow(11, 0, bytes(32)),), True),
    "nothing": lambda _, __: ((), False),
}


@pytest.mark.usefixtures("lots")
@pytest.mark.parametrize("lie", LIES)
def test_a_list_that_is_not_what_was_frozen_is_red(lie: str) -> None:
    evening = Evening(listed(LIES[lie]))
    evening.spin()
    evening.spin()
    assert evening.verdicts[0].verdict.reds.keys() & {"says", "links", "reveals"}
    assert len(evening.asked()) <= 10
    assert evening.things.saved


@pytest.mark.usefixtures("lots")
def test_a_list_that_says_it_goes_on_ends_where_nothing_follows() -> None:
    evening = Evening(listed(lambda rows, _: (rows, True)))
    evening.spin()
    assert evening.verdicts[0].colour is Colour.GREEN
    assert len(evening.asked()) == 4


@pytest.mark.usefixtures("lots")
def test_who_is_refused_the_list_sees_red() -> None:
    def tamper(said: Message) -> Message:
        if isinstance(said, LinksListed):
            return Refused(said.number, Reason.NO_SUCH_ROUND, 255, 0, "")
        return said

    evening = Evening(tamper)
    evening.spin()
    assert [*evening.verdicts[0].verdict.reds] == ["refused"]


@pytest.mark.usefixtures("lots")
@pytest.mark.parametrize(("seconds", "reds"), [(9.5, []), (11.0, ["refused"])])
def test_a_list_that_does_not_come_is_red_in_time(seconds: float, reds: list[str]) -> None:
    evening = Evening()
    evening.table.mute = {ListLinks}
    evening.spin()
    evening.ann.now += seconds
    evening.ann.run()
    assert [[*each.verdict.reds] for each in evening.verdicts] == [reds] * bool(reds)
    assert [each.over for each in evening.verdicts] == [True] * bool(reds)


@pytest.mark.usefixtures("lots")
def test_pages_that_come_too_late_belong_to_no_other_round() -> None:
    evening = Evening()
    evening.table.mute = {ListLinks}
    for _ in range(2):
        evening.spin()
    evening.table.mute.clear()
    assert evening.ann.chair is not None
    for asked in evening.asked():
        evening.table.hear(evening.ann.chair, asked)
        evening.ann.run()
    first, second = evening.verdicts
    assert (first.colour, [*first.verdict.greys]) == (Colour.GREY, ["unlisted"])
    assert second.colour is Colour.GREEN


@pytest.mark.usefixtures("lots")
def test_a_round_is_not_over_before_ones_payout_though_all_pages_are_there() -> None:
    evening = Evening()
    evening.spin((PlayerSettled, RoundOpened))
    (seen,) = evening.verdicts
    own = seen.round.own
    assert own is not None
    assert (seen.colour, own.payout is None) == (Colour.GREEN, False)


@pytest.mark.usefixtures("lots")
def test_who_is_told_no_payout_learns_of_the_round_all_the_same() -> None:
    def tamper(said: Message) -> Message:
        return replace(said, round_number=99) if isinstance(said, PlayerSettled) else said

    evening = Evening(tamper)
    evening.spin()
    (seen,) = evening.verdicts
    assert seen.over


@pytest.mark.usefixtures("lots")
def test_a_list_is_not_waited_for_over_a_cut_line() -> None:
    evening = Evening()
    evening.table.mute = {ListLinks}
    evening.spin()
    evening.ann.cut()
    evening.ann.open()
    evening.ann.now += 60
    evening.ann.run()
    (seen,) = evening.verdicts
    assert (seen.colour, [*seen.verdict.greys]) == (Colour.GREY, ["unlisted"])


def chances(*firsts: int) -> Callable[[], bytes]:
    following: Iterator[int] = iter(firsts)
    return lambda: next(following).to_bytes(8, "big") + bytes(24)


def test_the_lot_is_128_in_n() -> None:
    for contributors in (513, 10_000):
        edge = (WANTED << 64) // contributors
        assert drawn_by_lot(chances(edge), contributors)
        assert not drawn_by_lot(chances(edge + 1), contributors)
    assert drawn_by_lot(chances(0), 10**6)
    assert [drawn_by_lot(chances(lot), 512) for lot in ((1 << 62) - 1, 1 << 62)] == [True, False]
    assert (audit.LOT, WANTED) == (8, 128)


def test_pages_end() -> None:
    pages = Audit(7, 3)
    assert pages.next_page() == ListLinks(0, 7, 0)
    rows = tuple(LinkRow(account, 1, bytes(32)) for account in range(1, 6))
    assert pages.take(LinksListed(1, 7, rows[:2], True))
    assert pages.next_page() == ListLinks(0, 7, 2)
    assert pages.take(LinksListed(1, 7, rows[2:3], True))
    assert not pages.take(LinksListed(1, 7, rows[3:], True))
    assert pages.rows == [*rows]
    assert not Audit(7, 3).take(LinksListed(1, 7, (), True))
    assert not Audit(7, 3).take(LinksListed(1, 7, rows[:1], False))
