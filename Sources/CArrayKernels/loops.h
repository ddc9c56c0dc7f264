// The loops that elementwise kernels are made of: static functions over an expression of the
// arguments x and y. R, FN and HK_LOOP are the including file's.
#pragma once

#define HK_UNARY(NAME, EXPRESSION)                                          \
  static void FN(NAME)(const void *in, void *out, int64_t n) {              \
    const R *x_ = in;                                                       \
    R *y_ = out;                                                            \
    HK_LOOP {                                                               \
      const R x = x_[i];                                                    \
      y_[i] = (R)(EXPRESSION);                                              \
    }                                                                       \
  }

// The three forms of a function of two arguments; see hk_form.
#define HK_BINARY(NAME, RESULT, EXPRESSION)                                                  \
  static void FN(NAME##_both)(const void *a, const void *b, void *out, int64_t n) {          \
    const R *a_ = a, *b_ = b;                                                                \
    RESULT *y_ = out;                                                                        \
    HK_LOOP {                                                                                \
      const R x = a_[i], y = b_[i];                                                          \
      y_[i] = (RESULT)(EXPRESSION);                                                          \
    }                                                                                        \
  }                                                                                          \
  static void FN(NAME##_scalarb)(const void *a, const void *b, void *out, int64_t n) {       \
    const R *a_ = a, y = *(const R *)b;                                                      \
    RESULT *y_ = out;                                                                        \
    HK_LOOP {                                                                                \
      const R x = a_[i];                                                                     \
      y_[i] = (RESULT)(EXPRESSION);                                                          \
    }                                                                                        \
  }                                                                                          \
  static void FN(NAME##_scalara)(const void *a, const void *b, void *out, int64_t n) {       \
    const R x = *(const R *)a, *b_ = b;                                                      \
    RESULT *y_ = out;                                                                        \
    HK_LOOP {                                                                                \
      const R y = b_[i];                                                                     \
      y_[i] = (RESULT)(EXPRESSION);                                                          \
    }                                                                                        \
  }

#define HK_COMPARISONS                  \
  HK_BINARY(equal, uint8_t, x == y)     \
  HK_BINARY(not_equal, uint8_t, x != y) \
  HK_BINARY(less, uint8_t, x < y)       \
  HK_BINARY(less_equal, uint8_t, x <= y)\
  HK_BINARY(greater, uint8_t, x > y)    \
  HK_BINARY(greater_equal, uint8_t, x >= y)

#define HK_SET_UNARY(NAME) table->unary[hk_unary_##NAME][type] = FN(NAME##_all)
#define HK_SET_FORMS(TABLE, OP, NAME)                      \
  table->TABLE[OP][type][hk_form_both] = FN(NAME##_both);  \
  table->TABLE[OP][type][hk_form_scalarb] = FN(NAME##_scalarb); \
  table->TABLE[OP][type][hk_form_scalara] = FN(NAME##_scalara)
#define HK_SET_BINARY(NAME) HK_SET_FORMS(binary, hk_binary_##NAME, NAME)
#define HK_SET_COMPARISON(NAME) HK_SET_FORMS(comparison, hk_comparison_##NAME, NAME)
#define HK_SET_COMPARISONS         \
  HK_SET_COMPARISON(equal);        \
  HK_SET_COMPARISON(not_equal);    \
  HK_SET_COMPARISON(less);         \
  HK_SET_COMPARISON(less_equal);   \
  HK_SET_COMPARISON(greater);      \
  HK_SET_COMPARISON(greater_equal)
