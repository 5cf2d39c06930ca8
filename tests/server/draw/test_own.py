"""A draw of one player's own: seeds of its own, one who has a say, no books."""

from itertools import count

import pytest

from protocol.fair.hashes import What, link_before, seed_before, u16
from protocol.house.draw import DrawShown, EventAsked, LinksShown, OwnDrawIntroduced, YourDraw
from server.draw.own import EVENTS, OwnDraw
from tests.says import Say

ANNA, NOW = 7, 1_000.0


def own_draw(first: int = 1) -> OwnDraw:
    chance = count(1)
    return OwnDraw(3, lambda size: next(chance).to_bytes(size, "big"), first=first, now=NOW)


def asked(draw: OwnDraw) -> EventAsked:
    draw.freeze(6, "", b"", {})
    return draw.ask(What.GUESS, u16(1) + u16(100), 1.5, NOW)


def test_it_is_introduced_with_its_anchor_before_where_it_stands() -> None:
    draw = own_draw()
    anchor = draw.seeds.seed(0)
    met, shown = draw.shown(ANNA)
    assert met == OwnDrawIntroduced(draw.name, anchor)
    assert shown == DrawShown(0, anchor, bytes(32))
    assert (len(draw.name), len(anchor)) == (16, 32)


def test_its_seeds_are_a_chain_and_no_two_draws_have_the_same() -> None:
    draw = own_draw()
    seeds = [draw.seeds.seed(number) for number in range(EVENTS + 1)]
    assert draw.seeds.length == EVENTS == 64
    before = [seed_before(draw.name, seed) for seed in seeds[1:]]
    assert before == seeds[:-1]
    assert seeds[-1] == (2).to_bytes(32, "big"), "it ends in a secret"
    chance = count(100)
    other = OwnDraw(3, lambda size: next(chance).to_bytes(size, "big"), first=1, now=NOW)
    assert other.name != draw.name
    assert other.seeds.seed(EVENTS) != seeds[-1]


@pytest.mark.parametrize("first", [1, 8])
def test_its_rounds_follow_each_other_from_the_first(first: int) -> None:
    draw = own_draw(first)
    for number in (first, first + 1):
        assert draw.number == number
        asked(draw)
        assert draw.frozen_again().round_number == number
        draw.draw()
        assert draw.close().event == number - first + 1
        draw.end()


def test_the_link_that_was_taken_may_come_again_when_the_number_is_fixed() -> None:
    draw = own_draw()
    say = Say(draw.name, ANNA)
    assert draw.register(ANNA, say.first) == 1
    asked(draw)
    assert not draw.is_due(NOW)
    link = say.show()
    draw.take(ANNA, 1, link)
    assert draw.is_due(NOW)
    words = draw.draw().words
    draw.take(ANNA, 1, link)
    assert (words.below(100), draw.state.event) == (draw.draw().words.below(100), 0)


def test_the_last_word_is_for_the_one_who_has_a_say_and_is_not_packed() -> None:
    draw = own_draw()
    say = Say(draw.name, ANNA)
    draw.register(ANNA, say.first)
    asked(draw)
    draw.take(ANNA, 1, say.show())
    draw.draw()
    links, own = draw.last_word(draw.close())
    assert own == {ANNA: YourDraw(1, ())}
    (shown,) = links.values()
    assert isinstance(shown, LinksShown)
    assert [(row.account, row.shown, row.link) for row in shown.rows] == [(ANNA, 1, say.head)]
    assert link_before(draw.name, ANNA, say.head) == say.first


def test_where_nobody_has_a_say_nothing_is_waited_for_and_no_link_shown() -> None:
    draw = own_draw()
    assert asked(draw).window_ms == 0
    assert draw.is_due(NOW)
    draw.draw()
    assert list(draw.last_word(draw.close())) == []
