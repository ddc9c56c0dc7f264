// Reductions, rows, sums and optimizer steps of arrays against plain loops in double.
#include <math.h>
#include <string.h>

#include "arrays.h"

enum { ROOM = 4096 };
typedef char room[8 * (ROOM + 1)] __attribute__((aligned(64)));
static room x, y, u, out;

static double combined(hk_reduction op, double a, double b) {
  switch (op) {
    case hk_reduction_sum: return a + b;
    case hk_reduction_product: return a * b;
    case hk_reduction_maximum: return fmax(a, b);
    default: return fmin(a, b);
  }
}

// The middle axis of [outer, reduced, inner], at one place of the others.
static void checkReduced(hk_reduction op, hk_type type, int64_t start, int64_t reduced, int64_t inner, int64_t at) {
  double total = realAt(x, type, start), size = fabs(total);
  int64_t largest = 0, smallest = 0;
  for (int64_t r = 1; r < reduced; ++r) {
    double v = realAt(x, type, start + r * inner);
    total = combined(op, total, v);
    size += fabs(v);
    if (v > realAt(x, type, start + largest * inner)) largest = r;
    if (v < realAt(x, type, start + smallest * inner)) smallest = r;
  }
  if (op == hk_reduction_argmax || op == hk_reduction_argmin)
    expectEqual("place of an extreme", at, ((const int64_t *)(const void *)out)[at],
                op == hk_reduction_argmax ? largest : smallest);
  else if (op == hk_reduction_sum)
    // A sum adds up in double and is rounded once.
    expectUnits("sum", type, at, realAt(out, type, at), total, 1, type ? 8 * size : fabs(total) + 1e-6 * size);
  else
    expectUnits("reduction", type, at, realAt(out, type, at), total,
                op == hk_reduction_product ? (double)reduced : 0, total);
}

static void checkShapes(const hk_table *table, hk_type type) {
  static const int64_t shapes[][3] = {{1, 1030, 1}, {3, 7, 1},  {4, 33, 5},  {1, 100, 9}, {2, 300, 3},
                                      {5, 16, 1},   {2, 17, 65}, {1, 1, 130}, {7, 64, 2},  {1, 130, 31}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; ++s) {
    int64_t outer = shapes[s][0], reduced = shapes[s][1], inner = shapes[s][2];
    for (hk_reduction op = hk_reduction_sum; op <= hk_reduction_argmin; ++op) {
      fillRandom(x, type, outer * reduced * inner, op == hk_reduction_product ? 0.9 : -1, 1.1);
      hk_run_reduction(table, op, type, x, out, outer, reduced, inner);
      for (int64_t o = 0; o < outer; ++o)
        for (int64_t j = 0; j < inner; ++j)
          checkReduced(op, type, o * reduced * inner + j, reduced, inner, o * inner + j);
    }
  }
}

static void checkRow(hk_row op, hk_type type, int64_t row, int64_t n) {
  double largest = -INFINITY, sum = 0, upstream = 0, mean = 0;
  for (int64_t i = row * n; i < row * n + n; ++i) largest = fmax(largest, realAt(x, type, i));
  for (int64_t i = row * n; i < row * n + n; ++i) sum += exp(realAt(x, type, i) - largest);
  for (int64_t i = row * n; i < row * n + n; ++i) {
    double exact = realAt(x, type, i) - largest - log(sum);
    if (op == hk_row_softmax) exact = exp(exact);
    expectUnits("row", type, i, realAt(y, type, i), exact, 16, fmax(fabs(exact), 1));
    upstream += realAt(u, type, i);
    mean += realAt(u, type, i) * realAt(y, type, i);
  }
  for (int64_t i = row * n; i < row * n + n; ++i) {
    double value = realAt(y, type, i), up = realAt(u, type, i);
    double exact = op == hk_row_softmax ? value * (up - mean) : up - exp(value) * upstream;
    expectUnits("derivative of a row", type, i, realAt(out, type, i), exact, 16, 1 + fabs(upstream));
  }
}

static void checkRows(const hk_table *table, hk_type type) {
  static const int64_t columns[] = {1, 3, 8, 17, 33, 100};
  for (hk_row op = 0; op < HK_ROW_COUNT; ++op)
    for (size_t c = 0; c < sizeof columns / sizeof *columns; ++c) {
      int64_t n = columns[c], rows = 4;
      fillRandom(x, type, rows * n, -4, 4);
      fillRandom(u, type, rows * n, -1, 1);
      hk_run_rows(table, op, type, x, y, rows, n);
      hk_run_rows_gradient(table, op, type, u, y, out, rows, n);
      for (int64_t row = 0; row < rows; ++row) checkRow(op, type, row, n);
    }
}

static void checkSums(const hk_table *table, hk_type type, int64_t n) {
  fillRandom(x, type, n, -1, 1);
  double sum = 0, size = 1;
  for (int64_t i = 0; i < n; ++i) {
    double a = realAt(x, type, i);
    sum += a, size += fabs(a);
  }
  // In double whatever the type.
  expectUnits("sum of all", hk_type_float64, 0, hk_sum(table, type, x, n), sum, 4, size);
  expectEqual("finite", n, hk_all_finite(table, type, x, n), 1);
  if (!n) return;
  setReal(x, type, n / 2, NAN);
  expectEqual("not finite", n, hk_all_finite(table, type, x, n), 0);
}

// One step of Adam with weight decay, from moments that are not zero.
static void checkAdam(const hk_table *table, hk_type type, int64_t n) {
  static room gradient, first, second;
  hk_adam o = {.learning_rate = 0.1, .beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-3, .decay = 0.25,
               .correction1 = 0.19, .correction2 = 0.002};
  fillRandom(x, type, n, -1, 1);
  fillRandom(gradient, type, n, -1, 1);
  fillRandom(first, type, n, -1, 1);
  fillRandom(second, type, n, 0.1, 1);
  memcpy(y, x, sizeof y), memcpy(u, first, sizeof u), memcpy(out, second, sizeof out);
  hk_step_adam(table, type, &o, y, gradient, u, out, 0, n);
  for (int64_t i = 0; i < n; ++i) {
    double p = realAt(x, type, i), g = realAt(gradient, type, i) + o.decay * p;
    double m = o.beta1 * realAt(first, type, i) + (1 - o.beta1) * g;
    double v = o.beta2 * realAt(second, type, i) + (1 - o.beta2) * g * g;
    p -= o.learning_rate / o.correction1 * m / (sqrt(v / o.correction2) + o.epsilon);
    expectUnits("first moment", type, i, realAt(u, type, i), m, 40, 1);
    expectUnits("second moment", type, i, realAt(out, type, i), v, 40, 1);
    expectUnits("parameter", type, i, realAt(y, type, i), p, 40, 1);
  }
}

void checkReductions(const hk_table *table) {
  for (hk_type type = hk_type_float32; type <= hk_type_float64; ++type) {
    checkShapes(table, type);
    checkRows(table, type);
    for (int l = 0; l < arrayLengthCount; ++l) {
      checkSums(table, type, arrayLengths[l]);
      checkAdam(table, type, arrayLengths[l]);
    }
  }
}
