"""Who is kept out by itself: until which moment, by what, and when that is forgotten."""

import pytest

from protocol.house.lists import Reason
from server.limits import Limits
from server.people.admission import BANNED, HOUR, SEEN_KEPT, Admission
from server.refusal import Refusal

AFTER = 300.0
FAR, NEAR, HERE = "10.0.0.1", "10.0.0.2", "127.0.0.1"


@pytest.fixture
def admission() -> Admission:
    return Admission(Limits(shut_out_seconds=AFTER, names_an_address=2))


def refused(
    admission: Admission, name: str, address: str, now: float, *, new: bool = False
) -> Refusal | None:
    try:
        admission.admit(name, address, now, new=new)
    except Refusal as refusal:
        return refusal
    return None


def test_who_was_thrown_out_is_kept_out_to_the_moment(admission: Admission) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    kept_out = refused(admission, "Anna", NEAR, 1299.5)
    assert kept_out is not None
    assert (kept_out.reason, kept_out.figure) == (Reason.SHUT_OUT, 500)
    assert refused(admission, "Anna", NEAR, 1300.0) is None
    assert refused(admission, "Zoe", FAR, 1299.5) is None  # Somebody who was here before.
    new = refused(admission, "Zoe", FAR, 1299.5, new=True)
    assert new is not None
    assert new.figure == 500
    assert refused(admission, "Zoe", FAR, 1300.0, new=True) is None
    assert refused(admission, "Zoe", NEAR, 1000.0, new=True) is None


def test_of_a_name_and_an_address_that_are_shut_out_the_longer_holds(admission: Admission) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.throw_out("Bert", NEAR, 1100.0)
    for name, address in (("Anna", NEAR), ("Bert", FAR)):
        kept_out = refused(admission, name, address, 1200.0, new=True)
        assert kept_out is not None
        assert kept_out.figure == 200_000


def test_what_has_run_out_is_forgotten_with_the_next_and_nothing_else(
    admission: Admission,
) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.throw_out("Bert", NEAR, 1000.5)
    admission.throw_out("Carl", "10.0.0.3", 1300.0)
    assert admission._shut_out == {"Bert": (1300.5, NEAR), "Carl": (1600.0, "10.0.0.3")}
    admission.throw_out("Dora", "10.0.0.4", 1600.0)
    assert list(admission._shut_out) == ["Dora"]
    assert not admission.lift("Anna")


def test_who_is_banned_and_not_here_is_banned_by_where_he_was_last_seen(
    admission: Admission,
) -> None:
    admission.ban("Anna")
    assert admission.bans == {"Anna": ""}
    for name in ("Anna", "Bert", "Carl"):
        admission.throw_out(name, FAR, 1000.0)
    admission.throw_out("Dora", "10.0.0.4", 2000.0)  # What kept the others out is forgotten.
    assert refused(admission, "Bert", NEAR, 2000.0) is None
    assert refused(admission, "Zoe", NEAR, 2000.0) is None
    for name, address in (("Anna", FAR), ("Bert", NEAR), ("Carl", FAR), ("Zoe", "")):
        admission.ban(name)
        assert admission.bans[name] == address


def test_a_ban_after_one_that_was_lifted_or_once_more_holds_for_the_address(
    admission: Admission,
) -> None:
    admission.bans["Anna"] = FAR  # As at the start, from the file.
    for _ in range(2):
        admission.ban("Anna")
        assert admission.bans == {"Anna": FAR}
        assert admission.lift("Anna")
        assert refused(admission, "Zoe", FAR, 0.0) is None
    admission.ban("Anna", NEAR)
    assert admission.bans == {"Anna": NEAR}
    admission.ban("Anna")
    assert admission.lift("Anna")
    admission.ban("Anna")
    assert admission.bans == {"Anna": NEAR}


def test_of_the_last_thousand_it_is_known_from_where_they_came(admission: Admission) -> None:
    names = [f"Guest {number}" for number in range(SEEN_KEPT)]
    for name in (*names, names[0], "Anna"):
        admission.throw_out(name, FAR, 1000.0)
    assert list(admission._seen) == [*names[2:], names[0], "Anna"]


def test_whom_a_kick_keeps_out_no_more_opens_no_address_that_another_kick_shut(
    admission: Admission,
) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.throw_out("Bert", FAR, 1400.0)
    assert not admission.lift("Anna")
    assert refused(admission, "Zoe", FAR, 1400.0, new=True) is not None


def test_a_ban_holds_by_name_everywhere_and_by_address_for_everybody_but_this_machine(
    admission: Admission,
) -> None:
    admission.ban("Anna", FAR)
    admission.ban("Helga", HERE)
    for name, address in (("Anna", NEAR), ("Anna", HERE), ("Zoe", FAR), ("Helga", NEAR)):
        kept_out = refused(admission, name, address, 1e9)
        assert kept_out is not None
        assert (kept_out.reason, kept_out.args) == (Reason.SHUT_OUT, (BANNED,))
    assert refused(admission, "Zoe", NEAR, 1e9) is None
    assert refused(admission, "Zoe", HERE, 1e9) is None
    assert BANNED == "the host does not let you in"


def test_whoever_is_let_in_again_comes_in_and_his_address_is_open(admission: Admission) -> None:
    admission.ban("Anna", FAR)
    assert admission.lift("Anna")
    assert refused(admission, "Anna", FAR, 0.0, new=True) is None
    admission.throw_out("Bert", FAR, 0.0)
    admission.throw_out("Carl", NEAR, 0.0)
    assert admission.lift("Bert")
    assert refused(admission, "Bert", FAR, 0.0, new=True) is None
    assert refused(admission, "Carl", FAR, 0.0) is not None
    assert refused(admission, "New", NEAR, 0.0, new=True) is not None
    assert not admission.lift("Bert")


def test_an_address_stays_shut_while_somebody_elses_entry_shuts_it(admission: Admission) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.throw_out("Bert", FAR, 1001.0)
    assert admission.lift("Anna")
    assert refused(admission, "Anna", FAR, 1002.0) is None
    kept_out = refused(admission, "New", FAR, 1002.0, new=True)
    assert kept_out is not None
    assert kept_out.figure == 299_000
    assert admission.lift("Bert")
    assert refused(admission, "New", FAR, 1002.0, new=True) is None


def test_of_several_entries_the_last_opens_the_address(admission: Admission) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.throw_out("Bert", FAR, 1001.0)
    kept_out = refused(admission, "New", FAR, 1001.0, new=True)
    assert kept_out is not None
    assert kept_out.figure == 300_000
    assert admission.lift("Bert")
    for name, now, left in (("Anna", 1000.0, 300_000), ("New", 1299.0, 1000)):
        kept_out = refused(admission, name, FAR, now, new=True)
        assert kept_out is not None
        assert kept_out.figure == left
    assert refused(admission, "New", FAR, 1300.0, new=True) is None


def test_it_says_whether_a_name_is_kept_out(admission: Admission) -> None:
    admission.throw_out("Anna", FAR, 1000.0)
    admission.ban("Bert", FAR)
    assert [admission.keeps_out(name, 1299.0) for name in ("Anna", "Bert", "Zoe")] == [
        True,
        True,
        False,
    ]
    assert not admission.keeps_out("Anna", 1300.0)


def names(admission: Admission, address: str, now: float) -> int | None:
    """The wait that was asked for, if one was."""
    try:
        admission.take_name(address, now)
    except Refusal as refusal:
        return refusal.figure if refusal.reason is Reason.TOO_FAST else -1
    return None


def test_whoever_brings_too_many_names_is_told_why(admission: Admission) -> None:
    words = "too many new names come from your address: wait 1800 s"
    assert [names(admission, FAR, 10 * HOUR) for _ in range(2)] == [None, None]
    with pytest.raises(Refusal, match=words):
        admission.take_name(FAR, 10 * HOUR)


def test_an_address_has_so_many_new_names_and_each_comes_back_after_its_share(
    admission: Admission,
) -> None:
    now = 10 * HOUR
    assert [names(admission, FAR, now) for _ in range(3)] == [None, None, HOUR / 2 * 1000]
    assert names(admission, FAR, now + HOUR / 2 - 1) == 1000
    assert names(admission, FAR, now + HOUR / 2) is None
    assert names(admission, FAR, now + HOUR / 2) is not None
    assert names(admission, NEAR, now) is None
    later = now + 10 * HOUR
    assert [names(admission, FAR, later) is None for _ in range(3)] == [True, True, False]


def test_whoever_took_a_name_last_is_remembered_longest(admission: Admission) -> None:
    now = 10 * HOUR
    for address, at in ((FAR, 0.0), (NEAR, 1.0), (FAR, 0.5 * HOUR)):
        assert names(admission, address, now + at) is None
    assert list(admission._used) == [NEAR, FAR]
    names(admission, "10.0.0.3", now + HOUR / 2 + 1)  # The moment at which a whole hour is free.
    assert list(admission._used) == [FAR, "10.0.0.3"]
