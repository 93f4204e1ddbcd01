/* A computer's clock that somebody has set wrong, for the processes that preload this.
 *
 * $CLOCK_SET_BY names a file that holds eight bytes: the seconds by which the
 * clock differs. It may change at any time. What cannot be set on a real
 * computer (CLOCK_MONOTONIC, CLOCK_BOOTTIME) cannot be set here either.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef int (*gettime)(clockid_t, struct timespec *);

static const volatile int64_t nothing;
static const volatile int64_t *set_by = &nothing;

__attribute__((constructor)) static void open_setting(void)
{
    const char *path = getenv("CLOCK_SET_BY");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *mapped = mmap(NULL, sizeof *set_by, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED)
        set_by = mapped;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static gettime real;
    if (!real)
        real = (gettime)dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += *set_by;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec fine;
    (void)zone;
    int failed = clock_gettime(CLOCK_REALTIME, &fine);
    if (!failed) {
        now->tv_sec = fine.tv_sec;
        now->tv_usec = fine.tv_nsec / 1000;
    }
    return failed;
}

time_t time(time_t *also)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now))
        return -1;
    if (also)
        *also = now.tv_sec;
    return now.tv_sec;
}
