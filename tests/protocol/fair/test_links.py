"""What was shown, against what was frozen: the lists of says and of links."""

from typing import Any

from protocol.fair import hashes, tree
from tests.protocol.fair.night import Document, Night, Step, said, verdicts

OTHER = bytes((0xEE,)) * 32
SAMPLE = Step(9, bytes((0, 5, 0, 2)))


def out(account: int) -> Step:
    return Step(10, account.to_bytes(8, "big"))


def round_of(*steps: Step, **how: Any) -> Document:
    night = Night()
    night.play("sample", *steps, **how)
    return night.document()


def reasons(document: Document) -> tuple[dict[str, str], dict[str, str]]:
    verdict = verdicts(document)[-1]
    return verdict.reds, verdict.greys


def again(document: Document, at: int) -> Document:
    """With L, R and D of this event over the lists as they are, and T of what follows: a house that
    covers what it did.
    """
    (told,) = document["rounds"]
    heads = {int(a): bytes.fromhex(head) for a, head in told["says"].items()}
    before = bytes.fromhex(told["freeze"])
    for event in told["events"][: at + 1]:
        step = hashes.step(before, event["what"], bytes.fromhex(event["detail"]))
        event["T"] = step.hex()
        for account, link in event["links"].items():
            if link is not None:
                heads[int(account)] = bytes.fromhex(link)
        links = tree.root([hashes.say_leaf(*each) for each in sorted(heads.items())])
        shown = hashes.reveals(step, told["contributors"], links)
        before = hashes.done(step, shown, bytes.fromhex(event["seed"]))
        event |= {"links_root": links.hex(), "R": shown.hex(), "done": before.hex()}
    return document


def test_who_shows_no_link_is_named() -> None:
    document = round_of(SAMPLE._replace(missing=(2, 3)), own=1)
    assert reasons(document) == ({}, {"withheld": "account 2"})


def test_who_withheld_stays_out_and_is_not_named_again() -> None:
    """It is the event that is spoilt; the note of `out` may stand, and changes nothing."""
    gone = SAMPLE._replace(missing=(2,))
    for steps in ((gone, gone), (gone, out(2), gone)):
        assert reasons(round_of(*steps)) == ({}, {"withheld": "account 2"})


def test_who_left_before_is_not_missing() -> None:
    assert reasons(round_of(out(2), SAMPLE._replace(missing=(2,)))) == ({}, {})
    assert reasons(round_of(SAMPLE, out(2), SAMPLE._replace(missing=(2,)))) == ({}, {})


def test_who_left_and_shows_a_link_after_all() -> None:
    document = round_of(out(2), SAMPLE)
    assert reasons(document) == ({"links": "event 1, account 2"}, {})


def test_who_withheld_and_shows_a_link_after_all() -> None:
    document = round_of(SAMPLE._replace(missing=(2,)), SAMPLE)
    assert said(document) == ({"links"}, {"withheld"})


def test_a_note_of_who_is_out_that_cannot_be_read() -> None:
    for detail in (b"", bytes(7), bytes(9)):
        why = "a note says whom it is about in eight bytes"
        assert reasons(round_of(Step(10, detail), SAMPLE)) == ({"transcript": why}, {})


def test_a_link_that_fits_no_head_is_a_puppets() -> None:
    document = round_of(SAMPLE, own=None)
    document["rounds"][0]["events"][0]["links"]["2"] = OTHER.hex()
    assert reasons(document)[0] == {"links": "event 1, account 2", "reveals": "event 1"}
    assert said(again(document, 0)) == ({"links", "draw"}, {"watcher"})


def test_a_link_of_the_one_before_is_not_shown_again() -> None:
    document = round_of(SAMPLE, SAMPLE, own=None)
    first, second = document["rounds"][0]["events"]
    second["links"]["2"] = first["links"]["2"]
    assert said(document)[0] == {"links", "reveals"}


def test_somebody_is_left_out_of_the_links() -> None:
    document = round_of(SAMPLE, own=None)
    del document["rounds"][0]["events"][0]["links"]["3"]
    assert said(document)[0] == {"links", "reveals"}


def test_somebody_who_is_in_no_freeze_shows_a_link() -> None:
    document = round_of(SAMPLE)
    document["rounds"][0]["events"][0]["links"]["9"] = OTHER.hex()
    assert said(document) == ({"links"}, set())
    document["rounds"][0]["events"][0]["links"]["9"] = None
    assert said(document) == ({"links"}, set())


def test_the_root_of_the_links_is_another() -> None:
    document = round_of(SAMPLE, own=None)
    document["rounds"][0]["events"][0]["links_root"] = OTHER.hex()
    assert reasons(document)[0] == {"reveals": "event 1"}


def test_says_and_their_root() -> None:
    document = round_of(SAMPLE)
    document["rounds"][0]["says"]["2"] = OTHER.hex()
    assert said(document) == ({"says", "links"}, set())


def test_says_and_their_number() -> None:
    document = round_of(SAMPLE, own=None)
    document["rounds"][0]["contributors"] = 4
    assert said(document)[0] == {"says", "freeze", "reveals"}


def test_stakes_and_their_root_and_number() -> None:
    document = round_of(SAMPLE, stakes={5: [(1, 0, 1)], 6: [(1, 0, 1)]})
    assert said(document) == (set(), set())
    document["rounds"][0]["stakes"]["5"] = [[1, 0, 2]]
    assert said(document) == ({"stakes"}, set())
    document = round_of(SAMPLE, stakes={5: [(1, 0, 1)], 6: [(1, 0, 1)]})
    document["rounds"][0]["players"] = 3
    assert said(document) == ({"stakes", "freeze"}, set())


def test_the_order_of_accounts_and_bets_in_a_file_does_not_matter() -> None:
    bets = [(3, 0, 1), (1, 0, 9), (1, 0, 2)]
    document = round_of(SAMPLE, says=(11, 2, 30), own=11, stakes={11: bets, 2: bets})
    (told,) = document["rounds"]
    for table in (told["says"], told["stakes"], told["events"][0]["links"]):
        turned = dict(reversed(table.items()))
        table.clear()
        table.update(turned)
    told["own"]["stake"]["bets"].reverse()
    told["stakes"]["11"].sort()
    assert said(document) == (set(), set())


# --- lists that are not there -------------------------------------------------------------------


def test_without_the_links_of_an_event_the_later_ones_are_not_checked_either() -> None:
    for at in range(3):
        document = round_of(SAMPLE, SAMPLE, SAMPLE)
        del document["rounds"][0]["events"][at]["links"]
        assert reasons(document) == ({}, {"unlisted": ""})
        # What went before is checked, what comes after has no head to be held against.
        for other in range(3):
            spoilt = round_of(SAMPLE, SAMPLE, SAMPLE, own=None)
            del spoilt["rounds"][0]["events"][at]["links"]
            if other != at:
                spoilt["rounds"][0]["events"][other]["links"]["2"] = OTHER.hex()
                assert ("links" in said(spoilt)[0]) == (other < at)


def test_without_says_no_link_is_checked() -> None:
    document = round_of(SAMPLE)
    del document["rounds"][0]["says"]
    assert reasons(document) == ({}, {"unlisted": ""})


def test_who_withholds_is_still_named_before_the_lists_end() -> None:
    document = round_of(SAMPLE._replace(missing=(3,)), SAMPLE._replace(missing=(3,)))
    del document["rounds"][0]["events"][1]["links"]
    assert said(document) == (set(), {"withheld", "unlisted"})


def test_r_is_checked_without_a_list() -> None:
    document = round_of(SAMPLE, own=None)
    del document["rounds"][0]["events"][0]["links"]
    document["rounds"][0]["events"][0]["R"] = OTHER.hex()
    assert said(document)[0] == {"reveals", "draw", "done"}


def test_where_nobody_has_a_say_no_link_is_listed() -> None:
    document = round_of(SAMPLE, says=(), own=None)
    event = document["rounds"][0]["events"][0]
    assert said(document) == (set(), {"nobody", "watcher"})
    del event["links"]
    assert said(document) == (set(), {"nobody", "watcher"})
    event["links"] = {"1": OTHER.hex()}
    assert said(document)[0] == {"reveals"}
    event |= {"links": {}, "links_root": OTHER.hex()}
    assert reasons(document)[0] == {"reveals": "event 1"}
