"""What is alike by letters and words is found in every script, and what is not is left out."""

import doctest

import pytest

from app.proposals import lengths, similar
from app.proposals.similar import Candidate

REGISTER = [
    Candidate("W06", "Point-of-sale awareness kit in local languages", "A kit for shops."),
    Candidate("W18", "Community-led awareness programmes", "Partners on the spot speak to the public."),
    Candidate(
        "W20",
        "Repository and yearly exchange of good practices",
        "UNIDIR keeps an open repository of good-practice notes. Once a year practitioners present cases.",
    ),
]


def codes(title, text="", candidates=REGISTER):
    return [match.candidate.code for match in similar.similar(title, text, candidates)]


@pytest.mark.parametrize("module", [similar, lengths])
def test_what_the_examples_say_is_so(module):
    assert doctest.testmod(module).failed == 0


def test_the_same_in_other_words_comes_first():
    text = "A repository of short notes on good practices, and a yearly meeting in which cases are presented."
    assert codes("An open library of practice notes", text)[0] == "W20"


def test_a_slip_of_the_pen_hides_nothing():
    assert codes("Comunity-led awarenes programms")[0] == "W18"


def test_what_has_nothing_in_common_is_left_out():
    assert codes("Scanners for customs officers") == []


@pytest.mark.parametrize("title", ["", "   ", "§§ !", "\u202e", "of a"])
def test_of_nothing_nothing_is_alike(title):
    assert codes(title) == []


@pytest.mark.parametrize(
    ("title", "same", "other"),
    [
        ("弹药标记", "弹药没有标记", "海关培训"),
        ("وسم الذخيرة", "الذخيرة غير موسومة", "تدريب الجمارك"),
        ("Маркировка боеприпасов", "Боеприпасы не маркируются", "Обучение таможни"),
        ("Marquage des munitions", "Les munitions ne sont pas marquées", "Formation des douanes"),
    ],
)
def test_every_script_is_compared(title, same, other):
    assert codes(title, candidates=[Candidate("X", other), Candidate("Y", same)])[0] == "Y"


def test_what_is_the_same_is_alike_by_a_hundred_per_cent():
    one = REGISTER[2]
    (match, *_) = similar.similar(one.title, one.text, REGISTER)
    assert (match.candidate.code, match.percent) == ("W20", 100)
