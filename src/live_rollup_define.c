/*
 * live_rollup_define.c
 *		Makes, recomputes and drops live roll-ups, with the caller's rights.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "commands/tablecmds.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_func.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "live_rollup.h"

#define CALL_HINT \
	"Call live_rollup(source, rollup, group_by, measures ...): live_rollup('survey', 'survey_by_day', '{day}', 'nps(recommend) AS nps')."

/* columns that a unique index can have */
#define MAX_KEYS INDEX_MAX_KEYS

/* part of a trigger's name, which also says in what order lists show those of an upsert */
static const char *const event_names[LIVE_EVENTS] = {
	[LIVE_INSERT] = "live_insert",
	[LIVE_UPDATE] = "live_update",
	[LIVE_DELETE] = "live_delete",
	[LIVE_TRUNCATE] = "live_truncate",
};

/* a trigger of a roll-up */
typedef struct FoundTrigger
{
	Oid table;
	char *name;
} FoundTrigger;

PG_FUNCTION_INFO_V1(live_rollup);
PG_FUNCTION_INFO_V1(recompute_live_rollup);
PG_FUNCTION_INFO_V1(drop_live_rollup);

/* Run a statement */
static void
Execute(const char *sql, int expected)
{
	int result = SPI_execute(sql, false, 0);

	if (result != expected)
		elog(ERROR, "unexpected result of \"%s\": %s", sql, SPI_result_code_string(result));
}

/* Report a table that is not there */
pg_noreturn static void
NoRelation(Oid table)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_TABLE),
			 errmsg("relation with OID %u does not exist", table)));
}

/* Return the name of a table as SQL has it */
static char *
TableName(Oid table)
{
	char *name = get_rel_name(table);

	if (name == NULL)
		NoRelation(table);
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(table)), name);
}

/* Return the trigger function of the extension that a function belongs to */
static Oid
TriggerFunction(Oid function)
{
	char *schema = get_namespace_name(get_func_namespace(function));

	return LookupFuncName(list_make2(makeString(schema), makeString(LIVE_TRIGGER_FUNCTION)), 0,
						  NULL, false);
}

/* Read an array argument of texts, which are not NULL */
static List *
GetTexts(FunctionCallInfo fcinfo, int arg, const char *what)
{
	Datum *values;
	bool *nulls;
	int count;
	List *texts = NIL;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(arg), TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls,
					  &count);
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", what),
					 errhint(CALL_HINT)));
		texts = lappend(texts, TextDatumGetCString(values[i]));
	}
	if (texts == NIL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a live roll-up needs at least one %s", what), errhint(CALL_HINT)));
	return texts;
}

/* Report a table of which no live roll-up can be made */
pg_noreturn static void
UnfitSource(const char *name, const char *detail, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("cannot keep a live roll-up of \"%s\"", name), errdetail("%s", detail),
			 hint == NULL ? 0 : errhint("%s", hint)));
}

/* Check that statements cannot change a table without setting off its triggers; it is locked */
static char
CheckSource(Oid source)
{
	Relation relation = table_open(source, NoLock);
	const char *name = RelationGetRelationName(relation);
	char kind = relation->rd_rel->relkind;
	char persistence = relation->rd_rel->relpersistence;

	if (persistence == RELPERSISTENCE_TEMP)
		UnfitSource(name, "It is a temporary table.", NULL);
	if (relation->rd_rel->relispartition)
		UnfitSource(name, "It is a partition, whose rows change by statements on its parent.",
					"Make one of the partitioned table, grouped as you like.");
	if (has_superclass(source) ||
		(kind == RELKIND_RELATION && find_inheritance_children(source, NoLock) != NIL))
		UnfitSource(name, "It is part of a tree of inheritance.", "Use partitions.");
	table_close(relation, NoLock);
	return persistence;
}

/* Check that a relation is a table, before it is locked as one */
static void
CheckIsTable(Oid source)
{
	char kind = get_rel_relkind(source);

	if (kind == '\0')
		NoRelation(source);
	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
		UnfitSource(get_rel_name(source), "It is not a table.", NULL);
}

/*
 * Check that no statement of this session is in the middle of changing a source,
 * whose rows would be counted now and by its triggers again
 */
static void
CheckNotInUse(Oid source, const char *what)
{
	ListCell *cell;

	foreach (cell, LiveTables(source))
	{
		Relation relation = table_open(lfirst_oid(cell), NoLock);

		CheckTableNotInUse(relation, what);
		table_close(relation, NoLock);
	}
}

/* Return a name for a trigger that its table has not used */
static char *
NewTriggerName(const LiveRollup *live, Oid table, LiveEvent event)
{
	char *name = makeObjectName(live->rollup_name, NULL, event_names[event]);

	for (int i = 1; OidIsValid(get_trigger_oid(table, name, true)); i++)
		name = makeObjectName(live->rollup_name, NULL, psprintf("%s_%d", event_names[event], i));
	return name;
}

/* Tell whether a table has a trigger for a roll-up */
static bool
HasTriggers(Oid table, Oid rollup, Oid function)
{
	Relation relation = table_open(table, AccessShareLock);
	const TriggerDesc *triggers = relation->trigdesc;
	bool found = false;

	for (int i = 0; !found && triggers != NULL && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];
		Oid its_rollup, its_source;

		found = trigger->tgfoid == function &&
			LiveTriggerTables(trigger, &its_rollup, &its_source) && its_rollup == rollup;
	}
	table_close(relation, AccessShareLock);
	return found;
}

/* Make the triggers of a source and of its partitions where there are none yet */
static void
CreateTriggers(const LiveRollup *live, Oid function)
{
	char *function_name = LiveFunctionName(function);
	ListCell *cell;

	foreach (cell, LiveTables(live->source))
	{
		Oid table = lfirst_oid(cell);

		CHECK_FOR_INTERRUPTS();
		if (HasTriggers(table, live->rollup, function))
			continue;
		for (LiveEvent event = 0; event < LIVE_EVENTS; event++)
			Execute(LiveTriggerSql(live, event, NewTriggerName(live, table, event),
								   TableName(table), function_name),
					SPI_OK_UTILITY);
	}
}

/* Return the columns to group by */
static List *
GetKeys(FunctionCallInfo fcinfo)
{
	List *keys = GetTexts(fcinfo, 2, "column to group by");

	if (list_length(keys) > MAX_KEYS)
		ereport(ERROR,
				(errcode(ERRCODE_TOO_MANY_COLUMNS),
				 errmsg("a live roll-up is grouped by at most %d columns", MAX_KEYS)));
	return keys;
}

/* Return the measures, parsed */
static List *
GetMeasures(FunctionCallInfo fcinfo)
{
	List *measures = NIL;
	ListCell *cell;

	foreach (cell, GetTexts(fcinfo, 3, "measure"))
		measures = lappend(measures, LiveParseMeasure(lfirst(cell)));
	return measures;
}

/* Set the name of the roll-up to be made; return its schema */
static Oid
SetNewTable(LiveRollup *live, text *argument)
{
	RangeVar *range = makeRangeVarFromNameList(textToQualifiedNameList(argument));
	Oid schema = RangeVarGetAndCheckCreationNamespace(range, NoLock, NULL);

	if (isTempNamespace(schema))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TABLE_DEFINITION),
				 errmsg("live roll-up \"%s\" cannot be a temporary table", range->relname),
				 errdetail("Writers of all sessions must find it.")));
	LiveSetTable(live, get_namespace_name(schema), range->relname);
	return schema;
}

/* Make a live roll-up */
Datum
live_rollup(PG_FUNCTION_ARGS)
{
	Oid source = PG_GETARG_OID(0);
	Oid function = TriggerFunction(fcinfo->flinfo->fn_oid);
	LiveRollup *live;
	Oid schema, rollup;
	char persistence;

	SPI_connect();
	CheckIsTable(source);
	live = LiveCreate(source, GetKeys(fcinfo), GetMeasures(fcinfo));
	Execute(LiveLockTableSql(live->source_table), SPI_OK_UTILITY);
	persistence = CheckSource(source);
	CheckNotInUse(source, "make a live roll-up of");
	LiveResolve(live, function);
	schema = SetNewTable(live, PG_GETARG_TEXT_PP(1));
	Execute(LiveDefinitionSql(live, persistence), SPI_OK_UTILITY);
	Execute(LiveConstraintSql(live), SPI_OK_UTILITY);
	rollup = live->rollup = get_relname_relid(live->rollup_name, schema);
	CreateTriggers(live, function);
	LiveFill(live);
	/* frees what live points to */
	SPI_finish();
	PG_RETURN_OID(rollup);
}

/* Return all triggers of a roll-up */
static List *
FindTriggers(Oid rollup, Oid function)
{
	static const char sql[] =
		"SELECT DISTINCT t.tgrelid, t.tgname FROM pg_catalog.pg_depend AS d"
		" JOIN pg_catalog.pg_trigger AS t ON t.oid OPERATOR(pg_catalog.=) d.objid"
		" WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass"
		" AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass"
		" AND d.refobjid OPERATOR(pg_catalog.=) $1 AND t.tgfoid OPERATOR(pg_catalog.=) $2"
		" ORDER BY t.tgrelid, t.tgname";
	Oid types[] = {OIDOID, OIDOID};
	Datum values[] = {ObjectIdGetDatum(rollup), ObjectIdGetDatum(function)};
	List *triggers = NIL;

	if (SPI_execute_with_args(sql, lengthof(types), types, values, NULL, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read pg_trigger");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple row = SPI_tuptable->vals[i];
		TupleDesc desc = SPI_tuptable->tupdesc;
		FoundTrigger *found = palloc(sizeof(FoundTrigger));
		bool is_null;

		found->table = DatumGetObjectId(SPI_getbinval(row, desc, 1, &is_null));
		found->name = SPI_getvalue(row, desc, 2);
		triggers = lappend(triggers, found);
	}
	return triggers;
}

/* Return one of the triggers, if it keeps the roll-up, and not another's with it as source */
static const Trigger *
TriggerOf(Relation relation, const FoundTrigger *found, Oid rollup)
{
	const TriggerDesc *triggers = relation->trigdesc;

	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];
		Oid its_rollup, its_source;

		if (strcmp(trigger->tgname, found->name) == 0 &&
			LiveTriggerTables(trigger, &its_rollup, &its_source) && its_rollup == rollup)
			return trigger;
	}
	return NULL;
}

/* Tell whether one of the triggers keeps the roll-up */
static bool
KeepsRollup(const FoundTrigger *found, Oid rollup)
{
	Relation relation = table_open(found->table, AccessShareLock);
	bool keeps = TriggerOf(relation, found, rollup) != NULL;

	table_close(relation, AccessShareLock);
	return keeps;
}

/* Read what one of the triggers says, if it keeps the roll-up */
static LiveRollup *
ReadTrigger(const FoundTrigger *found, Oid rollup)
{
	Relation relation = table_open(found->table, AccessShareLock);
	const Trigger *trigger = TriggerOf(relation, found, rollup);
	LiveRollup *live = trigger == NULL ? NULL : LiveOfTrigger(trigger);

	table_close(relation, AccessShareLock);
	return live;
}

/* Return who owns a table */
static Oid
OwnerOf(Oid table)
{
	HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid owner;

	if (!HeapTupleIsValid(tuple))
		NoRelation(table);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

/*
 * Tell whether what the triggers of a table say of a roll-up is believed.
 *
 * Everybody can make a trigger on a table of his own that names any roll-up, and
 * what it says is done with the rights of who recomputes that.  So the table has to
 * belong to a role that could act as the owner of the roll-up anyway.
 */
static bool
IsBelieved(Oid table, Oid rollup)
{
	return has_privs_of_role(OwnerOf(table), OwnerOf(rollup));
}

/* Tell whether a table is a partition of one whose triggers are believed */
static bool
IsPartOfBelieved(Oid table, Oid rollup)
{
	ListCell *cell;

	foreach (cell, get_partition_ancestors(table))
	{
		if (IsBelieved(lfirst_oid(cell), rollup))
			return true;
	}
	return false;
}

/* Report that no trigger keeps a roll-up */
pg_noreturn static void
NotLive(Oid rollup)
{
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("\"%s\" is not a live roll-up", TableName(rollup)),
			 errdetail("No trigger keeps it."), errhint("Make one by live_rollup().")));
}

/* Report that only tables of others have triggers that name a roll-up */
pg_noreturn static void
NotBelieved(Oid rollup, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("source of live roll-up \"%s\" belongs to another role", TableName(rollup)),
			 errdetail("Whoever owns a table can make triggers on it that name any roll-up."),
			 errhint("%s", hint)));
}

/*
 * Find what a roll-up is by the triggers of its source, which the caller may
 * name; it is an error when there are none.
 *
 * Tables that are not believed are not even opened, so that nobody's locks are
 * waited for.
 */
static LiveRollup *
FindRollup(Oid rollup, Oid named, Oid function)
{
	LiveRollup *live = NULL;
	bool others_say = false;
	ListCell *cell;

	foreach (cell, FindTriggers(rollup, function))
	{
		const FoundTrigger *found = lfirst(cell);
		LiveRollup *its;

		if (OidIsValid(named) ? found->table != named : !IsBelieved(found->table, rollup))
		{
			others_say = true;
			continue;
		}
		its = ReadTrigger(found, rollup);
		if (its != NULL && its->source == found->table)
			live = its;
	}
	if (live == NULL && others_say && !OidIsValid(named))
		NotBelieved(rollup,
					psprintf("Call recompute_live_rollup(%s, source) with the table it is made of.",
							 quote_literal_cstr(TableName(rollup))));
	if (live == NULL)
		NotLive(rollup);
	return live;
}

/* Find the triggers that keep a roll-up, those that others have made to name it left out */
static List *
FindOwnTriggers(Oid rollup, Oid function)
{
	List *triggers = FindTriggers(rollup, function);
	bool others_say = false;
	ListCell *cell;

	foreach (cell, triggers)
	{
		const FoundTrigger *found = lfirst(cell);
		bool is_own = has_privs_of_role(GetUserId(), OwnerOf(found->table)) ||
			IsBelieved(found->table, rollup) || IsPartOfBelieved(found->table, rollup);

		others_say = others_say || !is_own;
		if (!is_own || !KeepsRollup(found, rollup))
			triggers = foreach_delete_current(triggers, cell);
	}
	if (triggers == NIL && others_say)
		NotBelieved(rollup, "Its owner can call drop_live_rollup().");
	if (triggers == NIL)
		NotLive(rollup);
	return triggers;
}

/* Compute a live roll-up anew from all rows of its source */
Datum
recompute_live_rollup(PG_FUNCTION_ARGS)
{
	Oid function = TriggerFunction(fcinfo->flinfo->fn_oid);
	LiveRollup *live;
	int64 groups;

	SPI_connect();
	live = FindRollup(PG_GETARG_OID(0), PG_NARGS() > 1 ? PG_GETARG_OID(1) : InvalidOid, function);
	CheckIsTable(live->source);
	LiveResolve(live, function);
	CheckNotInUse(live->source, "recompute a live roll-up of");
	CreateTriggers(live, function);
	groups = LiveRefill(live);
	SPI_finish();
	PG_RETURN_INT64(groups);
}

/* Stop keeping a live roll-up, and drop it if asked to */
Datum
drop_live_rollup(PG_FUNCTION_ARGS)
{
	Oid rollup = PG_GETARG_OID(0);
	Oid function = TriggerFunction(fcinfo->flinfo->fn_oid);
	ListCell *cell;

	SPI_connect();
	foreach (cell, FindOwnTriggers(rollup, function))
	{
		const FoundTrigger *found = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		Execute(psprintf("DROP TRIGGER %s ON %s", quote_identifier(found->name),
						 TableName(found->table)),
				SPI_OK_UTILITY);
	}
	if (PG_GETARG_BOOL(1))
		Execute(psprintf("DROP TABLE %s", TableName(rollup)), SPI_OK_UTILITY);
	SPI_finish();
	PG_RETURN_VOID();
}
