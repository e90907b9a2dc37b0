/*
 * compiled.c
 *		Shows what a step_pattern is compiled into; built and loaded by pattern.pl.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "pattern_compile.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(pattern_compiled);
PG_FUNCTION_INFO_V1(pattern_codes);

/* Return what the matcher is given, as text */
Datum
pattern_compiled(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = (const StepPattern *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	MatchPattern match;
	CompiledNames names;
	StringInfoData out;

	PatternCompile(pattern, &match, &names);
	initStringInfo(&out);
	appendStringInfo(&out, "%d %d %d %lld %d", match.any_order, match.distinct_times,
					 match.first_entry, (long long) match.within, PatternNeedsOthers(&match));
	for (int i = 0; i < match.steps; i++)
		appendStringInfo(&out, ", %d %d %lld", match.step[i].link, match.step[i].optional,
						 (long long) match.step[i].limit);
	for (int i = 0; i < match.classes; i++)
		appendStringInfo(&out, "; %x %x", match.class[i].serves, match.class[i].breaks);
	PG_RETURN_TEXT_P(cstring_to_text(out.data));
}

/* Return the codes of events by their names */
Datum
pattern_codes(PG_FUNCTION_ARGS)
{
	const StepPattern *pattern = (const StepPattern *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));
	MatchPattern match;
	CompiledNames names;
	Datum *events;
	int count;

	PatternCompile(pattern, &match, &names);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &events, NULL,
					  &count);
	for (int i = 0; i < count; i++)
	{
		text *event = DatumGetTextPP(events[i]);

		events[i] =
			Int32GetDatum(PatternCode(&names, VARDATA_ANY(event), VARSIZE_ANY_EXHDR(event)));
	}
	PG_RETURN_ARRAYTYPE_P(
		construct_array(events, count, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}
