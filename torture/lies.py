"""Houses that lie in one round of an honest evening, one lie each: who sees it, and in what colour.

The draw is honest but for the lie, so chance would show nothing: what counts is what every honest
player is shown. Most are a message that comes otherwise or not at all. What is left out is left out
twice: by a house that says nothing more, and by one that goes on as if nothing had been.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

from protocol.fair import hashes
from protocol.fair.hashes import Hash, What
from protocol.fair.verdict import Colour
from protocol.games.roulette.fields import SpotLimit
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import (
    BettingClosed,
    PlayerSettled,
    RoundOpened,
    RoundSettled,
    RoundVoided,
    TableIntroduced,
    TableShown,
)
from protocol.games.roulette.rules import Group
from protocol.house.door import Done, Refused, SeatLost
from protocol.house.draw import (
    ChainTaken,
    DrawShown,
    EventAsked,
    EventDrawn,
    LinksShown,
    Noted,
    RoundFrozen,
    YourDraw,
    YourFreeze,
)
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason
from protocol.wire import Message
from torture.crooked import (
    OWN_CHIPS,
    SHILL,
    STACK,
    WANTED,
    Crooked,
    Play,
    Twist,
    as_it_is,
    frozen,
)

QUIET = 15.0
"""A house says nothing for so long ..."""
FOREVER = 620.0
"""... or for so long, where a player has to wait for the next step."""
BEFORE = 2
"""Honest rounds before the lie: they have to be green."""

Act = Callable[[Crooked], None]


class Lie(NamedTuple):
    """A round that is not honest."""

    name: str
    colour: Colour
    """What every honest player is shown of it."""
    act: Act


def told(change: Callable[[Crooked, Message], Iterable[Message]]) -> Act:
    """A round in which something is said otherwise."""

    def act(house: Crooked) -> None:
        play = house.open()
        for player in house.honest:
            player.twist = lambda said: change(house, said)
        house.settle(house.close(play))

    return act


def other(kind: type[Any], **changes: Any) -> Act:
    """This message has something else in it."""

    def change(_: Crooked, said: Message) -> Iterable[Message]:
        return (replace(said, **changes) if isinstance(said, kind) else said,)

    return told(change)


def more(kind: type[Any], what: Callable[[Crooked, Any], Iterable[Message]]) -> Act:
    """Something more is said behind this message."""

    def change(house: Crooked, said: Message) -> Iterable[Message]:
        return (said, *what(house, said)) if isinstance(said, kind) else (said,)

    return told(change)


def without(*kinds: type[Any], wait: float = 0.0) -> Act:
    """These messages do not come; then the house is silent, or the next round is opened."""
    return followed(told(lambda _, said: () if isinstance(said, kinds) else (said,)), wait)


def followed(lie: Act, wait: float = 0.0) -> Act:
    """Behind it the house is silent, or the next round is opened."""

    def act(house: Crooked) -> None:
        lie(house)
        go_on(house, wait)

    return act


def go_on(house: Crooked, wait: float) -> None:
    for player in house.honest:
        if wait:
            player.wait(wait)
        else:
            player.hear(RoundOpened(house.number + 1, 1000))


# --- one's own part -------------------------------------------------------------------------------


def dropped_bet(house: Crooked) -> None:
    """What a player has laid is not frozen."""
    play = house.open()
    house.settle(house.close(replace(play, stakes={})))


def other_bet(house: Crooked) -> None:
    """A player's chips lie elsewhere."""
    play = house.open()
    stakes = {account: [(WANTED, 0, OWN_CHIPS)] for account in play.stakes}
    house.settle(house.close(replace(play, stakes=stakes)))


def link_left_out(answer: Callable[[Message], Iterable[Message]]) -> Act:
    """The players' links are answered like this, and count as not shown."""

    def act(house: Crooked) -> None:
        play = house.open()
        for player in house.honest:
            player.twist = lambda said: answer(said) if isinstance(said, Done) else (said,)
        house.close(play)
        house.settle(house.grind(play))

    return act


def left_out_and_again(kind: type[Any]) -> Act:
    """The links are taken and count as not shown, and this is said twice."""

    def act(house: Crooked) -> None:
        play = house.open()
        for player in house.honest:
            player.twist = lambda said: (said, said) if isinstance(said, kind) else (said,)
        house.close(play)
        house.settle(house.grind(play))

    return act


def stalled(last: type[Any]) -> Act:
    """Everything up to this, and then this again and again."""

    def act(house: Crooked) -> None:
        play = house.open()
        for player in house.honest:
            player.play = play
            said = [BettingClosed(play.number, 3000), *frozen(play, player.account)]
            at = [type(each) for each in said].index(last)
            player.hear(*said[: at + 1])
            for _ in range(6):
                player.wait(4.0)
                player.hear(said[at])

    return act


def too_late(said: Message) -> Iterable[Message]:
    number = getattr(said, "number", 0)
    yield Refused(number, Reason.TOO_LATE, NO_SPOT, 0, "")


class Outed(Play):
    """The honest players are noted as out before anything is asked."""

    def notes(self) -> Iterator[Noted]:
        before = self.freeze
        for account in sorted(self.stakes):
            before = hashes.step(before, What.OUT, hashes.u64(account))
            yield Noted(int(What.OUT), hashes.u64(account), before)

    @property
    def step(self) -> Hash:
        *_, last = self.notes()
        return hashes.step(last.step, What.SPIN, b"")


def declared_out(house: Crooked) -> None:
    """Who has not left is noted as out."""
    play = Outed(**vars(house.open()))
    for player in house.honest:
        player.twist = lambda said: (*play.notes(), said) if type(said) is EventAsked else (said,)
    house.settle(house.close(play))


def no_chain(answer: Twist) -> Act:
    """A chain is not taken, and the number is ground without it."""

    def act(house: Crooked) -> None:
        before = house.open()
        for player in house.honest:
            player.twist = lambda said: answer(said) if isinstance(said, ChainTaken) else (said,)
        house.come_back(before, Phase.BETTING)
        house.settle(house.close(_alone(house)))

    return act


def _alone(house: Crooked) -> Play:
    """The round goes on, with the accomplice's say alone, and ground."""
    play = house.opened()
    return house.grind(replace(play, heads={SHILL: play.heads[SHILL]}))


def late_answer(house: Crooked) -> None:
    """A chain is answered for behind the freeze only."""
    kept: dict[int, Message] = {}

    def keep(account: int) -> Twist:
        def twist(said: Message) -> Iterable[Message]:
            if isinstance(said, ChainTaken):
                kept[account] = said
            return () if isinstance(said, ChainTaken) else (said,)

        return twist

    before = house.open()
    for player in house.honest:
        player.twist = keep(player.account)
    house.come_back(before, Phase.BETTING)
    play = house.close(_alone(house))
    for player in house.honest:
        player.twist = as_it_is
        player.hear(kept[player.account])
    house.settle(play)


# --- rounds that come otherwise -------------------------------------------------------------------


def another_chain(house: Crooked) -> None:
    """The seeds are those of another table."""
    play = house.open()
    seed = house.dice.randbytes(32)
    before = hashes.seed_before(bytes(16), seed)
    house.settle(house.close(replace(play, seed=seed, before=before)))


def another_history(house: Crooked) -> None:
    house.settle(house.close(replace(house.open(), history=house.dice.randbytes(32))))


def skipped_event(house: Crooked) -> None:
    """An event of the house's chain is passed over: it would have been another number."""
    house.number += 1
    house.settle(house.close(house.open()))


def same_event(house: Crooked) -> None:
    """The event of the round before is drawn once more."""
    house.number -= 1
    house.settle(house.close(house.open()))


def void_early(house: Crooked) -> None:
    """Voided before the freeze, and the stakes are kept."""
    house.open()
    for player in house.honest:
        player.hear(RoundVoided(house.number, "the ball fell off"))
        player.hear(PlayerSettled(house.number, -OWN_CHIPS, STACK - OWN_CHIPS, ()))
        player.own = {}


def void_drawn(house: Crooked) -> None:
    """Voided when the number is known."""
    play = house.close(house.open())
    house.settle(play)
    for player in house.honest:
        player.hear(RoundVoided(house.number, "the ball fell off"))


def stopped(at: str, wait: float, *then: Callable[[Crooked, Play], Iterable[Message]]) -> Act:
    """The house freezes, or also takes the links, and then does something else."""

    def act(house: Crooked) -> None:
        play = house.open()
        for player in house.honest:
            player.play = play
            said = [BettingClosed(play.number, 3000), *frozen(play, player.account)]
            player.hear(*(each for each in said if at != "frozen" or type(each) is not EventAsked))
            for each in then:
                player.hear(*each(house, play))
        go_on(house, wait)

    return act


def passed_over(_: Crooked, play: Play) -> Iterable[Message]:
    """As if the line had been cut."""
    yield DrawShown(play.number, play.seed, play.done)


def seat_lost(_: Crooked, __: Play) -> Iterable[Message]:
    yield SeatLost(0, "")


def another_draw(house: Crooked, play: Play) -> Iterable[Message]:
    """The same table begins another draw, as if it had just been opened."""
    plaque = tuple(SpotLimit(group, 1, 500) for group in Group)
    yield TableIntroduced(bytes(16), bytes(32), "crooked", 0, 20_000, plaque)
    yield from next_round(house, play)


def next_round(_: Crooked, play: Play) -> Iterable[Message]:
    here = play.number + 1, Phase.BETTING, 1000, 0, 0, "", 0, 0, 0, 0, STACK, 0
    yield TableShown(*here, (), ())


def elsewhere(_: Crooked, play: Play) -> Iterable[Message]:
    """The draw is further, in the middle of an evening."""
    yield DrawShown(play.number, play.seed, play.done)
    yield RoundOpened(play.number + 1, 1000)


def cut_then(phase: Phase) -> Act:
    """The house takes the links, cuts every line, and has drawn meanwhile."""

    def act(house: Crooked) -> None:
        play = house.close(house.open())
        house.history = play.done
        house.number += 1
        for player in house.honest:
            player.last = play.number, play.seed, play.done
        house.come_back(replace(play, number=house.number), phase)
        house.told = play.pocket()

    return act


def _other_step(_: Crooked, said: EventAsked) -> Iterable[Message]:
    yield replace(said, step=bytes(32))


def _other_freeze(_: Crooked, said: RoundFrozen) -> Iterable[Message]:
    yield replace(said, freeze=bytes(32))


def _again_otherwise(_: Crooked, said: Any) -> Iterable[Message]:
    yield replace(said, pocket=(said.pocket + 1) % 37)


def _paid_less(_: Crooked, said: PlayerSettled) -> Iterable[Message]:
    yield replace(said, net=said.net - 1)


def _lost(_: Crooked, said: Message) -> Iterable[Message]:
    if isinstance(said, PlayerSettled) and said.payouts:
        yield replace(said, net=-OWN_CHIPS - 1)
    else:
        yield said


def _won(_: Crooked, said: Message) -> Iterable[Message]:
    if isinstance(said, PlayerSettled):
        rows = tuple(replace(row, returned=row.returned + 7) for row in said.payouts)
        yield replace(said, payouts=rows)
    else:
        yield said


def _fewer(_: Crooked, said: Message) -> Iterable[Message]:
    yield replace(said, rows=said.rows[1:]) if isinstance(said, LinksShown) else said


def _less(_: Crooked, said: Message) -> Iterable[Message]:
    if isinstance(said, LinksShown):
        said = replace(said, rows=tuple(replace(row, shown=0) for row in said.rows))
    yield said


def _out_of_say(_: Crooked, said: Message) -> Iterable[Message]:
    yield replace(said, has_say=False) if isinstance(said, YourFreeze) else said


def _out_of_stake(_: Crooked, said: Message) -> Iterable[Message]:
    yield replace(said, has_stake=False) if isinstance(said, YourFreeze) else said


def _void(house: Crooked, _: Message) -> Iterable[Message]:
    yield RoundVoided(house.number, "the ball fell off")


NOTHING = (RoundFrozen, YourFreeze, EventAsked, EventDrawn, LinksShown, YourDraw)
PROOF = (EventDrawn, LinksShown, YourDraw)
END = (*PROOF, RoundSettled, PlayerSettled)
LEFT_OUT: dict[str, tuple[type[Any], ...]] = {
    "everything that proves": NOTHING,
    "the freeze": (RoundFrozen, YourFreeze),
    "one's part in the freeze": (YourFreeze,),
    "the whole proof": PROOF,
    "the end": END,
    "the seed": (EventDrawn,),
    "the links": (LinksShown,),
    "the proof of one's link": (YourDraw,),
    "the number": (RoundSettled,),
    "the payout": (PlayerSettled,),
}
RED, GREY = Colour.RED, Colour.GREY
Z = bytes(32)
LIES: tuple[Lie, ...] = (
    *(Lie(f"{name} does not come", RED, without(*k, wait=QUIET)) for name, k in LEFT_OUT.items()),
    *(Lie(f"{name} is passed over", RED, without(*k)) for name, k in LEFT_OUT.items()),
    Lie("the question does not come", RED, stopped("frozen", FOREVER)),
    Lie("frozen and passed over", RED, stopped("frozen", 0.0)),
    Lie("asked and passed over", RED, stopped("asked", 0.0)),
    Lie("asked and silent", RED, stopped("asked", QUIET)),
    Lie("the draw is elsewhere", RED, stopped("asked", 0.0, passed_over)),
    Lie("another round is shown", RED, stopped("asked", 0.0, next_round)),
    Lie("the draw is elsewhere, and goes on", RED, stopped("asked", 0.0, elsewhere)),
    Lie("the seat is lost in the round", RED, stopped("asked", 0.0, seat_lost)),
    Lie("the table begins another draw", RED, stopped("asked", 0.0, another_draw)),
    Lie("frozen again and again", RED, stalled(RoundFrozen)),
    Lie("asked again and again", RED, stalled(EventAsked)),
    Lie("cut when the links are known", GREY, cut_then(Phase.BETTING)),
    Lie("another chain", RED, another_chain),
    Lie("another history", RED, another_history),
    Lie("an event is skipped", RED, skipped_event),
    Lie("an event comes again", RED, same_event),
    Lie("another freeze", RED, other(RoundFrozen, freeze=Z)),
    Lie("another root of says", RED, other(RoundFrozen, says_root=Z)),
    Lie("another root of stakes", RED, other(RoundFrozen, stakes_root=Z)),
    Lie("other rules", RED, other(RoundFrozen, rules="partage")),
    Lie("a second freeze", RED, more(RoundFrozen, _other_freeze)),
    Lie("another step", RED, other(EventAsked, step=Z)),
    Lie("another detail", RED, other(EventAsked, detail=b"x")),
    Lie("a second step", RED, more(EventAsked, _other_step)),
    Lie("no window", RED, other(EventAsked, window_ms=0)),
    Lie("a short window", RED, other(EventAsked, window_ms=1400)),
    Lie("a long window", RED, other(EventAsked, window_ms=31_000)),
    Lie("another seed", RED, other(EventDrawn, seed=Z)),
    Lie("another count of links", RED, followed(other(EventDrawn, contributors=0))),
    Lie("another root of links", RED, other(EventDrawn, links_root=Z)),
    Lie("another R", RED, other(EventDrawn, shown=Z)),
    Lie("another D", RED, other(EventDrawn, done=Z)),
    Lie("fewer links", RED, told(_fewer)),
    Lie("links that were not shown", RED, told(_less)),
    Lie("another head of one's own", RED, other(YourFreeze, say_proof=(Z,))),
    Lie("no say of one's own", RED, told(_out_of_say)),
    Lie("no stake of one's own", RED, told(_out_of_stake)),
    Lie("another place of one's link", RED, other(YourDraw, proof=(Z,))),
    Lie("another number", RED, other(RoundSettled, pocket=36)),
    Lie("a second number", RED, more(RoundSettled, _again_otherwise)),
    Lie("a net that the payouts do not make", RED, told(_lost)),
    Lie("payouts that the net is not", RED, told(_won)),
    Lie("a second payout", RED, more(PlayerSettled, _paid_less)),
    Lie("a bet is dropped", RED, dropped_bet),
    Lie("a bet is moved", RED, other_bet),
    Lie("the links are not heard", RED, link_left_out(lambda _: ())),
    Lie("the links are too late", RED, link_left_out(too_late)),
    Lie("the links are taken and dropped", RED, link_left_out(lambda said: (said,))),
    Lie("asked twice, taken and dropped", RED, left_out_and_again(EventAsked)),
    Lie("dropped, and proved twice", RED, left_out_and_again(YourDraw)),
    Lie("said to have left", RED, declared_out),
    Lie("void behind the freeze", RED, more(YourFreeze, _void)),
    Lie("void behind the question", RED, more(EventAsked, _void)),
    Lie("void behind the seed", RED, more(EventDrawn, _void)),
    Lie("void when all is over", RED, void_drawn),
    Lie("void early, and the stakes are gone", RED, void_early),
    Lie("a chain is refused", GREY, no_chain(too_late)),
    Lie("a chain is not answered", GREY, no_chain(lambda _: ())),
    Lie("a chain is answered late", GREY, late_answer),
)


def tell(lie: Lie, dice: Random) -> Crooked:
    """An evening of this house, up to its lie."""
    house = Crooked(dice, BEFORE + 6)
    for _ in range(BEFORE):
        house.settle(house.close(house.open()))
    lie.act(house)
    return house
