"""What is kept instead of a password is compared to its end."""

from server.people.digests import same_digest


def test_digests_that_begin_alike_are_not_the_same() -> None:
    assert same_digest(b"ab", b"ab")
    assert not same_digest(b"ab", b"ac")
