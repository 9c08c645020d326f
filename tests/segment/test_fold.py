"""What folding makes equal, and how a folded span leads back to its characters."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.segment.fold import fold, fold_string

TOOLS = Path(__file__).parents[2] / "tools"
DATA = Path(__file__).parents[2] / "src/k8snotes/segment/data"

# Characters that fold to none, to several, to another one, and to themselves.
texts = st.text(
    alphabet=st.one_of(st.sampled_from("ab學习瞭Ｋ８…ﬁ①㎏ß\u00ad\u200b\ufeffé\u00a0👍"), st.characters())
)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("學習", "学习"),
        ("瞭解", "了解"),
        ("Ｋ８Ｓ", "k8s"),
        ("K8S", "k8s"),
        ("API\u00a0Server", "api server"),
        ("全\u3000角", "全 角"),
        ("控制\u200b器", "控制器"),
        ("Straße", "STRASSE"),
        ("café", "cafe\u0301"),
        ("⑫ ㎏", "12 KG"),
        ("（……）", "(......)"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_two_spellings_fold_alike(written: str, searched: str) -> None:
    assert fold_string(written) == fold_string(searched)


@pytest.mark.parametrize(("one", "other"), [("买", "卖"), ("a", "b"), ("1", "一"), ("后天", "候天")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_string(one) != fold_string(other)


def test_an_emoji_keeps_its_joiner() -> None:
    assert fold_string("👩\u200d💻") == "👩\u200d💻"


def test_line_ends_stay_line_ends() -> None:
    assert fold_string("a\r\nb") == "a\r\nb"


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("我在學習Ｋ８Ｓ。", "k8s", "Ｋ８Ｓ"),
        ("等等…好了", ".", "…"),
        ("一箱㎏苹果", "kg", "㎏"),
        ("一箱㎏苹果", "g苹", "㎏苹"),
        ("ﬁnd", "find", "ﬁnd"),
        ("控\u200b制\u200b器\u200b", "制器", "制\u200b器"),
        ("①期望", "1期", "①期"),
        ("\ufeff标题", "标题", "标题"),
    ],
)
def test_a_folded_span_leads_back_to_the_characters_it_came_from(text: str, needle: str, found: str) -> None:
    folded = fold(text)
    at = folded.string.index(needle)

    start, stop = folded.source_span(at, at + len(needle))

    assert text[start:stop] == found


@given(texts, texts)
def test_folding_two_texts_is_folding_their_sum(one: str, other: str) -> None:
    assert fold_string(one + other) == fold_string(one) + fold_string(other)
    assert fold(one).string == fold_string(one)


@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_string(fold_string(text)) == fold_string(text)


@given(texts, st.data())
def test_any_span_leads_back_to_text_that_folds_to_at_least_itself(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.string:
        return
    start = data.draw(st.integers(0, len(folded.string) - 1))
    stop = data.draw(st.integers(start + 1, len(folded.string)))

    first, last = folded.source_span(start, stop)

    assert folded.string[start:stop] in fold_string(text[first:last])
    assert fold_string(text[:first]) == folded.string[: len(fold_string(text[:first]))]


def made_by(tool: str, folder: Path) -> bytes:
    """What a tool of the project writes, written to another folder."""
    spec = importlib.util.spec_from_file_location(tool, TOOLS / f"{tool}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module)["OUTPUT"] = folder / "output.txt"
    module.main()
    return (folder / "output.txt").read_bytes()


def test_the_shipped_table_of_characters_is_what_opencc_says(tmp_path: Path) -> None:
    pytest.importorskip("opencc")

    assert made_by("make_fold_table", tmp_path) == (DATA / "simplified.txt").read_bytes()


def test_the_shipped_common_words_are_those_of_jiebas_dictionary(tmp_path: Path) -> None:
    assert made_by("make_common_words", tmp_path) == (DATA / "common_words.txt").read_bytes()


def test_the_common_words_are_found_by_their_folded_form() -> None:
    from k8snotes.segment.lexicon import common_word_ranks

    ranks = common_word_ranks()

    assert all(fold_string(word) == word for word in ranks)
    assert fold_string("著名") in ranks
