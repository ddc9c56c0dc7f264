// The kernels for AVX-512 (F, DQ, VL) with FMA.
#include "levels.h"
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define HK_FILL hk_fill_table_avx512
#include "kernels.inc"
#pragma clang attribute pop
#endif
