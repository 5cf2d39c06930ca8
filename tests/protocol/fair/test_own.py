"""What somebody saw who was there: the own say, link, bets, and what only eyes can tell."""

from typing import Any

import pytest

from protocol.fair.verdict import GREY
from tests.protocol.fair.night import Document, Night, Step, said, verdicts

OTHER = (bytes((0xEE,)) * 32).hex()
SAMPLE = Step(9, bytes((0, 5, 0, 2)))


def out(account: int) -> Step:
    return Step(10, account.to_bytes(8, "big"))


def seen(*steps: Step, **how: Any) -> tuple[Document, Document]:
    """A document, and what account 1 saw of its only round."""
    night = Night()
    night.play("sample", *steps or (SAMPLE,), **how)
    document = night.document()
    return document, document["rounds"][0]["own"]


# --- the say ------------------------------------------------------------------------------------


def test_nobody_was_there() -> None:
    document, _ = seen()
    del document["rounds"][0]["own"]
    assert said(document) == (set(), {"watcher"})


@pytest.mark.parametrize("word", GREY)
def test_a_reason_for_having_no_say_is_told(word: str) -> None:
    document, own = seen(own=9)
    assert said(document) == (set(), {"no chain"})
    own["why_not"] = word
    assert said(document) == (set(), {word})


def test_a_head_that_does_not_count_yet_is_not_looked_for() -> None:
    document, own = seen(own=9)
    own |= {"why_not": "locked", "head": OTHER}
    assert said(document) == (set(), {"locked"})


def test_a_reason_does_not_excuse_a_proof_that_does_not_hold() -> None:
    document, own = seen()
    own |= {"why_not": "joined", "head": OTHER}
    assert said(document) == ({"own_say"}, {"joined"})


def test_the_own_head_is_not_proved() -> None:
    document, own = seen()
    del own["say"]
    assert said(document) == ({"own_say"}, set())


def test_the_own_head_is_another() -> None:
    document, own = seen()
    own["head"] = OTHER
    assert said(document) == ({"own_say"}, set())


@pytest.mark.parametrize(
    "change",
    [{"index": 1}, {"index": 3}, {"proof": []}, {"proof": [OTHER, OTHER]}],
    ids=["another's", "nobody's", "too short", "another"],
)
def test_the_own_head_is_proved_by_something_else(change: Document) -> None:
    document, own = seen()
    own["say"] |= change
    reds, greys = said(document)
    assert (reds - {"own_link"}, greys) == ({"own_say"}, set())


# --- the links ----------------------------------------------------------------------------------


def test_the_own_link_is_not_among_those_shown() -> None:
    document, own = seen(SAMPLE, SAMPLE)
    own["links"]["2"]["link"] = OTHER
    assert verdicts(document)[0].reds == {"own_link": "event 2"}


def test_the_proof_of_the_own_link_is_of_another_tree() -> None:
    document, own = seen(SAMPLE, SAMPLE)
    own["links"]["2"]["proof"], own["links"]["1"]["proof"] = (
        own["links"]["1"]["proof"],
        own["links"]["2"]["proof"],
    )
    assert said(document) == ({"own_link"}, set())


def test_the_own_link_was_in_time_and_counts_as_missing() -> None:
    night = Night()
    night.play("sample", SAMPLE._replace(missing=(1,)))
    link = night._links[1][1].hex()
    proof = night.rounds[0]["own"]["say"]["proof"]
    night.rounds[0]["own"]["links"]["1"] = {"link": link, "in_time": True, "proof": proof}
    assert said(night.document()) == ({"own_link"}, set())


def test_the_own_link_was_late_or_not_sent() -> None:
    document, own = seen(SAMPLE._replace(missing=(1,)))
    assert said(document) == (set(), {"missed"})
    assert verdicts(document)[0].greys == {"missed": "event 1"}
    for in_time in (False, 1, "yes", None):
        own["links"]["1"] = {"link": OTHER, "in_time": in_time, "proof": []}
        assert said(document) == (set(), {"missed"})


def test_who_left_sends_no_link() -> None:
    document, own = seen(SAMPLE, out(1), SAMPLE._replace(missing=(1,)))
    assert said(document)[0] == {"own_out"}
    own["left"] = True
    assert said(document) == (set(), {"left"})


def test_who_left_after_the_last_event_is_grey_as_well() -> None:
    document, own = seen()
    own["left"] = True
    assert said(document) == (set(), {"left"})


def test_who_leaves_is_green_to_all_others() -> None:
    document, _ = seen(SAMPLE, out(1), SAMPLE._replace(missing=(1,)), own=2)
    assert said(document) == (set(), set())


def test_a_link_was_shown_for_an_event_that_is_gone() -> None:
    document, own = seen()
    own["links"]["2"] = {"link": OTHER, "in_time": False, "proof": []}
    assert said(document) == (set(), set())
    own["links"]["2"]["in_time"] = True
    assert verdicts(document)[0].reds == {"own_link": "event 2"}


# --- out ----------------------------------------------------------------------------------------


def test_one_is_thrown_out_and_had_not_left() -> None:
    document, _ = seen(out(1), SAMPLE._replace(missing=(1,)))
    assert said(document) == ({"own_out"}, {"missed"})
    document, _ = seen(SAMPLE, SAMPLE, out(1), SAMPLE._replace(missing=(1,)))
    assert said(document) == ({"own_out"}, {"missed"})


def test_another_who_is_out_is_not_oneself() -> None:
    document, _ = seen(out(2), SAMPLE._replace(missing=(2,)))
    assert said(document) == (set(), set())


def test_who_missed_an_event_is_rightly_out() -> None:
    gone = SAMPLE._replace(missing=(1,))
    for steps in ((gone, out(1), gone), (SAMPLE, gone, out(1), gone)):
        document, own = seen(*steps)
        assert said(document) == (set(), {"missed"})
        missed = str(len(steps) - 2)
        own["links"][missed] = {"link": OTHER, "in_time": False, "proof": []}
        assert said(document) == (set(), {"missed"})


def test_an_event_after_the_note_is_no_reason_for_it() -> None:
    document, own = seen(SAMPLE, out(1), SAMPLE._replace(missing=(1,)))
    own["links"]["2"] = {"link": OTHER, "in_time": False, "proof": []}
    assert said(document) == ({"own_out"}, {"missed"})


# --- the bets -----------------------------------------------------------------------------------

STAKES = {1: [(17, 0, 10), (3, 0, 4)], 7: [(3, 0, 5)]}


def test_the_own_bets_are_proved_in_any_order() -> None:
    document, own = seen(stakes=STAKES)
    own["stake"]["bets"].reverse()
    assert said(document) == (set(), set())
    del document["rounds"][0]["stakes"]
    assert said(document) == (set(), set())


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    "change",
    [
        {"bets": [[17, 0, 10]]},
        {"bets": [[17, 0, 10], [3, 0, 5]]},
        {"bets": []},
        {"index": 1},
        {"proof": []},
        {"proof": [OTHER]},
    ],
)
def test_the_own_bets_are_others(change: Document, *, listed: bool) -> None:
    document, own = seen(stakes=STAKES)
    own["stake"] |= change
    if not listed:
        del document["rounds"][0]["stakes"]
    assert said(document) == ({"own_stake"}, set())


def test_the_list_has_other_bets_of_ones_own_than_were_proved() -> None:
    document, _ = seen(stakes=STAKES)
    document["rounds"][0]["stakes"]["1"] = [[17, 0, 10]]
    assert said(document) == ({"own_stake", "stakes"}, set())


def test_the_list_is_there_and_one_is_not_in_it() -> None:
    """The proof is what counts; the list is told to be another."""
    document, _ = seen(stakes=STAKES)
    del document["rounds"][0]["stakes"]["1"]
    assert said(document) == ({"stakes"}, set())


def test_bets_are_stated_that_one_did_not_lay() -> None:
    document, own = seen(stakes=STAKES)
    del own["stake"]
    assert verdicts(document)[0].reds == {
        "own_stake": "bets are stated that you did not lay",
    }
    del document["rounds"][0]["stakes"]
    assert said(document) == (set(), set())


def test_who_has_no_bet_has_none_in_the_list() -> None:
    document, _ = seen(stakes=STAKES, own=2)
    assert said(document) == (set(), set())


def test_a_classic_player_has_bets_and_no_say() -> None:
    document, own = seen(stakes=STAKES, own=7)
    own["why_not"] = "classic"
    assert said(document) == (set(), {"classic"})
    own["stake"]["bets"] = [[3, 0, 6]]
    assert said(document) == ({"own_stake"}, {"classic"})


# --- what only eyes can tell --------------------------------------------------------------------


@pytest.mark.parametrize("step", ["void", "late", "refused", "window", "own_act"])
def test_what_was_red_at_the_time_is_red(step: str) -> None:
    document, own = seen()
    own["saw"] = {step: True}
    assert said(document) == ({step}, set())
    own["saw"] = {step: "the bank was rude"}
    assert said(document) == ({step}, set())
    own["saw"] = {step: False}
    assert said(document) == (set(), set())


def test_nothing_else_is_a_step_that_eyes_can_tell() -> None:
    document, own = seen()
    own["saw"] = {"draw": True, "chain": True, "locked": True}
    assert said(document) == (set(), set())


def test_two_freezes() -> None:
    document, own = seen()
    freeze = document["rounds"][0]["freeze"]
    own["saw"] = {"freezes": [freeze]}
    assert said(document) == (set(), set())
    own["saw"] = {"freezes": [freeze, OTHER]}
    assert said(document) == ({"two_freezes"}, set())


def test_two_transcripts() -> None:
    document, own = seen(SAMPLE, out(3), SAMPLE._replace(missing=(3,)))
    first, note, second = (event["T"] for event in document["rounds"][0]["events"])
    own["saw"] = {"transcripts": {"1": [first], "2": [second, second]}}
    assert said(document) == (set(), set())
    own["saw"] = {"transcripts": {"1": [first], "2": [second, note]}}
    assert verdicts(document)[0].reds == {"two_transcripts": "event 2"}
    own["saw"] = {"transcripts": {"0": [OTHER], "3": [OTHER]}}
    assert said(document) == (set(), set())
