import pytest

from competencies.matching.bloom import LevelFound, level_at, verbs


def found(text: str) -> list[tuple[str, str]]:
    return [(verb.level, text[verb.start : verb.end]) for verb in verbs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Students will understand the rules and design a site.", [("I", "understand"), ("A", "design")]),
        ("Introduces trade law, and evaluates campaigns", [("I", "Introduces"), ("A", "evaluates")]),
        ("Classifying goods, declaring them", [("I", "Classifying")]),
        ("able to analyse, test and build models", [("D", "analyse"), ("D", "test"), ("A", "build")]),
        ("By planning and running campaigns", [("A", "planning"), ("D", "running")]),
        ("Learn to:\n- Apply SQL\n- Critique charts", [("D", "Apply"), ("A", "Critique")]),
    ],
)
def test_verbs_have_their_level_wherever_a_verb_can_stand(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Web interface design", "Marketing planning", "Design of experiments", "Business plans and models", "数学"],
)
def test_subjects_named_like_verbs_are_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("了解电子商务的概念，掌握网页设计方法", [("I", "了解"), ("D", "掌握")]),
        ("能够设计并评价营销方案", [("A", "设计"), ("A", "评价")]),
        ("对数据进行分析", [("D", "分析")]),
        ("计算机基础：计算利润", [("D", "计算")]),
        ("运用Excel分析销售数据", [("D", "运用"), ("D", "分析")]),
        ("网页设计与数据分析", []),
        ("市场营销策划", []),
    ],
)
def test_chinese_verbs_are_told_from_subjects_named_like_them(text, expected):
    assert found(text) == expected


def level(text: str, words: str) -> LevelFound:
    start = text.index(words)
    return level_at(text, start=start, end=start + len(words))


def test_the_highest_verb_of_the_sentence_gives_the_level_and_is_the_evidence():
    text = "Students recall the law. They explain and evaluate contracts; they write letters."
    assert level(text, "law") == LevelFound("I", "recall")
    assert level(text, "contracts") == LevelFound("A", "evaluate")
    assert level(text, "letters") == LevelFound("A", "write")


def test_a_chinese_comma_ends_what_a_verb_governs():
    text = "了解物流流程，运用软件处理订单，设计网店"
    assert level(text, "物流") == LevelFound("I", "了解")
    assert level(text, "订单") == LevelFound("D", "运用")
    assert level(text, "网店") == LevelFound("A", "设计")


def test_without_a_verb_there_is_no_level():
    assert level("Trade law and customs.", "customs") == LevelFound("", "")
