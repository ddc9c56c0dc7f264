// The tables this machine can run, filled once.
#include <pthread.h>

#include "levels.h"

static hq_table tables[3];
static int32_t tableCount;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void add(const char *name, void (*fill)(hq_table *)) {
  tables[tableCount].name = name;
  fill(&tables[tableCount++]);
}

static void fillTables(void) {
  add("baseline", hq_fill_table_baseline);
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    add("avx2", hq_fill_table_avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
      add("avx512", hq_fill_table_avx512);
  }
#endif
}

int32_t hq_table_count(void) {
  pthread_once(&once, fillTables);
  return tableCount;
}

const hq_table *hq_table_at(int32_t index) {
  pthread_once(&once, fillTables);
  return &tables[index];
}

void hq_chain_shared(const hq_program *program, const double *weights, int32_t slotCount,
                     const double *slotGradients, double *weightGradients) {
  for (int32_t slot = program->constantSlotCount; slot < slotCount; ++slot) {
    const hq_slot *s = program->slots + slot;
    for (int32_t t = s->firstTerm; t < s->firstTerm + s->termCount; ++t) {
      const hq_term *term = program->terms + t;
      const int32_t *factors = program->factors + term->firstFactor;
      for (int32_t f = 0; f < term->weightCount; ++f) {
        double product = term->coefficient;
        for (int32_t o = 0; o < term->weightCount; ++o)
          if (o != f) product *= weights[factors[o]];
        weightGradients[factors[f]] += slotGradients[slot] * product;
      }
    }
  }
}
