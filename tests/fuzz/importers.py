"""Any bytes into the importers, guided by what they reach in the code (Atheris, libFuzzer).

    .venv/bin/python -m pip install -c .ci/constraints.txt atheris
    .venv/bin/python tests/fuzz/importers.py text --runs 20000

`text` and `markdown`: bytes of a text file. `word`: bytes in the place of a part of a .docx. `zip`:
bytes of a whole .docx. `pdf`: bytes of a PDF, read without a process of its own.

Nothing is raised, every character of a text or Word file is somewhere, and what an import would
write is read back without an error but those of what was really typed. Each kind of finding is told
once, its input kept in the folder `--findings`; then the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[1])]

with atheris.instrument_imports(include=["bulletin_site.importing", "bulletin_site.content"]):
    from bulletin_site.importing.draft import Draft, draft
    from bulletin_site.importing.formats import read_manuscript
    from bulletin_site.importing.manuscript import Manuscript
    from bulletin_site.importing.opened import judged
    from bulletin_site.importing.pdf.reading import read as read_pdf_here
    from bulletin_site.importing.text import decode
    from bulletin_site.importing.topics import Topics
from bulletin_site.content.model import Archive
from bulletin_site.problems import Problem, errors
from fuzz.seeds import PARTS, pdf_seeds, text_seeds, tokens, word_seeds, wrapped, zip_seeds
from importing.imported import archive
from importing.test_word_is_whole import in_file, in_manuscript

ISSUE = "2014-05-1"
HONEST = {"page-mark", "page-skip", "empty-body", "issue-date"}
"""Errors of what may really be typed: marks as text, empty pages, a title without text, a day that
is not of the issue that was asked for."""
SECONDS = 20
"""For one input; a longer one is a finding, and ends the run."""

Target = Callable[[bytes], "Manuscript | Problem"]


@dataclass
class Findings:
    """Each kind of failure once, and how often it was met."""

    folder: Path
    met: Counter[str] = field(default_factory=Counter)

    def add(self, data: bytes, reason: BaseException) -> None:
        frames = traceback.extract_tb(reason.__traceback__)
        said = str(reason)[:60] if isinstance(reason, AssertionError) else ""
        kind = f"{type(reason).__name__} {frames[-1].name}:{frames[-1].lineno} {said}"
        self.met[kind] += 1
        if self.met[kind] == 1:
            self.folder.mkdir(parents=True, exist_ok=True)
            place = self.folder / sha256(data).hexdigest()[:12]
            place.write_bytes(data)
            print(f"{kind}\n{place}", file=sys.stderr, flush=True)
            traceback.print_exception(reason, limit=-4)


def without(known: Archive) -> Archive:
    """The archive without the issue that comes."""
    return replace(known, issues=tuple(one for one in known.issues if one.id != ISSUE))


ARCHIVE = without(archive())
TOPICS = Topics(ARCHIVE)


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(c for text in texts for c in text if c.isalnum())


def texts_of(manuscript: Manuscript) -> list[str]:
    blocks = (block.number + block.text for block in manuscript.blocks)
    return [*blocks, *(aside.text for aside in manuscript.asides)]


def text(data: bytes) -> Manuscript | Problem:
    found = read_manuscript(data, "本期.txt")
    if isinstance(found, Manuscript):
        # Of headings and tables the marks are no text.
        lost = letters([decode(data) or ""]) - letters(texts_of(found))
        assert not lost, f"lost in reading: {''.join(lost)[:20]}"
    return found


def markdown(data: bytes) -> Manuscript | Problem:
    return read_manuscript(data.decode("utf-8", "replace").encode(), "本期.md")


def word(data: bytes) -> Manuscript | Problem:
    if not data:
        return read_manuscript(b"PK", "本期.docx")
    made = wrapped(PARTS[data[0] % len(PARTS)], data[1:])
    found = read_manuscript(made, "本期.docx")
    if isinstance(found, Manuscript) and PARTS[data[0] % len(PARTS)] == "document":
        lost = in_file(made) - in_manuscript(found)
        assert not lost, f"lost in reading: {''.join(lost)[:20]}"
    return found


def zipped(data: bytes) -> Manuscript | Problem:
    return read_manuscript(data, "本期.docx")


def pdf(data: bytes) -> Manuscript | Problem:
    return read_pdf_here(data, "本期.pdf")


TARGETS: dict[str, tuple[Target, Callable[[], list[bytes]]]] = {
    "text": (text, text_seeds),
    "markdown": (markdown, text_seeds),
    "word": (word, word_seeds),
    "zip": (zipped, zip_seeds),
    "pdf": (pdf, pdf_seeds),
}


def hold(manuscript: Manuscript | Problem) -> None:
    """What is made of a manuscript is whole, and can be read back."""
    if isinstance(manuscript, Problem):
        assert manuscript.code == "import-file"
        return
    assert isinstance(manuscript, Manuscript)
    made = draft(manuscript, ARCHIVE, TOPICS, sha256="0" * 64, wanted=ISSUE)
    if isinstance(made, Problem):
        assert made.code == "import-file"
        return
    assert isinstance(made, Draft)
    lost = [doubt.message for doubt in made.doubts if "没有对上" in doubt.message]
    assert not lost, lost[0]
    _, problems = judged(made.id, made.files, ARCHIVE)
    wrong = {one.code: one for one in errors(problems) if one.code not in HONEST}
    assert not wrong, str(next(iter(wrong.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=3000, help="bytes of an input")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("files", type=Path, nargs="*", help="inputs to try once, and no others")
    chosen = parser.parse_args()
    read, seeds = TARGETS[chosen.target]
    findings = Findings(chosen.findings)

    def once(data: bytes) -> None:
        try:
            hold(read(data))
        except Exception as reason:
            findings.add(data, reason)

    if chosen.files:
        for file in chosen.files:
            once(file.read_bytes())
        sys.exit(1 if findings.met else 0)

    count = 0

    def counted(data: bytes) -> None:
        nonlocal count
        count += 1
        once(data)
        if count == chosen.runs:
            print(f"{chosen.target}: {count} inputs, {len(findings.met)} kinds of findings")
            for kind, times in findings.met.most_common():
                print(f"{times:7} {kind}")
            sys.stdout.flush()

    chosen.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / f"{number:03}").write_bytes(seed)
        words = Path(folder) / "words"
        words.write_text(tokens(chosen.target), encoding="ascii")
        atheris.Setup(
            [
                sys.argv[0],
                f"-runs={chosen.runs}",
                f"-seed={chosen.seed}",
                f"-max_len={chosen.longest}",
                f"-timeout={SECONDS}",
                f"-dict={words}",
                f"-artifact_prefix={chosen.findings}/",
                "-verbosity=0",
                str(corpus),
            ],
            counted,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
