"""Importing this package registers every check, in the order they are told."""

from . import collector, crashes, direct, relay, canaries, faults, quiet, hints  # noqa: F401
