// error: 4:1: found calibration blocks ('defcal'), which is not supported
// error: 5:1: found calibration blocks ('cal'), which is not supported
// error: 6:1: found 'extern' subroutines, which is not supported
defcal x $0 { play(drive($0), gaussian(1.0)); }
cal { port d0; }
extern f(int) -> int;
