/**
 * Queries on each journal that the documentation names, with the real server.
 *
 * <p>Read first: {@link io.vellamo.checks.journals.QueryJournalContract}, {@link
 * io.vellamo.checks.journals.TestedJournal}.
 */
@NullMarked
package io.vellamo.checks.journals;

import org.jspecify.annotations.NullMarked;
