/*
 * live_rollup_sql.c
 *		The statements of a live roll-up.
 *
 *		Every name in them is quoted, and every table, function and operator
 *		has its schema, so that no search_path matters.  Two statements meet in
 *		no other order than that of the group keys: whatever locks rows of the
 *		roll-up does so by an INSERT that is sorted.
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "utils/builtins.h"

#include "live_rollup.h"

/* names of rows in statements: r the roll-up, x its new rows, t groups, s the source */

/* Write a name, with what it is a column of */
static void
WriteColumn(StringInfo out, const char *alias, const char *name)
{
	if (alias != NULL)
		appendStringInfo(out, "%s.", alias);
	appendStringInfoString(out, quote_identifier(name));
}

/* Write the columns to group by */
static void
WriteKeys(StringInfo out, const LiveRollup *live, const char *alias)
{
	ListCell *cell;

	foreach (cell, live->keys)
	{
		if (foreach_current_index(cell) > 0)
			appendStringInfoString(out, ", ");
		WriteColumn(out, alias, ((LiveKey *) lfirst(cell))->name);
	}
}

/* Write all columns of the roll-up but the count of rows */
static void
WriteTarget(StringInfo out, const LiveRollup *live)
{
	ListCell *cell;

	WriteKeys(out, live, NULL);
	foreach (cell, live->measures)
	{
		appendStringInfoString(out, ", ");
		WriteColumn(out, NULL, ((LiveMeasure *) lfirst(cell))->name);
	}
}

/* Write all columns that are read */
static void
WriteColumns(StringInfo out, const LiveRollup *live)
{
	ListCell *cell;

	foreach (cell, live->columns)
	{
		if (foreach_current_index(cell) > 0)
			appendStringInfoString(out, ", ");
		WriteColumn(out, NULL, lfirst(cell));
	}
}

/* Write the measures of rows, of those alone where the first key is not NULL if asked to */
static void
WriteMeasures(StringInfo out, const LiveRollup *live, const char *alias, bool filter, bool named)
{
	ListCell *cell, *argument_cell;

	foreach (cell, live->measures)
	{
		const LiveMeasure *measure = lfirst(cell);

		appendStringInfo(out, "%s%s(", foreach_current_index(cell) > 0 ? ", " : "", measure->call);
		foreach (argument_cell, measure->arguments)
		{
			const LiveArgument *argument = lfirst(argument_cell);

			if (foreach_current_index(argument_cell) > 0)
				appendStringInfoString(out, ", ");
			if (argument->column != NULL)
				WriteColumn(out, alias, argument->column);
			else
				appendStringInfo(out, "(%d)", argument->number);
		}
		appendStringInfoString(out, measure->arguments == NIL ? "*)" : ")");
		if (filter)
		{
			appendStringInfoString(out, " FILTER (WHERE ");
			WriteColumn(out, alias, ((LiveKey *) linitial(live->keys))->name);
			appendStringInfoString(out, " IS NOT NULL)");
		}
		if (named)
			appendStringInfo(out, " AS %s", quote_identifier(measure->name));
	}
}

/* Write the list of keys and measures of rows, and their number */
static void
WriteGroups(StringInfo out, const LiveRollup *live, const char *alias, const char *sign, bool named)
{
	WriteKeys(out, live, alias);
	appendStringInfoString(out, ", ");
	WriteMeasures(out, live, alias, false, named);
	appendStringInfo(out, ", %spg_catalog.count(*)%s", sign, named ? " AS " LIVE_COUNT : "");
}

/* Write the rows that a statement put in, or took out; of what it left alike, none */
static void
WriteRows(StringInfo out, const LiveRollup *live, LiveEvent event, bool added)
{
	appendStringInfoString(out, "SELECT ");
	WriteColumns(out, live);
	appendStringInfo(out, " FROM %s", added ? LIVE_NEW_ROWS : LIVE_OLD_ROWS);
	if (event == LIVE_UPDATE && live->equals_are_alike)
	{
		appendStringInfoString(out, " EXCEPT ALL SELECT ");
		WriteColumns(out, live);
		appendStringInfo(out, " FROM %s", added ? LIVE_OLD_ROWS : LIVE_NEW_ROWS);
	}
}

/* Write the groups that a statement touched, each once */
static void
WriteTouched(StringInfo out, const LiveRollup *live, LiveEvent event)
{
	if (event != LIVE_DELETE)
	{
		appendStringInfoString(out, "SELECT ");
		WriteKeys(out, live, NULL);
		appendStringInfoString(out, " FROM (");
		WriteRows(out, live, event, true);
		appendStringInfoString(out, ") AS p");
	}
	/* even alone, UNION leaves each once */
	appendStringInfoString(out, event == LIVE_UPDATE ? " UNION " : "");
	if (event != LIVE_INSERT)
	{
		appendStringInfoString(out, "SELECT ");
		WriteKeys(out, live, NULL);
		appendStringInfoString(out, " FROM (");
		WriteRows(out, live, event, false);
		appendStringInfoString(out, ") AS m");
	}
	if (event != LIVE_UPDATE)
	{
		appendStringInfoString(out, " GROUP BY ");
		WriteKeys(out, live, NULL);
	}
}

/* Write the beginning of a statement that puts groups into the roll-up */
static void
WriteInsert(StringInfo out, const LiveRollup *live)
{
	appendStringInfo(out, "INSERT INTO %s AS r (", live->rollup_table);
	WriteTarget(out, live);
	appendStringInfoString(out, ", " LIVE_COUNT ") ");
}

/* Write how groups that are there already change */
static void
WriteConflict(StringInfo out, const LiveRollup *live)
{
	appendStringInfoString(out, " ON CONFLICT (");
	WriteKeys(out, live, NULL);
	appendStringInfoString(out, ") DO UPDATE SET ");
}

/* Write the end of an INSERT of rows that were put in or taken out */
static void
WriteGroupedRows(StringInfo out, const LiveRollup *live, LiveEvent event, bool added)
{
	appendStringInfoString(out, " FROM (");
	WriteRows(out, live, event, added);
	appendStringInfoString(out, ") AS x GROUP BY ");
	WriteKeys(out, live, "x");
	/* locks in the same order everywhere */
	appendStringInfoString(out, " ORDER BY ");
	WriteKeys(out, live, "x");
	WriteConflict(out, live);
}

/* Return the statement that locks a table against writers until the transaction ends */
char *
LiveLockTableSql(const char *table)
{
	return psprintf("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", table);
}

/* Return the statement that makes the roll-up, empty */
char *
LiveDefinitionSql(const LiveRollup *live, char persistence)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out, "CREATE %sTABLE %s AS SELECT ",
					 persistence == RELPERSISTENCE_UNLOGGED ? "UNLOGGED " : "", live->rollup_table);
	WriteGroups(&out, live, "x", "", true);
	appendStringInfo(&out, " FROM %s AS x GROUP BY ", live->source_table);
	WriteKeys(&out, live, "x");
	appendStringInfoString(&out, " WITH NO DATA");
	return out.data;
}

/* Return the statement that lets a group be there once */
char *
LiveConstraintSql(const LiveRollup *live)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
					 "ALTER TABLE %s ALTER COLUMN " LIVE_COUNT
					 " SET NOT NULL, ADD UNIQUE NULLS NOT DISTINCT (",
					 live->rollup_table);
	WriteKeys(&out, live, NULL);
	appendStringInfoChar(&out, ')');
	return out.data;
}

/* Return the statement that makes one of the triggers */
char *
LiveTriggerSql(const LiveRollup *live, LiveEvent event, const char *name, const char *table,
			   const char *function)
{
	static const char *const clauses[LIVE_EVENTS] = {
		[LIVE_INSERT] = "INSERT ON %s REFERENCING NEW TABLE AS " LIVE_NEW_ROWS,
		[LIVE_UPDATE] =
			"UPDATE ON %s REFERENCING OLD TABLE AS " LIVE_OLD_ROWS " NEW TABLE AS " LIVE_NEW_ROWS,
		[LIVE_DELETE] = "DELETE ON %s REFERENCING OLD TABLE AS " LIVE_OLD_ROWS,
		[LIVE_TRUNCATE] = "TRUNCATE ON %s",
	};
	StringInfoData out, argument;
	ListCell *cell;

	initStringInfo(&out);
	initStringInfo(&argument);
	appendStringInfo(&out, "CREATE TRIGGER %s AFTER ", quote_identifier(name));
	appendStringInfo(&out, clauses[event], table);
	appendStringInfo(&out,
					 " FOR EACH STATEMENT WHEN (%s::pg_catalog.regclass OPERATOR(pg_catalog.<>)"
					 " %s::pg_catalog.regclass) EXECUTE FUNCTION %s(",
					 quote_literal_cstr(live->rollup_table), quote_literal_cstr(live->source_table),
					 function);
	WriteKeys(&argument, live, NULL);
	appendStringInfoString(&out, quote_literal_cstr(argument.data));
	foreach (cell, live->measures)
	{
		resetStringInfo(&argument);
		LiveWriteMeasure(&argument, lfirst(cell));
		appendStringInfo(&out, ", %s", quote_literal_cstr(argument.data));
	}
	appendStringInfoChar(&out, ')');
	return out.data;
}

/* Return the statement that adds rows to their groups */
char *
LiveAddSql(const LiveRollup *live, LiveEvent event)
{
	StringInfoData out;
	ListCell *cell;

	initStringInfo(&out);
	WriteInsert(&out, live);
	appendStringInfoString(&out, "SELECT ");
	WriteGroups(&out, live, "x", "", false);
	WriteGroupedRows(&out, live, event, true);
	foreach (cell, live->measures)
	{
		const LiveMeasure *measure = lfirst(cell);
		const char *name = quote_identifier(measure->name);

		if (measure->is_count)
			appendStringInfo(&out, "%s = r.%s OPERATOR(pg_catalog.+) EXCLUDED.%s, ", name, name,
							 name);
		else
			appendStringInfo(&out, "%s = %s(r.%s, EXCLUDED.%s), ", name, measure->merge, name,
							 name);
	}
	appendStringInfoString(&out,
						   LIVE_COUNT " = r." LIVE_COUNT
									  " OPERATOR(pg_catalog.+) EXCLUDED." LIVE_COUNT);
	return out.data;
}

/*
 * Return the statement that takes rows out of their groups, and returns how
 * many each has left.
 *
 * A group that is not there comes to be with less than no rows, which the
 * caller sees.
 */
char *
LiveTakeSql(const LiveRollup *live, LiveEvent event)
{
	StringInfoData out;
	ListCell *cell;

	initStringInfo(&out);
	WriteInsert(&out, live);
	appendStringInfoString(&out, "SELECT ");
	WriteGroups(&out, live, "x", "OPERATOR(pg_catalog.-) ", false);
	WriteGroupedRows(&out, live, event, false);
	foreach (cell, live->measures)
	{
		const LiveMeasure *measure = lfirst(cell);
		const char *name = quote_identifier(measure->name);

		if (measure->is_count)
			appendStringInfo(&out, "%s = r.%s OPERATOR(pg_catalog.-) EXCLUDED.%s, ", name, name,
							 name);
		else
			appendStringInfo(&out,
							 "%s = CASE WHEN EXCLUDED.%s IS NULL THEN r.%s"
							 " ELSE %s(%s(r.%s, EXCLUDED.%s)) END, ",
							 name, name, name, measure->final, measure->subtract, name, name);
	}
	appendStringInfoString(&out,
						   LIVE_COUNT " = r." LIVE_COUNT
									  " OPERATOR(pg_catalog.+) EXCLUDED." LIVE_COUNT
									  " RETURNING r.ctid, r." LIVE_COUNT);
	return out.data;
}

/*
 * Return the statement that locks the groups of a statement, in order, and
 * makes those that are not there.
 *
 * A row in conflict is locked before the condition is looked at, so nothing is
 * written.
 */
char *
LiveLockSql(const LiveRollup *live, LiveEvent event)
{
	StringInfoData out;
	ListCell *cell;

	initStringInfo(&out);
	WriteInsert(&out, live);
	appendStringInfoString(&out, "SELECT ");
	WriteKeys(&out, live, "t");
	foreach (cell, live->measures)
		appendStringInfoString(&out, ((LiveMeasure *) lfirst(cell))->is_count ? ", 0" : ", NULL");
	appendStringInfoString(&out, ", 0 FROM (");
	WriteTouched(&out, live, event);
	appendStringInfoString(&out, ") AS t ORDER BY ");
	WriteKeys(&out, live, "t");
	WriteConflict(&out, live);
	appendStringInfoString(&out, LIVE_COUNT " = r." LIVE_COUNT " WHERE false");
	return out.data;
}

/* Write a condition for all keys of groups "t" */
static void
WriteForKeys(StringInfo out, const LiveRollup *live, const char *between, const char *condition)
{
	ListCell *cell;

	foreach (cell, live->keys)
	{
		if (foreach_current_index(cell) > 0)
			appendStringInfoString(out, between);
		WriteColumn(out, "t", ((LiveKey *) lfirst(cell))->name);
		appendStringInfoString(out, condition);
	}
}

/* Write the groups that a statement touched, with or without NULL in the key */
static void
WriteTouchedBy(StringInfo out, const LiveRollup *live, LiveEvent event, bool nulls)
{
	appendStringInfoString(out, " FROM (SELECT * FROM (");
	WriteTouched(out, live, event);
	appendStringInfoString(out, ") AS t WHERE ");
	if (nulls)
		WriteForKeys(out, live, " OR ", " IS NULL");
	else
		WriteForKeys(out, live, " AND ", " IS NOT NULL");
	appendStringInfoString(out, ") AS t");
}

/* Write that rows of the source are of a group */
static void
WriteIsOfGroup(StringInfo out, const LiveRollup *live, bool nulls)
{
	ListCell *cell;

	foreach (cell, live->keys)
	{
		const LiveKey *key = lfirst(cell);
		const char *name = quote_identifier(key->name);

		if (foreach_current_index(cell) > 0)
			appendStringInfoString(out, " AND ");
		if (nulls)
			appendStringInfo(out, "(s.%s %s t.%s OR (s.%s IS NULL AND t.%s IS NULL))", name,
							 key->equals, name, name, name);
		else
			appendStringInfo(out, "s.%s %s t.%s", name, key->equals, name);
	}
}

/*
 * Return the statement that computes the groups of a statement anew from all
 * their rows, and returns how many each has.
 *
 * Groups without NULL in the key are joined at once, as the planner likes it;
 * NULL is equal to nothing, so the others are looked up one by one, and cost
 * nothing when there are none.  A row that was joined has its first key.
 */
char *
LiveRecomputeSql(const LiveRollup *live, LiveEvent event)
{
	StringInfoData out;
	ListCell *cell;

	initStringInfo(&out);
	WriteInsert(&out, live);
	appendStringInfoString(&out, "SELECT ");
	WriteKeys(&out, live, "t");
	appendStringInfoString(&out, ", ");
	WriteMeasures(&out, live, "s", true, false);
	appendStringInfoString(&out, ", pg_catalog.count(");
	WriteColumn(&out, "s", ((LiveKey *) linitial(live->keys))->name);
	appendStringInfoChar(&out, ')');
	WriteTouchedBy(&out, live, event, false);
	appendStringInfo(&out, " LEFT JOIN %s AS s ON ", live->source_table);
	WriteIsOfGroup(&out, live, false);
	appendStringInfoString(&out, " GROUP BY ");
	WriteKeys(&out, live, "t");
	appendStringInfoString(&out, " UNION ALL SELECT ");
	WriteKeys(&out, live, "t");
	appendStringInfoString(&out, ", g.*");
	WriteTouchedBy(&out, live, event, true);
	appendStringInfoString(&out, " CROSS JOIN LATERAL (SELECT ");
	WriteMeasures(&out, live, "s", false, false);
	appendStringInfo(&out, ", pg_catalog.count(*) FROM %s AS s WHERE ", live->source_table);
	WriteIsOfGroup(&out, live, true);
	appendStringInfoString(&out, ") AS g");
	WriteConflict(&out, live);
	foreach (cell, live->measures)
	{
		const char *name = quote_identifier(((LiveMeasure *) lfirst(cell))->name);

		appendStringInfo(&out, "%s = EXCLUDED.%s, ", name, name);
	}
	appendStringInfoString(&out,
						   LIVE_COUNT " = EXCLUDED." LIVE_COUNT " RETURNING r.ctid, r." LIVE_COUNT);
	return out.data;
}

/* Return the statement that removes a group by its place when it has nothing left */
char *
LiveRemoveSql(const LiveRollup *live)
{
	StringInfoData out;
	ListCell *cell;

	initStringInfo(&out);
	appendStringInfo(&out,
					 "DELETE FROM %s AS r WHERE r.ctid OPERATOR(pg_catalog.=) $1"
					 " AND r." LIVE_COUNT " OPERATOR(pg_catalog.=) 0",
					 live->rollup_table);
	foreach (cell, live->measures)
	{
		const LiveMeasure *measure = lfirst(cell);

		appendStringInfo(&out, " AND r.%s %s", quote_identifier(measure->name),
						 measure->is_count ? "OPERATOR(pg_catalog.=) 0" : "IS NULL");
	}
	return out.data;
}

/* Return the statement that fills the empty roll-up from all rows of the source */
char *
LiveFillSql(const LiveRollup *live)
{
	StringInfoData out;

	initStringInfo(&out);
	WriteInsert(&out, live);
	appendStringInfoString(&out, "SELECT ");
	WriteGroups(&out, live, "x", "", false);
	appendStringInfo(&out, " FROM %s AS x GROUP BY ", live->source_table);
	WriteKeys(&out, live, "x");
	return out.data;
}
