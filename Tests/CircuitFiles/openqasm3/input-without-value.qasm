// error: 3:11: found the input 'n' of type int[64] without a value; give it one (--set n=VALUE)
// error: 4:15: found '=', expected ';'
input int n;
input float x = 2;
qubit q;
