// What the spool needs of the machine: a checksum, memory that a forked child cannot see, and a number for the thread.
#ifndef CMONITORING_SPOOL_H
#define CMONITORING_SPOOL_H

#include <sched.h>
#include <stddef.h>
#include <stdint.h>

// CRC-32C (Castagnoli) of `count` bytes, continuing from `crc`, which is 0 at the start. Uses the processor's
// instruction where there is one; the choice is made once, when the library is loaded.
uint32_t monitoring_crc32c(uint32_t crc, const void *bytes, size_t count);

// The same by table, for processors without the instruction, and for tests to compare with.
uint32_t monitoring_crc32c_portable(uint32_t crc, const void *bytes, size_t count);

// The same of eight bytes in a register, least significant first.
uint32_t monitoring_crc32c_u64(uint32_t crc, uint64_t value);

// Zeroed memory, private to the process and not inherited by its children; NULL when there is none. Pages that were
// never touched take no room.
void *monitoring_map_anonymous(size_t bytes);

void monitoring_unmap(void *base, size_t bytes);

// Which stripe this thread tries first: a small number that differs between threads until it is set.
extern _Thread_local uint32_t monitoring_spool_stripe;
uint32_t monitoring_spool_stripe_assign(void);

static inline uint32_t monitoring_spool_stripe_get(void) {
    const uint32_t stripe = monitoring_spool_stripe;
    return __builtin_expect(stripe != 0, 1) ? stripe : monitoring_spool_stripe_assign();
}

// Remembers the stripe that was free when the first choice was not. Never 0.
static inline void monitoring_spool_stripe_set(uint32_t stripe) { monitoring_spool_stripe = stripe; }

// Tells the processor that this thread waits for another one.
static inline void monitoring_spin_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// Lets another thread run.
static inline void monitoring_yield(void) { sched_yield(); }

#endif
