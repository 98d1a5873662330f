// Locks, reservations and maps of the spool's files.
#include "monitoring_files.h"

#include "monitoring_spool.h"
#include "monitoring_thread.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/vfs.h>
#elif defined(__APPLE__)
#include <mach/vm_inherit.h>
#include <sys/mount.h>
#include <sys/param.h>
#endif

// MARK: Locks

static int flock_retrying(int file, int operation) {
    int result;
    do {
        result = flock(file, operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int monitoring_lock_try(int file) { return flock_retrying(file, LOCK_EX | LOCK_NB); }
int monitoring_lock(int file) { return flock_retrying(file, LOCK_EX); }

// Descriptors plus one, so that 0 is a free place.
enum { most_kept = 512 };
static _Atomic int kept[most_kept];

// Held while a descriptor is open and not yet kept, and by whoever forks.
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static int keep(int file) {
    for (int place = 0; place < most_kept; place++) {
        int nobody = 0;
        if (atomic_compare_exchange_strong(&kept[place], &nobody, file + 1)) return file;
    }
    close(file);
    errno = EMFILE;
    return -1;
}

int monitoring_open_kept(int folder, const char *name, int flags, int mode) {
    monitoring_process_prepare();
    pthread_mutex_lock(&opening);
    int file = openat(folder, name, flags | O_CLOEXEC, mode);
    if (file >= 0) file = keep(file);
    const int error = errno;
    pthread_mutex_unlock(&opening);
    errno = error;
    return file;
}

void monitoring_descriptors_before_fork(void) { pthread_mutex_lock(&opening); }
void monitoring_descriptors_in_parent(void) { pthread_mutex_unlock(&opening); }

void monitoring_descriptor_close(int file) {
    for (int place = 0; place < most_kept; place++) {
        int own = file + 1;
        if (atomic_compare_exchange_strong(&kept[place], &own, 0)) break;
    }
    close(file);
}

void monitoring_descriptors_in_child(void) {
    pthread_mutex_init(&opening, NULL);
    for (int place = 0; place < most_kept; place++) {
        const int own = atomic_exchange(&kept[place], 0);
        if (own != 0) close(own - 1);
    }
}

// MARK: Blocks

// Writes zeros behind the end of the file, for file systems that cannot reserve.
static int extend_with_zeros(int file, off_t bytes) {
    static const char zeros[65536];
    struct stat status;
    if (fstat(file, &status) != 0) return errno;
    off_t position = status.st_size;
    while (position < bytes) {
        const off_t left = bytes - position;
        const ssize_t written = pwrite(file, zeros, left < (off_t)sizeof(zeros) ? (size_t)left : sizeof(zeros), position);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        if (written == 0) return ENOSPC;
        position += written;
    }
    return 0;
}

int monitoring_reserve(int file, off_t bytes) {
#if defined(__linux__)
    int error;
    do {
        error = posix_fallocate(file, 0, bytes);
    } while (error == EINTR);
    return error == EOPNOTSUPP || error == EINVAL ? extend_with_zeros(file, bytes) : error;
#else
    return extend_with_zeros(file, bytes);
#endif
}

// MARK: Maps

void *monitoring_map_file(int file, size_t bytes) {
    void *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (base == MAP_FAILED) return NULL;
#if defined(__linux__)
    const int hidden = madvise(base, bytes, MADV_DONTFORK);
#elif defined(__APPLE__)
    const int hidden = minherit(base, bytes, VM_INHERIT_NONE);
#else
    const int hidden = 0;
#endif
    if (hidden != 0) {
        const int error = errno;
        munmap(base, bytes);
        errno = error;
        return NULL;
    }
    return base;
}

int monitoring_populate(void *base, size_t bytes) {
#if defined(__linux__)
    const int populate_write = 23;  // MADV_POPULATE_WRITE, since 5.14
    if (madvise(base, bytes, populate_write) == 0) return 0;
    if (errno != EINVAL) return errno;
#endif
    // Every page of a reserved file can be written to; what it holds stays.
    for (size_t offset = 0; offset < bytes; offset += 4096) {
        volatile char *byte = (volatile char *)base + offset;
        *byte = *byte;
    }
    return 0;
}

int monitoring_read_ahead(int file, void *base, size_t bytes) {
#if defined(__linux__)
    const int populate_read = 22;  // MADV_POPULATE_READ, since 5.14
    if (madvise(base, bytes, populate_read) == 0) return 0;
    if (errno != EINVAL) return errno == EFAULT ? EIO : errno;
#endif
    char buffer[16384];
    for (size_t offset = 0; offset < bytes;) {
        const ssize_t count = pread(file, buffer, sizeof(buffer), (off_t)offset);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return count < 0 ? errno : EIO;
        offset += (size_t)count;
    }
    return 0;
}

int monitoring_sync(void *base, size_t bytes) { return msync(base, bytes, MS_SYNC) == 0 ? 0 : errno; }

// MARK: Kinds of file system

enum monitoring_file_system monitoring_file_system_of(int file) {
    struct statfs status;
    if (fstatfs(file, &status) != 0) return monitoring_file_system_remote;
#if defined(__linux__)
    switch ((unsigned long)status.f_type & 0xffffffff) {
    case 0x01021994:  // tmpfs
    case 0x858458f6:  // ramfs
        return monitoring_file_system_memory;
    case 0x00006969:  // NFS
    case 0x0000517b:  // SMB
    case 0xfe534d42:  // SMB2
    case 0xff534d42:  // CIFS
    case 0x5346414f:  // AFS
    case 0x6b414653:  // AFS, the kernel's
    case 0x00c36400:  // Ceph
    case 0x65735546:  // FUSE
    case 0x01021997:  // 9P
    case 0x0bd00bd0:  // Lustre
    case 0x73757245:  // Coda
    case 0x0000564c:  // NCP
    case 0x01161970:  // GFS2
    case 0x7461636f:  // OCFS2
    case 0x47504653:  // GPFS
    case 0x19830326:  // BeeGFS
        return monitoring_file_system_remote;
    default:
        return monitoring_file_system_disk;
    }
#elif defined(__APPLE__)
    return status.f_flags & MNT_LOCAL ? monitoring_file_system_disk : monitoring_file_system_remote;
#else
    return monitoring_file_system_disk;
#endif
}
