"""Whether the disk has room. Pure: who looks at the disk says it here."""

from protocol.house.lists import Reason
from server.refusal import Refusal


class Disk:
    """What the whole house may still write."""

    def __init__(self) -> None:
        self.full = False
        """There is no room but for the rounds on the tables."""

    def verify_room(self) -> None:
        """Refuse what is written down and ends no round: the room that a full disk has left is for
        the rounds on the tables, and would be used up by people who lay, take back and bring names.
        """
        if self.full:
            words = "the house's disk is full: the round is settled, and nothing new is taken"
            raise Refusal(Reason.DISK_FULL, words)
