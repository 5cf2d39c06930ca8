"""A night as one page of HTML, to be sent to friends: read on a phone as on a sheet of paper. Pure.

Names come from other people: all text is escaped, and the page loads and runs nothing.
"""

from collections.abc import Iterator
from html import escape

from client.games.roulette.night.night import Night, Played
from client.games.roulette.night.paper import Paper, written
from protocol.games.roulette.rules import colour
from protocol.text import as_name


def page(paper: Paper) -> str:
    """One file of HTML: it is read on a phone as on a sheet of paper."""
    words, night = paper.words, paper.night
    rounds = night.rounds
    where = words("paper.where", table=paper.table)
    if rounds:
        first, last = paper.when(rounds[0].at), paper.when(rounds[-1].at)
        where += " · " + words("paper.when", first=first, last=last)
    body = (
        f"<header><h1>{escape(paper.title)}</h1><p>{escape(where)}</p></header>",
        _figures(paper),
        *(_story(paper) if rounds else (f"<p>{escape(words('paper.none'))}</p>",)),
        f"<footer>{escape(words('paper.foot'))}</footer>",
    )
    title = escape(f"{paper.title} · {as_name(paper.table)}")
    return _PAGE.format(language=words.language, title=title, style=STYLE, body="\n".join(body))


def _story(paper: Paper) -> Iterator[str]:
    words = paper.words
    yield f"<h2>{escape(words('paper.curve'))}</h2>"
    yield _curve(paper.night)
    yield f"<h2>{escape(words('paper.each'))}</h2>"
    rows = "".join(_row(paper, each) for each in reversed(paper.night.rounds))
    keys = (
        ("players", "staked", "paid_out") if paper.night.house else ("bets", "staked", "returned")
    )
    last = "house_net" if paper.night.house else "net"
    heads = "".join(
        f'<th class="{key}">{escape(words(f"paper.{key}"))}</th>'
        for key in ("round", "time", "number", *keys, last)
    )
    yield f"<table><thead><tr>{heads}<th></th></tr></thead><tbody>{rows}</tbody>"
    night = paper.night
    total = escape(words("paper.total"))
    yield (
        f'<tfoot><tr><td colspan="4">{total}</td><td class="sum">{written(night.staked)}</td>'
        f'<td class="sum">{written(night.returned)}</td><td class="sum">{_net(night.net)}</td>'
        "<td></td></tr></tfoot></table>"
    )


def _figures(paper: Paper) -> str:
    words, night = paper.words, paper.night
    extremes = [
        (key, f"{_net(each.net)} <small>№ {each.round}</small>")
        for key, each in (("best", night.best), ("worst", night.worst))
        if each is not None
    ]
    figures = (
        ("house_net" if night.house else "net", _net(night.net)),
        ("rounds", written(len(night.counted))),
        *(() if night.house else (("won", written(night.won)),)),
        ("staked", written(night.staked)),
        ("paid_out" if night.house else "returned", written(night.returned)),
        *extremes,
    )
    cards = "".join(
        f"<div><dt>{escape(words(f'paper.{key}'))}</dt><dd>{value}</dd></div>"
        for key, value in figures
    )
    return f"<dl>{cards}</dl>"


def _row(paper: Paper, each: Played) -> str:
    sums = (written(each.staked), written(each.returned))
    mark = {True: "✓", False: "✗", None: ""}[each.verified]
    middle = str(each.players) if paper.night.house else _bets(paper, each)
    tint = "void" if each.pocket is None else colour(each.pocket).name.lower()
    tile = f'<b class="tile {tint}">{paper.number(each) or "–"}</b>'
    cells = (
        ("round", str(each.round)),
        ("time", escape(paper.when(each.at).partition(" ")[2])),
        ("number", tile),
        ("players" if paper.night.house else "bets", middle),
        ("sum", sums[0]),
        ("sum", sums[1]),
        ("sum", _net(each.net) if each.pocket is not None else escape(paper.colour(each))),
        ("check", f'<abbr title="{escape(paper.check(each))}">{mark}</abbr>' if mark else ""),
    )
    of = escape(paper.words("paper.players"))
    return "<tr>" + "".join(_data(name, value, of) for name, value in cells) + "</tr>"


def _data(name: str, value: str, of: str) -> str:
    """A cell; on a phone the number of players stands alone, and says what it is."""
    called = f' data-of="{of}"' if name == "players" else ""
    return f'<td class="{name}"{called}>{value}</td>'


def _bets(paper: Paper, each: Played) -> str:
    return "".join(
        f'<span class="{"hit" if bet.returned else "miss"}">{escape(paper.spot(bet.spot))}'
        f" <i>{written(bet.stake)}</i></span> "
        for bet in each.bets
    )


def _net(n: int) -> str:
    tint = "up" if n > 0 else "down" if n < 0 else "even"
    return f'<span class="{tint}">{"+" if n > 0 else ""}{written(n)}</span>'


WIDE, HIGH, MARGIN = 640, 180, 14


def _curve(night: Night) -> str:
    points = night.curve
    low, top = min(points), max(points)
    span = max(1, top - low)

    def x(at: int) -> str:
        return f"{MARGIN + (WIDE - 2 * MARGIN) * at / max(1, len(points) - 1):.1f}"

    def y(value: int) -> str:
        return f"{MARGIN + (HIGH - 2 * MARGIN) * (top - value) / span:.1f}"

    line = " ".join(f"{x(at)},{y(value)}" for at, value in enumerate(points))
    last = len(points) - 1
    label = escape(f"{written(low)} … {written(top)}")
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">'
        f'<polygon points="{x(0)},{y(0)} {line} {x(last)},{y(0)}"/>'
        f'<line x1="0" x2="{WIDE}" y1="{y(0)}" y2="{y(0)}"/>'
        f'<polyline points="{line}"/><circle cx="{x(last)}" cy="{y(points[-1])}" r="4"/>'
        f'<text x="{MARGIN}" y="{MARGIN}">{written(top)}</text>'
        f'<text x="{MARGIN}" y="{HIGH - 3}">{written(low)}</text></svg>'
    )


_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""

STYLE = """
:root { color-scheme: light; --ink: #14211c; --quiet: #4d5f57; --line: #d5ddd7; --gold: #8a6a1f;
  --up: #0c6b41; --down: #a11a26; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.2rem; background: #fbfaf5; color: var(--ink);
  font: 16px/1.45 "Source Sans Pro", "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header { border-bottom: 3px solid var(--gold); margin-bottom: 1rem; }
h1 { margin: 0; font-size: 1.7rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
header p, footer { color: var(--quiet); margin: .2rem 0 .8rem; overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .6rem;
  font-size: .85rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem;
  margin: 0; }
dl div { border: 1px solid var(--line); border-radius: .6rem; padding: .5rem .8rem;
  background: #fff; }
dt { color: var(--quiet); font-size: .85rem; }
dd { margin: 0; font-size: 1.25rem; font-weight: 700; font-variant-numeric: tabular-nums; }
small { display: block; color: var(--quiet); font-weight: 400; font-size: .8rem; }
td.time { white-space: nowrap; }
.up { color: var(--up); } .down { color: var(--down); }
svg { width: 100%; height: auto; background: #0e3c2e; border-radius: .6rem; }
polyline { fill: none; stroke: #e0bc63; stroke-width: 2.5; stroke-linejoin: round; }
polygon { fill: #e0bc63; opacity: .22; } circle { fill: #f6e4ac; }
line { stroke: #9db5aa; stroke-width: 1; stroke-dasharray: 4 4; }
text { fill: #c4d8cc; font-size: 12px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--quiet); font-size: .85rem; font-weight: 600; }
th, td { padding: .3rem .45rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.sum, .staked, .returned, .paid_out, .net, .house_net { text-align: right; white-space: nowrap; }
tfoot td { font-weight: 700; border-bottom: 0; }
.tile { display: inline-block; min-width: 2.1em; padding: 0 .3em; border-radius: .35em;
  text-align: center; color: #fff; }
.tile.red { background: #b4232f; } .tile.black { background: #14171a; }
.tile.green { background: #128052; } .tile.void { background: #fff; color: var(--quiet);
  border: 1px solid var(--line); }
.bets span { display: inline-block; border: 1px solid var(--line); border-radius: .35em;
  padding: 0 .4em; margin: 0 .15em .15em 0; font-size: .9rem; }
.bets i { font-style: normal; font-weight: 700; }
.bets .hit { border-color: var(--up); background: #e4f3ea; } .bets .miss { color: var(--quiet); }
.check { color: var(--up); } abbr { text-decoration: none; }
@media (max-width: 40rem) {
  body { padding: .8rem; font-size: 15px; }
  .time, .check, th:last-child, tfoot td:last-child { display: none; }
  tr { display: grid; grid-template-columns: 3.8rem 4.6rem 1fr 1fr 1fr;
    border-bottom: 1px solid var(--line); padding: .2rem 0; }
  th, td { border: 0; padding: .1rem .2rem; overflow-wrap: anywhere; }
  td.bets, td.players { grid-column: 1 / -1; order: 1; }
  th.bets, th.players { display: none; }
  .players::before { content: attr(data-of) " "; color: var(--quiet); }
  tfoot td:first-child { grid-column: 1 / 3; }
}
@media print {
  @page { margin: 14mm; }
  body { background: #fff; padding: 0; max-width: none; font-size: 11pt; }
  tr, dl div, svg { break-inside: avoid; }
  thead { display: table-header-group; } tfoot { display: table-row-group; }
  .tile, svg, .bets .hit { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
