// The kernels for AVX-512 (F, DQ, VL) with FMA.
#include "levels.h"
#if defined(__x86_64__)
#pragma clang diagnostic ignored "-Wpsabi"
#define HQ_LEVEL avx512
#define HQ_REGISTER 64
#define HQ_PERMUTES 1
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "kernels.inc"
#pragma clang attribute pop
#endif
