"""The terminal client: words in, words out.

`words` (with `commands` and `vocabulary`) turns what a person types into one of the `intents`,
`orders` turns that into what the house is asked for, `telling` and `lists` turn what the house says
into lines, and `speech` holds the two languages. A game adds its own of each (`games`). `visit`
joins them and knows no terminal; `paper` (plain lines) and `live` (an edited line with a status
line under it) are the two kinds of screen.
"""
