"""What the comparison makes of its runs."""

from bench.compare import Found, compared, growth, medians

RUNS: Found = {
    "players": 1000,
    "dialect": "modern",
    "runs": {
        "ours": [
            {"sign_ins_per_second": 10.0, "load_us_per_bet": 1.0, "paced_p50_ms": 0.5},
            {"sign_ins_per_second": 30.0, "load_us_per_bet": 1.0},
            {"sign_ins_per_second": 20.0, "load_us_per_bet": 1.0, "paced_p50_ms": 1.5},
        ],
        "c": [{"sign_ins_per_second": 40.0, "load_us_per_bet": 2.0, "paced_p50_ms": 0.25}],
        "threads": [{"sign_ins_per_second": 5.0}],
    },
}


def test_a_run_that_was_cut_short_counts_for_what_it_measured() -> None:
    assert medians(RUNS["runs"]["ours"]) == {
        "sign_ins_per_second": 20.0,
        "load_us_per_bet": 1.0,
        "paced_p50_ms": 1.0,
    }


def test_ours_is_set_against_each_of_the_others() -> None:
    lines = compared("here", ["ours", "c", "threads"], RUNS["runs"]).splitlines()
    assert lines[0].split() == ["here", "ours", "c", "threads", "ours/c", "ours/threads"]
    row = next(line for line in lines if line.startswith("sign-ins a second"))
    assert row.split()[3:] == ["20", "40", "5", "×", "0.5", "×", "4"]
    row = next(line for line in lines if line.startswith("bet, paced, p50"))
    assert row.split()[4:] == ["1", "0.25", "—", "×", "4", "—"]


def test_what_the_load_used_is_nobodys_merit() -> None:
    lines = compared("here", ["ours", "c"], RUNS["runs"]).splitlines()
    row = next(line for line in lines if line.startswith("the load's own CPU a bet"))
    assert row.split()[-3:] == ["1", "2", "—"]


def test_the_growth_has_a_column_for_each_size() -> None:
    larger = RUNS | {"players": 10_000}
    assert growth([RUNS, larger], "modern", "c").splitlines() == [
        "| ours as times `c`, modern | 1 000 | 10 000 |",
        "| --- | ---: | ---: |",
        "| sign-ins a second | × 0.5 | × 0.5 |",
        "| bet, paced, p50, ms | × 4 | × 4 |",
    ]
    assert "| sign-ins a second | 20 |" in growth([RUNS], "modern", "ours")
