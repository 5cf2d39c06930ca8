"""What each order of the host's does, and what he is told of it."""

import pytest

from protocol.house.door import LeaveSeat, Refused, SignedIn, SignIn
from protocol.house.lists import Farewell, Notice, Phrase, Reason, Seat
from protocol.house.talk import Announced, Noticed
from server.host.commands import MUTE_SECONDS, ORDERS, WRONG_SHOWN, obey
from server.people.guesses import CROUPIERS
from tests.server.pure import PureHouse


def ordered(pure: PureHouse, line: str) -> list[str]:
    word, _, rest = line.partition(" ")
    pure.said.clear()
    told = list(obey(pure.house, ORDERS[word], rest))
    pure.advance(0)
    return told


@pytest.fixture
def pure() -> PureHouse:
    made = PureHouse()
    made.seated("Anna")
    return made


def noticed(pure: PureHouse, *kinds: Notice) -> list[tuple[int, str, Notice, str]]:
    found = [each for each in pure.told(Noticed) if each.notice in kinds]
    return [(each.account, each.name, each.notice, each.words) for each in found]


def test_who_tells_of_all_who_have_a_seat_and_of_all_who_are_kept_out(pure: PureHouse) -> None:
    boss, carl = pure.seated("Boss", Seat.CROUPIER), pure.seated("Carl", Seat.WATCHER)
    anna = pure.seats.seated[2]
    ordered(pure, "mute Anna")
    pure.house.leave(carl, cut_off=True)
    pure.house.admission.ban("Zoe", "10.0.0.9")
    pure.house.admission.ban("Yves")
    assert ordered(pure, "who") == [
        "Anna: player, 500 chips, muted",
        "Boss: croupier, 500 chips",
        "Carl: watcher, 500 chips, cut_off",
        "Zoe: banned, and everybody from 10.0.0.9",
        "Yves: banned, by name only",
        "2 seated, 1 watching, round 1",
    ]
    assert (anna.account, boss.account) == (2, 3)


def test_of_wrong_guesses_the_first_few_are_shown(pure: PureHouse) -> None:
    for number in range(WRONG_SHOWN + 3):
        pure.house.guesses.wrong(CROUPIERS, f"10.1.{number}.1", pure.now)
    lines = [line for line in ordered(pure, "who") if "wrong about" in line]
    assert len(lines) == WRONG_SHOWN == 10
    assert lines[0] == "10.1.0.1: wrong about the croupier's password, once"


def test_what_he_says_is_called_to_everybody_by_the_house(pure: PureHouse) -> None:
    assert ordered(pure, "say Last round, friends") == []
    assert pure.told(Announced) == [
        Announced(round(pure.now * 1000), 0, Phrase.OTHER, "Last round, friends")
    ]


def test_a_warning_is_before_everybody(pure: PureHouse) -> None:
    assert ordered(pure, "warn Anna mind your words") == ["Anna was warned"]
    assert noticed(pure, Notice.WARNED) == [(2, "Anna", Notice.WARNED, "mind your words")]
    ordered(pure, "warn Anna")
    assert noticed(pure, Notice.WARNED) == [(2, "Anna", Notice.WARNED, "")]


@pytest.mark.parametrize(
    ("rest", "seconds", "words"),
    [
        ("", MUTE_SECONDS, ""),
        (" 60", 60, ""),
        (" 60 too loud", 60, "too loud"),
        (" too loud", MUTE_SECONDS, "too loud"),
        (" 0", 1, ""),
        (" 1", 1, ""),
        (" 7654321", 765432, ""),
        (" ²", MUTE_SECONDS, "²"),
    ],
)
def test_a_mute_lasts_so_long_and_says_why(
    pure: PureHouse, rest: str, seconds: int, words: str
) -> None:
    assert ordered(pure, f"mute Anna{rest}") == [f"Anna may not talk for {seconds} s"]
    assert noticed(pure, Notice.MUTED) == [(2, "Anna", Notice.MUTED, words)]
    assert pure.house.talk.is_muted(2, pure.now + seconds - 0.5)
    assert not pure.house.talk.is_muted(2, pure.now + seconds)
    assert MUTE_SECONDS == 300


def test_who_was_muted_may_be_let_talk_again(pure: PureHouse) -> None:
    ordered(pure, "mute Anna")
    assert ordered(pure, "unmute Anna") == ["Anna may talk"]
    assert not pure.house.talk.is_muted(2, pure.now)
    assert noticed(pure, Notice.UNMUTED) == [(2, "Anna", Notice.UNMUTED, "")]


def test_who_is_kicked_is_told_why_and_kept_out_for_a_while(pure: PureHouse) -> None:
    assert ordered(pure, "kick Anna enough") == ["Anna was thrown out, and may come back in 300 s"]
    assert [(each.reason, each.words) for each in pure.dropped()] == [(Farewell.KICKED, "enough")]
    assert noticed(pure, Notice.KICKED) == [(2, "Anna", Notice.KICKED, "enough")]


def test_a_ban_throws_out_who_has_no_seat_and_clears_one_that_is_kept(pure: PureHouse) -> None:
    pure.visitor("Vera")
    carl = pure.seated("Carl")
    pure.house.leave(carl, cut_off=True)
    assert ordered(pure, "ban Vera") == ["Vera is banned, and everybody from 10.0.0.1"]
    assert [each.client.name for each in pure.dropped()] == ["Vera"]
    assert ordered(pure, "ban Carl") == ["Carl is banned, and everybody from 10.0.0.1"]
    assert pure.dropped() == []
    assert carl.account not in pure.seats.seated


def test_a_kick_works_on_whoever_is_connected(pure: PureHouse) -> None:
    pure.visitor("Vera")
    carl = pure.seated("Carl")
    pure.house.leave(carl, cut_off=True)
    for name in ("Vera", "Carl"):
        assert ordered(pure, f"kick {name} enough") == [
            f"{name} was thrown out, and may come back in 300 s"
        ]
        assert [each[1:] for each in noticed(pure, Notice.KICKED)] == [
            (name, Notice.KICKED, "enough")
        ]
        assert ordered(pure, f"kick {name}") == [f"nobody at the table is called {name}"]
    assert ordered(pure, "mute Vera") == ["nobody at the table is called Vera"]


def test_who_just_left_is_banned_with_the_address_and_who_is_inside_stays(
    pure: PureHouse,
) -> None:
    bert = pure.seated("Bert")
    pure.house.leave(pure.house.people.clients[2], cut_off=False)
    assert ordered(pure, "ban Anna") == ["Anna is banned, and everybody from 10.0.0.1"]
    assert pure.dropped() == []
    assert not bert.gone


def test_who_was_not_seen_is_banned_by_name(pure: PureHouse) -> None:
    pure.house.enroll("Zoe", "", "")
    assert ordered(pure, "ban Zoe") == ["Zoe is banned, by name only"]
    assert ordered(pure, "unban Zoe") == ["Zoe may come in"]


def test_who_is_not_here_is_banned_too(pure: PureHouse) -> None:
    pure.house.leave(pure.house.people.clients[2], cut_off=False)
    ordered(pure, "ban Anna")
    assert ordered(pure, "unban Anna") == ["Anna may come in"]
    assert ordered(pure, "unban Anna") == ["Anna is not kept out"]
    assert ordered(pure, "ban Nobody") == ["nobody in the books is called Nobody"]


def test_a_name_that_is_released_is_whose_comes_next(pure: PureHouse) -> None:
    pure.house.leave(pure.house.people.clients[2], cut_off=False)
    assert ordered(pure, "release Anna") == [
        "Anna belongs to whoever takes it next, with its 500 chips"
    ]
    answer = pure.ask(pure.stranger("10.0.0.7"), SignIn(1, "Anna", b"", b""))
    assert isinstance(answer, SignedIn)
    assert answer.account == 2
    assert ordered(pure, "release Nobody") == ["nobody in the books is called Nobody"]


@pytest.mark.parametrize("order", ["kick", "ban"])
def test_a_name_that_is_released_is_kept_out_as_before(pure: PureHouse, order: str) -> None:
    ordered(pure, f"{order} Anna")
    bans = dict(pure.house.admission.bans)
    assert ordered(pure, "release Anna") == [
        "Anna belongs to whoever takes it next, with its 500 chips",
        "Anna is still kept out: unban lets the name in",
    ]
    assert pure.house.admission.bans == bans
    for name, address in (("Anna", "10.0.0.7"), ("New", "10.0.0.1")):
        answer = pure.ask(pure.stranger(address), SignIn(1, name, b"", b""))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.SHUT_OUT
    ordered(pure, "unban Anna")
    answer = pure.ask(pure.stranger("10.0.0.7"), SignIn(1, "Anna", b"", b""))
    assert isinstance(answer, SignedIn)


def test_a_name_is_not_released_while_somebody_is_here_under_it(pure: PureHouse) -> None:
    """They would have it again at the next cut, and nobody else could take it before."""
    anna = pure.house.people.clients[2]
    for _ in range(2):
        assert ordered(pure, "release Anna") == [
            "Anna is here: release the name when they are gone"
        ]
        pure.hear(anna, LeaveSeat(9))
    assert pure.books.holders[2].token
    pure.house.leave(anna, cut_off=True)
    assert ordered(pure, "release Anna") == [
        "Anna belongs to whoever takes it next, with its 500 chips"
    ]


def test_the_desk_is_nobodys_name(pure: PureHouse) -> None:
    before = pure.snapshot()
    assert ordered(pure, "release Croupier") == [
        "Croupier is the name of a seat: nobody can take it"
    ]
    assert pure.snapshot() == before


def test_a_name_may_have_spaces_and_the_longest_that_fits_is_meant(pure: PureHouse) -> None:
    pure.seated("Anna Maria")
    assert ordered(pure, "warn Anna Maria please") == ["‹Anna Maria› was warned"]
    assert ordered(pure, "warn ‹Anna› Maria please") == ["Anna was warned"]
    assert noticed(pure, Notice.WARNED) == [(2, "Anna", Notice.WARNED, "Maria please")]
    assert ordered(pure, "warn Annabel") == ["nobody at the table is called Annabel"]
    assert ordered(pure, "warn ‹Ann› a") == ["nobody at the table is called Ann"]
    assert ordered(pure, "ban ‹Anna› a") == ["after Anna nothing follows"]


def test_no_name_is_released_on_a_full_disk_nor_from_a_frozen_round(pure: PureHouse) -> None:
    zora = pure.seated("Zora")
    pure.bet(zora, (17, 5))
    pure.register(zora)
    token = pure.books.holders[zora.account].token
    pure.house.disk.full = True
    assert ordered(pure, "release Zora") == ["the disk is full: Zora is not released"]
    pure.house.disk.full = False
    pure.table.close_betting(pure.now)
    words = "Zora has a say in the round: release the name when it is over"
    assert ordered(pure, "release Zora") == [words]
    assert pure.books.holders[zora.account].token == token
