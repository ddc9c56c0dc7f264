// Halfway between two angles the even one is taken.
// counts: 0100 0010 0000
bit[4] first;
bit[4] second;
bit[4] third;
angle[4] a = pi / 16;
first = a;
a = 5 * pi / 16;
second = a;
a = 9 * pi / 16;
third = a;
