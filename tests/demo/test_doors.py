"""The doors: open in a demonstration, and not there at all elsewhere."""

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from tests.conftest import BROWSER, ORIGIN
from tests.demonstrations import settings

ROLES = ["expert", "facilitator", "organiser", "observer", "clerk"]


@pytest.fixture
def passer_by(demo_app):
    with TestClient(demo_app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
        yield client


def test_there_is_a_door_for_each_role_and_it_says_the_panel_is_synthetic(passer_by):
    page = passer_by.get("/demo")
    assert page.status_code == 200
    assert all(f'action="/demo/{role}"' in page.text for role in ROLES)
    assert "synthetic" in page.text


@pytest.mark.parametrize("role", ROLES)
def test_a_door_leads_to_the_seminars_home(visitor, role):
    home = visitor(role).get("/seminars/unscr-2370-op12")
    assert home.status_code == 200


def test_looking_at_a_door_does_not_open_it(passer_by):
    assert passer_by.get("/demo/expert").status_code == 405
    assert passer_by.get("/seminars/unscr-2370-op12").status_code == 303


def test_there_is_no_door_for_other_roles(passer_by):
    assert passer_by.post("/demo/admin").status_code == 404
    assert passer_by.post("/demo/expert%00").status_code in {400, 404}


def test_another_site_cannot_open_a_door(passer_by):
    assert passer_by.post("/demo/expert", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_there_are_no_doors_where_it_is_not_a_demonstration(demo_engine, tmp_path):
    app = create_app(settings(tmp_path, demo=False), demo_engine)
    with TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
        assert client.get("/demo").status_code == 404
        assert all(client.post(f"/demo/{role}").status_code == 404 for role in ROLES)


def test_there_are_no_doors_before_it_is_loaded(engine, tmp_path):
    app = create_app(settings(tmp_path), engine)
    with TestClient(app, base_url=ORIGIN, headers=BROWSER, follow_redirects=False) as client:
        assert client.get("/demo").status_code == 404
        assert client.post("/demo/expert").status_code == 404


def test_a_seminar_that_a_visitor_founds_is_synthetic_too_and_shuts_no_door(visitor, passer_by):
    new = {"slug": "another", "title": "Another seminar", "timezone": "UTC", "language": "en"}
    founded = visitor("organiser").post("/seminars/new", data=new | {"anonymity": "pseudonymous"})
    assert founded.headers["location"] == "/seminars/another/plans"
    assert passer_by.get("/demo").status_code == 200
    assert passer_by.post("/demo/expert").status_code == 303
