"""Reads a lake through DuckDB alone and prints what it sees, one JSON line per version.

Usage: duckdb_reads_the_lake.py FOLDER VERSION...
Needs duckdb, duckdb-extension-ducklake and duckdb-extension-sqlite of the same version.
"""

import json
import pathlib
import shutil
import sys
import tempfile
from importlib.util import find_spec

import duckdb


def extension(module: str, name: str, folder: pathlib.Path) -> str:
    """Copies an extension to the file name that its entry point expects."""
    package = pathlib.Path(find_spec(module).submodule_search_locations[0])
    source = next(package.glob("extensions/*/*.duckdb_extension"))
    target = folder / f"{name}.duckdb_extension"
    shutil.copy(source, target)
    return str(target)


def main() -> None:
    home, versions = pathlib.Path(sys.argv[1]), sys.argv[2:]
    table = "lake.vocational_training.training_subsidy"
    with tempfile.TemporaryDirectory() as scratch:
        db = duckdb.connect(config={"allow_unsigned_extensions": "true"})
        for module, name in [("duckdb_extension_sqlite", "sqlite_scanner"), ("duckdb_extension_ducklake", "ducklake")]:
            db.execute(f"LOAD '{extension(module, name, pathlib.Path(scratch))}'")
        db.execute(f"ATTACH 'ducklake:sqlite:{home}/lake.sqlite' AS lake (READ_ONLY)")
        for version in versions:
            rows = db.execute(
                f"""SELECT grant_no, times, amount::VARCHAR, granted_on::VARCHAR, paid, _batch, _row
                    FROM {table} AT (VERSION => {version}) ORDER BY _batch, _row"""
            ).fetchall()
            print(version, json.dumps(rows, ensure_ascii=False))
        newest = db.execute(f"SELECT grant_no, _batch, _row FROM {table} ORDER BY _batch, _row").fetchall()
        last = db.execute(
            f"SELECT grant_no, _batch, _row FROM {table} AT (VERSION => {versions[-1]}) ORDER BY _batch, _row"
        ).fetchall()
        assert newest == last, (newest, last)
        tags = db.execute(
            """SELECT author, commit_extra_info FROM ducklake_snapshots('lake')
               WHERE commit_extra_info IS NOT NULL ORDER BY snapshot_id"""
        ).fetchall()
        print("tags", json.dumps(tags, ensure_ascii=False))


main()
