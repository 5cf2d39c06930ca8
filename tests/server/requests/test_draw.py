"""Having a say, and asking for what proves a round: who may, and what they are told."""

from dataclasses import replace

import pytest

from protocol.fair import hashes
from protocol.games.roulette.desk import StartSpin, VoidRound
from protocol.house.door import Done, LeaveSeat, Refused, TakeSeat
from protocol.house.draw import (
    AskRound,
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksListed,
    ListLinks,
    RegisterChain,
    RoundFrozen,
    RoundProved,
    SendLink,
    YourFreeze,
)
from protocol.house.lists import Reason, Seat
from protocol.limits import LINKS_A_PAGE
from protocol.wire import Message
from server.people.people import Client
from server.sayings import To
from tests.server.games.form_house import FormHouse
from tests.server.games.toy import TOY
from tests.server.pure import SEEDS, PureHouse, refusal

NO_LINK = bytes(32)


@pytest.mark.parametrize("seat", [Seat.PLAYER, Seat.CROUPIER, Seat.WATCHER])
def test_whoever_has_a_name_and_a_seat_may_have_a_say(seat: Seat) -> None:
    pure = PureHouse()
    assert pure.register(pure.seated("Anna", seat)) == ChainTaken(50, 1)


def test_without_a_name_or_a_seat_nobody_has_one() -> None:
    pure = PureHouse()
    guest, visitor = pure.visitor(""), pure.visitor("Vera")
    pure.hear(guest, TakeSeat(2, Seat.WATCHER, b""))
    assert refusal(pure.register(guest)) is Reason.NOT_FOR_GUESTS
    assert refusal(pure.register(visitor)) is Reason.NOT_YOURS
    assert refusal(pure.ask(guest, SendLink(9, 1, NO_LINK))) is Reason.NOT_NOW
    assert refusal(pure.ask(visitor, SendLink(9, 1, NO_LINK))) is Reason.NOT_NOW


@pytest.mark.parametrize(
    "said",
    [RegisterChain(9, NO_LINK), SendLink(9, 1, NO_LINK), ListLinks(9, 1, 0), AskRound(9, 1)],
    ids=lambda said: type(said).__name__,
)
def test_where_nothing_is_drawn_nobody_has_a_say(said: Message) -> None:
    house = FormHouse(TOY)
    answer = house.ask(house.player("Anna"), said.to(house.TABLE))
    assert refusal(answer) is Reason.NOT_SERVED


def played(*, links: bool = True) -> tuple[PureHouse, Client, Client]:
    """A round of two who have a say, of whom one may withhold it, and one that was called off."""
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    boss = pure.seated("Boss", Seat.CROUPIER)
    pure.register(anna)
    pure.register(bert)
    pure.bet(anna, (17, 5))
    pure.hear(boss, StartSpin(9, 1))
    pure.show(anna)
    if links:
        pure.show(bert)
    pure.advance(3)
    pure.hear(boss, VoidRound(9, 2, "wine"))
    return pure, anna, bert


def test_a_round_is_proved_by_what_was_frozen_and_drawn() -> None:
    pure, anna, _ = played()
    (frozen,), (asked,) = pure.told(RoundFrozen), pure.told(EventAsked)
    (drawn,) = pure.told(EventDrawn)
    proof = pure.ask(anna, AskRound(60, 1))
    assert isinstance(proof, RoundProved)
    assert proof.number == 60
    assert {each.name for each in frozen.LAYOUT.fields} < {e.name for e in proof.LAYOUT.fields}
    for each in frozen.LAYOUT.fields:
        assert getattr(proof, each.name) == getattr(frozen, each.name), each.name
    (step,) = proof.steps
    assert (step.what, step.event, step.step, step.detail) == (1, 1, asked.step, b"")
    assert (step.links_root, step.shown) == (drawn.links_root, drawn.shown)
    assert (step.seed, step.done) == (drawn.seed, drawn.done)


@pytest.mark.parametrize("number", [0, 2, 3, 2**62 - 1, 2**62, 2**64 - 1])
def test_a_round_in_which_nothing_was_drawn_proves_nothing(number: int) -> None:
    pure, anna, _ = played()
    for said in (AskRound(60, number), ListLinks(60, number, 0)):
        assert refusal(pure.ask(anna, said)) is Reason.NO_SUCH_ROUND


def test_the_links_of_a_round_are_listed_with_how_many_each_showed() -> None:
    pure, anna, bert = played(links=False)
    shown, kept = pure.says[anna.account], pure.says[bert.account]
    rows = (LinkRow(anna.account, 1, shown.links[1]), LinkRow(bert.account, 0, kept.first))
    assert pure.ask(bert, ListLinks(60, 1, 0)) == LinksListed(60, 1, rows, False)
    after = pure.ask(bert, ListLinks(61, 1, anna.account))
    assert after == LinksListed(61, 1, rows[1:], False)
    assert pure.ask(bert, ListLinks(62, 1, bert.account)) == LinksListed(62, 1, (), False)


def test_many_links_are_listed_page_by_page() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    for account in range(1000, 1000 + LINKS_A_PAGE):
        pure.books.enroll(account, f"Player {account}", "", "")
        pure.table.draw.register(account, NO_LINK)
    pure.register(anna)
    pure.bet(anna, (17, 5))
    pure.hear(boss, StartSpin(9, 1))
    pure.advance(3)
    first = pure.ask(anna, ListLinks(60, 1, 0))
    assert isinstance(first, LinksListed)
    assert (len(first.rows), first.more) == (LINKS_A_PAGE, True)
    last = pure.ask(anna, ListLinks(61, 1, first.rows[-1].account))
    assert isinstance(last, LinksListed)
    assert (len(last.rows), last.more) == (1, False)
    accounts = [row.account for row in (*first.rows, *last.rows)]
    assert accounts == [anna.account, *range(1000, 1000 + LINKS_A_PAGE)]


def told_on_sitting(pure: PureHouse, client: Client, seat: Seat = Seat.PLAYER) -> list[Message]:
    at = len(pure.said)
    pure.hear(client, TakeSeat(70, seat, b""))
    said = (each for each in pure.said[at:] if isinstance(each, To) and each.client is client)
    messages = [each.message for each in said if isinstance(each.message, Message)]
    draws = DrawShown, RoundFrozen, YourFreeze, EventAsked
    return [message for message in messages if isinstance(message, draws)]


def test_who_sits_down_is_shown_where_the_draw_is() -> None:
    pure, anna, _ = played()
    state = pure.table.draw.state
    shown = DrawShown(1, SEEDS.seed(1), state.history)
    assert told_on_sitting(pure, anna) == [shown]
    (drawn,) = pure.told(EventDrawn)
    assert (shown.seed, shown.history) == (drawn.seed, drawn.done)


def test_who_comes_into_an_open_round_is_told_all_of_it_again() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    boss = pure.seated("Boss", Seat.CROUPIER)
    pure.register(anna)
    pure.bet(bert, (17, 5))
    pure.table.close_by_croupier(pure.now, 1)
    pure.advance(0)
    (frozen,) = pure.told(RoundFrozen)
    mine = [replace(each, table=0) for each in pure.told(YourFreeze)]
    shown = DrawShown(0, SEEDS.seed(0), hashes.NOTHING)
    assert told_on_sitting(pure, anna) == [shown, frozen, mine[0]]
    assert told_on_sitting(pure, bert) == [shown, frozen, mine[1]]
    assert (mine[0].has_say, mine[0].has_stake) == (True, False)
    assert (mine[1].has_say, mine[1].has_stake) == (False, True)
    assert told_on_sitting(pure, pure.visitor("Late")) == [shown, frozen]
    pure.hear(boss, StartSpin(9, 1))
    (asked,) = pure.told(EventAsked)
    assert told_on_sitting(pure, anna) == [shown, frozen, mine[0], asked]
    assert pure.show(anna) == Done(51)


def test_who_sits_down_again_has_to_register_anew() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    pure.register(anna)
    pure.bet(anna, (17, 5))
    pure.hear(anna, LeaveSeat(8))
    pure.hear(anna, TakeSeat(9, Seat.PLAYER, b""))
    pure.register(anna, "another")
    pure.hear(boss, StartSpin(9, 1))
    (mine,) = pure.told(YourFreeze)
    assert mine.head == pure.says[anna.account].first
    assert not isinstance(pure.show(anna), Refused)
