"""The pages of a course: what stands on them, what a reader adds to them, and when they are made anew."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from cli.runner import Runner
from k8snotes import page_notes
from k8snotes.workspace import NOTES_README
from read.test_books import book, lesson_page

INDEX, QUESTIONS = "notes/README.md", "notes/问答.md"
THEME = "notes/themes/泥性.md"
TITLES = ("01 | 揉泥：先摸后做", "02 | 拉坯：手要稳", "04 | 烧窑：火候")
BODIES = (
    "所谓泥性，就是一团泥愿意怎么动。泥性要用手摸。泥性软的泥，先晾一晾再揉。",
    "拉坯拉的是泥性。泥性不匀，坯就歪。转盘越快，泥性越藏不住。",
    "火候看的还是泥性。泥性不同，升温的快慢也不同。",
)


def lesson(title: str, body: str, comments: str = "") -> str:
    return f"---\ncourse: 陶艺四讲\n---\n\n# {title}\n\n{body}\n{comments}"


def page(runner: Runner, name: str) -> str:
    return (runner.folder / name).read_text("utf-8")


def put(runner: Runner, at: int, body: str | None = None) -> None:
    runner.write(f"seeds/{at}.md", lesson(TITLES[at], body or BODIES[at]))


@pytest.fixture
def pottery(k8snotes: Runner) -> Runner:
    """A course of four lessons, three of them there, with its pages."""
    for at in range(3):
        put(k8snotes, at)
    assert k8snotes("export").code == 0
    return k8snotes


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture
def composing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by an entry each time that pages are worked out from now on."""
    calls: list[str] = []
    compose = page_notes.compose_pages

    def composed(*arguments: object, **options: object) -> object:
        calls.append("composed")
        return compose(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(page_notes, "compose_pages", composed)
    return calls


# --- what stands on them


def test_the_index_has_the_lessons_in_order_with_their_theses_and_what_is_missing(pottery: Runner) -> None:
    rows = [line for line in page(pottery, INDEX).splitlines() if line.startswith("- ")]

    assert [row[:6] for row in rows[:4]] == ["- [01 ", "- [02 ", "- 缺：3", "- [04 "]
    assert "所谓泥性，就是一团泥愿意怎么动。" in rows[0]


def test_a_theme_has_its_definition_where_it_is_first_said_and_where_it_lives(pottery: Runner) -> None:
    text = page(pottery, THEME)

    assert "所谓泥性，就是一团泥愿意怎么动。 [第 7 行](../../seeds/0.md#L7)" in text
    assert "## 初见" in text
    assert "3 课中的 3 课，8 次" in text
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        f"### [{title.replace('|', chr(92) + '|')}](../{quoted})"
        for title, quoted in zip(TITLES, note_links(pottery), strict=True)
    ]


def note_links(runner: Runner) -> list[str]:
    return list(re.findall(r"^- \[\d\d .*?\]\((.*?)\) — ", page(runner, INDEX), re.MULTILINE))


def test_every_page_ends_with_room_for_the_reader(pottery: Runner) -> None:
    for name in (INDEX, THEME):
        assert page(pottery, name).endswith("\n## 我的笔记\n\n")


def test_what_one_lesson_alone_names_has_no_page(pottery: Runner) -> None:
    names = {path.stem for path in (pottery.folder / "notes/themes").iterdir()}

    assert "泥性" in names
    assert not names & {"转盘", "烧窑", "拉坯"}


def test_each_course_in_a_folder_of_its_own_has_its_index_and_the_whole_leads_to_them(
    k8snotes: Runner,
) -> None:
    put_two_courses(k8snotes, "陶艺")

    k8snotes("export")

    assert "木性" not in page(k8snotes, "notes/陶艺/README.md")
    assert (k8snotes.folder / "notes/木工/themes/木性.md").is_file()
    assert not (k8snotes.folder / "notes/木工/themes/泥性.md").exists()
    assert re.findall(r"\]\((.*?)\)", page(k8snotes, INDEX)) == [
        "%E6%9C%A8%E5%B7%A5/README.md",
        "%E9%99%B6%E8%89%BA/README.md",
    ]


def put_two_courses(runner: Runner, pottery: str) -> None:
    for at in range(3):
        runner.write(f"seeds/{pottery}/{at}.md", lesson(TITLES[at], BODIES[at]))
        wood = lesson(TITLES[at], BODIES[at].replace("泥", "木")).replace("陶艺四讲", "木工四讲")
        runner.write(f"seeds/木工/{at}.md", wood)


@pytest.mark.parametrize("name", ["泥巴", "木工/泥巴", "泥巴/一季"])
def test_pages_stay_with_the_notes_where_a_folder_of_texts_was_renamed(k8snotes: Runner, name: str) -> None:
    put_two_courses(k8snotes, "陶艺")
    k8snotes("export")
    before = notes_below(k8snotes)
    for own in ("notes/陶艺/README.md", "notes/陶艺/themes/泥性.md"):
        k8snotes.write(own, page(k8snotes, own) + "我的话\n")
    shutil.rmtree(k8snotes.folder / "seeds/陶艺")
    put_two_courses(k8snotes, name)

    k8snotes("export")

    assert notes_below(k8snotes) == before
    k8snotes.write(f"seeds/{name}/3.md", lesson("03 | 修坯：少即是多", "修坯要看泥性。泥性干了再修。"))
    assert k8snotes("export").code == 0
    [new] = {*notes_below(k8snotes)} - {*before}
    assert new.startswith(f"notes/{name}/03")
    assert "修坯" in page(k8snotes, "notes/陶艺/README.md")
    assert "修坯" in page(k8snotes, "notes/陶艺/themes/泥性.md")
    assert k8snotes("export").lines == []


def test_pages_stay_in_their_folder_though_notes_were_moved_out_of_it(k8snotes: Runner) -> None:
    put_two_courses(k8snotes, "陶艺")
    k8snotes("export")
    (k8snotes.folder / "notes/读完").mkdir()
    for note in (k8snotes.folder / "notes/陶艺").glob("0*.md"):
        note.rename(k8snotes.folder / "notes/读完" / note.name)

    k8snotes("export")

    assert sorted(path for path in notes_below(k8snotes) if "README" in path) == [
        "notes/README.md",
        "notes/木工/README.md",
        "notes/陶艺/README.md",
    ]


def notes_below(runner: Runner) -> list[str]:
    found = (path.relative_to(runner.folder).as_posix() for path in runner.folder.rglob("notes/**/*.md"))
    return sorted(found)


def put_book(runner: Runner, *lessons: tuple[str, str]) -> None:
    """An e-book of lessons with these titles and bodies."""
    pages = {f"{at}.xhtml": lesson_page(title, body) for at, (title, body) in enumerate(lessons)}
    runner.write("seeds/书.epub", book(pages))


def test_the_lessons_of_one_book_have_their_themes(k8snotes: Runner) -> None:
    put_book(k8snotes, *zip(TITLES, BODIES, strict=True))

    k8snotes("export")

    assert BODIES[1].partition("。")[0] in page(k8snotes, THEME)


def test_lessons_of_one_title_in_one_book_are_told_apart_on_a_themes_page(k8snotes: Runner) -> None:
    put_book(k8snotes, *((title, body) for title, body in zip(("揉泥", "小结", "小结"), BODIES, strict=True)))

    k8snotes("export")

    said = page(k8snotes, THEME)
    assert [said.count(body.partition("。")[0]) for body in BODIES[1:]] == [1, 1]


def test_the_index_leads_to_the_right_notes_where_one_cannot_be_read(k8snotes: Runner) -> None:
    lessons = [*zip(("01 揉泥", "02 拉坯", "03 烧窑"), BODIES, strict=True)]
    put_book(k8snotes, *lessons)
    k8snotes("export")
    k8snotes.write("notes/01 揉泥.md", b"\xff")
    put_book(k8snotes, *((title, f"{body}再说一遍。") for title, body in lessons))

    assert k8snotes("export").code == 4
    links = re.findall(r"\[([^\[\]]+)\]\(([^()]+)\.md\)", page(k8snotes, INDEX))
    of_lessons = {words: unquote(note) for words, note in links if words[:2].isdecimal()}
    assert of_lessons == {title: title for title, _ in lessons}


def test_a_note_that_cannot_be_read_takes_nothing_from_the_pages(pottery: Runner) -> None:
    before = {name: page(pottery, name) for name in (INDEX, THEME)}
    [note] = (pottery.folder / "notes").glob("02*.md")
    note.unlink()
    note.mkdir()

    assert pottery("export").code == 4
    assert {name: page(pottery, name) for name in (INDEX, THEME)} == before


def test_a_note_whose_lesson_is_gone_is_listed_in_the_index_and_left_alone(pottery: Runner) -> None:
    (pottery.folder / "seeds/1.md").unlink()
    before = page(pottery, "notes/02 - 拉坯：手要稳.md")

    pottery("export")

    assert "## 课文已不在的笔记\n\n- [02 - 拉坯：手要稳]" in page(pottery, INDEX)
    assert "02 - 拉坯" not in page(pottery, THEME)
    assert page(pottery, "notes/02 - 拉坯：手要稳.md") == before


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    """The workspace of the transcripts."""
    shutil.copytree(Path(__file__).parent / "transcripts/workspace", tmp_path, dirs_exist_ok=True)
    return Runner(tmp_path)


def test_readers_whose_names_are_hidden_are_named_on_no_page(course: Runner) -> None:
    course("export", "--hide-names")

    pages = [path.read_text("utf-8") for path in (course.folder / "notes").rglob("*.md")]
    assert any("读者 1" in text for text in pages)
    assert not any("番茄酱骑士" in text for text in pages)


# --- where they stand


def test_a_readme_of_the_readers_own_is_left_and_the_index_stands_beside(k8snotes: Runner) -> None:
    k8snotes.write(INDEX, "我自己的说明。\n")
    put(k8snotes, 0)

    result = k8snotes("export")

    assert result.code == 0
    assert page(k8snotes, INDEX) == "我自己的说明。\n"
    assert "# 陶艺四讲：目录" in page(k8snotes, "notes/目录.md")


def test_the_readme_of_a_new_workspace_gives_way_and_undo_brings_it_back(k8snotes: Runner) -> None:
    k8snotes("init")
    put(k8snotes, 0)

    k8snotes("export")
    assert "# 陶艺四讲：目录" in page(k8snotes, INDEX)

    k8snotes("undo")
    assert page(k8snotes, INDEX) == NOTES_README


def test_a_page_that_was_moved_is_found_and_the_others_lead_to_it(pottery: Runner) -> None:
    (pottery.folder / THEME).rename(pottery.folder / "notes/泥.md")

    assert pottery("export").lines == ["updated: notes/README.md", "updated: notes/泥.md"]
    assert "(%E6%B3%A5.md)" in page(pottery, INDEX)
    assert not (pottery.folder / THEME).exists()
    assert pottery("export").lines == []


# --- what a reader adds, and when they are made anew


@pytest.mark.parametrize("name", ["README", "themes/泥性"])
def test_a_copy_of_a_page_is_told_and_the_readers_own_goes_on(pottery: Runner, name: str) -> None:
    own, copy = "notes/我的/我自己的那一页.md", "notes/副本.md"
    (pottery.folder / "notes/我的").mkdir()
    (pottery.folder / f"notes/{name}.md").rename(pottery.folder / own)
    pottery("export")
    before = pottery.write(copy, page(pottery, own)).read_bytes()

    for at, more in ((1, "泥性匀了，坯才直。"), (2, "泥性硬的，升温慢。")):
        put(pottery, at, BODIES[at] + more)
        results = [pottery("export") for _ in range(2)]
        assert [copy in result.out for result in results] == [False, False]
        assert [own in result.out for result in results] == [True, False]
        assert all("副本.md has the same id" in result.err for result in results)
        assert (pottery.folder / copy).read_bytes() == before


def test_a_second_export_changes_no_byte_and_works_nothing_out(pottery: Runner, composing: list[str]) -> None:
    assert pottery("export").lines == []
    assert composing == []


@pytest.mark.parametrize("name", [INDEX, THEME])
def test_what_a_reader_writes_between_the_parts_outlives_new_lessons(pottery: Runner, name: str) -> None:
    annotated = page(pottery, name).replace("## 我的笔记\n", "夹着的话。\n\n## 我的笔记\n\n最后的话。\n")
    pottery.write(name, annotated)
    pottery.write("seeds/3.md", lesson("03 | 上釉：薄一点", "釉不能盖住泥性。泥性透出来才好看。"))

    result = pottery("export")

    assert result.code == 0
    assert "夹着的话。" in page(pottery, name)
    assert page(pottery, name).endswith("最后的话。\n\n")
    assert "03" in page(pottery, name)


def test_a_part_that_a_reader_changed_is_kept_and_the_new_one_put_beside(pottery: Runner) -> None:
    pottery.write(THEME, page(pottery, THEME).replace("3 课中的 3 课", "我数了，到处都是"))
    put(pottery, 2, BODIES[2] + "泥性说了算。")

    result = pottery("export")

    assert result.code == 3
    assert "我数了，到处都是" in page(pottery, THEME)
    assert "3 课中的 3 课，9 次" in page(pottery, THEME.replace(".md", ".new.md"))
    assert THEME in result.err


def test_a_page_with_new_words_of_the_reader_is_not_worked_out_again(
    pottery: Runner, composing: list[str]
) -> None:
    pottery.write(THEME, page(pottery, THEME) + "我摸过了。\n")

    assert pottery("export").lines == []
    assert composing == []
    assert page(pottery, THEME).endswith("我摸过了。\n")


def test_a_page_of_a_theme_that_is_none_any_more_goes(pottery: Runner) -> None:
    for at in range(3):
        put(pottery, at, BODIES[at].replace("泥性", "木纹"))

    assert f"removed: {THEME}" in pottery("export").lines
    assert not (pottery.folder / THEME).exists()

    pottery("undo")
    assert (pottery.folder / THEME).exists()


def test_it_stays_where_a_reader_has_written_in_it(pottery: Runner) -> None:
    pottery.write(THEME, page(pottery, THEME) + "我摸过了。\n")
    for at in range(3):
        put(pottery, at, BODIES[at].replace("泥性", "木纹"))

    pottery("export")

    assert "我摸过了。" in page(pottery, THEME)


def test_some_lessons_exported_alone_leave_the_pages_as_they_are(pottery: Runner) -> None:
    put(pottery, 0, "所谓泥性，说的是泥自己的主意。")

    assert pottery("export", "seeds/0.md").lines == ["updated: notes/01 - 揉泥：先摸后做.md"]
    assert INDEX in " ".join(pottery("export").lines)


def test_without_its_cache_a_workspace_gives_the_same_pages(pottery: Runner) -> None:
    for file in (pottery.folder / ".k8snotes").glob("*.z"):
        file.write_bytes(b"?")
    (pottery.folder / ".k8snotes/exports.json").unlink()

    assert pottery("export").lines == []


def test_whoever_wants_no_pages_gets_none(k8snotes: Runner) -> None:
    put(k8snotes, 0)

    assert k8snotes("export", "--no-pages").lines == ["written: notes/01 - 揉泥：先摸后做.md"]
    assert k8snotes("export").lines == []


# --- the style is remembered


def test_what_notes_were_exported_with_is_remembered_for_their_folder(pottery: Runner) -> None:
    pottery("export", "--with-body", "--links", "wiki", "--flavor", "obsidian")
    before = {path: path.read_bytes() for path in (pottery.folder / "notes").rglob("*.md")}

    assert pottery("export").lines == []
    assert {path: path.read_bytes() for path in (pottery.folder / "notes").rglob("*.md")} == before
    assert "written: other/01 - 揉泥：先摸后做.md" in pottery("export", "-o", "other").lines
    assert "[[" not in page(pottery, "other/01 - 揉泥：先摸后做.md")


def test_another_style_is_that_of_pages_too(pottery: Runner) -> None:
    assert "[[" not in page(pottery, INDEX)

    pottery("export", "--links", "wiki")

    assert "[[themes/泥性.md|泥性]]" in page(pottery, INDEX)


def test_a_setting_that_is_newer_than_what_was_chosen_wins(pottery: Runner) -> None:
    pottery("export", "--with-body")
    pottery.write("k8snotes.toml", 'links = "wiki"\n')
    assert "[[" in page_after_export(pottery)
    assert "## 正文" in page_after_export(pottery)

    pottery.write("k8snotes.toml", "with_body = true\n")
    pottery("export", "--without-body")
    assert "## 正文" not in page_after_export(pottery)


def page_after_export(runner: Runner) -> str:
    assert runner("export").code == 0
    return page(runner, "notes/01 - 揉泥：先摸后做.md")


def test_trying_a_style_does_not_choose_it(pottery: Runner) -> None:
    pottery("export", "--dry-run", "--with-body")

    assert pottery("export").lines == []


# --- a site


def test_a_site_has_a_menu_in_reading_order_and_settings_that_are_written_once(k8snotes: Runner) -> None:
    for at in range(3):
        put(k8snotes, at)

    lines = k8snotes("export", "--flavor", "mkdocs").lines

    assert lines[-2:] == ["written: notes/nav.yml", "written: mkdocs.yml"]
    menu = page(k8snotes, "notes/nav.yml").splitlines()
    assert menu[1:6] == [
        "nav:",
        '  - "陶艺四讲：目录": "README.md"',
        '  - "01 | 揉泥：先摸后做": "01 - 揉泥：先摸后做.md"',
        '  - "02 | 拉坯：手要稳": "02 - 拉坯：手要稳.md"',
        '  - "04 | 烧窑：火候": "04 - 烧窑：火候.md"',
    ]
    k8snotes.write("mkdocs.yml", "site_name: 我的\n")
    assert k8snotes("export").lines == []
    assert page(k8snotes, "mkdocs.yml") == "site_name: 我的\n"


def test_a_menu_grows_with_the_course_but_one_changed_by_hand_stays(k8snotes: Runner) -> None:
    put(k8snotes, 0)
    put(k8snotes, 1)
    k8snotes("export", "--flavor", "mkdocs")
    put(k8snotes, 2)
    assert "updated: notes/nav.yml" in k8snotes("export").lines

    k8snotes.write("notes/nav.yml", page(k8snotes, "notes/nav.yml") + '  - "我的": "我的.md"\n')
    (k8snotes.folder / "seeds/2.md").unlink()

    assert "changed by hand" in k8snotes("export").err
    assert '"我的"' in page(k8snotes, "notes/nav.yml")


def test_a_site_has_no_links_that_lead_out_of_it(k8snotes: Runner) -> None:
    put(k8snotes, 0)
    put(k8snotes, 1)
    k8snotes("export", "--flavor", "mkdocs")

    for path in (k8snotes.folder / "notes").rglob("*.md"):
        assert "](../seeds" not in path.read_text("utf-8")


# --- an outline


LOGSEQ_NOTE = "notes/01 - 揉泥：先摸后做.md"


@pytest.fixture
def outline(k8snotes: Runner) -> Runner:
    """The course as Logseq reads it."""
    for at in range(3):
        put(k8snotes, at)
    assert k8snotes("export", "--flavor", "logseq").code == 0
    return k8snotes


def test_an_outline_has_properties_and_bullets_and_no_front_matter(outline: Runner) -> None:
    text = page(outline, LOGSEQ_NOTE)

    assert text.startswith("k8snotes-id:: ")
    assert "\ntitle:: 01 | 揉泥：先摸后做\n" in text
    assert "\n- ## 主题\n  | 主题 | 次数 |\n  |---|---:|\n" in text
    assert text.endswith("\n- ## 我的笔记\n\n")
    assert "---\n" not in text.split("k8snotes:note")[0]


def test_an_outline_exported_again_is_the_same(outline: Runner) -> None:
    assert outline("export").lines == []


def as_logseq_saves(text: str) -> str:
    """What Logseq makes of a page that was edited: no blank lines, and each line hangs on a bullet."""
    properties, _, rest = text.partition("\n\n")
    first, *lines = [line for line in rest.split("\n") if line.strip()]
    lines = [f"  {line}" if line.startswith("<!--") else line for line in lines]
    return "\n".join([properties, "", f"- {first}", *lines])


def test_an_outline_that_logseq_saved_is_renewed_all_the_same(outline: Runner) -> None:
    edited = as_logseq_saves(page(outline, LOGSEQ_NOTE)) + "\n\t- 我摸过了。"
    outline.write(LOGSEQ_NOTE, edited.replace("title::", "mood:: 好\ntitle::"))
    put(outline, 0, "所谓泥性，说的是泥自己的主意。泥性要用手摸。")

    result = outline("export")

    assert result.code == 0, result.err
    text = page(outline, LOGSEQ_NOTE)
    assert "说的是泥自己的主意" in text
    assert "愿意怎么动" not in text
    assert "\n\t- 我摸过了。" in text
    assert "\nmood:: 好\n" in text


def test_a_property_that_a_reader_changed_or_removed_stays_so(outline: Runner) -> None:
    text = page(outline, LOGSEQ_NOTE)
    removed = next(line for line in text.splitlines() if line.startswith("source::"))
    changed = text.replace(f"{removed}\n", "").replace("title:: 01 | 揉泥", "title:: 我的揉泥")
    outline.write(LOGSEQ_NOTE, changed)
    put(outline, 0, BODIES[0] + "泥性难改。")

    outline("export")

    assert "title:: 我的揉泥" in page(outline, LOGSEQ_NOTE)
    assert "source::" not in page(outline, LOGSEQ_NOTE)


@pytest.mark.parametrize(("first", "then"), [("markdown", "logseq"), ("logseq", "obsidian")])
def test_notes_go_over_to_another_program_with_the_readers_words(
    k8snotes: Runner, first: str, then: str
) -> None:
    put(k8snotes, 0)
    k8snotes("export", "--flavor", first)
    k8snotes.write(LOGSEQ_NOTE, page(k8snotes, LOGSEQ_NOTE) + "我摸过了。\n")

    assert k8snotes("export", "--flavor", then).code == 0

    text = page(k8snotes, LOGSEQ_NOTE)
    assert text.startswith("---\n") == (then == "obsidian")
    assert text.startswith("k8snotes-id::") == (then == "logseq")
    assert text.endswith("我摸过了。\n")
    assert k8snotes("export").lines == []


def edited(runner: Runner, *edits: tuple[str, str]) -> None:
    text = page(runner, LOGSEQ_NOTE)
    for old, new in edits:
        assert re.search(old, text, re.MULTILINE)
        text = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    runner.write(LOGSEQ_NOTE, text)


def test_what_a_reader_removed_or_changed_in_front_matter_is_so_in_an_outline_and_back(
    k8snotes: Runner,
) -> None:
    put(k8snotes, 0)
    k8snotes("export")
    tag = r'^  - "泥性"\n'
    edited(k8snotes, (tag, "  - 我的\n"), (r"^source: .*\n", ""), (r"^title: .*", "title: 我的揉泥"))

    k8snotes("export", "--flavor", "logseq")

    head = page(k8snotes, LOGSEQ_NOTE).split("\n\n")[0]
    assert head.startswith("k8snotes-id:: ")
    assert "\ntitle:: 我的揉泥" in head
    assert "\ncourse:: 陶艺四讲" in head
    assert "我的" in head.split("\ntags:: ")[1]
    assert "泥性" not in head
    assert "source" not in head

    k8snotes("export", "--flavor", "markdown")

    head = page(k8snotes, LOGSEQ_NOTE).split("---\n")[1]
    assert '\ntitle: "我的揉泥"' in head
    assert '\ncourse: "陶艺四讲"' in head
    assert '\n  - "我的"' in head
    assert "泥性" not in head
    assert "source" not in head


@pytest.mark.parametrize("own", ["评分: 5", "title: [我的, 题]", "# 我的话"])
def test_front_matter_with_fields_of_the_readers_own_is_kept_and_renewed_in_an_outline(
    k8snotes: Runner, own: str
) -> None:
    put(k8snotes, 0)
    k8snotes("export")
    edited(k8snotes, (r'^  - "泥性"\n', ""), (r"^title: .*", own), (r"^course: .*\n", ""))

    k8snotes("export", "--flavor", "logseq")

    for flavor in ("logseq", "markdown"):
        assert k8snotes("export", "--flavor", flavor).code == 0
        head = page(k8snotes, LOGSEQ_NOTE).split("---\n")[1]
        assert head.startswith('id: "')
        assert f"\n{own}\n" in head
        assert "\nsource: " in head
        assert "泥性" not in head
        assert "course" not in head


def test_properties_that_a_reader_edited_go_over_to_front_matter(outline: Runner) -> None:
    edited(
        outline,
        (r"^title:: .*", "title:: 我的: 揉泥"),
        (r"^tags:: .*", "tags:: 我的, [[手感]]"),
        (r"^course:: .*\n", 'id:: 66f0\nmood:: \n"x":: 1\n'),
    )

    outline("export", "--flavor", "markdown")

    _, head, below = page(outline, LOGSEQ_NOTE).split("---\n", 2)
    assert '\ntitle: "我的: 揉泥"\n' in head
    assert '\nlogseq-id: "66f0"\nmood: ""\n"\\"x\\"": "1"\n' in head
    assert head.endswith('tags:\n  - "我的"\n  - "[[手感]]"\n')
    assert "course" not in head
    assert "::" not in below.split("-->")[0]
    assert outline("export").lines == []


def test_fields_of_a_program_come_back_with_it(k8snotes: Runner) -> None:
    put(k8snotes, 0)
    texts = []
    for flavor in ("obsidian", "logseq", "obsidian", "logseq"):
        k8snotes("export", "--flavor", flavor)
        texts.append(page(k8snotes, LOGSEQ_NOTE))

    assert texts[2:] == texts[:2]
    assert "\naliases: [" in texts[0]
