extension Options {
    static let usage = """
        usage: demo-agent [option ...]
               demo-agent relay

        An assistant of a city library that plans, calls a model, runs tools and answers. Readers are
        played by the program itself. Telemetry goes where the environment says, for example
        ENABLE_TRACING=true OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318.

          --traffic N       conversations begun a second (default 2); 0: none
          --seconds S       how long they are begun (default 5); 0: until SIGTERM or SIGINT
          --seed N          the same seed gives the same questions and outcomes (default 1)
          --break PART      llm, tool or cache fails; may be given more than once
          --ledger FILE     append a line of JSON to FILE for each ended operation
          --canaries        plant made-up secrets in everything that is observed
          --print-canaries  print those secrets, one a line, and exit
          --help            print this and exit

        The last line on standard output is a JSON object with the numbers of operations, errors
        and traces. With `relay`, each line of standard input is a JSON object with the headers of
        a request, {"headers": {...}, "trust": "parent" or "link"}, and is answered by a line with
        the headers that a request to somebody else would get.
        """
}
