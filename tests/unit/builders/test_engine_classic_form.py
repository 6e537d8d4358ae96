"""Dockerfiles for the classic builder: modes in the context, or one clear error."""

import pytest

from apkg.builders.classic_context import classic_context
from apkg.builders.interface import BuildContext
from apkg.errors import ToolError


@pytest.fixture
def made(tmp_path):
    """``made(text)``: folder and text of the Dockerfile in their classic form."""
    folder = tmp_path / "context"
    (folder / "tools" / "deep").mkdir(parents=True)
    for name in ("run.sh", "tools/a.sh", "tools/b.txt", "tools/deep/c.sh", "two words.sh"):
        (folder / name).write_text(name, encoding="utf-8")
        (folder / name).chmod(0o644)
    (folder / "link.sh").symlink_to("run.sh")
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def make(text):
        (folder / "Dockerfile").write_text(text, encoding="utf-8")
        context = BuildContext(
            folder=folder,
            dockerfile="Dockerfile",
            buildpack="",
            base_images=(),
            steps=(),
            digest="",
        )
        place, file = classic_context(context, scratch, print)
        return place, file.read_text(encoding="utf-8")

    return make


def modes(folder):
    return {
        str(path.relative_to(folder)): f"{path.stat().st_mode & 0o777:o}"
        for path in folder.rglob("*")
        if not path.is_symlink() and path.name != "Dockerfile"
    }


def test_nothing_to_change(made, tmp_path):
    text = "FROM a\nCOPY run.sh /\n"
    assert made(text) == (tmp_path / "context", text)


def test_the_lines_keep_their_numbers(made):
    place, text = made(
        "# syntax=docker/dockerfile:1\n# a comment\nFROM --platform=$BUILDPLATFORM a AS b\n"
        "COPY --chown=1:1 \\\n  --chmod=0755 \\\n  /run.sh /x\n\nFROM a\n"
        "COPY --from=b --chown=1 /x /y\nRUN echo --chmod=1 x\n"
    )
    assert text == (
        "#\n# a comment\nFROM a AS b\n"
        "COPY --chown=1:1 \\\n  \\\n  /run.sh /x\n\nFROM a\n"
        "COPY --from=b --chown=1 /x /y\nRUN echo --chmod=1 x\n"
    )
    assert modes(place)["run.sh"] == "755"


def test_modes_of_files_folders_and_patterns(made, tmp_path):
    place, _ = made(
        "FROM a\nCOPY --chmod=700 tools/*.sh link.sh /a/\nCOPY --chmod=711 tools/deep /b/\n"
        'ADD --chmod=600 ["two words.sh", "/c"]\n'
    )
    assert modes(place) == {
        "run.sh": "644",
        "tools": "755",
        "tools/a.sh": "700",
        "tools/b.txt": "644",
        "tools/deep": "711",
        "tools/deep/c.sh": "711",
        "two words.sh": "600",
    }
    assert (place / "link.sh").is_symlink()
    assert (place / "tools" / "a.sh").read_text(encoding="utf-8") == "tools/a.sh"
    assert set(modes(tmp_path / "context").values()) == {"644", "755"}


def test_nothing_outside_is_touched(made, tmp_path):
    outside = tmp_path / "secret.sh"
    outside.write_text("x", encoding="utf-8")
    outside.chmod(0o600)
    made("FROM a\nCOPY --chmod=777 ../secret.sh ../../secret.sh /\n")
    assert outside.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("RUN --mount=type=cache,target=/c true", "RUN --mount"),
        ("RUN --network=none true", "RUN --network"),
        ("RUN <<EOF\ntrue\nEOF", "a heredoc in RUN"),
        ("COPY <<EOF /x\ntrue\nEOF", "a heredoc in COPY"),
        ("COPY --link a b", "COPY --link"),
        ("COPY --exclude=*.txt a b", "COPY --exclude"),
        ("ADD --checksum=sha256:1 https://example.org/a b", "ADD --checksum"),
        ("COPY --chmod=u+x a b", "--chmod=u+x"),
        ("COPY --chmod=$MODE a b", "--chmod=$MODE"),
        ("COPY --chmod=755 $NAME b", "a name with a variable"),
        ("FROM a AS b\nCOPY --from=b --chmod=755 a b", "--chmod together with --from"),
        ("ADD --chmod=755 https://example.org/a b", "ADD --chmod of a URL"),
    ],
)
def test_what_only_buildkit_can_do(made, step, what):
    with pytest.raises(ToolError, match="classic builder") as caught:
        made(f"FROM a\n\n{step}\n")
    assert what in caught.value.message
    assert str(caught.value.location) == f"Dockerfile:{4 if step.startswith('FROM') else 3}"
    assert "buildx" in caught.value.hint
