"""The conventions of other tools, each read as its own tool means it."""

import json

from notebooks import cell

from apkg.model import ArrayType, Default, EnumType, Range, Scalar


def sources(reading):
    return [c["source"] for c in json.loads(reading.application.program.notebook)["cells"]]


def test_ipython2cwl_inputs_of_any_cell(inputs):
    found = inputs(
        cell("import numpy"),
        cell(
            "from ipython2cwl.iotypes import *\n"
            'a: CWLFilePathInput = "a.tif"\n'
            'b: CWLStringInput = "x"\n'
            "c: CWLIntInput = 3\n"
            "d: iotypes.CWLBooleanInput = True\n"
            'e: List[CWLFilePathInput] = ["a", "b"]\n'
            "f: Optional[CWLStringInput] = None\n"
            'g: "CWLFilePathInput" = "g.nc"'
        ),
    )
    kinds = {name: (declared.type, declared.optional) for name, declared in found.items()}
    file, text = Scalar("File"), Scalar("string")
    assert kinds == {
        "a": (file, False), "b": (text, False), "c": (Scalar("int"), False),
        "d": (Scalar("boolean"), False), "e": (ArrayType(file), False), "f": (text, True),
        "g": (file, False),
    }  # fmt: skip
    assert found["a"].example == "a.tif"


def test_ipython2cwl_outputs_and_the_lines_that_write_them(read):
    reading = read(
        cell(
            "from ipython2cwl.iotypes import *\n"
            'a: CWLFilePathOutput = "o.tif"\n'
            "plot: CWLPNGPlot = plt.plot([1])\n"
            'text: CWLDumpableFile = "hello"\n'
            'df: CWLDumpable.dump(df.to_csv, "x.csv", sep=";") = 5'
        )
    )
    globs = {o.id: o.glob for o in reading.application.outputs if o.role == "result"}
    assert globs == {"a": "o.tif", "plot": "plot.png", "text": "text", "df": "x.csv"}
    code, ending = sources(reading)
    assert code.split("\n")[:3] == ["pass", 'a = "o.tif"', "plot = plt.plot([1])"]
    assert "savefig('plot.png'" in code.split("\n")[3]
    assert "df.to_csv('x.csv', sep=';')" in ending
    assert "CWL" not in code + ending


def test_ipython2cwl_one_name_for_input_and_output(read):
    reading = read(cell('x: CWLStringInput = "a"\nx: CWLFilePathOutput = "b"'))
    assert [i.id for i in reading.application.inputs] == ["x"]
    assert [o.id for o in reading.application.outputs] == ["x_output", "executed_notebook"]
    assert sources(reading)[1] == 'x = _apkg_x\nx = "b"'


def test_repo2cli_cells(read):
    application = read(
        cell(
            "aoi = dict([('id', 'area'), ('label', 'Area'), ('doc', 'Where'),"
            " ('value', 'POINT(0 0)'), ('max_occurs', 1)])"
        ),
        cell("b = dict([('id', 'b'), ('title', 'B'), ('value', ['1', '2']), ('min_occurs', 0)])"),
        cell(
            "c = dict([('id', 'c'), ('label', 'C'), ('value', 'x'), ('type', 'enum'),"
            " ('symbols', ['x', 'y'])])"
        ),
        cell("d = dict(id='d', label='D', value='in', type='Directory', scatter='True')"),
        cell(
            "workflow = dict([('id', 'my-wf'), ('label', 'My workflow'), ('doc', 'Does it')])\n"
            "requirements = dict([('ResourceRequirement', dict([('coresMin', 2)]))])"
        ),
    ).application
    found = {i.id: i for i in application.inputs}
    assert (found["area"].label, found["area"].doc) == ("Area", "Where")
    assert found["area"].default == Default("POINT(0 0)")
    assert (found["b"].type, found["b"].optional) == (ArrayType(Scalar("string")), True)
    assert found["c"].type == EnumType(("x", "y"))
    assert (found["d"].type, found["d"].scatter) == (Scalar("Directory"), True)
    assert (application.id, application.title, application.abstract) == (
        "my-wf", "My workflow", "Does it",
    )  # fmt: skip
    assert application.resources.cores_min == 2


def test_repo2cli_value_is_replaced_in_its_place(read):
    reading = read(cell("a = dict([('id', 'a'), ('label', 'A'), ('value', 1)])"))
    assert sources(reading) == [
        "# Written by apkg: the values that the launcher sets.\n_apkg_a = 1",
        "a = dict([('id', 'a'), ('label', 'A'), ('value', _apkg_a)])",
    ]


def test_repo2cli_mistakes(refused, inputs):
    start = "a = dict([('id', 'x'), ('label', 'A'), ('value', 1)])\n"
    assert "has the id of a" in refused(cell(start + start.replace("a =", "b ="))).message
    assert "foo()" in refused(cell("a = dict(id='x', label='A', value=foo())")).message
    wrong = refused(cell("a = dict(id='x', label='A', value=1, type='wibble')"))
    assert "'wibble'" in wrong.message
    assert list(inputs(cell("a = dict(id=q, label='A', value=1)"))) == ["a"]


def test_colab_forms(inputs):
    found = inputs(
        cell(
            "#@title A form\n"
            'a = 5 #@param {type:"slider", min:0, max:10, step:2}\n'
            'b = "x" #@param ["x", "a]b"]\n'
            'c = "2020-01-01" #@param {type:"date"}\n'
            'd = True #@param {type:"boolean"}\n'
            'e = "q" #@param ["q", "r"] {allow-input: true}\n'
            'f = 1 #@param ["1", "2"] {type:"raw"}\n'
            'g = 0.5 #@param {type:"number"}\n'
            "#@markdown What h is\n"
            'h = "s" # @param {"type":"string","placeholder":"enter"}\n'
            "i = 3 # no form"
        )
    )
    assert list(found) == list("abcdefgh")
    assert found["a"].range == Range(minimum=0, maximum=10, spacing=2)
    assert found["b"].type == EnumType(("x", "a]b"))
    assert found["c"].semantics == "date"
    assert found["e"].type == Scalar("string")
    assert (found["f"].type, found["f"].allowed_values) == (Scalar("int"), (1, 2))
    assert found["h"].doc == "What h is"
    assert not any("@" in declared.doc for declared in found.values())


def test_nb2workflow_ontology_is_kept_as_metadata(read):
    application = read(
        "a = 1.5 # http://odahub.io/ontology#Float ; oda:lower_limit 0 ; oda:unit unit:h\n"
        'f = "x.fits" # oda:POSIXPath',
        cell("res = table # oda:ODAAstropyTable\nmask = 'm.tif'", "outputs"),
    ).application
    a, f = application.inputs
    assert (a.type, a.range, a.uom) == (Scalar("double"), Range(minimum=0), "h")
    assert ("ontology", "http://odahub.io/ontology#Float") in a.annotations
    assert f.type == Scalar("File")
    globs = {o.id: o.glob for o in application.outputs if o.role == "result"}
    assert globs == {"res": "res.json", "mask": "m.tif"}


def test_stage_in_and_stage_out_of_app_pack_generator(read):
    reading = read("scene = 'in'  # type: stage-in\nout = 'products'  # type: stage-out\nn = 1")
    application = reading.application
    assert {i.id: i.type for i in application.inputs} == {
        "scene": Scalar("Directory"),
        "n": Scalar("int"),
    }
    (output,) = [o for o in application.outputs if o.role == "result"]
    assert (output.type, output.glob) == (Scalar("Directory"), "products")
    assert application.program.folders == (("_apkg_out", "products"),)


def test_metadata_apkg_of_notebook_and_cell(read):
    first = cell("x = 1", "parameters", apkg={"inputs": {"x": {"type": "double", "doc": "cell"}}})
    metadata = {"apkg": {"title": "T", "inputs": {"x": {"label": "L"}}, "license": "MIT"}}
    application = read(first, metadata=metadata).application
    (x,) = application.inputs
    assert (x.type, x.doc, x.label) == (Scalar("double"), "cell", "L")
    assert (application.title, application.metadata.license) == ("T", "MIT")


def test_metadata_makes_an_assignment_of_any_cell_an_input(read):
    metadata = {"apkg": {"inputs": {"x": {"doc": "promoted"}}}}
    reading = read(cell("x = 1\ny = 2"), metadata=metadata)
    assert [i.id for i in reading.application.inputs] == ["x"]
    assert sources(reading)[1] == "x = _apkg_x\ny = 2"


def test_a_described_variable_that_is_not_there(refused):
    metadata = {"apkg": {"inputs": {"treshold": {"type": "int"}}}}
    error = refused("threshold = 1", metadata=metadata)
    assert "treshold" in error.message
    assert "threshold" in error.hint


def test_comments(inputs):
    found = inputs(
        "# Parameters\n"
        "a = 1  # The a. type: float\n"
        "# Above, \n# in two lines\n"
        "b = 2\n"
        "c = 3  # noqa: E501\n"
        "d = 4  # type: ignore\n"
        'e = "x"  # what type: of thing is this\n'
        "f = [  # open\n  1,  # one\n]  # close"
    )
    docs = {name: declared.doc for name, declared in found.items()}
    assert docs == {
        "a": "The a", "b": "Above, in two lines", "c": "", "d": "",
        "e": "what type: of thing is this", "f": "close",
    }  # fmt: skip
    assert found["a"].type == Scalar("float")


def test_nb2workflow_values_that_may_be_missing(inputs):
    found = inputs('a = 5 # oda:optional\nb = "x.fits" # oda:POSIXPath, oda:optional\nc = 1')
    assert {name: (i.type, i.optional) for name, i in found.items()} == {
        "a": (Scalar("int"), True), "b": (Scalar("File"), True), "c": (Scalar("int"), False),
    }  # fmt: skip
