"""Who was thrown out does not come straight back, who is banned not at all, and new names are
counted by the address that brings them.
"""

from pathlib import Path

import pytest

from protocol import classic
from protocol.classic import Code
from protocol.house.door import Goodbye, Refused, SignedIn, SignIn
from protocol.house.lists import Farewell, Notice, Reason, Seat
from protocol.house.people import KickPlayer
from protocol.house.talk import Noticed, Say
from server.books.folder import BANS, read_bans, write_bans
from server.host.commands import ORDERS, obey
from server.house import DESK
from server.limits import Limits
from server.people.admission import Admission
from server.people.digests import password_digest
from server.people.people import Client
from server.refusal import Refusal
from tests.server.houses import RunningHouse
from tests.server.pure import PASSWORD, PureHouse, seat_of

AFTER = Limits().shut_out_seconds
FAR = "192.0.2.7"
HERE = "127.0.0.1"


def arrive(pure: PureHouse, name: str, token: bytes = b"", address: str = FAR) -> object:
    return pure.ask(pure.stranger(address), SignIn(1, name, token, b""))


def kicked(pure: PureHouse, name: str, address: str = FAR) -> bytes:
    """The token of somebody who was thrown out."""
    answer = arrive(pure, name, address=address)
    assert isinstance(answer, SignedIn)
    client = pure.house.people.clients[answer.account]
    pure.seats.sit(client, Seat.PLAYER)
    boss = pure.seated("Boss", Seat.CROUPIER)
    pure.hear(boss, KickPlayer(9, answer.account, ""))
    return answer.token


def ordered(pure: PureHouse, line: str) -> list[str]:
    word, _, rest = line.partition(" ")
    told = list(obey(pure.house, ORDERS[word], rest))
    pure.advance(0)
    return told


def test_who_was_thrown_out_is_told_when_to_come_back() -> None:
    pure = PureHouse()
    token = kicked(pure, "Anna")
    answer = arrive(pure, "Anna", token)
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.figure) == (Reason.SHUT_OUT, AFTER * 1000)
    assert answer.words == "you were asked to leave: come back in 300 s"
    pure.advance(AFTER - 1)
    assert isinstance(arrive(pure, "Anna", token), Refused)
    pure.advance(1)
    assert isinstance(arrive(pure, "Anna", token), SignedIn)


def test_a_new_name_does_not_help_but_an_old_one_of_the_same_house_does() -> None:
    pure = PureHouse()
    friend = arrive(pure, "Friend")
    assert isinstance(friend, SignedIn)
    kicked(pure, "Anna")
    assert isinstance(arrive(pure, "Innocent"), Refused)
    assert isinstance(arrive(pure, "Friend", friend.token), SignedIn)
    assert isinstance(arrive(pure, "Zoe", address="192.0.2.8"), SignedIn)
    assert isinstance(arrive(pure, ""), SignedIn)
    pure.advance(AFTER)
    assert isinstance(arrive(pure, "Innocent"), SignedIn)


def test_this_machine_itself_is_never_closed() -> None:
    pure = PureHouse()
    kicked(pure, "Anna", HERE)
    assert isinstance(arrive(pure, "Helga", address=HERE), SignedIn)
    reach = "by name only: this machine itself is never closed"
    assert ordered(pure, "ban Anna") == [f"Anna is banned, {reach}"]
    assert ordered(pure, "who")[-2] == f"Anna: banned, {reach}"
    assert isinstance(arrive(pure, "Guest", address="::1"), SignedIn)
    assert isinstance(arrive(pure, "Again", address=HERE), SignedIn)


def test_a_classic_client_is_shut_out_too() -> None:
    pure = PureHouse()
    anna = pure.classic_player("Anna", FAR)
    ordered(pure, "kick Anna")
    assert [each.client for each in pure.dropped()] == [anna]
    for name in ("Anna", "Other"):
        again = Client(FAR, classic=True)
        answer = pure.ask(again, classic.RegisterPlayer(name.encode()))
        assert answer == classic.RegistrationAnswered(Code.REFUSED)
    pure.advance(AFTER)
    pure.classic_player("Anna", FAR)


def lead(pure: PureHouse, address: str) -> object:
    digest = password_digest(PASSWORD)
    return pure.ask(Client(address, classic=True), classic.RegisterCroupier(digest))


@pytest.mark.parametrize("order", ["kick", "ban"])
def test_a_classic_croupier_is_shut_out_too(order: str) -> None:
    pure = PureHouse()
    let_in = classic.RegistrationAnswered(Code.OK)
    kept_out = classic.RegistrationAnswered(Code.REFUSED)
    assert lead(pure, FAR) == let_in
    ordered(pure, f"{order} Croupier")
    assert lead(pure, FAR) == lead(pure, "192.0.2.8") == lead(pure, HERE) == kept_out
    pure.advance(AFTER)
    if order == "ban":
        assert lead(pure, "192.0.2.8") == kept_out
        ordered(pure, "unban Croupier")
    assert lead(pure, FAR) == let_in


@pytest.mark.parametrize("order", ["kick", "ban"])
def test_who_is_shut_out_does_not_come_back_as_a_classic_croupier(order: str) -> None:
    pure = PureHouse()
    anna = pure.classic_player("Anna", FAR)
    ordered(pure, f"{order} Anna")
    assert anna.gone
    assert lead(pure, FAR) == classic.RegistrationAnswered(Code.REFUSED)
    assert lead(pure, "192.0.2.8") == classic.RegistrationAnswered(Code.OK)


def test_who_is_shut_out_cannot_guess_at_the_croupiers_password() -> None:
    pure = PureHouse()
    pure.classic_player("Anna", FAR)
    ordered(pure, "ban Anna")
    answer = pure.ask(Client(FAR, classic=True), classic.RegisterCroupier(b"x" * 64))
    assert answer == classic.RegistrationAnswered(Code.REFUSED)
    assert pure.house.guesses.told(pure.now) == []


def test_a_croupier_is_no_new_name_of_his_address() -> None:
    pure = PureHouse(limits=Limits(names_an_address=1))
    for _ in range(3):
        assert lead(pure, FAR) == classic.RegistrationAnswered(Code.OK)
        pure.house.leave(pure.house.people.clients[DESK], cut_off=True)
    assert isinstance(arrive(pure, "Anna"), SignedIn)


@pytest.mark.parametrize("plain", [True, False])
def test_who_is_not_let_in_uses_up_no_new_name(plain: bool) -> None:
    pure = PureHouse(limits=Limits(names_an_address=1))
    pure.house.admission.ban("Anna")
    for _ in range(3):
        if plain:
            answer = pure.ask(Client(FAR, classic=True), classic.RegisterPlayer(b"Anna"))
            assert answer == classic.RegistrationAnswered(Code.REFUSED)
        else:
            assert isinstance(arrive(pure, "Anna"), Refused)
    assert isinstance(arrive(pure, "Bert"), SignedIn)


def test_a_storm_is_shut_out_by_the_house_itself() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    token = pure.told(SignedIn)[-1].token
    for _ in range(200):
        if seat_of(anna):
            pure.hear(anna, Say(3, "la"))
    answer = arrive(pure, "Anna", token)
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.SHUT_OUT


@pytest.mark.parametrize("still_here", [True, False])
def test_a_ban_has_no_end_and_holds_for_the_address(still_here: bool) -> None:
    pure = PureHouse()
    token = b""
    if still_here:
        client = pure.stranger(FAR)
        pure.ask(client, SignIn(1, "Anna", b"", b""))
        pure.seats.sit(client, Seat.PLAYER)
    else:
        token = kicked(pure, "Anna")
    assert ordered(pure, "ban Anna") == [f"Anna is banned, and everybody from {FAR}"]
    pure.advance(10 * AFTER)
    for name in ("Anna", "Innocent", ""):
        answer = arrive(pure, name, token if name == "Anna" else b"")
        assert isinstance(answer, Refused), name
        assert answer.reason in (Reason.SHUT_OUT, Reason.NAME_TAKEN)
    assert ordered(pure, "who")[-2] == f"Anna: banned, and everybody from {FAR}"
    assert ordered(pure, "unban Anna") == ["Anna may come in"]
    assert isinstance(arrive(pure, "Innocent"), SignedIn)


def test_a_whole_line_of_ipv6_is_shut_out_and_let_in_again() -> None:
    pure = PureHouse()
    line, other = "2001:db8:1:2::{}", "2001:db8:1:3::1"
    kicked(pure, "Anna", line.format(7))
    assert isinstance(arrive(pure, "Innocent", address=line.format(8)), Refused)
    assert isinstance(arrive(pure, "Zoe", address=other), SignedIn)
    ordered(pure, "unban Anna")
    assert isinstance(arrive(pure, "Innocent", address=line.format(8)), SignedIn)
    ordered(pure, "kick Anna")
    pure.house.admission.ban("Anna", line.format(7))
    assert isinstance(arrive(pure, "", address=line.format(9)), Refused)
    assert isinstance(arrive(pure, "", address=other), SignedIn)


def test_a_kick_can_be_forgiven() -> None:
    pure = PureHouse()
    token = kicked(pure, "Anna")
    assert ordered(pure, "unban Anna") == ["Anna may come in"]
    assert ordered(pure, "unban Anna") == ["Anna is not kept out"]
    assert isinstance(arrive(pure, "Anna", token), SignedIn)
    assert isinstance(arrive(pure, "New"), SignedIn)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("warn Anna Maria be kind", ["‹Anna Maria› was warned"]),
        ("mute Anna Maria 60 hush", ["‹Anna Maria› may not talk for 60 s"]),
        ("warn ‹Anna Maria› be kind", ["‹Anna Maria› was warned"]),
        ("ban ‹Anna Maria›", ["‹Anna Maria› is banned, and everybody from 10.0.0.1"]),
        ("release ‹Z: o e›", ["nobody in the books is called ‹Z: o e›"]),
        ("mute Anna", ["Anna may not talk for 300 s"]),
        ("unmute Anna", ["Anna may talk"]),
        ("kick Zoe", ["nobody at the table is called Zoe"]),
        ("ban Zoe", ["nobody in the books is called Zoe"]),
        ("warn Anna \x07", ["the character U+0007 cannot be shown"]),
    ],
)
def test_every_order_says_what_came_of_it(line: str, told: list[str]) -> None:
    pure = PureHouse()
    for name in ("Anna", "Anna Maria"):
        pure.seated(name)
    assert ordered(pure, line) == told


PUPPETS = ("Anna", "Anna 300", "Anna cheats")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("mute ‹Anna› 300 too loud", ["Anna may not talk for 300 s"]),
        ("mute ‹Anna 300› 60 too loud", ["‹Anna 300› may not talk for 60 s"]),
        ("mute ‹Anna 300›", ["‹Anna 300› may not talk for 300 s"]),
        ("mute Anna 300 60 too loud", ["‹Anna 300› may not talk for 60 s"]),
        ("warn ‹Anna› cheats", ["Anna was warned"]),
        ("kick ‹Anna›cheats", ["Anna was thrown out, and may come back in 300 s"]),
        ("kick ‹Ann› a", ["nobody at the table is called Ann"]),
        ("unmute ‹Anna cheats", ["‹Anna cheats› may talk"]),
        ("ban ‹Anna› cheats", ["after Anna nothing follows"]),
        ("unban ‹Anna› cheats", ["after Anna nothing follows"]),
        ("release ‹Anna› cheats", ["after Anna nothing follows"]),
    ],
)
def test_a_name_in_its_marks_is_exactly_that_name(line: str, told: list[str]) -> None:
    pure = PureHouse()
    for name in PUPPETS:
        pure.seated(name)
    assert ordered(pure, line) == told


def test_the_host_warns_and_mutes_as_the_croupier_does() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    ordered(pure, "warn Anna be kind")
    ordered(pure, "mute Anna 60 hush")
    noticed = [(each.notice, each.words) for each in pure.told(Noticed)][-2:]
    assert noticed == [(Notice.WARNED, "be kind"), (Notice.MUTED, "hush")]
    answer = pure.ask(anna, Say(3, "hm"))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.MUTED
    assert ordered(pure, "who")[0] == "Anna: player, 500 chips, muted"
    ordered(pure, "unmute Anna")
    assert not isinstance(pure.ask(anna, Say(4, "hm")), Refused)


def test_bans_outlive_the_house(tmp_path: Path) -> None:
    data = tmp_path / "d"
    with RunningHouse(data) as house:
        anna = house.modern("Anna", Seat.PLAYER)
        house.command("ban Anna")
        house.wait_line("Anna is banned")
        assert anna.wait(Goodbye).reason is Farewell.KICKED
        house.stop()
    assert read_bans(data / BANS) == {"Anna": HERE}
    with RunningHouse(data) as house:
        back = house.modern()
        answer = back.sign_in("Anna", anna.token)
        assert isinstance(answer, Refused)
        assert answer.words == "the host does not let you in"
        house.command("unban Anna")
        house.wait_line("Anna may come in")
        assert isinstance(back.sign_in("Anna", anna.token), SignedIn)
        house.stop()
    assert read_bans(data / BANS) == {}


def test_a_file_of_bans_may_be_written_by_hand(tmp_path: Path) -> None:
    file = tmp_path / BANS
    assert read_bans(file) == {}
    file.write_text("Анна\nBert Two\t192.0.2.7\n\n", "utf-8")
    bans = {"Анна": "", "Bert Two": FAR}
    assert read_bans(file) == bans
    write_bans(file, bans)
    assert read_bans(file) == bans


def takes(admission: Admission, address: str, now: float) -> bool:
    try:
        admission.take_name(address, now)
    except Refusal:
        return False
    return True


def test_an_address_has_so_many_at_once_and_then_one_by_one() -> None:
    admission = Admission(Limits(names_an_address=60))
    assert sum(takes(admission, "10.0.0.1", 0.0) for _ in range(100)) == 60
    assert takes(admission, "10.0.0.2", 0.0)
    assert not takes(admission, "10.0.0.1", 59.0)
    assert takes(admission, "10.0.0.1", 60.0)
    assert not takes(admission, "10.0.0.1", 60.0)
    assert sum(takes(admission, "10.0.0.1", 10_000.0) for _ in range(100)) == 60


def test_who_is_refused_is_told_how_long_to_wait() -> None:
    admission = Admission(Limits(names_an_address=60))
    for _ in range(60):
        admission.take_name("10.0.0.1", 0.0)
    with pytest.raises(Refusal) as refused:
        admission.take_name("10.0.0.1", 15.0)
    assert (refused.value.reason, refused.value.figure) == (Reason.TOO_FAST, 45_000)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_counted(address: str) -> None:
    admission = Admission(Limits(names_an_address=1))
    assert all(takes(admission, address, 0.0) for _ in range(5))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("10.0.0.1", "10.0.0.2", False),
    ],
)
def test_a_line_of_ipv6_is_one_address(one: str, other: str, *, shared: bool) -> None:
    admission = Admission(Limits(names_an_address=1))
    admission.take_name(one, 0.0)
    assert takes(admission, other, 0.0) is not shared


def test_nothing_is_kept_of_who_was_here_long_ago() -> None:
    admission = Admission(Limits(names_an_address=2))
    for number in range(250):
        admission.take_name(f"10.0.0.{number}", 0.0)
    admission.take_name("10.0.1.1", 8_000.0)
    assert len(admission._used) == 1


def test_in_either_dialect_known_names_come_in_though_new_ones_must_wait() -> None:
    pure = PureHouse(limits=Limits(names_an_address=2))
    pure.visitor("Anna")
    bert = pure.classic_player("Bert", "10.0.0.1")
    books = pure.snapshot()
    answer = pure.ask(pure.stranger("10.0.0.1"), SignIn(1, "Carl", b"", b""))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.TOO_FAST
    carl = Client("10.0.0.1", classic=True)
    asked = classic.RegisterPlayer(b"Carl")
    assert pure.ask(carl, asked) == classic.RegistrationAnswered(classic.Code.REFUSED)
    assert pure.snapshot() == books
    assert pure.ask(Client("10.0.0.3", classic=True), asked) == classic.RegistrationAnswered(
        classic.Code.OK
    )
    pure.house.leave(bert, cut_off=False)
    assert isinstance(pure.ask(pure.stranger("10.0.0.1"), SignIn(1, "Bert", b"", b"")), SignedIn)
