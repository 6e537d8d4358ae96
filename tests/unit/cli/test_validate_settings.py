"""Settings of validation in pyproject.toml and apkg.yaml."""

import pytest

from apkg.errors import UsageError
from apkg.pipeline.settings import Settings, read_settings

WARNED = (
    "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: ls\ninputs: []\noutputs: []\n"
    "hints: {ScatterFeatureRequirement: {}}\n"
)
STRICT = "[tool.apkg.validate]\nstrict = true\n"
IGNORE = '[tool.apkg.validate]\nignore = ["cwl/requirement-place"]\nstrict = true\n'


@pytest.mark.parametrize(
    ("name", "text", "arguments", "code"),
    [
        ("pyproject.toml", STRICT, [], 1),
        ("pyproject.toml", STRICT, ["--no-strict"], 0),
        ("pyproject.toml", IGNORE, [], 0),
        ("pyproject.toml", "[tool.other]\nx = 'apkg'\n", [], 0),
        ("pyproject.toml", "not toml, and apkg", [], 0),
        ("apkg.yaml", "validate: {strict: true}\n", [], 1),
        ("apkg.yaml", "validate:\n", [], 0),
        ("apkg.yaml", "title: how to validate [\n", [], 0),
        ("apkg.yml", "validate: {strict: true}\n", [], 1),
    ],
)
def test_a_setting_holds_unless_the_command_line_says_otherwise(
    apkg, tmp_path, name, text, arguments, code
):
    (tmp_path / "x.cwl").write_text(WARNED)
    (tmp_path / name).write_text(text)
    assert apkg("validate", "x.cwl", *arguments).code == code


def test_the_nearest_counts_and_lists_add_up(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.apkg.validate]\nprofiles = ['documentation']\nignore = ['cwl/format']\n"
        "strict = true\n"
    )
    (inner / "pyproject.toml").write_text("[project]\nname = 'apkg-user'\n")
    (tmp_path / "a" / "apkg.yaml").write_text(
        "title: A\nvalidate: {profiles: [best-practice], strict: false}\n"
    )
    assert read_settings(inner) == Settings(
        profiles=("best-practice", "documentation"), ignore=("cwl/format",), strict=False
    )


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("validate: {strikt: true}", "no setting 'strikt'", "Did you mean 'strict'?"),
        ("validate: {zzz: true}", "no setting 'zzz'", "Known: profiles, ignore, strict."),
        ("validate: [strict]", "must be a mapping", None),
        ("validate: {strict: 1}", "must be true or false", None),
        ("validate: {ignore: cwl/prefix}", "must be a list of names", 'Write for example ["'),
    ],
)
def test_a_wrong_setting_is_wrong_usage(tmp_path, text, words, hint):
    (tmp_path / "apkg.yaml").write_text(text)
    with pytest.raises(UsageError, match=words) as caught:
        read_settings(tmp_path)
    assert caught.value.location.line == 1
    assert hint is None or caught.value.hint.startswith(hint)


def test_a_manifest_with_settings_is_a_manifest(apkg, demo, tmp_path):
    (tmp_path / "apkg.yaml").write_text("title: Crop\nvalidate: {ignore: [cwl/prefix]}\n")
    assert apkg("validate", "apkg.yaml").code == 0
    done = apkg("inspect", demo)
    assert (done.code, "Crop" in done.out) == (0, True)
    (tmp_path / "apkg.yaml").write_text("validate: {ignored: [cwl/prefix]}\n")
    done = apkg("validate", "apkg.yaml")
    assert done.code == 2
