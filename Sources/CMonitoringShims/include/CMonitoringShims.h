#ifndef CMONITORING_SHIMS_H
#define CMONITORING_SHIMS_H

#include "monitoring_spool.h"
#include "monitoring_thread.h"

#endif
