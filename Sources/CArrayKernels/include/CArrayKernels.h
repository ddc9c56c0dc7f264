// Kernels over contiguous arrays, compiled for each instruction set, and the table that holds them.
//
// T is float or double as the table chosen. Sums accumulate in double, in a fixed order that depends on
// the length alone.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "Ambient.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  HK_ADD = 0, HK_SUBTRACT, HK_MULTIPLY, HK_DIVIDE, HK_MINIMUM, HK_MAXIMUM, HK_POWER,
  // A gradient times the slope of a function, at the function's result (y) or argument (x).
  HK_SIGMOID_SLOPE_Y, HK_TANH_SLOPE_Y, HK_RELU_SLOPE_Y, HK_SOFTPLUS_SLOPE_X, HK_GELU_SLOPE_X,
  HK_BINARY_COUNT,
};

enum {
  HK_NEGATE = 0, HK_ABSOLUTE, HK_EXP, HK_LOG, HK_SQRT, HK_SIN, HK_COS, HK_TANH, HK_SIGMOID,
  HK_RELU, HK_SOFTPLUS, HK_ERF, HK_SIGN, HK_RECIPROCAL, HK_SQUARE, HK_GELU,
  HK_UNARY_COUNT,
};

enum { HK_EQUAL = 0, HK_LESS, HK_LESS_OR_EQUAL, HK_COMPARISON_COUNT };

// The state of a fused optimizer step; unused fields are zero. Formulas: see optimizers.inc.
typedef struct {
  double rate, decay, momentum, dampening, beta1, beta2, epsilon;
  double correction1, correction2;  // 1 - beta^t
  int32_t nesterov, first, decoupled;
} hk_step;

typedef struct {
  // out[i] = a[i * stepA] op b[i * stepB]; steps are 0 (one number for all) or 1. out may be a or b.
  void (*binary)(int32_t op, const void *a, int32_t stepA, const void *b, int32_t stepB, void *out,
                 int64_t count);
  // out[i] = a[i * stepA] ? b[i * stepB], one byte 0 or 1 each.
  void (*compare)(int32_t op, const void *a, int32_t stepA, const void *b, int32_t stepB,
                  uint8_t *out, int64_t count);
  void (*unary)(int32_t op, const void *a, void *out, int64_t count);
  // out[r] = sum over c of a[r][c].
  void (*sumRows)(const void *a, int64_t rows, int64_t columns, void *out);
  // out[c] = sum over r of a[r][c].
  void (*sumColumns)(const void *a, int64_t rows, int64_t columns, void *out);
  // Largest entry of each row and its first place; a NaN wins.
  void (*maximumRows)(const void *a, int64_t rows, int64_t columns, void *out, int64_t *places);
  // Softmax of each row, or its logarithm.
  void (*softmaxRows)(const void *a, int64_t rows, int64_t columns, void *out, int32_t logarithm);
  // Steps of optimizers over one parameter.
  void (*sgd)(const hk_step *, void *parameter, const void *gradient, void *velocity, int64_t count);
  void (*adam)(const hk_step *, void *parameter, const void *gradient, void *m, void *v, void *maximum,
               int64_t count);
} hk_kernels;

typedef struct {
  const char *name;
  hk_kernels precision[2];  // 0: float, 1: double
} hk_table;

// The tables this machine can run, slowest first.
int32_t hk_table_count(void);
const hk_table *hk_table_at(int32_t index);

// Copies a strided array of up to 8 axes to a contiguous one; strides in elements of `size` bytes.
void hk_copy_strided(const void *source, const int64_t *shape, const int64_t *strides, int32_t rank,
                     int64_t size, void *out);
// The other way: a contiguous array to a strided place.
void hk_place_strided(const void *source, const int64_t *shape, const int64_t *strides, int32_t rank,
                      int64_t size, void *out);

#ifdef __cplusplus
}
#endif
