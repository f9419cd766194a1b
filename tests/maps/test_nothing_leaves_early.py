"""Before a result may be seen, no page, figure or file of the maps holds anything of it."""

from app.policy import Role
from tests.conftest import HTMX
from tests.maps import mapped
from tests.maps.mapped import path
from tests.results import voting

SECRET = "Telling sentence"
NUMBERS = ("high on both scales", "The panel finds", "is divided on", "submitted", SECRET, "Doubt 01")
MEMBERS = (Role.EXPERT, Role.OBSERVER)
ITEMS = ("T01", "STK-01", "FW-01", "E01", "G01")


def doors(reader, seminar):
    """Every answer that the maps give this reader."""
    for page in mapped.PAGES:
        yield page, reader.get(path(seminar, page))
    for code in ITEMS:
        yield code, reader.get(path(seminar, f"items/{code}"))
        yield code, reader.get(path(seminar, f"items/{code}"), headers=HTMX)
    for name in mapped.FIGURES:
        for form in ("svg", "png", "csv"):
            yield f"{name}.{form}", reader.get(path(seminar, f"figures/{name}.{form}"))


def tells(answer):
    return [number for number in NUMBERS if number in answer.text]


def test_of_an_open_round_nobody_sees_anything(make, as_person):
    found, round_ = mapped.seminar(make)
    mapped.answered(make, round_, argument=SECRET)
    readers = [as_person(make.member(found, role)) for role in Role]
    for door, answer in (pair for reader in readers for pair in doors(reader, found)):
        of_answers = door.partition(".")[0] in mapped.OF_ANSWERS and "." in door
        assert answer.status_code == (404 if of_answers else 200), door
        assert not tells(answer), door


def test_of_a_closed_round_the_panel_sees_nothing_and_staff_see_it_marked(make, as_person):
    found, _ = mapped.closed(make, publish=False, argument=SECRET)
    for role in MEMBERS:
        reader = as_person(make.member(found, role))
        for door, answer in doors(reader, found):
            assert not tells(answer), door
        assert ",12," not in reader.get(path(found, "figures/coverage.csv")).text  # nobody has graded
    for role in (Role.FACILITATOR, Role.ORGANISER):
        _sees_it_marked(as_person(make.member(found, role)), found)


def _sees_it_marked(reader, found):
    for page in ("threats", "stakeholders", "coverage"):
        html = reader.get(path(found, page)).text
        assert "Not yet published" in html
    for name in (*mapped.OF_ANSWERS, "coverage"):
        assert "Not yet published." in reader.get(path(found, f"figures/{name}.svg")).text
        # a file of numbers would not say so
        assert reader.get(path(found, f"figures/{name}.csv")).status_code == 409
    assert "Not yet published" in reader.get(path(found, "items/G01")).text


def test_of_too_few_nobody_sees_anything(make, as_person):
    found, round_ = mapped.seminar(make, min_group=5)
    mapped.answered(make, round_, experts=4, argument=SECRET)
    voting.close(make.engine, round_, publish=True, settings=make.settings)
    for role in Role:
        for door, answer in doors(as_person(make.member(found, role)), found):
            assert not tells(answer), (role, door)


def test_once_published_all_of_it_is_there(make, as_person):
    found, _ = mapped.closed(make, argument=SECRET)
    reader = as_person(make.member(found, Role.OBSERVER))
    everything = [answer for _, answer in doors(reader, found)]
    assert {answer.status_code for answer in everything} == {200}
    seen = " ".join(answer.text for answer in everything)
    assert [number for number in NUMBERS if number in seen] == list(NUMBERS)
