// The spool's checksum, its maps, and the numbering of threads.
#include "monitoring_spool.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

#if defined(__APPLE__)
#include <mach/vm_inherit.h>
#endif

// MARK: CRC-32C

enum { polynomial = 0x82f63b78 };  // reflected

static uint32_t table[256];
static uint32_t (*raw_crc)(uint32_t crc, const uint8_t *bytes, size_t count);

static uint32_t raw_portable(uint32_t crc, const uint8_t *bytes, size_t count) {
    while (count-- > 0) crc = (crc >> 8) ^ table[(crc ^ *bytes++) & 0xff];
    return crc;
}

static inline uint64_t load_u64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    return word;
}

#if defined(__x86_64__)
// The instruction has a latency of three cycles and a throughput of one: three runs of equal length are computed side by
// side and joined by a carry-less multiplication with x^(64 n - 33), which `shift_by_words[n]` holds; the instruction
// itself contributes the missing 33.
enum { longest_run = 128, shortest_run = 8 };
static uint32_t shift_by_words[2 * longest_run + 1];

__attribute__((target("sse4.2,pclmul"))) static void prepare_shifts(void) {
    shift_by_words[1] = 1;
    for (int n = 1; n < 2 * longest_run; n++) shift_by_words[n + 1] = (uint32_t)_mm_crc32_u64(shift_by_words[n], 0);
}

__attribute__((target("sse4.2,pclmul"))) static inline uint64_t shifted(uint32_t crc, size_t words) {
    const __m128i product = _mm_clmulepi64_si128(
        _mm_cvtsi32_si128((int)crc), _mm_cvtsi32_si128((int)shift_by_words[words]), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

__attribute__((target("sse4.2,pclmul"))) static uint32_t raw_hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    while (count >= 3 * 8 * shortest_run) {
        size_t run = count / 24;
        if (run > longest_run) run = longest_run;
        uint64_t a = crc, b = 0, c = 0;
        const uint8_t *second = bytes + 8 * run, *third = second + 8 * run;
        for (size_t i = 0; i < 8 * run; i += 8) {
            a = _mm_crc32_u64(a, load_u64(bytes + i));
            b = _mm_crc32_u64(b, load_u64(second + i));
            c = _mm_crc32_u64(c, load_u64(third + i));
        }
        crc = (uint32_t)(_mm_crc32_u64(0, shifted((uint32_t)a, 2 * run) ^ shifted((uint32_t)b, run)) ^ c);
        bytes = third + 8 * run;
        count -= 24 * run;
    }
    uint64_t wide = crc;
    for (; count >= 8; bytes += 8, count -= 8) wide = _mm_crc32_u64(wide, load_u64(bytes));
    crc = (uint32_t)wide;
    while (count-- > 0) crc = _mm_crc32_u8(crc, *bytes++);
    return crc;
}

static int has_instruction(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_2) || !(c & bit_PCLMUL)) return 0;
    prepare_shifts();
    return 1;
}
#elif defined(__aarch64__)
__attribute__((target("crc"))) static uint32_t raw_hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) crc = __builtin_arm_crc32cd(crc, load_u64(bytes));
    while (count-- > 0) crc = __builtin_arm_crc32cb(crc, *bytes++);
    return crc;
}

static int has_instruction(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) & (1 << 7)) != 0;  // HWCAP_CRC32
#else
    return 1;
#endif
}
#else
static uint32_t raw_hardware(uint32_t crc, const uint8_t *bytes, size_t count) { return raw_portable(crc, bytes, count); }
static int has_instruction(void) { return 0; }
#endif

__attribute__((constructor)) static void choose_crc(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) ? polynomial : 0);
        table[byte] = crc;
    }
    raw_crc = has_instruction() ? raw_hardware : raw_portable;
}

uint32_t monitoring_crc32c(uint32_t crc, const void *bytes, size_t count) { return ~raw_crc(~crc, bytes, count); }

uint32_t monitoring_crc32c_portable(uint32_t crc, const void *bytes, size_t count) {
    return ~raw_portable(~crc, bytes, count);
}

uint32_t monitoring_crc32c_u64(uint32_t crc, uint64_t value) { return monitoring_crc32c(crc, &value, sizeof(value)); }

// MARK: Maps

void *monitoring_map_anonymous(size_t bytes) {
    void *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) return NULL;
#if defined(__linux__)
    // Huge pages would make the first record of an idle process cost two megabytes.
    madvise(base, bytes, MADV_NOHUGEPAGE);
    const int hidden = madvise(base, bytes, MADV_DONTFORK);
#elif defined(__APPLE__)
    const int hidden = minherit(base, bytes, VM_INHERIT_NONE);
#else
    const int hidden = 0;
#endif
    if (hidden != 0) {
        munmap(base, bytes);
        return NULL;
    }
    return base;
}

void monitoring_unmap(void *base, size_t bytes) { munmap(base, bytes); }

// MARK: Threads

_Thread_local uint32_t monitoring_spool_stripe = 0;

uint32_t monitoring_spool_stripe_assign(void) {
    static _Atomic uint32_t next = 0;
    const uint32_t number = 1 + (atomic_fetch_add_explicit(&next, 1, memory_order_relaxed) & 0xffff);
    monitoring_spool_stripe = number;
    return number;
}
