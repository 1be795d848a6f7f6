/**
 * Commands that inspect a journal.
 *
 * <p>Read first: {@link io.vellamo.cli.journal.JournalCommand}, {@link
 * io.vellamo.cli.journal.JournalAccess}.
 */
@NullMarked
package io.vellamo.cli.journal;

import org.jspecify.annotations.NullMarked;
