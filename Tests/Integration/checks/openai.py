"""A model behind an OpenAI-compatible API, played by a script that streams in awkward pieces."""

import threading

from harness import client, openai
from harness.demo import service_arguments, tracing
from harness.openai import Model
from harness.receivers import Nobody
from harness.report import check, expect
from harness.servers import Sink

KEY = "violet-lantern-4711-under-the-stairs"
QUESTION = {"question": "What is 6 * 7?", "user": "ada"}


def asking(context, folder, url, **environment):
    variables = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": KEY, "OPENAI_MODEL": "m-1", **environment}
    return context.demo.start(service_arguments(folder), variables, folder)


def calculating(body):
    """Wants the tool first, and then says what it gave."""
    results = [message["content"] for message in body["messages"] if message["role"] == "tool"]
    if not results:
        return openai.calls_tool("calculate", {"expression": "6 * 7"})
    return openai.says("Das wären — ", results[-1], " 🙂.")


@check("a model behind an API answers with its tools, as JSON and streamed, and its key stays here")
def answers(context, folder):
    with Sink(context.python, folder) as sink, Model(calculating) as model:
        with asking(context, folder, model.url, **tracing(sink.endpoint)) as demo:
            url = demo.urls()["chat"]
            whole = client.request(url, "POST", QUESTION)
            expect(whole.status == 200 and whole.json["answer"] == "Das wären — 42 🙂.", f"the answer is {whole}")
            events = list(client.events(url, QUESTION | {"user": "eve"}))
            run = demo.stop()
        names = [name for name, _ in events]
        expect(names == ["step", "piece", "piece", "piece", "done"], f"events: {names}")
        expect("".join(data["text"] for name, data in events if name == "piece") == "Das wären — 42 🙂.", f"{events}")
        usage = {"input_tokens": 80, "cached_input_tokens": 64, "output_tokens": 18, "reasoning_tokens": 4}
        expect(events[-1][1]["usage"] == usage == whole.json["usage"], f"usage: {events[-1][1]}")
        expect(all(sent["headers"].get("Authorization") == f"Bearer {KEY}" for sent in model.requests), "no key was sent")
        expect({sent["path"] for sent in model.requests} == {"/v1/chat/completions"}, "another path was asked")
        sink.wait_for_spans(4)
        chats = [span for span in sink.spans() if span["name"] == "chat m-1"]
        expect(len(chats) == 4, f"{len(chats)} spans of chats")
        told = {pair["key"]: pair["value"] for pair in chats[-1]["attributes"]}
        expect(told["gen_ai.response.model"] == {"stringValue": "m-1-exact"}, f"attributes: {told}")
        expect(told["gen_ai.provider.name"] == {"stringValue": "openai"}, f"attributes: {told}")
        expect(int(told["gen_ai.usage.input_tokens"]["intValue"]) == 40, f"attributes: {told}")
        everything = (run.stdout + run.stderr).encode() + sink.bytes_file.read_bytes()
        expect(KEY.encode() not in everything, "the key came through")


@check("a piece of an answer reaches the caller before the model makes the next one")
def as_it_comes(context, folder):
    read = threading.Event()

    def wait():
        assert read.wait(20), "the caller did not get the piece before"

    with Model(lambda body: openai.says("one ", "two", between=wait)) as model:
        with asking(context, folder, model.url) as demo:
            events = client.events(demo.urls()["chat"], QUESTION)
            expect(next(events) == ("piece", {"text": "one "}), "the first event is another one")
            read.set()
            expect([name for name, _ in events] == ["piece", "done"], "the rest did not come")
            demo.stop()


def silent(handler, body):
    threading.Event().wait(5)


FAILURES = {
    "says 429, come back in seven seconds": (openai.refuses(429, Retry_After="7"), 503, "model_busy", 1),
    "says 500": (openai.refuses(500, f"key {KEY} is overloaded"), 502, "model_failed", 3),
    "says 401": (openai.refuses(401, "wrong key"), 502, "model_failed", 1),
    "redirects": (openai.refuses(302, Location="http://127.0.0.1:9/"), 502, "model_failed", 1),
    "is silent": (silent, 504, "model_timeout", 1),
}


def fails(context, folder, failure):
    answer, status, kind, attempts = FAILURES[failure]
    with Model(lambda body: answer) as model:
        with asking(context, folder, model.url, OPENAI_TIMEOUT="500") as demo:
            url = demo.urls()["chat"]
            told = client.request(url, "POST", QUESTION)
            expect((told.status, told.json["error"]["type"]) == (status, kind), f"told: {told}")
            expect(len(model.requests) == attempts, f"{len(model.requests)} requests to the model")
            expect(("retry-after" in told.headers) == (status == 503), f"told: {told}")
            events = list(client.events(url, QUESTION))
            expect([name for name, _ in events] == ["error"], f"events: {events}")
            expect(events[0][1]["error"]["type"] == kind, f"events: {events}")
            run = demo.stop()
        expect(KEY not in run.stderr + run.stdout + str(told) + str(events), "the key came through")


for name in FAILURES:
    check(f"a model that {name} is told with an honest status", failure=name)(fails)


@check("a model that breaks off within its answer is told as an event, and not asked again")
def breaks_off(context, folder):
    with Model(lambda body: openai.breaks_off("Well, ")) as model:
        with asking(context, folder, model.url) as demo:
            events = list(client.events(demo.urls()["chat"], QUESTION))
            expect([name for name, _ in events] == ["piece", "error"], f"events: {events}")
            expect(events[1][1]["error"]["type"] == "model_failed", f"events: {events}")
            expect(len(model.requests) == 1, f"{len(model.requests)} requests to the model")
            run = demo.stop()
        expect(run.summary()["errors"] >= 3, f"nothing failed: {run.summary()}")


@check("a model that is not there is told with an honest status")
def nobody(context, folder):
    with Nobody() as model, asking(context, folder, model.endpoint + "/v1") as demo:
        told = client.request(demo.urls()["chat"], "POST", QUESTION)
        expect((told.status, told.json["error"]["type"]) == (502, "model_failed"), f"told: {told}")
        demo.stop()
