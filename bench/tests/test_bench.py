import csv

import pytest

from bench import report
from bench.__main__ import main
from bench.measure import OURS, Case, Measured, Sample, Side, interleave
from bench.plot import draw, draw_growth
from bench.rows import ROWS


def measured(side, values, cpu=None):
    return [Measured(4, "PNG", "s", "≥ 2 ×", side, at, Sample(value, cpu)) for at, value in enumerate(values)]


def test_each_row_runs(capsys):
    assert main(["--smoke"]) == 0
    shown = capsys.readouterr().out
    for row in ROWS:
        assert row.only_in_comfyui or f"| {row.number} " in shown


def test_a_row_that_is_not_there_is_refused(capsys):
    assert main(["99"]) == 2
    assert "99" in capsys.readouterr().err


def test_sides_take_turns_and_another_one_begins_each_round():
    order = []

    def side(name):
        return lambda: order.append(name) or Sample(1)

    case = Case("work", side(OURS), (Side("a", side("a")), Side("b", side("b"))))
    samples = list(interleave(1, case, 2))
    assert order == ["a", "b", OURS, "a", "b", OURS, "b", OURS, "a"]
    assert [(one.side, one.round) for one in samples[:3]] == [("a", 1), ("b", 1), (OURS, 1)]


def test_ratios_are_of_the_same_round_and_say_how_much_better_we_are():
    (one,) = report.compare(measured("peer", [4.0, 9.0, 10.0], cpu=3.0) + measured(OURS, [2.0, 3.0, 10.0], cpu=1.5))
    assert one.ratios == (2.0, 3.0, 1.0)
    assert (one.ratio, one.cpu_ratio, one.peer_median, one.our_median) == (2.0, 2.0, 9.0, 3.0)
    assert "2.00 (1.00–3.00)" in report.table([one])


def test_what_has_no_peer_is_shown_without_a_ratio():
    (one,) = report.compare(measured(OURS, [0.0005]))
    assert "0.5 ms" in report.table([one])


def test_a_side_that_stored_something_else_fails(tmp_path):
    def wrong():
        raise AssertionError("not what was saved")

    with pytest.raises(AssertionError, match="not what was saved"):
        list(interleave(1, Case("work", wrong), 1))


def test_results_are_written_and_drawn(tmp_path):
    samples = measured("peer", [4.0, 9.0]) + measured(OURS, [2.0, 3.0])
    report.write_csv(samples, tmp_path / "result.csv", "conditions")
    comment, *lines = (tmp_path / "result.csv").read_text().splitlines()
    assert comment == "# conditions"
    assert [line["value"] for line in csv.DictReader(lines)] == ["4.000000", "9.000000", "2.000000", "3.000000"]
    draw(list(report.compare(samples)), "conditions", [tmp_path / "result.png", tmp_path / "result.svg"])
    assert (tmp_path / "result.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "result.svg").read_text()


def test_growth_is_drawn(tmp_path):
    samples = [
        Measured(15, f"{size} files", "s", "", OURS, at, Sample(size / 100 + at), "files", size)
        for size in (10, 100)
        for at in range(2)
    ]
    draw_growth(samples, "conditions", [tmp_path / "growth.svg"])
    assert "ms each" in (tmp_path / "growth.svg").read_text()
