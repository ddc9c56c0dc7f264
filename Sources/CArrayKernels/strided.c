// Copies of strided arrays.
#include <string.h>

#include "CArrayKernels.h"

static void copyAxis(const char *source, const int64_t *shape, const int64_t *strides, int32_t rank,
                     int64_t size, char **out) {
  int64_t count = shape[0], step = strides[0] * size;
  if (rank > 1) {
    for (int64_t i = 0; i < count; ++i)
      copyAxis(source + i * step, shape + 1, strides + 1, rank - 1, size, out);
    return;
  }
  if (step == size) {
    memcpy(*out, source, (size_t)(count * size));
    *out += count * size;
    return;
  }
#define COPY(type)                                                          \
  {                                                                         \
    type *o = (type *)*out;                                                 \
    for (int64_t i = 0; i < count; ++i) o[i] = *(const type *)(source + i * step); \
    *out += count * size;                                                   \
    return;                                                                 \
  }
  typedef struct { uint64_t a, b; } pair;
  if (size == 4) COPY(uint32_t)
  if (size == 8) COPY(uint64_t)
  if (size == 16) COPY(pair)
  COPY(uint8_t)
#undef COPY
}

void hk_copy_strided(const void *source, const int64_t *shape, const int64_t *strides, int32_t rank,
                     int64_t size, void *out) {
  for (int32_t axis = 0; axis < rank; ++axis)
    if (shape[axis] == 0) return;
  if (rank == 0) {
    memcpy(out, source, (size_t)size);
    return;
  }
  char *next = out;
  copyAxis(source, shape, strides, rank, size, &next);
}
