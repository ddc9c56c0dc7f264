// The tables this machine can run, filled once.
#include <pthread.h>

#include "levels.h"

static hk_table tables[3];
static int32_t tableCount;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void add(const char *name, void (*fill)(hk_table *)) {
  tables[tableCount].name = name;
  fill(&tables[tableCount++]);
}

static void fillTables(void) {
  add("baseline", hk_fill_table_baseline);
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    add("avx2", hk_fill_table_avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
      add("avx512", hk_fill_table_avx512);
  }
#endif
}

int32_t hk_table_count(void) {
  pthread_once(&once, fillTables);
  return tableCount;
}

const hk_table *hk_table_at(int32_t index) {
  pthread_once(&once, fillTables);
  return &tables[index];
}
