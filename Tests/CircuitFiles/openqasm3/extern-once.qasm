// error: 4:1: found 'extern' subroutines, which is not supported
// error: 8:8: found '3', expected '}': 'default' is the last case
// error: 10:9: found 'kk', expected a number, a parameter or a function
extern foo(int[8]) -> bit;
bit b = foo(3);
switch (3) {
  default { }
  case 3 { int k = 4; }
}
int j = kk;
