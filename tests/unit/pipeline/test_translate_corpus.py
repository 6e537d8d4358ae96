"""Documents of strangers in all dialects: translated and valid, or refused with a reason."""

import os
from pathlib import Path

import pytest

from apkg.emitters.dialects.registry import DIALECTS
from apkg.errors import ApkgError
from apkg.pipeline.translate import translate
from apkg.pipeline.validate import validate_text

CORPUS = os.environ.get("APKG_CORPUS")
pytestmark = pytest.mark.skipif(not CORPUS, reason="needs APKG_CORPUS")
#: What cannot be said at all, beside what is a loss.
REASONS = ("neither an image nor a CWL", "cannot carry the CWL itself")


def documents():
    return sorted(Path(CORPUS, "deploy").rglob("*.json")) if CORPUS else []


@pytest.mark.parametrize("name", DIALECTS)
def test_all_are_translated_or_refused_with_a_reason(name):
    translated, refused = 0, []
    for path in documents():
        try:
            found = translate(str(path), name)
        except ApkgError as error:
            refused.append(error)
            continue
        report = validate_text(found.text.encode(), name=path.name)
        wrong = [f for f in report.findings if f.severity == "error"]
        assert not [f for f in wrong if not f.rule.startswith("consistency/")], (path, wrong)
        translated += 1
    unclear = [e.message for e in refused if not any(reason in e.message for reason in REASONS)]
    assert not unclear
    assert all(error.hint for error in refused)
    # A third of them name nothing that could be deployed; half of the others carry their CWL.
    assert translated >= len(documents()) * (0.4 if name == "wps2" else 0.7)
