"""R scripts."""

import pytest

from apkg.errors import SourceError
from apkg.model import Default, Scalar


def test_optparse(command):
    found = command(
        """\
        #!/usr/bin/env Rscript
        library(optparse)
        option_list <- list(
          make_option(c("-i", "--input"), type = "character", default = NULL,
                      help = "raster [default %default]", metavar = "FILE"),
          make_option(c("-o", "--output"), type = "character", default = "out.tif"),
          make_option("--threshold", type = "double", default = 0.3),  # a comment
          make_option("--classes", default = 3),
          make_option(c("-v", "--verbose"), action = "store_true", default = FALSE)
        )
        parser <- OptionParser(option_list = option_list, description = "Water mask.")
        opt <- parse_args(parser)
        r <- terra::rast(opt$input)
        terra::writeRaster(r > opt$threshold, opt$output)
        """,
        name="mask.R",
    )
    by_name = {a.name: a for a in found.arguments}
    assert (found.words, found.doc, found.source) == (("mask.R",), "Water mask.", "optparse (R)")
    assert (by_name["input"].type, by_name["input"].must_exist) == (Scalar("File"), True)
    assert (by_name["input"].help, by_name["input"].location.line) == ("raster", 4)
    assert (by_name["output"].default, by_name["output"].writes) == (Default("out.tif"), True)
    assert by_name["threshold"].type == by_name["classes"].type == Scalar("double")
    assert by_name["verbose"].action == "flag"


def test_argparse(arguments):
    found = arguments(
        """\
        library(argparse)
        parser <- ArgumentParser(description='Trend')
        parser$add_argument("scenes", nargs='+', help="scenes")
        parser$add_argument("-m", "--method", choices=c("ols", "theil"), default="ols")
        parser$add_argument("--year", type="integer", required=TRUE)
        args <- parser$parse_args()
        lapply(args$scenes, rast)
        """,
        name="trend.r",
    )
    assert (found["scenes"].positional, found["scenes"].maximum) == (True, None)
    assert found["method"].choices == ("ols", "theil")
    assert (found["year"].type, found["year"].required) == (Scalar("int"), True)


def test_argparser(arguments):
    found = arguments(
        """\
        library(argparser)
        p <- arg_parser("Round")
        p <- add_argument(p, "number", help="a number", type="numeric")
        p <- add_argument(p, "--fast", help="quick", flag=TRUE, short="-f")
        """,
        name="round.R",
    )
    assert (found["number"].positional, found["number"].type) == (True, Scalar("double"))
    assert (found["fast"].action, found["fast"].flags) == ("flag", ("-f", "--fast"))


def test_command_args(arguments):
    found = arguments(
        "#!/usr/bin/env Rscript\nargs <- commandArgs(trailingOnly = TRUE)\ninput <- args[1]\n"
        "out.dir <- args[2]\nn <- as.integer(args[3])\n"
        "k <- if (length(args) >= 4) as.numeric(args[4]) else 0.5\n"
        "dir.create(out.dir)\ndata <- read.csv(input)  # args[9]\n",
        name="stats",
    )
    assert list(found) == ["input", "out_dir", "n", "k"]
    assert (found["input"].type, found["input"].must_exist) == (Scalar("File"), True)
    assert (found["out_dir"].type, found["out_dir"].writes) == (Scalar("Directory"), True)
    assert found["n"].type == Scalar("int")
    assert (found["k"].default, found["k"].minimum) == (Default(0.5), 0)
    assert found["k"].location.line == 6


def test_docopt(arguments):
    code = "library(docopt)\ndoc <- 'Usage: t.R [--n=<k>] <file>'\nargs <- docopt(doc)\n"
    assert list(arguments(code, name="t.R")) == ["n", "file"]


def test_a_string_that_never_ends(read):
    with pytest.raises(SourceError, match="never ends"):
        read("x <- commandArgs(TRUE)[1]\ny <- 'abc\n", name="t.R")
