// Writing to a pipe or socket whose reader is gone, without the signal that would end the process.
#ifndef CMONITORING_STDERR_H
#define CMONITORING_STDERR_H

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

// Writes like `write`, and raises no SIGPIPE. How the host handles that signal, and one that already waits for it, stay
// as they are.
static inline ssize_t monitoring_write_quietly(int file, const void *bytes, size_t count) {
#if defined(F_SETNOSIGPIPE) && defined(F_GETNOSIGPIPE)
    // The signal goes to the process here, so that blocking it in this thread would not help.
    const int quiet = fcntl(file, F_GETNOSIGPIPE);
    if (quiet == 0) fcntl(file, F_SETNOSIGPIPE, 1);
    const ssize_t written = write(file, bytes, count);
    const int error = errno;
    if (quiet == 0) fcntl(file, F_SETNOSIGPIPE, 0);
    errno = error;
    return written;
#else
    // The signal goes to the thread that writes: it is blocked there, and taken away if it came.
    sigset_t broken_pipe, before, pending;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    if (pthread_sigmask(SIG_BLOCK, &broken_pipe, &before) != 0) return -1;
    const int was_pending = sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
    const ssize_t written = write(file, bytes, count);
    const int error = errno;
    if (written < 0 && error == EPIPE && !was_pending) {
        const struct timespec at_once = {0, 0};
        while (sigtimedwait(&broken_pipe, NULL, &at_once) == -1 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return written;
#endif
}

#endif
