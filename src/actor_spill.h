/*
 * actor_spill.h
 *		Temporary files for events that do not fit the memory, one set per plan node.
 */
#ifndef CXUX_ACTOR_SPILL_H
#define CXUX_ACTOR_SPILL_H

#include "postgres.h"

#include "fmgr.h"

#include "actor_names.h"

/* how often rows can be parted; after that a part is of one actor */
#define ACTOR_SPILL_MAX_LEVEL (64 / ACTOR_SPILL_PART_BITS)

/* parts that the rows of a group are written in, as a power of two; each has a block in memory */
#define ACTOR_SPILL_PART_BITS 4

/* groups whose rows take less stay in memory, as writing them would take as much */
#define ACTOR_SPILL_MIN_SIZE (((Size) BLCKSZ << ACTOR_SPILL_PART_BITS) / 2)

/* the files of a plan node */
typedef struct ActorSpillSet ActorSpillSet;

/* what one group of the node has in them, parted by actor */
typedef struct ActorSpill ActorSpill;

extern ActorSpillSet *ActorSpillSetFind(FunctionCallInfo fcinfo, MemoryContext context);
extern bool ActorSpillIsDue(const ActorSpillSet *set, Size growth);
extern ActorSpill *ActorSpillCreate(ActorSpillSet *set, int level);
extern void ActorSpillWrite(ActorSpill *spill, const ActorName *name, int64 at, int32 code);
extern int64 ActorSpillRows(const ActorSpill *spill);
extern int ActorSpillParts(const ActorSpill *spill);
extern bool ActorSpillRead(ActorSpill *spill, int part, ActorName *name, int64 *at, int32 *code);

#endif /* CXUX_ACTOR_SPILL_H */
