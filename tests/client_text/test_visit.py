"""What a person types does what it says, and what happens is told in words."""

import pytest

from client.events import Judged, LinkLost, Trouble
from client.proof import Step, Verdict
from client.requests import Enter
from client_text.visit import FAILED, LEFT, MISTAKES, USAGE, Manner
from protocol.messages import bets, desk, door, records, rounds, talk
from protocol.messages.fields import NO_DEADLINE, Payout, PlacedBet, Result, SpotTotal
from protocol.messages.lists import (
    Farewell,
    Notice,
    Phase,
    Phrase,
    Presence,
    Reason,
    RoundState,
    Seat,
    SessionEnd,
)
from protocol.roulette import BLACK, RED
from tests.client_text.fakes import BOB, ME, TABLE, Sitting, laid, shown

CHEN = 9
SCRIPT = Manner(interactive=False, patient=True)


def settled(number: int, pocket: int, *results: Result) -> rounds.RoundSettled:
    return rounds.RoundSettled(number, pocket, 0, bytes(32), 2, 35, 20, (), results)


def bob(presence: Presence = Presence.HERE) -> records.RosterChanged:
    return seated(BOB, "Bob", presence)


def seated(account: int, name: str, presence: Presence = Presence.HERE) -> records.RosterChanged:
    entry = records.PlayerEntry(account, name, Seat.PLAYER, presence, muted=False, balance=300)
    return records.RosterChanged(2, 0, (entry,), complete=True)


# --- bets -----------------------------------------------------------------------------------------


def test_a_bet_is_told_when_the_table_has_taken_it() -> None:
    anna = Sitting().sit()
    assert anna.type("17 25 and red 10") == []
    assert laid(anna.desk.asked()) == {17: 25, RED: 10}
    number = anna.desk.asked().number
    assert anna.hear(bets.BetsPlaced(number, 5, 465, 35)) == [
        "You bet 25 on 17, 10 on red. You have 465 chips."
    ]


def test_a_refusal_says_why_and_how_much_is_left() -> None:
    anna = Sitting().sit()
    anna.type("17 600")
    refused = door.Refused(anna.desk.asked().number, Reason.NOT_ENOUGH_CHIPS, 255, 500, "")
    assert anna.hear(refused) == ["✗ Not enough chips: you have 500."]
    anna.type("17 200")
    refused = door.Refused(anna.desk.asked().number, Reason.OVER_MOST, 17, 100, "")
    assert anna.hear(refused) == ["✗ 17: At most 100 here."]


def test_what_makes_no_sense_is_pointed_at() -> None:
    anna = Sitting().sit()
    lines = anna.type("17 25, 37 5")
    assert lines[0] == "  17 25, 37 5"
    assert lines[1].startswith("         ^^ There is no number 37")
    assert anna.type("red")[1].startswith("  ^^^ How many chips?")
    assert anna.desk.wishes == []


def test_undo_takes_back_what_was_laid_last_and_then_what_was_before() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    anna.bet("red 10")
    for chips in ({RED: 10}, {17: 25}):
        anna.type("undo")
        assert laid(anna.desk.asked()) == chips
        anna.hear(bets.BetsTakenBack(anna.desk.asked().number, 5, 500, 0))
    assert anna.type("undo") == ["✗ There is nothing of yours to take back."]


def test_bets_of_an_earlier_round_are_not_undone() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    anna.hear(rounds.RoundOpened(6, NO_DEADLINE, bytes(32)))
    assert anna.type("undo") == ["✗ There is nothing of yours to take back."]


def test_chips_are_taken_back_by_place() -> None:
    anna = Sitting().sit()
    anna.bet("17 25, red 10")
    anna.type("back 17")
    assert laid(anna.desk.asked()) == {17: 25}
    anna.type("back red 4")
    assert laid(anna.desk.asked()) == {RED: 4}
    anna.type("back all")
    assert laid(anna.desk.asked()) == {}
    assert anna.type("back black") == ["✗ You have no chips on black."]


def test_rebet_lays_the_last_round_that_one_played_and_double_what_lies() -> None:
    anna = Sitting().sit()
    assert anna.type("rebet") == ["✗ You have no bets of an earlier round to repeat."]
    assert anna.type("double") == ["✗ You have no bets on the table to double."]
    anna.bet("17 25")
    payout = rounds.PlayerSettled(5, -25, 475, (Payout(17, 25, 0),))
    anna.hear(settled(5, 3), payout, rounds.RoundOpened(6, NO_DEADLINE, bytes(32)))
    anna.bet("rebet")
    assert laid(anna.desk.asked()) == {17: 25}
    anna.type("double")
    assert laid(anna.desk.asked()) == {17: 25}


def test_a_chip_stands_for_the_sums_that_are_not_said() -> None:
    anna = Sitting().sit()
    assert anna.type("chip 5") == ["A bet without a sum now means 5."]
    anna.type("red")
    assert laid(anna.desk.asked()) == {RED: 5}
    assert anna.type("chip off") == ["A bet now needs its sum."]


def test_a_watcher_is_told_that_his_seat_does_not_bet() -> None:
    anna = Sitting(Enter("Anna", Seat.WATCHER)).sit(Seat.WATCHER)
    assert "Your seat may not do that" in anna.type("17 5")[0]


def test_no_bet_is_asked_for_after_no_more_bets() -> None:
    anna = Sitting().sit()
    anna.hear(rounds.BettingClosed(5, 3000, bytes(32), bytes(32), ()))
    assert anna.type("17 5") == ["✗ No more bets in this round."]
    assert anna.desk.wishes == []


# --- what happens ---------------------------------------------------------------------------------


def test_what_others_do_is_told_as_differences() -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    changed = bets.BetsChanged(
        5, 1, 1, 2, 35, (), (PlacedBet(BOB, 17, 25), PlacedBet(BOB, RED, 10)), complete=True
    )
    assert anna.hear(changed) == ["Bob bets 25 on 17, 10 on red."]
    again = bets.BetsChanged(
        5, 2, 1, 2, 45, (), (PlacedBet(BOB, 17, 40), PlacedBet(BOB, RED, 0)), complete=True
    )
    assert anna.hear(again) == ["Bob bets 15 on 17.", "Bob takes back 10 on red."]
    mine = bets.BetsChanged(5, 3, 2, 3, 55, (), (PlacedBet(ME, BLACK, 10),), complete=True)
    assert anna.hear(mine) == []


def test_of_many_bets_at_once_a_few_are_named() -> None:
    anna = Sitting().sit()
    rows = tuple(PlacedBet(account, 17, 1) for account in range(20, 50))
    lines = anna.hear(bets.BetsChanged(5, 1, 90, 90, 90, (), rows, complete=False))
    assert len(lines) == 6
    assert lines[-1] == "Many bet at once. On the table: 90 chips, by 90 players."


def test_a_round_is_told_from_the_last_bet_to_the_proof() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    assert anna.hear(
        rounds.BettingClosed(5, 3000, bytes(32), bytes(32), ()),
        rounds.WheelStarted(5, 4000),
        settled(5, 17, Result(ME, "Anna", 875), Result(BOB, "Bob", -10)),
        rounds.PlayerSettled(5, 875, 1375, (Payout(17, 25, 900),)),
        Judged(Verdict(5, None)),
        rounds.RoundOpened(6, 20_000, bytes(32)),
    ) == [
        "No more bets: 0 chips on the table.",
        "The wheel turns.",
        "=> 17 black, odd, low",
        "Results: Anna +875, Bob -10",
        "You win 875 chips. You have 1375 chips.",
        "✓ Round 5 is checked: the seed that it did not use is the one that was promised.",
        "Round 6. Place your bets (0:20).",
    ]


def test_a_round_that_does_not_add_up_is_said_loudly_and_again_on_request() -> None:
    anna = Sitting().sit()
    words = (
        "✗ Round 5 does not add up: the number does not follow from the seeds and the frozen"
        " bets. Ask the host before you play on."
    )
    evidence = "The evidence is kept in /x.json; anybody can check it: python run.py verify FILE"
    assert anna.type("verify") == ["No round has been checked here yet."]
    assert anna.hear(Judged(Verdict(5, Step.POCKET), "/x.json")) == [words, evidence]
    assert anna.type("verify") == [words, evidence]
    assert anna.type("verify 4") == ["Round 4 has not been checked here."]


def test_a_voided_round_says_why() -> None:
    anna = Sitting().sit()
    anna.bet("17 25")
    voided = rounds.RoundVoided(5, bytes(32), "the ball fell out")
    payout = rounds.PlayerSettled(5, 0, 500, (Payout(17, 25, 25),))
    assert anna.hear(voided, payout) == [
        "Round 5 is void (the ball fell out): every stake went back."
    ]


def test_a_lost_line_is_told_once_and_its_end_ends_the_visit() -> None:
    anna = Sitting().sit()
    lost = LinkLost(Trouble.CUT, 3.0)
    assert anna.hear(lost) == [
        "The line is lost: the connection broke off. It is tried again by itself."
    ]
    assert anna.hear(lost) == []
    assert anna.visit.status(1.0) == "no line, tried again in 0:02"
    assert anna.type("17 5") == ["✗ Not at the table yet: wait for the line."]
    assert anna.visit.over is None
    anna.cut()
    assert anna.visit.over == FAILED


def test_who_is_thrown_out_reads_why() -> None:
    anna = Sitting().sit()
    gone = LinkLost(Trouble.FAREWELL, 1.0, Farewell.KICKED, "be kind")
    assert anna.hear(gone)[0].startswith("The line is lost: you were thrown out: be kind.")


def test_the_status_shows_the_phase_and_what_one_has() -> None:
    anna = Sitting().sit()
    assert anna.visit.status(0.0) == "round 5 · Bets are open · 500 chips"
    anna.bet("17 25", balance=475)
    assert anna.visit.status(0.0) == "round 5 · Bets are open · 475 chips · 25 on the table"
    anna.hear(rounds.DeadlineMoved(5, 12_000))
    assert anna.visit.status(0.5).startswith("round 5 · Bets are open 0:12 · ")
    anna.type("red 10")
    assert anna.visit.status(0.0).endswith("asking ...")


# --- lists ----------------------------------------------------------------------------------------


def test_the_list_of_bets_is_asked_for_only_where_it_is_not_known() -> None:
    anna = Sitting().sit()
    assert anna.type("list") == ["Nobody has bet in this round yet."]
    anna.hear(bob(), bets.BetsChanged(5, 1, 1, 1, 25, (), (PlacedBet(BOB, 17, 25),), complete=True))
    assert anna.type("list") == ["Bob: 25 on 17 (25)", "25 chips on the table."]
    anna.hear(bets.BetsChanged(5, 2, 9, 9, 90, (), (), complete=False))
    assert anna.type("list") == []
    assert isinstance(anna.desk.asked(), bets.ListBets)
    listed = bets.BetsListed(anna.desk.asked().number, 5, 2, (PlacedBet(BOB, RED, 90),), more=False)
    assert anna.hear(listed) == ["Bob: 90 on red (90)", "90 chips on the table."]


def test_a_list_too_long_to_know_is_shown_by_place() -> None:
    anna = Sitting().sit()
    totals = tuple(SpotTotal(spot, spot + 1, 1) for spot in range(40))
    anna.hear(bets.BetsChanged(5, 1, 900, 900, 820, totals, (), complete=False))
    anna.type("list")
    lines = anna.hear(bets.BetsListed(anna.desk.asked().number, 5, 1, (), more=True))
    assert lines[:2] == ["Too many to list by name. By place:", "40 on 0-3"]
    assert lines[-2:] == ["… and 25 more", "820 chips on the table."]


def test_one_s_own_bets_are_known_without_asking() -> None:
    anna = Sitting().sit()
    assert anna.type("mine") == ["You have no chips on the table."]
    anna.bet("17 25, red 10")
    assert anna.type("mine") == ["Anna: 25 on 17, 10 on red (35)"]
    assert anna.type("/users") == []
    refused = door.Refused(anna.desk.asked().number, Reason.TOO_FAST, 255, 1500, "")
    assert anna.hear(refused) == ["✗ Too fast: wait 2 s and ask again."]


def test_a_croupier_who_is_not_let_in_stays_what_he_was() -> None:
    anna = Sitting().sit()
    anna.type("sit croupier")
    anna.type("not this")
    anna.desk.want(door.TakeSeat(0, Seat.CROUPIER, b""))
    wrong = door.Refused(anna.desk.asked().number, Reason.WRONG_CROUPIER_PASSWORD, 255, 0, "")
    assert anna.hear(wrong) == ["✗ The croupier's password is another."]
    assert anna.visit.prompt == "> "
    assert anna.visit.over is None


def test_the_house_gives_chips_and_runs_the_table() -> None:
    anna = Sitting().sit()
    assert anna.hear(
        rounds.ChipsGranted(500, 500), rounds.AutoChanged(30), rounds.AutoChanged(0)
    ) == [
        "The house gives you 500 chips.",
        "The table now runs itself: 30 seconds for bets.",
        "The table now waits for its croupier.",
    ]


def test_people_history_rounds_and_numbers_are_asked_for_and_shown() -> None:
    anna = Sitting().sit()
    anna.type("players")
    entry = records.PlayerEntry(BOB, "Bob", Seat.CROUPIER, Presence.AWAY, muted=True, balance=1)
    listed = records.PlayersListed(anna.desk.asked().number, (entry,), more=False)
    assert anna.hear(listed) == ["Bob (croupier, away, 1 chip, muted)"]

    anna.type("history")
    own = records.OwnRoundEntry(4, RoundState.SETTLED, 17, 0, 875, (Payout(17, 25, 900),))
    void = records.OwnRoundEntry(3, RoundState.VOID, 0, 0, 0, ())
    history = records.OwnRoundsListed(anna.desk.asked().number, (own, void), more=False)
    assert anna.hear(history) == ["Round 4: 17 black, +875. 25 on 17", "Round 3: void"]

    anna.type("rounds")
    entries = (
        records.RoundEntry(4, RoundState.SETTLED, 0, 0, 1, 25, 0),
        records.RoundEntry(3, RoundState.VOID, 0, 0, 0, 0, 0),
    )
    assert anna.hear(records.RoundsListed(anna.desk.asked().number, entries, more=False)) == [
        "Round 4: 0 green. 25 bet, 0 back, 1 player",
        "Round 3: void",
    ]

    anna.type("numbers")
    numbers = records.ResultsListed(anna.desk.asked().number, 4, 4, 0, 0, (17, 0, 3, 1))
    assert anna.hear(numbers) == [
        "Latest first: 17 0 3 1",
        "Of 4 rounds: red 50.0 %, black 25.0 %, zero 25.0 %.",
    ]


def test_the_limits_and_the_help_need_no_question() -> None:
    anna = Sitting().sit()
    assert "number: 1 to 100, pays 35 to 1" in anna.type("limits")
    assert anna.type("help rebet") == [
        "rebet: lays what you had in the last round that you played."
    ]
    assert any("voisins 9" in line for line in anna.type("help"))
    assert any("voisins 9" in line for line in anna.type("help dozen"))
    assert anna.type("help me") == ["There is no such word. `help` lists them."]
    assert anna.desk.wishes == []


# --- the croupier ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("start", desk.StartSpin(1, 5)),
        ("close", desk.CloseBetting(1, 5)),
        ("void the ball fell out", desk.VoidRound(1, 5, "the ball fell out")),
        ("kick Bob bye", desk.KickPlayer(1, BOB, "bye")),
        ("kick bob", desk.KickPlayer(1, BOB, "")),
        ("warn Bob hush", desk.WarnPlayer(1, BOB, "hush")),
        ("mute Bob 60", desk.MutePlayer(1, BOB, 60, "")),
        ("announce last call", desk.Announce(1, Phrase.LAST_CALL, "")),
        ("announce tea!", desk.Announce(1, Phrase.OTHER, "tea!")),
        ("hand over Bob", desk.HandOver(1, BOB)),
        ("auto 30", desk.SetAuto(1, 30)),
        ("auto off", desk.SetAuto(1, 0)),
    ],
)
def test_the_croupiers_words_are_orders(line: str, request_: object) -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    carl.hear(bob())
    assert carl.type(line) == []
    assert carl.desk.asked() == request_


def test_nobody_is_thrown_out_by_a_name_that_is_not_there() -> None:
    carl = Sitting(Enter("Carl", Seat.CROUPIER, "secret")).sit(Seat.CROUPIER)
    assert carl.type("kick Bob") == [
        "✗ Nobody called “Bob” is at the table. `players` shows who is."
    ]


# --- talk -----------------------------------------------------------------------------------------


def test_what_is_said_is_told_with_its_time() -> None:
    anna = Sitting().sit()
    assert anna.hear(
        talk.Said(60_000, BOB, "Bob", "hi"),
        talk.SaidPrivately(61_000, BOB, "Bob", False, "psst"),
        talk.Announced(62_000, BOB, Phrase.NO_MORE_BETS, ""),
        talk.Announced(63_000, 0, Phrase.OTHER, "Tea."),
        talk.Noticed(64_000, BOB, "Bob", Notice.KICKED, "noise"),
        talk.Noticed(64_000, ME, "Anna", Notice.JOINED, ""),
        talk.Noticed(64_000, BOB, "Bob", Notice.OTHER, "dances"),
    ) == [
        "00060 Bob: hi",
        "00061 [Bob, privately] psst",
        "00062 Bob calls: No more bets!",
        "00063 The house: Tea.",
        "Bob was thrown out: noise",
        "Bob dances",
    ]
    assert anna.type("talk") == [
        "00060 Bob: hi",
        "00061 [Bob, privately] psst",
        "00062 Bob calls: No more bets!",
        "00063 The house: Tea.",
    ]


def test_a_private_session_is_asked_for_answered_and_ended() -> None:
    anna = Sitting().sit()
    assert anna.hear(talk.SessionAsked(BOB, "Bob")) == [
        "Bob asks for a private session. y accepts, n declines."
    ]
    anna.type("y")
    assert anna.desk.asked() == talk.AnswerSession(1, BOB, True)
    anna.hear(bob())
    assert anna.hear(talk.SessionStarted(BOB, "Bob"))[0].startswith("Private session with Bob")
    assert anna.visit.prompt == "[Bob] > "
    anna.type("17 25")
    assert anna.desk.asked() == talk.SayPrivately(2, BOB, True, "17 25")
    assert anna.hear(door.Done(2)) == ["00059 [to Bob, privately] 17 25"]
    anna.type("/17 25")
    assert laid(anna.desk.asked()) == {17: 25}
    anna.type("/exit")
    assert anna.desk.asked() == talk.EndSession(4, BOB)
    ended = anna.hear(talk.SessionEnded(BOB, "Bob", SessionEnd.LEFT))
    assert ended == ["Private session with Bob: the other has left."]
    assert anna.visit.prompt == "> "
    assert anna.type("n") == ["✗ Nobody asks for a private session."]
    assert anna.type("/exit") == ["✗ You are in no private session. `quit` leaves the table."]


def test_a_session_can_be_asked_for_and_words_go_to_one_or_to_all() -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    anna.type("/session Bob")
    assert anna.desk.asked() == talk.AskSession(1, BOB)
    assert anna.hear(door.Done(1))[0].startswith("The request is on its way")
    assert anna.type("/session Bob") == ["✗ Bob has been asked already and has not answered yet."]
    anna.type("/private Bob psst")
    assert anna.desk.asked() == talk.SayPrivately(2, BOB, False, "psst")
    anna.type("say hello")
    assert anna.desk.asked() == talk.Say(3, "hello")


def test_who_has_two_private_sessions_goes_from_one_to_the_other() -> None:
    anna = Sitting().sit()
    anna.hear(bob(), seated(CHEN, "Chen"), talk.SessionStarted(BOB, "Bob"))
    elsewhere = anna.hear(talk.SessionStarted(CHEN, "Chen"))
    assert elsewhere == ["Private session with Chen: `/session Chen` goes there."]
    assert anna.visit.prompt == "[Bob] > "
    anna.type("hm")
    assert anna.desk.asked() == talk.SayPrivately(1, BOB, True, "hm")
    anna.type("/session Chen")
    assert anna.visit.prompt == "[Chen] > "
    anna.type("/all hello all")
    assert anna.desk.asked() == talk.Say(2, "hello all")
    anna.hear(talk.SessionEnded(CHEN, "Chen", SessionEnd.ENDED))
    assert anna.visit.prompt == "> "
    assert anna.type("session Bob")[0].startswith("What you type goes to Bob alone.")
    anna.type("/all")
    assert anna.visit.prompt == "> "


def test_the_lines_of_one_conversation_can_be_typed_without_a_session() -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    anna.type("/private Bob")
    assert anna.visit.prompt == "[Bob] > "
    anna.type("red 10")
    assert anna.desk.asked() == talk.SayPrivately(1, BOB, False, "red 10")
    assert anna.type("/exit")[0].startswith("Back at the table")
    anna.type("//red 10")
    assert anna.desk.asked() == talk.Say(2, "/red 10")


def test_a_session_that_the_line_ends_leads_back_to_the_table() -> None:
    anna = Sitting().sit()
    anna.hear(talk.SessionStarted(BOB, "Bob"))
    assert "Private session with Bob: over." in anna.hear(LinkLost(Trouble.CUT, 1.0))
    assert anna.visit.prompt == "> "


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/private", "Whom? Write a name after it."),
        ("/private Zoe hi", "Nobody called “Zoe” is at the table. `players` shows who is."),
        ("/session anna", "That is you."),
        ("/private Bob hi", "Bob has lost the line, and hears nothing now."),
        ("/hear Bob", "You do not ignore Bob."),
        ("y", "Nobody asks for a private session."),
        ("say " + "x" * 500, "That is too long for one line: 400 bytes is the most."),
        ("say \x1b[31m", "This text cannot be shown: only characters that can be seen."),
    ],
)
def test_what_cannot_be_said_says_why(line: str, why: str) -> None:
    anna = Sitting().sit()
    anna.hear(bob(presence=Presence.CUT_OFF), seated(ME, "Anna"))
    assert anna.type(line) == [f"✗ {why}"]


@pytest.mark.parametrize(
    ("reason", "figure", "why"),
    [
        (Reason.MUTED, 59_001, "You may not talk for 60 s yet."),
        (Reason.TOO_FAST, 1200, "Too fast: wait 2 s."),
        (Reason.NO_SUCH_PLAYER, 0, "Bob has a client without talk."),
    ],
)
def test_what_the_table_refused_says_why(reason: Reason, figure: int, why: str) -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    anna.type("/private Bob hi")
    assert anna.hear(door.Refused(1, reason, 255, figure, "in its own words")) == [f"✗ {why}"]


def test_whom_one_ignores_one_does_not_hear_and_he_is_declined() -> None:
    anna = Sitting().sit()
    anna.hear(bob())
    assert anna.type("/ignore Bob") == ["You hear Bob no more. `/hear Bob` changes that."]
    assert anna.hear(talk.Said(1, BOB, "Bob", "spam")) == []
    assert anna.hear(talk.SaidPrivately(1, BOB, "Bob", in_session=False, line="spam")) == []
    assert anna.hear(talk.SessionAsked(BOB, "Bob")) == []
    assert anna.desk.asked() == talk.AnswerSession(1, BOB, False)
    assert anna.type("/hear Bob") == ["You hear Bob again."]
    assert len(anna.hear(talk.Said(1, BOB, "Bob", "sorry"))) == 1


def test_a_server_without_talk_is_told_of_in_words() -> None:
    anna = Sitting().sit()
    anna.type("say hello")
    refused = door.Refused(anna.desk.asked().number, Reason.NOT_SERVED, 255, 0, "not served")
    assert anna.hear(refused) == ["✗ This server has no talk."]


# --- the door -------------------------------------------------------------------------------------


def test_what_the_command_line_leaves_open_is_asked_before_anything_is_dialled() -> None:
    carl = Sitting(Enter("", Seat.CROUPIER))
    assert (carl.visit.prompt, carl.visit.hidden) == ("The croupier's password: ", True)
    carl.type("secret")
    assert (carl.visit.prompt, carl.visit.hidden) == ("Your name: ", False)
    assert carl.dialled == []
    carl.type("")
    carl.type("Carl")
    assert carl.dialled == [Enter("Carl", Seat.CROUPIER, "secret")]
    assert carl.visit.prompt == "> "


@pytest.mark.parametrize(
    ("reason", "prompt", "answer", "enter"),
    [
        (Reason.NAME_TAKEN, "Another name: ", "Ann", Enter("Ann")),
        (Reason.WRONG_TOKEN, "Another name: ", "Ann", Enter("Ann")),
        (
            Reason.WRONG_TABLE_PASSWORD,
            "The table's password: ",
            "x",
            Enter("Anna", table_password="x"),
        ),
    ],
)
def test_who_is_refused_at_the_door_may_answer_again(
    reason: Reason, prompt: str, answer: str, enter: Enter
) -> None:
    anna = Sitting()
    anna.desk.say(TABLE)
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    assert anna.hear(door.Refused(1, reason, 255, 0, ""))[-1].startswith("✗ ")
    assert anna.visit.prompt == prompt
    anna.type(answer)
    assert anna.desk.wishes[-1] == enter


def test_who_answers_after_the_line_has_ended_dials_again() -> None:
    anna = Sitting()
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    anna.hear(door.Refused(1, Reason.NAME_TAKEN, 255, 0, ""))
    anna.cut()
    assert anna.visit.over is None
    anna.type("Ann")
    assert anna.dialled == [Enter("Anna"), Enter("Ann")]


def test_a_seat_is_changed_at_the_table() -> None:
    anna = Sitting().sit()
    anna.type("sit watcher")
    assert anna.desk.wishes[-1] == Enter("Anna", Seat.WATCHER)
    anna.type("sit croupier")
    assert anna.visit.hidden
    anna.type("secret")
    assert anna.desk.wishes[-1] == Enter("Anna", Seat.CROUPIER, "secret")
    assert anna.hear(door.SeatTaken(9, Seat.CROUPIER)) == ["You are the croupier."]


# --- the assignment's protocol --------------------------------------------------------------------


def test_the_classic_menu_asks_for_the_role_first() -> None:
    anna = Sitting(None, classic=True)
    assert anna.visit.prompt == "1 player, 2 croupier: "
    anna.type("3")
    assert anna.visit.prompt == "1 player, 2 croupier: "
    anna.type("1")
    anna.type("Anna")
    assert anna.dialled == [Enter("Anna")]


def test_the_classic_menu_bets_lists_and_leaves() -> None:
    anna = Sitting(classic=True).sit()
    assert anna.visit.prompt.startswith("1 bet, 2 list of bets, 0 leave")
    anna.type("1")
    anna.type("100")
    assert anna.visit.prompt == "On what (0-36, even or odd): "
    anna.type("17")
    assert laid(anna.desk.asked()) == {17: 100}
    anna.type("2")
    assert isinstance(anna.desk.asked(), bets.ListBets)
    anna.type("0")
    assert anna.visit.over == LEFT


def test_the_classic_croupier_starts_by_the_menu() -> None:
    carl = Sitting(Enter("", Seat.CROUPIER, "secret"), classic=True).sit(Seat.CROUPIER)
    carl.type("1")
    assert isinstance(carl.desk.asked(), desk.StartSpin)


# --- scripts --------------------------------------------------------------------------------------


def test_a_script_waits_for_each_answer() -> None:
    anna = Sitting(manner=SCRIPT)
    for line in ("17 25", "red 10", "quit"):
        anna.type(line)
    assert anna.desk.wishes == []
    anna.sit()
    assert laid(anna.desk.asked()) == {17: 25}
    anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 475, 25))
    assert laid(anna.desk.asked()) == {RED: 10}
    assert anna.visit.over is None
    anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 465, 35))
    assert anna.visit.over == LEFT


def test_a_script_can_wait_for_the_round() -> None:
    anna = Sitting(manner=SCRIPT).sit()
    anna.type("wait closed")
    anna.type("help rebet")
    assert anna.read() == []
    assert "rebet" in anna.hear(rounds.BettingClosed(5, 3000, bytes(32), bytes(32), ()))[-1]
    anna.type("wait result")
    anna.type("help rebet")
    anna.hear(rounds.WheelStarted(5, 3000))
    assert "rebet" in anna.hear(settled(5, 17))[-1]
    anna.type("wait betting")
    anna.type("help rebet")
    assert anna.read() == []
    assert "rebet" in anna.hear(rounds.RoundOpened(6, NO_DEADLINE, bytes(32)))[-1]


def test_a_person_need_not_wait() -> None:
    assert Sitting().sit().type("wait result")[0].startswith("✗ `wait` is for scripts")


def test_a_script_ends_with_its_input_and_says_whether_all_was_done() -> None:
    anna = Sitting(manner=SCRIPT).sit()
    anna.visit.input_ended()
    assert anna.visit.over == LEFT
    anna = Sitting(manner=SCRIPT).sit()
    anna.type("17 25x")
    anna.visit.input_ended()
    assert anna.visit.over == MISTAKES


def test_a_script_that_waits_for_the_end_ends_with_the_line() -> None:
    anna = Sitting(Enter("", Seat.WATCHER), manner=SCRIPT).sit(Seat.WATCHER)
    anna.type("wait end")
    anna.visit.input_ended()
    assert anna.visit.over is None
    anna.hear(LinkLost(Trouble.FAREWELL, 1.0, Farewell.STOPPING))
    assert anna.visit.over == LEFT


def test_a_script_is_not_asked() -> None:
    anna = Sitting(Enter(""), manner=SCRIPT)
    assert anna.visit.over == USAGE
    assert "--name" in anna.read()[0]
    anna = Sitting(manner=SCRIPT)
    anna.desk.want(door.SignIn(0, "Anna", b"", b""))
    anna.hear(door.Refused(1, Reason.NAME_TAKEN, 255, 0, ""))
    assert anna.visit.over == FAILED


def test_the_visit_speaks_russian() -> None:
    anna = Sitting(language="ru").sit()
    anna.type("красное 10")
    assert anna.hear(bets.BetsPlaced(anna.desk.asked().number, 5, 490, 10)) == [
        "Вы ставите: 10 на красное. У вас 490 фишек."
    ]
    assert anna.hear(settled(5, 21)) == ["=> 21 красное, нечет, большие"]
    assert anna.visit.status(0.0).startswith("раунд 5 · Число известно · 490 фишек")
    assert anna.hear(shown(6, phase=Phase.SPINNING)) == []
