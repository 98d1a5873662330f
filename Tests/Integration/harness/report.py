"""Named checks: registered by a decorator, run a few at a time, each told as one PASS or FAIL line."""

import shutil
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable

CHECKS = []


class Failure(Exception):
    """What a check saw is not what it must see."""


@dataclass
class Check:
    name: str
    body: Callable

    @property
    def slug(self):
        return "".join(c if c.isalnum() else "-" for c in self.name.lower()).strip("-")


def check(name, **parameters):
    """Registers the function under `name`; it is called with the context, its own folder and `parameters`."""

    def register(function):
        CHECKS.append(Check(name, lambda context, folder: function(context, folder, **parameters)))
        return function

    return register


def expect(condition, message):
    if not condition:
        raise Failure(message)


def wait_until(condition, seconds, what):
    """Polls `condition` until it holds; a failure that says `what` did not happen after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        expect(time.monotonic() < deadline, f"{what}: not within {seconds} s")
        time.sleep(0.05)
    return result


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self._lock = threading.Lock()

    def run(self, checks, context, jobs):
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda each: self._run_one(each, context), checks))

    def _run_one(self, each, context):
        folder = context.work / each.slug
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        started = time.monotonic()
        try:
            each.body(context, folder)
            reason = None
        except Failure as failure:
            reason = str(failure)
        except Exception:
            reason = traceback.format_exc().rstrip()
        seconds = time.monotonic() - started
        with self._lock:
            if reason is None:
                self.passed += 1
                print(f"PASS {each.name} ({seconds:.1f} s)", flush=True)
            else:
                self.failed += 1
                indented = reason.replace("\n", "\n     ")
                print(f"FAIL {each.name} ({seconds:.1f} s)\n     {indented}\n     kept: {folder}", flush=True)
