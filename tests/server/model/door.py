"""Coming to the model's table and going: names, seats, lost lines, and who is thrown out."""

from typing import Any

from protocol.games.roulette import rounds
from protocol.house import door
from protocol.house.lists import Farewell, Notice, Presence, Reason, Seat
from protocol.house.people import ChipsGranted, HandOver, KickPlayer
from tests.server.model.people import Expected, Person
from tests.server.model.rounds import Faults, done
from tests.server.model.state import Fault
from tests.server.model.talk import Talk, millis, unfit


class Door(Talk):
    """Who comes and goes."""

    # Lines

    def connect(self, line: str, address: str, *, classic: bool = False) -> None:
        self.lines[line], self.address[line] = None, address
        if classic:
            self.classic.add(line)

    def hang_up(self, line: str) -> None:
        """A line is lost: who had it keeps his seat for a while."""
        who = self.lines.pop(line)
        self.unconfirmed.pop(line, None)
        if who is None or who.line != line:
            return
        who.line = None
        self.no_say(who)
        if not who.account:
            who.seat = Seat.NONE
        elif who.leaving:
            self.part(who)
        elif line in self.classic:
            self.go(who)  # So one leaves in this dialect.
        elif who.seat:
            was, who.presence, who.cut = who.presence, Presence.CUT_OFF, self.now
            if was is not Presence.CUT_OFF:  # He had come back, and did not sit down.
                self.notice(who, Notice.CUT_OFF)
        self.end_sessions(who)

    # Names

    def judge_sign_in(self, line: str, request: door.SignIn) -> Faults:
        if self.table_digest and request.house_password != self.table_digest:
            yield Fault(Reason.WRONG_TABLE_PASSWORD)
        if request.name and unfit(request.name):
            yield Fault(Reason.NAME_UNFIT)
        known = self.named(request.name)
        if known is None:
            until = self.out.get(self.address[line], 0) if request.name else 0
        else:
            until = known.out_until
            elsewhere = bool(known.chips) and known.address != self.address[line]
            if not known.token:
                # A classic player's, who proves nothing: whoever comes first may have it.
                if known.line or elsewhere:
                    yield Fault(Reason.NAME_TAKEN)
            elif not request.token:
                yield Fault(Reason.NAME_TAKEN)
            elif request.token != known.token:
                yield Fault(Reason.WRONG_TOKEN)
        if until > self.now:
            yield Fault(Reason.SHUT_OUT, millis(until - self.now))

    def sign_in(self, line: str, request: door.SignIn, given: door.SignedIn) -> Expected:
        who = self.named(request.name) or self._enroll(request, given)
        if who.account:
            who.token = who.token or request.token or given.token
        granted = 0
        if who.line is not None:
            self._replace(who, who.line)
        if who.account and not who.wallet and not who.chips:
            granted = self.grant(who)
        who.line, who.address = line, self.address[line]
        self.lines[line] = who
        if granted:
            self.tell(line, ChipsGranted, amount=granted, balance=who.wallet)
        known = {"account": who.account, "name": who.name, "token": who.token}
        chips = {"balance": who.wallet, "next_number": who.last + 1}
        return Expected(door.SignedIn, {"number": request.number, **known, **chips})

    def _enroll(self, request: door.SignIn, given: door.SignedIn) -> Person:
        if not request.name:
            return Person(0, "", "")
        assert given.account not in {0, *self.people}, "an account that somebody has"
        assert len(given.token) == 32
        who = Person(given.account, request.name, "", request.token or given.token)
        who.lines_left = self.rules.talk_burst
        self.people[who.account] = who
        self.grant(who)
        return who

    def _replace(self, who: Person, line: str) -> None:
        """His older line ends; the seat is kept. (Whether others hear of it, no page says.)"""
        self.tell(line, door.Goodbye, reason=Farewell.REPLACED)
        del self.lines[line]
        self.no_say(who)
        if who.seat:
            who.presence, who.cut = Presence.CUT_OFF, self.now
        self.end_sessions(who)

    # Seats

    def judge_seat(self, who: Person, request: door.TakeSeat) -> Faults:
        if request.seat is Seat.NONE:
            yield Fault(Reason.OTHER)
        elif not who.account and request.seat is not Seat.WATCHER:
            yield Fault(Reason.NOT_FOR_GUESTS)
        if request.seat is Seat.CROUPIER:
            if request.croupier_password != self.croupier_digest:
                yield Fault(Reason.WRONG_CROUPIER_PASSWORD)
            there = self.croupier
            if there and there is not who and there.present:
                yield Fault(Reason.SEAT_TAKEN)
            if who.chips:
                yield Fault(Reason.NOT_NOW)

    def take_seat(self, who: Person, request: door.TakeSeat, _: Any) -> Expected:
        self.sit(who, request.seat)
        return Expected(door.SeatTaken, {"number": request.number, "seat": request.seat})

    def sit(self, who: Person, seat: Seat) -> None:
        was, presence = who.seat, who.presence
        cut = presence is Presence.CUT_OFF
        relieved = self.croupier if seat is Seat.CROUPIER else None
        if relieved and relieved is not who:
            relieved.seat, relieved.presence = Seat.NONE, Presence.GONE
            self.end_sessions(relieved)
        who.seat, who.presence = seat, Presence.HERE
        met = {"draw": self.table, "auto_seconds": self.auto, "table_most": self.rules.table_most}
        plaque = tuple(enumerate(self.rules.plaque.values()))
        rows = tuple((group, *bounds) for group, bounds in plaque)
        self.tell(who.line, rounds.TableIntroduced, **met, plaque=rows, **self.law)
        self.tell(who.line, rounds.TableShown, **self.shown(who))
        self.say_draw(who)
        if relieved and relieved is not who:
            self.notice(relieved, Notice.CROUPIER_LEFT)
        if was is Seat.CROUPIER and seat is not was:
            self.notice(who, Notice.CROUPIER_LEFT)
        if presence is Presence.AWAY:
            self.notice(who, Notice.BACK)
        if seat is Seat.CROUPIER and (was is not seat or cut):
            self.notice(who, Notice.CROUPIER_CAME)
        elif cut or not was:
            self.notice(who, Notice.RESUMED if cut else Notice.JOINED)

    def leave_seat(self, who: Person, request: door.LeaveSeat, _: Any) -> Expected:
        self.no_say(who)
        self.go(who)
        return done(request)

    def go(self, who: Person) -> None:
        """Stand up for good: by himself, or because the seat was kept long enough."""
        croupier = who.seat is Seat.CROUPIER
        who.seat, who.presence = Seat.NONE, Presence.GONE
        self.notice(who, Notice.CROUPIER_LEFT if croupier else Notice.LEFT)
        self.end_sessions(who)

    def doze(self, who: Person) -> None:
        who.presence = Presence.AWAY
        self.notice(who, Notice.AWAY)

    def act(self, who: Person) -> None:
        """He did something himself."""
        who.acted = self.now
        if who.presence is Presence.AWAY:
            who.presence = Presence.HERE
            self.notice(who, Notice.BACK)

    # The croupier

    def kick(self, _: Person, request: KickPlayer, __: Any) -> Expected:
        self.throw_out(self.people[request.account], request.words)
        return done(request)

    def throw_out(self, who: Person, words: str = "") -> None:
        who.out_until = self.out[who.address] = self.now + self.rules.shut_out_seconds
        self.notice(who, Notice.KICKED, words)
        if who.line is not None and self.has_say(who.account):
            who.leaving = True
        else:
            self.part(who)

    def part(self, who: Person) -> None:
        line, who.line, who.leaving = who.line, None, False
        self.no_say(who)
        if line is not None:
            self.tell(line, door.Goodbye, reason=Farewell.KICKED)
            self.unconfirmed.pop(line, None)
            del self.lines[line]
        who.seat, who.presence = Seat.NONE, Presence.GONE
        self.end_sessions(who)

    def judge_hand_over(self, who: Person, request: HandOver) -> Faults:
        other = self.reachable(who, request.account)
        if other is None or other.presence is not Presence.HERE or other.leaving:
            yield Fault(Reason.NO_SUCH_PLAYER)
        elif other.chips:
            yield Fault(Reason.NOT_NOW)

    def hand_over(self, who: Person, request: HandOver, _: Any) -> Expected:
        for each, seat in ((who, Seat.PLAYER), (self.people[request.account], Seat.CROUPIER)):
            self.tell(each.line, door.SeatTaken, number=0, seat=seat)
            self.sit(each, seat)
        return done(request)
