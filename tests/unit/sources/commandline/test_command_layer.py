"""Types, bindings, outputs and findings: what an expert would write."""

import pytest

from apkg.model import ArrayType, Binding, Default, EnumType, Range, Scalar
from apkg.sources.commandline.claims import command_layer, split
from apkg.sources.commandline.model import Argument, Command
from apkg.sources.commandline.tree import Leaf, aligned, given, leaves


def layer(*arguments, words=("tool",), doc="", title="", source="argparse"):
    command = Command(words=words, source=source, arguments=arguments, doc=doc, title=title)
    return command_layer(command)


def one(argument, **more):
    found = layer(argument, **more).layer.inputs
    (name,) = found
    return name, {field: claim.value for field, claim in found[name].items()}


def test_positionals_count_from_one_and_options_have_none():
    found = layer(
        Argument(name="a"), Argument(name="level", flags=("-l", "--level")), Argument(name="b")
    ).layer.inputs
    assert found["a"]["binding"].value == Binding(position=1)
    assert found["b"]["binding"].value == Binding(position=2)
    assert found["level"]["binding"].value == Binding(prefix="--level")


def test_an_option_that_would_swallow_the_positionals_stands_behind_them():
    found = layer(
        Argument(name="bands", flags=("--bands",), maximum=None, type=Scalar("int")),
        Argument(name="box", flags=("--box",), minimum=4, maximum=4, type=Scalar("double")),
        Argument(name="source"),
    ).layer.inputs
    assert found["bands"]["binding"].value == Binding(position=2, prefix="--bands")
    assert found["box"]["binding"].value == Binding(prefix="--box")


def test_a_repeated_option_carries_its_prefix_on_the_items():
    name, fields = one(Argument(name="band", flags=("--band",), action="append", required=True))
    assert name == "band"
    assert fields["type"] == ArrayType(Scalar("string"))
    assert fields["binding"] == Binding(prefix="--band", repeat=True)
    assert "optional" not in fields


def test_values_in_one_word_are_joined():
    _, fields = one(Argument(name="bands", flags=("--bands",), separator=",", equals=True))
    assert fields["binding"] == Binding(prefix="--bands=", separate=False, item_separator=",")


def test_values_that_the_help_says_commas_separate():
    argument = Argument(name="bands", flags=("--bands",), help="Bands, separated by commas",
                        default=Default("1,2"))  # fmt: skip
    _, fields = one(argument)
    assert fields["binding"] == Binding(prefix="--bands", item_separator=",")
    assert isinstance(fields["type"], ArrayType)
    _, fields = one(Argument(name="bbox", flags=("--bbox",), help="Comma-separated corners"))
    assert fields["type"] == Scalar("string")


def test_glued_values():
    _, fields = one(Argument(name="L", flags=("-L",), glued=True, type=Scalar("int")))
    assert fields["binding"] == Binding(prefix="-L", separate=False)


@pytest.mark.parametrize(
    ("argument", "name", "prefix"),
    [
        (Argument(name="v", flags=("-v", "--verbose"), action="flag"), "verbose", "--verbose"),
        (
            Argument(
                name="masked", flags=("--masked",), off_flag="--no-masked", action="flag",
                default=Default(value=True),
            ),
            "no_masked", "--no-masked",
        ),
        (
            Argument(
                name="cache", flags=("--no-cache",), action="flag", default=Default(value=True)
            ),
            "no_cache", "--no-cache",
        ),
        (Argument(name="v", flags=("-v",), action="count"), "v", "-v"),
    ],
)  # fmt: skip
def test_flags_are_booleans_that_are_false_unless_given(argument, name, prefix):
    found, fields = one(argument)
    assert found == name
    assert fields["type"] == Scalar("boolean")
    assert fields["default"] == Default(value=False)
    assert fields["binding"].prefix == prefix


def test_choices_ranges_and_numbers():
    _, fields = one(Argument(name="m", flags=("--m",), choices=("a", "b"), default=Default("a")))
    assert fields["type"] == EnumType(("a", "b"))
    assert fields["default"] == Default("a")
    _, fields = one(Argument(name="n", flags=("--n",), choices=(1, 2), required=True))
    assert fields["type"] == Scalar("int")
    assert fields["allowed_values"] == (1, 2)
    _, fields = one(
        Argument(name="p", flags=("--p",), type=Scalar("double"), range=Range(minimum=0, maximum=1))
    )
    assert fields["range"] == Range(minimum=0, maximum=1)
    assert fields["optional"] is True


@pytest.mark.parametrize(
    ("default", "kind", "expected"),
    [
        ("10", Scalar("int"), 10),
        ("0.5", Scalar("double"), 0.5),
        (5, Scalar("string"), "5"),
        (2**40, Scalar("long"), 2**40),
        ("no", Scalar("boolean"), False),
        ("auto", Scalar("int"), None),
        ("", Scalar("string"), None),
    ],
)
def test_defaults_are_of_the_type(default, kind, expected):
    _, fields = one(Argument(name="x", flags=("--x",), type=kind, default=Default(default)))
    if expected is None:
        assert "default" not in fields
        assert fields["optional"] is True
    else:
        assert fields["default"] == Default(expected)


def test_an_int_of_more_than_32_bits_is_a_long():
    _, fields = one(Argument(name="x", flags=("--x",), type=Scalar("int"), default=Default(2**40)))
    assert fields["type"] == Scalar("long")


def test_argparse_would_add_to_the_default_of_append():
    argument = Argument(name="b", flags=("--b",), action="append", default=Default(("red",)))
    _, fields = one(argument)
    assert "default" not in fields
    _, fields = one(argument, source="click")
    assert fields["default"] == Default(("red",))


def test_a_default_path_stays_in_the_image():
    argument = Argument(name="model", flags=("--model",), must_exist=True,
                        default=Default("/opt/model.onnx"))  # fmt: skip
    _, fields = one(argument)
    assert "default" not in fields
    assert "example" not in fields
    assert fields["optional"] is True
    assert fields["doc"] == "(default: /opt/model.onnx)"


def test_no_path_of_the_authors_own_machine_is_told():
    argument = Argument(name="model", flags=("--model",), must_exist=True, help="The model",
                        default=Default("/home/me/model.onnx"))  # fmt: skip
    _, fields = one(argument)
    assert fields["doc"] == "The model"


def test_numbers_that_metavariables_and_names_tell():
    found = layer(
        Argument(name="te", flags=("-te",), minimum=4, maximum=4, metavar="xmin ymin xmax ymax"),
        Argument(name="ts", flags=("-ts",), minimum=2, maximum=2, metavar="width height"),
        Argument(name="threshold", flags=("--threshold",), metavar="THRESHOLD"),
        Argument(name="threshold2", flags=("--other-threshold",), default=Default("otsu")),
        source="help text",
    ).layer.inputs
    assert found["te"]["type"].value == ArrayType(Scalar("double"))
    assert found["te"]["semantics"].value == "bbox"
    assert found["ts"]["type"].value == ArrayType(Scalar("int"))
    assert found["threshold"]["type"].value == Scalar("double")
    assert found["threshold"]["type"].guessed
    assert found["other_threshold"]["type"].value == Scalar("string")


def test_help_is_cleaned_of_what_cwl_says_elsewhere():
    _, fields = one(
        Argument(name="x", flags=("--x",), default=Default(3), type=Scalar("int"),
                 help="Size of it (default: 3).  [required]\n  In pixels [possible values: a, b]")
    )  # fmt: skip
    assert fields["doc"] == "Size of it. In pixels"


def test_info_and_hidden_arguments_are_dropped_and_names_are_unique():
    found = layer(
        Argument(name="help", flags=("-h", "--help"), action="info"),
        Argument(name="secret", flags=("--secret",), hidden=True),
        Argument(name="r", flags=("-r",), action="flag"),
        Argument(name="R", flags=("-R",), action="flag"),
    ).layer.inputs
    assert list(found) == ["r", "R_2"]


def test_exclusive_arguments_tell_of_each_other():
    found = layer(
        Argument(name="a", flags=("--a",), action="flag", exclusive="1", help="The one"),
        Argument(name="b", flags=("--b",), action="flag", exclusive="1"),
    ).layer.inputs
    assert found["a"]["doc"].value == "The one (not together with --b)"
    assert found["b"]["doc"].value == "(not together with --a)"


def test_an_option_that_names_a_file_makes_an_output():
    found = layer(
        Argument(name="out", flags=("-o", "--output-mask"), default=Default("/tmp/x/mask.tif"),
                 help="Name of the output mask")
    )  # fmt: skip
    assert found.layer.inputs["output_mask"]["type"].value == Scalar("string")
    assert found.layer.inputs["output_mask"]["default"].value == Default("mask.tif")
    fields = {name: claim.value for name, claim in found.layer.outputs["mask"].items()}
    assert fields == {
        "type": Scalar("File"),
        "named_by": "output_mask",
        "doc": "Name of the output mask",
        "media_types": ("image/tiff; application=geotiff",),
    }
    assert found.named_by == {"mask": "output_mask"}


@pytest.mark.parametrize(
    ("name", "output"),
    [("--output", "result"), ("--output-file", "output"), ("--out-dir", "output"),
     ("--report-file", "report"), ("-o", "output")],
)  # fmt: skip
def test_outputs_are_called_what_they_are(name, output):
    argument = Argument(name=name.strip("-").replace("-", "_"), flags=(name,), writes=True,
                        required=True)  # fmt: skip
    assert list(layer(argument).layer.outputs) == [output]


def test_an_optional_result_leaves_the_folder_as_output_too():
    found = layer(Argument(name="o", flags=("--report",), writes=True)).layer.outputs
    assert found["report_file"]["optional"].value is True
    assert found["results"]["glob"].value == "."


def test_what_is_printed_is_an_output():
    found = layer(words=("gdalinfo",))
    assert found.stdout == "gdalinfo.txt"
    assert found.layer.outputs["output"]["role"].value == "stdout"
    found = layer(doc="Print the bounds to stdout as GeoJSON.", words=("rio", "bounds"))
    assert found.stdout == "bounds.geojson"
    assert found.layer.outputs["output"]["media_types"].value == ("application/geo+json",)
    found = layer(
        Argument(name="out", flags=("--out",), writes=True, help="File instead of stdout"),
        words=("sort",),
    )
    assert set(found.layer.outputs) == {"output", "printed"}


def test_nothing_known_leaves_the_folder():
    found = layer(words=("make-it",), doc="Makes it.")
    assert found.layer.outputs["results"]["type"].value == Scalar("Directory")
    assert found.stdout is None


def test_every_guess_tells_how_to_settle_it():
    found = layer(
        Argument(name="raster", help="The input raster"),
        Argument(name="out", flags=("--output",), required=True, help="Output file"),
    )
    by = {finding.subject: finding for finding in found.findings}
    assert "--set inputs.raster.type=string" in by["raster"].advice
    assert "--set inputs.output.type=File" in by["result"].advice
    assert "--set outputs.result.ignore=true" in by["result"].advice


def test_stated_and_guessed_claims_are_apart():
    stated, guessed = split(layer(Argument(name="raster", help="The input raster")).layer)
    assert "type" not in stated.inputs["raster"]
    assert guessed.inputs["raster"]["type"].value == Scalar("File")
    assert "doc" in stated.inputs["raster"]
    assert stated.outputs == {}


CROP = Command(words=("crop",), source="click", arguments=(Argument(name="image"),))
GROUP = Command(
    words=("tool",),
    source="click",
    arguments=(Argument(name="v", flags=("--verbose",), action="flag"),),
    commands=(CROP, Command(words=("tool", "merge"), source="click")),
)


def test_sub_commands_stand_behind_the_options_of_their_group():
    crop, merge = leaves(GROUP)
    assert (crop.names, merge.names) == (("crop",), ("merge",))
    found = command_layer(crop)
    assert found.words == ("tool",)
    assert [(a.value, a.position) for a in found.arguments] == [("crop", 1)]
    assert found.layer.inputs["verbose"]["binding"].value == Binding(prefix="--verbose")
    assert found.layer.inputs["image"]["binding"].value == Binding(position=3)


def test_without_options_of_the_group_the_words_are_the_command():
    group = Command(words=("tool",), source="click", commands=(CROP,))
    found = command_layer(leaves(group)[0])
    assert (found.words, found.arguments) == (("tool", "crop"), ())


def test_a_help_text_speaks_of_the_arguments_of_the_code():
    code = Command(
        words=("app.py",),
        source="argparse",
        arguments=(
            Argument(name="infile"),
            Argument(name="threshold", flags=("-t", "--threshold"), type=Scalar("double")),
        ),
    )
    text = Command(
        words=("app",),
        source="help text",
        arguments=(
            Argument(name="input", help="The raster"),
            Argument(name="t", flags=("--threshold",), help="Above it", default=Default("0.5")),
            Argument(name="x", flags=("--unknown",)),
        ),
    )
    found = command_layer(Leaf(command=aligned(code, text))).layer.inputs
    assert list(found) == ["infile", "threshold"]
    assert found["infile"]["doc"].value == "The raster"
    assert found["threshold"]["default"].value == Default(0.5)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("Start (YYYY-MM-DD)", "date"), ("Start as YYYYMMDD or NOW-1DAY", None)],
)
def test_only_a_date_with_dashes_is_a_date(text, meaning):
    _, fields = one(Argument(name="start", flags=("--start",), help=text))
    assert fields.get("semantics") == meaning


def test_a_folder_for_results_that_has_to_be_there_is_the_one_worked_in():
    found = layer(
        Argument(
            name="output", flags=("--output",), required=True, help="Folder for the results",
            type=Scalar("Directory"), writes=True, must_exist=True,
        )
    )  # fmt: skip
    assert found.layer.inputs["output"]["default"].value == Default(".")
    assert list(found.named_by.values()) == ["output"]


def test_what_is_left_where_words_are_given_already():
    option = Argument(name="n", flags=("-n", "--number"))
    crop = Command(words=("t", "crop"), source="x", arguments=(option, Argument(name="scene")))
    left = given(Command(words=("t",), source="x", commands=(crop,)), ("crop", "--number=3"))
    assert (left.words, [a.name for a in left.arguments]) == (("t",), ["scene"])
