"""A form's way from the platform to an expert and back, by browsers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from sqlmodel import col, select
from starlette.testclient import TestClient

from app.ballots import queries as ballots
from app.db import transaction
from app.models import AuditEntry, Message, PaperEntry, Seal
from app.offline import building, queries, word_reading
from app.offline.codebook import CodeBook
from app.offline.sheet import Form
from tests.ballots.voting import Voter
from tests.offline.filling import PENS, everything_in


@dataclass
class Post:
    voter: Voter
    expert: TestClient
    clerk: TestClient

    @property
    def round_path(self) -> str:
        return f"/seminars/{self.voter.seminar.slug}/rounds/{self.voter.round.number}"

    def download(self, kind: str = "docx", client: TestClient | None = None) -> bytes:
        answer = (client or self.expert).post(f"{self.round_path}/form.{kind}")
        assert answer.status_code == 200, answer.text
        return answer.content

    def form(self, *, own: bool = False) -> Form:
        """The form as the platform knows it."""
        seminar, round_ = self.voter.seminar, self.voter.round
        with transaction(self.voter.engine, write=False) as session:
            book = CodeBook(session, self.voter.settings, seminar)
            paper = queries.form_of(session, book, round_=round_, panellist=self.voter.panellist)
            asked = ballots.asking(session, round_)
            assert paper is not None
            assert asked is not None
            return building.build(session, seminar=seminar, round_=round_, asked=asked, paper=paper, own=own)

    def blank_form(self) -> Form:
        """The form, for which codes have been drawn."""
        self.download()
        return self.form()

    def filled_in(self, answers: Mapping[str, str], kind: str = "docx") -> bytes:
        """The expert's form, filled in."""
        content = self.download(kind)
        return PENS[kind](content, self.form(), answers)

    def send(self, content: bytes, *, by_clerk: bool = False, name: str = "form.docx"):
        client = self.clerk if by_clerk else self.expert
        path = f"{self.round_path}/{'forms' if by_clerk else 'form'}"
        return client.post(path, files={"file": (name, content)})

    def read(self, content: bytes, *, by_clerk: bool = False) -> str:
        """Send a form that is taken; the address of what was read."""
        answer = self.send(content, by_clerk=by_clerk)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def preview(self, where: str, *, by_clerk: bool = False) -> str:
        answer = (self.clerk if by_clerk else self.expert).get(where)
        assert answer.status_code == 200, answer.text
        return answer.text

    def decide(
        self,
        where: str,
        decisions: Mapping[str, str] | None = None,
        *,
        then: str = "enter",
        by_clerk: bool = False,
    ):
        client = self.clerk if by_clerk else self.expert
        return client.post(where, data={f"c.{k}": v for k, v in (decisions or {}).items()} | {"then": then})

    def enter(
        self, content: bytes, decisions: Mapping[str, str] | None = None, *, by_clerk: bool = False
    ) -> None:
        where = self.read(content, by_clerk=by_clerk)
        answer = self.decide(where, decisions, by_clerk=by_clerk)
        assert answer.status_code == 303, answer.text

    def form_says(self, content: bytes, key: str) -> str:
        """What stands in a cell of a Word file."""
        return word_reading.parse(content).find(self.form()).readings[key][0].value

    def text_of(self, content: bytes) -> str:
        return everything_in(content)

    def forms_in(self, archive: bytes) -> list[bytes]:
        with ZipFile(BytesIO(archive)) as opened:
            return [opened.read(name) for name in opened.namelist() if not name.endswith(".csv")]

    @property
    def seal(self) -> Seal | None:
        with transaction(self.voter.engine, write=False) as session:
            ballot = ballots.find_ballot(session, round_=self.voter.round, panellist=self.voter.panellist)
            return ballots.latest_seal(session, ballot)

    @property
    def sealed(self) -> dict[str, Any]:
        seal = self.seal
        assert seal is not None
        found: dict[str, Any] = seal.content["questions"]
        return found

    @property
    def entries(self) -> list[PaperEntry]:
        with transaction(self.voter.engine, write=False) as session:
            return list(session.exec(select(PaperEntry).order_by(col(PaperEntry.number))))

    @property
    def messages(self) -> list[Message]:
        with transaction(self.voter.engine, write=False) as session:
            return list(session.exec(select(Message).where(Message.kind == "form_entered")))

    @property
    def audit(self) -> list[AuditEntry]:
        with transaction(self.voter.engine, write=False) as session:
            mine = select(AuditEntry).where(col(AuditEntry.action).startswith("offline:"))
            return list(session.exec(mine.order_by(col(AuditEntry.number))))


def faults_in(page: str) -> list[str]:
    """What the preview says of cells that it could not read."""
    return re.findall(r'class="badge warn">([^<]+)<', page)
