"""Everything that a client of ours needs to be at a table, put together."""

import secrets
import time
from collections.abc import Callable

from client.classic import ClassicDialogue
from client.dialogue import Dialogue, Means
from client.link import Link
from client.modern import ModernDialogue
from client.requests import Enter
from client.store import Place, Store
from protocol.fairness import SECRET_SIZE


def connect(
    host: str,
    port: int,
    enter: Enter | None,
    *,
    store: Store,
    classic: bool = False,
    on_news: Callable[[], None] | None = None,
) -> Link:
    """A started link. Without `enter` it waits at the door until it is wanted."""
    means = Means(
        lambda: secrets.token_bytes(SECRET_SIZE),
        lambda: time.time_ns() // 1_000_000,
        Place(store, host, port),
        store.save_evidence,
    )
    speaks: Dialogue = ClassicDialogue(means, enter) if classic else ModernDialogue(means, enter)
    link = Link(host, port, speaks, on_news=on_news)
    link.start()
    return link
