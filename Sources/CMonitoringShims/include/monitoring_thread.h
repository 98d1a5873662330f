// Thread-local state of the hot path, and what a fork does to it.
//
// Law: take the pointer in a synchronous function, use it, drop it. Never hold it across a suspension point: the code
// after one may run on another thread.
#ifndef CMONITORING_THREAD_H
#define CMONITORING_THREAD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/random.h>
#elif defined(__APPLE__)
#include <sys/random.h>
#endif

struct monitoring_thread {
    uint64_t random[4];       // xoshiro256++ state; all zero until seeded
    uint32_t generation;      // the fork generation in which `random` was seeded
    uint32_t hook_countdown;  // plugin hooks until the next one that is timed
    uint8_t *scratch;         // encode buffer, freed at thread exit
    size_t scratch_capacity;
};

// Defined in shims.c; one per process.
extern _Atomic uint32_t monitoring_fork_generation_counter;
extern pthread_once_t monitoring_process_once;
void monitoring_process_setup(void);

// Every thread's own state, zeroed when the thread starts.
extern _Thread_local struct monitoring_thread monitoring_thread_state;

static inline struct monitoring_thread *monitoring_thread_current(void) { return &monitoring_thread_state; }

// How many forks lie between this process and the one that loaded the library. A child reads another number than its
// parent, which is how everything that belongs to the parent is told apart.
static inline uint32_t monitoring_fork_generation(void) {
    return atomic_load_explicit(&monitoring_fork_generation_counter, memory_order_relaxed);
}

// Installs the fork handler. Cheap after the first call.
static inline void monitoring_process_prepare(void) { pthread_once(&monitoring_process_once, monitoring_process_setup); }

void monitoring_random_seed(struct monitoring_thread *thread);

static inline uint64_t monitoring_rotate_left(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

// 64 random bits from this thread's xoshiro256++, seeded from the system. Not for secrets.
static inline uint64_t monitoring_random_u64(void) {
    struct monitoring_thread *thread = &monitoring_thread_state;
    uint64_t *s = thread->random;
    if (__builtin_expect((s[0] | s[1] | s[2] | s[3]) == 0 || thread->generation != monitoring_fork_generation(), 0)) {
        monitoring_random_seed(thread);
    }
    const uint64_t result = monitoring_rotate_left(s[0] + s[3], 23) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = monitoring_rotate_left(s[3], 45);
    return result;
}

// True for about one call in 64 on this thread, at irregular distances, so that every plugin's hooks get their turn.
static inline int monitoring_hook_is_timed(void) {
    struct monitoring_thread *thread = &monitoring_thread_state;
    if (thread->hook_countdown-- != 0) return 0;
    thread->hook_countdown = 32 + (uint32_t)(monitoring_random_u64() & 63);
    return 1;
}

// This thread's scratch buffer with room for at least `capacity` bytes, or NULL when memory is short. Valid until the
// next call on the same thread; freed when the thread ends.
uint8_t *monitoring_scratch(size_t capacity);

static inline size_t monitoring_scratch_capacity(void) { return monitoring_thread_state.scratch_capacity; }

#endif
