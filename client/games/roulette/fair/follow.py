"""The fairness part that a client does by itself: commit, show, and check every round.

It keeps the secrets, asks for what it needs, and judges a round when everything is there. The
arithmetic is in `judge`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from client.fair.chain import Chain
from client.games.roulette.fair import judge, verdicts
from client.games.roulette.fair.verdicts import Drawn, Frozen, Own, Step, Verdict
from client.games.roulette.fair.watched import NOT_FROZEN, Say, Watched, by_spot
from client.games.roulette.state import pending_chips, roulette
from client.house.state import HouseState
from protocol import fairness
from protocol.fairness import Hash
from protocol.games.roulette.bets import BetsListed, ListBets
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.records import (
    AskProof,
    ListOwnRounds,
    OwnRoundEntry,
    OwnRoundsListed,
    ProofShown,
)
from protocol.games.roulette.rounds import (
    BettingClosed,
    CommitSecret,
    RevealSecret,
    RoundSettled,
    RoundVoided,
    TableIntroduced,
)
from protocol.games.roulette.rules import SPOTS
from protocol.games.roulette.zero import PLAIN, Law
from protocol.house.door import Done, Refused
from protocol.house.lists import Reason, Seat
from protocol.wire import Message, Request

ROUNDS_WATCHED = 4
"""How many rounds are looked after at once; an older one that is not judged by then is let go."""

MOST_BETS = 40_000
"""Where even a thorough look ends: some 80 pages."""

Ask: TypeAlias = Callable[[Request], int]
"""Send a request of the client's own, numbering it if it has no number; returns the number."""


class Follower:
    """Watches every round for one client."""

    def __init__(self, secret: Callable[[], Hash], ask: Ask) -> None:
        """Take secrets from `secret`, and ask the table with `ask`."""
        self._secret = secret
        self._ask = ask
        self._rounds: dict[int, Watched] = {}
        self._chain: Chain | None = None

    # --- what the table says ----------------------------------------------------------------------

    def shown(self, before: HouseState, state: HouseState) -> Verdict | None:
        """One sat down, or the line is back: go on where the table is."""
        game = roulette(state)
        watched = self._go_on(before, state)
        unfrozen = self._bind(watched, game.round.freeze)
        for each in self._rounds.values():
            each.torn = True
            each.asking.clear()
        if unfrozen is None:
            self._take_part(watched, state)
        for each in self._rounds.values():
            if each.number < game.round.number or each.drawn:
                self._gather(each, state)
        return unfrozen

    def opened(self, before: HouseState, state: HouseState) -> None:
        """Betting is open."""
        self._take_part(self._go_on(before, state), state)
        for each in self._rounds.values():
            if each.number < roulette(state).round.number:
                self._gather(each, state)  # It was passed over, or nobody answered.

    def closed(self, said: BettingClosed, state: HouseState) -> Verdict | None:
        """The bets are frozen: show the secret, if the freeze is what it should be."""
        watched = self._rounds.get(said.round_number)
        if watched is None:
            return None
        commitments = {each.account: each.commitment for each in said.commitments}
        return self._freeze(watched, Frozen(commitments, said.bets_root, said.freeze), state)

    def settled(self, said: RoundSettled, state: HouseState) -> None:
        """The number is known: gather what is missing to judge it."""
        watched = self._rounds.get(said.round_number)
        if watched is not None:
            secrets = {each.account: each.secret for each in said.reveals if each.shown}
            watched.drawn = Drawn(said.seed, secrets, said.pocket)
            self._reach(watched, said.seed)
            self._gather(watched, state)

    def voided(self, said: RoundVoided, state: HouseState) -> Verdict | None:
        """A round that does not count shows its seed too, and the chain goes on from it."""
        watched = self._rounds.pop(said.round_number, None)
        if watched is None:
            return None
        self._reach(watched, said.seed)
        unfrozen = self._bind(watched, NOT_FROZEN)
        if unfrozen is not None:
            return unfrozen
        linked = fairness.previous_seed(_table(state).draw, said.seed) == watched.seed_before
        return Verdict(said.round_number, None if linked and watched.linked else Step.CHAIN)

    def examine(self, number: int, state: HouseState) -> None:
        """Check a round that is over, with every bet of it, because a person asks for it."""
        current = self._rounds.get(number)
        if current is not None and current.drawn is None:
            return  # It is not over; then it is checked anyway.
        judged = state.table.verdicts.get(number)
        own = judged.own if judged is not None and judged.round is not None else None
        known = current or Watched(number, b"", linked=True, torn=True)
        watched = replace(known, thorough=True, own=own, pages=[], asking={})
        self._rounds[number] = watched
        self._ask_for(watched, AskProof(0, number))

    @property
    def busy(self) -> bool:
        """Whether there is a piece of the chain to walk."""
        return self._chain is not None and self._chain.walking

    def walk(self, state: HouseState) -> Verdict | None:
        """Walk a piece of the chain."""
        game = roulette(state)
        if self._chain is None or self._chain.step():
            return None
        watched = self._rounds.get(game.round.number)
        if watched is not None:
            watched.linked = False
        return Verdict(game.round.number, Step.CHAIN, full=False)

    def answered(self, request: Request, answer: Message, state: HouseState) -> Verdict | None:
        """An answer to a request of this client."""
        if isinstance(request, CommitSecret):
            self._sealed(request, answer)
        elif isinstance(request, RevealSecret):
            watched = self._rounds.get(request.round_number)
            if watched and watched.say and isinstance(answer, Done):
                watched.say.shown = True
        elif isinstance(request, ListBets | AskProof):
            watched = self._rounds.get(request.round_number)
            if watched and watched.asking.pop(request.number, None):
                return self._gathered(watched, request, answer, state)
        elif isinstance(request, ListOwnRounds):
            for watched in list(self._rounds.values()):
                if watched.asking.pop(request.number, None):
                    self._recorded(watched, answer, state)
        return None

    # --- one's own say ----------------------------------------------------------------------------

    def _watch(self, state: HouseState) -> Watched:
        game = roulette(state)
        number = game.round.number
        if number not in self._rounds:
            table = _table(state)
            if self._chain is None or self._chain.table != table.draw:
                self._chain = Chain(table.draw, table.anchor)
                self._rounds.clear()
            seed = game.round.seed_before
            linked = self._chain.reach(number - 1, seed)
            law = Law(table.wheel, table.zero)
            self._rounds[number] = Watched(number, seed, linked, law)
            passing = [each.number for each in self._rounds.values() if not each.thorough]
            for old in passing[:-ROUNDS_WATCHED]:
                del self._rounds[old]
        return self._rounds[number]

    def _go_on(self, before: HouseState, state: HouseState) -> Watched:
        """The round that is on the table now. If it was there before, and whatever lay between, the
        house is held to the bets that it had acknowledged first.
        """
        for each in self._rounds.values():
            each.note(before)
        watched = self._watch(state)
        sure = watched.acknowledged is None and not pending_chips(before)
        if sure and watched.bets != roulette(state).round.own:
            watched.acknowledged = watched.bets
        return watched

    def _reach(self, watched: Watched, seed: Hash) -> None:
        assert self._chain is not None
        if not self._chain.reach(watched.number, seed):
            watched.linked = False

    def _take_part(self, watched: Watched, state: HouseState) -> None:
        """Seal a secret while betting is open, as a player; show it once the bets are frozen, from
        whatever seat: who is made croupier in between has sealed it all the same.
        """
        game = roulette(state)
        if game.round.phase is not Phase.BETTING:
            if watched.say and watched.frozen is None and game.round.phase is not Phase.SETTLED:
                self._ask_for(watched, AskProof(0, watched.number))
            self._show(watched, state)
            return
        if state.table.seat is not Seat.PLAYER:
            return
        if watched.say is None:
            secret = self._secret()
            where = (_table(state).draw, watched.number, state.account)
            watched.say = Say(secret, fairness.commitment(*where, secret))
        say = watched.say
        if say.taken is None:
            say.request = self._ask(CommitSecret(say.request, watched.number, say.commitment))

    def _sealed(self, request: CommitSecret, answer: Message) -> None:
        watched = self._rounds.get(request.round_number)
        if watched and watched.say and watched.say.request == request.number:
            watched.say.taken = isinstance(answer, Done)

    def _bind(self, watched: Watched, freeze: Hash) -> Verdict | None:
        """Hold the house to the freeze that it showed first: whoever could freeze a round again, or
        call it off, once the secrets are shown, would choose among the numbers.
        """
        if watched.freeze == NOT_FROZEN:
            watched.freeze = freeze
        watched.taken_back |= freeze != watched.freeze
        if not watched.taken_back:
            return None
        return Verdict(watched.number, Step.FREEZE, full=False)

    def _freeze(self, watched: Watched, frozen: Frozen, state: HouseState) -> Verdict | None:
        unfrozen = self._bind(watched, frozen.freeze)
        if unfrozen is not None:
            watched.frozen = watched.frozen or frozen
            return unfrozen
        watched.frozen = frozen
        say = watched.say
        if say is not None and say.taken is None:  # Its answer was lost; here it is.
            say.taken = frozen.commitments.get(state.account) == say.commitment
        failed = self._frozen_wrongly(watched, state)
        if failed is not None:
            return Verdict(watched.number, failed, full=False)
        self._show(watched, state)
        return None

    def _frozen_wrongly(self, watched: Watched, state: HouseState) -> Step | None:
        assert watched.frozen is not None
        own = self._own(watched, state)
        return judge.frozen_wrongly(
            _table(state).draw, watched.number, watched.seed_before, watched.frozen, own
        )

    def _show(self, watched: Watched, state: HouseState) -> None:
        say = watched.say
        if say is None or not say.taken or say.shown or watched.frozen is None:
            return
        if self._frozen_wrongly(watched, state) is None:
            say.showing = self._ask(RevealSecret(say.showing, watched.number, say.secret))

    # --- the proof --------------------------------------------------------------------------------

    def _ask_for(self, watched: Watched, request: Request) -> None:
        watched.asking[self._ask(request)] = request

    def _gather(self, watched: Watched, state: HouseState) -> None:
        """Ask for the next thing that is missing."""
        if watched.asking:
            return
        if watched.frozen is None or watched.drawn is None:
            self._ask_for(watched, AskProof(0, watched.number))
        elif self._unpaid(watched, state):
            self._ask_for(watched, ListOwnRounds(0, watched.number + 1))
        else:
            self._ask_for(watched, ListBets(0, watched.number, 0, 0))

    def _unpaid(self, watched: Watched, state: HouseState) -> bool:
        """Whether one may have had bets, and missed what came of them."""
        if not state.account:
            return False
        own = self._own(watched, state)
        if own.bets is None:  # Of a round of the past nothing is known, and nothing was missed.
            return own.payouts is None and not watched.thorough
        return own.payouts is None and bool(own.bets)

    def _recorded(self, watched: Watched, answer: Message, state: HouseState) -> None:
        """What the house's record says that one was paid; where it says nothing, it was nothing."""
        if isinstance(answer, OwnRoundsListed):
            watched.paid = _paid(answer.rounds, watched.number) or {}
            self._gather(watched, state)
        elif isinstance(answer, Refused):
            del self._rounds[watched.number]  # It is not checked, and nobody says that it was.

    def _gathered(
        self, watched: Watched, request: Request, answer: Message, state: HouseState
    ) -> Verdict | None:
        if isinstance(answer, ProofShown):
            return self._proved(watched, answer, state)
        if isinstance(answer, Refused) and isinstance(request, AskProof):
            del self._rounds[watched.number]
            gone = answer.reason is Reason.NO_SUCH_ROUND
            return self._bind(watched, NOT_FROZEN) if gone else None
        if isinstance(answer, BetsListed) and isinstance(request, ListBets):
            following = self._listed(watched, request, answer, state)
            if following is not None:
                self._ask_for(watched, following)
                return None
        if watched.frozen is None or watched.drawn is None:
            return None  # No answer to what was asked: it is asked again with the next round.
        return self._judge(watched, state)

    def _listed(
        self, watched: Watched, request: ListBets, said: BetsListed, state: HouseState
    ) -> ListBets | None:
        """Take a page of bets, and say which page is wanted next."""
        rows = tuple((bet.account, bet.spot, bet.chips) for bet in said.bets)
        from_start = (request.after_account, request.after_spot) == (0, 0)
        if from_start or watched.thorough:
            watched.pages = [*watched.pages, *rows]
            if not said.more:
                watched.rows = tuple(watched.pages)
                rows = watched.rows
            elif watched.thorough and rows and len(watched.pages) < MOST_BETS:
                return ListBets(0, watched.number, *rows[-1][:2])
            elif state.account:
                # Too long a list to fetch by itself: only one's own bets, which fit a page.
                return ListBets(0, watched.number, state.account - 1, len(SPOTS) - 1)
        watched.listed = {spot: chips for owner, spot, chips in rows if owner == state.account}
        return None

    def _proved(self, watched: Watched, said: ProofShown, state: HouseState) -> Verdict | None:
        if said.state in (RoundState.OPEN, RoundState.VOID):
            return self._bind(watched, NOT_FROZEN)
        commitments = {each.account: each.commitment for each in said.commitments}
        watched.seed_before = watched.seed_before or said.seed_before
        watched.law = watched.law or Law(said.wheel, said.zero)
        if watched.frozen is None:
            frozen = Frozen(commitments, said.bets_root, said.freeze)
            verdict = self._freeze(watched, frozen, state)
        else:
            verdict = self._bind(watched, said.freeze)
        if said.state is RoundState.SETTLED:
            secrets = {each.account: each.secret for each in said.reveals if each.shown}
            watched.drawn = watched.drawn or Drawn(said.seed, secrets, said.pocket)
        if watched.drawn:
            self._gather(watched, state)
        return verdict

    def _judge(self, watched: Watched, state: HouseState) -> Verdict:
        assert watched.frozen is not None
        assert watched.drawn is not None
        self._rounds.pop(watched.number, None)
        played = verdicts.Round(
            _table(state).draw,
            _table(state).anchor,
            watched.number,
            watched.seed_before,
            watched.frozen,
            watched.drawn,
            watched.rows,
            watched.law or PLAIN,
        )
        verdict = judge.judge(played, self._own(watched, state))
        return replace(verdict, failed=Step.FREEZE) if watched.taken_back else verdict

    def _own(self, watched: Watched, state: HouseState) -> Own:
        if watched.own is not None:
            return replace(watched.own, listed=watched.listed)
        watched.note(state)
        say, bets, payouts = watched.say, watched.bets, watched.paid
        if payouts is None:
            payouts = _paid(roulette(state).own_rounds, watched.number) if watched.torn else {}
        if watched.acknowledged is not None:
            bets = dict(watched.acknowledged)
        return Own(
            state.account,
            bets if state.account else None,
            watched.listed,
            say.commitment if say and say.taken else None,
            say.secret if say and say.shown else None,
            payouts if state.account else None,
            watched.linked,
        )


def _paid(rounds: Sequence[OwnRoundEntry], number: int) -> verdicts.Payouts | None:
    """What one was paid in a round of the past, if it was told."""
    return next((by_spot(each.payouts) for each in rounds if each.round_number == number), None)


def _table(state: HouseState) -> TableIntroduced:
    introduced = roulette(state).introduced
    assert introduced is not None, "no round without a table"
    return introduced
