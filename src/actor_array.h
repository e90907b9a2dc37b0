/*
 * actor_array.h
 *		Keeps rows of actors in one array, where those of the same actor and code may become one.
 */
#ifndef CXUX_ACTOR_ARRAY_H
#define CXUX_ACTOR_ARRAY_H

#include "postgres.h"

typedef struct ActorRow
{
	int64 actor; /* the number itself, or its place in the dictionary */
	int64 at;
	int32 code;
} ActorRow;

/* Combine what a row has in place of a time with that of another one of the same actor and code */
typedef int64 (*ActorCombine)(int32 code, int64 at, int64 other);

typedef struct ActorArray
{
	ActorRow *row;
	int64 count;
	int64 space;
	uint32 *slot; /* numbers of rows by hash, counted from one; NULL for few rows, and where each
				   * event has a row of its own */
} ActorArray;

/* parts of many rows by actor, as a power of two */
#define ACTOR_PART_BITS 8
#define ACTOR_PARTS (1 << ACTOR_PART_BITS)

/* Knuth's multiplicative hashing: 2^64 over the golden ratio, whose high bits all bits change */
#define ACTOR_HASH_FACTOR UINT64CONST(0x9E3779B97F4A7C15)

/* Return a hash of an actor, of which the high bits tell the part */
static inline uint64
ActorHash(int64 actor)
{
	return (uint64) actor * ACTOR_HASH_FACTOR;
}

extern Size ActorArraySize(const ActorArray *array);
extern void ActorArrayGrow(ActorArray *array, MemoryContext context, int64 space, bool is_combined);
extern void ActorArrayForget(ActorArray *array);
extern void ActorArrayFreeSlots(ActorArray *array);
extern void ActorArrayFree(ActorArray *array);
extern void ActorArrayFetch(const ActorArray *array);
extern int64 ActorArrayCombine(ActorArray *array, ActorCombine combine, const ActorRow *row,
							   int64 count);

#endif /* CXUX_ACTOR_ARRAY_H */
