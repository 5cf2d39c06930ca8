"""The sizes that are part of the protocol: both ends count on them, and the page names them."""

NAME_BYTES = 64
"""A player's name, the table's name and a program's name, in UTF-8."""
LINE_BYTES = 400
"""A line of talk, an announcement or a reason, in UTF-8."""
BETS_A_REQUEST = 161
"""One for each spot of the larger layout."""
REQUEST_NUMBERS = 2**62
"""The number of a request that moves chips is under it, so that there is always a next one."""
ANSWERS_KEPT = 100
"""Of the requests that moved an account's chips in a round, so many of the last are answered again
if they are repeated, until the second round after."""

STRANGER_FRAME_BYTES = 1024
"""A whole frame from a client that has not signed in."""
CLIENT_FRAME_BYTES = 4096
"""A whole frame from a client that has."""
SERVER_FRAME_BYTES = 65536
"""A whole modern frame from a server."""
CLASSIC_NAME_BYTES = 1018
"""A name in a classic frame, as far as it is read at all. What fits a table is `NAME_BYTES`."""
CLASSIC_REPLY_BYTES = 1 << 20
"""A whole classic reply from a server ..."""
CLASSIC_ROWS = 14_000
"""... and so many bets or results fit it, whatever the names; the rest is left out."""

TOP_RESULTS = 10
"""The results that everybody is told of one round."""
CHANGES_A_BROADCAST = 32
"""The single changes that a broadcast carries; for the rest there are pages."""
BETS_A_PAGE = 512
"""The rows of one `BetsListed`."""
TABLES_A_PAGE = 64
"""The rows of one `TablesListed`."""
PLAYERS_A_PAGE = 128
"""The rows of one `PlayersListed`."""
ROUNDS_A_PAGE = 64
"""The rows of one `RoundsListed`."""
OWN_ROUNDS_A_PAGE = 8
"""The rows of one `OwnRoundsListed`; fewer, where they have more than `BETS_A_PAGE` bets."""
RESULTS_KEPT = 500
"""The pockets that the table's statistics are made from."""
TALK_KEPT = 50
"""The public lines that somebody who comes late may read."""

CHAIN_LINKS = 4096
"""The links of a player's chain."""
LINKS_A_PAGE = 512
"""Up to so many contributors everybody who has a say is shown all links; they are also the rows of
one `LinksListed`."""
OWN_STAKES = 192
"""The bets of one account in a round."""
SIBLINGS = 32
"""The hashes of a proof; so many lead through any tree that fits its count."""
RULES_BYTES = 200
"""The rules of a table, as they are frozen."""
STATE_BYTES = 128
"""What a game has in its shoe or cage, as it is frozen."""
DETAIL_BYTES = 8192
"""What a step says of itself."""
STEPS_A_ROUND = 250
"""Steps that a round is proved by; the rest is left out, ..."""
STEP_BYTES = 64
"""... and so is whatever comes behind one that says more of itself."""
LANGUAGES = 4
"""The languages that a small game has its words in, ..."""
LANGUAGE_BYTES = 16
"""... the name of each, as `en` ..."""
SENTENCES = 64
"""... the sentences in each, ..."""
SENTENCE_BYTES = 200
"""... and each of those, in UTF-8."""
FORM_LINES = 32
"""The lines of a form."""
PARTS = 4
"""The gaps in one of them, ..."""
PART_BYTES = 160
"""... and what stands in one, in UTF-8."""
ACTIONS = 6
"""What one may do with a form at a time, ..."""
CHOICES = 10
"""... and what one may choose from in one of those."""
