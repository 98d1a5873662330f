// The marks of how a process ended: stores only, from a signal handler, at exit, and nowhere else.
#include "monitoring_ends.h"

#include "monitoring_thread.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

enum { most_marks = 16 };
static _Atomic(uint8_t *) marks[most_marks];
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

// The first end counts: `exit` may follow a signal that somebody handles later.
static void store(uint8_t end) {
    for (int place = 0; place < most_marks; place++) {
        uint8_t *mark = atomic_load_explicit(&marks[place], memory_order_acquire);
        if (mark != NULL && __atomic_load_n(mark, __ATOMIC_RELAXED) == monitoring_end_none) {
            __atomic_store_n(mark, end, __ATOMIC_RELAXED);
        }
    }
}

static void note_exit(void) { store(monitoring_end_exit); }
static void register_exit(void) { atexit(note_exit); }

static void note_signal(int number) {
    const int error = errno;
    store((uint8_t)number);
    // Blocked while it is handled: it comes again when this returns, and does what it does by default.
    signal(number, SIG_DFL);
    raise(number);
    errno = error;
}

int monitoring_signal_is_unhandled(int number) {
    struct sigaction now;
    if (sigaction(number, NULL, &now) != 0 || (now.sa_flags & SA_SIGINFO) != 0) return 0;
    return now.sa_handler == SIG_DFL || now.sa_handler == note_signal;
}

static void handle(int number) {
    if (!monitoring_signal_is_unhandled(number)) return;
    struct sigaction action = {0};
    action.sa_handler = note_signal;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

int monitoring_ends_note(uint8_t *mark, int signals) {
    monitoring_process_prepare();
    pthread_once(&exit_once, register_exit);
    int kept = 0;
    for (int place = 0; place < most_marks && !kept; place++) {
        uint8_t *nobody = NULL;
        kept = atomic_compare_exchange_strong(&marks[place], &nobody, mark);
    }
    if (!kept) return ENOSPC;
    if (signals) {
        handle(SIGTERM);
        handle(SIGINT);
        handle(SIGHUP);
    }
    return 0;
}

void monitoring_ends_forget(uint8_t *mark) {
    for (int place = 0; place < most_marks; place++) {
        uint8_t *own = mark;
        if (atomic_compare_exchange_strong(&marks[place], &own, NULL)) return;
    }
}

// The child has no such memory.
void monitoring_ends_forget_in_child(void) {
    for (int place = 0; place < most_marks; place++) atomic_store(&marks[place], NULL);
}
