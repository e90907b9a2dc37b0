/*
 * pairing.c
 *		Pairs steps of a pattern with different events of the same instant.
 *
 * Events that serve the same steps are one kind with room for several steps,
 * so that the cost does not depend on how many events there are.
 */
#include "matcher.h"

typedef struct CodeServes
{
	uint32 serves;
	int code;
} CodeServes;

/* Order codes by what they serve */
static int
CompareServes(const void *a, const void *b)
{
	uint32 one = ((const CodeServes *) a)->serves, other = ((const CodeServes *) b)->serves;

	return (one > other) - (one < other);
}

/* Sort the codes of a pattern into kinds */
void
PairingCreate(Pairing *pairing, const MatchPattern *pattern)
{
	int codes = Max(pattern->classes, 1), kinds = 0;
	CodeServes *sorted = palloc0(codes * sizeof(CodeServes));

	for (int code = 0; code < pattern->classes; code++)
	{
		sorted[code].serves = pattern->class[code].serves;
		sorted[code].code = code;
	}
	qsort(sorted, pattern->classes, sizeof(CodeServes), CompareServes);

	pairing->kind_of = palloc(codes * sizeof(int));
	for (int i = 0; i < pattern->classes; i++)
	{
		if (sorted[i].serves != 0 && (i == 0 || sorted[i].serves != sorted[i - 1].serves))
			kinds++;
		pairing->kind_of[sorted[i].code] = kinds - 1;
	}
	pfree(sorted);

	kinds = Max(kinds, 1);
	pairing->place = palloc(kinds * sizeof(int));
	for (int i = 0; i < kinds; i++)
		pairing->place[i] = -1;
	pairing->kind = palloc0(kinds * sizeof(MatchKind));
	pairing->number = palloc0(kinds * sizeof(int));
	pairing->room = palloc0(kinds * sizeof(int64));
	pairing->kinds = 0;
}

/* Take the events of a group, none of them paired */
void
PairingFill(Pairing *pairing, const MatchPattern *pattern, const MatchGroup *group)
{
	for (int i = 0; i < pairing->kinds; i++)
		pairing->place[pairing->number[i]] = -1;
	pairing->kinds = 0;

	for (int64 i = 0; i < group->size; i++)
	{
		int code = group->event[i].code;
		int number = pairing->kind_of[code];
		int place;

		if (number < 0)
			continue;
		place = pairing->place[number];
		if (place < 0)
		{
			place = pairing->kinds++;
			pairing->place[number] = place;
			pairing->number[place] = number;
			pairing->kind[place].serves = pattern->class[code].serves;
			pairing->room[place] = 0;
		}
		pairing->room[place]++;
	}
	for (int i = 0; i < pairing->kinds; i++)
		pairing->room[i] = Min(pairing->room[i], pattern->steps);
	PairingClear(pairing);
}

/* Unpair all steps */
void
PairingClear(Pairing *pairing)
{
	pairing->free = 0;
	for (int i = 0; i < pairing->kinds; i++)
	{
		pairing->kind[i].paired = 0;
		pairing->kind[i].room = (int) pairing->room[i];
		pairing->free += pairing->kind[i].room;
	}
}

/* Give the room found to the step that asked for it, the room it leaves to the next, and so on */
static void
PairAlongPath(Pairing *pairing, int step, int place)
{
	pairing->free--;
	pairing->kind[place].room--;
	for (;;)
	{
		int moved = pairing->kind[place].via;
		int left = pairing->partner[moved];

		pairing->kind[place].paired |= STEP_BIT(moved);
		pairing->partner[moved] = place;
		if (moved == step)
			return;
		pairing->kind[left].paired &= ~STEP_BIT(moved);
		place = left;
	}
}

/* Pair one more step; others may change partners, and when it fails nothing changes */
bool
PairStep(Pairing *pairing, int step)
{
	uint32 reached = STEP_BIT(step);
	bool grown = true;

	if (pairing->free == 0)
		return false;
	for (int i = 0; i < pairing->kinds; i++)
		pairing->kind[i].via = -1;

	/* from the step to kinds it could have, from those to steps that have them, and on */
	while (grown)
	{
		grown = false;
		for (int i = 0; i < pairing->kinds; i++)
		{
			MatchKind *kind = &pairing->kind[i];
			uint32 by = kind->serves & reached;

			if (by == 0 || kind->via >= 0)
				continue;
			kind->via = pg_rightmost_one_pos32(by);
			if (kind->room > 0)
			{
				PairAlongPath(pairing, step, i);
				return true;
			}
			reached |= kind->paired;
			grown = true;
		}
	}
	return false;
}

/* Take a step back from its partner */
void
UnpairStep(Pairing *pairing, int step)
{
	MatchKind *kind = &pairing->kind[pairing->partner[step]];

	kind->paired &= ~STEP_BIT(step);
	kind->room++;
	pairing->free++;
}
