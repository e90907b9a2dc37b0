/*
 * actor_parts.h
 *		Keeps many rows of actors in parts by actor, each small enough to be sorted at hand.
 */
#ifndef CXUX_ACTOR_PARTS_H
#define CXUX_ACTOR_PARTS_H

#include "postgres.h"

#include "actor_array.h"

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
	ActorCombine combine; /* NULL: each event has a row of its own */
	ActorArray *combined; /* by part, the rows that came before those of the part */
} ActorParts;

extern ActorParts *ActorPartsCreate(MemoryContext context, ActorCombine combine);
extern void ActorPartsAdd(ActorParts *parts, const ActorRow *row, int64 count);
extern void ActorPartsForget(ActorParts *parts);
extern bool ActorPartIsDue(const ActorParts *parts, int part);
extern void ActorPartCombine(ActorParts *parts, int part);
extern int64 ActorPartCount(const ActorPart *part);
extern void ActorPartCopy(const ActorPart *part, ActorRow *row);

/* Return how many rows of a block are in use */
static inline int64
ActorBlockCount(const ActorPart *part, const ActorBlock *block)
{
	return (block == part->last) ? part->next - block->row : block->space;
}

#endif /* CXUX_ACTOR_PARTS_H */
