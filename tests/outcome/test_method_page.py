"""How results are made, for a reader of policy papers, with or without a result."""

import pytest

from app.outcome.conditions import in_words, rules_in_words
from app.policy import Role
from app.web.render import TEMPLATES
from app.wording import Rules
from app.wording.parsing import condition
from tests.outcome import judged
from tests.outcome.test_outcome_page import read, words_of
from tests.results.panels import wording

BANDS = ("7-9", "4-6", "1-3")


def method_of(make, as_person, seminar):
    page = read(as_person(make.member(seminar, Role.EXPERT)), f"/seminars/{seminar.slug}/method")
    return words_of(page)


def test_it_says_how_a_result_was_made(make, as_person, engine):
    seminar, round_ = judged.published(make, engine)
    said = method_of(make, as_person, seminar)
    assert f"R{round_.number} Round 0" in said
    assert "7-9 counts as favourable, 4-6 as undecided, 1-3 as unfavourable" in said
    assert "Effectiveness Effectiveness? 60%" in said
    assert "Panels drawn anew 2,000" in said
    assert "Submitted 20 of 20 invited" in said
    assert "Digest of the input" in said


def test_without_a_result_it_says_how_one_will_be_made(make, as_person):
    seminar, _ = judged.seminar(make)
    said = method_of(make, as_person, seminar)
    assert "Broad agreement favourable ratings (7-9) at least 80%" in said
    assert "When a result has been published" in said
    assert "Panels drawn anew" not in said


def test_a_blank_seminar_has_a_method_page_too(make, as_person):
    said = method_of(make, as_person, make.seminar())
    assert "This seminar has fixed no wording rules" in said


def test_only_this_page_explains_the_procedural_word(make, as_person, engine):
    seminar, _ = judged.published(make, engine)
    assert "consensus means adoption without a vote" in method_of(make, as_person, seminar)
    for template in (TEMPLATES / "outcome").glob("*.html"):
        if template.name != "method.html":
            assert "consensus" not in template.read_text().lower(), template.name


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("n < 10 or n/N < 0.60", "number of ratings below 10 or share of the experts who rated it below 60%"),
        (
            "p_hi >= 0.80 and iqr <= 2",
            "favourable ratings (7-9) at least 80% and interquartile range at most 2",
        ),
        (
            "n > 5 and (median == 5 or n != 7)",
            "number of ratings above 5 and (median exactly 5 or number of ratings other than 7)",
        ),
        ("N > 9", "number of experts who submitted above 9"),
        ("otherwise", "in all other cases"),
        ("100 * p_hi >= 80", ""),
        ("not median < 5", ""),
    ],
)
def test_a_rule_is_put_into_words_or_left_as_a_formula(when, words):
    assert in_words(condition(when, rule="one"), BANDS) == words


def test_every_rule_of_the_template_is_put_into_words():
    rules = wording()
    found = rules_in_words(Rules.read(rules), rules["labels"], BANDS)
    assert [rule.id for rule in found] == [entry["id"] for entry in rules["labels"]]
    assert all(rule.words and rule.when for rule in found)
