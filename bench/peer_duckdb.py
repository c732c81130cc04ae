"""What DuckDB does with the same CSV: read it with typed columns and write Parquet. It checks no identity number and no
list, and keeps no history. Rows that do not fit their types are left out, as `ignore_errors` does.

Usage: peer_duckdb.py FILE.csv OUT.parquet   → {"rows", "amount"} as JSON
"""

import json
import sys

import duckdb

TYPES = {
    "补贴编号": "VARCHAR",
    "补贴种类": "VARCHAR",
    "身份证号": "VARCHAR",
    "姓名": "VARCHAR",
    "技能等级": "VARCHAR",
    "培训机构代码": "VARCHAR",
    "培训课时": "BIGINT",
    "发放日期": "DATE",
    "补贴金额（元）": "DECIMAL(18,2)",
}


def main() -> None:
    source, target = sys.argv[1:3]
    db = duckdb.connect()
    db.execute("SET threads = 2")
    db.execute(
        f"""COPY (SELECT * FROM read_csv(?, header = true, delim = ',', columns = {TYPES}, ignore_errors = true))
            TO '{target}' (FORMAT parquet, COMPRESSION zstd)""",
        [source],
    )
    rows, amount = db.execute(f'SELECT count(*), sum("补贴金额（元）") FROM \'{target}\'').fetchone()
    print(json.dumps({"rows": rows, "amount": str(amount)}))


main()
