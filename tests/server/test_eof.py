"""A house that another program started."""

from pathlib import Path

from tests.server.houses import WITHIN, RunningHouse, run_house


def test_it_closes_in_good_order_when_its_input_ends(tmp_path: Path) -> None:
    with RunningHouse(tmp_path, "--until-eof") as house:
        said, log = house.process.communicate(timeout=WITHIN)
        assert house.process.returncode == 0, log
        assert "the books are in order" in said


def test_without_that_option_it_stays_open(tmp_path: Path) -> None:
    with RunningHouse(tmp_path) as house:
        assert house.process.stdin
        house.process.stdin.close()
        house.process.stdin = None
        with house.modern("Ann"):
            pass
        assert house.process.poll() is None


def test_it_cannot_watch_an_input_that_it_does_not_read(tmp_path: Path) -> None:
    ended = run_house("--data", str(tmp_path), "--until-eof", "--no-console")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
