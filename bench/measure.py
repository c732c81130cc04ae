"""Runs commands as whole processes and accounts for them as the operating system does."""

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass, field


@dataclass
class Run:
    wall: float
    cpu: float
    rss_mb: float
    code: int
    out: str


@dataclass
class Figures:
    """Several runs of one command."""

    runs: list[Run] = field(default_factory=list)

    def of(self, name: str) -> tuple[float, float, float]:
        values = sorted(getattr(run, name) for run in self.runs)
        return values[0], values[len(values) // 2], values[-1]

    def median(self, name: str) -> float:
        return self.of(name)[1]

    @property
    def peak(self) -> float:
        return max(run.rss_mb for run in self.runs)


def run(command: list[str], codes: tuple[int, ...] = (0,), env: dict[str, str] | None = None) -> Run:
    """One process to its end. Its peak memory is that of the process itself."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **(env or {})})
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        text = out.read().decode()
        if code not in codes:
            raise SystemExit(f"{' '.join(command)}\nended with {code}:\n{text[-2000:]}\n{err.read().decode()[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code, text)


def last_json(text: str) -> dict:
    return json.loads(text)


def json_lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def span(values: tuple[float, float, float], digits: int = 2) -> str:
    low, middle, high = values
    return f"**{middle:,.{digits}f}** ({low:,.{digits}f}–{high:,.{digits}f})"


def same(what: str, ours: object, theirs: object) -> None:
    """A comparison of two programs that did different things is none."""
    if ours != theirs:
        raise SystemExit(f"{what}: we say {ours}, the peer says {theirs}; nothing is compared")
