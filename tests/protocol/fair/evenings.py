"""Rounds of blackjack that go any way they may, and now and then one that they may not."""

from collections.abc import Sequence
from random import Random

from protocol.fair.hashes import u16
from protocol.games.blackjack.cards import CARDS, is_ace, is_ten
from protocol.games.blackjack.drawing import Act
from tests.protocol.fair.night import Bets, Document, Night, Step, said
from tests.protocol.games.blackjack.tables import boxes, decision, insurances

RULES = ("h17", "das", "ls", "es", "hands=3", "odd=carry", "bj=6:5", "decks=6")
FALSE = 0.01
"""How often a step is taken that the game does not allow, with a result that is made up."""


class Evening:
    """One round, made step by step."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        words = [word for word in RULES if chance.random() < 0.5]
        self._rules = ";".join([*words, *["peek"] * (chance.random() < 0.7)])
        # Many aces and tens: what is rare at a table of wood is to happen here.
        rich = [8 if is_ace(card) or is_ten(card) or card % 13 == 7 else 1 for card in CARDS]
        self._state = b"".join(map(u16, rich))
        self._boxes = sorted(chance.sample(range(1, 8), chance.randint(1, 3)))
        self._stakes: dict[int, Bets] = {}
        for account, box in enumerate(self._boxes, 1):
            self._stakes[account] = [(box, 0, chance.randint(1, 25))]
        if chance.random() < 0.5:
            behind = [(box, 1, chance.randint(1, 25)) for box in self._boxes]
            self._stakes[9] = [*behind, *[(1, 2, 5)] * (chance.random() < 0.1)]

    def document(self) -> Document:
        steps = [Step(2, boxes(*self._boxes))]
        night = self._played(steps)
        known: set[str] = set()
        for _ in range(25):
            step, false = self._step(), self._chance.random() < FALSE
            if false:
                step = step._replace(told={"card": "2c", "natural": None, "dealer": ["Ac", "9c"]})
            try:
                longer = self._played([*steps, step])
            except ValueError:
                continue
            wrong = said(longer.document())[0]
            if false or wrong <= known:
                steps.append(step)
                night, known = longer, wrong
        document = night.document()
        (told,) = document["rounds"]
        if "payouts" in told and self._chance.random() < 0.3:
            account = self._chance.choice([*told["payouts"]])
            told["payouts"][account] = max(
                0, told["payouts"][account] + self._chance.choice((-1, 1))
            )
        return document

    def _played(self, steps: Sequence[Step]) -> Night:
        night = Night()
        night.play(
            "blackjack",
            *steps,
            says=(1, 2),
            rules=self._rules,
            state=self._state,
            stakes=self._stakes,
        )
        return night

    def _step(self) -> Step:
        """Any step, lawful or not."""
        chance = self._chance
        box, hand = chance.choice(self._boxes), chance.choice((0, 0, 1, 2))
        bets = {
            account: chips
            for account, rows in self._stakes.items()
            for place, kind, chips in rows
            if place == box and kind < 2
        }
        added = {account: chips for account, chips in bets.items() if chance.random() < 0.8}
        what = chance.choice((3, 4, 4, 4, 4, 5, 8, 8))
        if what == 3:
            insured = [(account, box, chips // 2) for account, chips in bets.items() if chips > 1]
            return Step(3, insurances(*insured[: chance.randint(0, 2)]))
        if what == 5:
            return Step(5)
        if what == 8:
            act = chance.choice((Act.STAND, Act.SURRENDER, Act.STOOD, Act.EVEN_MONEY))
            return Step(8, decision(box, hand, act, added if act == Act.EVEN_MONEY else None))
        act = chance.choice((Act.HIT, Act.DOUBLE, Act.SPLIT, Act.SECOND))
        return Step(4, decision(box, hand, act, added if act in (Act.DOUBLE, Act.SPLIT) else None))
