// A subroutine changes the part of an array that it is given.
// counts: 11
bit[2] o;
def change(mutable array[int[8], #dim = 1] a) { a[2] = 10; }
array[int[8], 5] list = {1, 2, 3, 4, 5};
change(list[1:3]);
o[0] = list[0] == 1 && list[1] == 2 && list[2] == 3 && list[3] == 10 && list[4] == 5;
array[int[8], 2, 3] rows;
change(rows[1]);
o[1] = rows[0, 2] == 0 && rows[1, 2] == 10;
