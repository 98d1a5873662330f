// The machine's clocks in whole nanoseconds.
#ifndef CMONITORING_CLOCK_H
#define CMONITORING_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t monitoring_clock_read(clockid_t id) {
    struct timespec time = {0, 0};
    clock_gettime(id, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static inline uint64_t monitoring_clock_monotonic(void) { return monitoring_clock_read(CLOCK_MONOTONIC); }
static inline uint64_t monitoring_clock_realtime(void) { return monitoring_clock_read(CLOCK_REALTIME); }

#endif
