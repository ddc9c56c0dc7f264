// The kernels for what every machine of the architecture has: SSE2 or NEON.
#include "levels.h"
#define HK_FILL hk_fill_table_baseline
#include "kernels.inc"
