"""What a query asks the index for: words, phrases, what is asked around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.index.query import ASKING, COMPARING, SIGNS_OF_COMPARING, Query, compiled
from k8snotes.segment.fold import fold_string

RINGS = dict.fromkeys(("kubernetes", "k8s"), ("kubernetes", "k8s"))


def query(text: str) -> Query:
    return compiled(text, fold_string, RINGS)


def spelled(text: str) -> list[str]:
    """Groups with a blank between their terms, alternatives with a bar; what must not stand after a minus."""
    compiled_query = query(text)
    groups = [("", group) for group in compiled_query.groups]
    groups += [("-", group) for group in compiled_query.excluded]
    return [
        sign
        + " | ".join(
            "".join(
                [
                    '"' + one.phrase + '"'
                    if one.phrase is not None
                    else " ".join(term.spellings[0] for term in one.terms)
                ]
            )
            for one in group.alternatives
        )
        for sign, group in groups
    ]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("看土浇水", ["看土 土浇 浇水"]),
        ("看土 浇水", ["看土", "浇水"]),
        ("K8S 集群", ["kubernetes", "集群"]),
        ('"看土 浇水" 壶', ['"看土 浇水"', "壶"]),
        ('看土 OR "提 壶"', ['看土 | "提 壶"']),
        ("a OR b OR c", ["a | b | c"]),
        ("看土 -浇水", ["看土", "-浇水"]),
        ('看土 -"提 壶"', ["看土", '-"提 壶"']),
        ("OR 看土 OR", ["看土"]),
        ("看土 －浇水", ["看土", "-浇水"]),
        ("＂看土 浇水＂ 壶", ['"看土 浇水"', "壶"]),
        ("看土 ｜ 浇水 ＯＲ 壶", ["看土 | 浇水 | 壶"]),
        ("-", []),
        ("", []),
    ],
)
def test_words_phrases_and_what_must_not_stand(text: str, groups: list[str]) -> None:
    assert spelled(text) == groups


@pytest.mark.parametrize(
    "text",
    ["apply --force", "apply --force -f", "apply -f --force", "apply -F force"],
)
def test_options_of_a_command_are_words(text: str) -> None:
    assert not query(text).excluded


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("什么是堆肥？", "堆肥"),
        ("堆肥是什么", "堆肥"),
        ("堆肥 是什么意思", "堆肥"),
        ("请问老师，为什么要翻堆呢？", "老师 要翻堆"),
        ("怎样翻堆", "翻堆"),
        ("怎么做到不翻堆", "做到不翻堆"),
        ("翻堆怎么做？", "翻堆"),
        ("翻堆 怎么办", "翻堆"),
        ("什么时候翻堆", "翻堆"),
        ("堆肥有哪些好处", "堆肥 好处"),
        ("堆肥 和 绿肥 有什么区别", "堆肥 绿肥"),
        ("堆肥和绿肥有什么区别？", "堆肥 绿肥"),
        ("堆肥与绿肥之间的不同", "堆肥 绿肥"),
        ("堆肥 绿肥 区别", "堆肥 绿肥"),
        ("堆肥是干什么的", "堆肥"),
        ("堆肥 是做什么用的？", "堆肥"),
        ("堆肥 vs 绿肥", "堆肥 绿肥"),
        ("能不能翻堆", "翻堆"),
        ("堆肥 的 气味", "堆肥 气味"),
        ("堆肥和绿肥的区别是什么", "堆肥 绿肥"),
        ("堆肥、绿肥的区别在哪里？", "堆肥 绿肥"),
        ("堆肥和绿肥有何不同", "堆肥 绿肥"),
        ("堆肥跟绿肥比较", "堆肥 绿肥"),
        ("介绍一下堆肥", "堆肥"),
        ("请给我讲讲堆肥", "堆肥"),
        ("我想知道怎样才能堆肥", "堆肥"),
        ("堆肥有哪几种方法", "堆肥 方法"),
        ("翻堆有什么作用？", "翻堆"),
        ("翻堆的作用", "翻堆"),
        ("堆肥的定义是什么", "堆肥"),
        ("堆肥是干嘛的", "堆肥"),
        ("what is a pod", "pod"),
        ("Why is my pod pending?", "pod pending?"),
    ],
)
def test_a_question_asks_for_its_subject(question: str, subject: str) -> None:
    assert query(question).terms == query(subject).terms


@pytest.mark.parametrize(
    ("text", "said"), [("K8S的x1", "K8S x1"), ("x1和Y2", "x1 y2"), ("和x1的", "x1"), ("由 x1", "x1")]
)
def test_little_words_beside_others_are_not_asked_for(text: str, said: str) -> None:
    assert query(text).terms == query(said).terms


@pytest.mark.parametrize(
    "text",
    ["为什么", "有什么区别", "怎么办？", "是什么 吗", "和", "的", "区别", "干什么", "what is it", "讲讲"],
)
def test_who_says_nothing_else_asks_for_the_question(text: str) -> None:
    assert query(text).terms


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("副作用", "副作用"),
        ("自定义", "自定义"),
        ("小说下载", "小说下载"),
        ("from 指令", "from 指令"),
        ("版本比较", "版本比较"),
    ],
)
def test_what_only_looks_like_a_question_is_none(text: str, subject: str) -> None:
    assert "".join(
        dict.fromkeys("".join(term.spellings[0] for term in query(text).terms))
    ) == subject.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["config map", "config-map", "ConfigMap", "configMaps", "Config Maps", "see config map here"]
)
def test_a_name_is_one_term_however_it_is_written(text: str) -> None:
    asked = compiled(text, fold_string, {"configmap": ("configmap",)})

    assert next(term.match for term in asked.terms if "config" in term.match).startswith('"configmap"')
    assert not any(term.match in ('"config"', '"map"', '"maps"') for term in asked.terms)


@pytest.mark.parametrize("text", ["声明式 API", "声明式API", "什么是声明式 API？", "声明式 API 在哪里讲的"])
def test_a_blank_between_latin_and_han_cuts_no_name(text: str) -> None:
    asked = compiled(text, fold_string, {"声明式api": ("声明式 api", "declarative api")})

    assert any("declarative api" in term.spellings for term in asked.terms)
    assert not any("api" in term.spellings for term in asked.terms)


def test_who_keeps_words_apart_means_words() -> None:
    rings = dict.fromkeys(("自定义资源", "crd"), ("自定义资源", "crd"))

    assert not any("crd" in term.spellings for term in compiled("自定义 资源", fold_string, rings).terms)


def test_a_thing_in_another_number_is_the_thing() -> None:
    rings = dict.fromkeys(("crd", "自定义资源"), ("crd", "自定义资源"))

    [term] = compiled("CRDs", fold_string, rings).terms
    assert '("自定" AND' in term.match


@pytest.mark.parametrize("text", ["堆肥和绿肥", "区别对待", "堆肥的区别"])
def test_where_nothing_is_compared_all_words_count(text: str) -> None:
    assert "".join(term.spellings[0][0] for term in query(text).terms) == text[:-1]


def test_a_phrase_is_taken_as_it_is() -> None:
    assert spelled('"什么是堆肥"') == ['"什么是堆肥"']
    assert spelled("堆肥 OR 什么") == ["堆肥 | 什么"]


@pytest.mark.parametrize(("signs", "expression"), [*ASKING, (SIGNS_OF_COMPARING, COMPARING)])
@given(data=st.data())
def test_nothing_asks_or_compares_without_one_of_the_signs_of_it(
    data: st.DataObject, signs: str, expression: str
) -> None:
    text = data.draw(st.text(sorted({*expression}.difference(signs)), max_size=12))

    assert re.search(expression, text) is None
