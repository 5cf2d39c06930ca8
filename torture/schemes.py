"""Ways to cheat at the wheel, for a house with an accomplice at the table."""

from collections.abc import Callable
from dataclasses import replace

from protocol.fair import hashes, tree
from protocol.fair.hashes import Hash
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rounds import RoundVoided
from torture.crooked import SHILL, TABLE, TRIES, WANTED, Crooked, Play


def honest(house: Crooked) -> None:
    house.settle(house.close(house.open()))


def shill_seeds(house: Crooked) -> None:
    """Choose the accomplice's link with care, as if the others' did not count."""
    play = house.open()
    for _ in range(TRIES):
        tried = house.with_own(play, house.dice.randbytes(32))
        if tried.pocket({SHILL: tried.links[SHILL]}) == WANTED:
            play = tried
            break
    house.settle(house.close(play))


def withholding(house: Crooked) -> None:
    """Show the accomplice's link only where that helps."""
    play = house.close(house.open())
    without = {account: r for account, r in play.links.items() if account != SHILL}
    if play.pocket() != WANTED and play.pocket(without) == WANTED:
        play = replace(play, links=without)
    house.settle(play)


def late_link(house: Crooked) -> None:
    """Show another link than the one that follows from the chain."""
    play = house.close(house.open())
    for _ in range(TRIES):
        tried = replace(play, links={**play.links, SHILL: house.dice.randbytes(32)})
        if tried.pocket() == WANTED:
            play = tried
            break
    house.settle(play)


class Backwards(Play):
    """Who has a say stands there in another order."""

    @property
    def says_root(self) -> Hash:
        return tree.root(self.says[::-1])


def reordered(house: Crooked) -> None:
    """Freeze the says in another order."""
    play = house.open()
    house.settle(house.close(Backwards(**vars(play))), WANTED)


def copied(house: Crooked) -> None:
    """Have the head of an honest player's chain as one's own, and show his link."""
    play = house.open()
    first = house.honest[0].account
    play = house.close(replace(play, heads={**play.heads, SHILL: play.heads[first]}))
    house.settle(replace(play, links={**play.links, SHILL: play.links[first]}))


def late_chain(house: Crooked) -> None:
    """Take a chain for the accomplice when the links of the others are known."""
    play = house.close(house.open())
    for _ in range(TRIES):
        tried = house.with_own(play, house.dice.randbytes(32))
        if tried.pocket() == WANTED:
            play = tried
            break
    house.settle(play)


def two_freezes(house: Crooked) -> None:
    """Freeze, take the links, then freeze again with bets that give the number."""
    play = house.close(house.open())
    ground = house.grind(play)
    if ground.freeze != play.freeze:
        ground = house.close(ground)
    house.settle(ground)


def one_freeze_each(house: Crooked) -> None:
    """Show each player another freeze, the second made with the first one's link."""
    first, second = house.honest
    play = house.open()
    known = house.close(play, first)
    ground = house.grind(known)
    house.settle(house.close(ground, second), None, second)
    house.settle(known, house.told, first)


def void_after_freeze(house: Crooked) -> None:
    """Void a frozen round that does not give the number."""
    play = house.close(house.open())
    if play.pocket() == WANTED:
        house.settle(play)
        return
    house.told = WANTED  # The next round may: a voided one never counts against the house.
    for player in house.honest:
        player.hear(RoundVoided(play.number, "the ball fell off"))


def restart_frozen(house: Crooked) -> None:
    """Crash after the freeze, and come back with another."""
    play = house.close(house.open())
    ground = house.grind(play)
    house.come_back(ground, Phase.SPINNING)
    house.settle(ground)


def restart_open(house: Crooked) -> None:
    """Crash after the freeze, come back with open bets, and freeze again."""
    play = house.close(house.open())
    ground = house.grind(play)
    house.come_back(ground, Phase.BETTING)
    house.settle(house.close(ground))


def late_bets(house: Crooked) -> None:
    """Lay bets after the freeze."""
    play = house.close(house.open())
    house.settle(house.grind(play))


def other_seed(house: Crooked) -> None:
    """Use another seed than the chain's."""
    play = house.close(house.open())
    for _ in range(TRIES):
        tried = replace(play, seed=house.dice.randbytes(32))
        if tried.pocket() == WANTED:
            play = tried
            break
    house.settle(play)


def plain_lie(house: Crooked) -> None:
    house.settle(house.close(house.open()), WANTED)


def left_out(house: Crooked) -> None:
    """Leave the honest players' says out."""
    play = house.open()
    only = {SHILL: play.heads[SHILL]}
    play = house.grind(replace(play, heads=only))
    house.settle(house.close(play))


def puppets(house: Crooked) -> None:
    """Fill the table with says of one's own, show them all, and grind a friend's last bet: as it
    would fall if the honest players showed what they showed last.
    """
    play = house.open()
    for account in range(PUPPETS, PUPPETS + 64):
        link = house.dice.randbytes(32)
        head = hashes.link_before(TABLE, account, link)
        play = replace(
            play, heads={**play.heads, account: head}, links={**play.links, account: link}
        )
    house.settle(house.close(house.grind(play)))


PUPPETS = 100
"""The first of their accounts."""
Scheme = Callable[[Crooked], None]
SCHEMES: tuple[Scheme, ...] = (
    honest,
    shill_seeds,
    withholding,
    late_link,
    reordered,
    copied,
    late_chain,
    two_freezes,
    one_freeze_each,
    void_after_freeze,
    restart_frozen,
    restart_open,
    late_bets,
    other_seed,
    plain_lie,
    left_out,
    puppets,
)
