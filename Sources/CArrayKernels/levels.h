// What each instruction set's file gives, and what all of them include.
#pragma once
#include <complex.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CArrayKernels.h"
#include "loops.h"

typedef void (*hk_unary_kernel)(const void *x, void *y, int64_t n);
typedef void (*hk_binary_kernel)(const void *a, const void *b, void *y, int64_t n);
typedef void (*hk_reduction_kernel)(const void *x, void *y, int64_t outer, int64_t reduced,
                                    int64_t inner);
typedef void (*hk_row_kernel)(const void *x, void *y, int64_t rows, int64_t columns);
typedef void (*hk_row_gradient_kernel)(const void *u, const void *y, void *dx, int64_t rows,
                                       int64_t columns);

struct hk_table {
  const char *name;
  hk_unary_kernel unary[HK_UNARY_COUNT][HK_TYPE_COUNT];
  hk_binary_kernel binary[HK_BINARY_COUNT][HK_TYPE_COUNT][HK_FORM_COUNT];
  hk_binary_kernel comparison[HK_COMPARISON_COUNT][HK_TYPE_COUNT][HK_FORM_COUNT];
  hk_reduction_kernel reduction[HK_REDUCTION_COUNT][HK_TYPE_COUNT];
  hk_row_kernel row[HK_ROW_COUNT][2];
  hk_row_gradient_kernel row_gradient[HK_ROW_COUNT][2];
  double (*sum[2])(const void *x, int64_t n);
  int32_t (*all_finite[2])(const void *x, int64_t n);
  void (*sgd[2])(const hk_sgd *options, void *parameter, const void *gradient, void *buffer,
                 int64_t n);
  void (*adam[2])(const hk_adam *options, void *parameter, const void *gradient, void *first,
                  void *second, void *largest, int64_t n);
};

void hk_fill_table_baseline(hk_table *table);
#if defined(__x86_64__)
void hk_fill_table_avx2(hk_table *table);
void hk_fill_table_avx512(hk_table *table);
#endif
