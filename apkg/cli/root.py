"""The group of sub-commands; each is imported when it is called, not before."""

from __future__ import annotations

from importlib import import_module

import click

from apkg import __version__
from apkg.cli.manual import manual

COMMANDS = {
    "build": "Build the image that a notebook or tool runs in.",
    "chain": "Make one workflow package of several applications.",
    "convert": "Turn a notebook or a tool into an application package.",
    "graph": "Draw an application: inputs, steps, outputs, and what flows between.",
    "init": "Write a commented apkg.yaml from what is found in a folder.",
    "inspect": "Show an application: inputs, outputs, and where each fact came from.",
    "launch": "Open a folder or a notebook in JupyterLab or Voilà, in its image.",
    "report": "Write one page of HTML about an application, to send to somebody.",
    "rules": "List the rules of validate, or explain one.",
    "run": "Run an application package.",
    "translate": "Write Facet 2 in another dialect.",
    "validate": "Check CWL, DeployProcess documents, manifests and notebooks.",
    "watch": "Convert and check what changes in a folder, as it changes.",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command in ``apkg.cli.<name>``."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"apkg.cli.{cmd_name}").command
        command.epilog = manual(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt name."""
        from apkg.names import did_you_mean

        name = args[0]
        close = None if name in COMMANDS or name.startswith("-") else did_you_mean(name, COMMANDS)
        if close:
            raise click.UsageError(f"There is no command {name!r}. Did you mean {close!r}?", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings=CONTEXT, epilog=manual())
@click.version_option(
    __version__, "-V", "--version", prog_name="apkg", message="%(prog)s %(version)s"
)
def root() -> None:
    """Turn notebooks and tools into Earth Observation application packages that provably work.

    A package has two facets: a CWL document for the scientist, and a WPS-T DeployProcess
    document for the platform (OGC 18-049r1).

    \b
    Examples:
      apkg convert water-mask.ipynb -o package
      apkg run package/water-mask.cwl --inputs package/water-mask.inputs.yml --no-container
      apkg validate package/*.cwl package/*.deploy.json

    'apkg COMMAND --help' tells all about a command: examples, options, files, environment and exit
    codes. Results go to standard output, everything else to standard error.

    \b
    Shell completion, for ~/.bashrc, ~/.zshrc and ~/.config/fish/config.fish:
      eval "$(_APKG_COMPLETE=bash_source apkg)"
      eval "$(_APKG_COMPLETE=zsh_source apkg)"
      _APKG_COMPLETE=fish_source apkg | source
    """
