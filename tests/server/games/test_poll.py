"""A table poll: one vote each, hidden until one has voted, kept whatever happens to the house."""

import json

import pytest

from protocol.fair.hashes import Account
from protocol.house.door import Done, LeaveSeat, Refused
from protocol.house.fields import NO_DEADLINE
from protocol.house.lists import Reason, Seat
from server.books.books import Books
from server.books.finished import as_json
from server.books.purse import BooksError
from server.games import STATES
from server.games.poll import POLL, PollState, Rules
from server.house import FEW
from server.people.people import Client
from server.sayings import ToEach
from tests.server.games.form_house import FormHouse
from tests.server.pure import refusal

ASKED = "Which game? | bingo | blackjack"
HIDDEN = "Who has voted sees the result. Nobody is shown who voted for what."


@pytest.fixture
def house() -> FormHouse:
    return FormHouse(POLL)


def asked(house: FormHouse, words: str = ASKED) -> Client:
    boss = house.player("Boss", Seat.CROUPIER)
    assert isinstance(house.act(boss, "ask", words=words), Done)
    return boss


def test_the_croupier_asks_and_nobody_else(house: FormHouse) -> None:
    anna, boss = house.player("Anna"), house.player("Boss", Seat.CROUPIER)
    for client in (anna, boss):
        assert house.lines(client) == ["Nothing is asked. The croupier can ask."]
    assert ([*house.offered(anna)], [*house.offered(boss)]) == ([], ["ask"])
    assert refusal(house.act(anna, "ask", words=ASKED)) is Reason.NOT_NOW
    assert house.act(boss, "ask", words=ASKED) == Done(1)
    assert ([*house.offered(anna)], [*house.offered(boss)]) == (["vote"], ["vote", "close"])
    assert house.lines(anna) == ["“Which game?”", "Votes so far: 0", HIDDEN]
    choices = [line.parts[0].text for line in house.offered(anna)["vote"].choices]
    assert choices == ["bingo", "blackjack"]
    assert refusal(house.act(anna, "close")) is Reason.NOT_NOW
    assert house.act(boss, "close") == Done(1)
    assert [*house.offered(boss)] == ["ask"]


@pytest.mark.parametrize(
    "words",
    [
        *("Which game?", "Which game? | bingo", "? | a | a", "a || b", "a | b | \u202e", "| a | b"),
        "? | " + " | ".join("abcdefghijk"),
        *("x" * 161 + " | a | b", "? | a | " + "я" * 81),
    ],
)
def test_a_question_has_two_to_ten_answers_that_can_be_shown(house: FormHouse, words: str) -> None:
    boss = house.player("Boss", Seat.CROUPIER)
    refused = house.act(boss, "ask", words=words)
    assert refusal(refused) is Reason.TEXT_UNFIT
    assert house.lines(boss) == ["Nothing is asked. The croupier can ask."]


def test_as_many_and_as_long_answers_as_fit_are_taken(house: FormHouse) -> None:
    asked(house, "x" * 160 + " | " + " | ".join("abcdefghij"))
    assert house.game.asked.options == list("abcdefghij")
    assert len(house.offered(house.player("Anna"))["vote"].choices) == 10


def test_one_vote_each_the_last_counts_and_the_sum_is_the_voters(house: FormHouse) -> None:
    boss = asked(house)
    voters = [house.player(f"Player {number}") for number in range(5)]
    for voter, option in zip(voters, (0, 1, 1, 0, 1), strict=True):
        assert isinstance(house.act(voter, "vote", option), Done)
    assert isinstance(house.act(voters[0], "vote", 1), Done)
    assert isinstance(house.act(voters[0], "vote", 1), Done)
    read = ["“Which game?”", "Votes so far: 5", "Your vote: blackjack. You can change it."]
    assert house.lines(voters[0]) == [*read, "“bingo”: 1 (20 %)", "“blackjack”: 4 (80 %)"]
    assert house.lines(voters[3])[2] == "Your vote: bingo. You can change it."
    written = [deed for deed in house.books.journal if deed[2:3] == ("vote",)]
    assert len(written) == 6, "the same vote once more is not written"
    house.act(boss, "close")
    results = ["“Which game?”", "The poll is closed. Votes: 5", "“bingo”: 1 (20 %)"]
    assert house.lines(boss) == [*results, "“blackjack”: 4 (80 %)"]
    for option in (-1, 2):
        assert refusal(house.act(voters[0], "vote", option)) is Reason.NOT_NOW


def test_who_has_not_voted_sees_no_result_the_croupier_included(house: FormHouse) -> None:
    boss = asked(house)
    anna, zoe = house.player("Anna"), house.player("Zoe", Seat.WATCHER)
    seen = [house.lines(client) for client in (boss, zoe)]
    for option in (0, 1):
        house.act(anna, "vote", option)
        lines = [house.lines(client) for client in (boss, zoe)]
        assert lines == [["“Which game?”", "Votes so far: 1", HIDDEN]] * 2
    assert seen == [["“Which game?”", "Votes so far: 0", HIDDEN]] * 2
    house.act(boss, "vote", 0)
    assert house.lines(boss)[3:] == ["“bingo”: 1 (50 %)", "“blackjack”: 1 (50 %)"]
    assert house.lines(zoe)[2:] == [HIDDEN]


def test_nobody_but_the_voter_is_told_what_it_was() -> None:
    """The same bytes for the others, whichever way two of them voted."""
    seen = []
    for first, second in ((0, 1), (1, 0)):
        there = FormHouse(POLL)
        boss = asked(there)
        anna, bert = there.player("Anna"), there.player("Bert")
        there.act(anna, "vote", first)
        there.act(bert, "vote", second)
        there.act(boss, "vote", 0)
        seen.append([there.form(boss), there.house.hall.tables[2].play.title])
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("minutes", "left"), [(10, 600_000), (0.5, 30_000)])
def test_a_poll_closes_on_its_clock(minutes: float, left: int) -> None:
    house = FormHouse(POLL, Rules(minutes))
    asked(house)
    anna = house.player("Anna")
    assert house.form(anna).ms_left == pytest.approx(left, abs=100)
    house.act(anna, "vote", 0)
    house.advance(60 * minutes - 0.1)
    assert house.game.asked.open
    assert house.game.next_moment() == pytest.approx(house.now + 0.05, abs=0.06)
    house.advance(0.1)
    assert not house.game.asked.open
    assert house.lines(anna)[1:3] == ["The poll is closed. Votes: 1", "“bingo”: 1 (100 %)"]
    assert house.form(anna).ms_left == NO_DEADLINE
    assert house.game.next_moment() is None


def test_without_a_clock_the_croupier_closes_it() -> None:
    house = FormHouse(POLL, Rules(0))
    asked(house)
    house.advance(10_000_000)
    assert house.game.asked.open
    assert house.game.next_moment() is None


def test_a_vote_for_one_poll_is_none_in_the_next(house: FormHouse) -> None:
    boss = asked(house)
    anna = house.player("Anna")
    house.act(anna, "vote", 0)
    turn = house.form(anna).turn
    house.act(boss, "close")
    assert refusal(house.act(boss, "vote", 1)) is Reason.NOT_NOW
    house.act(boss, "ask", words="Next? | yes | no")
    refused = house.act(anna, "vote", 1, turn=turn)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.figure) == (Reason.WRONG_ROUND, turn + 1)
    assert house.lines(anna) == ["“Next?”", "Votes so far: 0", HIDDEN]
    house.act(anna, "vote", 1)
    assert house.lines(anna)[3:] == ["“yes”: 0 (0 %)", "“no”: 1 (100 %)"]


def test_who_has_left_has_voted(house: FormHouse) -> None:
    boss = asked(house)
    anna = house.player("Anna")
    house.act(anna, "vote", 0)
    house.hear(anna, LeaveSeat(9, table=2))
    assert house.lines(boss)[1] == "Votes so far: 1"
    house.sit(anna)
    assert house.lines(anna)[2] == "Your vote: bingo. You can change it."


def test_a_crowd_s_forms_are_few(house: FormHouse) -> None:
    asked(house)
    crowd = [house.player(f"Player {number}") for number in range(FEW + 5)]
    for number, voter in enumerate(crowd):
        house.act(voter, "vote", number % 2)
    house.advance(1)
    house.said.clear()
    house.act(crowd[0], "vote", 1)
    house.advance(1)
    (told,) = [each for each in house.said if isinstance(each, ToEach)]
    assert len(told.frames) == len(crowd) + 1
    assert len(set(told.frames.values())) == 3


# --- the books ------------------------------------------------------------------------------------


def votes_after(house: FormHouse, books: Books) -> dict[Account, int]:
    after = FormHouse(POLL, books=books)
    after.advance(0)
    assert after.game.asked == house.game.asked
    after.books.check()
    assert after.game.state.counts == house.game.state.counts
    votes: dict[Account, int] = after.game.asked.votes
    return votes


def test_a_restart_keeps_the_poll_its_votes_and_its_clock(house: FormHouse) -> None:
    asked(house)
    voters = [house.player(name) for name in ("Anna", "Bert")]
    for voter, option in zip(voters, (1, 0), strict=True):
        house.act(voter, "vote", option)
    kept = {voters[0].account: 1, voters[1].account: 0}
    replayed = Books(STATES)
    replayed.replay(house.books.journal)
    assert votes_after(house, replayed) == kept
    snapshot = json.loads(as_json(house.books.snapshot()))
    assert votes_after(house, Books.of_snapshot(snapshot, STATES)) == kept


def test_a_poll_whose_time_is_over_when_the_house_opens_is_closed(house: FormHouse) -> None:
    asked(house)
    books = Books(STATES)
    books.replay(house.books.journal)
    books.tills[2].state.asked.until = 1  # type: ignore[attr-defined]
    after = FormHouse(POLL, books=books)
    after.advance(0)
    assert not after.game.asked.open


def test_a_table_that_closes_closes_its_poll(house: FormHouse) -> None:
    boss = asked(house)
    house.house.close_table(house.house.hall.tables[2])
    house.advance(0)
    assert 2 not in house.house.hall.tables
    assert boss.seats == {}
    assert ("play", 2, "close", [1]) in house.books.journal


def test_the_books_take_no_vote_where_nothing_is_asked() -> None:
    state = PollState()
    with pytest.raises(BooksError, match="not open"):
        state.vote(0, 2, 0)
    with pytest.raises(BooksError, match="not open"):
        state.close(0)
    with pytest.raises(BooksError, match="does not follow"):
        state.ask(2, "?", ["a", "b"], 0)
    state.ask(1, "?", ["a", "b"], 0)
    with pytest.raises(BooksError, match="does not follow"):
        state.ask(2, "?", ["a", "b"], 0)
    with pytest.raises(BooksError, match="not open"):
        state.vote(2, 2, 0)
    state.vote(1, 2, 0)
    state.close(1)
    with pytest.raises(BooksError, match="not open"):
        state.vote(1, 2, 1)
    assert state.asked.votes == {2: 0}


def test_what_a_table_may_set_can_be_kept() -> None:
    assert list(Rules().faults()) == list(Rules(0).faults()) == list(Rules(10_080).faults()) == []
    for minutes in (-1, 10_081):
        assert len(list(Rules(minutes).faults())) == 1
    assert FormHouse(POLL).game.auto == 0
