// The cases that NeonCases has written, and the comparison with what they expect.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "CQuantumKernels.h"

typedef struct {
  const double *values;
  int64_t count;
} numbers;

typedef struct {
  char name[96];
  int isTile, isOrdered;
  int precisions;  // bit 0: single, bit 1: double
  int qubitCount, batch;
  hq_program program;
  const hq_sweep *passes;
  int64_t passCount;
  numbers weights, inputs, cotangents;
  numbers draws;  // of circuits with channels: by sample and channel
  numbers amplitudes, costates;  // of ordered programs: complex, by sample and basis state
  numbers outputs, weightGradients, inputGradients;
  double outputScale, gradientScale;  // bounds that tolerances are relative to
} kernel_case;

// Reads a file; the program ends if it is not one. Returns the number of cases.
int64_t openCases(const char *path);
// The next case; what the case before it points to stays.
void readCase(kernel_case *c);
// Ends the program unless all of the file has been read.
void closeCases(void);

// Memory of kernels: lines, filled with NaN, and guarded behind. The program ends if memory is short, and
// giveBack if something was written behind.
void *take(int64_t bytes);
void giveBack(void *memory);

// Numbers in single (0) or double (1) precision.
double numberAt(const void *array, int precision, int64_t index);
void setNumber(void *array, int precision, int64_t index, double value);

typedef enum { AMPLITUDES, OUTPUTS, GRADIENTS, COMPONENTS, QUANTITIES } quantity;

// Compares one number; a difference is printed with its place, and counted.
void expectNear(const kernel_case *c, int precision, quantity q, const char *what, int64_t index, double found,
                double expected, double scale);
// How many numbers differed.
int64_t differenceCount(void);
// Prints how many numbers were compared, and the largest errors.
void printComparisons(void);

// Run a case in one precision and compare all it gives.
void checkTiles(const kernel_case *c, const hq_kernels *kernels, int precision);
void checkStates(const kernel_case *c, const hq_kernels *kernels, int precision);

// Compares real matrices on arrays with plain loops; needs no cases.
void checkTransfers(const hq_table *table);
