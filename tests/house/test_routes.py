"""Every route says who may take it, and stands in the table of who may."""

import inspect
import re

import pytest
from fastapi.routing import APIRoute

from app.main import ROUTERS
from app.policy import Role, allows
from tests.house.routes import (
    FOUNDERS,
    OWN,
    PERSONAL,
    PUBLIC,
    ROLES,
    asks_for_a_member,
    asks_for_a_person,
    permission_of,
    routes,
)

ROUTES = routes()


def named(route):
    return route.name


def test_no_route_hides_in_a_router_within_a_router():
    assert {type(route) for router in ROUTERS for route in router.routes} == {APIRoute}


def test_every_route_stands_in_the_table_once():
    listed = [*PUBLIC, *PERSONAL, *FOUNDERS, *ROLES]
    assert sorted(listed) == sorted(route.name for route in ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_route_asks_for_what_the_table_says(route):
    if route.name in PUBLIC:
        assert not asks_for_a_person(route)
    elif route.name in PERSONAL | FOUNDERS:
        assert asks_for_a_person(route)
        assert not asks_for_a_member(route)
    else:
        assert asks_for_a_member(route)
        permission = permission_of(route)
        allowed = {role for role in Role if permission is None or allows(role, permission)}
        assert allowed == ROLES[route.name]


@pytest.mark.parametrize("route", [route for route in ROUTES if route.methods != {"GET"}], ids=named)
def test_what_changes_a_seminar_asks_for_a_permission(route):
    if route.name in ROLES and route.name not in OWN:
        assert permission_of(route) is not None


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_name_is_a_room_and_a_word(route):
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", route.name)
    assert route.name.split(".")[0] == route.endpoint.__module__.split(".")[1]


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_route_is_sync_and_takes_one_method(route):
    assert not inspect.iscoroutinefunction(route.endpoint)
    assert route.methods in ({"GET"}, {"POST"})


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_an_address_names_no_row_of_the_database_but_a_membership(route):
    public = {"seminar_slug", "round_number", "item_code", "code", "kind", "token", "name", "form", "role"}
    public |= {"reference", "statement_reference", "section_key", "version_number", "figure_name"}
    public |= {"plan_name", "question_code", "file_kind", "form_code", "number"}
    assert set(re.findall(r"{(\w+)", route.path)) <= public | {"membership_id"}
