// Reads the file of cases: 8-byte words, arrays as their length in bytes and what they hold.
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *bytes;
static int64_t size, at;
static const char *const mark = "HQCASES2";

static void fail(const char *message) {
  fprintf(stderr, "cases: %s, at byte %lld of %lld\n", message, (long long)at, (long long)size);
  exit(2);
}

static const void *next(int64_t count) {
  if (count < 0 || count > size - at) fail("the file is cut short");
  const void *found = bytes + at;
  at += (count + 7) & ~7ll;
  return found;
}

static int64_t nextInteger(void) { return *(const int64_t *)next(8); }
static double nextNumber(void) { return *(const double *)next(8); }

static const void *nextArray(int64_t *count) {
  *count = nextInteger();
  return next(*count);
}

static numbers nextNumbers(void) {
  numbers found;
  found.values = nextArray(&found.count);
  found.count /= 8;
  return found;
}

int64_t openCases(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail("no file of cases");
  size = ftell(file);
  rewind(file);
  bytes = aligned_alloc(64, (size_t)(size + 63) & ~63ull);
  if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) fail("the file cannot be read");
  fclose(file);
  if (memcmp(next(8), mark, 8)) fail("this is not a file of cases");
  if (nextInteger() != sizeof(hq_program) || nextInteger() != sizeof(hq_operation) ||
      nextInteger() != sizeof(hq_sweep))
    fail("records have another size here than where the file was written");
  return nextInteger();
}

void closeCases(void) {
  if (memcmp(next(8), mark, 8) || at != size) fail("the file goes on after the last case");
}

void readCase(kernel_case *c) {
  memset(c, 0, sizeof *c);
  int64_t count;
  const char *name = nextArray(&count);
  snprintf(c->name, sizeof c->name, "%.*s", (int)count, name);
  c->isTile = (int)nextInteger();
  c->precisions = (int)nextInteger();
  c->isOrdered = (int)nextInteger();
  c->qubitCount = (int)nextInteger();
  c->batch = (int)nextInteger();
  const void *header = nextArray(&count);
  if (count != sizeof c->program) fail("not the size of a program");
  memcpy(&c->program, header, sizeof c->program);
  // Wherever the program points to an array, it is to point to the copy that follows.
  for (int64_t arrays = nextInteger(); arrays > 0; --arrays) {
    int64_t offset = nextInteger();
    if (offset < 0 || offset > (int64_t)(sizeof c->program - sizeof(void *))) fail("no place in a program");
    const void *array = nextArray(&count);
    void *copy = aligned_alloc(64, (size_t)(count + 64) & ~63ull);
    if (!copy) fail("no memory");
    memcpy(copy, array, (size_t)count);
    memcpy((char *)&c->program + offset, &copy, sizeof copy);
  }
  c->passes = nextArray(&count);
  c->passCount = count / (int64_t)sizeof(hq_sweep);
  c->weights = nextNumbers();
  c->inputs = nextNumbers();
  c->cotangents = nextNumbers();
  c->draws = nextNumbers();
  c->amplitudes = nextNumbers();
  c->costates = nextNumbers();
  c->outputs = nextNumbers();
  c->weightGradients = nextNumbers();
  c->inputGradients = nextNumbers();
  c->outputScale = nextNumber();
  c->gradientScale = nextNumber();
  if (c->outputs.count != (int64_t)c->batch * c->program.outputCount || c->batch < 1)
    fail("a case without the outputs of its samples");
}
