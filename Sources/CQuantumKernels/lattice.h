// The lines of a block on which some bits are fixed, in ascending order.
#pragma once
#include <stdint.h>

typedef struct {
  int fixedCount;
  int position[64];  // the fixed bits, lowest first
  uint64_t value;    // their values
  uint64_t count;    // how many lines there are
} lattice;

static inline lattice lattice_make(int bits, uint64_t fixed, uint64_t value) {
  lattice l;
  l.fixedCount = 0;
  l.value = value & fixed;
  for (int p = 0; p < bits; ++p)
    if (fixed >> p & 1) l.position[l.fixedCount++] = p;
  l.count = 1ull << (bits - l.fixedCount);
  return l;
}

// The line number t: t with the fixed bits inserted.
static inline uint64_t lattice_line(const lattice *l, uint64_t t) {
  for (int f = 0; f < l->fixedCount; ++f) {
    uint64_t below = (1ull << l->position[f]) - 1;
    t = (t & below) | (t & ~below) << 1;
  }
  return t | l->value;
}

// How many lines from number t on lie next to each other, at most limit - t.
static inline uint64_t lattice_run(const lattice *l, uint64_t t, uint64_t limit) {
  uint64_t run = limit - t;
  if (l->fixedCount) {
    uint64_t length = 1ull << l->position[0];
    uint64_t left = length - (t & (length - 1));
    if (left < run) run = left;
  }
  return run;
}

// Runs the statement for every line `x` of numbers from <= t < to.
#define FOR_LINES(l, from, to, x)                                                     \
  for (uint64_t t_ = (from), run_ = 0; t_ < (to); t_ += run_)                         \
    for (uint64_t r_ = (run_ = lattice_run(l, t_, to), 0), start_ = lattice_line(l, t_), x; \
         r_ < run_ && (x = start_ + r_, 1); ++r_)

static inline int parity(uint64_t bits) { return __builtin_parityll(bits); }
