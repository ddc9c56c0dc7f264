// error: 8:14: found qubit q[0] twice, expected different qubits
// error: 9:9: found qubit q[1] twice, expected different qubits
// error: 10:9: found an empty range, expected qubits
// error: 11:3: found index -3, expected 0 to 1, or -2 to -1 from the end, for 'b'
qubit[3] q;
let part = q[0:1];
bit[2] b;
let a = q ++ q[0:0];
let d = q[{1, 1}];
let e = q[2:1];
b[-3] = 1;
