// Elementwise array kernels against the C library and definitions in double.
#include <complex.h>
#include <math.h>
#include <stdio.h>

#include "arrays.h"

// Room for the numbers of one array, and one behind.
typedef char room[16 * (LONGEST + 1)] __attribute__((aligned(64)));

static double negated(double x) { return -x; }
static double signOf(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
static double square(double x) { return x * x; }
static double reciprocal(double x) { return 1 / x; }
static double logistic(double x) { return 1 / (1 + exp(-x)); }
static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }
static double positivePart(double x) { return fmax(x, 0); }
static double normal(double x) { return erfc(-x * sqrt(0.5)) / 2; }
static double gelu(double x) { return x * normal(x); }
static double geluTanh(double x) { return x * (1 + tanh(sqrt(2 / M_PI) * (x + 0.044715 * x * x * x))) / 2; }

// `units` bounds the error in units in the last place, as the tests on the host do.
static const struct {
  const char *name;
  hk_unary op;
  double (*reference)(double);
  double low, high, units;
} unaries[] = {
    {"negate", hk_unary_negate, negated, -5, 5, 0},
    {"absolute", hk_unary_absolute, fabs, -5, 5, 0},
    {"sign", hk_unary_sign, signOf, -5, 5, 0},
    {"square", hk_unary_square, square, -5, 5, 1},
    {"reciprocal", hk_unary_reciprocal, reciprocal, 0.1, 9, 1},
    {"sqrt", hk_unary_sqrt, sqrt, 0, 9, 1},
    {"exp", hk_unary_exp, exp, -80, 80, 2},
    {"expm1", hk_unary_expm1, expm1, -6, 6, 3},
    {"expm1", hk_unary_expm1, expm1, -1e-3, 1e-3, 3},
    {"log", hk_unary_log, log, 1e-30, 1e6, 2},
    {"log", hk_unary_log, log, 0.7, 1.5, 2},
    {"log1p", hk_unary_log1p, log1p, -0.9, 6, 3},
    {"sin", hk_unary_sin, sin, -10, 10, 3},
    {"sin", hk_unary_sin, sin, -1e6, 1e6, 3},
    {"sin", hk_unary_sin, sin, -1e9, 1e9, 3},
    {"cos", hk_unary_cos, cos, -1e6, 1e6, 3},
    {"tanh", hk_unary_tanh, tanh, -10, 10, 4},
    {"sigmoid", hk_unary_sigmoid, logistic, -30, 30, 4},
    {"softplus", hk_unary_softplus, softplus, -30, 30, 4},
    {"relu", hk_unary_relu, positivePart, -5, 5, 0},
    {"erf", hk_unary_erf, erf, -6, 6, 3},
    {"gelu", hk_unary_gelu, gelu, -5, 5, 60},  // the tail loses x^2 units to the rounding of x^2
    {"gelu_tanh", hk_unary_gelu_tanh, geluTanh, -1, 4, 40},
    {"floor", hk_unary_floor, floor, -5, 5, 0},
    {"ceil", hk_unary_ceil, ceil, -5, 5, 0},
};

static double add(double x, double y) { return x + y; }
static double subtract(double x, double y) { return x - y; }
static double multiply(double x, double y) { return x * y; }
static double divide(double x, double y) { return x / y; }
static double reluGradient(double u, double y) { return y > 0 ? u : 0; }
static double tanhGradient(double u, double y) { return u * (1 - y * y); }
static double sigmoidGradient(double u, double y) { return u * y * (1 - y); }
static double softplusGradient(double u, double x) { return u * logistic(x); }
static double geluGradient(double u, double x) {
  return u * (normal(x) + x * exp(-x * x / 2) / sqrt(2 * M_PI));
}
static double geluTanhGradient(double u, double x) {
  double k = sqrt(2 / M_PI), t = tanh(k * (x + 0.044715 * x * x * x));
  return u * ((1 + t) / 2 + x / 2 * (1 - t * t) * k * (1 + 3 * 0.044715 * x * x));
}

static const struct {
  const char *name;
  hk_binary op;
  double (*reference)(double, double);
  double units;  // of the result; from 8 on, of the larger of the result and one
} binaries[] = {
    {"add", hk_binary_add, add, 1},
    {"subtract", hk_binary_subtract, subtract, 1},
    {"multiply", hk_binary_multiply, multiply, 1},
    {"divide", hk_binary_divide, divide, 1},
    {"minimum", hk_binary_minimum, fmin, 0},
    {"maximum", hk_binary_maximum, fmax, 0},
    {"power", hk_binary_power, pow, 2},
    {"relu_gradient", hk_binary_relu_gradient, reluGradient, 0},
    {"tanh_gradient", hk_binary_tanh_gradient, tanhGradient, 8},
    {"sigmoid_gradient", hk_binary_sigmoid_gradient, sigmoidGradient, 8},
    {"softplus_gradient", hk_binary_softplus_gradient, softplusGradient, 8},
    {"gelu_gradient", hk_binary_gelu_gradient, geluGradient, 8},
    {"gelu_tanh_gradient", hk_binary_gelu_tanh_gradient, geluTanhGradient, 8},
};

static int holds(hk_comparison op, double x, double y) {
  switch (op) {
    case hk_comparison_equal: return x == y;
    case hk_comparison_not_equal: return x != y;
    case hk_comparison_less: return x < y;
    case hk_comparison_less_equal: return x <= y;
    case hk_comparison_greater: return x > y;
    case hk_comparison_greater_equal: return x >= y;
  }
  return -1;
}

static void checkUnaries(const hk_table *table, hk_type type, int64_t n) {
  room x, y;
  for (size_t k = 0; k < sizeof unaries / sizeof *unaries; ++k) {
    fillRandom(x, type, n, unaries[k].low, unaries[k].high);
    fillRandom(y, type, n, 0, 0);
    hk_run_unary(table, unaries[k].op, type, x, y, n);
    for (int64_t i = 0; i < n; ++i) {
      double exact = unaries[k].reference(realAt(x, type, i));
      expectUnits(unaries[k].name, type, i, realAt(y, type, i), exact, unaries[k].units, exact);
    }
    expectUnits("the number behind", type, n, realAt(y, type, n), 77, 0, 1);
  }
}

static void checkBinaries(const hk_table *table, hk_type type, int64_t n, hk_form form) {
  room a, b, y;
  for (size_t k = 0; k < sizeof binaries / sizeof *binaries; ++k) {
    fillRandom(a, type, LONGEST, 0.1, 3);
    fillRandom(b, type, LONGEST, -0.97, 0.97);
    fillRandom(y, type, n, 0, 0);
    hk_run_binary(table, binaries[k].op, type, form, a, b, y, n);
    for (int64_t i = 0; i < n; ++i) {
      double u = realAt(a, type, form == hk_form_scalara ? 0 : i);
      double v = realAt(b, type, form == hk_form_scalarb ? 0 : i), exact = binaries[k].reference(u, v);
      expectUnits(binaries[k].name, type, i, realAt(y, type, i), exact, binaries[k].units,
                  binaries[k].units < 8 ? exact : fmax(fabs(exact), 1));
    }
    expectUnits("the number behind", type, n, realAt(y, type, n), 77, 0, 1);
  }
  for (hk_comparison op = 0; op < HK_COMPARISON_COUNT; ++op) {
    uint8_t truth[LONGEST];
    fillRandom(a, type, LONGEST, -1, 1);
    fillRandom(b, type, LONGEST, -1, 1);
    for (int64_t i = 0; i < n; i += 3) setReal(b, type, i, realAt(a, type, i));
    hk_run_comparison(table, op, type, form, a, b, truth, n);
    for (int64_t i = 0; i < n; ++i)
      expectEqual("comparison", i, truth[i],
                  holds(op, realAt(a, type, form == hk_form_scalara ? 0 : i),
                        realAt(b, type, form == hk_form_scalarb ? 0 : i)));
  }
}

// Complex products and quotients, part by part; errors are relative to the modulus.
static void checkComplex(const hk_table *table, hk_type part, int64_t n) {
  static room a, b, y;
  hk_type type = part == hk_type_float32 ? hk_type_complex64 : hk_type_complex128;
  int64_t count = n / 2;
  for (hk_binary op = hk_binary_add; op <= hk_binary_divide; ++op) {
    fillRandom(a, part, 2 * count, -2, 2);
    fillRandom(b, part, 2 * count, 0.3, 2);
    hk_run_binary(table, op, type, hk_form_both, a, b, y, count);
    for (int64_t i = 0; i < count; ++i) {
      double complex u = realAt(a, part, 2 * i) + realAt(a, part, 2 * i + 1) * I;
      double complex v = realAt(b, part, 2 * i) + realAt(b, part, 2 * i + 1) * I;
      double complex exact = op == hk_binary_add        ? u + v
                             : op == hk_binary_subtract ? u - v
                             : op == hk_binary_multiply ? u * v
                                                        : u / v;
      double size = fmax(cabs(u), cabs(v)) + cabs(exact);
      expectUnits("complex, real part", part, i, realAt(y, part, 2 * i), creal(exact), 4, size);
      expectUnits("complex, imaginary part", part, i, realAt(y, part, 2 * i + 1), cimag(exact), 4, size);
    }
  }
}

void checkElementwise(const hk_table *table) {
  for (hk_type type = hk_type_float32; type <= hk_type_float64; ++type)
    for (int l = 0; l < arrayLengthCount; ++l) {
      checkUnaries(table, type, arrayLengths[l]);
      for (hk_form form = hk_form_both; form < HK_FORM_COUNT; ++form)
        checkBinaries(table, type, arrayLengths[l], form);
      checkComplex(table, type, arrayLengths[l]);
    }
}
