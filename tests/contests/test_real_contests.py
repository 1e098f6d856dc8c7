"""Real problems: hand-made answers to them, right ones and wrong ones."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from contest_data import sample, unwrapped_codecontests, unwrapped_livecodebench, write_rows

from assay.core.judging import Attempt
from assay.core.trial import Status
from assay.graders.contest_tests import read_contest
from assay.graders.stdio import StdioGrader
from assay.sandboxes.judge import BoxJudge
from assay.suites import load

pytestmark = pytest.mark.asyncio(loop_scope="session")

RIGHT = {
    "1000_A. Codehorses T-shirts": """
n = int(input())
old = [input() for _ in range(n)]
for _ in range(n):
    size = input()
    if size in old:
        old.remove(size)
print(len(old))
""",
    "1139_C. Edgy Trees": """
import sys
n, k = map(int, sys.stdin.readline().split())
parent = list(range(n + 1))
def root(v):
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v
for _ in range(n - 1):
    u, v, color = map(int, sys.stdin.readline().split())
    if color == 0:
        parent[root(u)] = root(v)
size = {}
for v in range(1, n + 1):
    size[root(v)] = size.get(root(v), 0) + 1
mod = 10**9 + 7
print((pow(n, k, mod) - sum(pow(s, k, mod) for s in size.values())) % mod)
""",
    "1238_B. Kill 'Em All": """
import sys
data = sys.stdin.read().split()
at = 1
for _ in range(int(data[0])):
    n, r = int(data[at]), int(data[at + 1])
    places = sorted({int(x) for x in data[at + 2 : at + 2 + n]}, reverse=True)
    at += 2 + n
    shots = 0
    for place in places:
        if place - shots * r <= 0:
            break
        shots += 1
    print(shots)
""",
    "12_B. Correct Solution?": """
n, m = input(), input()
digits = sorted(n)
if digits[0] == "0":
    first = next((i for i, d in enumerate(digits) if d != "0"), None)
    if first is not None:
        digits.insert(0, digits.pop(first))
print("OK" if "".join(digits) == m else "WRONG_ANSWER")
""",
    "1323_D. Present": """
import sys
n, *a = map(int, sys.stdin.buffer.read().split())
answer = 0
for bit in range(26):
    half, whole = 1 << bit, 2 << bit
    b = sorted(x % whole for x in a)
    count = 0
    for low, high in ((half, whole), (whole + half, 2 * whole)):
        i, j = n - 1, n - 1
        total = 0
        i = j = n
        for k, x in enumerate(b):
            while i > 0 and b[i - 1] + x >= low:
                i -= 1
            while j > 0 and b[j - 1] + x >= high:
                j -= 1
            total += max(0, j - max(i, k + 1))
        count += total
    if count & 1:
        answer |= half
print(answer)
""",
    "digjump": """
from collections import deque
s = input().strip()
where = {}
for i, d in enumerate(s):
    where.setdefault(d, []).append(i)
seen = [-1] * len(s)
seen[0] = 0
todo = deque([0])
while todo:
    i = todo.popleft()
    for j in [i - 1, i + 1, *where.pop(s[i], [])]:
        if 0 <= j < len(s) and seen[j] < 0:
            seen[j] = seen[i] + 1
            todo.append(j)
print(seen[-1])
""",
    "1198_A. MP3": """
import sys
n, size, *a = map(int, sys.stdin.buffer.read().split())
bits = size * 8 // n
a.sort()
counts = []
last = None
for x in a:
    if x == last:
        counts[-1] += 1
    else:
        counts.append(1)
        last = x
most = min(len(counts), 1 << min(bits, 20))
window = sum(counts[:most])
best = window
for i in range(most, len(counts)):
    window += counts[i] - counts[i - most]
    best = max(best, window)
print(n - best)
""",
}
"""By the problem's name; written for this test. Problems with several right answers are not among them: the benchmark
knows one, and has no checkers."""


def codecontests_file(tmp_path: Path) -> Path:
    return write_rows(
        tmp_path / "rows.jsonl", [unwrapped_codecontests(row) for row in sample("code_contests_20.jsonl")]
    )


async def test_right_programs_pass_all_real_tests(tmp_path: Path, judge: BoxJudge) -> None:
    """Seven of the twenty problems, dozens to hundreds of tests each."""
    suite = load("codecontests", data=codecontests_file(tmp_path))
    assert len(suite.tasks) == 20
    tasks = {task.id: task for task in suite.tasks}
    grader = StdioGrader()

    async def of(name: str, code: str) -> tuple[str, str]:
        verdict = await grader.grade(tasks[name], Attempt(files={"answer.py": code}), judge)
        owed = len(read_contest(tasks[name])[1])
        return name, verdict.reason or ("" if verdict.tests.passed == owed else f"{verdict.tests.passed} of {owed}")

    found = await asyncio.gather(*(of(name, code) for name, code in RIGHT.items()))
    assert dict(found) == dict.fromkeys(RIGHT, "")


async def test_every_real_problem_refuses_what_is_no_answer(tmp_path: Path, judge: BoxJudge) -> None:
    """Nothing, a constant, and the input itself pass none of the twenty."""
    grader = StdioGrader()
    for task in load("codecontests", data=codecontests_file(tmp_path)).tasks:
        for code in ("", "print(0)", "import sys\nprint(sys.stdin.read())"):
            verdict = await grader.grade(task, Attempt(files={"answer.py": code}), judge)
            assert verdict.status is Status.FAILED, task.id


LIVE = {
    "codeforces/1873_A": (
        "for _ in range(int(input())):\n    s = input()\n"
        "    print('YES' if sum(a != b for a, b in zip(s, 'abc')) < 3 else 'NO')\n",
        "for _ in range(int(input())):\n    print('YES' if input() == 'abc' else 'NO')\n",
    ),
    "leetcode/2727": (
        "class Solution:\n    def countSeniors(self, details: List[str]) -> int:\n"
        "        return sum(int(d[11:13]) > 60 for d in details)\n",
        "class Solution:\n    def countSeniors(self, details: List[str]) -> int:\n"
        "        return sum(int(d[11:13]) >= 60 for d in details)\n",
    ),
    "atcoder/abc301_a": (
        "n = int(input())\ns = input()\nt, a = s.count('T'), s.count('A')\n"
        "print('T' if t > a else 'A' if a > t else 'A' if s[-1] == 'T' else 'T')\n",
        "n = int(input())\ns = input()\nprint('T' if s.count('T') >= s.count('A') else 'A')\n",
    ),
}


async def test_real_questions_of_livecodebench(tmp_path: Path, judge: BoxJudge) -> None:
    """A right answer to each passes, a nearly right one does not, and leaving early is no pass."""
    rows = [unwrapped_livecodebench(row) for row in sample("livecodebench_3.jsonl")]
    tasks = load("livecodebench", data=write_rows(tmp_path / "rows.jsonl", rows)).tasks
    assert {task.id for task in tasks} == set(LIVE)
    grader = StdioGrader()
    for task in tasks:
        right, wrong = LIVE[task.id]
        for code, status in (
            (right, Status.PASSED),
            (wrong, Status.FAILED),
            ("import sys; sys.exit(0)", Status.FAILED),
        ):
            verdict = await grader.grade(task, Attempt(files={"answer.py": code}), judge)
            assert verdict.status is status, f"{task.id}: {verdict.reason}"
