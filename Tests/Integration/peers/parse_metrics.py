"""Reads a page of metrics from standard input with an official parser; writes its samples as JSON.

usage: parse_metrics.py text|openmetrics
"""

import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as text


def label(name, value):
    """Bounds of buckets are the same number in both formats, and written differently."""
    return [name, str(float(value)) if name == "le" else value]


page = sys.stdin.buffer.read().decode()
families = {"text": text, "openmetrics": openmetrics}[sys.argv[1]](page)
samples = [sample for family in families for sample in family.samples]
read = [[s.name, sorted(label(*pair) for pair in s.labels.items()), float(s.value)] for s in samples]
keys = [(name, str(labels)) for name, labels, _ in read]
assert len(keys) == len(set(keys)), "a sample stands there twice"
json.dump(read, sys.stdout)
