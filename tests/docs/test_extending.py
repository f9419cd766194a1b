"""The page on adding a type: its files are taken out of it, registered, and a round is played with them."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlmodel import select
from starlette.testclient import TestClient

from app import clock
from app.db import transaction
from app.models import Person, Result, Round, Seminar
from app.policy import Role
from app.results import recount
from app.rounds import queries as rounds
from app.settings import ROOT
from app.web.render import environment
from tests.conftest import HTMX
from tests.factories import Make

PAGE = (ROOT / "docs/extending.md").read_text()
# a heading that names a file, and the first block of code below it
FILE = re.compile(r"^### `([^`]+)`\n+```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# a row of the table of lines: file, table, line
LINE = re.compile(r"^\| `(app/[^`]+)` \| `([A-Z]+)` \| `([^`]+)` \|$", re.MULTILINE)
FILES = dict(FILE.findall(PAGE))
MODULES = [path for path in FILES if path.endswith(".py")]
# the lowest room first: a module is there before another needs it
ROOMS = ("app/questions", "app/results", "app/ballots", "app/designer")

Client = Callable[[Person], TestClient]


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@pytest.fixture
def approve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The type as the page has it, for as long as the test takes."""
    known: dict[str, Any] = {}
    for path in sorted(MODULES, key=lambda path: [path.startswith(room) for room in ROOMS].index(True)):
        module = ModuleType(module_name(path))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(FILES[path], path, "exec"), module.__dict__)
        known |= module.__dict__ | {module.__name__.rpartition(".")[2]: module}
    for path, content in FILES.items():
        if path.startswith("templates/"):
            place = tmp_path / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content)
    loader = environment().loader
    assert loader is not None
    monkeypatch.setattr(
        environment(), "loader", ChoiceLoader([loader, FileSystemLoader(tmp_path / "templates")])
    )
    for path, table, line in LINE.findall(PAGE):
        key, _colon, value = line.rpartition(": ")
        made = eval(value, known)
        name = eval(key, known) if key else made.name
        monkeypatch.setitem(getattr(importlib.import_module(module_name(path)), table), name, made)


def test_the_page_has_a_module_in_each_room_and_a_line_for_each():
    assert {next(room for room in ROOMS if path.startswith(room)) for path in MODULES} == set(ROOMS)
    assert len(MODULES) == len(ROOMS)
    tables = {module_name(path).rpartition(".")[0] for path, *_ in LINE.findall(PAGE)}
    assert len(LINE.findall(PAGE)) == 5
    assert tables


@pytest.mark.parametrize("path", MODULES)
def test_its_modules_are_written_as_the_house_is(path: str):
    for command in (["check", "--no-cache"], ["format", "--check"]):
        done = subprocess.run(
            [Path(sys.executable).parent / "ruff", *command, "--stdin-filename", path, "-"],
            cwd=ROOT,
            input=FILES[path].rstrip("\n") + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_that_the_page_names_elsewhere_is_there():
    for path in set(re.findall(r"`((?:app|tests|templates)/[\w/.]+\.(?:py|html))`", PAGE)) - FILES.keys():
        assert (ROOT / path).exists(), path


@pytest.fixture
def played(approve: None, make: Make, as_person: Client) -> tuple[Round, TestClient, list[TestClient]]:
    """A round that a facilitator has designed with the new type, opened; she, and five experts."""
    seminar = make.seminar(min_group=3)
    make.options(seminar, 3)
    experts = [as_person(make.expert(seminar)) for _ in range(5)]
    desk = as_person(make.member(seminar, Role.FACILITATOR))
    round_ = make.round(seminar)
    base = f"/seminars/{seminar.slug}/rounds/{round_.number}"
    added = desk.post(f"{base}/design/questions/new", data={"form": "approve"})
    assert added.status_code == 303
    assert "Do you approve of these?" in desk.get(added.headers["location"]).text
    assert "0 of 3 voted on" in desk.get(f"{base}/preview").text
    assert "Experts say yes or no to each." in desk.get(base).text
    until = clock.now() + timedelta(days=7)
    assert desk.post(f"{base}/open", data={"closes_at": f"{until:%Y-%m-%dT%H:%M}"}).status_code == 303
    return round_, desk, experts


def base_of(desk: TestClient, make: Make, round_: Round) -> str:
    with transaction(make.engine, write=False) as session:
        return f"/seminars/{session.get_one(Seminar, round_.seminar_id).slug}/rounds/{round_.number}"


@pytest.mark.database
def test_a_whole_round_is_played_with_it(played: Any, make: Make):
    round_, desk, experts = played
    base = base_of(desk, make, round_)
    ballot = f"{base}/ballot/Q1"
    for place, expert in enumerate(experts):
        assert expert.get(ballot).status_code == 200
        said = {"W01.vote": "1", "W02.vote": "0" if place else "1", "W01.rationale": "It is time."}
        assert expert.post(ballot, data=said).status_code == 303
        page = expert.get(f"{base}/ballot/review").text
        assert "It is time." in expert.get(ballot).text
        assert "Yes" in page
        assert expert.post(f"{base}/ballot/submit", data={}).status_code == 303
        assert expert.get(f"{base}/ballot/receipt").status_code == 200
    assert desk.post(f"{base}/close", data={}).status_code == 303
    assert desk.post(f"{base}/look", data={}).status_code in {200, 303}
    assert "how many say yes to each" in desk.get(f"{base}/publish").text
    assert desk.post(f"{base}/publish", data={}).status_code == 303
    page = experts[0].get(f"{base}/feedback/Q1")
    assert page.status_code == 200
    assert "The votes in numbers" in page.text
    assert "It is time." in page.text
    content = json.loads(desk.get(f"{base}/questions/Q1/export.json").content)
    assert content["result"]["votes"][0] == {"code": "W01", "yes": 5, "no": 0, "abstained": {}}
    assert content["answers"]["columns"] == ["row", "W01.vote", "W02.vote", "W03.vote"]
    assert b"code,title,yes,no,share" in desk.get(f"{base}/questions/Q1/export.csv").content
    assert desk.get(f"{base}/questions/Q1/export.xlsx").status_code == 200
    with transaction(make.engine) as session:
        for question in rounds.questions(session, round_):
            result = session.exec(select(Result).where(Result.question_id == question.id)).one()
            assert recount.recompute(session, result).equal


@pytest.mark.database
@pytest.mark.parametrize(
    ("field", "value"), [("W01.vote", "2"), ("W01.vote", "yes"), ("W01.veto", "1"), ("W99.vote", "1")]
)
def test_a_hostile_value_is_refused_beside_its_field(played: Any, make: Make, field: str, value: str):
    round_, desk, experts = played
    base = base_of(desk, make, round_)
    answered = experts[0].post(f"{base}/ballot/Q1", data={field: value, "W02.vote": "1"})
    assert answered.status_code == 422
    assert "1 of 3 voted on" in answered.text


@pytest.mark.database
def test_a_script_is_answered_and_two_windows_are_told(played: Any, make: Make):
    round_, desk, experts = played
    base = base_of(desk, make, round_)
    card = f"{base}/ballot/Q1/W01"
    assert "1 of 3 voted on" in experts[0].post(card, data={"W01.vote": "1"}, headers=HTMX).text
    experts[0].post(card, data={"W01.vote": "0", "W01.seen": "vote:1,"}, headers=HTMX)
    clash = experts[0].post(card, data={"W01.vote": "cannot_say", "W01.seen": "vote:1,"}, headers=HTMX)
    assert clash.status_code == 409
    assert "“No” there" in clash.text
