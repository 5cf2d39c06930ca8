"""Company at the table: players of several tempers, who play as people do.

`games` has their hands at each game, `speaker` their mouth (pure: time and chance are passed in),
`phrases` what they say, `company` all of them at one table. They use the same `client` package as
the window.
"""
