"""Measures `mingcha` as whole processes, beside DuckDB and openpyxl in the same run, and prints Markdown tables.

  bench/run                          everything, in the sizes of the issue (about 15 minutes on two idle cores)
  bench/run intake --rows 1000000    CSV of so many rows, beside DuckDB; again, with 1 % changed, withdrawn
  bench/run workbook --rows 200000   XLSX, beside openpyxl
  bench/run lake --batches 10000     a ledger of many small sheets, before and after merging
  bench/run --smoke                  1,000 rows and 100 batches without peers: whether the bench itself works
"""

import argparse
import datetime
import os
import pathlib
import platform
import shutil
import subprocess
import tempfile

import intake
import lake
import workbook


def machine() -> str:
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    load = os.getloadavg()[0]
    git = lambda *words: subprocess.run(["git", *words], capture_output=True, text=True).stdout.strip()
    changed = " with uncommitted changes" if git("status", "--porcelain") else ""
    return (
        f"{datetime.date.today()}, commit {git('rev-parse', '--short=12', 'HEAD')}{changed}; {model}, {os.cpu_count()} cores, "
        f"{memory} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}; load when it began {load:.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["all", "intake", "workbook", "lake"], default="all")
    parser.add_argument("--rows", type=int, help="rows of the file")
    parser.add_argument("--batches", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, help="counted runs of each command")
    parser.add_argument("--cache", default=None, help="where generated sheets are kept for the next time")
    parser.add_argument("--smoke", action="store_true")
    given = parser.parse_args()
    binaries = pathlib.Path(os.environ["MINGCHA_BENCH_BINARIES"])
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="mingcha-bench-"))
    cache = pathlib.Path(given.cache) if given.cache else scratch / "sheets"
    cache.mkdir(parents=True, exist_ok=True)
    where = {"binaries": binaries, "scratch": scratch, "cache": cache}
    try:
        print(f"{machine()}\n", flush=True)
        if given.smoke:
            intake.measure(where, 1_000, 1, peers=False)
            lake.measure(where, 100, 1)
            return
        if given.what == "intake":
            intake.measure(where, given.rows or 1_000_000, given.repetitions or 5)
        if given.what == "all":
            intake.measure(where, 1_000_000, given.repetitions or 5)
            intake.measure(where, 10_000_000, given.repetitions or 3)
        if given.what in ("workbook", "all"):
            workbook.measure(where, given.what == "workbook" and given.rows or 200_000, given.repetitions or 3)
        if given.what in ("lake", "all"):
            lake.measure(where, given.batches, given.repetitions or 5)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
