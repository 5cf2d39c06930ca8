"""Every limit of the house, in one place; each can be set in the configuration file.

The sizes of frames, names and pages are not here: they belong to the protocol, and both ends count
on them (`protocol/limits.py`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a peer may cost the house."""

    sessions: int = 12_000
    """Connections at one time."""
    sessions_an_address: int = 100
    """Of those, from one address; in IPv6 from one /64 ..."""
    sessions_here: int = 12_000
    """... and from an address of this machine itself. Where a newcomer is one too many, the first
    goes of those who are more: strangers, or who have no seat under a name or are away. Who has
    a say in the round stays until it is over."""
    strangers: int = 512
    """Connections that have said nothing yet, and as many that greeted and did not sign in ..."""
    strangers_an_address: int = 16
    """... and of either, from one address. Over that, the one that came first is closed."""
    names_an_address: int = 200
    """New names from one address at once, then so many an hour; from this machine, any number."""
    sign_in_seconds: float = 10.0
    """From the connection to `SignedIn`, or to a classic registration."""
    wrong_passwords: int = 10
    """After so many on one connection it is closed."""
    guesses: int = 3
    """Wrong guesses at one secret from one address, the last of which begins a pause; 16 times as
    many from the /24 (in IPv6: the /48) around it, or from this machine as a whole ..."""
    guess_pause_seconds: float = 2.0
    """... so long, in which nothing is looked at. It doubles with each further wrong guess ..."""
    guess_pause_most: float = 300.0
    """... up to this."""
    guesses_forgotten_seconds: float = 900.0
    """So long after the pause the count begins again."""
    requests_a_second: float = 20.0
    """Whoever asks faster is read more slowly. Questions and long bets count for several ..."""
    request_burst: float = 60.0
    """... and so much may come at once."""
    requests_ahead: int = 4
    """So many of one client wait for the house; what follows is not even decoded before."""
    written_a_second: float = 2_200.0
    """Bytes of the books for one player's bets and take-backs, 96 for each request and 12 for each
    spot: 20 requests a second for one spot each, or one for all 161 ..."""
    written_burst: float = 64_000.0
    """... and so many at once: all spots laid or taken back 32 times. For more there is a wait."""
    logged_a_second: float = 1_000.0
    """Bytes of the log for what is asked for from one address, and for who comes and goes there
    without a name; for who comes under one, a quarter of it besides. All addresses together have
    four times as much ..."""
    logged_burst: float = 64_000.0
    """... and so many at once; all together 16 times as many. What is over that is left out."""
    outbox_bytes: int = 256 * 1024
    """What waits for a client that does not read; over this it is dropped."""
    send_buffer: int = 64 * 1024
    """What the system keeps on top of it for each connection."""
    read_bytes: int = 4096
    """What is read from one client at a time."""
    slow_seconds: float = 8.0
    """So long a client may take nothing of what waits for it."""
    ping_seconds: float = 5.0
    """Unheard for so long, a client is pinged."""
    silent_seconds: float = 13.0
    """Unheard for so long though it was pinged, a client counts as dead."""
    linger_seconds: float = 1.0
    """For a last word to be sent, before the connection is closed."""
    ack_timeout: float = 30.0
    """For a classic client to confirm the results."""
    keep_seat_seconds: float = 120.0
    """How long the seat of somebody who was cut off is kept."""
    inbox: int = 50_000
    """Requests that wait for the house, over all clients; then nobody is read."""
    broadcasts_a_second: float = 20.0
    """Changes of the bets; the roster has a fifth of it ..."""
    change_deliveries_a_second: float = 10_000.0
    """... and these times those who hear them, at all tables together: 10 000 people are
    told once a second."""
    away_seconds: float = 300.0
    """Who has done nothing for so long counts as away."""
    talk_a_second: float = 1.0
    """Lines that one person may say, to all and to single ones together ..."""
    talk_burst: float = 8.0
    """... and so many at once."""
    talk_deliveries_a_second: float = 20_000.0
    """Public lines times those who hear them: at a full table of 10 000, two lines a second."""
    storm_warn: int = 20
    """Who goes on though so many lines were refused as too fast is warned by the house ..."""
    storm_mute: int = 40
    """... then muted ..."""
    storm_kick: int = 80
    """... then thrown out."""
    storm_mute_seconds: float = 60.0
    """How long such a mute lasts."""
    storm_forgotten_seconds: float = 30.0
    """After so long a pause the count begins again."""
    shut_out_seconds: float = 300.0
    """Who was thrown out may not come back for so long."""
    private_sessions: int = 8
    """That one person may have asked for or be in, at one time."""
    ask_again_seconds: float = 30.0
    """Who was declined may ask the same person again after so long."""
