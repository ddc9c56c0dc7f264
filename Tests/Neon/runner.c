// Checks the kernels of this processor with the cases of a file:
//
//     runner FILE
//
// Every number is compared with what dense matrices gave where the file was written. The program fails at a
// difference, and also where the file holds no cases or leaves out a kind of operation.
#include <stdio.h>
#include <string.h>

#include "cases.h"

enum { KINDS = 9, MODES = 3 };
static const char *const kindNames[KINDS] = {"rotation", "phase", "pauli",    "swap",
                                             "matrix",   "turns", "diagonal", "reorder",
                                             "channel"};
static const char *const modeNames[MODES] = {"tiles", "states", "passes"};
// Tiles, states of one block, and those in passes over gathered blocks, which are never reordered at once. Channels
// are drawn for samples.
static const int isWanted[KINDS][MODES] = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1},
                                           {1, 1, 1}, {1, 1, 1}, {1, 1, 0}, {1, 0, 0}};
static int64_t operations[KINDS][MODES], cases[MODES];

static int modeOf(const kernel_case *c) { return c->isTile ? 0 : c->passCount ? 2 : 1; }

static void check(const kernel_case *c, const hq_table *table) {
  for (int precision = 0; precision < 2; ++precision) {
    if (!(c->precisions >> precision & 1)) continue;
    const hq_kernels *kernels = &table->precision[precision];
    if (c->isTile) checkTiles(c, kernels, precision);
    else checkStates(c, kernels, precision);
  }
}

static void count(const kernel_case *c) {
  ++cases[modeOf(c)];
  for (int i = 0; i < c->program.operationCount; ++i) {
    int kind = c->program.operations[i].kind;
    if (kind >= 0 && kind < KINDS) ++operations[kind][modeOf(c)];
  }
}

// Prints what was covered; returns the kinds of operations that no case held.
static int missing(void) {
  int faults = 0;
  for (int mode = 0; mode < MODES; ++mode) {
    printf("  %-6s %5lld cases:", modeNames[mode], (long long)cases[mode]);
    for (int kind = 0; kind < KINDS; ++kind) {
      printf(" %s %lld", kindNames[kind], (long long)operations[kind][mode]);
      if (operations[kind][mode] || !isWanted[kind][mode]) continue;
      fprintf(stderr, "no case holds the operation %s in %s\n", kindNames[kind], modeNames[mode]);
      ++faults;
    }
    printf("\n");
  }
  return faults;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "expected the name of a file of cases\n");
    return 2;
  }
  for (int32_t t = 0; t < hq_table_count(); ++t) checkTransfers(hq_table_at(t));
  int64_t caseCount = openCases(argv[1]);
  for (int64_t i = 0; i < caseCount && !differenceCount(); ++i) {
    kernel_case c;
    readCase(&c);
    count(&c);
    for (int32_t t = 0; t < hq_table_count(); ++t) check(&c, hq_table_at(t));
  }
  if (differenceCount()) {
    fprintf(stderr, "quantum kernels: %lld numbers of a case differ\n", (long long)differenceCount());
    return 1;
  }
  closeCases();
  printf("quantum kernels:");
  for (int32_t t = 0; t < hq_table_count(); ++t) printf(" %s", hq_table_at(t)->name);
  printf(", %lld cases\n", (long long)caseCount);
  int faults = missing();
  printComparisons();
  return faults || caseCount == 0;
}
