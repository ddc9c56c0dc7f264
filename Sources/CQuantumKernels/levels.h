// What each instruction set's file gives, and what all of them include.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CQuantumKernels.h"
#include "lattice.h"

void hq_fill_table_baseline(hq_table *table);
#if defined(__x86_64__)
void hq_fill_table_avx2(hq_table *table);
void hq_fill_table_avx512(hq_table *table);
#endif
