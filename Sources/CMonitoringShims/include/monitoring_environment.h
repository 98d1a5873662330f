// The process environment, which each C library declares in another place, or not at all.
#ifndef CMONITORING_ENVIRONMENT_H
#define CMONITORING_ENVIRONMENT_H

#if defined(__APPLE__)
#include <crt_externs.h>
static inline char **monitoring_environment(void) { return *_NSGetEnviron(); }
#else
extern char **environ;
static inline char **monitoring_environment(void) { return environ; }
#endif

#endif
