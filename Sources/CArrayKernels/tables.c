// The tables this machine can run, filled once, and the calls through them.
#include <pthread.h>

#include "levels.h"

static hk_table tables[3];
static int32_t table_count;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void add(const char *name, void (*fill)(hk_table *)) {
  tables[table_count].name = name;
  fill(&tables[table_count++]);
}

static void fill_tables(void) {
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
  pthread_once(&once, fill_tables);
  return table_count;
}

const hk_table *hk_table_at(int32_t index) {
  pthread_once(&once, fill_tables);
  return &tables[index];
}

const char *hk_table_name(const hk_table *table) { return table->name; }

int32_t hk_has_unary(const hk_table *table, hk_unary op, hk_type type) {
  return table->unary[op][type] != NULL;
}

int32_t hk_has_binary(const hk_table *table, hk_binary op, hk_type type) {
  return table->binary[op][type][hk_form_both] != NULL;
}

int32_t hk_has_comparison(const hk_table *table, hk_comparison op, hk_type type) {
  return table->comparison[op][type][hk_form_both] != NULL;
}

void hk_run_unary(const hk_table *table, hk_unary op, hk_type type, const void *x, void *y,
                  int64_t n) {
  table->unary[op][type](x, y, n);
}

void hk_run_binary(const hk_table *table, hk_binary op, hk_type type, hk_form form, const void *a,
                   const void *b, void *y, int64_t n) {
  table->binary[op][type][form](a, b, y, n);
}

void hk_run_comparison(const hk_table *table, hk_comparison op, hk_type type, hk_form form,
                       const void *a, const void *b, uint8_t *y, int64_t n) {
  table->comparison[op][type][form](a, b, y, n);
}

void hk_run_reduction(const hk_table *table, hk_reduction op, hk_type type, const void *x, void *y,
                      int64_t outer, int64_t reduced, int64_t inner) {
  table->reduction[op][type](x, y, outer, reduced, inner);
}

void hk_run_rows(const hk_table *table, hk_row op, hk_type type, const void *x, void *y,
                 int64_t rows, int64_t columns) {
  table->row[op][type](x, y, rows, columns);
}

void hk_run_rows_gradient(const hk_table *table, hk_row op, hk_type type, const void *u,
                          const void *y, void *dx, int64_t rows, int64_t columns) {
  table->row_gradient[op][type](u, y, dx, rows, columns);
}

double hk_sum(const hk_table *table, hk_type type, const void *x, int64_t n) {
  return table->sum[type](x, n);
}

int32_t hk_all_finite(const hk_table *table, hk_type type, const void *x, int64_t n) {
  return table->all_finite[type](x, n);
}

void hk_step_sgd(const hk_table *table, hk_type type, const hk_sgd *options, void *parameter,
                 const void *gradient, void *buffer, int64_t n) {
  table->sgd[type](options, parameter, gradient, buffer, n);
}

void hk_step_adam(const hk_table *table, hk_type type, const hk_adam *options, void *parameter,
                  const void *gradient, void *first, void *second, void *largest, int64_t n) {
  table->adam[type](options, parameter, gradient, first, second, largest, n);
}

static const int32_t type_size[HK_TYPE_COUNT] = {4, 8, 8, 1, 8, 16};

// Runs rows of the innermost axis through the kernel whose form fits their strides; a row that is
// neither contiguous nor one element is gathered, a piece at a time, first.
static void run_strided(const hk_binary_kernel forms[HK_FORM_COUNT], int32_t size,
                        int32_t size_out, int32_t rank, const int64_t *extents,
                        const int64_t *strides_a, const int64_t *strides_b, const char *a,
                        const char *b, char *y) {
  enum { piece = 256 };
  _Alignas(64) char row_a[piece * 16], row_b[piece * 16];
  const int32_t last = rank - 1;
  const int64_t n = extents[last], step_a = strides_a[last], step_b = strides_b[last];
  const int gather_a = step_a != 0 && step_a != size, gather_b = step_b != 0 && step_b != size;
  const hk_form form = step_b == 0 ? hk_form_scalarb : step_a == 0 ? hk_form_scalara : hk_form_both;
  // One element against one element: as many as y wants, written one by one.
  const int both_single = step_a == 0 && step_b == 0 && n > 1;
  int64_t count[8] = {0};
  for (;;) {
    if (both_single) {
      for (int64_t i = 0; i < n; ++i) forms[hk_form_both](a, b, y + i * size_out, 1);
    } else if (!gather_a && !gather_b) {
      forms[form](a, b, y, n);
    } else {
      for (int64_t start = 0; start < n; start += piece) {
        const int64_t m = n - start < piece ? n - start : piece;
        const char *from_a = a + start * step_a, *from_b = b + start * step_b;
        if (gather_a) {
          const int64_t to = size;
          hk_copy_strided(size, 1, &m, &step_a, &to, from_a, row_a);
          from_a = row_a;
        }
        if (gather_b) {
          const int64_t to = size;
          hk_copy_strided(size, 1, &m, &step_b, &to, from_b, row_b);
          from_b = row_b;
        }
        forms[form](from_a, from_b, y + start * size_out, m);
      }
    }
    y += n * size_out;
    int32_t axis = last - 1;
    for (; axis >= 0; --axis) {
      a += strides_a[axis];
      b += strides_b[axis];
      if (++count[axis] < extents[axis]) break;
      a -= strides_a[axis] * extents[axis];
      b -= strides_b[axis] * extents[axis];
      count[axis] = 0;
    }
    if (axis < 0) return;
  }
}

void hk_run_binary_strided(const hk_table *table, hk_binary op, hk_type type, int32_t rank,
                           const int64_t *extents, const int64_t *strides_a,
                           const int64_t *strides_b, const void *a, const void *b, void *y) {
  run_strided(table->binary[op][type], type_size[type], type_size[type], rank, extents, strides_a,
              strides_b, a, b, y);
}

void hk_run_comparison_strided(const hk_table *table, hk_comparison op, hk_type type, int32_t rank,
                               const int64_t *extents, const int64_t *strides_a,
                               const int64_t *strides_b, const void *a, const void *b,
                               uint8_t *y) {
  run_strided(table->comparison[op][type], type_size[type], 1, rank, extents, strides_a, strides_b,
              a, b, (char *)y);
}
