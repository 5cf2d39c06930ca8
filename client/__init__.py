"""What every client of ours shares: the connection, the requests, and what is known of the table.

`link` is the thread that holds the line; it speaks through a dialogue (`modern` or `classic`, both
without a socket inside), which follows the table in a `HouseState` made by `reduce.reduce`.
`requests` says what a person wants as a request, `store` keeps tokens. What it knows of a game, and
how it checks a round, is in `games`. No screen: a window, a terminal and a bot use it alike.
"""
