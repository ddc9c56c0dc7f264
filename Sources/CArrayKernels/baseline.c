// The kernels for the instructions every machine of its kind has: SSE2 or NEON.
#include "levels.h"
#if 1
#define HK_LEVEL baseline

#include "kernels.inc"

#endif
