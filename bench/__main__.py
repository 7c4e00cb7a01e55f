"""The command: `./comfy-bucket bench`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from . import report
from .measure import Measured, Row, interleave
from .rows import ROWS
from .setting import ComfyUISetting, Setting, new_setting

RESULTS = Path(__file__).with_name("results")


def main(arguments: list[str]) -> int:
    """Measures the rows that were asked for, prints them, writes them down and draws them."""
    options = _parser().parse_args(arguments)
    chosen = [row for row in ROWS if not options.rows or row.number in options.rows]
    unknown = set(options.rows) - {row.number for row in ROWS}
    if unknown:
        print(f"No such row: {', '.join(map(str, sorted(unknown)))}. --list shows them all.", file=sys.stderr)
        return 2
    if options.list:
        print("\n".join(f"{row.number:>3}  {row.work}" for row in ROWS))
        return 0
    comfyui = None
    if options.comfyui:
        python = options.python or Path(sys.executable)
        comfyui = ComfyUISetting(
            options.comfyui.resolve(), python.absolute(), options.original and options.original.resolve()
        )
    measured: list[Measured] = []
    versitygw, rclone = (given and given.absolute() for given in (options.versitygw, options.rclone))
    with new_setting(options.smoke, versitygw, comfyui, rclone) as setting:
        for row in chosen:
            measured.extend(_measure(row, setting, 1 if options.smoke else options.rounds))
    comparisons = list(report.compare(measured))
    print(report.table(comparisons))
    if not options.smoke:
        conditions = report.conditions("versitygw" if options.versitygw else "Local", comfyui is not None)
        _write(measured, comparisons, conditions, options.name)
    return 0


def _measure(row: Row, setting: Setting, rounds: int) -> list[Measured]:
    measured: list[Measured] = []
    for part in row.parts:
        with part(setting) as cases:
            for case in cases:
                print(f"Row {row.number}: {case.work} …", file=sys.stderr, flush=True)
                measured.extend(interleave(row.number, case, rounds))
    return measured


def _write(measured: list[Measured], comparisons: list[report.Comparison], conditions: str, name: str) -> None:
    from .plot import draw, draw_growth

    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now():%Y-%m-%d}-{name}.csv"
    report.write_csv(measured, file, conditions)
    if any(comparison.ratios for comparison in comparisons):
        draw(comparisons, conditions, [file.with_suffix(".png"), file.with_suffix(".svg")])
    growing = [one for one in measured if one.line]
    if growing:
        grown = file.with_name(f"{file.stem}-growth")
        draw_growth(growing, conditions, [grown.with_suffix(".png"), grown.with_suffix(".svg")])
    print(f"\n{conditions}\n{file}, .png, .svg")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="comfy-bucket bench", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, metavar="ROW", help="only these rows; all without")
    parser.add_argument("--list", action="store_true", help="show the rows and end")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side does its work (7)")
    parser.add_argument("--name", default="all", help="of the files below bench/results, behind the date (all)")
    parser.add_argument(
        "--versitygw", type=Path, metavar="BINARY", help="this S3 server in place of the embedded store"
    )
    parser.add_argument("--rclone", type=Path, metavar="BINARY", help="measure it beside ours where it does the same")
    parser.add_argument("--comfyui", type=Path, metavar="DIR", help="measure in this ComfyUI where it matters")
    parser.add_argument("--python", type=Path, metavar="PY", help="the Python that runs that ComfyUI")
    parser.add_argument("--original", type=Path, metavar="DIR", help="pack 0.3.0, to measure beside ours in ComfyUI")
    parser.add_argument("--smoke", action="store_true", help="each row once with tiny sizes; writes nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
