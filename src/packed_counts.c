/*
 * packed_counts.c
 *		Counts of many buckets in few bytes.
 */
#include "packed_counts.h"

#include <string.h>

#define BYTE_BITS 8

/* a row of bits being written or read, the lowest of each byte first */
typedef struct BitWriter
{
	uint8_t *bytes; /* zeros */
	size_t place;
} BitWriter;

typedef struct BitReader
{
	const uint8_t *bytes;
	size_t size; /* in bits */
	size_t place;
} BitReader;

/* Return the place of the highest bit of a positive number */
static int
HighestBit(uint64_t number)
{
	return 63 - __builtin_clzll(number);
}

/* Return how many low bits of the counts are written as they are */
static int
PlainBits(int64_t total, int length)
{
	return HighestBit((uint64_t) total / (unsigned) length);
}

/* Write the lowest bits of a number */
static void
WriteBits(BitWriter *writer, uint64_t number, int bits)
{
	while (bits > 0)
	{
		int offset = (int) (writer->place % BYTE_BITS);
		int taken = (bits < BYTE_BITS - offset) ? bits : BYTE_BITS - offset;

		writer->bytes[writer->place / BYTE_BITS] |=
			(uint8_t) ((number & ((1u << taken) - 1)) << offset);
		number >>= taken;
		bits -= taken;
		writer->place += (size_t) taken;
	}
}

/* Write as many zeros, and a one */
static void
WriteUnary(BitWriter *writer, uint64_t zeros)
{
	writer->place += zeros;
	WriteBits(writer, 1, 1);
}

/* Read so many bits; false when there are not as many */
static bool
ReadBits(BitReader *reader, int bits, uint64_t *number)
{
	*number = 0;
	if (reader->size - reader->place < (size_t) bits)
		return false;
	for (int done = 0; done < bits;)
	{
		int offset = (int) (reader->place % BYTE_BITS);
		int taken = (bits - done < BYTE_BITS - offset) ? bits - done : BYTE_BITS - offset;
		uint64_t part = reader->bytes[reader->place / BYTE_BITS] >> offset;

		*number |= (part & ((1u << taken) - 1)) << done;
		done += taken;
		reader->place += (size_t) taken;
	}
	return true;
}

/* Read zeros up to a one; false when there is none, or more zeros than may be */
static bool
ReadUnary(BitReader *reader, uint64_t most, uint64_t *zeros)
{
	uint64_t bit = 0;

	for (*zeros = 0; ReadBits(reader, 1, &bit); (*zeros)++)
	{
		if (bit == 1)
			return true;
		if (*zeros == most)
			return false;
	}
	return false;
}

/* Return the sum of counts */
static int64_t
SumCounts(const BucketCount *counts, int length)
{
	int64_t total = 0;

	for (int i = 0; i < length; i++)
		total += counts[i].count;
	return total;
}

/* Return how many bytes the counts take */
size_t
PackedCountsSize(const BucketCount *counts, int length)
{
	int plain_bits = (length > 0) ? PlainBits(SumCounts(counts, length), length) : 0;
	size_t bits = 0;
	int last = -1;

	for (int i = 0; i < length; i++)
	{
		bits += 2 * (size_t) HighestBit((uint64_t) (counts[i].bucket - last)) + 1;
		bits += ((uint64_t) (counts[i].count - 1) >> plain_bits) + 1 + (size_t) plain_bits;
		last = counts[i].bucket;
	}
	return (bits + BYTE_BITS - 1) / BYTE_BITS;
}

/* Write counts, which are in the order of their buckets, to so many zero bytes */
void
PackCounts(const BucketCount *counts, int length, uint8_t *bytes)
{
	BitWriter writer = {bytes, 0};
	int plain_bits = (length > 0) ? PlainBits(SumCounts(counts, length), length) : 0;
	int last = -1;

	for (int i = 0; i < length; i++)
	{
		uint64_t gap = (uint64_t) (counts[i].bucket - last);
		uint64_t rest = (uint64_t) (counts[i].count - 1);

		WriteUnary(&writer, (uint64_t) HighestBit(gap));
		WriteBits(&writer, gap, HighestBit(gap)); /* its highest bit is that one */
		WriteUnary(&writer, rest >> plain_bits);
		WriteBits(&writer, rest, plain_bits);
		last = counts[i].bucket;
	}
}

/*
 * Read so many counts, and how many bytes they took.
 *
 * Nothing is trusted: false unless the bytes are those that PackCounts writes for buckets within
 * range whose counts have this total.
 */
bool
UnpackCounts(const uint8_t *bytes, size_t size, int64_t total, int buckets, BucketCount *counts,
			 int length, size_t *used)
{
	BitReader reader = {bytes, size * BYTE_BITS, 0};
	int64_t rest_total = total;
	int last = -1;
	int plain_bits;
	uint64_t padding;

	*used = 0;
	if (length < 0 || length > buckets || total < length || (length == 0 && total > 0))
		return false;
	if (length == 0)
		return true;
	plain_bits = PlainBits(total, length);
	for (int i = 0; i < length; i++)
	{
		uint64_t gap_bits, gap, whole, rest;

		if (!ReadUnary(&reader, (uint64_t) HighestBit((uint64_t) buckets), &gap_bits) ||
			!ReadBits(&reader, (int) gap_bits, &gap))
			return false;
		gap |= UINT64_C(1) << gap_bits;
		if (gap > (uint64_t) (buckets - 1 - last))
			return false;
		if (!ReadUnary(&reader, (uint64_t) total >> plain_bits, &whole) ||
			!ReadBits(&reader, plain_bits, &rest))
			return false;
		rest |= whole << plain_bits;
		if (rest >= (uint64_t) rest_total)
			return false;
		last += (int) gap;
		counts[i].bucket = last;
		counts[i].count = (int64_t) rest + 1;
		rest_total -= counts[i].count;
	}
	*used = (reader.place + BYTE_BITS - 1) / BYTE_BITS;
	reader.size = *used * BYTE_BITS;
	return rest_total == 0 && ReadBits(&reader, (int) (reader.size - reader.place), &padding) &&
		padding == 0;
}
