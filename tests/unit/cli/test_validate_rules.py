"""``apkg rules``: the table, one rule, and what was meant."""

import json

import pytest

from apkg.validators.rules import all_rules


def test_the_table_lists_every_rule(apkg):
    done = apkg("rules")
    assert (done.code, done.err) == (0, "")
    assert all(f"  {name} " in done.out for name in all_rules())


def test_one_profile(apkg):
    for arguments in (["--profile", "deploy"], ["deploy"]):
        done = apkg("rules", *arguments)
        assert "deploy/occurs" in done.out
        assert "cwl/source" not in done.out


@pytest.mark.parametrize("name", sorted(all_rules()))
def test_every_rule_can_be_explained(apkg, name):
    done = apkg("rules", name)
    assert (done.code, done.err) == (0, "")
    rule = all_rules()[name]
    assert " ".join(rule.title.split()) in " ".join(done.out.split())
    for word in ("Why: ", "Source: ", f"Wrong, {rule.wrong.name}:"):
        assert word in done.out
    # What makes the difference between the two examples is marked.
    assert rule.right is None or "\n  > " in done.out


def test_the_profile_may_be_left_out(apkg):
    assert apkg("rules", "req-10").out.startswith("best-practice/req-10")
    assert "Other validators: " in apkg("rules", "req-8").out


def test_json_is_json(apkg):
    listed = json.loads(apkg("rules", "--format", "json").out)
    assert [rule["id"] for rule in listed] == list(all_rules())
    one = json.loads(apkg("rules", "consistency/id", "--format", "json").out)
    assert one["profile"] == "consistency"
    assert set(one["wrong"]["files"]) == {"crop.deploy.json", "crop.cwl"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cwl/linktype"], "Did you mean cwl/link-type?"),
        (["not-checked"], "cwl/not-checked or "),
        (["zzz"], "'apkg rules' lists them"),
        (["--profile", "best-practise"], "Did you mean best-practice?"),
        (["--profile", "zzz"], "platform:calrissian"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(apkg, arguments, words):
    done = apkg("rules", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
