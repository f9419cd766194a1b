"""The linear order with the smallest cost, by subsets for few options and by integer programming."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.aggregation._arrays import Bools, Floats, Ints

# Sums of fractional weights are told apart to this part of the greatest.
NOISE = 1e-9

# How many violated conditions of transitivity are put into the program at a time, at most.
MOST_CONDITIONS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Place of every option, 1 the first; what the order costs; whether none costs less."""

    place: Floats
    cost: float
    optimal: bool


def mean_places(above: Floats) -> Order:
    """Mean place of each option over all best orders; ``above[i, j]`` is the cost of j before i.

    Held and Karp's recursion: the cheapest order of a set ends with some option, before which the
    rest stands in its own cheapest order. Counting the ways there and on to the full set gives the
    number of best orders in which an option has a place. Sixteen options take 2^16 sets.
    """
    n = above.shape[0]
    after = np.zeros((n, 1 << n))  # cost of an option after all of a set
    for option in range(n):
        after[:, 1 << option : 2 << option] = after[:, : 1 << option] + above[:, option, None]
    noise = NOISE * max(float(above.sum()), 1e-300)
    cost, ways = np.zeros(1 << n), np.ones(1 << n)
    layers = _layers(n)
    for layer in layers[1:]:
        steps = [_step(cost, after, layer, last) for last in range(n)]
        cost[layer] = np.min([candidate for _, candidate in steps], axis=0)
        best = [candidate <= cost[layer] + noise for _, candidate in steps]
        ways[layer] = sum(ways[rest] * tight for (rest, _), tight in zip(steps, best, strict=True))
    onward, place = np.zeros(1 << n), np.zeros(n)
    onward[-1] = 1.0
    for size, layer in reversed(list(enumerate(layers))[1:]):
        for last in range(n):
            rest, candidate = _step(cost, after, layer, last)
            passing = onward[layer] * (candidate <= cost[layer] + noise)
            place[last] += size * (ways[rest] * passing).sum()
            np.add.at(onward, rest[passing > 0], passing[passing > 0])
    return Order(place / ways[-1], float(cost[-1]), optimal=True)


def _layers(n: int) -> list[Ints]:
    """The subsets of n options, as numbers whose bits are the members, by how many they are."""
    sets = np.arange(1 << n)
    size = np.bitwise_count(sets)
    return [sets[size == members] for members in range(n + 1)]


def _step(cost: Floats, after: Floats, layer: Ints, last: int) -> tuple[Ints, Floats]:
    """The sets without the option put last, and what the sets cost then; infinite if it is no member."""
    member = (layer >> last) & 1 > 0
    rest = np.where(member, layer ^ (1 << last), 0)
    return rest, np.where(member, cost[rest] + after[last, rest], np.inf)


def best_order(above: Floats, deadline: float) -> Order:
    """A best order, or the best found before the deadline; ``above[i, j]`` is the cost of j before i.

    A linear program of the pairs, to which violated conditions of transitivity are added until there
    are none; if its solution is not whole, an integer program goes on from there (Grötschel, Jünger
    and Reinelt, Oper. Res. 32:1195, 1984). Every order found is improved by moving single options.
    """
    order = _improved(np.argsort(above.sum(axis=0) - above.sum(axis=1), kind="stable"), above)
    best = _cost(order, above)
    # with whole weights, nothing lies between one cost and the next
    slack = 1 - 1e-6 if not (above % 1).any() else NOISE * max(best, 1e-300)
    program = _Program(above)
    while (left := deadline - monotonic()) > 0:
        bound, before = program.solve(left)
        if before is None:
            break
        found = _improved(np.argsort(-before.sum(axis=1), kind="stable"), above)
        if _cost(found, above) < best:
            order, best = found, _cost(found, above)
        if bound > best - slack:
            return _as_order(order, best, optimal=True)
        if not program.forbid_circles(before):
            program.whole = True
    return _as_order(order, best, optimal=False)


class _Program:
    """Which of two options comes first, for all pairs, at the least cost."""

    def __init__(self, above: Floats) -> None:
        n = above.shape[0]
        self.first, self.second = np.triu_indices(n, 1)
        self.number: Ints = np.zeros((n, n), dtype=np.int64)
        self.number[self.first, self.second] = np.arange(self.first.size)
        self.gain = above.T[self.first, self.second] - above[self.first, self.second]
        self.constant = float(above[self.first, self.second].sum())
        self.circles: NDArray[np.int64] = np.empty((0, 3), dtype=np.int64)
        self.whole = False

    def solve(self, seconds: float) -> tuple[float, Floats | None]:
        """Lower bound of the cost, and a matrix of who is before whom; None if time has run out."""
        from scipy.optimize import Bounds, milp  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when it is needed

        result = milp(
            self.gain,
            integrality=int(self.whole),
            bounds=Bounds(0, 1),
            constraints=self._conditions(),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if result.status != 0:
            return -np.inf, None
        before = np.zeros(self.number.shape)
        before[self.first, self.second] = result.x
        before[self.second, self.first] = 1 - result.x
        return float(self.constant + result.fun), before

    def _conditions(self) -> Any:
        from scipy.optimize import LinearConstraint  # noqa: PLC0415 - loaded when it is needed
        from scipy.sparse import csr_array  # type: ignore[import-untyped]  # noqa: PLC0415

        rows = np.repeat(np.arange(len(self.circles)), 3)
        signs = np.tile([1.0, 1.0, -1.0], len(self.circles))
        shape = (len(self.circles), self.gain.size)
        if not len(self.circles):
            return ()
        return LinearConstraint(csr_array((signs, (rows, self.circles.ravel())), shape), 0, 1)

    def forbid_circles(self, before: Floats) -> bool:
        """Put in the conditions i < j < k that the solution violates; False if there are none."""
        n = before.shape[0]
        i, j, k = (axis for axis in np.ogrid[:n, :n, :n])
        around = before[:, :, None] + before[None, :, :] - before[:, None, :]
        violation = np.maximum(around - 1, -around)
        wrong: Bools = (violation > 1e-6) & (i < j) & (j < k)  # noqa: PLR2004 - HiGHS's own tolerance
        a, b, c = np.nonzero(wrong)
        worst = np.argsort(-violation[a, b, c], kind="stable")[:MOST_CONDITIONS]
        a, b, c = a[worst], b[worst], c[worst]
        new = np.stack([self.number[a, b], self.number[b, c], self.number[a, c]], axis=1)
        self.circles = np.concatenate([self.circles, new])
        return len(new) > 0


def _improved(order: Ints, above: Floats) -> Ints:
    """The order after moving single options to their best places until no such move helps."""
    margin = above - above.T
    noise = NOISE * max(float(above.sum()), 1e-300)
    moved = True
    while moved:  # every move lowers the cost by more than the noise
        moved = False
        for option in range(order.size):
            at = int(np.flatnonzero(order == option)[0])
            rest = np.delete(order, at)
            # cost of the option at each place: what it is before, it should beat
            cost = np.append(0.0, np.cumsum(margin[option, rest]))
            to = int(np.argmin(cost))
            if cost[to] < cost[at] - noise:
                order, moved = np.insert(rest, to, option), True
    return order


def _cost(order: Ints, above: Floats) -> float:
    return float(np.tril(above[np.ix_(order, order)]).sum())


def _as_order(order: Ints, cost: float, *, optimal: bool) -> Order:
    place = np.empty(order.size)
    place[order] = np.arange(1.0, order.size + 1)
    return Order(place, cost, optimal)
