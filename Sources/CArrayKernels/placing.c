// A contiguous array written to a strided place.
#include <string.h>

#include "CArrayKernels.h"

static const char *placeAxis(const char *source, const int64_t *shape, const int64_t *strides,
                             int32_t rank, int64_t size, char *out) {
  int64_t step = strides[0] * size;
  if (rank == 1 && step == size) {
    memcpy(out, source, (size_t)(shape[0] * size));
    return source + shape[0] * size;
  }
  for (int64_t i = 0; i < shape[0]; ++i) {
    if (rank > 1) {
      source = placeAxis(source, shape + 1, strides + 1, rank - 1, size, out + i * step);
    } else {
      memcpy(out + i * step, source, (size_t)size);
      source += size;
    }
  }
  return source;
}

void hk_place_strided(const void *source, const int64_t *shape, const int64_t *strides, int32_t rank,
                      int64_t size, void *out) {
  for (int32_t axis = 0; axis < rank; ++axis)
    if (shape[axis] == 0) return;
  if (rank == 0)
    memcpy(out, source, (size_t)size);
  else
    placeAxis(source, shape, strides, rank, size, out);
}
