"""A house that is held up: by a crowd that talks, by its disk, or by the system that stops it."""

import pytest

from protocol import classic
from protocol.games.roulette.bets import BetsPlaced, PlaceBets, SayReady
from protocol.games.roulette.desk import StartSpin
from protocol.games.roulette.fields import Bet
from protocol.games.roulette.rounds import RoundSettled
from protocol.house import talk
from protocol.house.door import Done, Refused, SignIn, TakeSeat
from protocol.house.draw import EventAsked, RegisterChain, SendLink
from protocol.house.lists import Reason, Seat
from protocol.house.talk import EndSession
from protocol.wire import Message
from server.games.roulette.play import roulette_at
from server.net.cost import SLIPS
from server.net.session import Session
from server.owner import HELD_UP_SECONDS, QUESTION_SECONDS, ROOM_SECONDS
from server.people.digests import password_digest
from tests.says import Say
from tests.server.pure import PASSWORD, SEEDS
from tests.server.shops import Shop, answers


@pytest.fixture
def shop() -> Shop:
    return Shop()


# --- a crowd --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [talk.Say(11, "a line"), EndSession(11, 99)])
def test_a_bet_does_not_wait_for_a_crowd_that_talks_or_is_refused(
    shop: Shop, said: Message
) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(8)]
    anna, heard = shop.player("Anna")
    shop.step = QUESTION_SECONDS / 2
    shop.turn(*((session, said) for session, _ in crowd), (anna, PlaceBets(3, 1, (Bet(17, 1),))))
    assert [each for each in answers(heard) if isinstance(each, BetsPlaced)]
    numbers = [[getattr(each, "number", 0) for each in answers(theirs)] for _, theirs in crowd]
    assert sum(11 not in each for each in numbers) >= 5


def test_what_a_guest_may_not_do_anyway_waits_too(shop: Shop) -> None:
    crowd = [shop.session(SignIn(1, "", b"", b"")) for _ in range(8)]
    anna, heard = shop.player("Anna")
    shop.step = QUESTION_SECONDS / 2
    lay = (Bet(17, 1),)
    shop.turn(
        *((session, PlaceBets(11, 1, lay)) for session, _ in crowd), (anna, PlaceBets(3, 1, lay))
    )
    assert [each for each in answers(heard) if isinstance(each, BetsPlaced)]
    numbers = [[getattr(each, "number", 0) for each in answers(theirs)] for _, theirs in crowd]
    assert sum(11 not in each for each in numbers) >= 5


def test_who_bets_wrongly_without_end_does_not_keep_others_waiting(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(8)]
    anna, heard = shop.player("Anna")
    wrong, right = PlaceBets(11, 1, (Bet(17, 10**9),)), PlaceBets(3, 1, (Bet(17, 1),))
    for _ in range(SLIPS):
        shop.turn(*((session, wrong) for session, _ in crowd))
    for _, theirs in crowd:
        theirs.clear()
    shop.step = QUESTION_SECONDS / 2
    shop.turn(*((session, wrong) for session, _ in crowd), (anna, right))
    assert [each for each in answers(heard) if isinstance(each, BetsPlaced)]
    refused = [each for _, theirs in crowd for each in answers(theirs) if isinstance(each, Refused)]
    assert len(refused) <= 3


def test_one_that_is_carried_out_lets_the_next_go_first_again(shop: Shop) -> None:
    (anna, heard), (bert, _) = shop.player("Anna"), shop.player("Bert")
    shop.turn((anna, PlaceBets(11, 1, (Bet(17, 10**9),))), (bert, talk.Say(9, "a line")))
    client = anna.who
    assert client
    assert client.refused == {PlaceBets: 1}
    shop.turn((anna, PlaceBets(12, 1, (Bet(17, 1),))))
    while shop.owner.waiting:
        shop.now += 1
        shop.turn()
    assert not client.refused
    kinds = [type(each) for each in answers(heard) if isinstance(each, Refused | BetsPlaced)]
    assert kinds == [Refused, BetsPlaced]


def test_whose_bet_came_too_late_shows_the_secret_in_time(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(8)]
    anna, heard = shop.player("Anna")
    late = PlaceBets(11, 9, (Bet(17, 1),))
    shop.turn(*[(anna, late)] * SLIPS)
    shop.step = QUESTION_SECONDS / 2
    shop.turn(*((session, talk.Say(11, "a line")) for session, _ in crowd), (anna, SayReady(12, 1)))
    assert 12 in [getattr(each, "number", 0) for each in answers(heard)]


def test_one_slip_costs_nobody_a_turn(shop: Shop) -> None:
    crowd = [shop.player(f"Guest {number}") for number in range(8)]
    anna, heard = shop.player("Anna")
    shop.turn(*[(anna, PlaceBets(11, 9, (Bet(17, 1),)))] * 2)
    shop.step = QUESTION_SECONDS / 2
    right = PlaceBets(12, 1, (Bet(17, 1),))
    shop.turn(*((session, talk.Say(11, "a line")) for session, _ in crowd), (anna, right))
    assert [each for each in answers(heard) if isinstance(each, BetsPlaced)]


def test_a_classic_client_that_is_refused_waits_until_it_is_not(shop: Shop) -> None:
    dora, _ = shop.classic(classic.RegisterPlayer(b"Dora"))
    client = dora.who
    assert client
    for bet, refused in ((classic.PlaceBet(17, 10**6), True), (classic.PlaceBet(17, 1), False)):
        shop.turn((dora, bet))
        shop.now += 1
        shop.turn()
        assert bool(client.refused) is refused
    shop.turn((dora, classic.ListBets()))
    assert not client.refused


# --- a disk, or a stop ----------------------------------------------------------------------------


def run(shop: Shop, *waits: tuple[float, float]) -> None:
    """The owner's loop: for each of these, how long it meant to wait, and what passed."""
    shop.owner._looked = shop.owner.clock()
    for wait, passed in waits:
        shop.now += passed
        shop.owner._stand_still(wait)
        shop.turn()


def stood(shop: Shop) -> float:
    return shop.owner.house.calendar.stood


def test_the_clocks_go_on_while_it_only_waits(shop: Shop) -> None:
    run(shop, (1.0, 1.0), (0.0, HELD_UP_SECONDS), (0.5, 0.1))
    assert stood(shop) == 0


def test_the_clocks_stand_while_it_is_held_up(shop: Shop) -> None:
    before = shop.owner.clock()
    run(shop, (0.0, 4.0), (1.0, 9.0))
    held = 4.0 + 8.0 - 2 * HELD_UP_SECONDS
    assert stood(shop) == pytest.approx(held)
    assert shop.owner.clock() - before == pytest.approx(13.0 - held)


def test_what_is_told_of_the_time_is_the_time_outside(shop: Shop) -> None:
    before = shop.owner.house.at
    run(shop, (0.0, 4.0))
    assert shop.owner.house.at - before == 4000


def boss_and_anna(shop: Shop) -> tuple[Session, Session, list[bytes]]:
    sit = TakeSeat(2, Seat.CROUPIER, password_digest(PASSWORD))
    boss, _ = shop.session(SignIn(1, "Boss", b"", b""), sit)
    return boss, *shop.player("Anna")


def asked(shop: Shop, boss: Session, anna: Session) -> SendLink:
    """Anna has a say in the round, and the draw waits for this link of hers."""
    account = anna.who.account if anna.who else 0
    say = Say(SEEDS.table, account)
    shop.turn((anna, RegisterChain(3, say.first)), (anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.turn((boss, StartSpin(3, 1)))
    assert roulette_at(shop.pure.first).has_say(account)
    return SendLink(20, 1, say.next)


@pytest.mark.parametrize("questions", [1, 3])
def test_a_link_behind_the_own_question_is_heard_before_the_questions_of_others(
    shop: Shop, questions: int
) -> None:
    boss, anna, heard = boss_and_anna(shop)
    crowd = [shop.player(f"Guest {number}")[0] for number in range(9)]
    link = asked(shop, boss, anna)
    shop.step = QUESTION_SECONDS
    shop.turn(
        *((each, talk.Say(11, "a line")) for each in crowd),
        *((anna, talk.Say(12 + at, "a line")) for at in range(questions)),
        (anna, link),
    )
    while Done(20) not in answers(heard):
        assert shop.owner.waiting
        shop.now += 3 * QUESTION_SECONDS
        shop.turn()
    assert len(shop.owner._askers) >= 5


def test_who_has_a_say_and_only_talks_waits_like_everybody(shop: Shop) -> None:
    boss, anna, _ = boss_and_anna(shop)
    crowd = [shop.player(f"Guest {number}")[0] for number in range(9)]
    asked(shop, boss, anna)
    shop.step = QUESTION_SECONDS
    shop.turn(*((anna, talk.Say(12 + at, "a line")) for at in range(3)))
    shop.turn(*((each, talk.Say(11, "a line")) for each in crowd))
    for _ in range(4):
        shop.now += 3 * QUESTION_SECONDS
        shop.turn()
    assert anna.asked


def test_a_link_of_who_reads_nothing_waits_for_them(shop: Shop) -> None:
    boss, anna, heard = boss_and_anna(shop)
    link = asked(shop, boss, anna)
    anna.sock.room = 0  # type: ignore[attr-defined]
    shop.turn((anna, talk.Say(11, "a line")), (anna, talk.Say(12, "a line")))
    while shop.owner._askers:
        shop.now += 1
        shop.turn()
    shop.turn((anna, link))
    assert Done(20) not in answers(heard)


def test_links_are_taken_though_the_disk_took_longer_than_their_time(shop: Shop) -> None:
    boss, anna, heard = boss_and_anna(shop)
    table = roulette_at(shop.pure.first)
    say = Say(SEEDS.table, anna.who.account)
    shop.turn((anna, RegisterChain(3, say.first)), (anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.turn((boss, StartSpin(5, 1)))
    assert any(isinstance(said, EventAsked) for said in answers(heard))
    run(shop, (0.0, table.rules.reveal_seconds + 1))
    shop.turn((anna, SendLink(6, 1, say.next)))
    assert Done(6) in answers(heard)


def test_links_come_too_late_if_the_time_only_passed(shop: Shop) -> None:
    boss, anna, heard = boss_and_anna(shop)
    seconds = roulette_at(shop.pure.first).rules.reveal_seconds
    say = Say(SEEDS.table, anna.who.account)
    shop.turn((anna, RegisterChain(3, say.first)), (anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.turn((boss, StartSpin(5, 1)))
    run(shop, (seconds, seconds))
    shop.turn((anna, SendLink(6, 1, say.next)))
    refused = answers(heard)[-1]
    assert isinstance(refused, Refused)
    assert refused.reason in (Reason.TOO_LATE, Reason.NOT_NOW)


def test_the_loop_sees_that_it_was_held_up(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(wait: float) -> list[object]:
        shop.now += wait + 4
        shop.owner._open = False
        return []

    monkeypatch.setattr(shop.owner.inbox, "take", take)
    shop.owner._serve()
    assert stood(shop) == pytest.approx(4 - HELD_UP_SECONDS)


def test_it_wakes_when_the_clocks_that_stood_say_so(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.owner.house.calendar.stood = 100.0
    moment = shop.owner.clock() + 0.25
    monkeypatch.setattr(shop.owner.house, "next_moment", lambda: moment)
    assert shop.owner._timeout() == pytest.approx(0.25)


def test_room_on_the_disk_is_looked_for_by_the_clock_outside(shop: Shop) -> None:
    shop.books.full = True
    shop.turn()
    shop.books.deeds.clear()
    shop.now += ROOM_SECONDS
    shop.owner.house.calendar.stood += ROOM_SECONDS
    shop.turn()
    assert "look" in shop.books.deeds


def test_a_round_is_kept_under_the_time_outside(shop: Shop) -> None:
    boss, anna, heard = boss_and_anna(shop)
    shop.turn((anna, PlaceBets(4, 1, (Bet(17, 1),))))
    shop.owner.house.calendar.stood = 100.0
    shop.now += 100
    shop.turn((boss, StartSpin(5, 1)))
    shop.owner.tell_all()
    (settled,) = [said for said in answers(heard) if isinstance(said, RoundSettled)]
    assert settled.at == round(shop.now * 1000)
    means = shop.pure.first.means
    assert means.at == round(shop.now * 1000)
