/*
 * random.h
 *		Random numbers that are the same on every machine (SplitMix64).
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <stdint.h>

/* what they begin with, and go on from */
static uint64_t random_state = 1;

/* Return the next random number */
static uint64_t
Random(void)
{
	uint64_t z = (random_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

#endif /* RANDOM_H */
