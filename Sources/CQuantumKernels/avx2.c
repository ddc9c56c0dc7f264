// The kernels for AVX2 with FMA.
#include "levels.h"
#if defined(__x86_64__)
#pragma clang diagnostic ignored "-Wpsabi"
#define HQ_LEVEL avx2
#define HQ_REGISTER 32
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels.inc"
#pragma clang attribute pop
#endif
