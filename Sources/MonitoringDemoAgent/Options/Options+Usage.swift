extension Options {
    static let usage = """
        usage: demo-agent [option ...]
               demo-agent relay

        An assistant of a city library that plans, calls a model, runs tools and answers. It listens on
        127.0.0.1 and tells where; GET / there tells what it serves. Telemetry goes where the environment
        says, for example ENABLE_TRACING=true OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318. A script
        plays the model, unless OPENAI_BASE_URL or OPENAI_API_KEY name one; OPENAI_MODEL chooses it.

          --port N          the port (default 8080); 0, or one that is taken: any that is free
          --traffic N       conversations a second that the program begins with itself (default 0)
          --seconds S       how long it serves (default 0: until SIGTERM or SIGINT)
          --linger S        how long it goes on to serve then, for a last look at /metrics (default 2)
          --seed N          the same seed gives the same questions and outcomes (default 1)
          --break PART      llm, tool, cache or clock fails; may be given more than once
          --ledger FILE     append a line of JSON to FILE for each ended operation
          --canaries        plant made-up secrets in everything that is observed
          --print-canaries  print those secrets, one a line, and exit
          --help            print this and exit

        The last line on standard output is a JSON object with the numbers of operations, errors,
        traces and requests served. With `relay`, each line of standard input is a JSON object with the headers of
        a request, {"headers": {...}, "trust": "parent" or "link"}, and is answered by a line with
        the headers that a request to somebody else would get.
        """
}
