// Comparison with what a case expects, and memory that shows what is read before or written behind.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

// Relative to unit amplitudes, and to the bounds of what is summed from them: some hundred operations, each
// of a few units in the last place, 6e-8 and 1.1e-16. The tests on the host use the same.
static const double tolerances[2] = {2e-5, 1e-12};
static const char *const precisionNames[2] = {"single", "double"};
static const char *const quantityNames[QUANTITIES] = {"amplitudes", "outputs", "gradients",
                                                        "components"};
enum { SHOWN = 10, GUARD = 64, GUARD_BYTE = 0x5a };

static int64_t compared[2][QUANTITIES], differences;
static double largest[2][QUANTITIES];

void expectNear(const kernel_case *c, int precision, quantity q, const char *what, int64_t index, double found,
                double expected, double scale) {
  double error = fabs(found - expected) / (scale * tolerances[precision]);
  ++compared[precision][q];
  if (error <= 1) {
    if (error > largest[precision][q]) largest[precision][q] = error;
    return;
  }
  if (differences++ < SHOWN)
    fprintf(stderr, "differs: %s, %s, %s, %s precision: %s %lld is %.17g, expected %.17g within %.3g\n", c->name,
            c->isTile ? "tile" : "state", c->isOrdered ? "ordered" : "in its frame", precisionNames[precision], what,
            (long long)index, found, expected, scale * tolerances[precision]);
}

int64_t differenceCount(void) { return differences; }

void printComparisons(void) {
  for (int p = 0; p < 2; ++p)
    for (int q = 0; q < QUANTITIES; ++q)
      if (compared[p][q]) printf("  %s precision: %8lld %-10s within %g of their scale; the largest error is %.1e\n", precisionNames[p],
             (long long)compared[p][q], quantityNames[q], tolerances[p], largest[p][q] * tolerances[p]);
}

double numberAt(const void *array, int precision, int64_t index) {
  return precision ? ((const double *)array)[index] : (double)((const float *)array)[index];
}

void setNumber(void *array, int precision, int64_t index, double value) {
  if (precision) ((double *)array)[index] = value;
  else ((float *)array)[index] = (float)value;
}

// In front of the memory a line that says how long it is.
void *take(int64_t count) {
  int64_t whole = (count + 63) & ~63ll;
  char *memory = aligned_alloc(64, (size_t)whole + 2 * GUARD);
  if (!memory) {
    fprintf(stderr, "no memory of %lld bytes\n", (long long)count);
    exit(2);
  }
  memcpy(memory, &count, sizeof count);
  memset(memory + GUARD, 0xff, (size_t)whole);  // NaN in both precisions
  memset(memory + GUARD + count, GUARD_BYTE, (size_t)(whole - count) + GUARD);
  return memory + GUARD;
}

void giveBack(void *memory) {
  int64_t count;
  memcpy(&count, (char *)memory - GUARD, sizeof count);
  const unsigned char *guard = (const unsigned char *)memory + count;
  for (int i = 0; i < GUARD; ++i)
    if (guard[i] != GUARD_BYTE) {
      fprintf(stderr, "a kernel wrote behind its %lld bytes\n", (long long)count);
      exit(1);
    }
  free((char *)memory - GUARD);
}
