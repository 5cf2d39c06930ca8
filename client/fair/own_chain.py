"""One's own chain: links that nobody can guess, each the commitment to the next."""

from protocol.fair.hashes import Account, Hash, link_before
from protocol.limits import CHAIN_LINKS


class OwnChain:
    """Of one account at one table."""

    def __init__(self, table: bytes, account: Account, secret: Hash, used: int = 0) -> None:
        """`secret` is its last link; `used` of them were shown."""
        self.secret = secret
        self.used = used
        links = [secret]
        for _ in range(CHAIN_LINKS):
            links.append(link_before(table, account, links[-1]))
        self._links = links[::-1]

    @property
    def first(self) -> Hash:
        """P_0, which is registered."""
        return self._links[0]

    @property
    def head(self) -> Hash:
        """The last link that was shown."""
        return self._links[self.used]

    @property
    def next(self) -> Hash | None:
        """The one that is asked for; nothing at the end."""
        return self._links[self.used + 1] if self.used < CHAIN_LINKS else None
