"""An XLSX goes into a ledger; beside openpyxl with the same checks written in plain Python."""

import sys

from house import House, say, sheet
from measure import Figures, last_json, run, same, span


def measure(where: dict, rows: int, repetitions: int) -> None:
    file = sheet(where, f"subsidies-{rows}.xlsx", rows)
    house = House(where, "workbook")
    ours, theirs = Figures(), Figures()
    for repetition in range(repetitions):
        say(f"XLSX of {rows:,} rows, run {repetition + 1} of {repetitions}")
        house.fresh()
        ours.runs.append(run(house.importing(file), codes=(0, 2)))
        theirs.runs.append(run([sys.executable, "bench/peer_openpyxl.py", str(file)]))
        told, peer = last_json(ours.runs[-1].out), last_json(theirs.runs[-1].out)
        same("accepted rows", told["accepted"], peer["accepted"])
        same("rejected lines", sorted({reject["row"] for reject in told["rejects"]}), sorted(peer["rejected"]))
    print(f"XLSX of {rows:,} rows × 9 columns ({file.stat().st_size / 1e6:,.1f} MB), {repetitions} runs each, alternating\n")
    print("| what | wall, s: median (min–max) | CPU, s | peak memory, MB |\n|---|---|---|---|")
    for name, figures in (
        ("`ledger import` into an empty ledger, every check, written to the lake", ours),
        ("openpyxl read-only with the same checks in plain Python, nothing written", theirs),
    ):
        print(f"| {name} | {span(figures.of('wall'))} | {figures.median('cpu'):.2f} | {figures.peak:,.0f} |")
    pairs = sorted(b.wall / a.wall for a, b in zip(ours.runs, theirs.runs))
    print(f"\nFaster than openpyxl, pair by pair: {span((pairs[0], pairs[len(pairs) // 2], pairs[-1]), 1)} ×\n", flush=True)
