// Copies between layouts, conversions between types, selection and access by index.
#include "levels.h"

typedef struct {
  double re, im;
} pair;

// Steps two pointers to the next row of an iteration over all axes but the last; 0 at the end.
static int next_row(int32_t last, const int64_t *extents, const int64_t *from, const int64_t *to,
                    int64_t *count, const char **x, char **y) {
  for (int32_t axis = last - 1; axis >= 0; --axis) {
    *x += from[axis];
    *y += to[axis];
    if (++count[axis] < extents[axis]) return 1;
    *x -= from[axis] * extents[axis];
    *y -= to[axis] * extents[axis];
    count[axis] = 0;
  }
  return 0;
}

#define COPY_ROWS(TYPE)                                                              \
  do {                                                                               \
    const char *source = x;                                                          \
    char *target = y;                                                                \
    for (int64_t i = 0; i < n; ++i, source += from[last], target += to[last])        \
      *(TYPE *)target = *(const TYPE *)source;                                       \
  } while (0)

void hk_copy_strided(int32_t size, int32_t rank, const int64_t *extents, const int64_t *from,
                     const int64_t *to, const void *x_, void *y_) {
  const char *x = x_;
  char *y = y_;
  if (rank == 0) {
    memcpy(y, x, size);
    return;
  }
  const int32_t last = rank - 1;
  const int64_t n = extents[last];
  int64_t count[8] = {0};
  do {
    if (from[last] == size && to[last] == size) {
      memcpy(y, x, n * size);
    } else {
      switch (size) {
        case 1: COPY_ROWS(uint8_t); break;
        case 4: COPY_ROWS(uint32_t); break;
        case 8: COPY_ROWS(uint64_t); break;
        default: COPY_ROWS(pair); break;
      }
    }
  } while (next_row(last, extents, from, to, count, &x, &y));
}

#define FILL(TYPE)                                                                   \
  do {                                                                               \
    const TYPE v = *(const TYPE *)value;                                             \
    TYPE *out = y;                                                                   \
    for (int64_t i = 0; i < n; ++i) out[i] = v;                                      \
  } while (0)

void hk_fill(int32_t size, const void *value, void *y, int64_t n) {
  switch (size) {
    case 1: FILL(uint8_t); break;
    case 4: FILL(uint32_t); break;
    case 8: FILL(uint64_t); break;
    default: FILL(pair); break;
  }
}

// out = EXPRESSION of the number at e, which is of WIDTH parts.
#define LOOP(FROM, TO, WIDTH, EXPRESSION)                                            \
  do {                                                                               \
    const FROM *in = x;                                                              \
    TO *out = y;                                                                     \
    for (int64_t i = 0; i < n; ++i) {                                                \
      const FROM *e = in + i * (WIDTH);                                              \
      out[i] = (TO)(EXPRESSION);                                                     \
    }                                                                                \
  } while (0)
#define LOOP_COMPLEX(FROM, TO, WIDTH, IMAGINARY)                                     \
  do {                                                                               \
    const FROM *in = x;                                                              \
    TO *out = y;                                                                     \
    for (int64_t i = 0; i < n; ++i) {                                                \
      const FROM *e = in + i * (WIDTH);                                              \
      out[2 * i] = (TO)e[0];                                                         \
      out[2 * i + 1] = (TO)(IMAGINARY);                                              \
    }                                                                                \
  } while (0)
#define CONVERT_FROM(FROM, WIDTH, FITS, TRUTH, IMAGINARY)                            \
  switch (to) {                                                                      \
    case hk_type_float32: LOOP(FROM, float, WIDTH, e[0]); break;                     \
    case hk_type_float64: LOOP(FROM, double, WIDTH, e[0]); break;                    \
    case hk_type_int64: {                                                            \
      const FROM *e = x;                                                             \
      int64_t *out = y;                                                              \
      for (int64_t i = 0; i < n; ++i, e += (WIDTH)) {                                \
        if (!(FITS)) return i;                                                       \
        out[i] = (int64_t)e[0];                                                      \
      }                                                                              \
      break;                                                                         \
    }                                                                                \
    case hk_type_bool: LOOP(FROM, uint8_t, WIDTH, TRUTH); break;                     \
    case hk_type_complex64: LOOP_COMPLEX(FROM, float, WIDTH, IMAGINARY); break;      \
    case hk_type_complex128: LOOP_COMPLEX(FROM, double, WIDTH, IMAGINARY); break;    \
  }                                                                                  \
  return -1

int64_t hk_convert(hk_type from, hk_type to, const void *x, void *y, int64_t n) {
  switch (from) {
    case hk_type_float32: CONVERT_FROM(float, 1, e[0] >= -0x1p63f && e[0] < 0x1p63f, e[0] != 0, 0);
    case hk_type_float64: CONVERT_FROM(double, 1, e[0] >= -0x1p63 && e[0] < 0x1p63, e[0] != 0, 0);
    case hk_type_int64: CONVERT_FROM(int64_t, 1, 1, e[0] != 0, 0);
    case hk_type_bool: CONVERT_FROM(uint8_t, 1, 1, e[0], 0);
    case hk_type_complex64:
      CONVERT_FROM(float, 2, e[0] >= -0x1p63f && e[0] < 0x1p63f, e[0] != 0 || e[1] != 0, e[1]);
    case hk_type_complex128:
      CONVERT_FROM(double, 2, e[0] >= -0x1p63 && e[0] < 0x1p63, e[0] != 0 || e[1] != 0, e[1]);
  }
}

void hk_modulus(hk_type type, const void *x, void *y, int64_t n) {
  if (type == hk_type_complex64) {
    LOOP(float, float, 2, hypotf(e[0], e[1]));
  } else {
    LOOP(double, double, 2, hypot(e[0], e[1]));
  }
}

#define SELECT(TYPE)                                                                 \
  do {                                                                               \
    const TYPE *in_a = a, *in_b = b;                                                 \
    TYPE *out = y;                                                                   \
    for (int64_t i = 0; i < n; ++i) out[i] = condition[i] ? in_a[i] : in_b[i];       \
  } while (0)

void hk_select(int32_t size, const uint8_t *condition, const void *a, const void *b, void *y,
               int64_t n) {
  switch (size) {
    case 1: SELECT(uint8_t); break;
    case 4: SELECT(uint32_t); break;
    case 8: SELECT(uint64_t); break;
    default: SELECT(pair); break;
  }
}

// Runs BODY for each place i of extents, with the address p of x there for index j = index[i].
#define FOR_EACH_INDEX(BODY)                                                         \
  int64_t count[8] = {0}, i = 0;                                                     \
  for (int32_t d = 0; d < rank; ++d)                                                 \
    if (extents[d] == 0) return -1;                                                  \
  for (;;) {                                                                         \
    const int64_t j = index[i];                                                      \
    if (j < 0 || j >= length) return i;                                              \
    char *p = base + j * strides[axis];                                              \
    BODY;                                                                            \
    ++i;                                                                             \
    int32_t d = rank - 1;                                                            \
    for (; d >= 0; --d) {                                                            \
      const int64_t step = d == axis ? 0 : strides[d];                               \
      base += step;                                                                  \
      if (++count[d] < extents[d]) break;                                            \
      base -= step * extents[d];                                                     \
      count[d] = 0;                                                                  \
    }                                                                                \
    if (d < 0) return -1;                                                            \
  }

int64_t hk_gather(int32_t size, int32_t rank, const int64_t *extents, const int64_t *strides,
                  int32_t axis, int64_t length, const int64_t *index, const void *x, void *y) {
  char *base = (char *)x, *out = y;
  FOR_EACH_INDEX(switch (size) {
    case 1: out[i] = *p; break;
    case 4: ((uint32_t *)out)[i] = *(uint32_t *)p; break;
    case 8: ((uint64_t *)out)[i] = *(uint64_t *)p; break;
    default: ((pair *)out)[i] = *(pair *)p; break;
  })
}

int64_t hk_scatter_add(hk_type type, int32_t rank, const int64_t *extents, const int64_t *strides,
                       int32_t axis, int64_t length, const int64_t *index, const void *y, void *x) {
  char *base = x;
  FOR_EACH_INDEX(switch (type) {
    case hk_type_float32: *(float *)p += ((const float *)y)[i]; break;
    case hk_type_float64: *(double *)p += ((const double *)y)[i]; break;
    case hk_type_int64: *(uint64_t *)p += ((const uint64_t *)y)[i]; break;
    case hk_type_bool: break;
    case hk_type_complex64:
      ((float *)p)[0] += ((const float *)y)[2 * i];
      ((float *)p)[1] += ((const float *)y)[2 * i + 1];
      break;
    case hk_type_complex128:
      ((double *)p)[0] += ((const double *)y)[2 * i];
      ((double *)p)[1] += ((const double *)y)[2 * i + 1];
      break;
  })
}

void hk_matmul_int64(const int64_t *a, const int64_t *b, int64_t *y, int64_t m, int64_t n,
                     int64_t width, int64_t k) {
  const uint64_t *left = (const uint64_t *)a, *right = (const uint64_t *)b;
  uint64_t *out = (uint64_t *)y;
  for (int64_t i = 0; i < m; ++i) {
    for (int64_t j = 0; j < n; ++j) out[i * width + j] = 0;
    for (int64_t l = 0; l < k; ++l)
      for (int64_t j = 0; j < n; ++j) out[i * width + j] += left[i * k + l] * right[l * width + j];
  }
}
