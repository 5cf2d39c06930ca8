"""The part of the table scene that keeps one's own limits and tells the hours of a night."""

from dataclasses import replace
from typing import ClassVar

from client.local_time import local_time
from client_gui.kit.words import signed
from client_gui.shell import intents as ask
from client_gui.shell.frame import Frame
from client_gui.shell.own_limits import LOSSES, MINUTES, Amount, Limit, OwnLimits
from client_gui.shell.parts.part import Press, Step, TablePart
from client_gui.shell.scene import Intents
from client_gui.shell.view import Role

MINUTE = 60.0


class OwnLimitsPart(TablePart):
    _over = False
    """Whether it was told that a limit has been reached."""

    def greet(self, own_limits: OwnLimits, hour: float, now: float) -> None:
        """The person has sat down, at this hour."""
        self.ui.epoch = hour - now
        self.ui.own_limits = own_limits.sit(hour)

    def mind(self, hour: float, now: float) -> Intents:
        """Look at the clock. The hour comes from outside: a computer that slept has missed some."""
        self.ui.epoch = hour - now
        own_limits, frame = self.ui.own_limits, self.frame(now)
        strikes = own_limits.hours(hour) > own_limits.told
        if strikes:
            self.ui.own_limits = own_limits = replace(own_limits, told=own_limits.hours(hour))
            self._tell(frame, self._hour_words(frame, own_limits.told))
        over = frame.view.role is Role.PLAYER and own_limits.is_over(frame.net, hour)
        if over and not self._over:
            key = "own_time" if own_limits.time_is_up(hour) else "own_loss"
            self._tell(frame, self.words(f"note.{key}"))
            self.note(self.words(f"note.{key}"), None, now)
        self._over = over
        late = not own_limits.seen <= hour < own_limits.seen + MINUTE
        if (strikes or late) and not self.moves(now):
            return self._keep(own_limits.sit(hour))
        return []

    def _hour_words(self, frame: Frame, hours: int) -> str:
        if frame.view.role is not Role.PLAYER:
            return self.words.count("own_limits.hours", hours)
        return self.words.count("own_limits.hours_net", hours, net=signed(frame.net))

    def _tell(self, frame: Frame, text: str) -> None:
        clock = local_time(round(frame.hour * 1000))
        self.ui.talk.tell(self.known, clock, text)

    def due(self, now: float) -> float:
        """The clock shows minutes."""
        if not self.ui.own_limits.seen:
            return super().due(now)
        spent = self.ui.own_limits.spent(self.ui.epoch + now)
        return min(now + MINUTE - spent % MINUTE, super().due(now))

    # Limits

    def _ask(self, old: Limit, steps: tuple[Amount, ...], by: int, now: float) -> Limit:
        """Ask for the next higher or lower one; a higher one waits, and it is said how long."""
        hour = self.ui.epoch + now
        new = old.step(by, steps, hour)
        if new.waits(hour):
            at = local_time(round(new.counts_from * 1000))
            self.note(self.words("note.own_waits", time=at), None, now)
        return new

    def _loss(self, by: int, now: float) -> Intents:
        limit = self._ask(self.ui.own_limits.loss, LOSSES, by, now)
        return self._keep(replace(self.ui.own_limits, loss=limit))

    def _minutes(self, by: int, now: float) -> Intents:
        limit = self._ask(self.ui.own_limits.minutes, MINUTES, by, now)
        return self._keep(replace(self.ui.own_limits, minutes=limit))

    def _keep(self, own_limits: OwnLimits) -> Intents:
        self.ui.own_limits = own_limits
        return [ask.KeepOwnLimits(own_limits)]

    def _lower_loss(self, now: float) -> Intents:
        return self._loss(-1, now)

    def _lower_minutes(self, now: float) -> Intents:
        return self._minutes(-1, now)

    STEPS: ClassVar[dict[str, Step]] = {"loss": _loss, "minutes": _minutes}
    BUTTONS: ClassVar[dict[str, Press]] = {
        "set:loss": _lower_loss,
        "set:minutes": _lower_minutes,
    }
