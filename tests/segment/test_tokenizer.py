"""Words: the terms of a lexicon, Latin words, Han words; two engines that cut alike."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8snotes.model.words import Tokenizer
from k8snotes.segment.fold import fold_string
from k8snotes.segment.lexicon import extended, key_of, parse_lexicon, shipped_lexicon, vocabulary_of
from k8snotes.segment.sentences import tokens_of
from k8snotes.segment.tokenizer import EngineName, make_tokenizer

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "seeds" / "sample"
EVALUATION = PROJECT.parent / "shared" / "evaluation" / "data" / "docs"
COMMON_WORDS = (PROJECT / "src/k8snotes/segment/data/common_words.txt").read_text("utf-8").split()

# What the engines might cut each in its own way: words, rare Han, ASCII beside punctuation.
mixed_texts = st.lists(
    st.one_of(
        st.sampled_from(COMMON_WORDS),
        st.sampled_from(["k8s", "kube-proxy", "c++", "v1.2", "a/b", "，", "。", " ", "\n", "👍", "〇", "々"]),
        st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x20000, max_codepoint=0x323AF),
        st.characters(),
    ),
    max_size=30,
).map("".join)


def words(text: str, terms: Iterable[str] = (), engine: EngineName = "jieba") -> list[str]:
    return [
        word for word in make_tokenizer(parse_lexicon(terms), engine).cut(fold_string(text)) if word != " "
    ]


@pytest.fixture(scope="module")
def engines() -> tuple[Tokenizer, Tokenizer]:
    pytest.importorskip("rjieba")
    return make_tokenizer(shipped_lexicon(), "jieba"), make_tokenizer(shipped_lexicon(), "rjieba")


@settings(max_examples=300, deadline=None)
@given(mixed_texts)
def test_both_engines_cut_any_text_alike(engines: tuple[Tokenizer, Tokenizer], text: str) -> None:
    jieba, rjieba = engines
    folded = fold_string(text)

    assert jieba.cut(folded) == rjieba.cut(folded)


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name[:6])
def test_both_engines_cut_the_sample_course_alike(engines: tuple[Tokenizer, Tokenizer], path: Path) -> None:
    jieba, rjieba = engines
    folded = fold_string(path.read_text("utf-8"))

    assert jieba.cut(folded) == rjieba.cut(folded)


def test_both_engines_cut_a_hundred_pages_alike(engines: tuple[Tokenizer, Tokenizer]) -> None:
    pages = [path for path in sorted(EVALUATION.rglob("*.md")) if path.is_file()][::9][:100]
    if not pages:
        pytest.skip(f"no evaluation pages in {EVALUATION}")
    jieba, rjieba = engines

    for page in pages:
        folded = fold_string(page.read_text("utf-8"))
        assert jieba.cut(folded) == rjieba.cut(folded), page


@given(mixed_texts)
def test_the_words_joined_are_the_text(text: str) -> None:
    folded = fold_string(text)

    cut = make_tokenizer(shipped_lexicon(), "jieba").cut(folded)

    assert "".join(cut) == folded
    assert all(cut)


@given(mixed_texts)
def test_every_word_knows_how_the_text_writes_it(text: str) -> None:
    for word, surface in tokens_of(text, make_tokenizer(parse_lexicon([]), "jieba")):
        assert word in fold_string(surface)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("装好kube-apiserver以后", ["装", "好", "kube-apiserver", "以后"]),
        ("用 C++ 与 C# 写", ["用", "c++", "与", "c#", "写"]),
        ("apps/v1 与 v1.2.3。", ["apps/v1", "与", "v1.2.3", "。"]),
        ("node.js，不是 node.", ["node.js", ",", "不是", "node", "."]),
        ("𠮷野家", ["𠮷", "野家"]),
    ],
)
def test_latin_words_keep_their_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "spelling",
    [
        "声明式API",
        "声明式 API",
        "声明式\u00a0API",
        "聲明式 ＡＰＩ",
        "声明式-api",
        "声明式_API",
        "声明式\nAPI",
    ],
)
@pytest.mark.parametrize("term", ["声明式 API", "声明式API"])
def test_a_term_is_one_word_in_any_spelling(term: str, spelling: str) -> None:
    assert words(f"这是{spelling}的", [term]) == ["这是", fold_string(spelling), "的"]


@pytest.mark.parametrize("spelling", ["kube-apiserver", "Kube-APIServer", "kube apiserver", "KubeAPIServer"])
def test_a_latin_term_is_one_word_in_any_spelling(spelling: str) -> None:
    assert words(f"启动{spelling}后", ["kube-apiserver"]) == ["启动", spelling.casefold(), "后"]


@pytest.mark.parametrize(
    "text",
    ["xapi servers", "api serverless", "my-api server", "api server-sent", "rapi server", "api server2"],
)
def test_a_term_is_not_found_inside_latin_words(text: str) -> None:
    assert not [word for word in words(text, ["API Server"]) if " " in word]


@pytest.mark.parametrize(
    "text", ["（API Server）", "API Server.", "API Server，", "pod/API Server", "API Server的"]
)
def test_a_term_is_found_beside_punctuation(text: str) -> None:
    assert "api server" in words(text, ["API Server"])


def test_the_longest_term_wins() -> None:
    assert words("控制器模式", ["控制器", "控制器模式"]) == ["控制器模式"]


@pytest.mark.parametrize("line", ["-", "_ - _", " = ", "# 只有注释", "", "\u200b"])
def test_a_term_of_nothing_is_no_term(line: str) -> None:
    assert words("a - b", [line]) == ["a", "-", "b"]


@pytest.mark.parametrize("own", ["K8S", "kubernetes", "K8S = Kubernetes", "K8S = kuber-netes"])
def test_the_readers_own_terms_win(own: str) -> None:
    vocabulary = vocabulary_of(extended(parse_lexicon(["Kubernetes = K8s = kuber netes"]), [own]))

    first = own.split(" = ")[-1]

    assert vocabulary.preferred[key_of(first)] == own.split(" = ")[0]


def test_two_thousand_terms_are_found_in_a_long_text() -> None:
    terms = [a + b for a, b in zip(COMMON_WORDS[:2000], COMMON_WORDS[2000:4000], strict=True)]
    terms += [f"kube-part-{number}" for number in range(200)]
    folded = fold_string("".join(path.read_text("utf-8") for path in sorted(SAMPLE.iterdir()))) * 8
    finder = parse_lexicon(terms).finder()

    found = list(finder.find(folded + terms[7]))

    assert found[-1] == (len(folded), len(folded) + len(terms[7]))


def test_loading_jieba_prints_nothing_warns_of_nothing_and_leaves_no_file(tmp_path: Path) -> None:
    program = (
        "from k8snotes.segment.lexicon import parse_lexicon\n"
        "from k8snotes.segment.tokenizer import make_tokenizer\n"
        "assert make_tokenizer(parse_lexicon([]), 'jieba').cut('控制器模式') == ['控制器', '模式']\n"
    )
    environment = {"PATH": "", "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}

    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, env=environment, check=False
    )

    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert not list(tmp_path.iterdir())
