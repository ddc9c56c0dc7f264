// The kernels for AVX2 with FMA.
#include "levels.h"
#if defined(__x86_64__)
#define HK_LEVEL avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels.inc"
#pragma clang attribute pop
#endif
