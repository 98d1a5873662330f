"""The demo as a service, over real sockets and from within a trace of somebody else's."""

import json
import socket
import subprocess
from collections import Counter

from harness import client, ledger
from harness.demo import service_arguments, tracing
from harness.report import check, expect, wait_until
from harness.servers import Collector, Sink

QUESTION = {"question": "When is story hour?", "conversation": "c-1", "user": "ada"}


def served(context, folder, extra=(), **environment):
    return context.demo.start(service_arguments(folder, extra), environment, folder)


@check("a question is answered as JSON, with the id of its request")
def as_json(context, folder):
    with served(context, folder) as demo:
        answer = client.request(demo.urls()["chat"], "POST", QUESTION, {"X-Request-ID": "from-the-caller-1"})
        expect(answer.status == 200, f"{answer.status} {answer.body[:200]!r}")
        told = answer.json
        expect("story hour" in told["answer"].lower(), f"the answer is {told['answer']!r}")
        expect((told["conversation"], told["user"]) == ("c-1", "ada"), f"the answer belongs to {told}")
        expect(told["request_id"] == "from-the-caller-1" == answer.headers.get("x-request-id"), f"the id is lost: {told}")
        demo.stop()


@check("a question is answered as a stream of events, which make up the same answer")
def as_stream(context, folder):
    with served(context, folder) as demo:
        url = demo.urls()["chat"]
        events = list(client.events(url, QUESTION))
        names = Counter(name for name, _ in events)
        expect(names["step"] >= 1 and names["piece"] >= 3 and names["done"] == 1, f"events: {names}")
        expect(events[-1][0] == "done" and events[-1][1]["conversation"] == "c-1", f"the last event is {events[-1]}")
        expect(events[-1][1]["usage"]["output_tokens"] > 0, f"no usage: {events[-1]}")
        text = "".join(data["text"] for name, data in events if name == "piece")
        again = client.request(url, "POST", QUESTION).json["answer"]
        expect(text == again, f"the pieces say {text!r}, the cache {again!r}")
        demo.stop()


@check("what is no question, no path, no method or too long is refused with a reason")
def refused(context, folder):
    with served(context, folder) as demo:
        urls = demo.urls()
        for body in (b"", b"{", b"[]", b'{"question": 1}', b'{"question": " "}'):
            answer = client.request(urls["chat"], "POST", body)
            reason = answer.json["error"]
            expect((answer.status, reason["type"]) == (400, "invalid_request"), f"{body!r}: {answer}")
            expect(reason["request_id"] == answer.headers["x-request-id"], f"{body!r}: {answer}")
        long = client.request(urls["chat"], "POST", json.dumps(QUESTION).encode() + b" " * 70_000)
        expect(long.status == 413, f"a long body: {long.status}")
        statuses = [client.request(urls["help"] + path, method).status for method, path in (
            ("GET", "nothing"), ("GET", "chat"), ("POST", "break/disk"), ("DELETE", "break/disk"))]
        expect(statuses == [404, 405, 404, 404], f"statuses: {statuses}")
        demo.stop()


@check("help is text for curl and a page for browsers")
def helped(context, folder):
    with served(context, folder) as demo:
        url = demo.urls()["help"]
        for accept, kind in (("*/*", "text/plain"), ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html")):
            answer = client.request(url, headers={"Accept": accept})
            expect(answer.headers["content-type"].startswith(kind), f"{accept}: {answer.headers}")
            expect(f"{url}chat".encode() in answer.body, f"{accept}: no URL of this service in it")
        demo.stop()


@check("what is broken fails with an honest status until it is healed")
def broken(context, folder):
    with served(context, folder) as demo:
        urls = demo.urls()
        base = urls["help"]

        def asked(user):
            return client.request(urls["chat"], "POST", {"question": "What is 6 * 7?", "user": user})

        broken = client.request(f"{base}break/llm", "POST")
        expect(broken.json == {"broken": ["llm"]}, f"told: {broken}")
        failed = asked("ada")
        expect((failed.status, failed.json["error"]["type"]) == (502, "model_failed"), f"without a model: {failed}")
        events = list(client.events(urls["chat"], {"question": "What is 6 * 7?"}))
        expect([name for name, _ in events] == ["error"], f"without a model a stream has {events}")
        expect(client.request(f"{base}break/clock", "POST").json == {"broken": ["llm", "clock"]}, "the clock stays whole")
        expect(client.request(f"{base}time").status == 503, "a broken clock tells the time")
        client.request(f"{base}break/llm", "DELETE")
        late = client.request(urls["chat"], "POST", {"question": "What time is it?", "user": "eve"}).json["answer"]
        expect("clock is not available" in late, f"with a broken clock the answer is {late!r}")
        expect(client.request(f"{base}break/clock", "DELETE").json == {"broken": []}, "something is still broken")
        healed = asked("eve")
        expect(healed.status == 200 and healed.json["answer"] == "The result is 42.", f"healed: {healed}")
        told = client.request(f"{base}time").json["time"]
        late = client.request(urls["chat"], "POST", {"question": "What time is it?", "user": "eve"}).json["answer"]
        expect(told[:14] in late, f"the clock says {told}, the agent {late!r}")
        demo.stop()


@check("a caller's trace goes on through the service, its tools and its clock, behind a real collector")
def one_trace(context, folder):
    with Sink(context.python, folder) as sink, Collector(context.python, folder, sink.endpoint) as collector:
        with served(context, folder, **tracing(collector.endpoint)) as demo:
            body = {"question": "What time is it?", "conversation": "c-2", "user": "ada"}
            command = [context.python, context.folder / "peers/caller.py", collector.endpoint, demo.urls()["chat"]]
            run = subprocess.run(command, input=json.dumps(body), capture_output=True, text=True, timeout=60)
            expect(run.returncode == 0, f"the Python caller failed: {run.stderr[-500:]}")
            caller = json.loads(run.stdout)
            demo.stop()
        expect(caller["answer"]["answer"].startswith("The clock says 20"), f"the answer is {caller['answer']}")
        entries = ledger.read(folder)
        spans = {span["spanId"]: span for span in sink.wait_for_spans(len(entries) + 1)}
        expect(not sink.problems(), f"the collector handed on: {sink.problems()[:3]}")
        traces = {span["traceId"] for span in spans.values()}
        expect(traces == {caller["trace_id"]}, f"{len(traces)} traces, the caller's is {caller['trace_id']}")
        clock = next((s for s in spans.values() if s["name"] == "GET /time" and s["kind"] == 2), None)
        expect(clock, f"the clock served no request: {[s['name'] for s in spans.values()]}")
        way = [clock["name"]]
        while parent := clock.get("parentSpanId"):
            expect(parent in spans, f"{clock['name']} has a parent that nobody sent")
            clock = spans[parent]
            way.append(clock["name"])
        wanted = ["GET /time", "GET /time", "execute_tool clock", "invoke_agent librarian", "conversation turn"]
        expect(way == [*wanted, "POST /chat", "caller asks"], f"from the clock up: {way}")
        expect(clock["spanId"] == caller["span_id"], "the chain does not end at the Python caller")


@check("the last line counts every request that was sent, unmatched and refused ones too")
def counted(context, folder):
    with served(context, folder) as demo:
        urls = demo.urls()
        base = urls["help"]
        sent = [("GET", ""), ("HEAD", ""), ("GET", "time"), ("GET", "nothing"), ("PUT", "chat"), ("POST", "break/cache")]
        for method, path in sent * 3:
            client.request(base + path, method)
        client.request(urls["chat"], "POST", b"{")
        client.request(urls["chat"], "POST", QUESTION)
        list(client.events(urls["chat"], QUESTION))
        run = demo.stop()
    told = run.summary()["http_requests"]
    expect(told == 3 * len(sent) + 3, f"{3 * len(sent) + 3} requests were sent, the last line tells {told}")


@check("traffic comes over the service's own port, and every operation belongs to a request")
def traffic(context, folder):
    run = context.demo.traffic({}, folder, rate=20, seconds=3)
    entries = ledger.read(folder)
    requests = [entry for entry in entries if entry["kind"] == "server"]
    told = run.summary()
    expect(told["http_requests"] == len(requests) > 60, f"{len(requests)} requests were served, told are {told}")
    roots = Counter(entry["name"] for entry in entries if not entry.get("parent_span_id"))
    expect({"POST /chat", "GET /time", "GET"} == set(roots), f"roots: {roots}")


@check("a port that is taken is told, and another one found")
def taken(context, folder):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with served(context, folder, ["--port", str(port)]) as demo:
            url = demo.urls()["help"]
            expect(f":{port}/" not in url and client.request(url).status == 200, f"it does not answer at {url}")
            run = demo.stop()
    expect([line for line in run.stderr.splitlines() if str(port) in line and "demo-agent" in line], "nothing is told")


@check("a signal that comes while it starts ends it as any other")
def early(context, folder):
    with served(context, folder) as demo:
        log = folder / "stderr"
        wait_until(lambda: "[monitoring]" in log.read_text(), 20, "the demo starts")
        run = demo.stop()
    expect(run.summary()["http_requests"] == 0, f"told: {run.stdout[-200:]}")


@check("SIGTERM lets an answer that is being streamed come to its end")
def graceful(context, folder):
    with served(context, folder) as demo:
        body = {"question": "Compare rare books with book repair.", "user": "ada"}
        events = client.events(demo.urls()["chat"], body)
        seen = [next(events)[0]]
        demo.child.terminate()
        seen += [name for name, _ in events]
        expect(seen[-1] == "done", f"the stream ended with {seen[-1]}")
        run = demo.wait(30)
    expect(run.code == 0 and run.summary()["http_requests"] == 1, f"{run.code}, {run.stdout[-200:]}")
