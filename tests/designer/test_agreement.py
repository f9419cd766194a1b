"""When something counts as settled is fixed before a round opens, and said in words to all."""

import pytest

from app.db import transaction
from app.models import Round
from app.models.rounds import RoundState
from app.policy import Role
from app.questions.agreement import rule_of
from app.rounds import agreement

pytestmark = pytest.mark.database

PAGE = "/questions/Q1/agreement"
TWO = {
    "rule": "two_band",
    "in_low": "7",
    "in_high": "9",
    "out_low": "1",
    "out_high": "3",
    "share": "70",
    "below": "15",
}
RULES = [
    (TWO, {"rule": "two_band", "in_band": [7, 9], "out_band": [1, 3], "at_least": 0.7, "at_most": 0.15}),
    (
        {"rule": "band", "band_low": "7", "band_high": "9", "band_share": "80"},
        {"rule": "band", "low": 7, "high": 9, "at_least": 0.8},
    ),
    ({"rule": "iqr", "width": "2"}, {"rule": "iqr", "at_most": 2.0}),
    ({"rule": "cns", "index": "0.75"}, {"rule": "cns", "at_least": 0.75}),
    ({"rule": "rand_ucla"}, {"rule": "rand_ucla"}),
    ({"rule": "none"}, None),
]


def choose(desk, **fields):
    return desk.post(PAGE, **({"seen": desk.seen(PAGE)} | fields))


@pytest.mark.parametrize(("typed", "kept"), RULES, ids=lambda one: str(one and one.get("rule")))
def test_each_rule_is_chosen_with_its_numbers_and_can_judge(desk, typed, kept):
    desk.add("cards")

    assert choose(desk, **typed).status_code == 303

    stored = desk.question().settings.get("agreement")
    assert stored == kept
    if kept:
        assert rule_of(stored, 1, 9).judge([[8], [8], [8]]).tolist() == ["consensus_in"]
        assert agreement.sentence(stored) in desk.get().text.replace("&#39;", "'")


def test_every_rule_is_offered_in_words_with_an_example_and_one_is_recommended(desk):
    desk.add("cards")

    page = desk.get(PAGE).text

    assert page.count("Something counts as") == len(agreement.RULES)
    assert page.count("If ten experts gave") == len(agreement.RULES)
    assert "at least 70% of those who rate it give it 7 to 9 and fewer than 15% give it 1 to 3" in page
    assert 'value="two_band" checked' in page
    assert "onsensus" not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"rule": ""}, "Please choose one of the rules"),
        ({"rule": "majority"}, "Please choose one of the rules"),
        (TWO | {"in_low": "9", "in_high": "7"}, "This does not fit the scale"),
        (TWO | {"out_high": "8"}, "This does not fit the scale"),
        (TWO | {"in_high": "12"}, "This does not fit the scale"),
        (TWO | {"share": "0"}, "Please enter a number that is allowed here."),
        (TWO | {"below": "71"}, "Please enter a number that is allowed here."),
        (TWO | {"below": ""}, "Please fill this in."),
        ({"rule": "cns", "index": "2"}, "Please enter a number that is allowed here."),
        ({"rule": "iqr", "width": "wide"}, "Please enter a number."),
        ({"rule": "iqr", "width": "inf"}, "not in the form expected"),
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused_in_words(desk, typed, words):
    desk.add("cards")

    answer = choose(desk, **typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert "agreement" not in desk.question().settings


def test_a_rule_that_fits_the_scale_no_longer_keeps_the_round_from_opening(desk):
    desk.add("cards")
    choose(desk, **TWO)
    question = desk.question()
    with transaction(desk.engine) as session:
        question.settings = question.settings | {"criteria": [{"code": "LIK", "required": True}]}
        session.add(question)

    page = desk.get().text
    assert "Its rule of agreement does not fit any more what it is about." in page
    assert desk.browser.get(f"{desk.place.removesuffix('/design')}/open").text.count("rule of agreement")


def test_experts_read_the_rule_on_the_round_and_on_the_ballot_and_it_is_locked(desk, make, as_person, engine):
    desk.add("cards")
    choose(desk, **TWO)
    expert = as_person(make.expert(desk.seminar))
    place = desk.place.removesuffix("/design")
    with transaction(engine) as session:
        round_ = session.get_one(Round, desk.round_.id)
        round_.state, round_.opened_at = RoundState.OPEN, round_.created_at
        round_.closes_at = round_.created_at.replace(year=round_.created_at.year + 1)

    words = "at least 70% of those who rate it give it 7 to 9"
    assert words in expert.get(place).text
    assert "Fixed when the round was opened" in expert.get(place).text
    assert words in expert.get(f"{place}/ballot").text
    assert desk.post(PAGE, rule="none").status_code == 409
    assert desk.question().settings["agreement"]["rule"] == "two_band"


def test_the_choice_is_in_the_audit_log(desk, make, as_person):
    desk.add("cards")
    choose(desk, **TWO)

    audit = (
        as_person(make.member(desk.seminar, Role.ORGANISER)).get(f"/seminars/{desk.seminar.slug}/audit").text
    )

    assert "The rule of agreement of question Q1 of round R1 was set: two_band" in audit


def test_only_ratings_on_cards_have_a_rule(desk):
    desk.add("comment")

    assert desk.get(PAGE).status_code == 404


ACCORDS = [
    ("cover", {"rule": "modal", "modal_share": "80"}, {"rule": "modal", "at_least": 0.8}),
    (
        "rank",
        {"rule": "first", "first": "2", "first_share": "75"},
        {"rule": "first", "first": 2, "at_least": 0.75},
    ),
    ("rank", {"rule": "concordant", "concordance": "0.6"}, {"rule": "concordant", "at_least": 0.6}),
    ("allocate", {"rule": "given", "given_share": "51"}, {"rule": "given", "at_least": 0.51}),
    ("plane", {"rule": "iqr", "width": "1"}, {"rule": "iqr", "at_most": 1.0}),
    ("rank", {"rule": "none"}, None),
]


@pytest.mark.parametrize(("form", "typed", "kept"), ACCORDS, ids=lambda one: str(one and one)[:40])
def test_every_type_offers_the_rules_that_make_sense_for_it(desk, form, typed, kept):
    desk.add(form)

    assert choose(desk, **typed).status_code == 303

    stored = desk.question().settings.get("agreement")
    assert stored == kept
    if kept:
        assert agreement.sentence(stored) in desk.get().text.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("cover", TWO),
        ("rank", {"rule": "modal", "modal_share": "80"}),
        ("plane", TWO),
        ("cards", {"rule": "first", "first": "2", "first_share": "75"}),
    ],
)
def test_a_rule_of_another_type_is_refused(desk, form, typed):
    desk.add(form)

    assert choose(desk, **typed).status_code == 422
    assert "agreement" not in desk.question().settings


@pytest.mark.parametrize(
    "typed",
    [
        {"rule": "first", "first": "0", "first_share": "75"},
        {"rule": "first", "first": "two", "first_share": "75"},
        {"rule": "concordant", "concordance": "1.5"},
        {"rule": "concordant", "concordance": "nan"},
    ],
)
def test_numbers_that_cannot_be_are_said_beside_their_fields(desk, typed):
    desk.add("rank")

    answer = choose(desk, **typed)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{typed["rule"]}" checked' in answer.text


@pytest.mark.parametrize("form", ["compare", "weigh"])
def test_where_no_rule_makes_sense_it_is_said_why(desk, form):
    desk.add(form)

    assert "No rule says here when something is settled:" in desk.get().text
    assert desk.get(PAGE).status_code == 404


def test_among_the_first_of_all_there_are_everything_would_be_settled(desk):
    desk.add("rank")
    assert choose(desk, rule="first", first="3", first_share="70").status_code == 303
    assert "Its rule of agreement does not fit any more what it is about." in desk.get().text
    assert choose(desk, rule="first", first="2", first_share="70").status_code == 303
    assert "does not fit any more" not in desk.get().text
