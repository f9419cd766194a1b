"""Opinion groups: a published conversation, camps that are there, spread that is none, the edges."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aggregation import _blocks, _silhouette, opinion, opinion_groups
from tests.aggregation.panels import panels, sixty
from tests.reference.published import shared

nan = np.nan


def camps(*sizes, items=12, seed=0, noise=0.8):
    """Panels of so many experts each, around opinions of their own."""
    rng = np.random.default_rng(seed)
    centres = rng.choice([2.0, 8.0], (len(sizes), items))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    return np.clip(np.round(centres[truth] + rng.normal(0, noise, (len(truth), items))), 1, 9), truth


def conversation():
    """Votes (participants, statements), the server's mathematics, and its group of each participant."""
    folder = shared("polis_4cvkai2ctw_35p")
    votes = json.loads((folder / "votes.json").read_text())
    server = json.loads((folder / "math-pca2.json").read_text())
    ratings = np.full((server["n"], server["n-cmts"]), nan)
    for vote in votes:
        ratings[vote["pid"], vote["tid"]] = vote["vote"]
    label = np.full(len(ratings), -1)
    for group in server["group-clusters"]:
        for base in group["members"]:
            label[server["base-clusters"]["members"][base]] = group["id"]
    return ratings, server, label


def test_what_the_groups_of_a_polis_conversation_agree_on():
    """Conversation 4cvkai2ctw (red-dwarf's fixtures): the server's figures for the server's groups."""
    ratings, server, label = conversation()
    agree, given = opinion._votes(ratings > 0, ~np.isnan(ratings), label)
    expected = [server["group-aware-consensus"][str(tid)] for tid in server["tids"]]
    np.testing.assert_allclose(np.prod((agree + 1) / (given + 2), axis=0), expected, atol=1e-9)
    representative = opinion._representative(agree, given)
    for group, entries in server["repness"].items():
        for entry in entries:
            if entry["repful-for"] == "agree":
                own = representative[int(group), entry["tid"]]
                assert own == pytest.approx(entry["repness-test"], abs=1e-6)


def test_the_groups_of_a_polis_conversation():
    """Three groups, as on the server, of those who voted often enough.

    The server also takes in four who voted once or twice, to have fifteen from the start, and leaves
    moderated statements out of the axes: its groups of 11, 3 and 9 are not ours to the last member.
    Of two participants it has together or apart what we have in seven of ten pairs.
    """
    ratings, _, server = conversation()
    result = opinion_groups(ratings)
    assert result is not None
    assert result.label.max() == 2
    both = np.flatnonzero((result.label >= 0) & (server >= 0))
    assert len(both) == 19
    one, other = (x[both][:, None] == x[both] for x in (result.label, server))
    assert (one == other)[np.triu_indices(19, 1)].mean() > 0.7


@pytest.mark.parametrize("sizes", [(9, 5), (12, 8, 4), (40, 30, 20)])
def test_camps_are_found(sizes):
    ratings, truth = camps(*sizes)
    result = opinion_groups(ratings)
    assert result is not None
    assert result.label.tolist() == truth.tolist(), "numbered by size"
    assert 0.25 < result.silhouette <= 1
    assert result.representative.shape == (len(sizes), 12)


def test_camps_are_found_in_spite_of_missing_answers():
    ratings, truth = camps(10, 6, items=30)
    ratings[np.random.default_rng(1).random(ratings.shape) < 0.3] = nan
    result = opinion_groups(ratings)
    assert result is not None
    assert result.label.tolist() == truth.tolist()


def test_spread_is_not_polarised():
    ratings = np.random.default_rng(3).normal(5, 1, (60, 30))
    blurred = opinion_groups(ratings, k_max=2)
    assert blurred is not None
    one_mind = opinion_groups(np.full((9, 4), 6.0))
    assert one_mind is not None
    for result in (one_mind, opinion_groups(camps(9, 5)[0], k_max=1)):
        assert result is not None
        assert set(result.label) == {0}
        assert np.isnan(result.silhouette)
        assert np.isnan(result.representative).all(), "there is nobody to differ from"
    assert one_mind.coordinates.tolist() == [[0, 0]] * 9


def test_items_mark_the_groups_that_agree_with_them():
    ratings = np.array([[9.0, 9.0, 5.0]] * 6 + [[1.0, 9.0, 5.0]] * 5)
    result = opinion_groups(ratings)
    assert result is not None
    assert result.representative[0, 0] > 2
    assert result.representative[1, 0] < -2
    assert abs(result.representative[0, 1]) < 0.5
    agreed = [7 / 8 * 1 / 7, 7 / 8 * 6 / 7, 1 / 8 * 1 / 7]
    np.testing.assert_allclose(result.group_agreement, agreed)


def test_the_middle_may_be_given():
    ratings = np.array([[7.0, 9.0]] * 5 + [[9.0, 7.0]] * 4)
    above_eight, above_five = opinion_groups(ratings), opinion_groups(ratings, middle=5)
    assert above_eight is not None
    assert above_five is not None
    np.testing.assert_allclose(above_eight.group_agreement, [1 / 7 * 5 / 6, 6 / 7 * 1 / 6])
    np.testing.assert_allclose(above_five.group_agreement, [6 / 7 * 5 / 6] * 2)


def test_experts_have_no_order():
    ratings, _ = camps(10, 7, 4, noise=1.5)
    order = np.random.default_rng(8).permutation(len(ratings))
    straight, shuffled = opinion_groups(ratings), opinion_groups(ratings[order])
    assert straight is not None
    assert shuffled is not None
    np.testing.assert_array_equal(straight.label[order], shuffled.label)
    np.testing.assert_allclose(straight.coordinates[order], shuffled.coordinates, atol=1e-9)
    np.testing.assert_allclose(straight.group_agreement, shuffled.group_agreement)


@sixty
@given(panels(experts=(1, 14), items=(1, 9)), st.integers(1, 5))
def test_groups_are_what_they_promise(ratings, k_max):
    result = opinion_groups(ratings, k_max)
    enough = (~np.isnan(ratings)).sum(axis=1) >= min(7, ratings.shape[1])
    if enough.sum() < 7:
        assert result is None
        return
    assert result is not None
    np.testing.assert_array_equal(result.label >= 0, enough)
    np.testing.assert_array_equal(np.isnan(result.coordinates).any(axis=1), ~enough)
    sizes = np.bincount(result.label[enough])
    assert len(sizes) <= k_max
    assert (np.diff(sizes) <= 0).all()
    assert (sizes > 0).all()
    assert np.isnan(result.silhouette) == (len(sizes) == 1)
    assert ((result.group_agreement > 0) & (result.group_agreement < 1)).all()
    again = opinion_groups(ratings, k_max)
    assert again is not None
    np.testing.assert_array_equal(again.label, result.label)
    np.testing.assert_array_equal(again.coordinates, result.coordinates)


def test_the_silhouette_is_its_definition():
    rng = np.random.default_rng(2)
    points, label = rng.normal(size=(15, 2)), np.array([0] * 6 + [1] * 8 + [2])
    distance = np.sqrt(((points[:, None] - points) ** 2).sum(axis=2))
    widths = []
    for i, own in enumerate(label):
        same = (label == own) & (np.arange(15) != i)
        a = distance[i, same].mean() if same.any() else 0
        b = min(distance[i, label == other].mean() for other in {0, 1, 2} - {own})
        widths.append((b - a) / max(a, b) if same.any() else 0)
    assert _silhouette.silhouettes(points, [label]) == [pytest.approx(np.mean(widths))]


def test_the_silhouette_in_parts(monkeypatch):
    points, label = np.random.default_rng(2).normal(size=(50, 2)), np.arange(50)
    labels = [label % k for k in (3, 4, 5)]
    whole = _silhouette.silhouettes(points, labels)
    monkeypatch.setattr(_blocks, "CACHE_BYTES", 3000)
    monkeypatch.setattr(_silhouette, "TOGETHER", 2)
    assert _silhouette.silhouettes(points, labels) == pytest.approx(whole)


@pytest.mark.parametrize("seed", range(5))
def test_the_silhouette_of_many_points_is_that_of_some(monkeypatch, seed):
    points, truth = camps(900, 500, 100, items=2, seed=seed, noise=2)
    labels = [truth, np.minimum(truth, 1), np.arange(1500) % 4]
    whole = _silhouette.silhouettes(points, labels)
    monkeypatch.setattr(_silhouette, "MOST_COMPARED", 300)
    some = _silhouette.silhouettes(points, labels)
    assert some != whole
    np.testing.assert_allclose(some, whole, atol=0.02)


@pytest.mark.parametrize(
    "ratings",
    [
        np.ones((6, 9)),
        np.ones((0, 3)),
        np.full((20, 3), nan),
        np.ones((20, 0)),
        [[1, 2]] * 6 + [[nan, 1]] * 9,
    ],
)
def test_too_few_are_no_groups(ratings):
    assert opinion_groups(ratings) is None


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="ratings must have two axes"):
        opinion_groups([1, 2])
    with pytest.raises(ValueError, match="k_max must be a whole number of at least 1"):
        opinion_groups([[1]], k_max=0)
    with pytest.raises(ValueError, match="seed must be a whole number of at least 0"):
        opinion_groups([[1]], seed=-1)
    with pytest.raises(ValueError, match="middle must be one finite number"):
        opinion_groups([[1]], middle=nan)
