"""R scripts: optparse, argparse, argparser, docopt and ``commandArgs``."""
