// The kernels for AVX2 with FMA.
#include "levels.h"
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define HK_FILL hk_fill_table_avx2
#include "kernels.inc"
#pragma clang attribute pop
#endif
