// The ABI between arrays, in Swift, and their loops, in C.
//
// Every kernel exists once for each instruction set; a table holds those of one set, and the last
// table is the fastest that this machine can run. Kernels work on contiguous elements unless they
// say otherwise, may run in place unless they say otherwise, allocate nothing, and check nothing:
// the caller has.
#pragma once
#include <stdint.h>

#include "Ambient.h"

#define HK_CLOSED_ENUM __attribute__((enum_extensibility(closed)))

/// The element types.
typedef enum HK_CLOSED_ENUM hk_type : int32_t {
  hk_type_float32,
  hk_type_float64,
  hk_type_int64,
  hk_type_bool,
  hk_type_complex64,
  hk_type_complex128,
} hk_type;
#define HK_TYPE_COUNT 6

/// Functions of one argument, with a result of the argument's type.
typedef enum HK_CLOSED_ENUM hk_unary : int32_t {
  hk_unary_negate,
  hk_unary_absolute,  // real types; see hk_modulus for complex ones
  hk_unary_sign,
  hk_unary_square,
  hk_unary_reciprocal,
  hk_unary_sqrt,
  hk_unary_exp,
  hk_unary_expm1,
  hk_unary_log,
  hk_unary_log1p,
  hk_unary_sin,
  hk_unary_cos,
  hk_unary_tanh,
  hk_unary_sigmoid,
  hk_unary_softplus,  // log(1 + exp(x))
  hk_unary_relu,
  hk_unary_erf,
  hk_unary_gelu,       // x times the normal distribution function
  hk_unary_gelu_tanh,  // its approximation through tanh
  hk_unary_floor,
  hk_unary_ceil,
  hk_unary_conjugate,  // complex types
  hk_unary_not,        // bool
} hk_unary;
#define HK_UNARY_COUNT 23

/// Functions of two arguments of one type, with a result of that type.
typedef enum HK_CLOSED_ENUM hk_binary : int32_t {
  hk_binary_add,
  hk_binary_subtract,
  hk_binary_multiply,
  hk_binary_divide,
  hk_binary_minimum,  // NaN if either is
  hk_binary_maximum,
  hk_binary_power,
  hk_binary_and,  // bool
  hk_binary_or,
  hk_binary_xor,
  // Derivatives: the upstream gradient u, and the function's value y or its argument x.
  hk_binary_relu_gradient,       // 0 where y <= 0, else u
  hk_binary_tanh_gradient,       // u (1 - y^2)
  hk_binary_sigmoid_gradient,    // u y (1 - y)
  hk_binary_softplus_gradient,   // u / (1 + e^-x)
  hk_binary_gelu_gradient,       // u (Phi(x) + x phi(x))
  hk_binary_gelu_tanh_gradient,  // u times the derivative of the approximation at x
} hk_binary;
#define HK_BINARY_COUNT 16

/// Comparisons: two arguments of one type, a result of type bool.
typedef enum HK_CLOSED_ENUM hk_comparison : int32_t {
  hk_comparison_equal,
  hk_comparison_not_equal,
  hk_comparison_less,
  hk_comparison_less_equal,
  hk_comparison_greater,
  hk_comparison_greater_equal,
} hk_comparison;
#define HK_COMPARISON_COUNT 6

/// Which of two arguments is a single element.
typedef enum HK_CLOSED_ENUM hk_form : int32_t {
  hk_form_both,     // neither: n elements each
  hk_form_scalarb,  // the second
  hk_form_scalara,  // the first
} hk_form;
#define HK_FORM_COUNT 3

/// Reductions of the middle axis of [outer, reduced, inner].
typedef enum HK_CLOSED_ENUM hk_reduction : int32_t {
  hk_reduction_sum,  // float32 sums accumulate in double
  hk_reduction_product,
  hk_reduction_maximum,  // NaN if any is
  hk_reduction_minimum,
  hk_reduction_argmax,  // int64 results: the first of the largest; NaN counts as largest
  hk_reduction_argmin,
  hk_reduction_all,  // bool
  hk_reduction_any,
} hk_reduction;
#define HK_REDUCTION_COUNT 8

/// Row operations of the last axis of [rows, columns].
typedef enum HK_CLOSED_ENUM hk_row : int32_t {
  hk_row_softmax,
  hk_row_log_softmax,
} hk_row;
#define HK_ROW_COUNT 2

/// Hyperparameters of one step of stochastic gradient descent, in torch's formulas.
typedef struct {
  double learning_rate, momentum, dampening, decay;
  int32_t nesterov;
  int32_t first;  // the momentum buffer is still empty
} hk_sgd;

/// Hyperparameters of one step of Adam or AdamW, in torch's formulas.
typedef struct {
  double learning_rate, beta1, beta2, epsilon, decay;
  double correction1, correction2;  // 1 - beta1^t, 1 - beta2^t
  int32_t decoupled;                // AdamW: decay multiplies the parameter
} hk_adam;

/// The kernels of one instruction set.
typedef struct hk_table hk_table;

/// The number of tables this machine can run, slowest first: "baseline", then "avx2", "avx512".
int32_t hk_table_count(void);
const hk_table *hk_table_at(int32_t index);
const char *hk_table_name(const hk_table *table);

/// Whether an operation is there for a type.
int32_t hk_has_unary(const hk_table *table, hk_unary op, hk_type type);
int32_t hk_has_binary(const hk_table *table, hk_binary op, hk_type type);
int32_t hk_has_comparison(const hk_table *table, hk_comparison op, hk_type type);

/// y[i] = f(x[i]).
void hk_run_unary(const hk_table *table, hk_unary op, hk_type type, const void *x, void *y,
                  int64_t n);
/// y[i] = f(a[i], b[i]); a or b is one element where form says so.
void hk_run_binary(const hk_table *table, hk_binary op, hk_type type, hk_form form, const void *a,
                   const void *b, void *y, int64_t n);
void hk_run_comparison(const hk_table *table, hk_comparison op, hk_type type, hk_form form,
                       const void *a, const void *b, uint8_t *y, int64_t n);
/// The same over operands with strides, in bytes; y is contiguous. rank is at most 8, and not 0.
void hk_run_binary_strided(const hk_table *table, hk_binary op, hk_type type, int32_t rank,
                           const int64_t *extents, const int64_t *strides_a,
                           const int64_t *strides_b, const void *a, const void *b, void *y);
void hk_run_comparison_strided(const hk_table *table, hk_comparison op, hk_type type, int32_t rank,
                               const int64_t *extents, const int64_t *strides_a,
                               const int64_t *strides_b, const void *a, const void *b, uint8_t *y);
/// Not in place. The result's type is the argument's, except for argmax and argmin.
void hk_run_reduction(const hk_table *table, hk_reduction op, hk_type type, const void *x, void *y,
                      int64_t outer, int64_t reduced, int64_t inner);
/// Not in place; float32 and float64.
void hk_run_rows(const hk_table *table, hk_row op, hk_type type, const void *x, void *y,
                 int64_t rows, int64_t columns);
/// The derivative of a row operation: upstream gradient u, the operation's value y; dx may be u.
void hk_run_rows_gradient(const hk_table *table, hk_row op, hk_type type, const void *u,
                          const void *y, void *dx, int64_t rows, int64_t columns);

/// The sum in a fixed order, float32 and float64, in double.
double hk_sum(const hk_table *table, hk_type type, const void *x, int64_t n);
/// Whether no number is infinite or NaN, float32 and float64.
int32_t hk_all_finite(const hk_table *table, hk_type type, const void *x, int64_t n);
/// One optimizer step, float32 and float64. buffer may be null without momentum.
void hk_step_sgd(const hk_table *table, hk_type type, const hk_sgd *options, void *parameter,
                 const void *gradient, void *buffer, int64_t n);
/// largest is null, or amsgrad's running maximum of the second moment.
void hk_step_adam(const hk_table *table, hk_type type, const hk_adam *options, void *parameter,
                  const void *gradient, void *first, void *second, void *largest, int64_t n);

// What moves elements or converts them is the same for every instruction set.

/// Copies elements of `size` bytes between strided places; strides in bytes, rank at most 8.
void hk_copy_strided(int32_t size, int32_t rank, const int64_t *extents, const int64_t *from,
                     const int64_t *to, const void *x, void *y);
/// Fills n elements with the one at `value`.
void hk_fill(int32_t size, const void *value, void *y, int64_t n);
/// Converts n elements: real to complex with zero imaginary parts, complex to real without them, to
/// bool by asking for unequal zero. Returns -1, or the place of the first number that no int64 holds,
/// where it stops.
int64_t hk_convert(hk_type from, hk_type to, const void *x, void *y, int64_t n);
/// The modulus of n complex numbers; type is complex64 or complex128.
void hk_modulus(hk_type type, const void *x, void *y, int64_t n);
/// y[i] = condition[i] ? a[i] : b[i], for elements of `size` bytes.
void hk_select(int32_t size, const uint8_t *condition, const void *a, const void *b, void *y,
               int64_t n);
/// y[i] = x[..., index[i], ...] over the places i of `extents`, index and y contiguous; the entry of
/// `strides` at `axis` is that of the index. Returns -1, or the place of the first index out of
/// 0..<length, where it stops.
int64_t hk_gather(int32_t size, int32_t rank, const int64_t *extents, const int64_t *strides,
                  int32_t axis, int64_t length, const int64_t *index, const void *x, void *y);
/// x[..., index[i], ...] += y[i], in the order of the places; not for bool.
int64_t hk_scatter_add(hk_type type, int32_t rank, const int64_t *extents, const int64_t *strides,
                       int32_t axis, int64_t length, const int64_t *index, const void *y, void *x);
/// Columns 0..<n of the matrix product of int64: y[m, width] = a[m, k] b[k, width], contiguous rows.
void hk_matmul_int64(const int64_t *a, const int64_t *b, int64_t *y, int64_t m, int64_t n,
                     int64_t width, int64_t k);
