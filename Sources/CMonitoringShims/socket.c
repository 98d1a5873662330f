// What a server needs of sockets that differs between systems.
#define _GNU_SOURCE
#include "CMonitoringShims.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif

#if !defined(__linux__)
static void prepare(int descriptor) {
    if (descriptor < 0) return;
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
#if defined(SO_NOSIGPIPE)
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
#endif
}
#endif

int monitoring_socket(int family) {
#if defined(__linux__)
    const int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
#else
    const int descriptor = socket(family, SOCK_STREAM, 0);
    prepare(descriptor);
#endif
    const int on = 1;
    if (descriptor >= 0) setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    return descriptor;
}

int monitoring_accept(int listener, void *peer, size_t capacity) {
    socklen_t length = (socklen_t)capacity;
#if defined(__linux__)
    const int descriptor = accept4(listener, (struct sockaddr *)peer, &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
#else
    const int descriptor = accept(listener, (struct sockaddr *)peer, &length);
    prepare(descriptor);
#endif
    const int on = 1;
    if (descriptor >= 0) setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return descriptor;
}

intptr_t monitoring_send(int socket, const void *bytes, size_t count) {
#if defined(MSG_NOSIGNAL)
    return send(socket, bytes, count, MSG_NOSIGNAL);
#else
    return send(socket, bytes, count, 0);
#endif
}

int monitoring_bell(int ends[2]) {
#if defined(__linux__)
    ends[0] = ends[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return ends[0] < 0 ? -1 : 0;
#else
    if (pipe(ends) != 0) return -1;
    prepare(ends[0]);
    prepare(ends[1]);
    return 0;
#endif
}

void monitoring_bell_ring(int end) {
    const uint64_t one = 1;
    ssize_t written;
    do {
        written = write(end, &one, sizeof(one));
    } while (written < 0 && errno == EINTR);
}

void monitoring_bell_quiet(int end) {
    uint64_t count[32];
#if defined(__linux__)
    while (read(end, count, sizeof(count[0])) < 0 && errno == EINTR) {
    }
#else
    ssize_t got;
    do {
        got = read(end, count, sizeof(count));
    } while (got == (ssize_t)sizeof(count) || (got < 0 && errno == EINTR));
#endif
}

#if defined(__linux__)
int monitoring_has_epoll(void) { return 1; }

int monitoring_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

int monitoring_epoll_set(int epoll, int socket, uint64_t token, uint32_t interest, int before) {
    struct epoll_event event = {.events = 0, .data = {.u64 = token}};
    if (interest & MONITORING_READABLE) event.events |= EPOLLIN;
    if (interest & MONITORING_WRITABLE) event.events |= EPOLLOUT;
    if (interest & MONITORING_PEER_CLOSED) event.events |= EPOLLRDHUP;
    return epoll_ctl(epoll, before ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
}

int monitoring_epoll_remove(int epoll, int socket) {
    struct epoll_event event = {0};
    return epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event);
}

int monitoring_epoll_wait(int epoll, struct monitoring_event *events, int capacity, int milliseconds) {
    struct epoll_event ready[256];
    if (capacity > 256) capacity = 256;
    const int count = epoll_wait(epoll, ready, capacity, milliseconds);
    for (int i = 0; i < count; i++) {
        uint32_t readiness = 0;
        if (ready[i].events & EPOLLIN) readiness |= MONITORING_READABLE;
        if (ready[i].events & EPOLLOUT) readiness |= MONITORING_WRITABLE;
        if (ready[i].events & EPOLLRDHUP) readiness |= MONITORING_PEER_CLOSED;
        if (ready[i].events & (EPOLLERR | EPOLLHUP)) readiness |= MONITORING_BROKEN;
        events[i].token = ready[i].data.u64;
        events[i].readiness = readiness;
    }
    return count;
}
#else
static int unsupported(void) {
    errno = ENOSYS;
    return -1;
}
int monitoring_has_epoll(void) { return 0; }
int monitoring_epoll(void) { return unsupported(); }
int monitoring_epoll_set(int epoll, int socket, uint64_t token, uint32_t interest, int before) { return unsupported(); }
int monitoring_epoll_remove(int epoll, int socket) { return unsupported(); }
int monitoring_epoll_wait(int epoll, struct monitoring_event *events, int capacity, int milliseconds) {
    return unsupported();
}
#endif

short monitoring_poll_events(uint32_t interest) {
    short events = 0;
    if (interest & MONITORING_READABLE) events |= POLLIN;
    if (interest & MONITORING_WRITABLE) events |= POLLOUT;
#if defined(POLLRDHUP)
    if (interest & MONITORING_PEER_CLOSED) events |= POLLRDHUP;
#endif
    return events;
}

uint32_t monitoring_poll_readiness(short events, uint32_t interest) {
    uint32_t readiness = 0;
    if (events & POLLIN) readiness |= MONITORING_READABLE;
    if (events & POLLOUT) readiness |= MONITORING_WRITABLE;
    if (events & (POLLERR | POLLNVAL)) readiness |= MONITORING_BROKEN;
#if defined(POLLRDHUP)
    if (events & POLLRDHUP) readiness |= MONITORING_PEER_CLOSED;
    if (events & POLLHUP) readiness |= MONITORING_BROKEN;
#else
    // Here a peer that only stopped sending hangs up too: a reader finds the end by reading.
    if (events & POLLHUP) readiness |= interest & MONITORING_READABLE ? MONITORING_READABLE : MONITORING_BROKEN;
#endif
    return readiness;
}

void monitoring_thread_prepare(const char *name) {
    sigset_t signals;
    sigfillset(&signals);
    // These are a thread's own faults: blocked, they would end the process past every handler.
    const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS};
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) sigdelset(&signals, own[i]);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
#if defined(__APPLE__)
    pthread_setname_np(name);
#else
    pthread_setname_np(pthread_self(), name);
#endif
}
