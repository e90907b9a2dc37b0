/*
 * live_rollup_resolve.c
 *		What the names of a live roll-up stand for, looked up in the catalog.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/dependency.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "parser/parse_func.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/typcache.h"
#include "utils/varlena.h"

#include "live_rollup.h"

/* constants in the condition of a trigger: the roll-up and its source */
#define TABLES 2

typedef struct Tables
{
	int count;
	Oid table[TABLES];
} Tables;

/* Return a name with its schema, as SQL has it */
static char *
Qualified(Oid schema, const char *name)
{
	char *schema_name = get_namespace_name(schema);

	if (schema_name == NULL)
		elog(ERROR, "cache lookup failed for schema %u", schema);
	return quote_qualified_identifier(schema_name, name);
}

/* Return the name of a function as SQL has it */
char *
LiveFunctionName(Oid function)
{
	return Qualified(get_func_namespace(function), get_func_name(function));
}

/* Return the function of a schema that takes two values of a type, if there is one */
static Oid
FindFunctionOfTwo(Oid schema, const char *name, Oid type)
{
	Oid types[] = {type, type};

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum(name),
						   PointerGetDatum(buildoidvector(types, lengthof(types))),
						   ObjectIdGetDatum(schema));
}

/* Check that a name is not that of a column before it */
static void
CheckNewName(List *names, const char *name)
{
	ListCell *cell;

	foreach (cell, names)
	{
		if (strcmp(lfirst(cell), name) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_COLUMN),
					 errmsg("column \"%s\" of the live roll-up is there twice", name),
					 errdetail("Its columns are the groups, the measures and \"%s\".", LIVE_COUNT),
					 errhint("Name a measure by AS: nps(recommend) AS nps.")));
	}
}

/* Check that no two columns of a roll-up are called the same */
static void
CheckNames(const LiveRollup *live)
{
	List *names = list_make1(LIVE_COUNT);
	ListCell *cell;

	foreach (cell, live->keys)
	{
		const LiveKey *key = lfirst(cell);

		CheckNewName(names, key->name);
		names = lappend(names, key->name);
	}
	foreach (cell, live->measures)
	{
		const LiveMeasure *measure = lfirst(cell);

		CheckNewName(names, measure->name);
		names = lappend(names, measure->name);
	}
	list_free(names);
}

/* Return a source and its partitions, locked against being dropped or changed */
List *
LiveTables(Oid source)
{
	/* which find_all_inheritors leaves to its callers */
	LockRelationOid(source, AccessShareLock);
	return find_all_inheritors(source, AccessShareLock, NULL);
}

/* Return a roll-up of names not looked up yet: names of columns, and measures */
LiveRollup *
LiveCreate(Oid source, List *keys, List *measures)
{
	LiveRollup *live = palloc0(sizeof(LiveRollup));
	ListCell *cell;

	live->source = source;
	live->source_name = get_rel_name(source);
	if (live->source_name == NULL)
		elog(ERROR, "cache lookup failed for relation %u", source);
	live->source_table = Qualified(get_rel_namespace(source), live->source_name);
	foreach (cell, keys)
	{
		LiveKey *key = palloc0(sizeof(LiveKey));

		key->name = lfirst(cell);
		live->keys = lappend(live->keys, key);
	}
	live->measures = measures;
	CheckNames(live);
	return live;
}

/* Set the name of the roll-up */
void
LiveSetTable(LiveRollup *live, const char *schema, const char *name)
{
	live->rollup_name = pstrdup(name);
	live->rollup_table = quote_qualified_identifier(schema, name);
}

/* Collect the tables that a condition names */
static bool
CollectTables(Node *node, Tables *tables)
{
	if (node == NULL)
		return false;
	if (IsA(node, Const))
	{
		Const *constant = (Const *) node;

		if (constant->consttype == REGCLASSOID && !constant->constisnull)
		{
			if (tables->count < TABLES)
				tables->table[tables->count] = DatumGetObjectId(constant->constvalue);
			tables->count++;
		}
		return false;
	}
	return expression_tree_walker(node, CollectTables, (void *) tables);
}

/* Find both tables of a trigger; false when it is none that live_rollup() makes */
bool
LiveTriggerTables(const Trigger *trigger, Oid *rollup, Oid *source)
{
	Tables tables = {.count = 0};

	if (trigger->tgqual == NULL || trigger->tgnargs < 2)
		return false;
	CollectTables(stringToNode(trigger->tgqual), &tables);
	*rollup = tables.table[0];
	*source = tables.table[1];
	return tables.count == TABLES;
}

/* Report a trigger that live_rollup() has not made */
void
LiveRefuseTrigger(const Trigger *trigger)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
			 errmsg("trigger \"%s\" does not keep a live roll-up", trigger->tgname),
			 errhint("Such triggers are made by live_rollup().")));
}

/* Read what a trigger says */
LiveRollup *
LiveOfTrigger(const Trigger *trigger)
{
	LiveRollup *live;
	List *keys;
	List *measures = NIL;
	Oid rollup, source;
	char *name;

	if (!LiveTriggerTables(trigger, &rollup, &source) ||
		!SplitIdentifierString(pstrdup(trigger->tgargs[0]), ',', &keys) || keys == NIL)
		LiveRefuseTrigger(trigger);
	for (int i = 1; i < trigger->tgnargs; i++)
		measures = lappend(measures, LiveParseMeasure(trigger->tgargs[i]));
	live = LiveCreate(source, keys, measures);
	live->rollup = rollup;
	name = get_rel_name(rollup);
	if (name == NULL)
		elog(ERROR, "cache lookup failed for relation %u", rollup);
	LiveSetTable(live, get_namespace_name(get_rel_namespace(rollup)), name);
	return live;
}

/* Tell whether values of a type that are equal are alike to every aggregate */
static bool
EqualsAreAlike(Oid type, Oid collation)
{
	Oid base = getBaseType(type);
	TypeCacheEntry *entry = lookup_type_cache(base, TYPECACHE_EQ_OPR | TYPECACHE_LT_OPR);
	HeapTuple tuple;
	Oid schema;

	if (!OidIsValid(entry->eq_opr) || !OidIsValid(entry->lt_opr) ||
		(OidIsValid(collation) && !get_collation_isdeterministic(collation)))
		return false;
	if (entry->typtype == TYPTYPE_ENUM)
		return true;
	/* a month equals 30 days, and is no duration */
	if (base == INTERVALOID)
		return false;
	/* of what others define, as citext, nothing is known */
	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(base));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", base);
	schema = ((Form_pg_type) GETSTRUCT(tuple))->typnamespace;
	ReleaseSysCache(tuple);
	return schema == PG_CATALOG_NAMESPACE;
}

/* Look up a column that is read, and return its type */
static Oid
ResolveColumn(LiveRollup *live, char *column)
{
	AttrNumber number = get_attnum(live->source, column);
	Oid type, collation;
	int32 modifier;
	ListCell *cell;

	if (number <= 0)
		ereport(
			ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("column \"%s\" of table \"%s\" does not exist", column, live->source_name),
			 errdetail("A live roll-up knows the columns of its source by their names."),
			 live->rollup_name == NULL
				 ? 0
				 : errhint("Rename it back, or call drop_live_rollup(%s) and live_rollup() anew.",
						   quote_literal_cstr(live->rollup_table))));
#ifdef ATTRIBUTE_GENERATED_VIRTUAL
	if (get_attgenerated(live->source, number) == ATTRIBUTE_GENERATED_VIRTUAL)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of table \"%s\" is not stored", column, live->source_name),
				 errhint("Generate it STORED.")));
#endif
	get_atttypetypmodcoll(live->source, number, &type, &modifier, &collation);
	foreach (cell, live->columns)
	{
		if (strcmp(lfirst(cell), column) == 0)
			return type;
	}
	live->columns = lappend(live->columns, column);
	live->equals_are_alike = live->equals_are_alike && EqualsAreAlike(type, collation);
	return type;
}

/* Look up a column to group by */
static void
ResolveKey(LiveRollup *live, LiveKey *key)
{
	Oid type = ResolveColumn(live, key->name);
	TypeCacheEntry *entry =
		lookup_type_cache(getBaseType(type), TYPECACHE_EQ_OPR | TYPECACHE_LT_OPR);
	HeapTuple tuple;
	Form_pg_operator form;

	/* a row of NULLs is NULL to some and not to others */
	if (!OidIsValid(entry->eq_opr) || !OidIsValid(entry->lt_opr) ||
		entry->typtype == TYPTYPE_COMPOSITE)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("cannot group by column \"%s\" of type %s", key->name,
						format_type_be(type)),
				 errdetail("Groups are found by an index, in order.")));
	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(entry->eq_opr));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for operator %u", entry->eq_opr);
	form = (Form_pg_operator) GETSTRUCT(tuple);
	key->equals =
		psprintf("OPERATOR(%s.%s)", quote_identifier(get_namespace_name(form->oprnamespace)),
				 NameStr(form->oprname));
	ReleaseSysCache(tuple);
}

/* Find out what can be done with the summaries of an aggregate */
static void
ResolveSummary(LiveMeasure *measure, Oid aggregate, Oid type, Oid schema)
{
	Oid merge = FindFunctionOfTwo(schema, "merge", type);
	Oid subtract = FindFunctionOfTwo(schema, "subtract", type);
	HeapTuple tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate));
	Form_pg_aggregate form;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for aggregate %u", aggregate);
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	measure->kind = LIVE_RECOMPUTES;
	/* without a combine function, rows of two statements may not be apart */
	if (OidIsValid(merge) && OidIsValid(form->aggcombinefn))
	{
		measure->kind = LIVE_MERGES;
		measure->merge = LiveFunctionName(merge);
		/* the final function turns what is left of nobody into NULL */
		if (OidIsValid(subtract) && OidIsValid(form->aggfinalfn) && form->aggtranstype == type)
		{
			measure->kind = LIVE_SUBTRACTS;
			measure->subtract = LiveFunctionName(subtract);
			measure->final = LiveFunctionName(form->aggfinalfn);
		}
	}
	ReleaseSysCache(tuple);
}

/* Look up the aggregate of a measure: one of the extension */
static void
ResolveAggregate(LiveMeasure *measure, const Oid *types, Oid function)
{
	Oid schema = get_func_namespace(function);
	List *name = list_make2(makeString(get_namespace_name(schema)), makeString(measure->aggregate));
	int count = list_length(measure->arguments);
	Oid aggregate, type, variadic_type;
	Oid *declared;
	bool is_set;
	int variadic;
	FuncDetailCode found = FUNCDETAIL_NOTFOUND;

	if (count > 0)
		found = GetFunctionDetail(name, NIL, NIL, count, unconstify(Oid *, types), true, false,
								  false, &aggregate, &type, &is_set, &variadic, &variadic_type,
								  &declared, NULL);
	if (found != FUNCDETAIL_AGGREGATE ||
		getExtensionOfObject(ProcedureRelationId, aggregate) !=
			getExtensionOfObject(ProcedureRelationId, function))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("aggregate %s does not exist",
						count > 0
							? func_signature_string(list_make1(makeString(measure->aggregate)),
													count, NIL, types)
							: psprintf("%s(*)", measure->aggregate)),
				 errhint("A measure of a live roll-up is count or an aggregate of cxux.")));
	measure->call = LiveFunctionName(aggregate);
	ResolveSummary(measure, aggregate, type, schema);
}

/* Look up a measure */
static void
ResolveMeasure(LiveRollup *live, LiveMeasure *measure, Oid function)
{
	int count = list_length(measure->arguments);
	Oid types[FUNC_MAX_ARGS];
	ListCell *cell;

	if (count > FUNC_MAX_ARGS)
		ereport(ERROR,
				(errcode(ERRCODE_TOO_MANY_ARGUMENTS),
				 errmsg("measure \"%s\" has more than %d arguments", measure->name,
						FUNC_MAX_ARGS)));
	foreach (cell, measure->arguments)
	{
		const LiveArgument *argument = lfirst(cell);

		types[foreach_current_index(cell)] =
			argument->column != NULL ? ResolveColumn(live, argument->column) : INT4OID;
	}
	measure->is_count = strcmp(measure->aggregate, "count") == 0 && count <= 1 &&
		(count == 0 || ((LiveArgument *) linitial(measure->arguments))->column != NULL);
	if (measure->is_count)
	{
		measure->kind = LIVE_SUBTRACTS;
		measure->call = "pg_catalog.count";
	}
	else
		ResolveAggregate(measure, types, function);
	live->kind = Max(live->kind, measure->kind);
}

/* Look up everything; "function" is one of the extension */
void
LiveResolve(LiveRollup *live, Oid function)
{
	ListCell *cell;

	live->kind = LIVE_SUBTRACTS;
	live->equals_are_alike = true;
	foreach (cell, live->keys)
		ResolveKey(live, lfirst(cell));
	foreach (cell, live->measures)
		ResolveMeasure(live, lfirst(cell), function);
}
