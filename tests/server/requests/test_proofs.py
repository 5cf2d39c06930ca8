"""What it takes to check a round, asked for in each of its states: no more than is open by then."""

from protocol import fairness
from protocol.games.roulette.desk import CloseBetting, StartSpin, VoidRound
from protocol.games.roulette.fields import Commitment, Reveal
from protocol.games.roulette.lists import RoundState
from protocol.games.roulette.records import AskProof, ProofShown
from protocol.games.roulette.rounds import BettingClosed, CommitSecret, RevealSecret, RoundSettled
from protocol.house.door import Refused
from protocol.house.lists import Reason, Seat
from server.people.people import Client
from tests.server.pure import SEEDS, PureHouse

ZEROS = bytes(32)


def secret(client: Client) -> bytes:
    return bytes([client.account]) * 32


def sealed(pure: PureHouse, client: Client) -> bytes:
    return fairness.commitment(SEEDS.table, pure.round, client.account, secret(client))


def asked(pure: PureHouse, client: Client, number: int = 1) -> ProofShown:
    proof = pure.ask(client, AskProof(60, number))
    assert isinstance(proof, ProofShown)
    assert (proof.number, proof.round_number, proof.draw) == (60, number, SEEDS.table)
    return proof


def hashes(proof: ProofShown) -> tuple[bytes, ...]:
    return proof.seed, proof.bets_root, proof.freeze, proof.reveals_hash


def test_a_proof_grows_with_the_round_and_holds_at_its_end() -> None:
    pure = PureHouse()
    anna, bert = pure.seated("Anna"), pure.seated("Bert")
    boss = pure.seated("Boss", Seat.CROUPIER)
    pure.bet(anna, (17, 10))
    for client in (bert, anna):
        pure.hear(client, CommitSecret(50, 1, sealed(pure, client)))
    commitments = tuple(Commitment(each.account, sealed(pure, each)) for each in (anna, bert))

    proof = asked(pure, boss)
    assert (proof.state, proof.seed_before, proof.pocket) == (RoundState.OPEN, SEEDS.seed(0), 0)
    assert hashes(proof) == (ZEROS, ZEROS, ZEROS, ZEROS)
    assert (proof.commitments, proof.reveals) == (commitments, ())

    pure.hear(boss, CloseBetting(9, 1))
    (closed,) = pure.told(BettingClosed)
    pure.hear(bert, RevealSecret(51, 1, secret(bert)))
    proof = asked(pure, boss)
    assert proof.state is RoundState.FROZEN
    assert hashes(proof) == (ZEROS, closed.bets_root, closed.freeze, ZEROS)
    assert closed.bets_root == fairness.bets_root([(anna.account, 17, 10)])
    assert (proof.commitments, proof.reveals) == (commitments, ())

    pure.advance(3)
    shown = (Reveal(anna.account, False, ZEROS), Reveal(bert.account, True, secret(bert)))
    revealed = fairness.reveals_hash(
        closed.freeze,
        {each.account: each.commitment for each in commitments},
        {bert.account: secret(bert)},
    )
    proof = asked(pure, boss)
    assert proof.state is RoundState.REVEALED
    assert hashes(proof) == (ZEROS, closed.bets_root, closed.freeze, revealed)
    assert (proof.commitments, proof.reveals) == (commitments, shown)

    pure.hear(boss, StartSpin(9, 1))
    (settled,) = pure.told(RoundSettled)
    proof = asked(pure, boss)
    assert (proof.state, proof.pocket) == (RoundState.SETTLED, settled.pocket)
    assert proof.seed_before == SEEDS.seed(0)
    assert hashes(proof) == (SEEDS.seed(1), closed.bets_root, closed.freeze, revealed)
    assert (proof.commitments, proof.reveals) == (commitments, shown)
    assert settled.reveals == shown
    assert settled.pocket == fairness.draw(proof.seed, proof.freeze, proof.reveals_hash)


def test_a_voided_round_proves_its_seed_and_nothing_else() -> None:
    pure = PureHouse()
    anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
    pure.bet(anna, (17, 10))
    pure.hear(anna, CommitSecret(50, 1, sealed(pure, anna)))
    pure.hear(boss, VoidRound(9, 1, "spilt wine"))
    proof = asked(pure, anna)
    assert (proof.state, proof.pocket, proof.seed_before) == (RoundState.VOID, 0, SEEDS.seed(0))
    assert hashes(proof) == (SEEDS.seed(1), ZEROS, ZEROS, ZEROS)
    assert (proof.commitments, proof.reveals) == ((), ())
    assert asked(pure, anna, 2).seed_before == SEEDS.seed(1)


def test_the_last_round_of_a_table_is_proved_whole_though_none_follows() -> None:
    for order in (StartSpin(9, 2), VoidRound(9, 2, "spilt wine")):
        pure = PureHouse(last_round=2)
        anna, boss = pure.seated("Anna"), pure.seated("Boss", Seat.CROUPIER)
        for said in (StartSpin(8, 1), order):
            pure.bet(anna, (17, 10))
            pure.hear(boss, said)
        assert pure.round == 2
        proof, done = asked(pure, anna, 2), pure.shelf.rounds[1, 2]
        assert (proof.seed_before, proof.seed) == (SEEDS.seed(1), SEEDS.seed(2))
        void = isinstance(order, VoidRound)
        assert proof.state is (RoundState.VOID if void else RoundState.SETTLED)
        if not void:
            assert proof.pocket == fairness.draw(proof.seed, proof.freeze, proof.reveals_hash)
            assert f'"pocket":{proof.pocket}' in done.record


def test_a_round_that_never_was_proves_nothing() -> None:
    pure = PureHouse()
    anna = pure.seated("Anna")
    for number in (0, 2, 2**62 - 1, 2**62, 2**64 - 1):
        answer = pure.ask(anna, AskProof(60, number))
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.NO_SUCH_ROUND
