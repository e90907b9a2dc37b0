/*
 * timing_state.c
 *		The forms of a timing_summary: lists and sketches, working and stored.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "timing.h"

#define TIMING_HEADER offsetof(TimingSummary, data)
#define TIMING_SKETCH_HEADER (TIMING_HEADER + offsetof(TimingSketch, slots))

StaticAssertDecl(TIMING_HEADER == MAXALIGN(TIMING_HEADER),
				 "the durations of timing_summary must be aligned");

/* a working list has room for this many durations at first, then for so many times as many */
#define LIST_FIRST_ROOM 4
#define LIST_GROWTH 4

/* a working sketch that grows on one side gets so many slots more there, or this part of it */
#define SKETCH_LEAST_SPARE 8
#define SKETCH_SPARE_PART 4

/* sums of buckets' ends are off by less than this part of them */
#define EDGE_SLACK 1e-9

/* Report that a count is full */
void
DurationCountOverflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("count out of range"),
			 errdetail("A summary holds at most %lld durations of a kind.",
					   (long long) TIMING_MAX_COUNT)));
}

/* Return a value of a form with so many zero bytes of data */
static TimingSummary *
TimingAllocate(TimingForm form, Size data)
{
	TimingSummary *timing = palloc0(TIMING_HEADER + data);

	SET_VARSIZE(timing, TIMING_HEADER + data);
	timing->version = TIMING_VERSION;
	timing->form = form;
	return timing;
}

/* Return a summary of nothing */
TimingSummary *
TimingCreate(void)
{
	return TimingAllocate(TIMING_LISTED, 0);
}

/* Return how many durations a list has room for */
static int
ListRoom(const TimingSummary *timing)
{
	return (VARSIZE(timing) - TIMING_HEADER) / sizeof(int64);
}

/* Return a working copy of a list, with room for at least so many durations */
static TimingSummary *
CopyList(const TimingSummary *timing, int least)
{
	TimingSummary *copy;
	int room = LIST_FIRST_ROOM;

	while (room < least)
		room *= LIST_GROWTH;
	copy = TimingAllocate(TIMING_COLLECTING, Min(room, TIMING_MAX_LISTED) * sizeof(int64));
	copy->listed = timing->listed;
	memcpy(copy->data, timing->data, timing->listed * sizeof(int64));
	return copy;
}

/* Return a working sketch with slots for so many buckets of each kind */
static TimingSummary *
CreateSketch(const TimingTotals *totals, const uint16 *first, const uint16 *buckets)
{
	int slots = buckets[TIMING_FINISHED] + buckets[TIMING_UNFINISHED];
	TimingSummary *timing =
		TimingAllocate(TIMING_COUNTING, offsetof(TimingSketch, slots) + slots * sizeof(int64));
	TimingSketch *sketch = TimingSketchOf(timing);

	sketch->totals = *totals;
	memcpy(sketch->first, first, sizeof(sketch->first));
	memcpy(sketch->buckets, buckets, sizeof(sketch->buckets));
	return timing;
}

/* Copy the slots of a kind to a sketch that has slots for the same buckets */
static void
CopySlots(TimingSketch *into, TimingSketch *from, TimingKind kind)
{
	memcpy(TimingSlots(into, kind) + (from->first[kind] - into->first[kind]),
		   TimingSlots(from, kind), from->buckets[kind] * sizeof(int64));
}

/* Return a working sketch with slots for a range of buckets, and spare ones beyond */
static TimingSummary *
MakeRoom(TimingSummary *timing, TimingKind kind, int lowest, int highest)
{
	TimingSketch *sketch = TimingSketchOf(timing);
	bool is_new = (sketch->buckets[kind] == 0);
	int first = is_new ? lowest : Min(lowest, sketch->first[kind]);
	int end = is_new ? highest + 1 : Max(highest + 1, sketch->first[kind] + sketch->buckets[kind]);
	int spare = Max((end - first) / SKETCH_SPARE_PART, SKETCH_LEAST_SPARE);
	uint16 firsts[TIMING_KINDS];
	uint16 buckets[TIMING_KINDS];
	TimingSummary *grown;

	if (!is_new && first == sketch->first[kind] && end == first + sketch->buckets[kind])
		return timing;
	if (is_new || first < sketch->first[kind])
		first = Max(first - spare, 0);
	if (is_new || end > sketch->first[kind] + sketch->buckets[kind])
		end = Min(end + spare, TIMING_BUCKETS);

	memcpy(firsts, sketch->first, sizeof(firsts));
	memcpy(buckets, sketch->buckets, sizeof(buckets));
	firsts[kind] = first;
	buckets[kind] = end - first;
	grown = CreateSketch(&sketch->totals, firsts, buckets);
	for (TimingKind k = 0; k < TIMING_KINDS; k++)
	{
		if (sketch->buckets[k] > 0)
			CopySlots(TimingSketchOf(grown), sketch, k);
	}
	return grown;
}

/* Count a duration in a working sketch, or in a larger one that takes its place */
static TimingSummary *
AddToSketch(TimingSummary *timing, TimingKind kind, int64 duration)
{
	TimingTotals *totals = &TimingSketchOf(timing)->totals;

	if (duration == 0)
	{
		if (totals->count[kind] >= TIMING_MAX_COUNT)
			DurationCountOverflow();
		totals->count[kind]++;
		totals->zeros[kind]++;
		return timing;
	}
	if (!TimingCount(timing, kind, duration))
	{
		int bucket = TimingBucket(LogTimeFixed(duration));

		timing = MakeRoom(timing, kind, bucket, bucket);
		(void) TimingCount(timing, kind, duration);
	}
	return timing;
}

/* Return the working sketch of listed durations */
static TimingSummary *
ListToSketch(const TimingSummary *timing)
{
	static const TimingTotals nothing;
	static const uint16 none[TIMING_KINDS];
	TimingSummary *sketch = CreateSketch(&nothing, none, none);

	for (int i = 0; i < timing->listed; i++)
		sketch = AddToSketch(sketch, ListedKind(timing->data[i]), ListedDuration(timing->data[i]));
	return sketch;
}

/* Return a working copy */
TimingSummary *
TimingWorking(const TimingSummary *timing)
{
	static const TimingSummary nothing;

	if (TimingIsListed(timing))
		return CopyList(timing, timing->listed);
	return TimingMerge(ListToSketch(&nothing), timing);
}

/* Add a duration to a working summary, or to a larger one that takes its place */
TimingSummary *
TimingAdd(TimingSummary *timing, TimingKind kind, int64 duration)
{
	if (timing->form == TIMING_COUNTING)
		return AddToSketch(timing, kind, duration);
	if (timing->listed >= TIMING_MAX_LISTED)
		return AddToSketch(ListToSketch(timing), kind, duration);
	if (timing->listed >= ListRoom(timing))
		timing = CopyList(timing, timing->listed + 1);
	timing->data[timing->listed++] = (kind == TIMING_UNFINISHED) ? -1 - duration : duration;
	return timing;
}

/* Add the totals of one sketch to those of another */
static void
AddTotals(TimingTotals *into, const TimingTotals *from)
{
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		if (into->count[kind] > TIMING_MAX_COUNT - from->count[kind])
			DurationCountOverflow();
		into->count[kind] += from->count[kind];
		into->zeros[kind] += from->zeros[kind];
	}
	if (into->minimum == 0 || (from->minimum != 0 && from->minimum < into->minimum))
		into->minimum = from->minimum;
	into->maximum = Max(into->maximum, from->maximum);
	into->sum += from->sum;
	into->log_sum += from->log_sum;
	into->log_square += from->log_square;
}

/* Merge a summary into a working one, or into a larger one that takes its place */
TimingSummary *
TimingMerge(TimingSummary *into, const TimingSummary *from)
{
	TimingBuckets buckets[TIMING_KINDS];

	if (TimingIsListed(from))
	{
		for (int i = 0; i < from->listed; i++)
			into = TimingAdd(into, ListedKind(from->data[i]), ListedDuration(from->data[i]));
		return into;
	}

	if (into->form == TIMING_COLLECTING)
		into = ListToSketch(into);
	AddTotals(&TimingSketchOf(into)->totals, &TimingSketchOf(from)->totals);
	TimingReadBuckets(from, buckets);
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		const BucketCount *counts = buckets[kind].counts;
		int length = buckets[kind].length;
		int64 *slots;

		if (length == 0)
			continue;
		into = MakeRoom(into, kind, counts[0].bucket, counts[length - 1].bucket);
		slots = TimingSlots(TimingSketchOf(into), kind);
		for (int i = 0; i < length; i++)
			slots[counts[i].bucket - TimingSketchOf(into)->first[kind]] += counts[i].count;
	}
	return into;
}

/* Order two listed durations: by their length, the unfinished ones last */
static int
CompareListed(const void *a, const void *b)
{
	int64 left = *(const int64 *) a;
	int64 right = *(const int64 *) b;

	if (ListedKind(left) != ListedKind(right))
		return (ListedKind(left) < ListedKind(right)) ? -1 : 1;
	left = ListedDuration(left);
	right = ListedDuration(right);
	return (left > right) - (left < right);
}

/* Return the stored form of a list in any order */
TimingSummary *
TimingFromList(const int64 *list, int listed)
{
	TimingSummary *timing = TimingAllocate(TIMING_LISTED, listed * sizeof(int64));

	timing->listed = listed;
	memcpy(timing->data, list, listed * sizeof(int64));
	qsort(timing->data, listed, sizeof(int64), CompareListed);
	return timing;
}

/* Return the stored form of a sketch */
TimingSummary *
TimingFromBuckets(const TimingTotals *totals, const TimingBuckets *buckets)
{
	Size size[TIMING_KINDS];
	TimingSummary *timing;
	TimingSketch *sketch;
	uint8 *bytes;

	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
		size[kind] = PackedCountsSize(buckets[kind].counts, buckets[kind].length);
	timing = TimingAllocate(TIMING_PACKED,
							offsetof(TimingSketch, slots) + size[TIMING_FINISHED] +
								size[TIMING_UNFINISHED]);
	sketch = TimingSketchOf(timing);
	sketch->totals = *totals;
	bytes = (uint8 *) sketch->slots;
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		sketch->buckets[kind] = buckets[kind].length;
		PackCounts(buckets[kind].counts, buckets[kind].length, bytes);
		bytes += size[kind];
	}
	return timing;
}

/* Return the stored form of a summary, which is not changed */
TimingSummary *
TimingPack(const TimingSummary *timing)
{
	TimingBuckets buckets[TIMING_KINDS];

	if (timing->form == TIMING_COLLECTING)
		return TimingFromList(timing->data, timing->listed);
	if (timing->form != TIMING_COUNTING)
		return unconstify(TimingSummary *, timing);
	TimingReadBuckets(timing, buckets);
	return TimingFromBuckets(&TimingSketchOf(timing)->totals, buckets);
}

/* Keep a value that grew out of its place, where it may be none yet */
static void
Keep(TimingSummary **place, MemoryContext context, TimingSummary *timing)
{
	TimingSummary *kept;

	if (timing == *place)
		return;
	kept = MemoryContextAlloc(context, VARSIZE(timing));
	memcpy(kept, timing, VARSIZE(timing));
	if (*place != NULL)
		pfree(*place);
	*place = kept;
	pfree(timing);
}

/* Return the working form of the value at a place, which has been kept there or is none */
static TimingSummary *
KeptWorking(TimingSummary **place, MemoryContext context)
{
	TimingSummary *nothing;

	if (*place == NULL)
	{
		nothing = TimingCreate();
		Keep(place, context, TimingWorking(nothing));
		pfree(nothing);
	}
	return *place;
}

/* Add a duration to the value that is kept at a place of a larger state */
void
TimingKeepAdd(TimingSummary **place, MemoryContext context, TimingKind kind, int64 duration)
{
	Keep(place, context, TimingAdd(KeptWorking(place, context), kind, duration));
}

/* Merge a summary into the value that is kept at a place of a larger state */
void
TimingKeepMerge(TimingSummary **place, MemoryContext context, const TimingSummary *from)
{
	if (VARSIZE(from) > TIMING_HEADER)
		Keep(place, context, TimingMerge(KeptWorking(place, context), from));
}

/* Return how many durations a stored value has, all of them finished, or -1 */
int64
TimingFinishedCount(const TimingSummary *timing)
{
	const TimingTotals *totals;

	if (TimingIsListed(timing))
		return (timing->listed > 0 && timing->data[timing->listed - 1] < 0) ? -1 : timing->listed;
	totals = &TimingSketchOf(timing)->totals;
	return (totals->count[TIMING_UNFINISHED] > 0) ? -1 : totals->count[TIMING_FINISHED];
}

/* Return a summary as a sketch, even where it lists its durations */
const TimingSummary *
TimingAsSketch(const TimingSummary *timing)
{
	return TimingIsListed(timing) ? ListToSketch(timing) : timing;
}

/* Read the counts of a working sketch */
static void
ReadSlots(TimingSketch *sketch, TimingKind kind, TimingBuckets *buckets)
{
	const int64 *slots = TimingSlots(sketch, kind);

	buckets->length = 0;
	for (int i = 0; i < sketch->buckets[kind]; i++)
	{
		if (slots[i] > 0)
		{
			buckets->counts[buckets->length].bucket = sketch->first[kind] + i;
			buckets->counts[buckets->length++].count = slots[i];
		}
	}
}

/* Read the counts of all kinds of a sketch */
void
TimingReadBuckets(const TimingSummary *timing, TimingBuckets *buckets)
{
	TimingSketch *sketch = TimingSketchOf(timing);
	const TimingTotals *totals = &sketch->totals;
	const uint8 *bytes = (const uint8 *) sketch->slots;
	Size rest = VARSIZE(timing) - TIMING_SKETCH_HEADER;

	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		int length = sketch->buckets[kind];
		Size used;

		buckets[kind].length = length;
		buckets[kind].counts = palloc(Max(length, 1) * sizeof(BucketCount));
		if (timing->form == TIMING_COUNTING)
		{
			ReadSlots(sketch, kind, &buckets[kind]);
			continue;
		}
		if (!UnpackCounts(bytes, rest, totals->count[kind] - totals->zeros[kind], TIMING_BUCKETS,
						  buckets[kind].counts, length, &used))
			ereport(ERROR,
					(errcode(ERRCODE_DATA_CORRUPTED),
					 errmsg("invalid counts in a value of type %s", TIMING_TYPE)));
		bytes += used;
		rest -= used;
	}
}

/*
 * Fill in the sum of squared deviations of the logarithms from their mean; false when there is no
 * such sum.
 *
 * With r the remainder of the sum by the number n and m the quotient, squares - m (sum + r) are the
 * squares around m, and r^2 / n less those around the mean.  All of it fits 128 bits: logarithms
 * stay below 2^42, and so does n.
 */
bool
TimingLogDeviation(const TimingTotals *totals, double *deviation)
{
	int128 n = totals->count[TIMING_FINISHED] - totals->zeros[TIMING_FINISHED];
	int128 middle, rest, squares;

	if (n == 0)
		return totals->log_sum == 0 && totals->log_square == 0;
	middle = totals->log_sum / n;
	rest = totals->log_sum % n;
	squares = totals->log_square - middle * (totals->log_sum + rest);
	*deviation = (double) squares - (double) (rest * rest) / (double) n;
	return squares >= (rest * rest + n - 1) / n;
}

/* Report content that no durations have; false after a soft error */
bool
RefuseTiming(Node *escontext, const char *detail)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("invalid content of type %s", TIMING_TYPE), errdetail_internal("%s", detail)));
}

/* Check a list of durations; false after a soft error */
bool
CheckTimingList(const int64 *list, int listed, Node *escontext)
{
	if (listed > TIMING_MAX_LISTED)
		return RefuseTiming(escontext,
							psprintf("At most %d durations are listed.", TIMING_MAX_LISTED));
	for (int i = 1; i < listed; i++)
	{
		if (CompareListed(&list[i - 1], &list[i]) > 0)
			return RefuseTiming(escontext, "Durations are listed in order.");
	}
	return true;
}

/* Check the counts of a kind, which must have their total; false after a soft error */
static bool
CheckTimingBuckets(const TimingTotals *totals, const TimingBuckets *buckets, TimingKind kind,
				   Node *escontext)
{
	int64 count = totals->count[kind];
	int64 zeros = totals->zeros[kind];
	int64 total = zeros;
	int last = -1;

	if (count < 0 || count > TIMING_MAX_COUNT || zeros < 0 || zeros > count)
		return RefuseTiming(escontext, "A number of durations is out of range.");
	for (int i = 0; i < buckets->length; i++)
	{
		const BucketCount *bucket = &buckets->counts[i];

		if (bucket->bucket <= last || bucket->bucket >= TIMING_BUCKETS)
			return RefuseTiming(escontext, "Buckets are in order and within range.");
		if (bucket->count <= 0 || bucket->count > count - total)
			return RefuseTiming(escontext, "A number of durations is out of range.");
		total += bucket->count;
		last = bucket->bucket;
	}
	if (total != count)
		return RefuseTiming(escontext, "The buckets do not hold all durations.");
	return true;
}

/* Check the sums of the finished durations by what their buckets allow; false after a soft error */
static bool
CheckTimingSums(const TimingTotals *totals, const TimingBuckets *buckets, Node *escontext)
{
	const BucketCount *counts = buckets->counts;
	int128 rest = totals->count[TIMING_FINISHED] - totals->zeros[TIMING_FINISHED] - 1;
	int64 shortest, longest;
	double sum_low = 0.0, sum_high = 0.0, deviation;
	int128 low = 0, high = 0, square_low = 0, square_high = 0;

	if (buckets->length == 0)
	{
		if (totals->minimum != 0 || totals->maximum != 0 || totals->sum != 0 ||
			totals->log_sum != 0 || totals->log_square != 0)
			return RefuseTiming(escontext, "There are sums, but no finished durations.");
		return true;
	}

	if (totals->minimum <= 0 || totals->maximum < totals->minimum)
		return RefuseTiming(escontext, "The minimum and the maximum are not in order.");
	shortest = LogTimeFixed(totals->minimum);
	longest = LogTimeFixed(totals->maximum);
	if (TimingBucket(shortest) != counts[0].bucket ||
		TimingBucket(longest) != counts[buckets->length - 1].bucket)
		return RefuseTiming(escontext, "The minimum and the maximum are not in the outer buckets.");
	if (totals->sum < totals->maximum + rest * totals->minimum ||
		totals->sum > totals->minimum + rest * totals->maximum)
		return RefuseTiming(escontext, "The sum is out of range.");

	for (int i = 0; i < buckets->length; i++)
	{
		int128 count = counts[i].count;
		int128 least = Max((int64) counts[i].bucket * TIMING_BUCKET_WIDTH, shortest);
		int128 most = Min((int64) (counts[i].bucket + 1) * TIMING_BUCKET_WIDTH - 1, longest);

		low += count * least;
		high += count * most;
		square_low += count * least * least;
		square_high += count * most * most;
		sum_low += (double) counts[i].count * TimingBucketEdge(counts[i].bucket);
		sum_high += (double) counts[i].count * TimingBucketEdge(counts[i].bucket + 1);
	}
	if ((double) totals->sum < sum_low * (1.0 - EDGE_SLACK) - 1.0 ||
		(double) totals->sum > sum_high * (1.0 + EDGE_SLACK) + 1.0)
		return RefuseTiming(escontext, "The sum is out of range.");
	if (totals->log_sum < low || totals->log_sum > high || totals->log_square < square_low ||
		totals->log_square > square_high || !TimingLogDeviation(totals, &deviation))
		return RefuseTiming(escontext, "The sums of logarithms are out of range.");
	return true;
}

/* Check a sketch; false after a soft error */
bool
CheckTimingSketch(const TimingTotals *totals, const TimingBuckets *buckets, Node *escontext)
{
	for (TimingKind kind = 0; kind < TIMING_KINDS; kind++)
	{
		if (!CheckTimingBuckets(totals, &buckets[kind], kind, escontext))
			return false;
	}
	if (totals->count[TIMING_FINISHED] + totals->count[TIMING_UNFINISHED] <= TIMING_MAX_LISTED)
		return RefuseTiming(escontext,
							psprintf("Up to %d durations are listed.", TIMING_MAX_LISTED));
	return CheckTimingSums(totals, &buckets[TIMING_FINISHED], escontext);
}
