// The kernels for the instructions every machine of its kind has: SSE2 or NEON.
#include "levels.h"
#if 1
#pragma clang diagnostic ignored "-Wpsabi"
#define HQ_LEVEL baseline
#define HQ_REGISTER 16

#include "kernels.inc"

#endif
