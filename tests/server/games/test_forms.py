"""What all small games share: what is offered, what is done, and who is shown what, how often."""

import pytest

from protocol.house.door import Done, LeaveSeat, Refused, SignIn, TakeSeat
from protocol.house.fields import NO_DEADLINE
from protocol.house.form import Act, ChipsMoved, FormIntroduced, FormShown
from protocol.house.lists import ActionKind, Reason, Seat
from protocol.house.people import KickPlayer, RosterChanged
from protocol.limits import REQUEST_NUMBERS
from server.books.finished import as_json
from server.games.forms import FORMS
from server.house import FEW
from server.limits import Limits
from server.log.transcript import line_of
from server.people.people import Client
from server.sayings import To, ToAll, ToEach
from tests.server.games.form_house import PACE, FormHouse
from tests.server.games.toy import TOY, Rules
from tests.server.pure import refusal


@pytest.fixture
def house() -> FormHouse:
    return FormHouse(TOY)


def chips_told(house: FormHouse, client: Client) -> list[ChipsMoved]:
    to = [each.message for each in house.said if isinstance(each, To) and each.client is client]
    return [message for message in to if isinstance(message, ChipsMoved)]


# --- what is shown --------------------------------------------------------------------------------


def test_who_sits_down_is_told_the_words_and_shown_the_form(house: FormHouse) -> None:
    anna = house.visitor("Anna")
    house.said.clear()
    house.sit(anna)
    table = [each for each in house.said if isinstance(each, To) and each.table == 2]
    _, introduced, shown = [each.message for each in table]
    assert isinstance(introduced, FormIntroduced)
    assert (introduced.name, introduced.service) == ("Roulette", "toy")
    assert [wording.language for wording in introduced.wordings] == ["en", "ru"]
    assert [len(wording.sentences) for wording in introduced.wordings] == [8, 8]
    assert isinstance(shown, FormShown)
    assert (shown.turn, shown.ms_left, shown.title) == (0, NO_DEADLINE, 0)
    assert house.lines(anna) == [f"{anna.account} did 0"]
    assert house.lines(anna, 1) == [f"{anna.account}: 0"]


def test_an_offer_says_what_it_takes(house: FormHouse) -> None:
    offered = house.offered(house.player("Anna"))
    assert [*offered] == ["press", "choose", "count", "write", "stake"]
    assert [each.action for each in offered.values()] == [1, 2, 3, 4, 5]
    assert [each.kind for each in offered.values()] == [
        *(ActionKind.PRESS, ActionKind.CHOICE, ActionKind.NUMBER, ActionKind.TEXT),
        ActionKind.NUMBER,
    ]
    assert [each.label for each in offered.values()] == [2, 3, 4, 5, 6]
    assert [each.chips for each in offered.values()] == [False, False, False, False, True]
    limits = [(each.least, each.most) for each in offered.values()]
    assert limits == [(0, 0), (0, 1), (3, 5), (0, 0), (1, 50)]
    texts = [[part.text for part in line.parts] for line in offered["choose"].choices]
    assert texts == [[], ["1", "2"]]


def test_a_clock_is_told_in_milliseconds_from_now_and_never_below_nothing(
    house: FormHouse,
) -> None:
    anna = house.player("Anna")
    for until, left in ((house.now + 7.25, 7250 - 50), (house.now, 0), (None, NO_DEADLINE)):
        house.game.until = until
        house.game.touch(anna.account)
        assert house.form(anna).ms_left == left
        assert house.game.next_moment() == until


def test_who_watches_is_offered_nothing_and_may_do_nothing(house: FormHouse) -> None:
    anna, guest = house.player("Anna", Seat.WATCHER), house.visitor("")
    house.sit(guest, Seat.WATCHER)
    for client in (anna, guest):
        assert house.offered(client) == {}
        asked = house.ask(client, Act(9, 0, 1, 0, "", table=2))
        assert refusal(asked) is Reason.NOT_YOURS
    assert house.game.done == []
    boss = house.player("Boss", Seat.CROUPIER)
    assert house.offered(boss)
    assert house.act(boss, "press") == Done(1)


# --- what is done ---------------------------------------------------------------------------------


def test_what_is_offered_is_done_and_only_that(house: FormHouse) -> None:
    anna = house.player("Anna")
    for key, value, words in (
        *(("press", 0, ""), ("choose", 0, ""), ("choose", 1, "")),
        *(("count", 3, ""), ("count", 5, ""), ("write", 0, "some words")),
    ):
        assert house.act(anna, key, value, words, number=9) == Done(9)
        assert house.game.done.pop() == (anna.account, value, words)
    for key, value, words, reason, figure in (
        *(("choose", 2, "", Reason.OVER_MOST, 1), ("choose", -1, "", Reason.UNDER_LEAST, 0)),
        *(("count", 2, "", Reason.UNDER_LEAST, 3), ("count", 6, "", Reason.OVER_MOST, 5)),
        *(("write", 0, "", Reason.TEXT_UNFIT, 0), ("write", 0, "\u202e", Reason.TEXT_UNFIT, 0)),
        ("hidden", 0, "", Reason.NOT_NOW, 0),
    ):
        refused = house.act(anna, key, value, words)
        assert isinstance(refused, Refused)
        assert (refused.reason, refused.figure) == (reason, figure)
    for action in (0, 7, 255):
        asked = house.ask(anna, Act(9, 0, action, 0, "", table=2))
        assert refusal(asked) is Reason.NOT_NOW
    assert house.game.done == []


def test_a_figure_is_never_below_nothing() -> None:
    house = FormHouse(TOY, Rules(least=-3))
    anna = house.player("Anna")
    assert house.act(anna, "count", -3) == Done(1)
    refused = house.act(anna, "count", -4)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.figure) == (Reason.UNDER_LEAST, 0)


def test_what_is_meant_for_another_turn_is_not_done(house: FormHouse) -> None:
    anna = house.player("Anna")
    house.game.turn = 5
    for turn in (4, 6):
        refused = house.act(anna, "press", turn=turn)
        assert isinstance(refused, Refused)
        assert (refused.reason, refused.figure) == (Reason.WRONG_ROUND, 5)
    assert house.act(anna, "press", turn=5) == Done(1)


def test_an_act_is_of_its_own_table_and_game(house: FormHouse) -> None:
    anna = house.player("Anna")
    house.hear(anna, TakeSeat(3, Seat.PLAYER, b"", b"", table=1))
    assert refusal(house.ask(anna, Act(9, 0, 1, 0, "", table=1))) is Reason.NO_SUCH_TABLE
    assert refusal(house.ask(anna, Act(9, 0, 1, 0, "", table=3))) is Reason.NO_SUCH_TABLE


def test_what_is_kept_needs_room_and_ink_and_what_is_not_needs_neither(house: FormHouse) -> None:
    anna = house.player("Anna")
    house.house.disk.full = True
    assert refusal(house.act(anna, "write", words="a")) is Reason.DISK_FULL
    assert refusal(house.act(anna, "stake", 5)) is Reason.DISK_FULL
    assert house.act(anna, "press") == Done(1)
    house.house.disk.full = False
    limits = Limits()
    several = int(limits.written_burst / 109)
    answers = [house.act(anna, "write", words="a") for _ in range(several + 5)]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert {each.reason for each in refused} == {Reason.TOO_FAST}
    assert 3 <= len(refused) <= 5
    assert house.act(anna, "press") == Done(1)
    assert refusal(house.act(anna, "stake", 5)) is Reason.TOO_FAST
    assert house.game.till.stakes == {}


# --- chips ----------------------------------------------------------------------------------------


def test_chips_go_from_the_wallet_to_the_table_once(house: FormHouse) -> None:
    anna = house.player("Anna")
    house.advance(1)
    house.said.clear()
    assert house.act(anna, "stake", 50, number=7) == Done(7)
    assert house.books.wallet(anna.account) == 450
    assert house.game.at_stake(anna.account) == 50
    assert list(house.game.playing) == [anna.account]
    assert chips_told(house, anna) == [ChipsMoved(450, 50)]
    house.advance(1)
    (entry,) = house.told(RosterChanged)[-1].changes
    assert (entry.account, entry.balance) == (anna.account, 450)
    house.game.turn = 1  # It is answered though the form went on.
    assert house.act(anna, "stake", 50, number=7, turn=0) == Done(7)
    for number, value, turn in ((7, 49, 0), (7, 50, 1), (6, 50, 0), (REQUEST_NUMBERS, 1, 1)):
        again = house.act(anna, "stake", value, number=number, turn=turn)
        assert refusal(again) is Reason.NUMBER_REUSED
    assert house.books.wallet(anna.account) == 450
    assert house.act(anna, "press", number=7) == Done(7)  # It moves none: it takes any number.


def test_nobody_stakes_more_than_is_in_the_wallet(house: FormHouse) -> None:
    anna = house.player("Anna")
    for number in range(1, 500, 50):
        house.game.till.state.stakes.clear()
        assert house.act(anna, "stake", 50, number=number) == Done(number)
    refused = house.act(anna, "stake", 1)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.figure) == (Reason.NOT_ENOUGH_CHIPS, 0)


def staked(house: FormHouse) -> tuple[Client, Client]:
    anna, bert = house.player("Anna"), house.player("Bert")
    for client in (anna, bert):
        assert isinstance(house.act(client, "stake", 20), Done)
    house.said.clear()
    return anna, bert


def test_what_was_staked_is_settled_told_and_kept_with_what_an_audit_needs(
    house: FormHouse,
) -> None:
    anna, bert = staked(house)
    house.game.settle({bert.account: 40}, [1, 2])
    house.advance(0)
    assert [house.books.wallet(each.account) for each in (anna, bert)] == [480, 520]
    assert chips_told(house, anna) == [ChipsMoved(480, 0)]
    assert chips_told(house, bert) == [ChipsMoved(520, 0)]
    (deed,) = [each for each in house.books.journal if each[0] == "settle"]
    done = house.shelf.rounds[2, 1]
    assert deed == ("settle", 2, 1, [0, 40], [], done.digest, [1, 2])
    assert (done.record, done.bets) == ('{"what":[1,2]}', b"")
    assert done.summary == as_json({"game": 1, "at": round(house.now * 1000)})
    house.books.check()


def test_what_was_staked_is_given_back_also_to_who_has_left(house: FormHouse) -> None:
    anna, bert = staked(house)
    house.hear(anna, LeaveSeat(5, table=2))
    house.game.give_back()
    house.advance(0)
    assert [house.books.wallet(each.account) for each in (anna, bert)] == [500, 500]
    assert chips_told(house, anna) == [ChipsMoved(500, 0)]
    assert house.shelf.rounds[2, 1].record == '{"what":[]}'
    assert [each[:5] for each in house.books.journal if each[0] == "give_back"] == [
        ("give_back", 2, 1, [], house.shelf.rounds[2, 1].digest)
    ]


# --- who is told, and how often -------------------------------------------------------------------


def test_only_whose_form_is_another_is_shown_it_and_once_a_while(house: FormHouse) -> None:
    anna, bert = house.player("Anna"), house.player("Bert")
    house.advance(1)
    before = [house.shown_to(each) for each in (anna, bert)]
    house.act(anna, "press")
    house.advance(0)
    assert [house.shown_to(each) for each in (anna, bert)] == [before[0] + 1, before[1]]
    assert house.game.next_moment() is None
    house.act(anna, "press")
    house.act(anna, "press")
    house.advance(PACE / 2)
    assert house.shown_to(anna) == before[0] + 1
    assert house.game.next_moment() == pytest.approx(house.now + PACE / 2)
    house.advance(PACE / 2)
    assert house.shown_to(anna) == before[0] + 2
    house.advance(1)
    assert house.shown_to(anna) == before[0] + 2
    house.game.touch_all()
    house.advance(0)
    assert [house.shown_to(each) for each in (anna, bert)] == [before[0] + 3, before[1] + 1]
    house.advance(1)
    assert [house.shown_to(each) for each in (anna, bert)] == [before[0] + 3, before[1] + 1]
    assert house.lines(anna) == [f"{anna.account} did 3"]


def test_a_crowd_that_sees_the_same_is_told_in_turn_and_its_form_is_made_once(
    house: FormHouse,
) -> None:
    crowd = [house.player(f"Player {number}") for number in range(FEW)]
    guest = house.visitor("")
    house.sit(guest, Seat.WATCHER)
    watcher = house.player("Watcher", Seat.WATCHER)
    house.house.leave(crowd[0], cut_off=True)
    house.advance(1)
    house.said.clear()
    house.game.shared.update(each.account for each in (*crowd, watcher))
    house.game.forms = 0
    house.game.touch_all()
    house.advance(0)
    assert house.game.forms == 2  # One for who may act, one for who watches.
    (told,) = [each for each in house.said if isinstance(each, ToEach)]
    assert told.frames.keys() == {*crowd[1:], guest, watcher}
    assert len(set(told.frames.values())) == 2
    assert told.frames[guest] == told.frames[watcher] != told.frames[crowd[1]]


def test_where_all_have_their_own_they_are_shown_some_at_a_time_and_who_acts_first(
    house: FormHouse,
) -> None:
    crowd = [house.player(f"Player {number}") for number in range(3 * FORMS - 1)]
    house.advance(10)
    before = [house.shown_to(each) for each in crowd]
    house.game.forms = 0
    house.game.touch_all()
    house.advance(0)
    assert house.game.forms == FORMS
    first = [house.shown_to(each) - was for each, was in zip(crowd, before, strict=True)]
    late = crowd[first.index(0)]
    house.act(late, "press")
    house.game.forms = 0
    house.advance(PACE)
    assert house.shown_to(late) == before[crowd.index(late)] + 1
    assert house.game.forms == FORMS
    assert house.game.next_moment() is not None
    house.advance(PACE)
    assert all(house.shown_to(each) > was for each, was in zip(crowd, before, strict=True)), (
        "all were shown theirs"
    )
    assert house.game.next_moment() is None


def test_a_guest_who_leaves_is_shown_nothing(house: FormHouse) -> None:
    guest = house.visitor("")
    house.sit(guest, Seat.WATCHER)
    house.advance(1)
    before = house.shown_to(guest)
    players = [house.player(f"Player {number}") for number in range(FORMS)]
    house.game.touch(*(each.account for each in players))
    house.game.touch_all()
    house.advance(PACE)
    assert house.shown_to(guest) == before, "those who did something came first"
    house.hear(guest, LeaveSeat(9, table=2))
    house.advance(1)
    assert house.shown_to(guest) == before


def test_the_more_hear_it_the_longer_a_change_waits_for_others() -> None:
    house = FormHouse(TOY, limits=Limits(change_deliveries_a_second=10))
    crowd = [house.player(f"Player {number}") for number in range(5)]
    house.advance(10)
    house.game.touch_all()
    house.advance(0)
    assert house.game.next_moment() == house.now + 0.5
    house.advance(0.5)
    assert house.game.next_moment() is None
    house.advance(1)
    house.act(crowd[0], "press")
    house.advance(0)
    assert house.game.next_moment() == house.now + 0.1


def test_who_is_thrown_out_of_a_game_that_is_on_may_act_in_it_to_its_end(
    house: FormHouse,
) -> None:
    anna, boss = house.player("Anna"), house.player("Boss", Seat.CROUPIER)
    house.game.says.add(anna.account)
    assert house.house.hall.has_say(anna.account)
    house.hear(boss, KickPlayer(9, anna.account, "", table=2))
    assert house.act(anna, "press", number=9) == Done(9)
    house.advance(1)
    house.game.says.clear()
    house.house.hall.touch_all()
    house.house.advance(house.now)
    assert anna.gone, "though nothing is told of it yet"


def test_whoever_comes_back_on_another_line_goes_on(house: FormHouse) -> None:
    anna = house.player("Anna")
    house.house.leave(anna, cut_off=True)
    again = house.again(anna)
    assert house.lines(again) == [f"{anna.account} did 0"]
    assert house.act(again, "press") == Done(1)
    assert house.ask(anna, SignIn(1, "Anna", b"", b"")) is None


# --- other rules, and the end ---------------------------------------------------------------------


def test_rules_change_when_nothing_is_in_play_and_all_there_are_told(house: FormHouse) -> None:
    anna, game = house.player("Anna"), house.game
    before, game.on = game.rules, True
    game.change_rules(Rules(least=5), house.now)
    assert game.rules is before
    game.on = False
    house.said.clear()
    house.house.hall.touch_all()
    house.advance(1)
    assert game.rules == Rules(least=5)
    assert ToAll(2, house.introduced) in house.said
    assert house.offered(anna)["count"].least == 5
    house.advance(1)
    assert house.told(FormIntroduced) == [house.introduced]


def test_a_table_closes_when_nothing_is_in_play(house: FormHouse) -> None:
    anna, game = house.player("Anna"), house.game
    game.on = True
    house.house.close_table(house.house.hall.tables[2])
    house.advance(1)
    assert not game.closed
    game.on = False
    house.house.hall.touch_all()
    house.advance(1)
    assert game.closed
    assert anna.seats == {}
    assert [*house.house.hall.tables] == [1]


@pytest.mark.parametrize(("on", "void"), [(False, False), (True, True)])
def test_what_lies_at_a_table_that_closes_goes_back(on: bool, void: bool) -> None:
    house = FormHouse(TOY)
    anna, bert = staked(house)
    house.game.on = on
    house.house.close_table(house.house.hall.tables[2], void=void)
    house.game.on = False
    house.advance(1)
    assert [house.books.wallet(each.account) for each in (anna, bert)] == [500, 500]
    assert 2 not in house.house.hall.tables


def test_time_goes_on_at_the_table(house: FormHouse) -> None:
    assert house.game.auto == 1
    house.house.hall.touch_all()
    house.advance(7)
    assert house.game.steps[-1] == house.now


def test_the_log_shows_neither_what_was_chosen_nor_a_form(house: FormHouse) -> None:
    anna = house.player("Anna")
    assert line_of(Act(7, 6, 2, 4242, "psst")) == "Act(7, 6, 2)"
    assert line_of(house.form(anna)) == f"FormShown(0, {NO_DEADLINE}, 0)"


def test_the_host_reads_what_is_played(house: FormHouse) -> None:
    assert house.house.hall.tables[2].play.title == "toy"
    assert house.game.phase == 0
