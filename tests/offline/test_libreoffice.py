"""Forms that LibreOffice opened and saved, as documents of its own kind too, are read as they were meant."""

import shutil
import subprocess
from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app import i18n
from app.ballots import queries as ballots
from app.ballots.queries import Asking
from app.db import transaction
from app.models import Round, Seminar
from app.offline import building, receiving, service
from app.offline.codebook import CodeBook
from app.offline.entries import Entry
from app.offline.pages import WRITERS
from app.offline.sheet import Cell, Form
from app.settings import Settings
from tests import databases
from tests.ballots.voting import Voter
from tests.factories import ABSTENTIONS, CRITERIA, Make
from tests.offline.filling import PENS

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: NOBODY TRIED whether forms survive it (packages: see .ci/run)",
)
# of each kind, the one in which LibreOffice keeps its own documents
OWN = {"docx": "odt", "xlsx": "ods"}
LANGUAGES = ("en", "ar")
TEXTS = {"en": "It exists.\nIn “two” lines, 'quoted' - so.", "ar": "هذا موجود.\nفي سطرين، ٢ من ٣."}
EACH_THIRD = 3


@dataclass(frozen=True)
class Desk:
    """A round with all types of questions, and one expert's form of it."""

    engine: Engine
    settings: Settings
    voter: Voter
    form: Form
    blank: dict[str, bytes]

    @property
    def answers(self) -> dict[str, str]:
        """Something in two of three cells, everything that can be chosen in turn."""
        cells = list(self.form.cells.values())
        return {
            cell.key: _answer(cell, place, self.form.language)
            for place, cell in enumerate(cells)
            if place % EACH_THIRD
        }

    @property
    def left(self) -> set[str]:
        """The cells that were left blank beside others that need them."""
        return {key for key, cell in self.form.cells.items() if cell.needed and key not in self.answers}

    def read(self, content: bytes) -> Entry:
        with transaction(self.engine, write=False) as session:
            seminar = session.get_one(Seminar, self.voter.seminar.id)
            round_ = session.get_one(Round, self.voter.round.id)
            book = CodeBook(session, self.settings, seminar)
            about: dict[str, Any] = {"seminar": seminar, "round_": round_, "asked": _asking(session, round_)}
            return receiving.receive(session, book, **about, content=content, of=self.voter.panellist).entry


def _answer(cell: Cell, place: int, language: str) -> str:
    return cell.choices[place % len(cell.choices)].value if cell.choices else TEXTS[language]


def _asking(session, round_) -> Asking:
    asked = ballots.asking(session, round_)
    assert asked is not None
    return asked


@pytest.fixture(scope="module")
def desks(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    folder = tmp_path_factory.mktemp("forms")
    engine = databases.fresh_sqlite(migrated_sqlite, folder)
    settings = Settings(_env_file=None, environment="test", mail_folder=folder)
    make = Make(engine, settings)
    yield {language: copy_context().run(_desk, make, language) for language in LANGUAGES}
    engine.dispose()


def _desk(make: Make, language: str) -> Desk:
    i18n.use(language)
    voter = _voter(make, language)
    with transaction(make.engine) as session:
        book = CodeBook(session, make.settings, voter.seminar)
        paper = service.form_for(session, book, round_=voter.round, panellist=voter.panellist)
        about: dict[str, Any] = {
            "seminar": voter.seminar,
            "round_": voter.round,
            "asked": _asking(session, voter.round),
        }
        form = building.build(session, **about, paper=paper, own=False, origin="https://example.org")
    blank = {kind: writer.write(form) for kind, writer in WRITERS.items()}
    return Desk(make.engine, make.settings, voter, form, blank)


def _voter(make: Make, language: str) -> Voter:
    """An expert before every type of question, and each way in which one of them is laid out."""
    seminar = make.seminar(language=language, title="Marking" if language == "en" else "وسم الأسلحة")
    round_ = make.mapping_round(seminar, title="All of it" if language == "en" else "الكل")
    make.criteria(seminar)
    options = make.options(seminar, 4)
    criteria = [{"code": code, "required": required} for code, *_, required in CRITERIA]
    rate = {"criteria": criteria, "abstentions": ABSTENTIONS, "rationale": {"prompt": "Why?"}}
    make.asks(round_, "Q6", "rate", rate, options[:2])
    make.asks(round_, "Q7", "rank", {"ties": True, "unranked": True, "abstentions": ABSTENTIONS}, options)
    make.asks(round_, "Q8", "allocate", {"points": 100, "most": None}, options)
    make.asks(round_, "Q9", "compare", {"pairs": None, "ties": True, "abstentions": ABSTENTIONS}, options)
    make.weighs(round_, "Q10", {"method": "swing"}, seminar)
    make.weighs(round_, "Q11", {"method": "pairwise"}, seminar)
    return Voter.of(make.engine, make.settings, seminar, round_, make.expert(seminar))


class Office:
    """LibreOffice, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def saved(self, files: dict[str, bytes], kind: str) -> dict[str, bytes]:
        """The files, opened and saved as of this kind."""
        source, target = self.folder / "in", self.folder / "out"
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        for name, content in files.items():
            (source / name).write_bytes(content)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(target)]
        subprocess.run(
            [*command, *map(str, sorted(source.iterdir()))], check=True, timeout=120, capture_output=True
        )
        names = [f"{Path(name).stem}.{kind}" for name in files]
        return {name: (target / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def returned(desks: dict[str, Desk], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """By language and way: filled in and saved once; or saved, filled in then, and kept as its own kind."""
    office = Office(tmp_path_factory.mktemp("office"))
    found: dict[str, bytes] = {}
    for kind, pen in PENS.items():
        filled = {
            f"{language}-once.{kind}": pen(desk.blank[kind], desk.form, desk.answers)
            for language, desk in desks.items()
        }
        blank = {f"{language}-own.{kind}": desk.blank[kind] for language, desk in desks.items()}
        saved = office.saved(filled | blank, kind)
        found |= {name: saved[name] for name in filled}
        again = {name: pen(saved[name], desks[name[:2]].form, desks[name[:2]].answers) for name in blank}
        found |= office.saved(office.saved(again, OWN[kind]), kind)
    return found


# one test, so that LibreOffice is started for it in one of the processes that run tests
def test_every_cell_comes_back_as_it_was_filled_in(desks, returned):
    assert len(returned) == len(LANGUAGES) * len(PENS) * 2
    for name, content in returned.items():
        desk = desks[name[:2]]
        entry = desk.read(content)
        said = {key: reading.value for key, reading in entry.readings.items() if reading.value}
        assert said == desk.answers, name
        assert {key for key, reading in entry.readings.items() if reading.fault} <= desk.left, name
        assert entry.edited == [], name
