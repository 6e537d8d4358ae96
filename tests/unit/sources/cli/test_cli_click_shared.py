"""Types and decorators of Click that come from elsewhere."""

from apkg.model import Default, Scalar


def test_options_that_rasterio_and_cligj_share(arguments):
    found = arguments("""
        import click, cligj
        from rasterio.rio import options
        @click.command()
        @options.files_inout_arg
        @options.output_opt
        @options.creation_options
        @options.dtype_opt
        @cligj.features_in_arg
        @cligj.format_opt
        def main(**given):
            pass
        main()
    """)
    assert list(found) == [
        "files", "output", "creation_options", "dtype", "features", "driver"
    ]  # fmt: skip
    assert (found["files"].type, found["files"].maximum) == (Scalar("File"), None)
    assert found["files"].must_exist
    assert found["output"].writes
    assert found["dtype"].choices[:2] == ("ubyte", "uint8")
    assert found["driver"].default == Default("GTiff")


def test_a_decorator_of_elsewhere_is_told(read):
    found = read("""
        import click
        from else_where import options
        @click.command()
        @options.bands_opt
        @click.option("--n", type=int)
        def main(n):
            pass
        main()
    """)
    assert ["bands_opt" in finding.message for finding in found.findings] == [True]


def test_a_path_of_their_own(arguments):
    found = arguments("""
        import click
        class Resolved(click.Path):
            def convert(self, value, param, ctx):
                return super().convert(value, param, ctx)
        @click.command()
        @click.argument("scenes", type=Resolved(exists=True, dir_okay=False), nargs=-1)
        @click.option("--box", type=(float,) * 4, default=(None,) * 4)
        def main(scenes, box):
            pass
        main()
    """)
    assert (found["scenes"].type, found["scenes"].must_exist) == (Scalar("File"), True)
    assert (found["box"].type, found["box"].minimum) == (Scalar("double"), 4)


def test_methods_of_texts_leave_texts(read):
    found = read("""
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--source", type=str.upper, choices=["COP", "NASA"], default="COP")
        parser.parse_args()
    """)
    (argument,) = found.commands[0].arguments
    assert (argument.choices, argument.default) == (("COP", "NASA"), Default("COP"))
    assert not found.findings
