// error: 3:60: found an assignment to 'a', expected a variable: constants and inputs keep their values
// error: 4:41: found an assignment to 'a', expected a variable: constants and inputs keep their values
def change(readonly array[int[8], #dim = 1] a) -> int[8] { a[0] = 10; return a[0]; }
def sum(array[int[8], 2] a) -> int[8] { a[1] += 1; return a[1]; }
array[int[8], 3] list = {1, 2, 3};
array[int[8], 2] two = {1, 2};
int[8] k = change(list);
int[8] l = sum(two);
