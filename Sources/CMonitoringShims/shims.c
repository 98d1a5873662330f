// What cannot live in a header: process-wide state, the fork handler, seeding, and the scratch buffer's destructor.
#include "CMonitoringShims.h"

#include <time.h>

_Atomic uint32_t monitoring_fork_generation_counter = 0;
pthread_once_t monitoring_process_once = PTHREAD_ONCE_INIT;
_Thread_local struct monitoring_thread monitoring_thread_state;

static pthread_key_t scratch_key;
static int scratch_key_exists = 0;

// Of files.c and ends.c.
void monitoring_descriptors_before_fork(void);
void monitoring_descriptors_in_parent(void);
void monitoring_descriptors_in_child(void);
void monitoring_ends_forget_in_child(void);

static void after_fork_in_child(void) {
    monitoring_descriptors_in_child();
    monitoring_ends_forget_in_child();
    atomic_fetch_add_explicit(&monitoring_fork_generation_counter, 1, memory_order_relaxed);
}

static void free_scratch(void *buffer) {
    monitoring_thread_state.scratch = NULL;
    monitoring_thread_state.scratch_capacity = 0;
    free(buffer);
}

void monitoring_process_setup(void) {
    pthread_atfork(monitoring_descriptors_before_fork, monitoring_descriptors_in_parent, after_fork_in_child);
    scratch_key_exists = pthread_key_create(&scratch_key, free_scratch) == 0;
}

void monitoring_random_seed(struct monitoring_thread *thread) {
    monitoring_process_prepare();
    uint64_t *s = thread->random;
    size_t filled = 0;
#if defined(__linux__)
    while (filled < sizeof(thread->random)) {
        ssize_t n = getrandom((uint8_t *)s + filled, sizeof(thread->random) - filled, 0);
        if (n <= 0) break;
        filled += (size_t)n;
    }
#elif defined(__APPLE__)
    if (getentropy(s, sizeof(thread->random)) == 0) filled = sizeof(thread->random);
#endif
    if (filled < sizeof(thread->random)) {
        // Without the system's randomness ids only need to differ between threads, processes and moments.
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        uint64_t x = (uint64_t)now.tv_nsec ^ ((uint64_t)now.tv_sec << 20) ^ (uint64_t)(uintptr_t)thread ^ ((uint64_t)getpid() << 40);
        for (int i = 0; i < 4; i++) {
            x += 0x9e3779b97f4a7c15u;
            uint64_t z = x;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
            s[i] = z ^ (z >> 31);
        }
    }
    if ((s[0] | s[1] | s[2] | s[3]) == 0) s[0] = 1;
    thread->generation = monitoring_fork_generation();
}

uint8_t *monitoring_scratch(size_t capacity) {
    struct monitoring_thread *thread = &monitoring_thread_state;
    if (thread->scratch_capacity >= capacity) return thread->scratch;
    monitoring_process_prepare();
    size_t rounded = 4096;
    while (rounded < capacity) rounded *= 2;
    uint8_t *grown = realloc(thread->scratch, rounded);
    if (grown == NULL) return NULL;
    thread->scratch = grown;
    thread->scratch_capacity = rounded;
    if (scratch_key_exists) pthread_setspecific(scratch_key, grown);
    return grown;
}
