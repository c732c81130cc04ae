"""Sheets of training subsidies, the same bytes for the same arguments: valid identity numbers, credit codes, dates, money,
unique keys, and one row in ten thousand that is wrong in one of six known ways.

Usage: generate.py FILE.csv|FILE.xlsx ROWS [--changed-percent P] [--clean]
"""

import argparse
import random
from collections.abc import Iterator

HEADER = ["补贴编号", "补贴种类", "身份证号", "姓名", "技能等级", "培训机构代码", "培训课时", "发放日期", "补贴金额（元）"]
COLUMNS = ["grant_no", "kind", "resident_id", "name", "level", "org_uscc", "hours", "granted_on", "amount"]
KINDS = ["培训补贴", "技能提升补贴", "项目制补贴"]
LEVELS = ["五级", "四级", "三级", "二级", "一级"]
FIRST, LAST = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
EVERY = 10_000  # one row of so many is wrong


def resident_id(body: str) -> str:
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def uscc(body: str) -> str:
    """GB 32100: eight and one character of the body's own code (GB 11714), then one over all."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    own = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    check = (11 - sum(own.index(char) * weight for char, weight in zip(body[8:16], weights)) % 11) % 11
    body = body[:16] + ("X" if check == 10 else str(check))
    total = sum(USCC_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return body + USCC_ALPHABET[(31 - total % 31) % 31]


def rows(count: int, changed_percent: int = 0, clean: bool = False) -> Iterator[list[str]]:
    """Rows of a sheet. With `changed_percent`, the amount of that share of them is another one."""
    chance = random.Random(2023)
    people = [
        (
            resident_id(f"330999{chance.randint(1950, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randint(0, 999):03}"),
            chance.choice(FIRST) + chance.choice(LAST) + chance.choice(LAST),
        )
        for _ in range(min(count, 200_000))
    ]
    bodies = [uscc(f"91330900{number:08}") for number in range(400)]
    days = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    amounts = [f"{yuan}.{fen:02}" for yuan in range(500, 3000, 50) for fen in (0, 50)]
    step = 0
    for number in range(count):
        # A walk through the lists that no sorting undoes and that needs no chance per row.
        step = (step * 1103515245 + 12345) & 0x7FFFFFFF
        person = people[step % len(people)]
        amount = amounts[(step >> 7) % len(amounts)]
        if changed_percent and number % 100 < changed_percent:
            amount = "3333.33"
        row = [
            f"BT{number:012}",
            KINDS[(step >> 3) % 3],
            person[0],
            person[1],
            LEVELS[(step >> 5) % 5],
            bodies[(step >> 4) % 400],
            str(20 + (step >> 6) % 100),
            days[(step >> 2) % len(days)],
            amount,
        ]
        if number % EVERY == EVERY // 2 and not clean:
            spoil(row, number // EVERY)
        yield row


def spoil(row: list[str], kind: int) -> None:
    """What clerks send: each of these rows must be rejected by whoever checks."""
    match kind % 6:
        case 0:
            last = row[2][-1]
            row[2] = row[2][:-1] + ("0" if last != "0" else "1")  # check character
        case 1:
            row[7] = "2023-02-30"  # no such day
        case 2:
            row[8] = "八百"  # no amount
        case 3:
            row[1] = "别的补贴"  # not in the list
        case 4:
            row[7] = ""  # required
        case 5:
            row[5] = row[5][:-1] + ("A" if row[5][-1] != "A" else "B")  # check character


def write(path: str, count: int, changed_percent: int, clean: bool) -> None:
    lines = rows(count, changed_percent, clean)
    if path.endswith(".csv"):
        with open(path, "w", encoding="utf-8", newline="", buffering=1 << 20) as file:
            file.write(",".join(HEADER) + "\n")
            file.writelines(",".join(row) + "\n" for row in lines)
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("补贴发放")
    sheet.append(HEADER)
    for row in lines:
        # As people keep them: identifiers and days as text, hours and money as numbers.
        cells: list[object] = list(row)
        cells[6] = int(row[6])
        cells[8] = float(row[8]) if row[8][:1].isdigit() else row[8]
        sheet.append(cells)
    book.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("rows", type=int)
    parser.add_argument("--changed-percent", type=int, default=0)
    parser.add_argument("--clean", action="store_true", help="no wrong rows")
    given = parser.parse_args()
    write(given.file, given.rows, given.changed_percent, given.clean)


if __name__ == "__main__":
    main()
