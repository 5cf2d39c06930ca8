"""The figures in words, and as a table."""

from collections.abc import Mapping, Sequence

TITLES: Mapping[str, str] = {
    "connects_per_second": "connects a second",
    "sign_ins_per_second": "sign-ins a second",
    "server_us_per_sign_in": "server CPU a sign-in, µs",
    "memory_per_player": "memory a player, bytes",
    "threads_before": "threads, nobody there",
    "threads": "threads, everybody there",
    "one_in_flight_p50_ms": "bet, one in flight, p50, ms",
    "one_in_flight_p99_ms": "bet, one in flight, p99, ms",
    "paced_p50_ms": "bet, paced, p50, ms",
    "paced_p99_ms": "bet, paced, p99, ms",
    "at_once_p50_ms": "bet, everybody at once, p50, ms",
    "at_once_p99_ms": "bet, everybody at once, p99, ms",
    "at_once_last_answer_ms": "everybody at once, last answer, ms",
    "held_last_answer_ms": "all bets at the door, last answer, ms",
    "server_us_per_bet": "server CPU a bet, µs",
    "load_us_per_bet": "the load's own CPU a bet, µs",
    "load_busy_per_bet": "share of a core that the load took, betting",
    "other_frames_per_bet": "other frames heard a bet",
    "start_to_last_result_ms": "start to the last result, ms",
    "deliveries_per_second": "deliveries a second",
    "server_us_per_delivery": "server CPU a delivery, µs",
    "load_us_per_delivery": "the load's own CPU a delivery, µs",
    "load_busy_per_delivery": "share of a core that the load took, results",
    "among_results_p50_ms": "bet among results, p50, ms",
    "among_results_p99_ms": "bet among results, p99, ms",
    "among_bets_last_result_ms": "start to the last result, bets among, ms",
    "returns_per_second": "returns a second",
}


def table(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """A line a figure, a column a server."""
    width = max(map(len, TITLES.values()))
    lines = [f"{title:{width}}" + "".join(f"{column:>14}" for column in columns)]
    for name, values in rows.items():
        cells = "".join(f"{value:>14}" for value in values)
        lines.append(f"{TITLES[name]:{width}}{cells}")
    return "\n".join(lines) + "\n"


def markdown(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """The same for a page."""
    lines = [[title, *columns], ["---", *("---:" for _ in columns)]]
    lines += [[TITLES.get(name, name), *values] for name, values in rows.items()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def number(value: float) -> str:
    """Three digits that matter; more where they stand before the point."""
    if value and abs(value) < 100:
        return f"{value:.3g}"
    return f"{value:,.0f}".replace(",", " ")
