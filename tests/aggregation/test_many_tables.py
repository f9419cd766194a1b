"""Many tables ranked in one call: each as it would be by itself, in blocks of any size."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import _blocks, promethee_ii, topsis, weighted_sum
from tests.aggregation.panels import panels_of_shape, sixty

RULES = [weighted_sum, topsis, promethee_ii]

tables = panels_of_shape(st.tuples(*(st.integers(1, most) for most in (4, 6, 3))), low=0)


def assert_each_by_itself(rule, x, **keywords):
    together = rule(x, np.arange(1.0, x.shape[-1] + 1), **keywords)
    assert together.score.shape == together.rank.shape == x.shape[:-1]
    for place in np.ndindex(x.shape[:-2]):
        alone = rule(x[place], np.arange(1.0, x.shape[-1] + 1), **keywords)
        np.testing.assert_array_equal(together.rank[place], alone.rank)
        np.testing.assert_allclose(together.score[place], alone.score, atol=1e-14)


@pytest.mark.parametrize("rule", RULES)
@sixty
@given(x=tables)
def test_each_table_is_ranked_by_itself(rule, x):
    assert_each_by_itself(rule, x)


@pytest.mark.parametrize("preference", ["u-shape", "v-shape", "level", "linear", "gaussian"])
@sixty
@given(x=tables)
def test_each_table_is_ranked_by_itself_by_every_preference(preference, x):
    assert_each_by_itself(promethee_ii, x, preference=preference, q=0.5, p=2, s=1)


@pytest.mark.parametrize("rule", RULES)
def test_blocks_of_any_size_give_the_same(monkeypatch, rule):
    x = np.random.default_rng(0).random((7, 5, 3))
    whole = rule(x, [1, 2, 3])
    monkeypatch.setattr(_blocks, "CACHE_BYTES", 100)
    np.testing.assert_array_equal(rule(x, [1, 2, 3]).score, whole.score)


@pytest.mark.parametrize("rule", RULES)
def test_axes_before_the_last_two_stay(rule):
    assert_each_by_itself(rule, np.random.default_rng(0).random((2, 3, 4, 2)))
    assert rule(np.ones((0, 4, 2)), [1, 1]).rank.shape == (0, 4)
    assert rule(np.ones((3, 0, 2)), [1, 1]).rank.shape == (3, 0)
    with pytest.raises(ValueError, match=r"scores must have two axes \(items, criteria\), or more"):
        rule([1, 2], [1])


@pytest.mark.parametrize("items", [255, 256, 300])
def test_more_items_than_a_byte_can_count(items):
    x = np.arange(items, dtype=np.float64)[:, None]
    flow = promethee_ii(x, [1]).score
    np.testing.assert_allclose(flow, np.linspace(-1, 1, items))
