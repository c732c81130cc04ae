"""Data folders and sheets for a measurement."""

import os
import pathlib
import shutil
import subprocess
import sys

import generate

LEDGER = "vocational_training.training_subsidy"


def say(text: str) -> None:
    print(f"   {text}", file=sys.stderr, flush=True)


def sheet(where: dict, name: str, rows: int, changed_percent: int = 0) -> pathlib.Path:
    """A generated sheet, made once. Its bytes are read once, so that every run finds it in memory."""
    path = where["cache"] / name
    if not path.exists():
        say(f"generating {name}")
        # A half-written sheet keeps the ending by which the generator knows what to write.
        part = path.with_name(f"part-{name}")
        generate.write(str(part), rows, changed_percent, False)
        os.replace(part, path)
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass
    return path


class House:
    """A data folder of its own."""

    def __init__(self, where: dict, name: str):
        self.binary = str(where["binaries"] / "mingcha")
        self.bench = str(where["binaries"] / "mingcha-bench")
        self.data = where["scratch"] / name
        self.fresh()

    def fresh(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        subprocess.run([self.binary, "init", "--data", str(self.data)], check=True, capture_output=True)

    def command(self, *words: str) -> list[str]:
        return [self.binary, *words, "--data", str(self.data)]

    def importing(self, sheet: pathlib.Path) -> list[str]:
        return self.command("ledger", "import", LEDGER, str(sheet), "--json")

    def bytes_of(self, name: str) -> int:
        path = self.data / name
        if path.is_file():
            return path.stat().st_size
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
