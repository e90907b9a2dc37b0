/*
 * actor_array.c
 *		Keeps rows of actors in one array, where those of the same actor and code may become one.
 *
 * Rows that are to be combined are found by a hash of actor and code with linear probing, in slots
 * of which at most half are in use.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "actor_array.h"

/* so many rows to be combined are looked for one by one */
#define FEW_COMBINED 8

/* numbers of rows are counted from one in 32 bits */
#define MAX_COMBINED ((int64) PG_UINT32_MAX / 4)

/* an odd number that spreads codes */
#define CODE_FACTOR UINT64CONST(0xC2B2AE3D27D4EB4F)

/* bytes that the processor fetches at once, and that it surely keeps at hand */
#define CACHE_LINE 64
#define FETCH_MAX_BYTES (512 * 1024)

/* rows between two looks at interrupts */
#define INTERRUPT_ROWS 65536

/* Return how many slots there are for so many rows, a power of two as that is */
static inline Size
SlotCount(int64 space)
{
	return 2 * (Size) space;
}

/* Return the bytes that an array takes, with what finds its rows */
Size
ActorArraySize(const ActorArray *array)
{
	Size size = array->space * sizeof(ActorRow);

	if (array->slot != NULL)
		size += SlotCount(array->space) * sizeof(uint32);
	return size;
}

/*
 * Return the slot of an actor and a code: that of their row, or the empty one where it belongs.
 *
 * The high bits of the hash may be those of all actors of a part.
 */
static inline uint32 *
FindSlot(const ActorArray *array, int64 actor, int32 code)
{
	Size mask = SlotCount(array->space) - 1;
	uint64 hash = ActorHash(actor ^ (int64) ((uint32) code * CODE_FACTOR)) << ACTOR_PART_BITS;
	Size place = hash >> (64 - pg_leftmost_one_pos64(SlotCount(array->space)));

	for (; array->slot[place] != 0; place = (place + 1) & mask)
	{
		const ActorRow *row = &array->row[array->slot[place] - 1];

		if (row->actor == actor && row->code == code)
			break;
	}
	return &array->slot[place];
}

/* Give back the slots of rows that are not combined any more */
void
ActorArrayFreeSlots(ActorArray *array)
{
	if (array->slot != NULL)
		pfree(array->slot);
	array->slot = NULL;
}

/* Make slots for all rows there is room for */
static void
RebuildSlots(ActorArray *array, MemoryContext context)
{
	Size size = SlotCount(array->space) * sizeof(uint32);

	if (array->space > MAX_COMBINED)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different actors in one group"),
				 errhint("Group by actor first, and merge the summaries with rollup().")));
	ActorArrayFreeSlots(array);
	array->slot = MemoryContextAllocExtended(context, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int64 i = 0; i < array->count; i++)
	{
		if (i % INTERRUPT_ROWS == 0)
			CHECK_FOR_INTERRUPTS();
		*FindSlot(array, array->row[i].actor, array->row[i].code) = (uint32) i + 1;
	}
}

/* Make room for so many rows, a power of two */
void
ActorArrayGrow(ActorArray *array, MemoryContext context, int64 space, bool is_combined)
{
	Size size = space * sizeof(ActorRow);

	array->space = space;
	array->row = (array->row == NULL) ? MemoryContextAllocHuge(context, size)
									  : repalloc_huge(array->row, size);
	if (is_combined && space > FEW_COMBINED)
		RebuildSlots(array, context);
}

/* Forget all rows, but keep the room for them */
void
ActorArrayForget(ActorArray *array)
{
	array->count = 0;
	if (array->slot != NULL)
		memset(array->slot, 0, SlotCount(array->space) * sizeof(uint32));
}

/* Forget all rows, and give back the room for them */
void
ActorArrayFree(ActorArray *array)
{
	ActorArrayFreeSlots(array);
	if (array->row != NULL)
		pfree(array->row);
	memset(array, 0, sizeof(ActorArray));
}

/* Fetch bytes */
static void
FetchBytes(const void *bytes, Size size)
{
	for (Size at = 0; at < size; at += CACHE_LINE)
		__builtin_prefetch((const char *) bytes + at, 1);
}

/* Fetch rows and slots in the order they lie in, as each will be needed in another order */
void
ActorArrayFetch(const ActorArray *array)
{
	if (array->slot == NULL || ActorArraySize(array) > FETCH_MAX_BYTES)
		return;
	FetchBytes(array->slot, SlotCount(array->space) * sizeof(uint32));
	FetchBytes(array->row, array->count * sizeof(ActorRow));
}

/* Return the row of an actor and a code among few, or NULL where there is none */
static inline ActorRow *
FindAmongFew(const ActorArray *array, int64 actor, int32 code)
{
	for (int64 i = 0; i < array->count; i++)
	{
		if (array->row[i].actor == actor && array->row[i].code == code)
			return &array->row[i];
	}
	return NULL;
}

/*
 * Put what rows have into those of the same actor and code, and add those that are new while there
 * is room; return how many were done
 */
int64
ActorArrayCombine(ActorArray *array, ActorCombine combine, const ActorRow *row, int64 count)
{
	for (int64 i = 0; i < count; i++)
	{
		uint32 *slot = NULL;
		ActorRow *known;

		if (array->slot == NULL)
			known = FindAmongFew(array, row[i].actor, row[i].code);
		else
		{
			slot = FindSlot(array, row[i].actor, row[i].code);
			known = (*slot == 0) ? NULL : &array->row[*slot - 1];
		}
		if (likely(known != NULL))
			known->at = combine(row[i].code, known->at, row[i].at);
		else if (array->count >= array->space)
			return i;
		else
		{
			array->row[array->count++] = row[i];
			if (slot != NULL)
				*slot = (uint32) array->count;
		}
	}
	return count;
}
