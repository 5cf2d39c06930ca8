"""Company at the table: players of several tempers, who bet as people do.

`tempers` what each kind lays, `player` one player's hands and `speaker` his mouth (pure: time and
chance are passed in), `phrases` what they say, `company` all of them at one table. They use the
same `client` package as the window.
"""
