"""A tree of hashes, in the shape of RFC 6962: one root for any number of leaves.

A level is paired from the left, and who is left over rises as it is. So a proof is the siblings
from the leaf upward; how many they are, and on which side each stands, follows from the index and
how many leaves there are.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from protocol.fair.hashes import Hash, domain, tagged


def root(leaves: Sequence[Hash]) -> Hash:
    """The root over these leaves."""
    level = leaves
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else tagged("empty", b"")


def _above(level: Sequence[Hash]) -> list[Hash]:
    # Half of what a freeze of thousands costs is here: so each node is made in one line.
    left, right = level[::2], level[1::2]
    pairs = [sha256(NODE + one + other).digest() for one, other in zip(left, right, strict=False)]
    return [*pairs, *left[len(right) :]]


NODE = domain("node")


def _node(left: Hash, right: Hash) -> Hash:
    return sha256(NODE + left + right).digest()


def proof(leaves: Sequence[Hash], index: int) -> list[Hash]:
    """The siblings that lead from this leaf to the root."""
    siblings, level = [], leaves
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            siblings.append(level[sibling])
        level, index = _above(level), index // 2
    return siblings


def proofs(leaves: Sequence[Hash]) -> Iterator[list[Hash]]:
    """The same for each leaf, in their order."""
    tree = Tree(leaves)
    return (tree.proof(index) for index in range(len(leaves)))


class Tree:
    """With each level made once: for the root, and for proofs whenever somebody needs one."""

    def __init__(self, leaves: Sequence[Hash]) -> None:
        """The leaves must not change any more."""
        self._levels: list[tuple[int, int, Sequence[Hash]]] = []
        level = leaves
        while len(level) > 1:
            self._levels.append((len(self._levels), len(level), level))
            level = _above(level)
        self.root = level[0] if level else tagged("empty", b"")
        self.count = len(leaves)

    def proof(self, index: int) -> list[Hash]:
        """The siblings that lead from this leaf to the root."""
        return [
            level[sibling]
            for height, size, level in self._levels
            if (sibling := (index >> height) ^ 1) < size
        ]


def proves(root: Hash, count: int, index: int, leaf: Hash, siblings: Sequence[Hash]) -> bool:
    """Whether these siblings show that the leaf stands there, under this root of so many."""
    if not 0 <= index < count:
        return False
    here, last, rest = leaf, count - 1, list(siblings)[::-1]
    while last:
        if index & 1 or index < last:
            if not rest:
                return False
            sibling = rest.pop()
            here = _node(sibling, here) if index & 1 else _node(here, sibling)
        index, last = index // 2, last // 2
    return not rest and here == root
