"""Wrong guesses cost their address pauses that grow, and nobody else."""

from dataclasses import replace

import pytest

from protocol import classic
from protocol.classic import Code, OrderAnswered, RegistrationAnswered
from protocol.house.door import Refused, SeatTaken, SignedIn, SignIn, TakeSeat
from protocol.house.lists import Farewell, Reason, Seat
from protocol.wire import Message
from server.host.commands import ORDERS, obey
from server.house import Manner
from server.limits import Limits
from server.people.digests import password_digest
from server.people.guesses import AROUND, CROUPIERS, KEPT, TABLES, Guesses, Tally
from server.people.people import Client
from server.refusal import Refusal
from server.sayings import ToHost
from tests.server.pure import PASSWORD, PureHouse

LIMITS = Limits(guesses=3, guess_pause_seconds=2, guess_pause_most=15, guesses_forgotten_seconds=60)
RIGHT, WRONG = password_digest(PASSWORD), password_digest("x")
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


def wait(guesses: Guesses, address: str, now: float, secret: str = CROUPIERS) -> int:
    """For how many milliseconds a guess is refused."""
    try:
        guesses.verify(secret, address, now)
    except Refusal as refusal:
        return refusal.figure
    return 0


def guess_on(guesses: Guesses, times: int, now: float = 0.0, address: str = HERE) -> list[float]:
    """Guess wrong as soon as it is looked at; how long each one took."""
    pauses = []
    for _ in range(times):
        begun = guesses.wrong(CROUPIERS, address, now)
        pauses.append(max((each.until for each in begun), default=now) - now)
        now += pauses[-1]
    return pauses


def test_the_first_are_free_then_each_pause_is_twice_as_long() -> None:
    assert guess_on(Guesses(LIMITS), 8) == [0, 0, 2, 4, 8, 15, 15, 15]


def test_the_figure_is_what_is_left_of_the_pause() -> None:
    guesses = Guesses(LIMITS)
    guess_on(guesses, 3)
    assert [wait(guesses, HERE, now) for now in (0.0, 0.5, 1.9996, 2.0)] == [2000, 1500, 1, 0]
    with pytest.raises(Refusal, match="wait 1 s") as refused:
        guesses.verify(CROUPIERS, HERE, 1.25)
    assert (refused.value.reason, refused.value.figure) == (Reason.TOO_FAST, 750)


def test_another_address_and_another_secret_do_not_wait() -> None:
    guesses = Guesses(LIMITS)
    guess_on(guesses, 5)
    assert wait(guesses, HERE, 6.0) == 8000
    assert not wait(guesses, ELSEWHERE, 6.0)
    assert not wait(guesses, HERE, 6.0, TABLES)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::7", "2001:db8:1:2:ffff::9"), ("10.0.0.1", "::ffff:10.0.0.1")],
)
def test_a_line_of_ipv6_is_one_address(one: str, other: str) -> None:
    guesses = Guesses(LIMITS)
    guess_on(guesses, 3, address=one)
    assert wait(guesses, other, 0.0)


@pytest.mark.parametrize(
    ("address", "near", "far"),
    [
        ("10.0.7.{}", "10.0.7.200", "10.0.8.1"),
        ("2001:db8:1:{}::1", "2001:db8:1:ffff::1", "2001:db8:2::1"),
        ("127.0.{}.1", "::1", "10.0.0.1"),
    ],
)
def test_many_addresses_of_one_hand_wait_together(address: str, near: str, far: str) -> None:
    guesses = Guesses(LIMITS)
    for number in range(AROUND * LIMITS.guesses):
        assert not wait(guesses, near, 0.0), number
        guesses.wrong(CROUPIERS, address.format(number), 0.0)
    assert wait(guesses, near, 0.0) == 2000
    assert not wait(guesses, far, 0.0)


def test_it_is_forgotten_after_a_quiet_while() -> None:
    guesses = Guesses(LIMITS)
    guess_on(guesses, 3)
    assert [each.times for each in guesses.told(61.9)] == [3]
    assert guesses.told(62.0) == []
    for now, times in ((61.9, 4), (61.9 + 4 + 60, 1)):
        guesses.wrong(CROUPIERS, HERE, now)
        assert [each.times for each in guesses.told(now)] == [times]


def test_a_guess_that_was_free_is_forgotten_after_as_long() -> None:
    guesses = Guesses(LIMITS)
    guess_on(guesses, 1)
    assert [each.times for each in guesses.told(59.9)] == [1]
    assert guesses.told(60.0) == []


def test_who_was_wrong_most_often_is_told_of_first() -> None:
    guesses = Guesses(replace(LIMITS, guesses=1))
    for address, times in (("10.0.0.1", 16), ("10.0.1.1", 18), ("10.0.2.1", 17)):
        guess_on(guesses, times, address=address)
    assert [each.times for each in guesses.told(0.0)] == [18, 17, 16]
    assert [each.times for each in guesses.surroundings(0.0)] == [18, 17, 16]
    assert guesses.at(CROUPIERS, 0.0).endswith(", from 10.0.1.1, 10.0.2.1, 10.0.0.1")


def test_the_pauses_that_a_guess_begins_are_named_each_with_its_place() -> None:
    guesses = Guesses(LIMITS)
    addresses = [f"192.0.2.{number}" for number in range(30)]
    begun = [guesses.wrong(CROUPIERS, each, 0.0) for each in 2 * addresses]
    places = [[(each.origin, each.times) for each in pauses] for pauses in begun]
    assert places == [[]] * 47 + [[("192.0.2.0/24", times)] for times in range(48, 61)]
    near, around = guesses.wrong(CROUPIERS, addresses[0], 0.0)
    assert (near.origin, near.times, near.until) == (addresses[0], 3, 2.0)
    assert (around.origin, around.times) == ("192.0.2.0/24", 61)


def test_surroundings_are_told_of_from_their_first_pause_until_they_are_forgotten() -> None:
    guesses = Guesses(LIMITS)
    for number in range(48):
        assert guesses.surroundings(0.0) == []
        guesses.wrong(CROUPIERS, f"192.0.2.{number}", 0.0)
    assert [(each.origin, each.until) for each in guesses.surroundings(61.9)] == [
        ("192.0.2.0/24", 2.0)
    ]
    assert guesses.surroundings(62.0) == []


@pytest.mark.parametrize("forgotten", [1e-7, 1e-300, 60.0])
@pytest.mark.parametrize("now", [0.0, 1e6])
def test_no_setting_breaks_the_count(forgotten: float, now: float) -> None:
    guesses = Guesses(replace(LIMITS, guesses_forgotten_seconds=forgotten))
    guess_on(guesses, 5, now)
    assert guesses.told(now + 1e9) == []


def test_a_pause_without_end_is_told_in_figures() -> None:
    guesses = Guesses(replace(LIMITS, guess_pause_seconds=1e300, guess_pause_most=1e300))
    guess_on(guesses, 3)
    assert wait(guesses, HERE, 0.0) == 10**12


def test_nothing_is_kept_of_who_guessed_long_ago_and_of_only_so_many_others() -> None:
    tally = Tally(3, LIMITS)
    for number in range(100):
        tally.add(CROUPIERS, str(number), 0.0)
    tally.add(CROUPIERS, "new", 60.0)
    assert len(tally._wrong) == 1
    for number in range(KEPT + 10):
        tally.add(CROUPIERS, str(number), 61.0)
    assert len(tally._wrong) == KEPT
    assert not any(each.origin == "new" for each in tally.told(61.0))


# --- at the door ------------------------------------------------------------------------------


def refusal(answer: Message | classic.Reply | None) -> tuple[Reason, int]:
    assert isinstance(answer, Refused)
    return answer.reason, answer.figure


def take(pure: PureHouse, client: Client, digest: bytes) -> Message | classic.Reply | None:
    return pure.ask(client, TakeSeat(9, Seat.CROUPIER, digest))


def test_in_a_pause_a_right_password_is_refused_as_a_wrong_one() -> None:
    pure = PureHouse(limits=replace(LIMITS, wrong_passwords=100))
    anna = pure.visitor("Anna")
    answers = [refusal(take(pure, anna, WRONG)) for _ in range(3)]
    assert answers == [(Reason.WRONG_CROUPIER_PASSWORD, 0)] * 3
    wrong, right = take(pure, anna, WRONG), take(pure, anna, RIGHT)
    assert wrong == right
    assert refusal(right) == (Reason.TOO_FAST, 2000)
    pure.advance(2)
    assert take(pure, anna, RIGHT) == SeatTaken(9, Seat.CROUPIER)


def test_a_right_password_does_not_take_back_the_wrong_ones() -> None:
    pure = PureHouse(limits=LIMITS)
    anna = pure.visitor("Anna")
    for digest in (WRONG, WRONG, RIGHT, WRONG):
        take(pure, anna, digest)
    assert refusal(take(pure, anna, RIGHT)) == (Reason.TOO_FAST, 2000)


def test_what_is_refused_in_a_pause_counts_for_the_connection() -> None:
    pure = PureHouse(limits=replace(LIMITS, wrong_passwords=5))
    anna = pure.visitor("Anna")
    for digest in (WRONG, WRONG, WRONG, RIGHT):
        take(pure, anna, digest)
        assert not pure.dropped()
    take(pure, anna, RIGHT)
    assert [(drop.client, drop.reason) for drop in pure.dropped()] == [(anna, Farewell.FLOOD)]


def test_right_passwords_do_not_count_for_the_connection() -> None:
    pure = PureHouse(limits=replace(LIMITS, wrong_passwords=2))
    anna = pure.visitor("Anna")
    for digest in (WRONG, RIGHT, RIGHT, RIGHT):
        take(pure, anna, digest)
    assert not pure.dropped()


def test_the_croupier_behind_another_address_never_waits() -> None:
    pure = PureHouse(limits=LIMITS)
    thief = pure.visitor("Thief")
    for _ in range(9):
        take(pure, thief, WRONG)
    boss = pure.stranger(ELSEWHERE)
    pure.ask(boss, SignIn(1, "Boss", b"", b""))
    assert take(pure, boss, RIGHT) == SeatTaken(9, Seat.CROUPIER)


def test_a_tables_password_and_a_token_are_guessed_at_no_faster() -> None:
    pure = PureHouse(limits=LIMITS, manner=Manner(table_digest=RIGHT))
    asked = SignIn(1, "Anna", b"", WRONG)
    answers = [refusal(pure.ask(pure.stranger(), asked))[0] for _ in range(4)]
    assert answers == [Reason.WRONG_TABLE_PASSWORD] * 3 + [Reason.TOO_FAST]
    pure.advance(2)
    answer = pure.ask(pure.stranger(), SignIn(1, "Anna", b"", RIGHT))
    assert isinstance(answer, SignedIn)
    asked = SignIn(1, "Anna", b"w" * 32, RIGHT)
    answers = [refusal(pure.ask(pure.stranger(), asked))[0] for _ in range(4)]
    assert answers == [Reason.WRONG_TOKEN] * 3 + [Reason.TOO_FAST]
    asked = SignIn(1, "Anna", answer.token, RIGHT)
    assert refusal(pure.ask(pure.stranger(), asked)) == (Reason.TOO_FAST, 2000)
    pure.advance(2)
    assert isinstance(pure.ask(pure.stranger(), asked), SignedIn)


def test_the_classic_dialect_answers_in_a_pause_as_to_a_wrong_password() -> None:
    pure = PureHouse(limits=LIMITS)
    thief = Client(HERE, classic=True)
    for digest in (WRONG, WRONG, WRONG, RIGHT):
        answer = pure.ask(thief, classic.RegisterCroupier(digest))
        assert answer == RegistrationAnswered(Code.WRONG_PASSWORD)
    assert pure.ask(thief, classic.StartSpin(RIGHT)) == OrderAnswered(Code.WRONG_PASSWORD)
    pure.advance(2)
    assert pure.ask(thief, classic.StartSpin(RIGHT)) == OrderAnswered(Code.REFUSED)
    answer = pure.ask(thief, classic.RegisterCroupier(RIGHT))
    assert answer == RegistrationAnswered(Code.OK)


def test_a_classic_croupier_in_the_seat_does_not_wait_for_who_guesses_beside_him() -> None:
    pure = PureHouse(limits=LIMITS)
    boss = Client(HERE, classic=True)
    pure.ask(boss, classic.RegisterCroupier(RIGHT))
    for _ in range(3):
        pure.ask(boss, classic.StartSpin(WRONG))  # Mistyped: who sits there guesses at nothing.
    assert pure.ask(boss, classic.StartSpin(RIGHT)) == OrderAnswered(Code.NOT_ENOUGH_PLAYERS)
    assert pure.house.guesses.told(pure.now) == []


# --- what the host is told --------------------------------------------------------------------


def told_host(pure: PureHouse) -> list[str]:
    return [said.words for said in pure.said if isinstance(said, ToHost)]


def test_the_host_is_told_of_each_pause() -> None:
    pure = PureHouse(limits=LIMITS)
    for _ in range(5):
        take(pure, pure.house.people.clients.get(2) or pure.visitor("Anna"), WRONG)
    assert told_host(pure) == [f"{HERE}: wrong about {CROUPIERS}, 3 times, waits 2 s"]
    word, order = "who", ORDERS["who"]
    shown = list(obey(pure.house, order, ""))
    assert word in ORDERS
    assert shown[0] == f"{HERE}: wrong about {CROUPIERS}, 3 times, waits 2 s"
    pure.advance(2)
    assert next(iter(obey(pure.house, order, ""))) == f"{HERE}: wrong about {CROUPIERS}, 3 times"


def test_the_host_is_told_of_guesses_that_come_from_many_addresses() -> None:
    pure = PureHouse(limits=LIMITS)
    for number in range(200):
        thief = Client(f"192.0.2.{1 + number % 100}", classic=True)
        pure.ask(thief, classic.RegisterCroupier(WRONG))
    # Then the whole /24 waits, and no more is looked at: nobody guessed more than once.
    line = f"192.0.2.0/24: wrong about {CROUPIERS}, 48 times, waits 2 s"
    assert told_host(pure) == [line]
    assert next(iter(obey(pure.house, ORDERS["who"], ""))) == line
    pure.ask(Client("198.51.100.1", classic=True), classic.RegisterCroupier(RIGHT))
    assert " after 48 wrong guesses at it, from 192.0.2.1, " in told_host(pure)[-1]


@pytest.mark.parametrize("dialect", ["modern", "classic"])
def test_the_host_is_told_who_took_the_seat_after_wrong_guesses(dialect: str) -> None:
    pure = PureHouse(limits=LIMITS)
    thief = pure.visitor("Thief")
    for _ in range(2):
        take(pure, thief, WRONG)
    assert told_host(pure) == []
    name = "Boss"
    if dialect == "modern":
        boss = pure.stranger(ELSEWHERE)
        pure.ask(boss, SignIn(1, name, b"", b""))
        take(pure, boss, RIGHT)
    else:
        name = "somebody"
        pure.ask(Client(ELSEWHERE, classic=True), classic.RegisterCroupier(RIGHT))
    assert told_host(pure) == [
        f"{name} from {ELSEWHERE} knows the croupier's password after 2 wrong guesses at it,"
        f" from {HERE}"
    ]


@pytest.mark.parametrize("taken", [False, True])
def test_the_host_is_told_of_a_right_guess_that_brought_nobody_the_seat(*, taken: bool) -> None:
    """A start, and a seat that is taken, tell right from wrong as well."""
    pure = PureHouse(limits=LIMITS)
    if taken:
        pure.seated("Boss", Seat.CROUPIER)
    for _ in range(2):
        pure.ask(Client(HERE, classic=True), classic.StartSpin(WRONG))
    said = classic.RegisterCroupier(RIGHT) if taken else classic.StartSpin(RIGHT)
    pure.ask(Client(HERE, classic=True), said)
    assert told_host(pure) == [
        f"somebody from {HERE} knows the croupier's password after 2 wrong guesses at it,"
        f" from {HERE}"
    ]


def test_the_host_is_told_nothing_where_nobody_guessed_or_at_something_else() -> None:
    pure = PureHouse(limits=LIMITS)
    anna = pure.visitor("Anna")
    pure.ask(pure.stranger(), SignIn(1, "Anna", b"w" * 32, b""))
    take(pure, anna, RIGHT)
    assert told_host(pure) == []
