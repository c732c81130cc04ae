"""The same checks in plain Python over openpyxl's read-only reader, as one would write them in a script: identity number,
credit code, date, money, hours, lists, required cells, the same key twice.

Usage: peer_openpyxl.py FILE.xlsx   → {"accepted", "rejected": [line, …]} as JSON
"""

import datetime
import json
import re
import sys
from decimal import Decimal, InvalidOperation

import openpyxl

KINDS = {"培训补贴", "技能提升补贴", "项目制补贴"}
LEVELS = {"五级", "四级", "三级", "二级", "一级"}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
USCC = {char: place for place, char in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
USCC_WEIGHTS = [pow(3, place, 31) for place in range(17)]
RESIDENT = re.compile(r"[1-9]\d{16}[\dX]")
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def is_resident(text: str) -> bool:
    if not RESIDENT.fullmatch(text):
        return False
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS))
    return "10X98765432"[total % 11] == text[17]


def is_uscc(text: str) -> bool:
    if len(text) != 18 or any(char not in USCC for char in text):
        return False
    total = sum(USCC[char] * weight for char, weight in zip(text, USCC_WEIGHTS))
    return (31 - total % 31) % 31 == USCC[text[17]]


def day(text: str) -> datetime.date:
    parts = DAY.fullmatch(text)
    if not parts:
        raise ValueError(text)
    return datetime.date(*map(int, parts.groups()))


def main() -> None:
    book = openpyxl.load_workbook(sys.argv[1], read_only=True)
    lines = book.worksheets[0].iter_rows(min_row=2, values_only=True)
    seen: dict[str, int] = {}
    rejected, accepted = [], []
    for number, cells in enumerate(lines, 2):
        key, kind, person, name, level, body, hours, granted, amount = (
            "" if cell is None else str(cell).strip() for cell in cells
        )
        try:
            if not key or not granted or not amount:
                raise ValueError("required")
            if kind not in KINDS or (level and level not in LEVELS):
                raise ValueError("list")
            if not is_resident(person.upper()) or not is_uscc(body.upper()):
                raise ValueError("identifier")
            if not 0 <= int(hours) <= 2000:
                raise ValueError("hours")
            row = (key, kind, person.upper(), name, level, body.upper(), int(hours), day(granted), Decimal(amount))
        except (ValueError, InvalidOperation):
            rejected.append(number)
            continue
        if key in seen:
            rejected.append(number)
            continue
        seen[key] = number
        accepted.append(row)
    print(json.dumps({"accepted": len(accepted), "rejected": rejected, "amount": str(sum(row[8] for row in accepted))}))


main()
