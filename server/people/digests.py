"""What is kept and sent instead of a password or a token, and how it is compared. Pure."""

import hashlib
import hmac


def same_digest(digest: bytes, wanted: bytes) -> bool:
    """Whether it is the password, in a time that tells nothing."""
    return hmac.compare_digest(digest, wanted)


def password_digest(password: str) -> bytes:
    """What goes over the wire: SHA-512 of the UTF-8."""
    return hashlib.sha512(password.encode()).digest()


def token_digest(token: bytes) -> str:
    """What the books keep of a token."""
    return hashlib.sha256(token).hexdigest()
