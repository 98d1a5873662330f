"""Importing this package registers every check, in the order they are told."""

from . import collector, direct, relay, service, metrics, openai, canaries, faults, quiet, hints  # noqa: F401
