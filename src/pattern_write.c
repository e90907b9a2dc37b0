/*
 * pattern_write.c
 *		Writes the text form of a step_pattern.
 */
#include "postgres.h"

#include "pattern.h"

/* Append a name, in quotes where it needs them */
static void
AppendName(StringInfo out, PatternName name)
{
	const char *end = name.bytes + name.length;

	if (BareLength(name.bytes, end) == name.length && !IsReservedWord(name.bytes, name.length))
	{
		appendBinaryStringInfo(out, name.bytes, name.length);
		return;
	}
	appendStringInfoChar(out, '"');
	for (const char *at = name.bytes; at < end; at++)
	{
		if (*at == '"')
			appendStringInfoChar(out, '"');
		appendStringInfoChar(out, *at);
	}
	appendStringInfoChar(out, '"');
}

/* Append a set of names */
static void
AppendSet(StringInfo out, const PatternName *names, const uint16 *members, int count)
{
	if (count == 0)
		appendStringInfoChar(out, '*');
	for (int i = 0; i < count; i++)
	{
		if (i > 0)
			appendStringInfoString(out, " | ");
		AppendName(out, names[members[i]]);
	}
}

/* Return the set of names of each step as text */
char **
PatternStepNames(const StepPattern *pattern)
{
	PatternName *names = PatternNames(pattern);
	const uint16 *members = PatternMembers(pattern);
	char **result = palloc(pattern->steps * sizeof(char *));

	for (int i = 0; i < pattern->steps; i++)
	{
		StringInfoData set;

		members += pattern->step[i].forbidden;
		initStringInfo(&set);
		AppendSet(&set, names, members, pattern->step[i].names);
		members += pattern->step[i].names;
		result[i] = set.data;
	}
	return result;
}

/* Return the text form */
char *
PatternToText(const StepPattern *pattern)
{
	PatternName *names = PatternNames(pattern);
	const uint16 *members = PatternMembers(pattern);
	StringInfoData out;

	initStringInfo(&out);
	for (int i = 0; i < pattern->steps; i++)
	{
		const PatternStep *step = &pattern->step[i];

		if (i > 0 && (pattern->flags & PATTERN_ANY_ORDER))
			appendStringInfoString(&out, " & ");
		else if (step->link == MATCH_NEXT)
			appendStringInfoString(&out, " >> ");
		else if (step->link == MATCH_WITHOUT)
		{
			appendStringInfoString(&out, " > !");
			AppendSet(&out, names, members, step->forbidden);
			appendStringInfoString(&out, " > ");
		}
		else if (i > 0)
			appendStringInfoString(&out, " > ");
		members += step->forbidden;
		if (step->optional)
			appendStringInfoChar(&out, '[');
		AppendSet(&out, names, members, step->names);
		members += step->names;
		if (step->optional)
			appendStringInfoChar(&out, ']');
		if (step->limit != MATCH_NO_LIMIT)
		{
			appendStringInfoString(&out, " (");
			AppendSpan(&out, step->limit);
			appendStringInfoChar(&out, ')');
		}
	}
	if (pattern->within != MATCH_NO_LIMIT)
	{
		appendStringInfoString(&out, " within ");
		AppendSpan(&out, pattern->within);
	}
	if (pattern->flags & PATTERN_DISTINCT_TIMES)
		appendStringInfoString(&out, ", distinct times");
	if (pattern->flags & PATTERN_FIRST_ENTRY)
		appendStringInfoString(&out, ", first entry");
	return out.data;
}
