#ifndef CMONITORING_SHIMS_H
#define CMONITORING_SHIMS_H

#include "monitoring_clock.h"
#include "monitoring_ends.h"
#include "monitoring_environment.h"
#include "monitoring_files.h"
#include "monitoring_socket.h"
#include "monitoring_spool.h"
#include "monitoring_stderr.h"
#include "monitoring_thread.h"

#endif
