"""Random parts, wired at random: right wirings are valid CWL, wrong ones one UsageError."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apkg.chains.chain import chain
from apkg.chains.fits import media_fit, type_fits
from apkg.chains.interface import ChainRequest, Outcome, Part, Wire
from apkg.emitters.cwl import CwlEmitter, cwl_document
from apkg.emitters.cwl_split import split
from apkg.emitters.interface import EmitOptions
from apkg.errors import ConversionError, UsageError
from apkg.files.yaml_out import dump
from apkg.model import (
    Application,
    ArrayType,
    CommandProgram,
    Default,
    Input,
    Output,
    Scalar,
    WorkflowProgram,
)
from apkg.pipeline.check import CheckOptions, check
from apkg.pipeline.validate import validate_text

PLAIN = ("File", "Directory", "string", "int", "double", "boolean")
KINDS = st.sampled_from([Scalar(name) for name in PLAIN]) | st.sampled_from(
    [ArrayType(Scalar("File")), ArrayType(Scalar("int")), ArrayType(ArrayType(Scalar("File")))]
)
NAMES = st.sampled_from(["a", "b", "image", "mask", "out-1", "Result", "step_2", "x.y", "main"])
MEDIA = st.sampled_from([(), (), ("image/tiff",), ("text/csv", "image/tiff")])
DEFAULTS = {"string": "text", "int": 3, "double": 0.5, "boolean": True}


@st.composite
def inputs(draw, name):
    kind = draw(KINDS)
    value = DEFAULTS.get(getattr(kind, "name", ""))
    return Input(
        id=name,
        type=kind,
        label=name,
        doc=name,
        optional=draw(st.booleans()),
        default=Default(value) if value is not None and draw(st.booleans()) else None,
        media_types=draw(MEDIA) if kind == Scalar("File") else (),
        scatter=draw(st.integers(0, 9)) == 0,
    )


@st.composite
def outputs(draw, name):
    kind = draw(st.sampled_from([Scalar("File"), Scalar("Directory"), ArrayType(Scalar("File"))]))
    return Output(
        id=name,
        type=kind,
        label=name,
        doc=name,
        glob="*",
        optional=draw(st.booleans()),
        media_types=draw(MEDIA) if kind == Scalar("File") else (),
    )


@st.composite
def parts(draw):
    names = draw(st.lists(st.sampled_from(["a", "b", "c-1", "Image", "x_y"]), min_size=1,
                          max_size=4, unique_by=str.lower))  # fmt: skip
    made = []
    for name in names:
        taken = draw(st.lists(NAMES, max_size=3, unique_by=str.lower))
        given_names = draw(st.lists(NAMES, max_size=2, unique_by=str.lower))
        application = Application(
            id=draw(st.sampled_from([name.lower(), "tool", "x.y"])),
            title=name,
            inputs=tuple(draw(inputs(one)) for one in taken),
            outputs=tuple(draw(outputs(one)) for one in given_names),
            program=CommandProgram(base_command=("true",)),
        )
        made.append(Part(id=name, application=application))
    return tuple(made)


@st.composite
def requests(draw):
    """Any request; wires go forwards, but need not fit."""
    steps = draw(parts())
    ends = [(p.id, i.id) for p in steps for i in p.application.inputs]
    wires = []
    for place, part in enumerate(steps):
        givers = [f"{p.id}/{o.id}" for p in steps[:place] for o in p.application.outputs]
        for declared in part.application.inputs:
            if givers and draw(st.booleans()):
                source = draw(st.sampled_from([*givers, "given"]))
                wires.append(Wire(source=source, step=part.id, input=declared.id))
    scatter = draw(st.lists(st.sampled_from(ends), max_size=2, unique=True)) if ends else []
    over = {step for step, _ in scatter}
    methods = {
        step: draw(st.sampled_from(["dotproduct", "flat_crossproduct", "nested_crossproduct"]))
        for step in sorted(over)
    }
    when = {
        part.id: draw(st.sampled_from(["$(inputs.go)", "$(!inputs['go'])"]))
        for part in steps
        if draw(st.integers(0, 4)) == 0
    }
    shared = draw(st.lists(st.sampled_from([n for _, n in ends]), max_size=1)) if ends else []
    results = [f"{p.id}/{o.id}" for p in steps for o in p.application.outputs]
    chosen = draw(st.lists(st.sampled_from(results), max_size=2, unique=True)) if results else []
    return ChainRequest(
        id=draw(st.sampled_from(["whole", "a", "tool"])),
        parts=steps,
        wires=tuple(wires),
        scatter=tuple(scatter),
        methods=methods,
        when=when,
        shared=tuple(shared),
        outputs={f"result_{n}": Outcome(sources=(one,)) for n, one in enumerate(chosen)},
        guess=draw(st.booleans()),
    )


def made(request):
    """The chain, or ``None`` where the one error is that it cannot be."""
    done = attempt(UsageError, chain, request)
    if isinstance(done, UsageError):
        assert done.message
        assert done.hint
        assert "\n" not in done.message
        return None
    return done


def attempt(kind, function, *args):
    """What ``function`` gives, or the error of this kind that it raises."""
    try:
        return function(*args)
    except kind as error:
        return error


def errors(text, name):
    found = validate_text(text.encode(), name=name).findings
    return [finding for finding in found if finding.severity == "error"]


@given(request=requests())
def test_a_chain_is_valid_or_one_error(request):
    done = made(request)
    assume(done is not None)
    text = CwlEmitter().emit(done.application, EmitOptions())
    assert errors(text, "whole.cwl") == []


@given(request=requests())
def test_every_input_of_every_step_has_one_origin(request):
    done = made(request)
    assume(done is not None)
    program = done.application.program
    assert isinstance(program, WorkflowProgram)
    names = {declared.id for declared in done.application.inputs}
    outputs_of = {f"{p.id}/{o.id}" for p in request.parts for o in p.application.outputs}
    seen = set()
    for step in program.steps:
        for link in step.links:
            assert link.sources
            assert set(link.sources) <= names | {one for one in outputs_of if one in seen}
        seen |= {f"{step.id}/{output.id}" for output in step.application.outputs}
    used = {source for step in program.steps for link in step.links for source in link.sources}
    assert names <= used
    assert {link.target for link in done.links} == {
        f"{step.id}/{link.input}" for step in program.steps for link in step.links
    }
    everything = [*names, *(o.id for o in done.application.outputs), *(s.id for s in program.steps)]
    assert len({name.lower() for name in everything}) == len(everything)


@given(request=requests())
def test_older_versions_say_it_or_refuse(request):
    done = made(request)
    assume(done is not None)
    for version in ("v1.0", "v1.1"):
        options = EmitOptions(cwl_version=version)
        text = attempt(ConversionError, CwlEmitter().emit, done.application, options)
        if isinstance(text, ConversionError):
            assert request.when
            assert version in text.message
        else:
            assert errors(text, "whole.cwl") == []


@given(request=requests())
def test_split_files_are_valid(request, tmp_path_factory):
    done = made(request)
    assume(done is not None)
    folder = tmp_path_factory.mktemp("split")
    for name, document in split(cwl_document(done.application, EmitOptions()), "flow").items():
        (folder / name).write_text(dump(document), encoding="utf-8")
    (report,) = check([str(folder / "flow.cwl")], CheckOptions(), read_stdin=bytes)
    assert [f for f in report.findings if f.severity == "error"] == []


@given(request=requests(), data=st.data())
def test_a_wrong_wire_is_one_error(request, data):
    """One wire more, of a kind that cannot be right."""
    steps = request.parts
    targets = [(p, i) for p in steps for i in p.application.inputs]
    assume(targets)
    part, declared = data.draw(st.sampled_from(targets))
    wrong = [f"nobody/{declared.id}", f"{part.id}/nothing", "", "a b", "../../x", part.id, "\x1b"]
    wrong += [
        f"{p.id}/{o.id}"
        for p in steps
        for o in p.application.outputs
        if not (p.id in request.when or _may_fit(o, declared, request, p.id, part))
    ]
    source = data.draw(st.sampled_from(wrong))
    wires = (Wire(source=source, step=part.id, input=declared.id),)
    broken = ChainRequest(id="whole", parts=steps, wires=wires, guess=request.guess)
    with pytest.raises(UsageError) as caught:
        chain(broken)
    assert caught.value.hint
    assert declared.id in f"{caught.value.message} {caught.value.hint}"


def _may_fit(output, declared, request, giver, taker):
    """Whether the two could be linked as they stand, or one becomes a list of one."""
    if giver == taker.id:
        return False
    plain = declared.type
    if declared.scatter or any(i.scatter for p in request.parts for i in p.application.inputs):
        return True
    fits = type_fits(output.type, plain) or (
        isinstance(plain, ArrayType) and type_fits(output.type, plain.items)
    )
    return fits and media_fit(output.media_types, declared.media_types)
