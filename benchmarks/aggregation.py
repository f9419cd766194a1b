"""Our time, the peer's, and the ratio, in one run; then how time and memory grow. `make bench` prints it."""

import os
import platform
import statistics
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from time import perf_counter

import numpy as np

from app import aggregation as ours

RUNS, LEAST_SECONDS = 5, 0.02
PEERS = (
    *("ahpy", "choix", "krippendorff", "pandas", "pingouin", "pref_voting", "pymcdm", "scikit-criteria"),
    *("scikit-learn", "scipy", "numpy"),
)
# experts, options, criteria, replicates
GROWTH = [
    (200, 60, 5, 2000),
    (200, 60, 5, 4000),
    (400, 60, 5, 2000),
    (200, 120, 5, 2000),
    (2000, 60, 5, 2000),
    (2000, 200, 5, 2000),
    (10_000, 60, 5, 2000),
    (10_000, 200, 1, 2000),
    (10_000, 200, 5, 2000),
]
GROWTH_HEAD = """\
| experts x options x criteria | replicates | rank_acceptability | each | whole round | peak memory | runs |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |"""


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call, of as many in a row as can be timed."""
    start, calls = perf_counter(), 0
    while True:
        work()
        calls += 1
        passed = perf_counter() - start
        if passed >= LEAST_SECONDS:
            return passed / calls


def seconds(value: float) -> str:
    return f"{value * 1000:,.3g} ms" if value < 1 else f"{value:,.1f} s"


def machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    return (
        f"{os.cpu_count()} x {model}, {memory:.0f} GB, Python {platform.python_version()}; "
        f"load at the start {load}\n"
        f"{peers}"
    )


def compared() -> None:
    # the growth runs without the peers
    from cases import comparing, deciding, describing, resampling, voting  # noqa: PLC0415

    print("| what | ours | peer | its time | ratio | same |\n| --- | ---: | --- | ---: | ---: | --- |")
    for case in chain.from_iterable(
        part.cases() for part in (describing, voting, deciding, comparing, resampling)
    ):
        same = "yes" if case.same() else "NO"
        # alternating, so that a load from elsewhere falls on both
        pairs = [(timed(case.ours), timed(case.peer) * case.times) for _ in range(RUNS)]
        mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        row = (case.name, seconds(mine), case.peer_name, seconds(theirs), f"{theirs / mine:,.1f}", same)
        print("| " + " | ".join(row) + " |", flush=True)


def panel(experts: int, options: int, criteria: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    r = np.round(rng.random((experts, options, criteria)) * 8) + 1
    r[rng.random(r.shape) < 0.1] = np.nan  # noqa: PLR2004 - a tenth is missing
    return r


def round_result(r: np.ndarray, replicates: int) -> None:
    """What a ranking must come with: each criterion described and judged, the order, and what it hangs on."""
    experts, _, criteria = r.shape
    weights, groups = np.full(criteria, 1 / criteria), np.arange(experts) % 5
    for criterion in range(criteria):
        described(np.ascontiguousarray(r[:, :, criterion]))
    compared_on_one(np.ascontiguousarray(r[:, :, 0]))
    means = np.nanmean(r, axis=0)
    ours.weighted_sum(means, weights)
    ours.topsis(means, weights)
    ours.promethee_ii(means, weights)
    ours.rank_acceptability(r, weights, replicates=replicates, groups=groups)
    ours.rank_acceptability(
        r, weights, replicates=replicates, resample_experts=False, weight_concentration=50
    )
    ours.rank_confidence_sets(r, weights, replicates=replicates)
    ours.leave_one_group_out(r, weights, groups)


def described(own: np.ndarray) -> None:
    told = ours.summarise(own, 1, 9)
    ours.tastle_wierman(told.counts)
    ours.van_der_eijk(told.counts)
    ours.rand_ucla(own)
    ours.band_share(own, 4, 6)
    ours.TwoBandRule((7, 9), (1, 3)).judge(own)
    ours.kendall_w(own)
    ours.krippendorff_alpha(own)


def compared_on_one(own: np.ndarray) -> None:
    """By other rules, with the round before, and in groups: told of overall support alone."""
    for rule in (ours.borda, ours.copeland, ours.schulze):
        rule(-own, unranked="abstain")
    ours.majority_judgment(own)
    ours.opinion_groups(own)
    ours.stability(own, own[::-1])


def grown(experts: int, options: int, criteria: int, replicates: int) -> None:
    """In a process of its own: the ranking's bootstrap and the whole round, and the memory they peak at."""
    r = panel(experts, options, criteria)
    weights = np.full(criteria, 1 / criteria)
    runs = RUNS if r.size * replicates < 2 * 10**9 else 1
    firm = [timed(lambda: ours.rank_acceptability(r, weights, replicates=replicates)) for _ in range(runs)]
    whole = [timed(lambda: round_result(r, replicates)) for _ in range(runs)]
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    each = statistics.median(firm) / (r.size * replicates) * 1e9
    cells = (f"{experts:,} x {options} x {criteria}", f"{replicates:,}", seconds(statistics.median(firm)),
             f"{each:.2f} ns", seconds(statistics.median(whole)), f"{peak:,.0f} MB", str(runs))  # fmt: skip
    print("| " + " | ".join(cells) + " |", flush=True)


def main(arguments: list[str]) -> None:
    warnings.simplefilter("ignore")  # the peers'
    if arguments[:1] == ["--growth"]:
        grown(*map(int, arguments[1:]))
        return
    print(machine(), end="\n\n", flush=True)
    compared()
    print("\n* some replicates were run and their time multiplied\n")
    print(GROWTH_HEAD, flush=True)
    for sizes in GROWTH:
        subprocess.run([sys.executable, __file__, "--growth", *map(str, sizes)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
