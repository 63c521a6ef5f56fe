"""The command line: one file per group of verbs; importing it registers them."""

from marketplace.cli import check, doctor, migrate, people, serve, version
from marketplace.cli.app import run as main

__all__ = ["check", "doctor", "main", "migrate", "people", "serve", "version"]
