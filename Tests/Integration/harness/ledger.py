"""The demo's ledger: one JSON line for each operation that ended."""

import json
from collections import Counter

from .report import expect


def read(folder):
    lines = (folder / "ledger.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def expect_same(entries, spans):
    """Every ledger line is a span, once, with the right parent and name, and nothing else is."""
    wanted = Counter(map(_of_entry, entries))
    received = Counter(map(_of_span, spans))
    twice = [key for key, count in wanted.items() if count > 1]
    expect(not twice, f"{len(twice)} ledger lines stand twice, first: {twice[:1]}")
    missing, extra = wanted - received, received - wanted
    expect(
        not missing and not extra,
        f"{sum(missing.values())} of {len(entries)} operations have no such span, first: {list(missing)[:2]}\n"
        f"{sum(extra.values())} of {len(spans)} spans are not in the ledger, first: {list(extra)[:2]}",
    )
    ids = {(entry["trace_id"], entry["span_id"]) for entry in entries}
    orphans = [e for e in entries if e.get("parent_span_id") and (e["trace_id"], e["parent_span_id"]) not in ids]
    expect(not orphans, f"{len(orphans)} operations name a parent that never ended, first: {orphans[:1]}")


def expect_counts(summary, entries, spans):
    """The demo's own counts equal what was written and received."""
    counted = {
        "operations": len(entries),
        "errors": sum(span.get("status", {}).get("code") == 2 for span in spans),
        "traces": len({entry["trace_id"] for entry in entries}),
    }
    told = {key: summary[key] for key in counted}
    expect(told == counted, f"the demo tells {told}, counted are {counted}")


def _of_entry(entry):
    return entry["trace_id"], entry["span_id"], entry.get("parent_span_id") or "", entry["name"]


def _of_span(span):
    return span["traceId"], span["spanId"], span.get("parentSpanId", ""), span.get("name", "")
