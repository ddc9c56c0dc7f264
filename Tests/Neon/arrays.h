// What the checks of array kernels share.
#pragma once
#include <stdint.h>

#include "CArrayKernels.h"

// The lengths around those at which kernels change their way: none, one, tails, blocks.
extern const int64_t arrayLengths[];
extern const int arrayLengthCount;
enum { LONGEST = 1030 };

// The types float32 and float64 are 0 and 1.
double realAt(const void *array, hk_type type, int64_t index);
void setReal(void *array, hk_type type, int64_t index, double value);
// Fills with seeded numbers between low and high, and writes 77 behind the last.
void fillRandom(void *array, hk_type type, int64_t count, double low, double high);

// Compares with a tolerance in units in the last place of `size`, at least of the least number.
void expectUnits(const char *what, hk_type type, int64_t index, double found, double expected, double units,
                 double size);
void expectEqual(const char *what, int64_t index, int64_t found, int64_t expected);
int64_t arrayDifferences(void);
int64_t arrayComparisons(void);

void checkElementwise(const hk_table *table);
void checkReductions(const hk_table *table);
