"""The option that lets secrets through, alike in every command that writes packages."""

from __future__ import annotations

import click

ALLOW_SECRETS = click.option(
    "--allow-secrets",
    is_flag=True,
    help="Pack what looks like a password, token or key. Default: defaults that are one are left "
    "out, and anywhere else it is an error.",
)
