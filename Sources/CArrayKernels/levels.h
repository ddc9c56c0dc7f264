// What each instruction set's file gives, and what all of them include.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CArrayKernels.h"

void hk_fill_table_baseline(hk_table *table);
#if defined(__x86_64__)
void hk_fill_table_avx2(hk_table *table);
void hk_fill_table_avx512(hk_table *table);
#endif
