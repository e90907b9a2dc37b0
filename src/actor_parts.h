/*
 * actor_parts.h
 *		Keeps many rows of actors in parts by actor, each small enough to be sorted at hand.
 */
#ifndef CXUX_ACTOR_PARTS_H
#define CXUX_ACTOR_PARTS_H

#include "postgres.h"

typedef struct ActorRow
{
	int64 actor; /* the number itself, or its place in the dictionary */
	int64 at;
	int32 code;
} ActorRow;

/* parts, as a power of two */
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

/* rows that came one after the other */
typedef struct ActorBlock
{
	struct ActorBlock *next;
	int64 space;
	ActorRow row[FLEXIBLE_ARRAY_MEMBER];
} ActorBlock;

/* rows of a part, in the order they came; all of its blocks but the last are full */
typedef struct ActorPart
{
	ActorRow *next; /* where the next row goes, unless the block is full */
	ActorRow *end;
	ActorBlock *first;
	ActorBlock *last;
	Size size; /* of its blocks */
} ActorPart;

typedef struct ActorParts
{
	MemoryContext context;
	int64 count;  /* of all rows */
	Size largest; /* size of the largest part */
	ActorPart part[ACTOR_PARTS];
} ActorParts;

extern ActorParts *ActorPartsCreate(MemoryContext context);
extern void ActorPartsAdd(ActorParts *parts, const ActorRow *row, int64 count);
extern void ActorPartsForget(ActorParts *parts);
extern int64 ActorPartCount(const ActorPart *part);
extern void ActorPartCopy(const ActorPart *part, ActorRow *row);

/* Return how many rows of a block are in use */
static inline int64
ActorBlockCount(const ActorPart *part, const ActorBlock *block)
{
	return (block == part->last) ? part->next - block->row : block->space;
}

#endif /* CXUX_ACTOR_PARTS_H */
