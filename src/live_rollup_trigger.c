/*
 * live_rollup_trigger.c
 *		The triggers that keep a live roll-up current.
 *
 *		Exact under concurrent writers, and why.  A statement first changes the
 *		source and then, in its triggers, the roll-up, where it locks the rows of
 *		its groups until its transaction ends, in the order of their keys.
 *
 *		What adds or takes out does so to the latest committed row of a group,
 *		which the lock gives it.  What computes a group anew takes the lock first
 *		and its snapshot after that: each transaction that had the lock before
 *		has ended, so its rows are seen, or are gone for good; and one whose rows
 *		are not seen has not had the lock yet, and will do its own part later.
 *
 *		So that this holds under any isolation level, the snapshot is the latest
 *		one, not that of the transaction; a group that changed since the latter
 *		is a serialization failure.
 *
 *		A statement on the source may be in the middle of another one on it, as
 *		that of a row trigger that completes the row it was called for.  Its rows
 *		then are gone before the outer one has counted them.  What is added and
 *		taken out comes to the same in any order, as long as no group has to hold
 *		less than nothing in between; where one would, groups are computed anew,
 *		then and in what follows, the outer statement first of all.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "catalog/partition.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "storage/bufmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/resowner.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

#include "live_rollup.h"

/* what a writer does to the roll-up */
#define WRITER_RIGHTS (ACL_SELECT | ACL_INSERT | ACL_UPDATE | ACL_DELETE)

/* triggers of a session to begin with */
#define PROGRAMS 16

/* columns of what is returned by statements that may leave a group empty */
#define PLACE_COLUMN 1
#define COUNT_COLUMN 2

/* statements whose plans are kept; one trigger has one event */
typedef enum Step
{
	STEP_ADD,
	STEP_TAKE,
	STEP_LOCK,
	STEP_REMOVE,
	STEPS
} Step;

/* what a trigger does, kept for the session */
typedef struct Program
{
	MemoryContext context;
	LiveRollup *live;
	LiveEvent event;
	Bitmapset *keys;    /* columns of the table, numbered as tg_updatedcols has them */
	Bitmapset *columns; /* all that are read */
	bool is_valid;
	bool is_current; /* the one that a look-up finds */
	int uses;        /* triggers may set off each other */
	SPIPlanPtr plans[STEPS];
} Program;

typedef struct ProgramEntry
{
	Oid trigger; /* hash key */
	Program *program;
} ProgramEntry;

/* the last transaction that computed groups of a roll-up anew */
typedef struct Recomputed
{
	Oid rollup; /* hash key */
	FullTransactionId transaction;
} Recomputed;

static HTAB *programs = NULL;
static HTAB *recomputed = NULL;

PG_FUNCTION_INFO_V1(live_rollup_maintain);

/* Note that what is known of a table may be out of date; of all tables for InvalidOid */
static void
ForgetTable(Datum unused, Oid table)
{
	HASH_SEQ_STATUS scan;
	ProgramEntry *entry;

	(void) unused;
	hash_seq_init(&scan, programs);
	while ((entry = hash_seq_search(&scan)) != NULL)
	{
		Program *program = entry->program;

		if (program != NULL &&
			(!OidIsValid(table) || program->live == NULL || program->live->source == table ||
			 program->live->rollup == table))
			program->is_valid = false;
	}
}

/* Note that names of schemas, functions, operators or types may be out of date */
static void
ForgetNames(Datum unused, int cache, uint32 hash)
{
	(void) cache;
	(void) hash;
	ForgetTable(unused, InvalidOid);
}

/* Get ready to keep programs */
static void
CreatePrograms(void)
{
	static const int caches[] = {NAMESPACEOID, PROCOID, OPEROID, TYPEOID, AGGFNOID};
	HASHCTL control = {.keysize = sizeof(Oid), .entrysize = sizeof(ProgramEntry)};
	HASHCTL of_recomputed = {.keysize = sizeof(Oid), .entrysize = sizeof(Recomputed)};

	if (recomputed == NULL)
		recomputed =
			hash_create("recomputed roll-ups", PROGRAMS, &of_recomputed, HASH_ELEM | HASH_BLOBS);
	programs = hash_create("live roll-ups", PROGRAMS, &control, HASH_ELEM | HASH_BLOBS);
	CacheRegisterRelcacheCallback(ForgetTable, (Datum) 0);
	for (size_t i = 0; i < lengthof(caches); i++)
		CacheRegisterSyscacheCallback(caches[i], ForgetNames, (Datum) 0);
}

/* Free a program that nobody uses or finds */
static void
FreeProgram(Program *program)
{
	for (int i = 0; i < STEPS; i++)
	{
		if (program->plans[i] != NULL)
			SPI_freeplan(program->plans[i]);
	}
	MemoryContextDelete(program->context);
}

/*
 * Free programs that are out of date, but for that of an entry.
 *
 * A trigger that was dropped, as with its table or partition, is not looked up
 * again, and a session may outlive any number of them.
 */
static void
FreeInvalid(const ProgramEntry *kept)
{
	HASH_SEQ_STATUS scan;
	ProgramEntry *entry;

	hash_seq_init(&scan, programs);
	while ((entry = hash_seq_search(&scan)) != NULL)
	{
		Program *program = entry->program;

		if (entry == kept || (program != NULL && (program->is_valid || program->uses > 0)))
			continue;
		/* first of all, so that what is freed cannot be found */
		hash_search(programs, &entry->trigger, HASH_REMOVE, NULL);
		if (program != NULL)
			FreeProgram(program);
	}
}

/* Return what set a trigger off */
static LiveEvent
EventOf(const TriggerData *data)
{
	if (TRIGGER_FIRED_BY_INSERT(data->tg_event))
		return LIVE_INSERT;
	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event))
		return LIVE_UPDATE;
	if (TRIGGER_FIRED_BY_DELETE(data->tg_event))
		return LIVE_DELETE;
	return LIVE_TRUNCATE;
}

/* Check that a trigger is one that live_rollup() makes */
static void
CheckTrigger(const TriggerData *data, LiveEvent event)
{
	const Trigger *trigger = data->tg_trigger;
	bool needs_old = event == LIVE_UPDATE || event == LIVE_DELETE;
	bool needs_new = event == LIVE_UPDATE || event == LIVE_INSERT;
	Oid rollup, source;

	if (!TRIGGER_FIRED_AFTER(data->tg_event) || TRIGGER_FIRED_FOR_ROW(data->tg_event) ||
		(needs_old &&
		 (trigger->tgoldtable == NULL || strcmp(trigger->tgoldtable, LIVE_OLD_ROWS) != 0)) ||
		(needs_new &&
		 (trigger->tgnewtable == NULL || strcmp(trigger->tgnewtable, LIVE_NEW_ROWS) != 0)) ||
		!LiveTriggerTables(trigger, &rollup, &source))
		LiveRefuseTrigger(trigger);
}

/* Note the columns of a table that are read, by number */
static void
NumberColumns(Program *program, Oid table)
{
	ListCell *cell;

	foreach (cell, program->live->columns)
		program->columns =
			bms_add_member(program->columns,
						   get_attnum(table, lfirst(cell)) - FirstLowInvalidHeapAttributeNumber);
	foreach (cell, program->live->keys)
		program->keys = bms_add_member(program->keys,
									   get_attnum(table, ((LiveKey *) lfirst(cell))->name) -
										   FirstLowInvalidHeapAttributeNumber);
}

/* Make the program of a trigger; it is invalid from the start if anything changes meanwhile */
static void
CreateProgram(ProgramEntry *entry, const TriggerData *data, Oid function)
{
	MemoryContext context, caller;
	Program *program;

	CheckTrigger(data, EventOf(data));
	/* the session's own once it is whole: an error in between frees it */
	context = AllocSetContextCreate(CurrentMemoryContext, "live roll-up", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(context);
	program = palloc0(sizeof(Program));
	program->context = context;
	program->event = EventOf(data);
	program->is_current = true;
	program->is_valid = true;
	entry->program = program;
	PG_TRY();
	{
		LiveRollup *live = LiveOfTrigger(data->tg_trigger);

		LiveResolve(live, function);
		program->live = live;
		NumberColumns(program, RelationGetRelid(data->tg_relation));
	}
	PG_CATCH();
	{
		entry->program = NULL;
		MemoryContextSwitchTo(caller);
		MemoryContextDelete(context);
		PG_RE_THROW();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(context, TopMemoryContext);
}

/* Return the program of a trigger, made anew when it may be out of date */
static Program *
UseProgram(const TriggerData *data, Oid function)
{
	ProgramEntry *entry;
	Program *program;
	bool found;

	if (programs == NULL)
		CreatePrograms();
	entry = hash_search(programs, &data->tg_trigger->tgoid, HASH_ENTER, &found);
	if (!found)
		entry->program = NULL;
	program = entry->program;
	if (program != NULL && !program->is_valid)
	{
		entry->program = NULL;
		program->is_current = false;
		if (program->uses == 0)
			FreeProgram(program);
	}
	if (entry->program == NULL)
	{
		FreeInvalid(entry);
		CreateProgram(entry, data, function);
	}
	entry->program->uses++;
	return entry->program;
}

/* Note that a program is not used any more */
static void
LeaveProgram(Program *program)
{
	if (--program->uses == 0 && !program->is_current)
		FreeProgram(program);
}

/* Check that row-level security hides no row from what reads or writes a whole table */
static void
LiveCheckRowSecurity(Oid relation)
{
	if (check_enable_rls(relation, InvalidOid, true) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("row-level security of table \"%s\" would hide rows from a live roll-up",
						get_rel_name(relation)),
				 errhint("Write as a role that bypasses it.")));
}

/* Check that the writer may write to the roll-up */
static void
CheckWriter(const LiveRollup *live)
{
	Oid writer = GetUserId();

	if (pg_class_aclmask(live->rollup, writer, WRITER_RIGHTS, ACLMASK_ALL) != WRITER_RIGHTS)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for live roll-up \"%s\"", live->rollup_name),
				 errdetail("Who writes to \"%s\" writes to its roll-up, too.", live->source_name),
				 errhint("Run GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s.",
						 live->rollup_table, quote_identifier(GetUserNameFromId(writer, false)))));
	LiveCheckRowSecurity(live->rollup);
}

/* Check that a statement of ours came to its expected end */
static void
CheckResult(int result, int expected)
{
	if (result != expected)
		elog(ERROR, "unexpected result of a live roll-up: %s", SPI_result_code_string(result));
}

/* Return the statement of a step */
static char *
StepSql(const Program *program, Step step)
{
	switch (step)
	{
		case STEP_ADD:
			return LiveAddSql(program->live, program->event);
		case STEP_TAKE:
			return LiveTakeSql(program->live, program->event);
		case STEP_LOCK:
			return LiveLockSql(program->live, program->event);
		default:
			return LiveRemoveSql(program->live);
	}
}

/* Return the plan of a step */
static SPIPlanPtr
PlanOf(Program *program, Step step)
{
	if (program->plans[step] == NULL)
	{
		Oid place_type = TIDOID;
		SPIPlanPtr plan =
			SPI_prepare(StepSql(program, step), step == STEP_REMOVE ? 1 : 0, &place_type);

		if (plan == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(plan);
		program->plans[step] = plan;
	}
	return program->plans[step];
}

/* Run a step */
static void
Run(Program *program, Step step, int expected)
{
	CheckResult(SPI_execute_plan(PlanOf(program, step), NULL, NULL, false, 0), expected);
}

/* Run a statement that sees all that is committed by now, under any isolation level */
static void
RunOnLatest(const char *sql, int expected)
{
	SPIPlanPtr plan = SPI_prepare(sql, 0, NULL);

	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	CheckResult(SPI_execute_snapshot(plan, NULL, NULL, GetLatestSnapshot(), InvalidSnapshot, false,
									 true, 0),
				expected);
}

/* Report that the roll-up does not count the rows that its source had */
pg_noreturn static void
RowsMissing(const LiveRollup *live)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("live roll-up \"%s\" does not hold all rows of table \"%s\"", live->rollup_name,
					live->source_name),
			 errdetail("More rows of a group were taken out than it counts."),
			 errhint("Run SELECT recompute_live_rollup(%s).",
					 quote_literal_cstr(live->rollup_table))));
}

/*
 * Remove those groups of the last result that have no rows left; this transaction holds them all.
 *
 * Tell whether that leaves what can be: no group with less than no rows, or with something of none.
 */
static bool
RemoveEmpty(Program *program)
{
	SPITupleTable *groups = SPI_tuptable;
	uint64 count = SPI_processed;
	bool can_be = true;

	for (uint64 i = 0; i < count; i++)
	{
		bool is_null;
		int64 rows =
			DatumGetInt64(SPI_getbinval(groups->vals[i], groups->tupdesc, COUNT_COLUMN, &is_null));
		Datum place = SPI_getbinval(groups->vals[i], groups->tupdesc, PLACE_COLUMN, &is_null);

		CHECK_FOR_INTERRUPTS();
		if (rows == 0)
			CheckResult(SPI_execute_plan(PlanOf(program, STEP_REMOVE), &place, NULL, false, 0),
						SPI_OK_DELETE);
		can_be = can_be && rows >= 0 && (rows > 0 || SPI_processed == 1);
	}
	SPI_freetuptable(groups);
	return can_be;
}

/* Fill an empty roll-up from its source; return how many groups there are */
int64
LiveFill(const LiveRollup *live)
{
	LiveCheckRowSecurity(live->source);
	RunOnLatest(LiveFillSql(live), SPI_OK_INSERT);
	return SPI_processed;
}

/*
 * Compute the whole roll-up anew; return how many groups there are.
 *
 * The lock waits for all transactions that have changed the roll-up, whose rows
 * are then seen; those that have changed the source alone do their part later.
 */
int64
LiveRefill(const LiveRollup *live)
{
	CheckResult(SPI_execute(LiveLockTableSql(live->rollup_table), false, 0), SPI_OK_UTILITY);
	RunOnLatest(psprintf("DELETE FROM %s", live->rollup_table), SPI_OK_DELETE);
	return LiveFill(live);
}

/*
 * Tell whether this transaction has computed groups of a roll-up anew.
 *
 * An upsert sets off the trigger of its updates before that of its inserts, and
 * what is computed anew then has counted both; so has what is computed anew in
 * the middle of another statement.  So what can be done twice, and no other, goes
 * on in such a transaction.
 */
static bool
HasRecomputed(const LiveRollup *live)
{
	const Recomputed *last = hash_search(recomputed, &live->rollup, HASH_FIND, NULL);

	return last != NULL && FullTransactionIdEquals(last->transaction, GetTopFullTransactionId());
}

/* Note that this transaction has computed groups of a roll-up anew */
static void
NoteRecomputed(const LiveRollup *live)
{
	FullTransactionId transaction = GetTopFullTransactionId();
	Recomputed *last = hash_search(recomputed, &live->rollup, HASH_ENTER, NULL);

	last->transaction = transaction;
}

/* Compute the groups of the statement anew */
static void
Recompute(Program *program)
{
	NoteRecomputed(program->live);
	LiveCheckRowSecurity(program->live->source);
	Run(program, STEP_LOCK, SPI_OK_INSERT);
	/* planned anew, for as many groups as there are */
	RunOnLatest(LiveRecomputeSql(program->live, program->event), SPI_OK_INSERT_RETURNING);
	if (!RemoveEmpty(program))
		RowsMissing(program->live);
}

/* Take the rows of the statement out of their groups; false when not all of them were there */
static bool
TakeOut(Program *program)
{
	Run(program, STEP_TAKE, SPI_OK_INSERT_RETURNING);
	return RemoveEmpty(program);
}

/* Do so in a subtransaction, which is undone when not all of them were there */
static bool
TryTakeOut(Program *program)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	ErrorData *volatile error = NULL;
	volatile bool were_there = false;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		were_there = TakeOut(program);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
	}
	PG_END_TRY();
	if (were_there)
		ReleaseCurrentSubTransaction();
	else
		RollbackAndReleaseCurrentSubTransaction();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	/* that is what summaries say of which more is subtracted than there is */
	if (error != NULL && error->sqlerrcode != ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
		ReThrowError(error);
	return were_there;
}

/* Tell whether a statement of a trigger runs, which may be in the middle of another one */
static bool
IsInTrigger(void)
{
	return DatumGetInt32(DirectFunctionCall1(pg_trigger_depth, (Datum) 0)) > 1;
}

/* Take the rows of the statement out of their groups */
static void
Take(Program *program)
{
	if (!IsInTrigger())
	{
		if (!TakeOut(program))
			RowsMissing(program->live);
	}
	else if (!TryTakeOut(program))
		Recompute(program);
}

/* Tell whether this session uses tables of the source, that of a trigger apart, that have rows */
static bool
UsesOthers(const TriggerData *data, Oid source)
{
	Oid table = RelationGetRelid(data->tg_relation);
	bool uses = false;
	ListCell *cell;

	if (table == source)
		return false; /* then all of them were truncated, which none is while it is in use */
	foreach (cell, LiveTables(source))
	{
		Relation relation;

		if (lfirst_oid(cell) == table)
			continue;
		relation = table_open(lfirst_oid(cell), NoLock);
		uses = uses ||
			(relation->rd_refcnt > 1 && relation->rd_rel->relkind == RELKIND_RELATION &&
			 RelationGetNumberOfBlocks(relation) > 0);
		table_close(relation, NoLock);
	}
	return uses;
}

/*
 * Tell whether an update left some columns as they were.
 *
 * A trigger before it, which a partition or child may have for itself, can
 * change what the statement does not name.
 */
static bool
Stays(const TriggerData *data, const Bitmapset *columns)
{
	Relation relation = data->tg_relation;

	return TRIGGER_FIRED_BY_UPDATE(data->tg_event) &&
		relation->rd_rel->relkind == RELKIND_RELATION && !relation->rd_rel->relhassubclass &&
		(relation->trigdesc == NULL || !relation->trigdesc->trig_update_before_row) &&
		!bms_overlap(data->tg_updatedcols, columns);
}

/* Bring the roll-up up to date with a statement */
static void
Maintain(Program *program, const TriggerData *data)
{
	LiveKind kind = program->live->kind;

	/* the rows that a statement in the middle has put into another partition are counted by now */
	if (program->event == LIVE_TRUNCATE)
	{
		if (UsesOthers(data, program->live->source))
			NoteRecomputed(program->live);
		LiveRefill(program->live);
		return;
	}
	if (kind == LIVE_RECOMPUTES || (kind == LIVE_MERGES && program->event != LIVE_INSERT) ||
		HasRecomputed(program->live))
	{
		Recompute(program);
		return;
	}
	/* the groups of both steps in one order, which differ only where rows moved */
	if (program->event == LIVE_UPDATE && !Stays(data, program->keys))
		Run(program, STEP_LOCK, SPI_OK_INSERT);
	/* adding first leaves no group empty between */
	if (program->event != LIVE_DELETE)
		Run(program, STEP_ADD, SPI_OK_INSERT);
	if (program->event != LIVE_INSERT)
		Take(program);
}

/* Tell whether a statement changed no row; without a table of rows that cannot be told */
static bool
ChangedNothing(const TriggerData *data)
{
	if (data->tg_oldtable == NULL && data->tg_newtable == NULL)
		return false;
	return (data->tg_oldtable == NULL || tuplestore_tuple_count(data->tg_oldtable) == 0) &&
		(data->tg_newtable == NULL || tuplestore_tuple_count(data->tg_newtable) == 0);
}

/* Tell whether the table of a trigger was detached from the source: its rows do not count then */
static bool
IsDetached(const TriggerData *data, const LiveRollup *live)
{
	Oid table = RelationGetRelid(data->tg_relation);

	return table != live->source && !list_member_oid(get_partition_ancestors(table), live->source);
}

/* Say in whose course an error happened */
static void
AddContext(void *program)
{
	const LiveRollup *live = ((Program *) program)->live;

	errcontext("live roll-up \"%s\" of table \"%s\"", live->rollup_name, live->source_name);
}

/* Keep a live roll-up current */
Datum
live_rollup_maintain(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	ErrorContextCallback context;
	Program *program;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"%s\" was not called as a trigger", LIVE_TRIGGER_FUNCTION),
				 errhint("Call live_rollup(source, rollup, group_by, measures ...).")));
	if (ChangedNothing(data))
		return PointerGetDatum(NULL);
	program = UseProgram(data, fcinfo->flinfo->fn_oid);
	context.callback = AddContext;
	context.arg = program;
	context.previous = error_context_stack;
	error_context_stack = &context;
	PG_TRY();
	{
		if (!IsDetached(data, program->live) && !Stays(data, program->columns))
		{
			CheckWriter(program->live);
			SPI_connect();
			if (SPI_register_trigger_data(data) != SPI_OK_TD_REGISTER)
				elog(ERROR, "SPI_register_trigger_data failed");
			Maintain(program, data);
			SPI_finish();
		}
	}
	PG_FINALLY();
	{
		LeaveProgram(program);
	}
	PG_END_TRY();
	error_context_stack = context.previous;
	return PointerGetDatum(NULL);
}
