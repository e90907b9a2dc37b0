/*
 * actor_parts.c
 *		Keeps many rows of actors in parts by actor, each small enough to be sorted at hand.
 *
 * A part is a list of blocks, which grow with it up to a limit, so that no row is moved when there
 * are more, and little room is left empty.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "actor_parts.h"

/* bytes of a part's first block, and of its largest; no allocator wastes any of a power of two */
#define FIRST_BLOCK_BYTES 1024
#define MAX_BLOCK_BYTES (32 * 1024)

/* what the allocator keeps beside a block */
#define ALLOCATOR_BYTES 16

/* Return a collection without rows */
ActorParts *
ActorPartsCreate(MemoryContext context)
{
	ActorParts *parts = MemoryContextAllocZero(context, sizeof(ActorParts));

	parts->context = context;
	return parts;
}

/* Append a block to a part that has no room */
static pg_noinline void
AppendBlock(ActorParts *parts, ActorPart *part)
{
	Size bytes = Min(Max(part->size, FIRST_BLOCK_BYTES), MAX_BLOCK_BYTES);
	ActorBlock *block;

	block = MemoryContextAlloc(parts->context, bytes - ALLOCATOR_BYTES);
	block->next = NULL;
	block->space = (bytes - ALLOCATOR_BYTES - offsetof(ActorBlock, row)) / sizeof(ActorRow);
	if (part->last == NULL)
		part->first = block;
	else
		part->last->next = block;
	part->last = block;
	part->next = block->row;
	part->end = block->row + block->space;
	part->size += bytes;
	parts->largest = Max(parts->largest, part->size);
}

/* Add rows, each to the part of its actor */
void
ActorPartsAdd(ActorParts *parts, const ActorRow *row, int64 count)
{
	for (int64 i = 0; i < count; i++)
	{
		ActorPart *part = &parts->part[ActorHash(row[i].actor) >> (64 - ACTOR_PART_BITS)];

		if (unlikely(part->next == part->end))
			AppendBlock(parts, part);
		*part->next++ = row[i];
	}
	parts->count += count;
}

/* Return how many rows a part has */
int64
ActorPartCount(const ActorPart *part)
{
	int64 count = 0;

	for (const ActorBlock *block = part->first; block != NULL; block = block->next)
		count += ActorBlockCount(part, block);
	return count;
}

/* Copy the rows of a part, in the order they came */
void
ActorPartCopy(const ActorPart *part, ActorRow *row)
{
	for (const ActorBlock *block = part->first; block != NULL; block = block->next)
	{
		int64 count = ActorBlockCount(part, block);

		memcpy(row, block->row, count * sizeof(ActorRow));
		row += count;
	}
}

/* Forget all rows, and give back the room for them */
void
ActorPartsForget(ActorParts *parts)
{
	for (int i = 0; i < ACTOR_PARTS; i++)
	{
		ActorBlock *next;

		for (ActorBlock *block = parts->part[i].first; block != NULL; block = next)
		{
			next = block->next;
			pfree(block);
		}
	}
	memset(parts->part, 0, sizeof(parts->part));
	parts->count = 0;
	parts->largest = 0;
}
