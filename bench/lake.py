"""A ledger of many small sheets: how long one more takes, and how long it takes to find something, before and after files
are merged; and the same ledger when crowds were merged on the way, as the server does it."""

import os
import sqlite3
import subprocess
import time
import urllib.request

from house import House, say
from measure import Figures, json_lines, run, span

ROWS = 10


def measure(where: dict, batches: int, repetitions: int) -> None:
    plain, merging = House(where, "plain"), House(where, "merging")
    say(f"{batches:,} sheets, never merged")
    made = json_lines(run([plain.bench, "make", str(plain.data), str(batches), str(ROWS), "plain"]).out)
    say(f"{batches:,} sheets, merged on the way")
    made_merging = json_lines(run([merging.bench, "make", str(merging.data), str(batches), str(ROWS), "merging"]).out)
    for house in (plain, merging):
        jobs_done(house)
    say("looking, before")
    before = look(plain, repetitions)
    sizes = [size(plain)]
    say("merging")
    merge = run(plain.command("ledger", "compact", "--json"))
    jobs_done(plain)
    say("looking, after")
    after = look(plain, repetitions)
    sizes.append(size(plain))
    on_the_way = look(merging, repetitions)
    sizes.append(size(merging))

    print(f"A ledger of {batches:,} sheets of {ROWS} rows; median of {repetitions}, ms\n")
    print("| what | never merged | then merged once | merged on the way |\n|---|---|---|---|")
    for name in before:
        cells = (each[name] for each in (before, after, on_the_way))
        print(f"| {name} | " + " | ".join(f"{cell:,.1f}" for cell in cells) + " |")
    for name, place in (("catalogue, MB", 0), ("Parquet files, MB", 1), ("files on the disk", 2), ("files that are read now", 3)):
        print(f"| {name} | " + " | ".join(f"{each[place]:,.1f}".removesuffix(".0") for each in sizes) + " |")
    print(f"\nMerging all of it at once: {merge.wall:.2f} s, {merge.cpu:.2f} s CPU, {merge.rss_mb:.0f} MB.")
    imports = [line for line in made if line["what"] == "import of one small sheet"]
    first, last = imports[0], imports[-1]
    print(
        f"Import of one small sheet while the ledger grew, never merged: {first['median']:.1f} ms (up to batch "
        f"{first['facts']['up to batch']:,}) … {last['median']:.1f} ms (up to batch {last['facts']['up to batch']:,})."
    )
    imports = [line for line in made_merging if line["what"] == "import of one small sheet"]
    merges = [line for line in made_merging if line["what"] == "merge of a crowd"][-1]
    print(
        f"Merged on the way: {imports[0]['median']:.1f} ms … {imports[-1]['median']:.1f} ms, and {merges['n']} merges of "
        f"{merges['median'] or 0:.0f} ms at the median, {merges['max'] or 0:.0f} ms at most, {merges['facts']['all, s']:.1f} s in all.\n",
        flush=True,
    )


def look(house: House, repetitions: int) -> dict[str, float]:
    """What can be timed within one process, and what a person waits for: a server that starts, a check of everything."""
    told = json_lines(run([house.bench, "look", str(house.data), str(repetitions)]).out)
    jobs_done(house)
    found = {line["what"]: line["median"] for line in told}
    starts, checks = [], Figures()
    for _ in range(repetitions):
        starts.append(server_start(house))
    checks.runs = [run(house.command("verify", "--json")) for _ in range(min(repetitions, 3))]
    starts.sort()
    found["`serve`: from the command to the first page"] = starts[len(starts) // 2] * 1e3
    found["`verify`: every file and every line"] = checks.median("wall") * 1e3
    return found


def server_start(house: House) -> float:
    begun = time.perf_counter()
    command = house.command("serve", "--listen", "127.0.0.1:0")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for line in server.stderr:
            if "http://" in line:
                urllib.request.urlopen("http://" + line.split("http://", 1)[1].strip()).read()
                return time.perf_counter() - begun
        raise SystemExit("the server did not start")
    finally:
        server.terminate()
        server.wait()


def jobs_done(house: House) -> None:
    """Models that would run on each of the sheets are no part of this measurement."""
    with sqlite3.connect(house.data / "mingcha.sqlite") as store:
        store.execute("UPDATE job SET state = 'done' WHERE state = 'ready'")


def size(house: House) -> tuple[float, float, float, float]:
    with sqlite3.connect(house.data / "lake" / "lake.sqlite") as catalog:
        live = catalog.execute("SELECT count(*) FROM ducklake_data_file WHERE end_snapshot IS NULL").fetchone()[0]
    files = sum(len(files) for _, _, files in os.walk(house.data / "lake" / "lake"))
    return house.bytes_of("lake/lake.sqlite") / 1e6, house.bytes_of("lake/lake") / 1e6, files, live
