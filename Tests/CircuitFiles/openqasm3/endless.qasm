// error: 4:16: found a program of more than 4194304 steps, expected one that ends before; a larger limit is given by --max-steps
qubit q;
int i = 0;
while (true) { i += 1; }
