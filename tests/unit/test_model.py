"""What the model is to a person and to a program that holds it."""

import pickle
from dataclasses import replace

from apkg.model import Application, Input, Output, Scalar

DEMO = Application(
    id="demo",
    title="A demo",
    inputs=tuple(Input(id=name, type=Scalar("File")) for name in "abc"),
    outputs=(Output(id="x", type=Scalar("File")),),
)


def test_an_application_is_shown_in_a_line():
    assert repr(DEMO) == "<Application demo: 3 inputs, 1 output>"
    assert "\x1b" not in repr(Application(id="e\x1b[31m"))


def test_an_application_is_a_value():
    assert replace(DEMO) == DEMO
    assert hash(replace(DEMO)) == hash(DEMO)
    assert replace(DEMO, title="") != DEMO
    assert pickle.loads(pickle.dumps(DEMO)) == DEMO
