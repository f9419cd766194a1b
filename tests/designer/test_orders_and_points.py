"""A question for an order or for points is set up, and what does not fit is said beside its field."""

import pytest

pytestmark = pytest.mark.database


def saved(desk, code, **fields):
    path = f"/questions/{code}"
    return desk.post(path, **({"prompt": "Please answer.", "seen": desk.seen(path)} | fields))


def test_an_order_begins_with_ties_and_gaps_and_without_a_limit(desk):
    settings = desk.add("rank").settings
    assert (settings["ties"], settings["unranked"], settings["most"]) == (True, True, None)
    assert settings["abstentions"] == []
    assert settings["rationale"]["prompt"]


def test_what_an_order_may_look_like_is_chosen(desk):
    desk.add("rank")
    assert saved(desk, "Q1", unranked="on", most="5", abstention="cannot_say").status_code == 303
    settings = desk.question().settings
    assert (settings["ties"], settings["unranked"], settings["most"]) == (False, True, 5)
    assert [one["value"] for one in settings["abstentions"]] == ["cannot_say"]
    page = desk.get("/questions/Q1").text
    assert 'name="unranked" value="on" checked' in page
    assert 'name="ties" value="on">' in page


@pytest.mark.parametrize("most", ["0", "-1", "many", "201", "1.5"])
def test_a_limit_that_cannot_be_is_said_beside_its_field(desk, most):
    desk.add("rank")
    page = saved(desk, "Q1", unranked="on", most=most)
    assert page.status_code == 422
    assert 'id="f-most-error"' in page.text
    assert f'value="{most}"' in page.text
    assert desk.question().settings["most"] is None


def test_if_only_some_are_ranked_the_others_must_be_left_out(desk):
    desk.add("rank")
    page = saved(desk, "Q1", ties="on", most="3")
    assert page.status_code == 422
    assert "please allow that too" in page.text


def test_points_begin_with_a_hundred_for_eight_and_can_be_others(desk):
    settings = desk.add("allocate").settings
    assert (settings["points"], settings["most"]) == (100, 8)
    assert saved(desk, "Q1", points="50", most="").status_code == 303
    settings = desk.question().settings
    assert (settings["points"], settings["most"]) == (50, None)
    page = desk.get("/questions/Q1").text
    assert 'name="points" type="text" value="50"' in page


@pytest.mark.parametrize("points", ["", "1", "1001", "hundred", "33.5"])
def test_points_that_cannot_be_divided_are_said_beside_their_field(desk, points):
    desk.add("allocate")
    page = saved(desk, "Q1", points=points)
    assert page.status_code == 422
    assert 'id="f-points-error"' in page.text
    assert desk.question().settings["points"] == 100


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rank", ["Some may be level.", "What is left out does not count as last."]),
        ("allocate", ["There are 100 points to divide.", "At most 8 may get points."]),
    ],
)
def test_the_design_says_in_words_how_it_is_answered(desk, name, said):
    desk.add(name)
    page = desk.get().text
    for words in said:
        assert words in page
