"""What readers asked and authors answered, and how comments are sorted, folded and counted."""

import re
from pathlib import Path

import pytest

from cli.runner import Runner

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"


def lesson_of(*comments: str) -> str:
    items = "\n".join(f"<li>{comment}</li><br/>" for comment in comments)
    return (
        "水闸管水，闸门要每周上油，不然会生锈。\n\n"
        f"<div><strong>精选留言（{len(comments)}）</strong></div><ul>\n{items}\n</ul>\n"
    )


def comment(name: str, text: str, *, likes: int = 0, reply: str = "", day: str = "2020-01-01") -> str:
    said = f"<p>{text}</p>{day}" + (f"<br/><p>{reply}</p>" if reply else "")
    return f"<span>{name}</span> 👍（{likes}） 💬（{1 if reply else 0}）{said}"


def printed(name: str, text: str, *, likes: int = 0, reply: str = "", day: str = "2026-03-02") -> str:
    answer = f"\n\n{reply}" if reply else ""
    return f"\n\n\n{name}\n\n{day}\n\n👍 {likes}\n\n{text}\n\n展开 ▾{answer}\n"


def page_of(*comments: str) -> str:
    first = (SAMPLE / "000_3f9a61c07be2d854.txt").read_text("utf-8")
    return first[: first.index("\n\n\n夜班的灯泡")] + "".join(comments)


def names(k8snotes: Runner, *arguments: str) -> list[str]:
    return [record["author"] for record in k8snotes(*arguments, "--jsonl").records]


def test_what_an_author_replied_to_counts_and_nothing_else(k8snotes: Runner) -> None:
    k8snotes.write(
        "a.txt",
        page_of(
            printed("甲", "请问闸门多久上一次油？", reply="作者回复: 每周一次。"),
            printed("乙", "请问闸门多久换一次？", reply="编辑回复: 请留意公告。"),
            printed("丙", "请问谁来开闸？"),
            printed("丁", "打卡", reply="作者回复: 加油"),
        ),
    )

    assert names(k8snotes, "faq", "a.txt") == ["甲", "丁"]


def test_questions_come_before_thanks_and_liked_before_unliked(k8snotes: Runner) -> None:
    k8snotes.write(
        "a.txt",
        page_of(
            printed("谢", "谢谢老师，讲得真好！", likes=3, reply="作者回复: 不客气"),
            printed("短", "能讲讲吗？", reply="作者回复: 能"),
            printed(
                "长", "请问 kube-proxy 换成 IPVS 以后，Service 的会话保持还能用吗，超时又在哪里设？",
                reply="作者回复: 能用，超时在 Service 的 sessionAffinityConfig 里设，默认三小时。",
            ),
            printed("红", "能讲讲么？", likes=30, reply="作者回复: 能"),
        ),
    )  # fmt: skip

    found = names(k8snotes, "faq", "a.txt")

    assert found.index("长") < found.index("短")
    assert found.index("红") < found.index("短")
    assert found[-1] == "谢"
    assert names(k8snotes, "faq", "--limit", "2", "a.txt") == found[:2]


def test_about_a_theme_means_the_question_or_its_answer_names_it(k8snotes: Runner) -> None:
    everything = names(k8snotes, "faq", str(SAMPLE))
    about = k8snotes("faq", "--about", "节点", "--jsonl", str(SAMPLE)).records

    assert 0 < len(about) < len(everything)
    for record in about:
        said = record["text"] + "".join(reply["text"] for reply in record["replies"])
        assert "节点" in said


def test_other_names_of_a_theme_find_the_same_questions(k8snotes: Runner) -> None:
    assert names(k8snotes, "faq", "--about", "K8S", str(SAMPLE)) == names(
        k8snotes, "faq", "--about", "kubernetes", str(SAMPLE)
    )


def test_likes_sort_over_all_lessons_and_unknown_ones_come_last(k8snotes: Runner) -> None:
    records = k8snotes("comments", "--sort", "likes", "--jsonl", str(SAMPLE)).records
    likes = [-1 if record["likes"] is None else record["likes"] for record in records]

    assert likes == sorted(likes, reverse=True)
    assert len({record["path"] for record in records[:5]}) > 1


def test_dates_sort_over_all_lessons_the_newest_first(k8snotes: Runner) -> None:
    dates = [
        record["date"] for record in k8snotes("comments", "--sort", "date", "--jsonl", str(SAMPLE)).records
    ]

    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("sort", ["place", "page", "likes", "date"])
def test_a_limit_keeps_the_first(k8snotes: Runner, sort: str) -> None:
    all_of_them = k8snotes("comments", "--sort", sort, "--jsonl", str(SAMPLE)).lines

    for limit in (1, 13, 14, 500):
        some = k8snotes("comments", "--sort", sort, "--limit", str(limit), "--jsonl", str(SAMPLE)).lines
        assert some == all_of_them[:limit]


def test_the_counts_are_of_all_comments_listed(k8snotes: Runner) -> None:
    document = k8snotes("comments", "--json", str(SAMPLE)).json
    kinds = [record["kind"] for record in document["comments"]]

    assert document["counts"]["total"] == len(kinds)
    assert document["counts"]["questions"] == kinds.count("question")
    assert document["counts"]["thanks"] == kinds.count("thanks")
    assert document["counts"]["checkins"] == kinds.count("checkin")
    assert document["counts"]["answered"] == len(names(k8snotes, "faq", str(SAMPLE)))


def test_a_terminal_folds_thanks_and_counts_the_months(k8snotes: Runner) -> None:
    result = k8snotes("comments", "--color", "always", "--lang", "zh", str(SAMPLE))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", result.out)
    everything = k8snotes("comments", "--all", "--color", "always", "--lang", "zh", str(SAMPLE)).out

    assert "条致谢与打卡（--all 全部显示）" in shown
    assert "另有" not in everything
    months = dict(re.findall(r"^  (\d{4}-\d\d)\s+(\d+)  █", shown, re.MULTILINE))
    dates = [record["date"] for record in k8snotes("comments", "--jsonl", str(SAMPLE)).records]
    assert {month: int(count) for month, count in months.items()} == {
        month: sum(str(day).startswith(month) for day in dates) for month in {day[:7] for day in dates if day}
    }


def test_a_comment_names_the_paragraph_that_it_quotes_with_its_words(k8snotes: Runner) -> None:
    k8snotes.write("a.md", lesson_of(comment("甲", "“闸门要每周上油”，记下了。"), comment("乙", "学习了。")))

    quoted, other = k8snotes("comments", "--jsonl", "a.md").records
    shown = k8snotes("comments", "--color", "always", "--lang", "zh", "a.md").out

    assert quoted["about"] == {
        "path": "a.md",
        "first_line": 1,
        "last_line": 1,
        "score": quoted["about"]["score"],
        "because": "quotes",
        "words": ["闸门要每周上油"],
    }
    assert other["about"] is None
    assert "似与第 1 行有关：引用“闸门要每周上油”" in shown


def test_what_readers_write_does_nothing_to_a_terminal(k8snotes: Runner) -> None:
    evil = "“闸门要每周上油”[bold]\x1b]0;owned\x07\x9b31m\u202e对吗？"
    k8snotes.write("a.txt", page_of(printed("甲\x1b[2J", evil, reply=f"作者回复: {evil}")))

    for command in ("faq", "comments"):
        for form in (["--color", "always"], [], ["--json"], ["--jsonl"]):
            out = k8snotes(command, *form, "a.txt").out
            assert "bold" in out
            assert not re.search(r"\x1b(?!\[[0-9;]*m)|[\x07\x9b\u202e]", out)


def test_neither_command_loads_a_tokenizer(k8snotes: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("k8snotes.segment.tokenizer.make_tokenizer", fail)

    assert k8snotes("comments", "--json", str(SAMPLE)).code == 0
    assert k8snotes("faq", "--json", str(SAMPLE)).code == 0
