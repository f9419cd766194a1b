"""Questions are added, edited, ordered, duplicated and removed."""

import pytest

from app.designer.types import FORMS

pytestmark = pytest.mark.database


@pytest.mark.parametrize("form", FORMS)
def test_a_question_of_each_type_is_added_and_can_be_seen_as_an_expert_will_see_it(desk, form):
    question = desk.add(form)

    page = desk.get(f"/questions/{question.code}")
    assert page.status_code == 200
    assert question.prompt
    assert question.prompt in page.text
    preview = desk.browser.get(f"{desk.place.removesuffix('/design')}/preview/{question.code}")
    assert preview.status_code == 200
    assert desk.get().status_code == 200
