# For the stages: sourced, never run. A stage calls `check` for each thing that must hold and `finish` at its end.
set -uo pipefail
passed=0
failed=0

# check NAME COMMAND...: one PASS or FAIL line; the output of the command is shown when it fails.
check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "PASS $name"
    else
        failed=$((failed + 1))
        printf 'FAIL %s (%s)\n%s\n' "$name" "$*" "$(tail -n 60 <<<"$output")"
    fi
}

# swift_test ARGUMENTS...: runs `swift test`, shows its output, and adds its own count of tests.
# A run that tells no count, or a count of zero, is a failure.
swift_test() {
    local log code counts
    log=$(mktemp "${MONITORING_CI_LOGS:-/tmp}/swift-test.XXXXXX")
    echo "+ swift test $*"
    swift test "$@" 2>&1 | tee "$log" | grep --line-buffered --invert-match --perl-regexp \
        '^(\[\d+/\d+\] |◇ |✔ (Suite |Test (?!run with )))'
    code=${PIPESTATUS[0]}
    counts=$(.ci/count-tests <"$log") || counts="0 1"
    if [ "$code" -ne 0 ] && [ "${counts#* }" -eq 0 ]; then
        echo "FAIL swift test: exit code $code"
        counts="${counts% *} 1"
    fi
    passed=$((passed + ${counts% *}))
    failed=$((failed + ${counts#* }))
    swift_test_log=$log
}

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
