/* Stands between a process and its disk: notes every write and sync in one folder, and can make one
   of them fail, make the process die in the middle of one, or let the disk be full.

   Loaded with LD_PRELOAD; `shim.py` builds it and turns its knobs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static char folder[PATH_MAX];
static size_t folder_size;
static int log_file = -1;
static long countdown = 0, counted = 0, hits = 0;
static int how = 0; /* an errno, or minus a signal */
static long room = -1;
static char victim[64];
static int64_t *struck; /* in memory that outlives the process: when it failed */
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

/* --- the knobs ---------------------------------------------------------------------------------- */

void torture_watch(const char *path, int into) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_size = strlen(folder);
    log_file = into;
    counted = hits = 0;
}
void torture_fail(long at, int with) { countdown = at; how = with; hits = counted = 0; }
void torture_room(long bytes) { room = bytes; }
void torture_note_time_in(int64_t *at) { struck = at; }
long torture_counted(void) { return counted; }
long torture_hits(void) { return hits; }
const char *torture_victim(void) { return victim; }

/* --- what is watched ---------------------------------------------------------------------------- */

static const char *inside(const char *path) {
    if (!folder_size || strncmp(path, folder, folder_size)) return NULL;
    if (!path[folder_size]) return ".";
    if (path[folder_size] != '/' || strchr(path + folder_size + 1, '/')) return NULL;
    return path + folder_size + 1;
}
static const char *name_of(int fd, char *path) {
    char link[64];
    if (!folder_size || fd == log_file) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    if (size <= 0) return NULL;
    path[size] = 0;
    return inside(path);
}
static int is(const char *name, const char *ending) {
    size_t size = strlen(name), end = strlen(ending);
    return size >= end && !strcmp(name + size - end, ending);
}
static void note(char op, const char *name, uint64_t at, uint64_t size, const void *data, const char *to) {
    struct { uint8_t op, name, to, spare; uint32_t data; uint64_t at, size; } head;
    if (log_file < 0 || is(name, "-shm")) return;
    head.op = (uint8_t)op; head.name = (uint8_t)strlen(name); head.to = to ? (uint8_t)strlen(to) : 0;
    head.spare = 0; head.at = at; head.size = size; head.data = data ? (uint32_t)size : 0;
    syscall(SYS_write, log_file, &head, sizeof head);
    syscall(SYS_write, log_file, name, head.name);
    if (to) syscall(SYS_write, log_file, to, head.to);
    if (data) syscall(SYS_write, log_file, data, size);
}
/* Whether this one is to fail; counts it. */
static int fails(const char *name, const char *op) {
    counted++;
    if (!countdown || counted != countdown) return 0;
    hits++;
    if (struck) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        *struck = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    }
    snprintf(victim, sizeof victim, "%s of %.40s", op, name);
    return 1;
}

/* --- what is stood between ---------------------------------------------------------------------- */

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t put(int fd, const void *data, size_t size, off64_t at, int moves) {
    char path[PATH_MAX];
    const char *name = fd > 2 ? name_of(fd, path) : NULL;
    if (!name)
        return moves ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, at);
    pthread_mutex_lock(&guard);
    ssize_t done = -1;
    struct stat64 now;
    if (fails(name, "write")) {
        if (how < 0) { /* die with half of it written */
            moves ? syscall(SYS_write, fd, data, size / 2) : syscall(SYS_pwrite64, fd, data, size / 2, at);
            raise(-how);
        }
        errno = how;
    } else {
        fstat64(fd, &now);
        if (moves) at = lseek64(fd, 0, SEEK_CUR);
        long grows = (long)(at + (off64_t)size - now.st_size);
        if (room >= 0 && grows > room) {
            grows = grows - (long)size > 0 ? LONG_MAX : grows; /* no part of it fits */
            size = grows == LONG_MAX || (long)size <= grows - room ? 0 : size - (size_t)(grows - room);
            grows = room;
        }
        if (size)
            done = moves ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, at);
        else errno = ENOSPC;
        if (done > 0) {
            if (room >= 0 && grows > 0) room -= grows;
            if (is(name, "ballast")) note('T', name, (uint64_t)(at + done), 0, NULL, NULL);
            else note('W', name, (uint64_t)at, (uint64_t)done, data, NULL);
        }
    }
    int kept = errno;
    pthread_mutex_unlock(&guard);
    errno = kept;
    return done;
}
ssize_t write(int fd, const void *data, size_t size) { return put(fd, data, size, 0, 1); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at, 0); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return put(fd, data, size, at, 0); }

static int sync_it(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    const char *name = name_of(fd, path);
    if (!name) return real(fd);
    if (fails(name, "sync")) {
        if (how < 0) raise(-how);
        errno = how;
        return -1;
    }
    note('S', name, 0, 0, NULL, NULL);
    return real(fd);
}
int fsync(int fd) { REAL(int, fsync, int); return sync_it(fd, real); }
int fdatasync(int fd) { REAL(int, fdatasync, int); return sync_it(fd, real); }

static int cut(int fd, off64_t size) {
    char path[PATH_MAX];
    struct stat64 now;
    const char *name = name_of(fd, path);
    if (name && !fstat64(fd, &now)) {
        if (room >= 0 && size < now.st_size) room += (long)(now.st_size - size);
        note('T', name, (uint64_t)size, 0, NULL, NULL);
    }
    return (int)syscall(SYS_ftruncate, fd, size);
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

int unlink(const char *path) {
    struct stat64 now;
    char whole[PATH_MAX];
    const char *name = realpath(path, whole) ? inside(whole) : NULL;
    if (name && !stat64(path, &now)) {
        if (room >= 0) room += (long)now.st_size;
        note('U', name, 0, 0, NULL, NULL);
    }
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}
int rename(const char *from, const char *to) {
    char whole[PATH_MAX];
    const char *name = realpath(from, whole) ? inside(whole) : NULL, *slash = strrchr(to, '/');
    if (name && slash) note('R', name, 0, 0, NULL, slash + 1);
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
/* Room is taken in one go: as a write of zeros would, all of it or none. */
static int reserve(int fd, off64_t at, off64_t size) {
    char path[PATH_MAX];
    struct stat64 now;
    const char *name = name_of(fd, path);
    if (!name || fstat64(fd, &now))
        return syscall(SYS_fallocate, fd, 0, at, size) ? errno : 0;
    if (fails(name, "write")) {
        if (how < 0) raise(-how);
        return how;
    }
    long grows = (long)(at + size - now.st_size);
    if (room >= 0 && grows > room) return ENOSPC;
    if (room >= 0 && grows > 0) room -= grows;
    if (grows > 0) note('T', name, (uint64_t)(at + size), 0, NULL, NULL);
    return syscall(SYS_fallocate, fd, 0, at, size) ? errno : 0;
}
int posix_fallocate(int fd, off_t at, off_t size) { return reserve(fd, at, size); }
int posix_fallocate64(int fd, off64_t at, off64_t size) { return reserve(fd, at, size); }

static int opened(int fd, int fresh, int flags) {
    char path[PATH_MAX];
    const char *name = fd >= 0 ? name_of(fd, path) : NULL;
    if (name && fresh) note('C', name, 0, 0, NULL, NULL);
    else if (name && flags & O_TRUNC) note('T', name, 0, 0, NULL, NULL);
    return fd;
}
static int open_it(int at, const char *path, int flags, mode_t mode) {
    int fresh = flags & O_CREAT && faccessat(at, path, F_OK, 0);
    return opened((int)syscall(SYS_openat, at, path, flags | O_LARGEFILE, mode), fresh, flags);
}
int open(const char *path, int flags, ...) {
    __builtin_va_list more; __builtin_va_start(more, flags);
    mode_t mode = __builtin_va_arg(more, mode_t); __builtin_va_end(more);
    return open_it(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    __builtin_va_list more; __builtin_va_start(more, flags);
    mode_t mode = __builtin_va_arg(more, mode_t); __builtin_va_end(more);
    return open_it(AT_FDCWD, path, flags, mode);
}
