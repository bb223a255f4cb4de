"""Measure on the bundled questions and put the numbers into the READMEs: python docs/measure.py."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ALL = HERE / "measured.md"

# The measures that a reader of the README sees first, and what the Chinese one calls them
PICKED = {
    "hit@1": "第一段即含答案的比例（hit@1）",
    "hit@5": "前五段含答案的比例（hit@5）",
    "nDCG@10": "nDCG@10",
    "answers correct": "回答正确（含该拒答而拒答）",
    "citation precision": "引用准确率",
    "citation recall": "引用召回率",
    "refusal precision": "拒答准确率",
    "refusal recall": "拒答召回率",
}
HEADS = {"README.md": "measure", "README.zh-CN.md": "指标"}
BEGIN, END = "<!-- measured:", "<!-- /measured -->"


def table(measured: str, readme: str) -> str:
    """The picked rows and the counts, in the README's language."""
    rows = dict(re.findall(r"^\| ([^|]+) \| (.+) \|$", measured, re.MULTILINE))
    chinese = readme != "README.md"
    lines = [f"| {HEADS[readme]} | | 95% |", "|---|---:|---:|"]
    for name, translated in PICKED.items():
        mean, interval, _ = rows[name].split(" | ")
        lines.append(f"| {translated if chinese else name} | {mean} | {interval} |")
    counts = re.search(
        r"(\d+) correct, (\d+) incorrect, (\d+) refused of (\d+).*?stated (\d+),.*?citation (\d+)"
        r".*?p50 (\S+ \S+), p95 (\S+ \S+)",
        measured,
    )
    assert counts, f"no counts in {ALL}"
    right, wrong, refused, n, stated, unheld, p50, p95 = counts.groups()
    said = (
        f"{n}题中答对{right}题，答错{wrong}题，误拒{refused}题。答案里写出的{stated}个数据和日期中，"
        f"引用的句子没有写明的有{unheld}个。每题用时：中位数{p50}，95%在{p95}以内。"
        if chinese
        else f"Of {n} questions {right} right, {wrong} wrong, {refused} refused that have an "
        f"answer. Figures and dates stated {stated}, not held by the cited sentence {unheld}. "
        f"Time for an answer: median {p50}, 95% within {p95}."
    )
    return "\n".join([*lines, "", said]) + "\n"


def main() -> int:
    """Measure, then write all three files; 1 where the measuring failed."""
    kept = ROOT / ".cache" / "measured.json"
    command = [sys.executable, "-m", "eval", "--quiet", "--failures", "0"]
    command += ["--markdown", str(ALL), "--json", str(kept)]
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - our own program
    if done.returncode:
        return 1
    for readme in HEADS:
        path = ROOT / readme
        head, _, rest = path.read_text("utf-8").partition(BEGIN)
        line, _, rest = rest.partition("\n")
        _, _, tail = rest.partition(END)
        fresh = table(ALL.read_text("utf-8"), readme)
        path.write_text(f"{head}{BEGIN}{line}\n{fresh}{END}{tail}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
