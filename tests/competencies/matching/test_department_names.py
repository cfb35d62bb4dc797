from competencies.matching.department_names import GUARDS, names_a_department
from competencies.matching.terms import Mention, Term, TermMatcher
from competencies.matching.titles import TitleMatcher, TitleTerm


def found(text: str, *terms: str) -> list[Mention]:
    return TermMatcher(Term(term, term) for term in terms).find(text)


def test_a_longer_name_that_means_another_thing_hides_the_term_in_it():
    assert found("Experience with Amazon Web Services", "Amazon") == []
    assert found("Experience selling on Amazon", "Amazon") == [Mention("Amazon", "Amazon", 22, 28)]


def test_a_vocabulary_that_lists_the_longer_name_itself_finds_it():
    assert found("Amazon Web Services", "Amazon", "Amazon Web Services") == [
        Mention("Amazon Web Services", "Amazon Web Services", 0, 19)
    ]


def test_every_guard_holds_what_it_guards_against_in_the_spelling_that_is_searched():
    assert all(guard == " ".join(guard.lower().split()) and " " in guard for guard in GUARDS)


def test_the_name_of_a_department_is_no_mention():
    assert found("战略合作部-数据分析师", "战略合作", "数据分析") == [Mention("数据分析", "数据分析", 6, 10)]
    assert found("【国际业务部】分析师", "国际业务") == []
    assert found("加入国际业务部门，", "国际业务") == []


def test_other_words_that_begin_like_a_department_do_not_hide_a_term():
    assert len(found("国际业务部分由他负责", "国际业务")) == 1
    assert len(found("数据分析部署", "数据分析")) == 1
    assert not names_a_department("国际业务", end=4)


def test_guards_take_no_position_away_from_a_title():
    titles = TitleMatcher([TitleTerm("image processing", "P1")])
    assert titles.position("Image Processing Algorithm Engineer") == "P1"
