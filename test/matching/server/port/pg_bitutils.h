/*
 * pg_bitutils.h
 *		Bits of a word, for programs without a server.
 */
#define pg_leftmost_one_pos32(word) (31 - __builtin_clz(word))
#define pg_rightmost_one_pos32(word) __builtin_ctz(word)
#define pg_popcount32(word) __builtin_popcount(word)
