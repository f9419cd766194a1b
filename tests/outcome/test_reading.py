"""What a tally says in words: the finding, the first rank, chances, what lifts and what holds back."""

from dataclasses import replace

import pytest

from app.outcome import reading
from app.results import snapshot
from app.results.tally import Movement, OptionTally, RateTally
from app.wording import Rules
from tests.outcome.judged import opinions
from tests.results.panels import panel, scale


@pytest.fixture(scope="module")
def tally() -> RateTally:
    ballots = [
        tuple(tuple(said[f"W0{place}"][code] for code in ("OV", "C1", "C2")) for place in range(1, 5))
        for said in opinions()
    ]
    return snapshot.tally(panel(ballots, count=4), invited=20, enrolled=20, quorum_share=0.6)


def labelled(tally: RateTally, *labels: str) -> RateTally:
    pairs = zip(tally.options, labels, strict=True)
    return replace(tally, options=[replace(option, label=label) for option, label in pairs])


@pytest.mark.parametrize(
    ("labels", "finding"),
    [
        ("broad divergent broad mixed", "Broad agreement on 2 of 4 ways forward; views diverge on 1"),
        ("broad mixed mixed limited", "Broad agreement on 1 of 4 ways forward"),
        ("general divergent mixed mixed", "General support for 1 of 4 ways forward; views diverge on 1"),
        (
            "general qualified mixed mixed",
            "General support for 1 of 4 ways forward, broad agreement on none yet",
        ),
        (
            "divergent divergent mixed mixed",
            "Views diverge on 2 of 4 ways forward; there is broad agreement on none",
        ),
        ("few few few few", "No broad agreement on any of 4 ways forward"),
        ("other other other other", "4 ways forward, as the panel ranks them"),
    ],
)
def test_the_finding_is_one_sentence(tally, labels, finding):
    ids = {
        "broad": "broad_agreement",
        "general": "general_support",
        "divergent": "divergent_views",
        "mixed": "mixed_views",
        "limited": "limited_support",
        "qualified": "qualified_support",
        "few": "not_enough",
        "other": "an_organizers_own",
    }
    own = replace(tally, labels=tally.labels | {"an_organizers_own": "Own"})
    assert reading.headline(labelled(own, *(ids[word] for word in labels.split()))) == finding


def test_verdicts_run_from_agreement_to_doubt_and_own_labels_stand_last(tally):
    own = replace(tally, labels={"own": "Own"} | tally.labels)
    found = reading.verdicts(labelled(own, "own", "not_enough", "broad_agreement", "divergent_views"))
    assert [verdict.id for verdict in found] == ["broad_agreement", "divergent_views", "not_enough", "own"]
    assert found[-1].mark == reading.OTHER


def test_the_first_rank_is_said_to_be_as_settled_as_it_is(tally):
    assert reading.first_ranks(tally) == "The interval of one way forward alone reaches the first rank: W01"
    tied = replace(tally, options=[replace(option, rank_low=1) for option in tally.options])
    assert (
        reading.first_ranks(tied)
        == "The intervals of 4 ways forward reach the first rank: W01, W02, W03 and W04"
    )
    unknown = replace(tally, options=[replace(option, rank_low=None) for option in tally.options])
    assert reading.first_ranks(unknown) == "The rank of every way forward, with its interval"


def test_a_long_list_of_codes_is_cut_short():
    codes = [f"W{n:02}" for n in range(1, 13)]
    assert reading.enumerate_codes(codes) == "W01, W02, W03, W04, W05, W06, W07 and 5 others"
    assert reading.enumerate_codes(codes[:2]) == "W01 and W02"


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0%"), (0.004, "under 1%"), (0.42, "42%"), (0.9999, "over 99%"), (1.0, "100%")]
)
def test_a_chance_is_no_certainty(share, said):
    assert reading.chance(share) == said


def test_what_a_cost_adds_is_taken_off_and_scales_of_two_lengths_are_made_alike(tally):
    option = tally.options[0]
    costly = replace(tally, scales=[replace(one, benefit=one.code != "C2") for one in tally.scales])
    parts = {part.scale.code: part.share for part in reading.shares(costly, option)}
    assert parts["C1"] > 0 > parts["C2"]
    uneven = replace(tally, scales=[scale("OV"), scale("C1", 60), scale("C2", 40, low=1, high=11)])
    first, second = reading.shares(uneven, option)
    assert first.share == pytest.approx(0.6 * 100 * (first.mean - 1) / 8)
    assert second.share == pytest.approx(0.4 * 100 * (second.mean - 1) / 10)


def test_an_option_without_a_mean_on_a_criterion_is_not_taken_apart(tally):
    option = tally.options[0]
    nobody = replace(option.by_criterion["C2"], n=0, mean=None)
    silent = replace(option, by_criterion=option.by_criterion | {"C2": nobody}, rank=None)
    assert reading.shares(replace(tally, options=[silent, *tally.options[1:]]), silent) == []


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        ((0.5, -0.5), "It is lifted most by “C1” and held back most by “C2”."),
        ((0.5, 0.0), "It is lifted most by “C1”; no criterion holds it back."),
        ((-0.5, 0.01), "It is held back most by “C1”; no criterion lifts it."),
        ((0.01, -0.01), "On every criterion it lies close to the usual way forward."),
    ],
)
def test_what_lifts_and_what_holds_back(tally, ahead, said):
    parts = [
        replace(part, ahead=one)
        for part, one in zip(reading.shares(tally, tally.options[0]), ahead, strict=True)
    ]
    assert reading.reasons(parts) == said


def test_the_criteria_rated_lower_than_support_are_named(tally):
    option = tally.options[0]
    assert reading.reserved(reading.reservations(tally, option)) == "C2 (7.0) and C1 (7.5)"
    disliked = tally.option("W04")
    assert disliked is not None
    assert reading.reservations(tally, disliked) == []


@pytest.mark.parametrize(("before", "direction"), [(8.0, 1), (8.5, 0), (9.0, -1), (None, 0)])
def test_a_median_goes_up_stands_or_goes_down(tally, before, direction):
    now = tally.options[0].by_criterion["OV"]
    moved = Movement(
        paired=9,
        changed_share=0.5,
        moved_share=0.1,
        toward_median_share=None,
        median_before=before,
        stable=True,
    )
    assert now.median == 8.5
    assert reading.direction(moved, now) == direction


def test_bands_of_the_scale_and_their_shares_fill_the_whole(tally):
    assert [band.replace("\u2013", "-") for band in reading.band_names(Rules(), 1, 9)] == [
        "7-9",
        "4-6",
        "1-3",
    ]
    assert [band.replace("\u2013", "-") for band in reading.band_names(Rules(), 1, 3)] == ["3", "2", "1"]
    assert reading.band_names(Rules(), 0, 1)[1] == "\u2013"
    for option in tally.options:
        assert sum(reading.band_shares(option.by_criterion["OV"])) == pytest.approx(1)


def test_a_brief_sentence_names_the_option_by_its_code(tally):
    option: OptionTally = tally.options[0]
    assert "Option 1 (W01)" in option.sentence
    assert reading.brief(option).startswith("There was broad agreement among participants that W01 ")
