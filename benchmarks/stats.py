"""How long the heaviest statistics take, at the two sizes people have: 20 entrants × 500 tasks, every pair with
10,000 draws (to be under 1 s), and 134 × 500, rank sets with 2,000 draws (under 5 s).

    python benchmarks/stats.py [--repeat 3]

Prints the best of the repeats, wall and processor seconds, and the peak of memory.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assay.stats.ranks import all_pairs, best_set, rank_sets
from assay.stats.sequential import decide

Scores = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    few, many = board(20), board(134)
    work: list[tuple[str, Callable[[], object]]] = [
        ("20 × 500, all pairs, 10,000 draws", lambda: all_pairs(few, draws=10_000)),
        ("134 × 500, rank sets, 2,000 draws", lambda: rank_sets(many, draws=2000)),
        ("134 × 500, all at once, 2,000 draws", lambda: rank_sets(many, draws=2000, simultaneous=True)),
        ("134 × 500, rank sets, 10,000 draws", lambda: rank_sets(many)),
        ("134 × 500, who could be the best", lambda: best_set(many)),
        ("2 × 250 of 500, is it decided", lambda: decide((few[0] - few[1])[:250], 500, margin=0.03)),
    ]
    for name, job in work:
        wall, cpu = zip(*(timed(job) for _ in range(repeat)), strict=True)
        print(f"{name:<38} {min(wall):7.3f} s wall  {min(cpu):7.3f} s CPU")
    print(f"peak of memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def board(entrants: int) -> Scores:
    """Right or wrong, from good to bad, on tasks that are easy or hard for all."""
    rng = np.random.default_rng(0)
    ability, hardness = np.linspace(2, -2, entrants), rng.normal(0, 2, 500)
    chance = 1 / (1 + np.exp(hardness - ability[:, None]))
    return (rng.random((entrants, 500)) < chance).astype(np.float64)


def timed(job: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
