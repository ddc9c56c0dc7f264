// Checks the array kernels of this processor against the C library and plain loops in double.
#include "arrays.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

const int64_t arrayLengths[] = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, 511, 513, LONGEST};
const int arrayLengthCount = sizeof arrayLengths / sizeof *arrayLengths;
enum { SHOWN = 10 };
static int64_t compared, differences;

double realAt(const void *array, hk_type type, int64_t index) {
  return type == hk_type_float32 ? (double)((const float *)array)[index] : ((const double *)array)[index];
}

void setReal(void *array, hk_type type, int64_t index, double value) {
  if (type == hk_type_float32) ((float *)array)[index] = (float)value;
  else ((double *)array)[index] = value;
}

void fillRandom(void *array, hk_type type, int64_t count, double low, double high) {
  static uint64_t bits = 1;
  for (int64_t i = 0; i < count; ++i) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    setReal(array, type, i, low + (high - low) * (double)(bits >> 11) * 0x1p-53);
  }
  setReal(array, type, count, 77);
}

void expectUnits(const char *what, hk_type type, int64_t index, double found, double expected, double units,
                 double size) {
  ++compared;
  double unit = fmax(fabs(size) * (type == hk_type_float32 ? FLT_EPSILON : DBL_EPSILON),
                     type == hk_type_float32 ? FLT_TRUE_MIN : DBL_TRUE_MIN);
  // Half a unit is the rounding of the expected number itself.
  if (fabs(found - expected) <= fmax(units, 0.5) * unit) return;
  if (differences++ < SHOWN)
    fprintf(stderr, "differs: %s, %s: element %lld is %.17g, expected %.17g within %.3g\n", what,
            type == hk_type_float32 ? "float32" : "float64", (long long)index, found, expected,
            fmax(units, 0.5) * unit);
}

void expectEqual(const char *what, int64_t index, int64_t found, int64_t expected) {
  ++compared;
  if (found == expected) return;
  if (differences++ < SHOWN)
    fprintf(stderr, "differs: %s: element %lld is %lld, expected %lld\n", what, (long long)index, (long long)found,
            (long long)expected);
}

int64_t arrayDifferences(void) { return differences; }
int64_t arrayComparisons(void) { return compared; }

int main(void) {
  printf("array kernels:");
  for (int32_t t = 0; t < hk_table_count(); ++t) {
    const hk_table *table = hk_table_at(t);
    int64_t before = arrayComparisons();
    checkElementwise(table);
    int64_t elementwise = arrayComparisons() - before;
    checkReductions(table);
    printf(" %s, %lld elementwise results and %lld of reductions, rows and steps;", hk_table_name(table),
           (long long)elementwise, (long long)(arrayComparisons() - before - elementwise));
  }
  printf(" %lld differ\n", (long long)arrayDifferences());
  return arrayDifferences() > 0 || arrayComparisons() == 0;
}
