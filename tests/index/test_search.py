"""What comes first, and what comes at all."""

from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.workspaces import asked, fresh, lines, workspace, write
from k8snotes.index import maps, matches, order, query, rows
from k8snotes.index.query import compiled
from k8snotes.lookup import Library, search_library
from k8snotes.model.filters import Filters
from k8snotes.segment import lexicon
from k8snotes.segment.fold import fold_string


def texts(answer: object) -> list[str]:
    return [hit.text for hit in answer.hits]  # type: ignore[attr-defined]


def test_a_phrase_stays_a_phrase_beside_another_word(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "先浇水再看土。\n\n看土，浇水。\n\n先看 土，再说。\n\n翻堆。\n"})

    assert texts(asked(place, '"看土，浇" OR 翻堆')) == ["看土，浇水。", "翻堆。"]


def test_a_phrase_of_two_characters_is_one_as_well(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "看土。\n\n浇水。\n\n看土，浇水。\n"})

    assert texts(asked(place, '"看土" 浇水')) == ["看土，浇水。", "看土。"]


@pytest.mark.parametrize("by_lesson", [False, True])
def test_what_does_not_say_the_phrase_in_quotes_is_no_match(tmp_path: Path, by_lesson: bool) -> None:
    place = workspace(tmp_path, {"a.md": "看土，浇水。\n\n松土。\n", "b.md": "堆肥。\n", "c.md": "翻堆。\n"})

    assert texts(asked(place, '"土，浇" 堆肥', by_lesson=by_lesson)) == ["看土，浇水。"]


def test_a_lesson_does_not_pay_for_its_comments(tmp_path: Path) -> None:
    said = "".join(
        f"<li><span>读者{n}</span> 👍（1） 💬（0）<p>第 {n} 天打卡，天气晴，心情好。</p>2020-03-05</li><br/>"
        for n in range(60)
    )
    page = f"<div><strong>精选留言（60）</strong></div><ul>\n{said}</ul>"
    text = "土要先看。\n\n再看一遍。\n\n秋天堆肥。\n"
    place = workspace(tmp_path, {"01 - 甲.md": text + page, "02 - 乙.md": text, "03 - 丙.md": "别的。\n" * 9})

    answer = asked(place, "堆肥", by_lesson=True)

    assert [hit.path for hit in answer.hits] == ["seeds/01 - 甲.md", "seeds/02 - 乙.md"]
    assert answer.hits[0].score == pytest.approx(answer.hits[1].score, abs=0.001)


def test_the_lesson_on_a_subject_comes_before_the_long_one_that_names_it(tmp_path: Path) -> None:
    long = "堆肥要翻。\n\n" + "今天说别的事情，一件接一件。\n\n" * 80
    place = workspace(
        tmp_path,
        {"01 - 杂谈.md": "开头。\n\n接着。\n\n" + long, "02 - 短讲.md": "开头。\n\n接着。\n\n堆肥要翻。\n"},
    )

    assert asked(place, "堆肥", by_lesson=True).hits[0].path == "seeds/02 - 短讲.md"


def test_the_lesson_that_says_all_in_one_passage_comes_before_the_one_that_says_it_a_little_oftener(
    tmp_path: Path,
) -> None:
    place = workspace(
        tmp_path,
        {
            "01 - 甲.md": "开头。\n\n接着。\n\n" + "要浇水。\n\n要看土。\n\n要翻堆。\n\n" * 5,
            "02 - 乙.md": "开头。\n\n接着。\n\n"
            + "要浇水。\n\n要看土。\n\n要翻堆。\n\n" * 4
            + "浇水看土翻堆。\n",
            "03 - 丙.md": "别的。\n",
        },
    )

    assert asked(place, "浇水 看土 翻堆", by_lesson=True, limit=1).hits[0].path == "seeds/02 - 乙.md"


def test_what_says_one_alternative_matches_however_little_that_is(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "浇水。\n\n看土翻堆松土施肥。\n\n别的。\n"})

    found = asked(place, "浇水 OR 看土翻堆松土施肥")

    assert {*texts(found)} == {"浇水。", "看土翻堆松土施肥。"}
    assert not any(hit.is_partial for hit in found.hits)


class Stubs:
    """What `Order` asks of matches to tell which lessons are covered."""

    coverage = None

    def __init__(self, lessons: list[set[int]], shares: list[float]) -> None:
        self.lessons = lessons
        self.shares = dict(enumerate(shares))

    def counted(self, term: int) -> SimpleNamespace:
        return SimpleNamespace(lessons=self.lessons[term])


@given(st.lists(st.tuples(st.sets(st.integers(0, 9)), st.floats(0.01, 1)), max_size=7))
def test_the_lessons_that_cover_enough_are_those_of_a_look_at_all(
    terms: list[tuple[set[int], float]],
) -> None:
    covers = {
        lesson: sum(share for lessons, share in terms if lesson in lessons)
        for lesson in set().union(*(lessons for lessons, _ in terms))
    }
    enough = order.ENOUGH_FOR_A_LESSON * max(covers.values(), default=0.0) - 1e-9

    stubs = Stubs([lessons for lessons, _ in terms], [share for _, share in terms])
    found = order.Order(None, stubs)  # type: ignore[arg-type]

    assert {*found._covered_lessons()} == {lesson for lesson, share in covers.items() if share >= enough}


def test_a_hit_in_a_lesson_of_very_many_passages_is_where_it_stands(tmp_path: Path) -> None:
    many = 1 << 14
    place = workspace(tmp_path, {"a.md": "".join(f"{n}x\n\n" for n in range(many + 3)) + "堆肥\n\n翻堆\n"})

    [hit] = asked(place, "堆肥").hits

    assert (hit.line, hit.text, hit.matches) == (2 * (many + 3) + 1, "堆肥", ((0, 2),))


def test_passages_beyond_the_last_number_show_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("k8snotes.index.entries.LAST_PASSAGE", 3)
    place = workspace(tmp_path, {"a.md": "甲土\n\n乙土\n\n丙土\n\n丁土\n\n戊土\n\n己土\n"})

    assert lines(asked(place, "土")) == [("a.md", line) for line in (1, 3, 5, 7)]
    assert rows.LAST_PASSAGE == (1 << rows.PASSAGE_BITS) - 1


QUERIES = (
    "浇水", "浇水 土", "浇水 OR 翻堆", '"看土" 浇水', "土 肥 -翻堆", "x1", "浇", "x 土", "浇水看土翻堆肥 x1",
    '"看土肥" 浇水', "浇 OR 看土翻堆肥浇水",
)  # fmt: skip


def many_passages() -> dict[str, str]:
    words = ["浇水", "看土", "翻堆", "肥", "土", "浇", "x1"]

    def passage(n: int, m: int) -> str:
        mark = "## " if (n + m) % 9 == 0 else ""
        return f"{mark}{words[(n * m) % 7]}，{words[(n + m) % 7]}{words[m % 5]}。\n\n"

    return {
        f"{n:02} - {words[n % 7]}.md": "".join(passage(n, m) for m in range(3 + n % 11)) for n in range(30)
    }


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("listed", [0, 10, 1_000])
@pytest.mark.parametrize("limit", [1, 3, 60])
def test_the_best_of_very_many_passages_are_those_that_a_look_at_all_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, listed: int, limit: int
) -> None:
    monkeypatch.setattr(order, "FEW", 0)
    monkeypatch.setattr(matches, "FEW", listed)
    pages = many_passages()
    with closing(fresh(workspace(tmp_path, pages))) as index:
        kept = index.store
        asked_for = compiled(query, fold_string, {})
        found = matches.Matches(kept, asked_for, None, lambda _row, _phrase: True, lambda _row, _name: True)
        monkeypatch.setattr(matches, "ENOUGH", 0.0)
        everything = matches.Matches(
            kept, asked_for, None, lambda _row, _phrase: True, lambda _row, _name: True
        )
        coverage, looked_at = everything.coverage, order.Order(kept, everything)
        looked_at.passages(10_000)
        places = {lesson: place for place, lesson in enumerate(kept.order)}
        all_rows = [row for lesson in places for row in coverage.of_lesson(lesson)]
        enough = found.enough * max(map(coverage.share, all_rows))
        wanted = sorted(
            (row for row in all_rows if everything.is_full(row) or coverage.share(row) >= enough),
            key=lambda row: (
                not everything.is_full(row),
                -looked_at.score(row),
                places[row >> rows.LESSON_SHIFT],
                row,
            ),
        )

        best, total = order.Order(kept, found).passages(limit)

    assert best == wanted[:limit]
    assert total == len(wanted) > 0


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("most", [1, 3, 100])
def test_the_best_lessons_are_those_that_a_look_at_all_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, most: int
) -> None:
    with closing(fresh(workspace(tmp_path, many_passages()))) as index:
        kept = index.store
        asked_for = compiled(query, fold_string, {})
        found = matches.Matches(kept, asked_for, None, lambda _row, _phrase: True, lambda _row, _name: True)
        monkeypatch.setattr(matches, "ENOUGH", 0.0)
        everything = matches.Matches(
            kept, asked_for, None, lambda _row, _phrase: True, lambda _row, _name: True
        )
        looked_at = order.Order(kept, everything)
        looked_at.passages(10_000)
        shares = everything.coverage.best_of_lessons(0.0)
        covers = {
            lesson: sum(
                share
                for term, share in everything.shares.items()
                if lesson in everything.counted(term).lessons
            )
            for lesson in shares
        }
        holds_all = set.intersection(*map(everything.lessons_with, asked_for.groups))
        if not 1 < len(asked_for.groups) <= order.WHOLE_WORDS:
            holds_all = set()
        enough = order.ENOUGH_FOR_A_LESSON * max(covers.values()) - 1e-9
        scores = {lesson: looked_at.lesson_score(lesson) for lesson in shares}
        wanted = sorted(
            (lesson for lesson in shares if lesson in holds_all or covers[lesson] >= enough),
            key=lambda lesson: (lesson not in holds_all, -scores[lesson], kept.order.index(lesson)),
        )

        best, total = order.Order(kept, found).lessons(most)

    assert best == wanted[:most]
    assert total == len(wanted) > 0


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("by_lesson", [False, True])
def test_of_common_words_the_index_tells_what_a_list_of_all_that_hold_them_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, by_lesson: bool
) -> None:
    place = workspace(tmp_path, many_passages())
    map_all_terms(monkeypatch)
    fresh(place).close()
    (tmp_path / "seeds" / "07 - 浇水.md").unlink()  # so that there are passages of a lesson that is gone
    write(tmp_path, "08 - 看土.md", "浇水，看土翻堆。x1，土肥。\n\n又浇。\n")  # of which no bitmap knows
    mapped = asked(place, query, by_lesson=by_lesson)
    with closing(fresh(place)) as index:
        assert '"浇水"' in index.store.maps
        assert not index.store.maps.is_complete
    monkeypatch.setattr(maps.Maps, "__contains__", lambda _maps, _term: False)
    listed = asked(place, query, by_lesson=by_lesson)
    monkeypatch.setattr(order, "FEW", 0)
    monkeypatch.setattr(matches, "FEW", 0)

    assert mapped == asked(place, query, by_lesson=by_lesson) == listed
    assert mapped.total > 0
    assert not any("07 - 浇水" in hit.path for hit in mapped.hits)


@pytest.mark.parametrize(
    ("text", "query", "matches"),
    [
        ("先看&#x571F;。", "看土", [(1, 10)]),
        ("&#x770B;土，再浇。", "看土", [(0, 9)]),
        ("**看**土 [浇](a.md)水", "看土 浇水", [(2, 6), (8, 17)]),
        ("`看土`", "看土", [(1, 3)]),
        ("xgo、go、go-x 和 gox，看土", "go 看土", [(4, 6), (7, 9), (18, 20)]),
    ],
)
def test_what_is_marked_is_what_words_come_of(
    tmp_path: Path, text: str, query: str, matches: list[tuple[int, int]]
) -> None:
    [hit] = asked(workspace(tmp_path, {"a.md": f"{text}\n"}), query).hits

    assert [*hit.matches] == matches


def map_all_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "LEAST": 1,
        "LEAST_PART": 0,
        "SAMPLED": 1,
        "MOST_HELD": 1_000,
        "MOST_UNMAPPED": 0.5,
    }.items():
        monkeypatch.setattr(maps, name, value)


CUT = {
    "01 - 扩容.md": "HPA 是怎样工作的？谢老师，K8S 的副本由它数。\n\n"
    "StatefulSets 与 DaemonSet 不同，Set 只是集合。\n",
    "02 - 别的.md": "PA 是怎样的？谢老师。K 线图。paper 与 spa 无关，reset 也不是。\n",
}


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("tefulS", ["StatefulSets 与 DaemonSet 不同，Set 只是集合。"]),
        ("谢老师，K", ["HPA 是怎样工作的？谢老师，K8S 的副本由它数。"]),
        ("PA 是怎样工作", ["HPA 是怎样工作的？谢老师，K8S 的副本由它数。"]),
        ("Sets 与 Daemon", ["StatefulSets 与 DaemonSet 不同，Set 只是集合。"]),
        ("PA 是怎样", ["PA 是怎样的？", "HPA 是怎样工作的？"]),
        ("，K 线", []),
    ],
)
def test_a_phrase_may_cut_words_where_it_begins_and_ends(
    tmp_path: Path, phrase: str, found: list[str]
) -> None:
    hits = texts(asked(workspace(tmp_path, CUT), f'"{phrase}"'))

    assert len(hits) == len(found)
    assert all(any(hit.startswith(start) for hit in hits) for start in found)


def test_a_word_in_quotes_is_found_in_longer_ones_too(tmp_path: Path) -> None:
    place = workspace(tmp_path, CUT)

    assert sorted(texts(asked(place, '"Set"'))) == sorted(texts(asked(place, "Set")))


def test_a_phrase_is_found_over_marks(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "所谓**控制器**模式，就是看一眼。\n"})

    assert texts(asked(place, '"控制器模式"')) == texts(asked(place, '"**控制器**模"')) != []


@pytest.mark.parametrize(
    ("lesson", "found"),
    [
        ("2", ["b", "c"]),
        ("02", ["b"]),
        ("0103", ["c"]),
        ("2019", ["a"]),
        ("１０３", ["c"]),
        ("7", []),
    ],
)
def test_digits_are_a_lessons_number_or_else_a_part_of_its_name(
    tmp_path: Path, lesson: str, found: list[str]
) -> None:
    texts_ = {
        "01 - 2019 年的土.md": "松土 a。\n",
        "02 - 水.md": "松土 b。\n",
        "课/0103堆肥2.md": "# 堆肥\n\n松土 c。\n",
    }

    hits = texts(asked(workspace(tmp_path, texts_), "松土", Filters(lesson=lesson)))
    assert sorted(hit[-2] for hit in hits) == found


def test_a_page_that_breaks_off_before_the_words_of_a_comment_is_found(tmp_path: Path) -> None:
    page = (
        "讲述：秦稻香\n时长 03:42 大小 3.41M\n先看土。\n新版升级：点击「 请朋友读」，10位好友免费读，"
        "邀请订阅更有**现金**奖励。\n\n\n\n蒸汽机车头...\n\n👍 1"
    )
    place = workspace(tmp_path, {"000_0123456789abcdef.txt": page})

    with closing(fresh(place)) as index:
        assert index.failures == ()
    assert lines(asked(place, "看土")) == [("000_0123456789abcdef.txt", 3)]


@pytest.mark.parametrize(
    "query",
    ["NodeSelectorRequirement", "nodeSelector requirement", "node-selector-requirement", "nodeselector"],
)
@pytest.mark.parametrize("name", ["node-selector-requirement.md", "NodeSelectorRequirement.md"])
def test_a_name_in_a_title_is_one_however_it_is_written(tmp_path: Path, name: str, query: str) -> None:
    long = "node 上的 selector 各有各的。\n\n" * 5
    place = workspace(tmp_path, {name: "## 字段\n\n值。\n", "nodes.md": long, "selectors.md": long})

    assert asked(place, query, by_lesson=True, limit=1).hits[0].path == f"seeds/{name}"


def test_a_title_of_one_long_name_is_no_short_one(tmp_path: Path) -> None:
    place = workspace(
        tmp_path, {"HPAScaleToZero.md": "# HPAScaleToZero\n\n开关。\n", "hpa.md": "# HPA 伸缩\n\n开关。\n"}
    )

    assert [hit.path for hit in asked(place, "hpa", by_lesson=True).hits] == [
        "seeds/hpa.md",
        "seeds/HPAScaleToZero.md",
    ]


@pytest.mark.parametrize("by_lesson", [False, True])
def test_any_number_of_hits_may_be_asked_for(tmp_path: Path, by_lesson: bool) -> None:
    place = workspace(tmp_path)

    some, all_of_them = (asked(place, "先看", limit=limit, by_lesson=by_lesson) for limit in (9, 10**18))

    assert lines(some) == lines(all_of_them) != []


def test_a_title_is_found_once_and_left_out_as_a_whole(tmp_path: Path) -> None:
    """The folder says a part of what the title says."""
    place = workspace(
        tmp_path,
        {"砂锅课/a.md": "# 03 | 砂锅怎样开火\n\n先把米泡上。\n", "砂锅课/b.md": "# 04 | 米粥\n\n先淘米。\n"},
    )

    assert lines(asked(place, "砂锅")) == [("砂锅课/a.md", 1), ("砂锅课/b.md", 1)]
    assert lines(asked(place, "砂锅课 -开火")) == [("砂锅课/b.md", 1)]


@pytest.mark.parametrize(
    "written", ["用kubectl看土", "用 kubectl 看土", "用 **kubectl** 看土", "用 kubectl看土"]
)
@pytest.mark.parametrize("typed", ["kubectl看土", "kubectl 看土", "用kubectl 看土"])
def test_a_blank_between_latin_and_han_is_no_part_of_a_phrase(
    tmp_path: Path, written: str, typed: str
) -> None:
    place = workspace(tmp_path, {"a.md": f"先{written}。\n\n看土，再用 kubectl。\n"})

    assert lines(asked(place, f'"{typed}"')) == [("a.md", 1)]


def test_a_phrase_in_the_marks_of_a_text_that_stands_nowhere_is_words(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "先看土。\n\n再浇水。\n"})

    assert lines(asked(place, "“看土。再浇”")) == [("a.md", 1), ("a.md", 3)]
    assert lines(asked(place, "“看土”")) == [("a.md", 1)]
    assert lines(asked(place, '"看土。再浇"')) == []


def test_a_pair_that_is_far_rarer_than_its_neighbours_says_little(tmp_path: Path) -> None:
    """It stands across two words: 器内 in 容器内存."""

    def share_of_the_pair(folder: str, lessons_with_it: int) -> float:
        texts = {f"{n}.md": "容器内存。\n" if n < lessons_with_it else "容器，内存。\n" for n in range(7)}
        texts |= {f"别的 {n}.md": "别的。\n" for n in range(9)}
        [share] = [
            term.weight
            for term in asked(workspace(tmp_path / folder, texts), "容器内存").terms
            if term.spellings == ("器内",)
        ]
        return share

    assert share_of_the_pair("rare", 2) < share_of_the_pair("less rare", 4)


@pytest.mark.parametrize("by_lesson", [False, True])
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("控制循环", "控制器只看期望"),  # a name of the lexicon, as that
        ("什么是控制循环", "控制器只看期望"),
        ("控制循环 浇水", "浇水也听控制器的"),
        ("kube-proxy 砂锅", "proxy 每天来"),  # beside a word that stands nowhere either
    ],
)
def test_a_name_that_stands_nowhere_is_looked_for_in_parts(
    tmp_path: Path, query: str, first: str, by_lesson: bool
) -> None:
    text = "浇水靠手。\n\n控制器只看期望。\n\n浇水也听控制器的。\n\nproxy 每天来。\n"
    answer = asked(workspace(tmp_path, {"a.md": text}), query, by_lesson=by_lesson)

    assert answer.hits[0].text.startswith(first)
    assert answer.hits[0].is_partial
    # It is told that it was looked for as a whole as well.
    assert len(answer.terms[0].spellings) > 1
    assert answer.terms[0].passages == 0


def test_a_name_that_stands_somewhere_is_one(tmp_path: Path) -> None:
    text = "控制器。\n\nreconcile loop 转个不停。\n\n控制又循环。\n"

    assert lines(asked(workspace(tmp_path, {"a.md": text}), "控制循环")) == [("a.md", 3)]


@pytest.mark.parametrize("query", ["crd", "K8s"])
def test_a_name_of_one_word_has_no_parts(tmp_path: Path, query: str) -> None:
    assert len(asked(workspace(tmp_path, {"a.md": "K8s 的 CRD。\n"}), query).terms) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("k8s", "Kubernetes", "K8S"),
        ("apiserver", "kube-apiserver", "API Server", "API 服务器"),
        ("CRD", "自定义资源", "CustomResourceDefinition"),
        ("控制器", "Controller"),
        ("PVC", "PersistentVolumeClaim", "持久卷申领"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    place = workspace(tmp_path, {"a.md": "\n\n".join(f"先看{name}再说。" for name in names)})

    for name in names:
        found = [hit.line for hit in asked(place, name).hits if not hit.is_partial]
        assert sorted(found) == [*range(1, 2 * len(names), 2)], name


@pytest.mark.parametrize("query", ["CRD", "自定义资源"])
def test_a_short_name_that_was_not_typed_is_none_in_longer_words(tmp_path: Path, query: str) -> None:
    place = workspace(
        tmp_path, {"a.md": "自定义资源。\n\ncreate 一个 Secret。\n\n写一份 CR。\n\n几个 CRDs。\n"}
    )

    assert sorted(lines(asked(place, query))) == [("a.md", 1), ("a.md", 5), ("a.md", 7)]


def test_what_holds_the_words_of_a_name_apart_comes_last_and_is_not_left_out(tmp_path: Path) -> None:
    text = "We lost control when the loop broke.\n\n控制循环与 loop 和 control。\n\n先 control loops 再说。\n"
    place = workspace(tmp_path, {"a.md": text})

    found = asked(place, "控制循环").hits
    assert {hit.line for hit in found[:2]} == {3, 5}
    assert [(hit.line, hit.is_partial) for hit in found[2:]] == [(1, True)]
    assert lines(asked(place, "loop -控制循环")) == [("a.md", 1)]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Readiness probes", ("就绪探针", "readiness probe")),
        ("PVs", ("持久卷", "PV", "PersistentVolume")),
        ("CRs", ("自定义资源", "CRD")),
        ("HPAs", ("水平扩缩", "HPA")),
        ("声明式 APIs", ("声明式 API", "声明式APIs", "declarative APIs")),
        ("CNIs", ("容器网络接口", "CNI")),
        ("NetworkPolicies", ("网络策略", "NetworkPolicy")),
    ],
)
def test_a_name_is_found_and_marked_in_the_plural(
    tmp_path: Path, written: str, names: tuple[str, ...]
) -> None:
    place = workspace(tmp_path, {"a.md": f"别的。\n\n一共五种 {written} 在此。\n"})

    for name in names:
        [hit] = asked(place, name).hits
        assert not hit.is_partial, name
        assert [hit.text[start:stop] for start, stop in hit.matches] == [written], name


@pytest.mark.parametrize("query", ["PV", "持久卷"])
def test_the_plural_of_a_longer_name_is_not_the_shorter_one(tmp_path: Path, query: str) -> None:
    assert all(hit.is_partial for hit in asked(workspace(tmp_path, {"a.md": "几个 PVCs。\n"}), query).hits)


def test_a_name_is_marked_where_it_is_a_word(tmp_path: Path) -> None:
    text = "- 先看 subscribe 的写法\n- 再看 describe 的写法\n- 容器运行时接口在第三行\n"
    [hit] = asked(workspace(tmp_path, {"a.md": text}), "容器运行时接口").hits[:1]

    assert [hit.text[start:stop] for start, stop in hit.matches] == ["容器运行时接口"]


@pytest.mark.parametrize("name", ["容器运行时接口", "CRI", "Ingress 控制器", "准入控制器"])
def test_names_within_a_name_that_stands_nowhere_are_looked_for_too(tmp_path: Path, name: str) -> None:
    place = workspace(tmp_path, {"a.md": "容器要放好。\n\n控制要得当。\n"})

    assert [hit.is_partial for hit in asked(place, name).hits] == [True]


def test_a_filter_that_leaves_no_name_leaves_its_parts(tmp_path: Path) -> None:
    texts = {"1.md": "声明式 API。\n\n" * 12, "2.md": "声明式写在这里。\n\nAPI 写在这里。\n"}
    place = workspace(tmp_path, texts)

    assert [hit.is_partial for hit in asked(place, "声明式 API", Filters(lesson="2")).hits] == [True, True]


def test_of_lessons_the_one_with_the_name_comes_first(tmp_path: Path) -> None:
    texts = {
        "01 - API 的历史.md": "API 的故事。\n\n" + "API 又一条。\n\n" * 8,
        "02 - 声明的艺术.md": "声明式家具。\n\n声明式艺术。\n\n声明式写法。\n",
        "03 - 闲谈.md": "先说别的。\n\n顺便一提声明式 API。\n",
    }
    place = workspace(tmp_path, texts)

    for name in ("声明式 API", "declarative API"):
        assert lines(asked(place, name, by_lesson=True))[0] == ("03 - 闲谈.md", 3)


@pytest.mark.parametrize("own", ["k8s = 库伯", "库伯 = K8S", "库伯 = Kubernetes"])
def test_ones_own_name_of_a_known_thing_is_one_more(tmp_path: Path, own: str) -> None:
    place = workspace(tmp_path, {"a.md": "k8s。\n\nKubernetes。\n\n库伯。\n"})
    index = fresh(place)
    with closing(index):
        for name in ("k8s", "Kubernetes", "库伯"):
            answer = search_library(Library(index), name, Filters(), own_terms=(own,), limit=9)
            assert sorted(line for _, line in lines(answer)) == [1, 3, 5]


def test_a_short_name_that_was_typed_is_found_in_longer_words_last_of_all(tmp_path: Path) -> None:
    place = workspace(tmp_path, {"a.md": "k8snotes。\n\nKubernetes。\n\nk8s。\n"})

    found = asked(place, "k8s").hits
    assert {(hit.line, hit.is_partial) for hit in found} == {(3, False), (5, False), (1, True)}
    assert found[-1].is_partial
    assert [found[-1].text[start:stop] for start, stop in found[-1].matches] == ["k8s"]
    assert sorted(lines(asked(place, "Kubernetes"))) == [("a.md", 3), ("a.md", 5)]
    assert lines(asked(place, "k8snotes -k8s")) == [("a.md", 1)]


def test_what_holds_a_name_to_be_left_out_is_left_out_wherever_it_was_found(tmp_path: Path) -> None:
    place = workspace(
        tmp_path, {"a.md": "k8snotes 与控制循环。\n\nk8snotes 与 loop，再说 control。\n\nk8s。\n"}
    )

    assert sorted(lines(asked(place, "k8s -控制循环"))) == [("a.md", 3), ("a.md", 5)]


def test_what_is_short_is_the_same_to_search_and_to_themes() -> None:
    assert query.SHORTEST_INSIDE == lexicon.SHORTEST_INSIDE
