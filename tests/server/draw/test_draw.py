"""The draw of a table: whose chains count, what is frozen, who is asked, and what is told of it."""

from collections.abc import Mapping, Sequence

import pytest

from protocol.fair import hashes, tree
from protocol.fair.hashes import NOTHING, Account, Stake, What, u64
from protocol.house.draw import (
    DrawShown,
    EventAsked,
    EventDrawn,
    LinkRow,
    LinksShown,
    Noted,
    RoundFrozen,
    StakeRow,
    YourDraw,
    YourFreeze,
)
from protocol.house.lists import Reason
from protocol.limits import LINKS_A_PAGE
from protocol.wire import encode
from server.books.books import HOUSE, Books
from server.books.drawing import ROUNDS_WITHOUT_SAY
from server.draw.draw import AFTER_A_CRASH, Draw
from server.games import STATES
from tests.fair_table import unpacked
from tests.says import Say
from tests.server.pure import SEEDS, why_not

ANNA, BERT, CLEO = 2, 9, 11
NOW, WINDOW = 1_000.0, 3.0
BETS: Mapping[Account, Sequence[Stake]] = {CLEO: [(17, 0, 5), (3, 0, 1)], ANNA: [(150, 1, 2)]}


class Table:
    """A draw, and whose chains are in it."""

    def __init__(self, *accounts: Account) -> None:
        self.books = Books(STATES)
        self.books.open_till(1, "roulette", "", HOUSE, SEEDS.table.hex(), SEEDS.seed(0).hex())
        self.draw = Draw(self.books, 1, SEEDS, now=NOW)
        self.draw.number = 1
        self.says: dict[Account, Say] = {}
        for account in accounts:
            self.register(account)

    def register(self, account: Account, label: str = "") -> tuple[Reason, int] | None:
        say = Say(SEEDS.table, account, label)
        refused = why_not(self.draw.register, account, say.first)
        if refused is None:
            self.says[account] = say
        return refused

    def freeze(self) -> dict[Account, YourFreeze]:
        fixed = self.draw.freeze(1, "", b"", BETS)
        packed = fixed.frames(3)
        told: dict[Account, YourFreeze] = {}
        for who, frame in packed.items():
            part = fixed.part(who)
            assert part is not None
            assert encode(part, 3) == frame
            told[who] = part
        return told

    def ask(self) -> EventAsked:
        return self.draw.ask(What.SPIN, b"", WINDOW, NOW)

    def show(self, account: Account) -> tuple[Reason, int] | None:
        event = self.draw.state.event + 1
        refused = why_not(self.draw.take, account, event, self.says[account].next)
        if refused is None:
            self.says[account].show()
        return refused

    def close(self) -> EventDrawn:
        self.draw.draw()
        return self.draw.close()

    def over(self) -> None:
        self.draw.end()
        self.draw.number += 1

    def again(self) -> "Table":
        """The same after a start, with nobody in the house."""
        table = Table.__new__(Table)
        table.books, table.says = self.books, self.says
        table.draw = Draw(self.books, 1, SEEDS, now=NOW)
        table.draw.number = self.draw.number
        return table


def asked(*accounts: Account) -> Table:
    table = Table(*accounts)
    table.freeze()
    table.ask()
    return table


# --- who has a say --------------------------------------------------------------------------------


def test_a_chain_counts_from_the_next_freeze() -> None:
    table = Table(ANNA)
    assert table.draw.register(BERT, NOTHING) == 1
    table.freeze()
    assert table.draw.register(CLEO, NOTHING) == 2
    assert list(table.draw.contributors) == [ANNA, BERT]
    assert [table.draw.has_say(each) for each in (ANNA, BERT, CLEO)] == [True, True, False]


def test_the_same_chain_again_is_written_once() -> None:
    table = Table(ANNA)
    journal = list(table.books.journal)
    assert table.register(ANNA) is None
    assert table.books.journal == journal


def test_who_is_asked_shows_the_link_before_another_chain() -> None:
    table = asked(ANNA, BERT)
    assert table.register(ANNA, "another") == (Reason.NOT_NOW, 0)
    assert table.show(ANNA) is None
    assert table.draw.register(ANNA, NOTHING) == 2


def test_who_registered_anew_is_out_of_the_next_step() -> None:
    table = asked(ANNA, BERT)
    table.show(ANNA)
    table.register(ANNA, "another")
    table.show(BERT)
    table.close()
    (noted,) = table.draw.notes()
    assert noted.detail == u64(ANNA)
    table.over()
    mine = table.freeze()
    assert mine[ANNA].head == table.says[ANNA].first
    assert (mine[ANNA].has_say, mine[BERT].head) == (True, table.says[BERT].head)


def test_who_withheld_has_no_say_for_a_while() -> None:
    table = asked(ANNA, BERT)
    table.show(BERT)
    assert table.close().missing == 1
    assert list(table.draw.missing) == [ANNA]
    table.over()
    for number in range(2, ROUNDS_WITHOUT_SAY + 2):
        table.draw.number = number
        assert table.register(ANNA) == (Reason.NO_SAY, ROUNDS_WITHOUT_SAY + 2 - number)
    table.draw.number += 1
    assert table.register(ANNA) is None


def test_who_leaves_before_the_freeze_is_not_in_it() -> None:
    table = Table(ANNA, BERT)
    table.draw.leave(ANNA)
    table.draw.leave(CLEO)  # She never had a say.
    assert set(table.freeze()) == {ANNA, BERT, CLEO}
    assert list(table.draw.contributors) == [BERT]
    assert CLEO not in table.draw.state.out


def test_who_leaves_and_comes_back_has_a_say_with_a_new_chain() -> None:
    table = Table(ANNA)
    table.draw.leave(ANNA)
    table.register(ANNA, "another")
    assert table.freeze()[ANNA].head == table.says[ANNA].first


@pytest.mark.parametrize("times", [1, 2])
def test_who_leaves_behind_the_freeze_is_noted_once_and_not_blamed(times: int) -> None:
    table = Table(ANNA, BERT)
    table.freeze()
    for _ in range(times):
        table.draw.leave(ANNA)
    (noted,) = table.draw.notes()
    assert (noted.what, noted.detail) == (What.OUT, u64(ANNA))
    assert noted.step == hashes.step(table.draw.frozen_again().freeze, What.OUT, u64(ANNA))
    assert list(table.draw.notes()) == []
    asks = table.ask()
    assert asks.step == hashes.step(noted.step, What.SPIN, b"")
    assert (table.draw.has_say(ANNA), table.draw.is_due(NOW)) == (False, False)
    assert table.show(ANNA) == (Reason.NOT_NOW, 0)
    assert table.show(BERT) is None
    assert table.draw.is_due(NOW)
    assert table.close().missing == 0
    assert table.draw.state.locked == {}


def test_who_leaves_while_a_link_is_asked_for_may_still_show_it() -> None:
    table = asked(ANNA)
    table.draw.leave(ANNA)
    assert table.draw.has_say(ANNA)
    assert table.show(ANNA) is None
    table.close()
    table.over()
    table.freeze()
    assert list(table.draw.contributors) == []


def test_nobody_has_a_say_in_a_round_that_is_over() -> None:
    table = asked(ANNA)
    table.show(ANNA)
    table.close()
    assert table.draw.has_say(ANNA)
    table.over()
    assert not table.draw.has_say(ANNA)
    assert list(table.draw.contributors) == []
    assert not table.draw.is_open


# --- an event -------------------------------------------------------------------------------------


def test_a_link_fits_its_chain_its_event_and_its_time() -> None:
    table = Table(ANNA, BERT)
    assert table.show(ANNA) == (Reason.NOT_NOW, 0)
    table.freeze()
    assert table.show(ANNA) == (Reason.NOT_NOW, 0)
    table.ask()
    draw, say = table.draw, table.says[ANNA]
    assert why_not(draw.take, ANNA, 2, say.next) == (Reason.NOT_NOW, 0)
    assert why_not(draw.take, ANNA, 0, say.next) == (Reason.TOO_LATE, 0)
    assert why_not(draw.take, ANNA, 1, table.says[BERT].next) == (Reason.WRONG_LINK, 0)
    assert why_not(draw.take, ANNA, 1, say.links[2]) == (Reason.WRONG_LINK, 0)
    assert why_not(draw.take, CLEO, 1, say.next) == (Reason.NOT_NOW, 0)
    assert why_not(draw.take, ANNA, 1, say.next) is None
    assert why_not(draw.take, ANNA, 1, say.next) is None
    assert why_not(draw.take, ANNA, 1, NOTHING) == (Reason.WRONG_LINK, 0)
    table.close()
    assert why_not(draw.take, ANNA, 1, say.next) == (Reason.TOO_LATE, 0)


def test_an_event_is_due_when_all_links_are_there_or_the_window_is_over() -> None:
    table = Table(ANNA, BERT)
    assert not table.draw.is_due(NOW)
    table.freeze()
    assert (table.draw.is_due(NOW), table.draw.next_moment()) == (False, None)
    assert table.ask().window_ms == 3_000
    assert table.draw.next_moment() == NOW + WINDOW
    table.show(ANNA)
    assert [table.draw.is_due(NOW + each) for each in (2.9, 3.0)] == [False, True]
    table.show(BERT)
    assert table.draw.is_due(NOW)
    table.close()
    assert (table.draw.is_due(NOW + 9), table.draw.next_moment()) == (False, None)


def test_nobody_is_waited_for_where_nobody_has_a_say() -> None:
    table = Table()
    table.freeze()
    assert table.ask().window_ms == 0
    assert table.draw.is_due(NOW)
    assert table.draw.last_word(table.close()) is not None


def test_what_is_drawn_follows_from_the_step_the_links_and_the_seed() -> None:
    table = Table(ANNA, BERT)
    table.freeze()
    step = table.ask().step
    table.show(BERT)
    drawn = table.draw.draw()
    values = {ANNA: table.says[ANNA].first, BERT: table.says[BERT].head}
    links = tree.root([hashes.say_leaf(*each) for each in sorted(values.items())])
    assert drawn.links == {BERT: table.says[BERT].head}
    said = table.draw.close()
    assert (said.event, said.seed, said.contributors) == (1, SEEDS.seed(1), 2)
    assert (said.links_root, said.missing) == (links, 1)
    assert said.shown == hashes.reveals(step, 2, links)
    assert said.done == hashes.done(step, said.shown, said.seed)
    assert table.draw.state.history == said.done


def test_what_is_drawn_stays_though_it_is_told_later() -> None:
    """A full table works out what comes of it before it says so."""
    table = asked(ANNA, BERT)
    table.show(ANNA)
    drawn = table.draw.draw()
    assert table.draw.is_due(NOW)
    assert table.show(BERT) == (Reason.TOO_LATE, 0)
    assert why_not(table.draw.take, BERT, 2, table.says[BERT].next) == (Reason.NOT_NOW, 0)
    said = table.draw.close()
    assert (said.links_root, said.missing) == (drawn.links_root, 1)
    table.ask()
    assert not table.draw.is_due(NOW)
    assert table.show(ANNA) is None


def test_who_has_a_say_is_told_all_links_and_where_their_own_stands() -> None:
    table = asked(ANNA, BERT)
    table.show(BERT)
    said = table.close()
    links, own = table.draw.last_word(said)
    rows = (LinkRow(ANNA, 0, table.says[ANNA].first), LinkRow(BERT, 1, table.says[BERT].head))
    assert links == dict.fromkeys((ANNA, BERT), LinksShown(1, rows))
    for at, row in enumerate(rows):
        frame = own[row.account]
        assert isinstance(frame, bytes)
        mine = unpacked(frame)
        assert isinstance(mine, YourDraw)
        assert mine.event == 1
        leaf = hashes.say_leaf(row.account, row.link)
        assert tree.proves(said.links_root, 2, at, leaf, mine.proof)


def test_what_is_told_late_is_of_its_own_event_whatever_came_since() -> None:
    """Who is slow is told when the next event goes on already."""
    table = Table(2, 3)
    for _ in range(2):
        table.freeze()
        table.ask()
        for account in (2, 3):
            table.show(account)
        said = table.close()
        *_, own = table.draw.last_word(said)
        (row, _) = table.draw.links()
        table.ask()
        table.show(3)
        frame = own[2]
        assert isinstance(frame, bytes)
        mine = unpacked(frame)
        assert isinstance(mine, YourDraw)
        leaf = hashes.say_leaf(row.account, row.link)
        assert tree.proves(said.links_root, 2, 0, leaf, mine.proof)
        assert own.get(9) is None
        table.show(2)
        table.close()


def test_too_many_links_are_not_shown_unasked() -> None:
    for count, shown in ((LINKS_A_PAGE, 2), (LINKS_A_PAGE + 1, 1)):
        table = Table()
        for account in range(count):
            table.draw.register(account, NOTHING)
        table.freeze()
        table.ask()
        assert len(list(table.draw.last_word(table.close()))) == shown


def test_there_are_so_many_events_as_there_are_seeds() -> None:
    table = Table()
    assert table.draw.lasts
    table.draw.state.event = SEEDS.length - 1
    assert table.draw.lasts
    table.draw.state.event += 1
    assert not table.draw.lasts


# --- showing --------------------------------------------------------------------------------------


def test_a_freeze_is_over_everything_and_each_is_told_their_part() -> None:
    table = Table(ANNA, BERT)
    parts = table.freeze()
    frozen = table.draw.frozen_again()
    says = [hashes.say_leaf(who, table.says[who].first) for who in (ANNA, BERT)]
    bets = [hashes.stake_leaf(who, BETS[who]) for who in (ANNA, CLEO)]
    where = SEEDS.table, 1, 1, 1, SEEDS.seed(0), NOTHING, "", b""
    roots = (2, tree.root(says)), (2, tree.root(bets))
    assert frozen.freeze == hashes.freeze(*where, *roots)
    assert (frozen.round_number, frozen.event, frozen.players) == (1, 1, 2)
    assert (parts[BERT].has_stake, parts[BERT].bets, parts[BERT].stake_proof) == (False, (), ())
    assert (parts[CLEO].has_say, parts[CLEO].head, parts[CLEO].say_proof) == (False, NOTHING, ())
    assert parts[CLEO].bets == (StakeRow(3, 0, 1), StakeRow(17, 0, 5))
    at, proof = parts[CLEO].stake_index, parts[CLEO].stake_proof
    assert tree.proves(frozen.stakes_root, 2, at, bets[1], proof)
    for at, who in enumerate((ANNA, BERT)):
        mine = parts[who]
        assert (mine.round_number, mine.head) == (1, table.says[who].first)
        assert tree.proves(frozen.says_root, 2, mine.say_index, says[at], mine.say_proof)


def test_who_comes_later_is_told_the_same() -> None:
    table = Table(ANNA, BERT)
    parts = table.freeze()
    table.draw.leave(ANNA)
    (noted,) = table.draw.notes()
    asks = table.ask()
    shown, frozen = DrawShown(0, SEEDS.seed(0), NOTHING), table.draw.frozen_again()
    for who in (ANNA, BERT, CLEO):
        assert list(table.draw.shown(who)) == [shown, frozen, parts[who], noted, asks]
    for who in (1, 10, 12):  # Before, between and behind those who have a part in it.
        assert list(table.draw.shown(who)) == [shown, frozen, noted, asks]
    table.close()
    table.over()
    (after,) = table.draw.shown(ANNA)
    assert isinstance(after, DrawShown)
    assert (after.event, after.seed) == (1, SEEDS.seed(1))


# --- a start --------------------------------------------------------------------------------------


def test_a_round_that_is_frozen_goes_on_after_a_start() -> None:
    table = Table(ANNA, BERT)
    parts = table.freeze()
    frozen = table.draw.frozen_again()
    table = table.again()
    assert not table.draw.is_open
    table.draw.resume(BETS)
    shown = list(table.draw.shown(ANNA))
    assert shown[1:] == [frozen, parts[ANNA]]
    assert table.ask().window_ms == 3_000


def test_what_was_asked_is_asked_again_and_nobody_is_blamed() -> None:
    table = Table(ANNA, BERT)
    parts = table.freeze()
    step = table.ask().step
    table.show(ANNA)
    table.says[ANNA].shown = 0
    table = table.again()
    table.draw.resume(BETS)
    asks = table.draw.asked_again()
    assert (asks.step, asks.window_ms) == (step, round(1000 * AFTER_A_CRASH))
    assert table.draw.next_moment() == NOW + AFTER_A_CRASH
    assert parts[BERT] in list(table.draw.shown(BERT))
    assert table.show(ANNA) is None
    assert not table.draw.is_due(NOW)
    assert table.close().missing == 1
    assert table.draw.state.locked == {}
    table.over()
    table.register(BERT)
    table.freeze()
    table.ask()
    assert table.close().missing == 1
    assert table.draw.state.locked.keys() == {BERT}  # That is for one event.


def test_who_does_not_come_back_after_a_start_has_no_say() -> None:
    table = Table(ANNA, BERT)
    table.freeze()
    table.ask()
    table.close()
    table.over()
    table.register(CLEO)
    table = table.again()
    table.register(CLEO, "another")
    assert set(table.freeze()) == {ANNA, CLEO}
    assert list(table.draw.contributors) == [CLEO]


def test_the_heads_of_a_round_are_those_that_were_frozen_whatever_was_shown_since() -> None:
    table = asked(ANNA)
    table.show(ANNA)
    table.close()
    table = table.again()
    table.draw.resume(BETS)
    (mine,) = [each for each in table.draw.shown(ANNA) if isinstance(each, YourFreeze)]
    assert mine.head == table.says[ANNA].first
    (frozen,) = [each for each in table.draw.shown(ANNA) if isinstance(each, RoundFrozen)]
    leaf = hashes.say_leaf(ANNA, mine.head)
    assert tree.proves(frozen.says_root, 1, 0, leaf, mine.say_proof)


def test_a_decision_is_a_step_that_draws_nothing() -> None:
    table = Table()
    table.freeze()
    noted = table.draw.note(What.NOTE, b"abc")
    freeze = table.draw.frozen_again().freeze
    assert noted == Noted(What.NOTE, b"abc", hashes.step(freeze, What.NOTE, b"abc"))
    assert table.draw.state.event == 0
