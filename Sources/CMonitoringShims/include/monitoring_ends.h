// How a process ends, noted in a byte that its heirs can read.
#ifndef CMONITORING_ENDS_H
#define CMONITORING_ENDS_H

#include <stdint.h>

// What stands in the byte besides the number of a signal.
enum monitoring_end {
    monitoring_end_none = 0,
    // `exit` was called, or `main` returned.
    monitoring_end_exit = 255,
};

// Has the process's end noted in the byte, which must stay until monitoring_ends_forget: 0, or ENOSPC when there are
// too many.
//
// With `signals`, SIGTERM, SIGINT and SIGHUP get a handler where they have none, which stores their number and lets the
// process end as it would have without. A signal that the host handles or ignores is left alone.
int monitoring_ends_note(uint8_t *mark, int signals);

// Whether nobody handles the signal, and it is not ignored; the handler of monitoring_ends_note is nobody.
int monitoring_signal_is_unhandled(int number);

// Touches the byte no more.
void monitoring_ends_forget(uint8_t *mark);

#endif
