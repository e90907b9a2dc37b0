/*
 * actor_progress.c
 *		Shows how far long work on many events is: in the title of the process, and to who asks for
 *		DEBUG1 messages.
 *
 * The progress views of the server are for its own commands, and a wait event would say that a
 * process waits which computes.  The title is the server's, too: what is added to it is taken off
 * again, and what somebody else has put there meanwhile is left alone.
 */
#include "postgres.h"

#include "utils/ps_status.h"

#include "actor_progress.h"

/* bytes of a title: longer ones are not added to */
#define TITLE_SIZE 256

/* what the title was, and what it is now; empty when nothing is added */
static char title_before[TITLE_SIZE];
static char title_shown[TITLE_SIZE];

/* Copy the title into a buffer; false when it does not fit */
static bool
GetTitle(char *into)
{
	int length;
	const char *title = get_ps_display(&length);

	if (length < 0 || length >= TITLE_SIZE)
		return false;
	memcpy(into, title, length);
	into[length] = '\0';
	return true;
}

/* Tell whether the title is the one we have put there */
static bool
IsOurTitle(void)
{
	char title[TITLE_SIZE];

	return title_shown[0] != '\0' && GetTitle(title) && strcmp(title, title_shown) == 0;
}

/* Show how far we are */
static void
Show(const char *progress)
{
	char title[2 * TITLE_SIZE];

	if (!update_process_title || (!IsOurTitle() && !GetTitle(title_before)))
		return;
	snprintf(title, sizeof(title), "%s cxux: %s", title_before, progress);
	set_ps_display(title);
	/* the system may have cut it */
	if (!GetTitle(title_shown))
		title_shown[0] = '\0';
}

/* Show how many rows are collected so far */
void
ActorProgressCollected(int64 rows)
{
	char progress[TITLE_SIZE];

	snprintf(progress, sizeof(progress), "collected " INT64_FORMAT " rows", rows);
	Show(progress);
	ereport(DEBUG1, (errmsg_internal("cxux: %s", progress)));
}

/* Show how many steps of all rows are counted so far */
void
ActorProgressCounted(int64 rows, int step)
{
	char progress[TITLE_SIZE];

	snprintf(progress, sizeof(progress), "counted %d %% of " INT64_FORMAT " rows",
			 step * 100 / ACTOR_PROGRESS_STEPS, rows);
	Show(progress);
	ereport(DEBUG1, (errmsg_internal("cxux: %s", progress)));
}

/* Show nothing more */
void
ActorProgressEnd(void)
{
	if (IsOurTitle())
		set_ps_display(title_before);
	title_shown[0] = '\0';
}
