"""Publishing: instant where nothing changed, only what changed where something did, and from what is
remembered the very bytes that a build from nothing gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archives import BASE, TWO_ISSUES, write
from bulletin_site.alone import alone
from bulletin_site.batch import Files
from bulletin_site.build import build
from bulletin_site.cache import FOLDER
from bulletin_site.inputs import read
from bulletin_site.new_site import NewSite, Settled
from bulletin_site.output import read_site
from bulletin_site.publish import Published, Refused, publish

THIRD = "issues/2014-05-1/03.md"
JULY = {
    "issues/2014-07-1/issue.md": "---\ndate: 2014-07-04\n---\n",
    "issues/2014-07-1/01.md": "---\ntitle: 电子公文\npage: 2\n---\n\n公文在网上流转。\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "archive", TWO_ISSUES)


def published(root: Path, *, clean: bool = False) -> Published:
    result = publish(root, root / "site", clean=clean)
    assert isinstance(result, Published)
    return result


def refused(root: Path, *, strict: bool = False) -> Refused:
    result = publish(root, root / "site", strict=strict)
    assert isinstance(result, Refused)
    return result


def from_nothing(root: Path) -> Files:
    files = build(read(root)).files
    assert files is not None
    return files


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file but the locks: filelock for Python 3.10 empties them anew."""
    found = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".lock"]
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in found}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


# Nothing changed.


def test_an_unchanged_archive_writes_no_file_at_all(root: Path) -> None:
    published(root)
    before = states(root)
    again = published(root)
    assert (again.added, again.changed, again.removed) == ((), (), ())
    assert states(root) == before


def test_an_unchanged_archive_needs_neither_dictionary_nor_templates(root: Path) -> None:
    published(root)
    script = (
        "import sys; from bulletin_site.__main__ import main; status = main(sys.argv[1:]);"
        "print(sorted({'jinja2', 'markdown_it', 'yaml', 'numpy', 'rjieba', 'opencc', 'pypinyin'}"
        " & sys.modules.keys()), file=sys.stderr); sys.exit(status)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "build", "--root", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert ended.stderr == "[]\n"


def test_what_was_said_of_the_archive_is_said_again(root: Path) -> None:
    edit(root / THIRD, "不再", " and 不再")
    first = published(root)
    assert [problem.code for problem in first.problems] == ["stray-latin"]
    again = published(root)
    assert (again.problems, again.summary) == (first.problems, first.summary)


def test_warnings_stop_a_strict_build_though_nothing_changed(root: Path) -> None:
    edit(root / THIRD, "不再", " and 不再")
    published(root)
    assert [problem.code for problem in refused(root, strict=True).problems] == ["stray-latin"]


@pytest.mark.parametrize("harm", ["edited", "removed", "added"])
def test_a_site_that_somebody_changed_is_made_whole_again(root: Path, harm: str) -> None:
    published(root)
    page = root / "site/issues/2014-05-1/01.html"
    if harm == "edited":
        page.write_text("改过", "utf-8")
    elif harm == "removed":
        page.unlink()
    else:
        # As from a program of another version that made one file more.
        page.with_name("09.txt").write_text("多出", "utf-8")
        sums = root / "site/SHA256SUMS"
        sums.write_text(f"{sums.read_text('utf-8')}0  issues/2014-05-1/09.txt\n", "utf-8")
    published(root)
    assert read_site(root / "site") == from_nothing(root)


# Something changed.


def test_one_new_issue_costs_its_own_pages_and_those_that_mention_it(root: Path) -> None:
    published(root)
    before = states(root / "site")
    write(root, JULY)
    result = published(root)
    assert [(issue.name, issue.articles) for issue in result.new_issues] == [
        ("2014年七月第一期", 1)
    ]
    assert "issues/2014-07-1/01.html" in result.added
    # The issue before it shows it as the next one, in two places.
    changed = {name for name in result.changed if name.startswith("issues/")}
    assert changed == {
        "issues/index.html",
        "issues/2014-06-2/index.html",
        "issues/2014-06-2/02.html",
    }
    after = states(root / "site")
    kept = {name for name in before if after.get(name) == before[name]}
    assert str(root / "site/issues/2014-05-1/01.html") in kept
    assert read_site(root / "site") == from_nothing(root)


@pytest.mark.parametrize("part", ["templates/article.html", "templates/assets/site.css"])
def test_another_template_reaches_all_that_it_makes(root: Path, part: str) -> None:
    published(root)
    with (root / part).open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n.more { color: red; }\n")
    published(root)
    assert read_site(root / "site") == from_nothing(root)


def test_another_program_makes_everything_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(root)
    made: list[str] = []
    own: Callable[[NewSite, str, bytes, str], Settled] = NewSite.put

    def noted(self: NewSite, address: str, content: bytes, key: str) -> Settled:
        made.append(address)
        return own(self, address, content, key)

    monkeypatch.setattr(NewSite, "put", noted)
    monkeypatch.setattr("bulletin_site.batch.program", lambda: "another")
    result = published(root)
    assert set(made) == read_site(root / "site").keys()
    assert (result.added, result.changed, result.removed) == ((), (), ())


@pytest.mark.parametrize("harm", ["cut off", "a byte changed", "of another archive", "no file"])
def test_what_is_remembered_is_not_trusted_blindly(root: Path, tmp_path: Path, harm: str) -> None:
    published(root)
    other = write(tmp_path / "other", BASE)
    published(other)
    for file in sorted((root / FOLDER).iterdir()):
        content = file.read_bytes()
        if harm == "cut off":
            file.write_bytes(content[: len(content) // 2])
        elif harm == "a byte changed" and content:
            middle = len(content) // 2
            spoilt = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            file.write_bytes(spoilt)
        elif harm == "no file":
            file.unlink()
            file.mkdir()
    if harm == "of another archive":
        for file in (other / FOLDER).iterdir():
            # The record is named for its folder: it is put where this one looks for its own.
            name = file.name
            if name.startswith("site-"):
                (name,) = (own.name for own in (root / FOLDER).glob("site-*"))
            shutil.copy(file, root / FOLDER / name)
    write(root, JULY)
    published(root)
    assert read_site(root / "site") == from_nothing(root)


# Any change at all.

WORDS = ("会议", "大数据", "云计算平台", "a-1", "政务公开", "𠮷", "割格", "<b>")


class Editor:
    """Somebody who does this and that to an archive, and to the site."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = Random(seed)

    def articles(self) -> list[Path]:
        return sorted((self.root / "issues").glob("*/[0-9]*.md"))

    def word(self) -> str:
        return self.chance.choice(WORDS)

    def adds_a_sentence(self) -> None:
        with self.chance.choice(self.articles()).open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"\n{self.word()}和{self.word()}。\n")

    def changes_a_title(self) -> None:
        self._front("title", f"{self.word()}与{self.word()}")

    def changes_a_source(self) -> None:
        self._front("source", self.chance.choice(("文汇报", "人民网", f"{self.word()}报")))

    def changes_topics(self) -> None:
        self._front("topics", self.chance.choice(("[政务云]", "[大数据, 政务云]", "[]")))

    def adds_an_article(self) -> None:
        last = self.chance.choice(self.articles())
        issue = last.parent
        number = len(list(issue.glob("[0-9]*.md"))) + 1
        page = self._last_page(issue)
        text = f"---\ntitle: {self.word()}\npage: {page}\n---\n\n{self.word()}。\n"
        (issue / f"{number:02}.md").write_text(text, "utf-8")

    def adds_an_issue(self) -> None:
        number = len(list((self.root / "issues").iterdir()))
        issue = self.root / f"issues/20{20 + number}-01-1"
        issue.mkdir()
        (issue / "issue.md").write_text(f"---\ndate: 20{20 + number}-01-02\n---\n", "utf-8")
        text = f"---\ntitle: {self.word()}\npage: 2\nsource: 文汇报\n---\n\n{self.word()}。\n"
        (issue / "01.md").write_text(text, "utf-8")

    def swaps_two_articles(self) -> None:
        one, other = self.root / "issues/2014-05-1/02.md", self.root / THIRD
        texts = one.read_text("utf-8"), other.read_text("utf-8")
        one.write_text(texts[1].replace("page: 4", "page: 3"), "utf-8")
        other.write_text(texts[0].replace("page: 3", "page: 4"), "utf-8")

    def changes_the_settings(self) -> None:
        file = self.root / "issues/archive.yaml"
        text = file.read_text("utf-8")
        kind = self.chance.choice(("publisher: 秘书处", "description: 云上的政务。", "云计算]"))
        if kind in text:
            file.write_text(text.replace(kind, f"{kind[:-1]}{self.word()}{kind[-1]}"), "utf-8")

    def changes_a_template(self) -> None:
        name = self.chance.choice(("article.html", "base.html", "topic.html", "feed.xml"))
        with (self.root / "templates" / name).open("a", encoding="utf-8", newline="\n") as file:
            file.write("{# #}" if name == "base.html" else " ")

    def makes_a_mistake(self) -> None:
        self._front("page", "四")

    def spoils_a_page(self) -> None:
        pages = sorted((self.root / "site").rglob("*.html"))
        self.chance.choice(pages).write_text(self.word(), "utf-8")

    def loses_a_file(self) -> None:
        files = sorted(file for file in (self.root / "site").rglob("*") if file.is_file())
        files.remove(self.root / "site/SHA256SUMS")
        self.chance.choice(files).unlink()

    def spoils_the_cache(self) -> None:
        file = self.chance.choice(sorted((self.root / FOLDER).iterdir()))
        file.write_bytes(file.read_bytes()[: self.chance.randrange(2000)])

    def removes_the_cache(self) -> None:
        shutil.rmtree(self.root / FOLDER)

    def does_nothing(self) -> None:
        pass

    def _front(self, key: str, value: str) -> None:
        file = self.chance.choice(self.articles())
        lines = file.read_text("utf-8").split("\n")
        kept = [line for line in lines if not line.startswith(f"{key}:")]
        file.write_text("\n".join([kept[0], f"{key}: {value}", *kept[1:]]), "utf-8")

    def _last_page(self, issue: Path) -> int:
        (found,) = (one for one in build(read(self.root)).archive.issues if one.id == issue.name)
        return found.pages.last


DEEDS = sorted(name for name in vars(Editor) if "_" in name and not name.startswith("_"))


@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=2, max_size=6), seed=st.integers(0, 999))
@example(deeds=["adds_an_article", "loses_a_file"], seed=0)
@settings(max_examples=12)
def test_after_any_changes_the_site_is_that_of_a_build_from_nothing(
    deeds: list[str], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder), TWO_ISSUES)
        published(root)
        for number, deed in enumerate(deeds):
            before = read_site(root / "site")
            issues = {file: file.read_bytes() for file in Editor(root, seed).articles()}
            getattr(Editor(root, seed + number), deed)()
            left = read_site(root / "site")
            result = publish(root, root / "site")
            clean = build(read(root), published=before.keys())
            if isinstance(result, Published):
                assert read_site(root / "site") == clean.files
            else:
                assert result.problems == clean.problems
                assert clean.batches is None
                assert read_site(root / "site") == left
                for file, content in issues.items():
                    file.write_bytes(content)


# Two at a time, and one that is killed.


def test_of_two_builds_at_a_time_the_second_does_nothing_and_says_so(root: Path) -> None:
    published(root)
    before = states(root)
    with alone(root, root / "site"):
        (problem,) = refused(root).problems
        assert (problem.code, problem.path) == ("output-busy", (root / "site").as_posix())
        assert states(root) == before
    published(root)


def test_where_there_are_no_locks_builds_go_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(self: FileLock) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", no_locks)
    published(root)


KILLS = 8


def test_a_killed_build_leaves_a_whole_site_and_all_that_editors_wrote(root: Path) -> None:
    """At moments spread over the whole run: reading, typing, making, writing, exchanging."""
    published(root)
    old = read_site(root / "site")
    write(root, JULY)
    issues = states(root / "issues")
    new = from_nothing(root)
    command = [sys.executable, "-m", "bulletin_site", "build", "--root", str(root)]
    seconds = _seconds(command, shutil.copytree(root, root.with_name("copy")))
    found = []
    for kill in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            process.wait(timeout=1.1 * seconds * (kill + 1) / KILLS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        site = read_site(root / "site")
        assert site in (old, new)
        found.append(site == new)
        assert states(root / "issues") == issues
        if site == new:
            # Nobody has seen it: an issue that was published would have to stay.
            shutil.rmtree(root / "site")
            (root / "issues/2014-07-1").rename(root / "july")
            published(root, clean=True)
            (root / "july").rename(root / "issues/2014-07-1")
            issues = states(root / "issues")
    assert found[0] is False
    published(root)
    assert read_site(root / "site") == new
    assert sorted(path.name for path in root.iterdir()) == [FOLDER, "issues", "site", "templates"]


def _seconds(command: list[str], root: Path) -> float:
    started = os.times().elapsed
    subprocess.run([*command[:-1], str(root)], check=True, stdout=subprocess.DEVNULL)
    return os.times().elapsed - started
