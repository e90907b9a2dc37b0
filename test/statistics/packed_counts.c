/*
 * packed_counts.c
 *		Packed counts come back as they were, in as many bytes as promised, and from no others.
 */
#include "packed_counts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../report.h"

#define BUCKETS 2184
#define ROUNDS 300
#define MAX_BYTES (BUCKETS * 16)

static uint64_t state = 88172645463325252u;

static BucketCount counts[BUCKETS];
static BucketCount found[BUCKETS];
static uint8_t bytes[MAX_BYTES];

/* Return a number below a limit, by Marsaglia's xorshift */
static uint64_t
Random(uint64_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % limit;
}

/* Return the sum of the counts */
static int64_t
Total(int length)
{
	int64_t total = 0;

	for (int i = 0; i < length; i++)
		total += counts[i].count;
	return total;
}

/* Fill in counts of a density from 0 to 1 and of any size up to 2^42, and return how many */
static int
Fill(double density, int size_bits)
{
	int length = 0;

	for (int i = 0; i < BUCKETS; i++)
	{
		if ((double) Random(1u << 20) >= density * (1 << 20))
			continue;
		counts[length].bucket = i;
		counts[length++].count = 1 + (int64_t) Random(UINT64_C(1) << Random(size_bits + 1));
	}
	return length;
}

/* Tell whether the counts come back */
static bool
ComeBack(int length, size_t *size)
{
	size_t used;

	*size = PackedCountsSize(counts, length);
	memset(bytes, 0, sizeof(bytes));
	PackCounts(counts, length, bytes);
	for (size_t i = *size; i < sizeof(bytes); i++)
	{
		if (bytes[i] != 0)
			return false;
	}
	return UnpackCounts(bytes, *size, Total(length), BUCKETS, found, length, &used) &&
		used == *size && memcmp(counts, found, (size_t) length * sizeof(BucketCount)) == 0;
}

/* Pack and unpack counts of every kind */
static void
CheckRoundTrips(void)
{
	bool good = true, small = true;
	size_t size;

	for (int i = 0; i < ROUNDS; i++)
	{
		int length = Fill((double) Random(1001) / 1000.0, (int) Random(43));
		double bits;

		memset(found, 0, sizeof(found));
		good = ComeBack(length, &size) && good;
		if (length == 0)
			continue;
		bits = length * (log2((double) Total(length) / length) + 3.0) + 1.5 * BUCKETS + 8.0;
		small = (double) size * 8.0 <= bits && small;
	}
	Report(good, "counts come back");
	Report(small, "they take no more than promised");
}

/* Pack what takes most: a million, spread evenly or in the most unfortunate way */
static void
CheckLargest(void)
{
	char description[200];
	size_t size, worst = 0;
	bool good = true;

	for (int every = 1; every <= 8; every++)
	{
		for (int64_t rest = 0; rest < 300; rest += 7)
		{
			int length = 0;

			for (int i = 0; i < BUCKETS; i += every)
			{
				counts[length].bucket = i;
				counts[length++].count = 1;
			}
			/* half a million, some in one bucket and the others evenly */
			for (int i = 0; i < length; i++)
				counts[i].count += (500000 - rest * 1600 - length) / length;
			counts[length / 2].count += 500000 - Total(length);
			good = ComeBack(length, &size) && good;
			worst = (size > worst) ? size : worst;
		}
	}
	snprintf(description, sizeof(description), "half a million counts take up to %zu bytes", worst);
	Report(good && worst < 3500, description);
}

/* Unpack what was not packed: cut off, with other lengths and totals, with any bit turned over */
static void
CheckHostile(void)
{
	bool good = true;
	size_t size, used;

	for (int i = 0; i < 14; i++)
	{
		int length = Fill(i % 2 ? 0.02 : 0.1, 3 * i);
		int64_t total = Total(length);

		if (length == 0 || !ComeBack(length, &size))
			continue;
		for (size_t cut = 0; cut < size; cut++)
			good = !UnpackCounts(bytes, cut, total, BUCKETS, found, length, &used) && good;
		good = !UnpackCounts(bytes, size, total + 1, BUCKETS, found, length, &used) && good;
		good = !UnpackCounts(bytes, size, total - 1, BUCKETS, found, length, &used) && good;
		good = !UnpackCounts(bytes, size, total, BUCKETS, found, length - 1, &used) && good;
		good = !UnpackCounts(bytes, size, 0, BUCKETS, found, length, &used) && good;
		good = !UnpackCounts(bytes, size, -1, BUCKETS, found, length, &used) && good;
		good = !UnpackCounts(bytes, size, total, counts[length - 1].bucket, found, length, &used) &&
			good;
		for (size_t bit = 0; bit < 8 * size; bit++)
		{
			bytes[bit / 8] ^= (uint8_t) (1 << bit % 8);
			if (UnpackCounts(bytes, size, total, BUCKETS, found, length, &used) && used == size)
			{
				static uint8_t again[MAX_BYTES];

				/* other counts, then, of which these are the only bytes */
				memset(again, 0, sizeof(again));
				PackCounts(found, length, again);
				good = PackedCountsSize(found, length) == size && memcmp(again, bytes, size) == 0 &&
					good;
			}
			bytes[bit / 8] ^= (uint8_t) (1 << bit % 8);
		}
	}
	Report(good, "nothing is read but what is written");
	for (int i = 0; i < 3000; i++)
	{
		int length = (int) Random(BUCKETS + 10);

		size = Random(400);
		for (size_t place = 0; place < size; place++)
			bytes[place] = (uint8_t) Random(256);
		(void) UnpackCounts(bytes, size, (int64_t) Random(INT64_MAX), BUCKETS, found, length,
							&used);
	}
	Report(!UnpackCounts(bytes, 0, 1, BUCKETS, found, 0, &used) &&
			   UnpackCounts(bytes, 0, 0, BUCKETS, found, 0, &used) && used == 0,
		   "no counts take no bytes");
}

/* Run all checks */
int
main(void)
{
	printf("1..5\n");
	CheckRoundTrips();
	CheckLargest();
	CheckHostile();
	return failures == 0 ? 0 : 1;
}
