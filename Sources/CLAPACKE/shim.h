#pragma once
// Swift does not import C's _Complex: LAPACKE is told to use structs of the same layout.
#define LAPACK_COMPLEX_CUSTOM
typedef struct { float real, imag; } lapack_complex_float;
typedef struct { double real, imag; } lapack_complex_double;
#define lapack_complex_float lapack_complex_float
#define lapack_complex_double lapack_complex_double
#include <lapacke.h>
