"""Everything that a client of ours needs to be at a table, put together."""

import secrets
import time
from collections.abc import Callable
from functools import partial

from client.classic import ClassicDialogue
from client.dialogue import Dialogue
from client.diary import Diary
from client.link import Link
from client.means import Means
from client.modern import ModernDialogue
from client.requests import Enter
from client.store import Place, Store
from protocol.fair.hashes import HASH_SIZE


def connect(
    host: str,
    port: int,
    enter: Enter | None,
    *,
    store: Store,
    classic: bool = False,
    diary: bool = True,
    on_news: Callable[[], None] | None = None,
) -> Link:
    """A started link. Without `enter` it waits at the door until it is wanted.

    With a `diary` one's own rounds are kept on this computer.
    """
    means = Means(
        lambda: secrets.token_bytes(HASH_SIZE),
        lambda: time.time_ns() // 1_000_000,
        Place(store, host, port),
        store.save_evidence,
        partial(Diary, store.folder) if diary else None,
    )
    speaks: Dialogue = ClassicDialogue(means, enter) if classic else ModernDialogue(means, enter)
    link = Link(host, port, speaks, on_news=on_news)
    link.start()
    return link
