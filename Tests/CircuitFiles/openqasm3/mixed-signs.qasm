// As in C, a wider number with a sign keeps it beside one without; of one width the sign is lost.
// counts: 11111111 111111
bit[6] o;
int[16] a = -1;
uint[8] b = 0;
int[32] sum = a + b;
o[0] = sum == -1;
a = -2;
b = 3;
int[32] product = a * b;
o[1] = product == -6;
int[32] c = -1;
uint[32] d = 1;
o[2] = !(c < d);
int[8] e = -8;
uint[32] f = 4;
uint[32] quotient = e / f;
o[3] = quotient == 0x3FFFFFFE;
uint[16] g = 200;
int[16] h = 100;
o[4] = g - h == 100 && h - g > 0;
bit[8] all = "11111111";
int[8] minus = -1;
o[5] = all == minus;
