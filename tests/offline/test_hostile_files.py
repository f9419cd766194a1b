"""Files that are no form, or a form of somebody else: refused in words, and nothing is opened or kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.models.ballots import EntryState
from tests.ballots.voting import Voter
from tests.offline.filling import code_in, part_of, with_part
from tests.offline.post import Post

# a code that none of the forms bears
OTHER = "0000-0000-0000-0000"
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>&secret;</w:t></w:r></w:p></w:body></w:document>"""


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(post: Post, content: bytes, *, by_clerk: bool = False, name: str = "form.docx") -> str:
    """Why the file is not taken, as it stands beside its field."""
    answer = post.send(content, by_clerk=by_clerk, name=name)
    assert answer.status_code == 422, answer.text
    assert post.entries == []
    found = re.search(r'id="f-file-error">([^<]+)<', answer.text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "choose a file"),
        (PNG, "PNG file"),
        (b"%PDF-1.7 \n", "PDF file"),
        (b"{\\rtf1 }", "RTF file"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old kind or has a password"),
        (b"just words", "neither a Word file"),
        (b"PK\x03\x04 and then nothing", "neither a Word file"),
        (zipped({"a.txt": b"x"}), "neither a Word file"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "save it as .docx"),
        (zipped({TYPES: b"<Types/>", DOCUMENT: b"<w:document"}), "neither a Word file"),
        (zipped({TYPES: b"<Types/>", DOCUMENT: LAUGHS}), "neither a Word file"),
        (zipped({TYPES: b"<Types/>", DOCUMENT: OUTSIDE}), "neither a Word file"),
        (zipped({TYPES: b"<Types/>", DOCUMENT: bytes(40_000_000)}), "much more in this file"),
        (zipped({TYPES: b"<Types/>", DOCUMENT: b"<a/>", **{f"p{n}": b"" for n in range(400)}}), "much more"),
        (zipped({TYPES: b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "neither a Word file"),
        (zipped({TYPES: b"<Types/>", "xl/workbook.xml": LAUGHS}), "neither a Word file"),
    ],
)
def test_what_is_no_form_is_refused_with_the_reason(post, content, words):
    assert words in refusal(post, content)
    assert words in refusal(post, content, by_clerk=True)


def test_a_file_with_macros_is_not_taken_whatever_it_is_called(post):
    form = post.download()
    assert "macros" in refusal(post, with_part(form, "word/vbaProject.bin", b"x"))
    enabled = part_of(form, TYPES).replace(
        b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
    )
    assert "macros" in refusal(post, with_part(form, TYPES, enabled))


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(post):
    assert post.send(bytes(50 * 1024 * 1024)).status_code == 413
    assert post.entries == []


def test_a_document_without_a_code_or_with_a_broken_one_is_refused(post):
    form = post.download()
    code = code_in(form)
    body = part_of(form, DOCUMENT).decode()
    foot = part_of(form, "word/footer1.xml").decode()

    def with_code(other: str) -> bytes:
        changed = with_part(form, DOCUMENT, body.replace(code, other).encode())
        return with_part(changed, "word/footer1.xml", foot.replace(code, other).encode())

    assert "no form code" in refusal(post, with_code("none"))
    slip = ("1" if code[0] != "1" else "2") + code[1:]
    assert "at least one of its signs is wrong" in refusal(post, with_code(slip))
    assert "No form of this seminar bears the code" in refusal(post, with_code(OTHER), by_clerk=True)
    both = with_part(form, DOCUMENT, body.replace(code, OTHER, 1).encode())
    assert "more than one form code" in refusal(post, both)


def test_the_form_of_another_round_is_recognized_and_refused_in_words(post, make):
    other = make.rating_round(post.voter.seminar)
    voter = Voter.of(make.engine, make.settings, post.voter.seminar, other, post.voter.person)
    content = Post(voter, post.expert, post.clerk).download()
    for by_clerk in (False, True):
        said = refusal(post, content, by_clerk=by_clerk)
        assert said == (
            "This form was made for round R1 and not for round R0, so its answers are not taken. "
            "Please use the form of round R0."
        )


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_form_of_another_seminar_is_recognized_and_refused_in_words(post, mapping_post, kind):
    content = mapping_post.download(kind)
    for by_clerk in (False, True):
        assert "If it was made for another seminar" in refusal(post, content, by_clerk=by_clerk)


def test_the_form_of_another_expert_is_refused_to_an_expert_and_taken_of_a_clerk(post, make, as_person):
    other = make.expert(post.voter.seminar)
    content = post.download(client=as_person(other))
    assert "made for somebody else" in refusal(post, content)
    assert post.send(content, by_clerk=True).status_code == 303


def test_two_uploads_of_one_form_at_once_leave_one_to_be_entered(post):
    content = post.filled_in({"Q1.W01.OV": "7"})
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda by_clerk: post.send(content, by_clerk=by_clerk), [False, True] * 4))
    assert {answer.status_code for answer in answers} == {303}
    read = [entry.by_clerk for entry in post.entries if entry.state is EntryState.READ]
    assert sorted(read) == [False, True], "one of the expert's, and one of the clerk's"
    assert len(post.entries) == 8


def test_a_form_that_is_confirmed_twice_at_once_is_entered_once(post):
    where = post.read(post.filled_in({"Q1.W01.OV": "7"}))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: post.decide(where), range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert post.sealed["Q1"]["answers"] == {"W01": {"OV": 7}}
    assert len(post.messages) == len(post.audit) == 1


def test_codes_that_are_drawn_at_once_are_drawn_once(post, make, as_person):
    people = [
        post.expert,
        as_person(make.expert(post.voter.seminar)),
        as_person(make.expert(post.voter.seminar)),
    ]
    with ThreadPoolExecutor(3) as pool:
        forms = list(pool.map(lambda client: post.download(client=client), people))
    assert len({code_in(form) for form in forms}) == 3
    assert code_in(post.download()) == code_in(forms[0])
