/*
 * packed_counts.h
 *		Counts of many buckets in few bytes.
 *
 * Buckets without a count are left out.  Each other one is written as how many
 * places it lies after the one before, in Elias' gamma code (1975), and its
 * count less one in Rice's code (1979): as many zeros as it has whole 2^k, a
 * one, and its k lowest bits, with 2^k the power of two next below the mean
 * count.  So n counts of a mean m take, whatever they are, at most
 * n (log2 m + 3) bits, and 1.5 bits for each bucket up to the last one.
 */
#ifndef CXUX_PACKED_COUNTS_H
#define CXUX_PACKED_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct BucketCount
{
	int bucket;
	int64_t count; /* positive */
} BucketCount;

extern size_t PackedCountsSize(const BucketCount *counts, int length);
extern void PackCounts(const BucketCount *counts, int length, uint8_t *bytes);
extern bool UnpackCounts(const uint8_t *bytes, size_t size, int64_t total, int buckets,
						 BucketCount *counts, int length, size_t *used);

#endif /* CXUX_PACKED_COUNTS_H */
