"""`manage.py import_briefings`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import ForecastSuggestion
from sources.extracting.extracting import PDF, WORD
from sources.models import Article, ArticleBytes, Source
from tests.documents import pdf, word


@pytest.fixture
def run(alice):
    """`run(path, …)` is what the command printed."""

    def call(*arguments: object) -> str:
        out = StringIO()
        call_command("import_briefings", *map(str, arguments), stdout=out)
        return out.getvalue()

    return call


def test_files_and_folders_come_in_with_their_bytes_and_are_read(run, tmp_path, briefing_text, alice):
    folder = tmp_path / "archive" / "2025"
    folder.mkdir(parents=True)
    (folder / "b.txt").write_text(briefing_text)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "a.md").write_text("# Other talks\n\nThe harbour was quiet.")
    printed = run(tmp_path / "a.md", tmp_path / "archive", "--source", "The Courier", "--published", "2025-05-03")
    first, second = Article.objects.order_by("pk")
    assert printed.splitlines() == [
        f"{first.reference}  a.md: 0 forecasts, 0 claims to confirm",
        f"{second.reference}  b.txt: 5 forecasts, 2 claims to confirm",
    ]
    assert (first.title, first.source.name, first.origin, first.recorded_by) == (
        "Other talks",
        "The Courier",
        "command",
        alice,
    )
    assert str(second.published_on) == "2025-05-03"
    assert bytes(ArticleBytes.objects.get(article=second).data) == briefing_text.encode()


def test_word_documents_and_pdfs_come_in_with_their_bytes_and_their_kind(run, tmp_path):
    documents = {"a.docx": word(), "b.PDF": pdf("# Another strike\n\nThe port is likely to close.\n")}
    for name, data in documents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "~$a.docx").write_bytes(b"somebody has it open")
    printed = run(tmp_path)
    first, second = Article.objects.order_by("pk")
    assert printed.splitlines() == [
        f"{first.reference}  a.docx: 9 forecasts, 8 claims to confirm",
        f"{second.reference}  b.PDF: 1 forecasts, 0 claims to confirm",
    ]
    kept = ArticleBytes.objects.order_by("pk")
    assert [(bytes(raw.data), raw.media_type) for raw in kept] == list(
        zip(documents.values(), (WORD, PDF), strict=True)
    )


def test_what_came_in_before_is_recognised(run, tmp_path, briefing_text):
    file = tmp_path / "a.txt"
    file.write_text(briefing_text)
    run(file)
    assert run(file) == f"{Article.objects.get().reference}  a.txt: came in before\n"


def test_a_long_text_is_read_at_once(run, tmp_path, briefing_text, settings):
    settings.READ_IN_REQUEST_BYTES = 100
    file = tmp_path / "a.txt"
    file.write_text(briefing_text)
    run(file)
    assert ForecastSuggestion.objects.count() == 5


def test_bad_files_are_named_one_a_line_and_the_good_ones_come_in(run, tmp_path, briefing_text, capsys):
    (tmp_path / "a.txt").write_text(briefing_text)
    (tmp_path / "b.txt").write_bytes(b" ")
    (tmp_path / "c.txt").write_bytes(b"a" * 2_000_001)
    (tmp_path / "d.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04")
    missing = tmp_path / "e.txt"
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, missing)
    assert ended.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    named = [line.partition(": ")[0] for line in lines]
    assert named == [str(tmp_path / name) for name in ("b.txt", "c.txt", "d.docx", "d.txt", "e.txt")]
    assert lines[-1] == f"{missing}: No such file or directory"
    assert Article.objects.count() == 1


def test_a_text_that_is_refused_leaves_no_source_behind(run, tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text("Talks")
    with pytest.raises(SystemExit):
        run(file, "--source", "The Courier", "--published", "2999-01-01")
    assert capsys.readouterr().err == f"{file}: The date of publication lies in the future.\n"
    assert Source.objects.filter(name="The Courier").count() == 0


def test_nothing_to_bring_in_is_said(run, tmp_path):
    with pytest.raises(CommandError, match=r"There is no \.docx, \.pdf, \.txt, \.md or \.html file there\."):
        run(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--published", "2025-02-30"], "argument --published: '2025-02-30' is no date of the form YYYY-MM-DD"),
        (["--yardstick", "none"], "argument --yardstick: invalid choice: 'none'"),
        (["--by", "nobody@example.org"], "nobody@example.org has no account that may record."),
    ],
)
def test_a_command_line_that_cannot_be_followed_is_refused(run, tmp_path, arguments, message):
    with pytest.raises(CommandError) as failed:
        run(tmp_path, *arguments)
    assert message in str(failed.value)


def test_without_an_account_nobody_brings_anything_in(db, tmp_path):
    with pytest.raises(CommandError, match=r"There is no account that may record yet\."):
        call_command("import_briefings", str(tmp_path))


def test_an_administrator_brings_texts_in_unless_somebody_is_named(run, person, tmp_path, briefing_text):
    root = person("root", "administrator")
    (tmp_path / "a.txt").write_text(briefing_text)
    (tmp_path / "b.txt").write_text("Other talks\n\nThe harbour was quiet.")
    run(tmp_path / "a.txt")
    run(tmp_path / "b.txt", "--by", "Alice@example.org")
    assert [article.recorded_by.name for article in Article.objects.order_by("pk")] == [root.name, "Alice"]
