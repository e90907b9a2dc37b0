/*
 * actor_spill.c
 *		Temporary files for events that do not fit the memory, one set per plan node.
 *
 * The groups of an aggregate share the tapes of one set, which PostgreSQL keeps in one temporary
 * file.  A set is found by the memory of its node; it is closed when the node is done with that
 * memory, and after an error with all temporary files of the query.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/logtape.h"
#include "utils/memutils.h"

#include "actor_progress.h"
#include "actor_spill.h"

#define PARTS (1 << ACTOR_SPILL_PART_BITS)

struct ActorSpillSet
{
	MemoryContext context; /* of the node, by which the set is found */
	LogicalTapeSet *tapes; /* NULL until something is written */
	MemoryContextCallback forget;
	ActorSpillSet *next;
};

struct ActorSpill
{
	ActorSpillSet *set;
	int level;  /* how often the rows were parted before */
	int64 rows; /* written so far */
	LogicalTape *tape[PARTS];
	bool reading[PARTS];
	char *name; /* bytes of the actor last read */
	Size name_space;
};

/* what is written in front of the bytes of an actor */
typedef struct SpilledRow
{
	int64 at;
	int32 code;
	int32 length;
} SpilledRow;

/* the sets of all nodes at work in this backend */
static ActorSpillSet *sets = NULL;

/* Take a set whose memory goes away, after an error, too, off the list */
static void
ForgetSet(void *arg)
{
	ActorProgressEnd();
	for (ActorSpillSet **link = &sets; *link != NULL; link = &(*link)->next)
	{
		if (*link == arg)
		{
			*link = (*link)->next;
			return;
		}
	}
}

/* Close the files of a node that is done */
static void
CloseSet(Datum arg)
{
	ActorSpillSet *set = (ActorSpillSet *) DatumGetPointer(arg);

	if (set->tapes != NULL)
		LogicalTapeSetClose(set->tapes);
	set->tapes = NULL;
}

/* Return the set of the node that calls */
ActorSpillSet *
ActorSpillSetFind(FunctionCallInfo fcinfo, MemoryContext context)
{
	ActorSpillSet *set;

	for (set = sets; set != NULL; set = set->next)
	{
		if (set->context == context)
			return set;
	}
	set = MemoryContextAllocZero(context, sizeof(ActorSpillSet));
	set->context = context;
	set->forget.func = ForgetSet;
	set->forget.arg = set;
	MemoryContextRegisterResetCallback(context, &set->forget);
	set->next = sets;
	sets = set;
	AggRegisterCallback(fcinfo, CloseSet, PointerGetDatum(set));
	return set;
}

/* Tell whether rows should go to files rather than take so many bytes more */
bool
ActorSpillIsDue(const ActorSpillSet *set, Size growth)
{
	return MemoryContextMemAllocated(set->context, true) + growth > get_hash_memory_limit();
}

/* Say what helps when there is no room for temporary files */
static void
AddHint(void *unused)
{
	int code = geterrcode();

	(void) unused;
	if (code == ERRCODE_DISK_FULL || code == ERRCODE_CONFIGURATION_LIMIT_EXCEEDED)
		errhint("Events that do not fit work_mem times hash_mem_multiplier go to temporary files. "
				"Set a larger work_mem for this query.");
}

/* Return files for a group; "level" tells how often its rows were parted before */
ActorSpill *
ActorSpillCreate(ActorSpillSet *set, int level)
{
	MemoryContext old_context = MemoryContextSwitchTo(set->context);
	ActorSpill *spill = palloc0(sizeof(ActorSpill));

	spill->set = set;
	spill->level = level;
	if (set->tapes == NULL)
	{
		set->tapes = LogicalTapeSetCreate(false, NULL, -1);
		ereport(DEBUG1,
				(errmsg_internal("cxux: rows do not fit into %zu kB and go to temporary files",
								 get_hash_memory_limit() / 1024)));
	}
	for (int i = 0; i < PARTS; i++)
		spill->tape[i] = LogicalTapeCreate(set->tapes);
	MemoryContextSwitchTo(old_context);
	return spill;
}

/* Return how many rows were written */
int64
ActorSpillRows(const ActorSpill *spill)
{
	return spill->rows;
}

/* Return how many parts there are */
int
ActorSpillParts(const ActorSpill *spill)
{
	return lengthof(spill->tape);
}

/* Write an event to the part of its actor */
void
ActorSpillWrite(ActorSpill *spill, const ActorName *name, int64 at, int32 code)
{
	uint64 hash = hash_bytes_extended((const unsigned char *) name->data, name->length, 0);
	int part = (hash >> (spill->level * ACTOR_SPILL_PART_BITS)) & (PARTS - 1);
	SpilledRow row = {at, code, name->length};
	MemoryContext old_context = MemoryContextSwitchTo(spill->set->context);
	ErrorContextCallback hint = {.previous = error_context_stack, .callback = AddHint};

	error_context_stack = &hint;
	/* a tape gets its block when it is first written to */
	LogicalTapeWrite(spill->tape[part], &row, sizeof(SpilledRow));
	LogicalTapeWrite(spill->tape[part], unconstify(char *, name->data), name->length);
	error_context_stack = hint.previous;
	MemoryContextSwitchTo(old_context);
	spill->rows++;
}

/* Read so many bytes; false at the end */
static bool
ReadBytes(LogicalTape *tape, void *into, Size size)
{
	Size found = LogicalTapeRead(tape, into, size);

	if (found != 0 && found != size)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("unexpected end of a temporary file of events")));
	return found == size;
}

/* Read the next event of a part; false at its end, when its blocks are free for others */
bool
ActorSpillRead(ActorSpill *spill, int part, ActorName *name, int64 *at, int32 *code)
{
	LogicalTape *tape = spill->tape[part];
	SpilledRow row;

	CHECK_FOR_INTERRUPTS();
	if (!spill->reading[part])
	{
		MemoryContext old_context = MemoryContextSwitchTo(spill->set->context);
		ErrorContextCallback hint = {.previous = error_context_stack, .callback = AddHint};

		/* which writes its last block */
		error_context_stack = &hint;
		LogicalTapeRewindForRead(tape, BLCKSZ);
		error_context_stack = hint.previous;
		MemoryContextSwitchTo(old_context);
		spill->reading[part] = true;
	}
	if (!ReadBytes(tape, &row, sizeof(SpilledRow)))
	{
		LogicalTapeClose(tape);
		spill->tape[part] = NULL;
		return false;
	}
	if ((Size) row.length > spill->name_space)
	{
		if (spill->name != NULL)
			pfree(spill->name);
		spill->name_space = Max(2 * spill->name_space, (Size) row.length);
		spill->name = MemoryContextAllocHuge(spill->set->context, spill->name_space);
	}
	if (row.length > 0 && !ReadBytes(tape, spill->name, row.length))
		elog(ERROR, "temporary file of events ends within a row");
	name->length = row.length;
	name->data = spill->name;
	*at = row.at;
	*code = row.code;
	return true;
}
