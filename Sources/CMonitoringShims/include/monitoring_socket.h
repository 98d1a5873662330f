// What a server needs of sockets that differs between systems: accepting, waiting, and being woken.
//
// Every descriptor made here is closed in a program that the process starts, and does not block. The system's socket
// headers are left to the C library's module: of a declaration in two modules Swift sees one.
#ifndef CMONITORING_SOCKET_H
#define CMONITORING_SOCKET_H

#include <stddef.h>
#include <stdint.h>

// What a descriptor is ready for.
enum {
    MONITORING_READABLE = 1,
    MONITORING_WRITABLE = 2,
    // The peer sends nothing any more.
    MONITORING_PEER_CLOSED = 4,
    // The connection is gone. Told without being asked for.
    MONITORING_BROKEN = 8,
};

struct monitoring_event {
    uint64_t token;
    uint32_t readiness;
};

// A stream socket that can be bound to a port on which connections linger. -1 with errno set.
int monitoring_socket(int family);

// The next connection, and its peer's `struct sockaddr_storage`; -1 with errno set.
int monitoring_accept(int listener, void *peer, size_t capacity);

// Writes what goes, and raises no SIGPIPE.
intptr_t monitoring_send(int socket, const void *bytes, size_t count);

// A descriptor to wait for (first) and one to ring by (second), which may be the same. -1 with errno set.
int monitoring_bell(int ends[2]);
void monitoring_bell_ring(int end);
void monitoring_bell_quiet(int end);

// Whether this system has epoll; where not, the three calls below fail.
int monitoring_has_epoll(void);
int monitoring_epoll(void);
// Sets what to wait for; `before` says whether the descriptor is waited for already.
int monitoring_epoll_set(int epoll, int socket, uint64_t token, uint32_t interest, int before);
int monitoring_epoll_remove(int epoll, int socket);
int monitoring_epoll_wait(int epoll, struct monitoring_event *events, int capacity, int milliseconds);

// The events of `poll` for an interest, and what its answer means.
short monitoring_poll_events(uint32_t interest);
uint32_t monitoring_poll_readiness(short events, uint32_t interest);

// Names the calling thread, and keeps signals from being handled on it that any thread could take.
void monitoring_thread_prepare(const char *name);

#endif
