from collections.abc import Sequence
from hashlib import sha256

import pytest

from protocol.fair import tree
from protocol.fair.hashes import Hash

SIZES = range(71)


def leaf(at: int) -> Hash:
    return sha256(b"leaf %d" % at).digest()


def tagged(tag: bytes, message: bytes) -> Hash:
    name = b"croupier/2/" + tag
    return sha256(bytes((len(name),)) + name + message).digest()


def by_definition(leaves: Sequence[Hash]) -> Hash:
    """RFC 6962 2.1, word for word but for the hashes of a leaf and of a node."""
    if not leaves:
        return tagged(b"empty", b"")
    if len(leaves) == 1:
        return leaves[0]
    split = below(len(leaves))
    return tagged(b"node", by_definition(leaves[:split]) + by_definition(leaves[split:]))


def path(leaves: Sequence[Hash], at: int) -> list[Hash]:
    """RFC 6962 2.1.1."""
    if len(leaves) == 1:
        return []
    split = below(len(leaves))
    if at < split:
        return [*path(leaves[:split], at), by_definition(leaves[split:])]
    return [*path(leaves[split:], at - split), by_definition(leaves[:split])]


def below(n: int) -> int:
    """The largest power of two below n."""
    power = 1
    while 2 * power < n:
        power *= 2
    return power


@pytest.mark.parametrize("n", SIZES)
def test_the_root_is_that_of_rfc_6962(n: int) -> None:
    leaves = [*map(leaf, range(n))]
    assert tree.root(leaves) == by_definition(leaves)


@pytest.mark.parametrize("n", SIZES)
def test_the_proofs_are_those_of_rfc_6962(n: int) -> None:
    leaves = [*map(leaf, range(n))]
    wanted = [path(leaves, at) for at in range(n)]
    assert [tree.proof(leaves, at) for at in range(n)] == wanted
    assert [*tree.proofs(leaves)] == wanted


@pytest.mark.parametrize("n", SIZES)
def test_each_proof_proves_its_own_leaf_at_its_own_place_and_nothing_else(n: int) -> None:
    leaves = [*map(leaf, range(n))]
    root = tree.root(leaves)
    for at in range(n):
        proof = tree.proof(leaves, at)
        assert tree.proves(root, n, at, leaves[at], proof)
        others = [index for index in range(-1, n + 3) if index != at]
        assert not any(tree.proves(root, n, index, leaves[at], proof) for index in others)
        assert not tree.proves(root, n, at, leaf(99), proof)
        assert not tree.proves(leaf(99), n, at, leaves[at], proof)
        assert not tree.proves(root, n, at, leaves[at], [*proof, leaf(99)])
        for bad in range(len(proof)):
            assert not tree.proves(root, n, at, leaves[at], [*proof[:bad], *proof[bad + 1 :]])
            other = [*proof[:bad], leaf(99), *proof[bad + 1 :]]
            assert not tree.proves(root, n, at, leaves[at], other)


def test_nothing_stands_in_a_tree_of_nothing() -> None:
    assert not tree.proves(tree.root(()), 0, 0, tree.root(()), ())


def test_the_length_of_a_proof_follows_from_where_it_stands() -> None:
    leaves = [*map(leaf, range(5))]
    assert [len(proof) for proof in tree.proofs(leaves)] == [3, 3, 3, 3, 1]


def test_with_another_count_a_proof_of_another_length_is_wanted() -> None:
    leaves = [*map(leaf, range(5))]
    assert not tree.proves(tree.root(leaves), 6, 4, leaves[4], tree.proof(leaves, 4))
