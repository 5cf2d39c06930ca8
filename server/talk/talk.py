"""Talk as the house keeps it: who may speak, at whatever table, and who is in session with whom.
Pure: the time is passed in. (What is said to a whole table is in `table_talk.py`.)

What is said privately is not here. It goes from the one who says it to the one whom it is for, and
nothing of it stays in the house.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from protocol.fair.hashes import Account
from protocol.house.lists import Reason, SessionEnd
from server.limits import Limits
from server.refusal import Refusal, in_ms, in_seconds


class Measure(Enum):
    """What the house does by itself about somebody who does not stop."""

    WARN = auto()
    MUTE = auto()
    KICK = auto()


@dataclass(slots=True)
class Speaker:
    """How much somebody has said lately. It outlives the seat and the connection."""

    used: float = 0.0
    """The moment up to which his lines are used up."""
    refused: int = 0
    """Lines that came too fast, without a quiet while in between."""
    refused_at: float = 0.0


@dataclass(slots=True)
class Ties:
    """Somebody's private sessions."""

    asked: set[Account] = field(default_factory=set)
    """Whom he has asked for one."""
    asked_by: set[Account] = field(default_factory=set)
    open: set[Account] = field(default_factory=set)

    @property
    def own(self) -> int:
        return len(self.asked) + len(self.open)


class Talk:
    """Who may speak, and every private session."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.muted: dict[Account, float] = {}
        """Until when; whoever may speak again leaves with `unmuted`."""
        self._speakers: dict[Account, Speaker] = {}
        self._ties: dict[Account, Ties] = {}
        self._declined: dict[tuple[Account, Account], float] = {}
        """Who may not ask whom again, and until when; the earliest in front."""

    # --- who may speak ------------------------------------------------------------------------

    def mute(self, account: Account, until: float) -> None:
        """Let somebody not speak until then."""
        self.muted[account] = until

    def unmute(self, account: Account) -> None:
        self.muted.pop(account, None)

    def unmuted(self, now: float) -> list[Account]:
        """Who may speak again since the last time this was asked."""
        free = [account for account, until in self.muted.items() if until <= now]
        for account in free:
            del self.muted[account]
        return free

    def is_muted(self, account: Account, now: float) -> bool:
        return self.muted.get(account, 0.0) > now

    def verify_speaker(self, account: Account, now: float) -> None:
        """Take one line from what he may say, or refuse it in words. Nobody else is asked."""
        if not account:
            raise Refusal(Reason.NOT_FOR_GUESTS, "who signed in without a name may only listen")
        speaker = self._speakers.setdefault(account, Speaker())
        if (left := self.muted.get(account, 0.0) - now) > 0:
            self._count_refusal(speaker, now)
            words = f"you may speak again in {in_seconds(left)}"
            raise Refusal(Reason.MUTED, words, figure=in_ms(left))
        rate, burst = self.limits.talk_a_second, self.limits.talk_burst
        ahead = max(speaker.used, now - burst / rate) + 1 / rate
        if (wait := ahead - now) > 0:
            self._count_refusal(speaker, now)
            words = f"too many lines: wait {in_seconds(wait)}"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(wait))
        speaker.used = ahead

    def due_measure(self, account: Account) -> Measure | None:
        """What the last refusal calls for."""
        limits, refused = self.limits, self._speakers[account].refused
        steps = {
            limits.storm_warn: Measure.WARN,
            limits.storm_mute: Measure.MUTE,
            limits.storm_kick: Measure.KICK,
        }
        return Measure.KICK if refused > limits.storm_kick else steps.get(refused)

    def _count_refusal(self, speaker: Speaker, now: float) -> None:
        if now - speaker.refused_at > self.limits.storm_forgotten_seconds:
            speaker.refused = 0
        speaker.refused += 1
        speaker.refused_at = now

    # --- private sessions ---------------------------------------------------------------------

    def ask(self, account: Account, other: Account, now: float) -> bool:
        """Ask for a session; True if the other had asked too, so that it starts now."""
        ties = self._ties.get(account, Ties())
        if other in ties.open or other in ties.asked:
            raise Refusal(Reason.NOT_NOW, "you have asked already, or are in session with them")
        mutual = other in ties.asked_by
        while self._declined and next(iter(self._declined.values())) <= now:
            del self._declined[next(iter(self._declined))]
        if not mutual and (left := self._declined.get((account, other), now) - now) > 0:
            words = f"they declined: you may ask again in {in_seconds(left)}"
            raise Refusal(Reason.TOO_FAST, words, figure=in_ms(left))
        if ties.own >= self.limits.private_sessions:
            raise Refusal(Reason.OTHER, f"{ties.own} private sessions are the most: end one first")
        if mutual:
            self._start(account, other)
            return True
        self._of(account).asked.add(other)
        self._of(other).asked_by.add(account)
        return False

    def answer(self, account: Account, asker: Account, now: float, *, accepted: bool) -> None:
        """Accept or decline what the other asked for."""
        if asker not in self._ties.get(account, Ties()).asked_by:
            raise Refusal(Reason.NO_SUCH_SESSION, "they do not ask you for a private session")
        if not accepted:
            self._decline(account, asker, now)
            return
        if self._of(account).own >= self.limits.private_sessions:
            most = self.limits.private_sessions
            raise Refusal(Reason.OTHER, f"{most} private sessions are the most: end one first")
        self._start(account, asker)

    def end(self, account: Account, other: Account, now: float) -> SessionEnd:
        """End a session, take a request back, or decline one; how it ended."""
        ties = self._ties.get(account, Ties())
        if other in ties.asked_by:
            self._decline(account, other, now)
            return SessionEnd.DECLINED
        for accounts, why in ((ties.open, SessionEnd.ENDED), (ties.asked, SessionEnd.WITHDRAWN)):
            if other in accounts:
                self._part(account, other)
                return why
        raise Refusal(Reason.NO_SUCH_SESSION, "there is no private session with them")

    def verify_session(self, account: Account, other: Account) -> None:
        if other not in self._ties.get(account, Ties()).open:
            raise Refusal(Reason.NO_SUCH_SESSION, "there is no private session with them")

    def leave(self, account: Account) -> list[Account]:
        """He is not there any more; with whom he was in session, or about to be."""
        ties = self._ties.get(account, Ties())
        others = sorted(ties.open | ties.asked | ties.asked_by)
        for other in others:
            self._part(account, other)
        return others

    def _decline(self, account: Account, asker: Account, now: float) -> None:
        self._part(account, asker)
        self._declined.pop((asker, account), None)
        self._declined[asker, account] = now + self.limits.ask_again_seconds

    def _of(self, account: Account) -> Ties:
        return self._ties.setdefault(account, Ties())

    def _start(self, account: Account, other: Account) -> None:
        self._part(account, other)
        self._of(account).open.add(other)
        self._of(other).open.add(account)

    def _part(self, account: Account, other: Account) -> None:
        for one, two in ((account, other), (other, account)):
            ties = self._of(one)
            for accounts in (ties.open, ties.asked, ties.asked_by):
                accounts.discard(two)
            if not (ties.own or ties.asked_by):
                del self._ties[one]
