"""A CSV goes into a ledger, with every check; beside DuckDB, which reads the same file and writes Parquet."""

import sys
from decimal import Decimal

from generate import EVERY
from house import LEDGER, House, say, sheet
from measure import Figures, last_json, run, same, span


def measure(where: dict, rows: int, repetitions: int, peers: bool = True) -> None:
    file = sheet(where, f"subsidies-{rows}.csv", rows)
    changed = sheet(where, f"subsidies-{rows}-1-percent.csv", rows, changed_percent=1)
    house = House(where, "intake")
    wrong = (rows + EVERY // 2 - 1) // EVERY
    first, again, one_percent, withdrawn, peer = (Figures() for _ in range(5))
    for repetition in range(repetitions):
        say(f"CSV of {rows:,} rows, run {repetition + 1} of {repetitions}")
        house.fresh()
        taken = run(house.importing(file), codes=(0, 2))
        first.runs.append(taken)
        told = last_json(taken.out)
        same("rows that went in", (told["accepted"], told["rejected"]), (rows - wrong, wrong))
        if peers:
            target = where["scratch"] / "peer.parquet"
            theirs = run([sys.executable, "bench/peer_duckdb.py", str(file), str(target)])
            peer.runs.append(theirs)
            compare(house, where, rows, wrong, last_json(theirs.out))
        again.runs.append(run(house.importing(file), codes=(0, 2)))
        same("rows that the same file changes", last_json(again.runs[-1].out)["accepted"], 0)
        one_percent.runs.append(run(house.importing(changed), codes=(0, 2)))
        superseded = last_json(one_percent.runs[-1].out)["superseded"]
        same("rows that one percent changes", abs(superseded - rows // 100) <= wrong, True)
        for batch in ("2", "1"):
            order = house.command("ledger", "withdraw", batch, "--why", "测量", "--json")
            gone = run(order)
            if batch == "1":
                withdrawn.runs.append(gone)
        same("rows that a withdrawal takes out", last_json(gone.out)["removed"], rows - wrong)
    report(rows, file.stat().st_size, first, again, one_percent, withdrawn, peer)


def compare(house: House, where: dict, rows: int, wrong: int, theirs: dict) -> None:
    """Both hold the same money: DuckDB leaves out three of the six kinds of wrong rows, we leave out all."""
    import duckdb

    db = duckdb.connect()
    files = str(house.data / "lake" / "lake" / "*" / "*" / "*.parquet")
    ours_rows, ours_sum = db.execute(f"SELECT count(*), sum(amount) FROM '{files}'").fetchone()
    target = str(where["scratch"] / "peer.parquet")
    missing_rows, missing_sum = db.execute(
        f"""SELECT count(*), coalesce(sum("补贴金额（元）"), 0) FROM '{target}' p
            WHERE NOT EXISTS (SELECT 1 FROM '{files}' o WHERE o.grant_no = p."补贴编号")"""
    ).fetchone()
    same("rows", (ours_rows, rows - wrong), (theirs["rows"] - missing_rows, ours_rows))
    same("sum of amounts", Decimal(ours_sum), Decimal(theirs["amount"]) - missing_sum)
    if missing_rows > wrong:
        raise SystemExit(f"{missing_rows} rows are missing from the ledger, only {wrong} are wrong")


def report(rows: int, size: int, first: Figures, again: Figures, changed: Figures, gone: Figures, peer: Figures) -> None:
    print(f"CSV of {rows:,} rows × 9 columns ({size / 1e6:,.0f} MB), {len(first.runs)} runs each, alternating\n")
    print("| what | wall, s: median (min–max) | CPU, s | peak memory, MB |\n|---|---|---|---|")
    lines = [
        (f"`ledger import` into an empty ledger, every check ({LEDGER})", first),
        ("the same file again", again),
        ("the file with 1 % of the rows changed", changed),
        ("`ledger withdraw` of the first batch", gone),
        ("DuckDB 1.5.5: read typed columns, write ZSTD Parquet, 2 threads, no checks", peer),
    ]
    for name, figures in lines:
        if figures.runs:
            print(f"| {name} | {span(figures.of('wall'))} | {figures.median('cpu'):.2f} | {figures.peak:,.0f} |")
    if peer.runs:
        pairs = sorted(ours.wall / theirs.wall for ours, theirs in zip(first.runs, peer.runs))
        print(f"\nImport against DuckDB, pair by pair: {span((pairs[0], pairs[len(pairs) // 2], pairs[-1]))} ×")
    print(flush=True)
