"""What is told of leaving out a sector leads to no ballot, whoever knows them all and tries every group."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from app.results import robust, snapshot, without_sectors
from app.results.robustness import WithoutSectors
from app.rounds.queries import NO_SECTOR
from tests.results.panels import panel, scale

SCALES = (scale("OV"), scale("C1", 60), scale("C2", 40))
EXPERTS, OPTIONS, SECTOR = 14, 12, 6
FACTS: dict[str, Any] = {"invited": 14, "enrolled": 14, "quorum_share": 0.5}


def ballots(*, bloc: bool, seed: int = 5):
    """A panel of fourteen; the first six are a sector, which sees things as all do or the other way round."""
    rng = np.random.default_rng(seed)
    quality = np.linspace(5, 6, OPTIONS)[:, None]
    rated = quality + rng.normal(0, 1.2, (EXPERTS, OPTIONS, 3))
    if bloc:
        rated[:SECTOR] = quality[::-1] + rng.normal(0, 1.2, (SECTOR, OPTIONS, 3))
    whole = np.clip(np.rint(rated), 1, 9).astype(int)
    return [tuple(tuple(int(cell) for cell in cells) for cells in one) for one in whole]


def sectors_of(cast):
    return {"police": cast[:SECTOR], "industry": cast[SECTOR:]}


def ranked_by(made) -> Any:
    return robust.ranked_of(made)


def by_lot(*args: Any) -> Any:
    return without_sectors.by_lot(*args)


def all_groups():
    """Every way in which six of the fourteen can be the smaller sector: as masks by group and ballot."""
    found = np.zeros((3003, EXPERTS), dtype=bool)
    for number, members in enumerate(combinations(range(EXPERTS), SECTOR)):
        found[number, list(members)] = True
    return found


def without_each(ranked, smaller):
    """The ranks without the smaller and without the larger sector, for each group that may be it."""
    return np.stack([ranked.without(smaller), ranked.without(~smaller)], axis=1)


@pytest.mark.parametrize("bloc", [False, True])
def test_the_ranks_without_a_sector_would_lead_to_its_ballots_and_so_would_their_range(bloc):
    cast = ballots(bloc=bloc)
    made = panel(cast, count=OPTIONS, scales=SCALES)
    groups = all_groups()
    ranks = without_each(ranked_by(made), groups)
    members = np.isin(np.arange(EXPERTS), [made.ballots.index(ballot) for ballot in cast[:SECTOR]])
    (here,) = np.flatnonzero((groups == members).all(axis=1))
    ends = np.concatenate([ranks.min(axis=1), ranks.max(axis=1)], axis=1)
    # of three thousand groups, the one
    assert np.flatnonzero((ranks == ranks[here]).all(axis=(1, 2))).tolist() == [here]
    assert np.flatnonzero((ends == ends[here]).all(axis=1)).tolist() == [here]


@pytest.mark.parametrize(("bloc", "seed", "told"), [(False, 5, True), (True, 5, False), (True, 6, None)])
def test_what_is_told_instead_leaves_hundreds_of_groups_and_no_ballot_nearly_certain(bloc, seed, told):
    cast = ballots(bloc=bloc, seed=seed)
    made = panel(cast, count=OPTIONS, scales=SCALES)
    chance = snapshot.seed_of(made)
    found: Any = robust.told_without(made, sectors_of(cast), minimum=5, seed=chance)
    assert found == WithoutSectors(sizes=[6, 8], hold=told)
    ranked, groups = ranked_by(made), all_groups()
    lot = by_lot(ranked, found.sizes, chance)
    if told is None:  # decided without looking at who is of which sector
        assert lot is None
        return
    within = np.array([lot.holds(ranks) for ranks in without_each(ranked, groups)])
    possible = groups[within == told]
    assert len(possible) > 300
    prior, likely = SECTOR / EXPERTS, possible.mean(axis=0)
    odds = likely / (1 - likely) / (prior / (1 - prior))
    assert odds.max() < without_sectors.ODDS


def test_only_large_sectors_are_left_out_and_none_that_would_follow():
    tried = without_sectors.tried
    assert tried({"police": 8, "industry": 7, "customs": 6}, 5) == ["customs", "industry", "police"]
    assert tried({"police": 9, "industry": 8, "customs": 6, "research": 2}, 5) == ["industry", "police"]
    assert tried({"police": 8, "industry": 7, NO_SECTOR: 6}, 5) == ["industry", "police"]
    assert tried({"police": 12, "industry": 4}, 5) == []
    assert tried({"police": 9}, 5) == []


def test_the_range_is_made_from_what_everybody_knows():
    cast = ballots(bloc=False)
    made = panel(cast, count=OPTIONS, scales=SCALES)
    found: Any = [
        snapshot.tally(made, without=WithoutSectors(sizes=[6, 8], hold=hold), **FACTS)
        for hold in (True, False, None)
    ]
    ranges = [[(o.robust.without_low, o.robust.without_high) for o in tally.options] for tally in found]
    assert ranges[1] == ranges[2] == [(None, None)] * OPTIONS
    lot = by_lot(ranked_by(made), [6, 8], snapshot.seed_of(made))
    by_code = dict(zip([o.code for o in made.options], zip(lot.low, lot.high, strict=True), strict=True))
    assert ranges[0] == [by_code[option.code] for option in found[0].options]
    assert found[0].input_digest != found[1].input_digest
