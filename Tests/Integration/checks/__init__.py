"""Importing this package registers every check, in the order they are told."""

from . import (  # noqa: F401
    collector, crashes, direct, relay, service, metrics, openai, canaries, faults, quiet, hints,
)
