// Real matrices on arrays, as density matrices in the basis of Pauli strings need them, compared with plain loops.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

enum { LARGEST = 9 };

// Uniform in -1 ... 1, by a linear congruence: what is drawn matters to nothing.
static uint64_t seed = 1;
static double draw(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (double)(seed >> 11) / (double)(1ull << 52) - 1;
}

static int placeInRow(const hq_transfer *transfer, int index) {
  int row = 0;
  for (int t = 0; t < transfer->targetCount; ++t) row += (index / (1 << transfer->targets[t]) % 2) * (1 << t);
  return row;
}

// out[i] = sum over the entries j that differ from i at the targets alone of matrix[row of i][row of j] in[j].
static void multiply(const hq_transfer *transfer, const double *in, double *out, double *scale) {
  int rows = 1 << transfer->targetCount, mask = 0;
  *scale = 1;
  for (int t = 0; t < transfer->targetCount; ++t) mask |= 1 << transfer->targets[t];
  for (int i = 0; i < 1 << transfer->bits; ++i) {
    double sum = 0, size = 0;
    for (int j = 0; j < 1 << transfer->bits; ++j) {
      if ((i ^ j) & ~mask) continue;
      double term = transfer->matrix[placeInRow(transfer, i) * rows + placeInRow(transfer, j)] * in[j];
      sum += term;
      size += fabs(term);
    }
    out[i] = sum;
    if (size > *scale) *scale = size;
  }
}

// `share` is how many of the matrix's entries are not zero.
static void checkOne(const hq_table *table, hq_transfer *transfer, double share, uint64_t parts) {
  int rows = 1 << transfer->targetCount;
  int64_t count = 1ll << transfer->bits;
  double *matrix = take(8ll * rows * rows), *values = take(8 * count), *expected = take(8 * count), scale;
  for (int i = 0; i < rows * rows; ++i) matrix[i] = fabs(draw()) < share ? draw() : 0;
  for (int64_t i = 0; i < count; ++i) values[i] = draw();
  transfer->matrix = matrix;
  multiply(transfer, values, expected, &scale);
  for (uint64_t part = 0; part < parts; ++part) table->transfer(transfer, values, part, parts);
  kernel_case c = {.isTile = 0};
  snprintf(c.name, sizeof c.name, "%s, real matrix on bits %d, %d, ... (%d) of %d", table->name, transfer->targets[0],
           transfer->targets[1], transfer->targetCount, transfer->bits);
  for (int64_t i = 0; i < count; ++i) expectNear(&c, 1, COMPONENTS, "component", i, values[i], expected[i], scale);
  giveBack(matrix);
  giveBack(values);
  giveBack(expected);
}

// Different targets, the first of them given.
static void pickTargets(hq_transfer *transfer, int first) {
  int order[LARGEST];
  for (int bit = 0; bit < transfer->bits; ++bit) order[bit] = bit;
  order[0] = first;
  order[first] = 0;
  for (int i = 1; i < transfer->bits; ++i) {
    int other = i + (int)((draw() + 1) / 2 * (transfer->bits - i)), kept = order[i];
    order[i] = order[other];
    order[other] = kept;
  }
  for (int t = 0; t < transfer->targetCount; ++t) transfer->targets[t] = order[t];
}

void checkTransfers(const hq_table *table) {
  static const double shares[] = {1, 0.3, 0.05};
  for (int bits = 3; bits <= LARGEST; ++bits)
    for (int targets = 2; targets <= HQ_MAX_TRANSFER_BITS && targets <= bits; targets += 2)
      for (int first = 0; first < bits; ++first)
        for (int share = 0; share < 3; ++share) {
          hq_transfer transfer = {.bits = bits, .targetCount = targets};
          // The two bits of neighbouring qubits, as density matrices name them, and any bits.
          for (int t = 0; t < targets; ++t) transfer.targets[t] = (first / 2 * 2 + t) % (bits / 2 * 2);
          checkOne(table, &transfer, shares[share], 1);
          pickTargets(&transfer, first);
          checkOne(table, &transfer, shares[share], 1);
          pickTargets(&transfer, first);
          checkOne(table, &transfer, shares[share], 3);
        }
}
