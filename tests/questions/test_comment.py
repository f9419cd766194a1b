"""What speaks for a subject and against it is read from a form, checked, sealed and read again."""

from app.questions import answers as written
from app.questions.answers import Answer, Entry
from app.questions.comment import Comment
from app.questions.protocol import QuestionType

COMMENT = Comment.of({}, {})


def test_comment_is_a_type_of_question_that_requires_nothing():
    as_type: QuestionType[Entry, Answer] = COMMENT
    assert as_type.name == "comment"
    assert not as_type.requires
    assert as_type.missing(None) == []


def test_both_sides_are_read_and_an_empty_one_is_taken_back():
    parsed = COMMENT.parse(
        {"G01.for": [" True\r\nhere "], "G01.against": [""], "G01.seen": ["for:1"]}, {"G01"}
    )
    assert parsed.errors == {}
    assert parsed.entries == {"G01": Entry(texts={"for": "True\nhere", "against": ""})}


def test_a_side_is_at_most_two_thousand_characters_long():
    assert COMMENT.parse({"G01.for": ["x" * 2000]}, {"G01"}).errors == {}
    error = COMMENT.parse({"G01.for": ["x" * 2001]}, {"G01"}).errors["G01.for"]
    assert error.fields == {"limit": 2000, "length": 2001}


def test_there_is_nothing_to_judge_and_no_third_side():
    parsed = COMMENT.parse({"G01.OV": ["7"], "G01.rationale": ["So."], "G02.for": ["x"]}, {"G01"})
    assert isinstance(parsed.errors["G01.OV"], written.UnknownPart)
    assert isinstance(parsed.errors["G01.rationale"], written.UnknownPart)
    assert isinstance(parsed.errors["G02.for"], written.UnknownSubject)
    assert parsed.entries == {}


def test_a_subject_is_commented_on_by_a_text_on_either_side():
    assert COMMENT.is_done(Answer(texts={"against": "Not here."}))
    assert not COMMENT.is_done(Answer(texts={"for": ""}))
    assert not COMMENT.is_done(None)


def test_what_is_sealed_is_read_again_and_tied_to_no_ballot_in_an_export():
    given = {"G01": Answer(texts={"for": "True here.", "against": ""}), "G02": Answer()}
    sealed = COMMENT.seal(given)
    assert sealed["texts"] == {"G01": {"for": "True here."}}
    assert COMMENT.read(sealed) == {"G01": Answer(texts={"for": "True here."})}
    assert (COMMENT.columns(["G01"]), COMMENT.cells(given, ["G01"])) == ([], [])
