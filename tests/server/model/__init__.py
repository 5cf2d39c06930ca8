"""What a table ought to do, by its pages alone: a model to play beside the house.

It was written from the protocol page and the guides, not from `server`, and shares nothing with
it: its own layout, payouts, phases, clocks and people. Of `protocol` it takes what a message is,
its declared parties, phases and refusals, and the hashes of the draw. A request goes in, and out
comes what is lawful: the answer, and what everybody else has to hear of it. Where the pages were
silent it does as the house does, and they say so now, or a comment does.
"""

from tests.server.model.people import Expected, Person
from tests.server.model.state import Settings
from tests.server.model.table import TableModel

__all__ = ["Expected", "Person", "Settings", "TableModel"]
