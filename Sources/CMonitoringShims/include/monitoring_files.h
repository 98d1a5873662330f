// What the spool's files need of the machine: locks, reserved blocks, shared maps, and what kind of disk they lie on.
#ifndef CMONITORING_FILES_H
#define CMONITORING_FILES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Takes the file's lock without waiting: 0, or the error, which is EWOULDBLOCK when somebody has it.
int monitoring_lock_try(int file);

// Waits for the file's lock: 0 or the error.
int monitoring_lock(int file);

// Opens like `openat`, and has the descriptor closed in every child of a fork, so that a child does not share a lock with
// its parent. A fork waits until the descriptor is known. -1 with `errno`, which is EMFILE when too many are open.
int monitoring_open_kept(int folder, const char *name, int flags, int mode);

// Closes a descriptor of monitoring_open_kept.
void monitoring_descriptor_close(int file);

// Gives the file's first `bytes` bytes real blocks and makes it at least as long, leaving what it holds: 0 or the error.
int monitoring_reserve(int file, off_t bytes);

// A shared map of the file that is not inherited by children; NULL with `errno` when there is none.
void *monitoring_map_file(int file, size_t bytes);

// Has every page of a shared map ready to be written to: 0 or the error.
int monitoring_populate(void *base, size_t bytes);

// Has every page of a map of the file read, and finds out whether all of it can be: 0 or the error. What the disk cannot
// read would be a signal for whoever touches the page.
int monitoring_read_ahead(int file, void *base, size_t bytes);

// Writes the range back to the disk and waits for it: 0 or the error.
int monitoring_sync(void *base, size_t bytes);

// What a file lies on.
enum monitoring_file_system {
    monitoring_file_system_disk = 0,
    monitoring_file_system_memory = 1,
    // Of a network, or served by another process: locks and shared maps may mean something else there.
    monitoring_file_system_remote = 2,
};

enum monitoring_file_system monitoring_file_system_of(int file);

#endif
