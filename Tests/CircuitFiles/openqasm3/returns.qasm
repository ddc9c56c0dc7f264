// error: 4:5: found the end of 'none' without a 'return', expected one with a value
// error: 5:22: found a value, expected ';': the subroutine returns nothing
// error: 9:1: found a 'switch' without cases, expected 'case' or 'default'
def none() -> int[4] { }
def value() { return 1; }
int[4] x = none();
value();
switch (x) { }
