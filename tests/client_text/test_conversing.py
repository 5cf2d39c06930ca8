"""Talk goes to everybody, to one, or into a private session."""

import pytest

from client.house.events import LinkLost, Trouble
from protocol.house import door, talk
from protocol.house.lists import Notice, Phrase, Presence, Reason, SessionEnd
from tests.client_text.fakes import BOB, ME, Sitting, bob, laid, seated

CHEN = 9


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
        ("/private Zoe hi", "Nobody called Zoe is at the table. `players` shows who is."),
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
